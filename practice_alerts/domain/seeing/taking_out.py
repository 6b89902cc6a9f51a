"""What can be taken out of an alert, text by text, and what is left of it then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.destroyed import REMOVED, Left, TakenOut
from practice_alerts.domain.alert.events import Corrected, Happened, written
from practice_alerts.domain.forms.answer_in_words import answer_in_words
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import FormField
from practice_alerts.domain.seeing.interests import says_which_child
from practice_alerts.domain.seeing.parts import Belongs, part_of
from practice_alerts.domain.seeing.search_words import FormOf, fields_asked, is_typed, typed_in
from practice_alerts.domain.text import whole_number

FORMER: Final = "former"
_OF_FORMS = ("answers", "details")


@dataclass(frozen=True, slots=True)
class Removable:
    """Something that can be taken out by itself, as it is read now."""

    key: str
    taken: tuple[TakenOut, ...]
    label: str
    at: datetime
    """When it was written."""
    by: str
    """Who wrote it, by id."""
    text: str
    belongs: Belongs = (Part.SHARED, ())

    @property
    def is_text(self) -> bool:
        """No day, and nothing that says which child it is, which stands in every alert about that child."""
        return all(one.instead == REMOVED and not one.former for one in self.taken)

    @property
    def question(self) -> str:
        return self.taken[0].place.rpartition(".")[2]

    @property
    def says_which_child(self) -> bool:
        """So that who is shut out rests on it?"""
        return any(map(says_which_child, self.taken))


def removable(alert: Alert, form_of: FormOf) -> tuple[Removable, ...]:
    """Whatever somebody typed, in the order in which it was; what is chosen from a list stays."""
    former = tuple(_former(alert))
    each = (one for event in alert.happened if event.what for one in _of(alert, event, form_of))
    return (*former, *(one for one in each if one.text.strip() not in {"", REMOVED}))


def _former(alert: Alert) -> Iterator[Removable]:
    """All at once: what said before it was corrected that it is another child."""
    corrected = (one.what for one in alert.happened if isinstance(one.what, Corrected))
    wrong = [what for what in corrected if what.names_child and what.was]
    if wrong:
        places = dict.fromkeys((what.number, what.field, what.label) for what in wrong)
        found = tuple(
            TakenOut(
                number=number,
                place=_place_of(alert, number, field),
                label=label or field,
                instead="",
                former=True,
            )
            for number, field, label in places
        )
        said = "\n".join(f"{what.label}: {what.was_in_words or what.was}" for what in wrong)
        raised = alert.happened[0]
        label = "What stood there of another child, before it was corrected"
        yield Removable(FORMER, found, label, raised.at, raised.by, said)


def _place_of(alert: Alert, number: int, field: str) -> str:
    what = next(one.what for one in alert.happened if one.number == number)
    details = getattr(what, "details", {})
    return f"{'details' if field in details else 'answers'}.{field}"


def _of(alert: Alert, event: Happened, form_of: FormOf) -> Iterator[Removable]:
    what = event.what
    if what is None:
        return
    fields, belongs = fields_asked(alert, what, form_of), part_of(alert, what)
    texts = (*_beside(what, fields), *_on_form(alert, event, fields))
    for place, label, text, instead in texts:
        taken = TakenOut.model_validate(
            {"number": event.number, "place": place, "label": label, "instead": instead}
        )
        key = f"{event.number}:{place}"
        yield Removable(key, (taken,), label, event.at, event.by, text, belongs)


_CALLED = {
    "entry_reason": "Why it begins at that stage",
    "instead_of": "In whose place others were asked",
    "instead_reason": "Why others were asked",
}
"""What no question of a form asks under that name."""

_Text = tuple[str, str, str, str]
"""Its place, its label, what stands there, and what is to stand there then."""


def _beside(what: events.Event, fields: Mapping[str, FormField]) -> Iterator[_Text]:
    texts: dict[str, list[str]] = {}
    for name, text in typed_in(what):
        if not (name == "name" and isinstance(what, events.DoneByHand)):
            texts.setdefault(name, []).append(
                text
            )  # that name is chosen, and who has joined rests on it
    is_raised = isinstance(what, events.Raised)
    for name, said in texts.items():
        place = "gate.told" if is_raised and name == "told" else name
        said_of = fields[name].label if name in fields else name.replace("_", " ").capitalize()
        label = _CALLED.get(name, said_of)
        yield place, label, "; ".join(said), REMOVED
    paper = what.paper if isinstance(what, events.Raised) else None
    for number, answer in enumerate(paper.answers if paper else ()):
        yield f"paper.answers.{number}.who", "Who answered on paper", answer.who, REMOVED
        yield f"paper.answers.{number}.text", "An answer on paper", answer.text, REMOVED


def _on_form(alert: Alert, event: Happened, fields: Mapping[str, FormField]) -> Iterator[_Text]:
    for part in _OF_FORMS:
        for name, value in getattr(event.what, part, {}).items():
            field = fields.get(name)
            if field is not None and _can_go(field):
                text = _now(alert, event.number, field, value)
                is_text = field.type.facts.as_text and not field.names_child
                yield f"{part}.{name}", field.label, text, REMOVED if is_text else ""


def _can_go(field: FormField) -> bool:
    if field.fields:
        return any(map(_can_go, field.fields))
    return field.type is FieldType.DATE or is_typed(field)


def _now(alert: Alert, number: int, field: FormField, value: Any) -> str:
    """As it was corrected last."""
    later = [one for _, one in alert.corrections if (one.number, one.field) == (number, field.id)]
    return answer_in_words(field, later[-1].now if later else value)


def left_without(alert: Alert, taken: Iterable[TakenOut]) -> tuple[Left, ...]:
    """What is left of each event in which something of it stood, as it is written then.

    With an answer goes what its corrections say of it. Nothing of what is gone already.
    """
    there = {one.number: one for one in alert.happened if one.what is not None}
    left: dict[int, dict[str, Any]] = {}
    for one in taken:
        if one.number in there:
            for number, place, value in _puts(there, one):
                said = left.get(number) or written(there[number].what)  # type: ignore[arg-type]
                if _put(said, place.split("."), value):
                    left[number] = said
    return tuple(Left(number=number, what=said) for number, said in sorted(left.items()))


def _puts(there: Mapping[int, Happened], one: TakenOut) -> Iterator[tuple[int, str, Any]]:
    """What is to stand where: by event and place."""
    part, _, name = one.place.partition(".")
    corrected = [
        (event.number, event.what)
        for event in there.values()
        if isinstance(event.what, Corrected)
        and (event.what.number, event.what.field) == (one.number, name)
        and part in _OF_FORMS
    ]
    now: Any = one.instead
    words: str = one.instead
    if one.former and corrected:
        last = corrected[-1][1]
        now, words = written(last)["now"], last.now_in_words
    yield one.number, one.place, now
    for number, _ in corrected:
        yield number, "now", now
        yield number, "now_in_words", words
        yield number, "was", one.instead
        yield number, "was_in_words", one.instead


def _put(said: Any, path: list[str], value: Any) -> bool:
    """Put it there, in place; False where there is no such place."""
    *way, last = path
    for step in way:
        key: Any = whole_number(step) if isinstance(said, list) else step
        try:
            said = said[key]
        except (KeyError, IndexError, TypeError):
            return False
    if not isinstance(said, dict) or last not in said:
        return False
    said[last] = _instead_of(said[last], value)
    return True


def _instead_of(there: Any, value: Any) -> Any:
    """A mark, or nothing, in the place of a text; and of what is no text nothing."""
    if value not in ("", REMOVED) or isinstance(there, str):
        return value
    if isinstance(there, list):
        return [value] if there and isinstance(there[0], str) and value else []
    return None
