"""Brothers and sisters on one form: which questions each child has for itself, and what is said of each alone.

What is said of a further child stands among the answers of the draft under the field's id with a mark of that child,
`child_name@k3f9`, so that one draft, one validation and one form hold them all.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    CASE_STATUS,
    MARK,
    PLACEMENT_AREA,
    Answers,
    Form,
    FormField,
    FormSection,
    id_key,
    is_answered,
    of_child,
)
from practice_alerts.domain.forms.names_in_text import plain_words
from practice_alerts.domain.text import as_latin, plain_number, small, texts_in

MOST: Final = 8
"""Children on one form: more in one go would be a list, not a concern."""

_CHILD: Final = f"child{MARK}"
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


def differing(child: str) -> str:
    """Where stands which of the common questions are answered otherwise for this child."""
    return of_child("", child)


def begun(child: str) -> str:
    """Under what a draft says that there is this child, with the place among the children."""
    return f"{_CHILD}{child}"


def is_child(name: str) -> bool:
    """Is it what a draft says of there being a child, or of which of its answers are different?"""
    return name.startswith((_CHILD, f"answers.{MARK}"))


def children_in(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The marks of the further children of a draft, in their order."""
    found = [
        (int(place), name) for name, place in body.items() if name.startswith(_CHILD) and place
    ]
    return tuple(name.removeprefix(_CHILD) for _, name in sorted(found))


def called(number: int) -> str:
    """What the screen calls the child in this place."""
    return f"Child {number}"


def own_questions(form: Form) -> frozenset[str]:
    """What is asked of each child by itself: what tells who it is, its words, its people and team, what the file marks.

    And what is asked only after an answer to one of these.
    """
    fields = form.fields(filled_by="raiser")
    own = {one.id for one in fields if _is_own(one)}
    while more := {one.id for one in fields if one.id not in own and _follows(one, own)}:
        own |= more
    return frozenset(own)


def _is_own(field: FormField) -> bool:
    works_with_child = field.role is not None or field.type is FieldType.TEAM
    inner = any(map(_is_own, field.fields))
    return field.each_child or field.names_child or inner or works_with_child


def _follows(field: FormField, own: set[str]) -> bool:
    return any(one.field in own for one in field.when) or bool(field.cases and CASE_STATUS in own)


def common_questions(form: Form) -> dict[str, str]:
    """The others, by id, as they are put."""
    own = own_questions(form)
    return {one.id: one.label for one in form.fields(filled_by="raiser") if one.id not in own}


def own_of(form: Form, answers: Answers, child: str) -> frozenset[str]:
    """The same for one child, with what somebody chose to answer otherwise for it."""
    return own_questions(form) | frozenset(answers.get(differing(child)) or () if child else ())


def answers_of(form: Form, answers: Answers, child: str) -> dict[str, Any]:
    """What is said of one child: its own answers and the common ones. Nothing of another child is in it."""
    common = without_marks(answers)
    if not child:
        return common
    own = own_of(form, answers, child)
    places = {of_child(one, child): one for one in own}
    places |= {id_key(place): id_key(one) for place, one in places.items()}
    kept_back = {*places.values()}
    mine = {one: answers[place] for place, one in places.items() if place in answers}
    return {**{name: said for name, said in common.items() if name not in kept_back}, **mine}


def without_marks(answers: Answers) -> dict[str, Any]:
    """What is said of the first child, and of all."""
    return {name: said for name, said in answers.items() if MARK not in name}


def with_children(form: Form, answers: Answers, children: Sequence[str]) -> Form:
    """The form as several children are put on it: a section for each, then what is said once for all."""
    if not children:
        return form
    own = own_questions(form)
    fields = form.fields(filled_by="raiser")
    each = (
        FormSection(
            title=called(number), fields=tuple(_put_to(fields, form, answers, child, number))
        )
        for number, child in enumerate(("", *children), start=1)
    )
    rest = (_without(section, own) for section in form.sections)
    return form.model_copy(update={"sections": (*each, *filter(None, rest))})


def _put_to(
    fields: Iterable[FormField], form: Form, answers: Answers, child: str, number: int
) -> Iterator[FormField]:
    own = own_of(form, answers, child)
    for one in fields:
        if one.id in own:
            when = tuple(
                each.model_copy(update={"field": of_child(each.field, child)})
                if each.field in own
                else each
                for each in one.when
            )
            label = f"{called(number)}: {one.label}"
            yield one.model_copy(
                update={"id": of_child(one.id, child), "label": label, "when": when}
            )


def _without(section: FormSection, own: frozenset[str]) -> FormSection | None:
    if section.filled_by != "raiser":
        return section
    left = tuple(one for one in section.fields if one.id not in own)
    if not left:
        return None
    title = f"For every child: {small(section.title)}"
    return section.model_copy(update={"title": title, "fields": left})


def names_of_others(form: Form, own: Answers, others: Iterable[Answers]) -> Iterator[str]:
    """What tells who the other children are and not who this one is: parts of names, and numbers."""
    mine = {*_telling(form, own)}
    for other in others:
        yield from (one for one in _telling(form, other) if one not in mine)


def _telling(form: Form, answers: Answers) -> Iterator[str]:
    for one in form.fields(filled_by="raiser"):
        said = str(answers.get(one.id) or "")
        if one.identifies != "child" or one.id == PLACEMENT_AREA or not is_answered(said):
            continue
        if one.type is FieldType.REFERENCE:
            yield plain_words(as_latin(said))
        elif one.type is FieldType.TEXT:
            words = _WORD.findall(as_latin(said))
            yield from (plain_words(word) for word in words if len(word) > 1)


def says_same_child(one: Answers, other: Answers) -> bool:
    """Do both bear the same case number?"""
    numbers = [plain_number(str(each.get("case_number") or "")) for each in (one, other)]
    return bool(numbers[0]) and numbers[0] == numbers[1]


def name_in(said: Any, names: Iterable[str]) -> str:
    """The first of these names that stands in what was said, as it stands there; or empty.

    Without its capital too, unless it is short or a word besides: in “it may be” nobody called May is meant.
    """
    found: dict[str, str] = {}
    for text in _readings(" ".join(texts_in(said))):
        for word in text.split():
            if any(map(str.isdigit, word)):
                found.setdefault(plain_words(word), word)
        for word in _WORD.findall(text):
            is_name = word[:1].isupper()
            plain = plain_words(word)
            if is_name or (len(plain) > _SHORT and plain not in _WORDS):
                found.setdefault(plain, word)
            if is_name and plain.endswith("s"):  # Lous, where the apostrophe was forgotten
                found.setdefault(plain[:-1], word)
    return next((found[name] for name in names if name in found), "")


def _readings(text: str) -> Iterator[str]:
    """As it is read; and with a blank wherever something without width stands, which may part two words."""
    yield as_latin(text)
    if not text.isascii():
        yield as_latin("".join(" " if unicodedata.category(one) == "Cf" else one for one in text))


_SHORT: Final = 2  # letters: Jo, Al and Ed are parts of other words written apart
_ALSO_WORDS: Final = (
    "abbot ace amber angel april art ash august autumn baker ball banks barn baron basil bath bay bean bear bell"
    " berry best bill bird bishop black blessing bloom bob bond bow bowling branch bridge bright brook brown buck"
    " bull burn bush butcher butler can carpenter carter case cash chance charity chase chip christian chuck church"
    " clay cliff cole comfort common constable cook cooper crane cross dale dash dawn day days dean dear destiny dove"
    " drew drake duke earl east eve fair faith farmer favour fern field finch fish fisher flower ford forest fox"
    " frank freeman french frost gale gardener gate gates gay gene gift ginger glen glory gold good grace grant gray"
    " green grey guy hall ham hand hare hart hazel head heath heather heaven hill hills holly home honor honour hope"
    " house hunt hunter irish iris ivy jack jade jasmine jay jean jet job jolly joy june junior just justice key"
    " king kit kitty knight lamb lance lane large law laws lily little long love low major man march marina mark"
    " marsh marshal martin mason max may mercy merry mike miles mill miller miracle misty money moon moor nation new"
    " nick noble north nut old olive other page pansy park parker parks pat patience peace pearl penny pepper piper"
    " pike pool poor poppy pope porter potter power praise precious price prince princess promise queen rain ray red"
    " reed rice rich river rob robin rock rod root rose rosemary rowan ruby rush rusty sage salmon sandy sands savage"
    " self sharp shaw shepherd short silver sister sky small smith snow sonny south spring star stone storm stormy"
    " street strong sue summer summers sun sunny swan sweet swift tanner taylor temple todd treasure trinity turner"
    " van victor victory violet wade walker wall walls ward waters way weaver webb well wells west white wild will"
    " willow wills winter wise wolf wood woods wren wright young"
)
"""What is a name and an ordinary word as well, or what somebody does for a living."""
_WORDS: Final = frozenset(_ALSO_WORDS.split())
