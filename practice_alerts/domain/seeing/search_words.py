"""By which words an alert is found, and whose words they are to read."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.events import people_in
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionLifted,
)
from practice_alerts.domain.alert.talk import (
    DrafterNamed,
    NotTheirs,
    QuestionAnswered,
    QuestionAsked,
)
from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Answers, Form, FormField
from practice_alerts.domain.forms.names_in_text import also_heard, spelt_words, written_together
from practice_alerts.domain.paper.on_paper import OnPaper
from practice_alerts.domain.seeing.parts import for_everybody, kept_back, part_of
from practice_alerts.domain.text import as_latin

FormOf = Callable[[str], Form]
"""The form of that name, in the edition of the alert."""

RULES = "3"
"""Raised when other words are found, or folded otherwise: a start then reads every alert anew."""

LONGEST_WORD = 40  # letters of a word that are kept and compared
_WITH_HYPHEN = re.compile(r"(?<!\w)\w++(?:[-\u00ad\u2010\u2011]\w++)+")
_AFTER_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc\u2032`\u00b4]\s?(\w{3,}(?:-\w+)*)")
_REFERENCE = re.compile(r"\s*+([^\W\d_]{2,}+)\W*+(\d{4})\W++(\d{1,3})\W*+")


class SearchWord(NamedTuple):
    """One word of one event of an alert."""

    number: int
    part: Part
    word: str


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """What was typed into the search: `ways` to spell it, and for each of its words the beginnings that will do."""

    ways: tuple[tuple[frozenset[str], ...], ...]

    def fits(self, words: Collection[str]) -> bool:
        """Does each word that was typed begin one of these?"""
        return any(all(_begins(words, tuple(one)) for one in way) for way in self.ways)


def _begins(words: Collection[str], beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in words)


def sought(typed: str) -> SoughtWords:
    """Nothing is sought by what has neither letter nor digit. A reference may be typed without its noughts."""
    if short := _REFERENCE.fullmatch(typed):
        typed = f"{short[1]} {short[2]} {short[3]:>04}"
    ways = (
        tuple(
            frozenset(one[:LONGEST_WORD] for one in also_heard(written_together(words, place)))
            for place in range(len(words))
        )
        for words in spelt_words(typed)
    )
    return SoughtWords(tuple(filter(None, ways)))


@lru_cache(maxsize=16_384)
def name_words(name: str) -> frozenset[str]:
    """Of a name, or a number that leads to somebody: also as others write it, in one word, or from O' on."""
    return frozenset(
        one[:LONGEST_WORD]
        for words in (*spelt_words(name), *map(_own, _AFTER_APOSTROPHE.findall(name)))
        for place in range(len(words))
        for one in also_heard(written_together(words, place))
    )


def _own(text: str) -> tuple[str, ...]:
    return spelt_words(text)[0]


def search_words(
    alert: Alert, form_of: FormOf, numbers: Collection[int] | None = None
) -> frozenset[SearchWord]:
    """All that is found of it, or of those of its events. Of an answer put right, what it is now."""
    current, kept = _current(alert), kept_back(alert)
    return frozenset(
        SearchWord(number, part, word)
        for number, what in current
        if numbers is None or number in numbers
        for word, part in _by_part(alert, what, kept.get(number, frozenset()), form_of).items()
    )


def read_otherwise(alert: Alert, before: Alert) -> frozenset[int]:
    """The numbers of the events whose words may be others than they were, when it stood as `before`; those added since too."""
    was, now = _readings(before), _readings(alert)
    return frozenset(one for one in {**was, **now} if was.get(one) != now.get(one))


def _readings(alert: Alert) -> dict[int, tuple[object, ...]]:
    """By an event's number, all that its words follow from."""
    kept, forms = kept_back(alert), _forms_sent(alert)
    return {
        number: (what, part_of(alert, what), kept.get(number, frozenset()), forms)
        for number, what in _current(alert)
    }


def _by_part(
    alert: Alert, what: events.Event, kept: frozenset[str], form_of: FormOf
) -> dict[str, Part]:
    part, _ = part_of(alert, what)
    told = for_everybody(what, kept)
    if part is not Part.SHARED or told is what:
        return dict.fromkeys(_words(alert, what, form_of), part)
    kept_apart = dict.fromkeys(_words(alert, what, form_of), Part.OWN)
    return kept_apart | dict.fromkeys(_words(alert, told, form_of), Part.SHARED)


def _words(alert: Alert, what: events.Event, form_of: FormOf) -> Iterator[str]:
    for person in people_in(what):
        yield from name_words(person.name) if person.id else _plain(person.name)
    for _, text in typed_in(what):
        yield from _plain(text)
    fields = fields_asked(alert, what, form_of)
    for said, names_somebody in _said(fields, _answers(what)):
        yield from name_words(said) if names_somebody else _plain(said)
    if isinstance(what, events.Raised):
        yield from name_words(what.reference)
        if what.paper is not None:
            yield from _on_paper(what.paper)


def _on_paper(paper: OnPaper) -> Iterator[str]:
    yield from name_words(paper.reference)
    yield from filter(None, (paper_word(paper.reference),))
    for one in paper.answers:
        yield from _plain(one.who)
        yield from _plain(one.text)


def paper_word(reference: str) -> str:
    """By which an alert is found that bore this reference on paper; no search for what is typed finds it."""
    plain = "".join(letter for letter in as_latin(reference).casefold() if letter.isalnum())
    return f"={plain}"[:LONGEST_WORD] if plain else ""


def _plain(text: str) -> Iterator[str]:
    whole = [each for words in spelt_words(text) for each in words]
    whole += ["".join(_own(each)) for each in _WITH_HYPHEN.findall(text)]
    return (word[:LONGEST_WORD] for word in whole)


def typed_in(what: events.Event) -> Iterator[tuple[str, str]]:
    """Every text that somebody typed beside the answers to a form, each with the name of its place."""
    for name in _TYPED[type(what)]:
        said = getattr(what, name)
        yield from ((name, one) for one in (said if isinstance(said, tuple) else (said,)))
    if isinstance(what, events.Raised) and what.gate is not None:
        yield "told", what.gate.told


def _answers(what: events.Event) -> dict[str, Any]:
    if isinstance(what, events.Corrected):
        return {what.field: what.now}
    return {**getattr(what, "answers", {}), **getattr(what, "details", {})}


def fields_asked(alert: Alert, what: events.Event, form_of: FormOf) -> dict[str, FormField]:
    """Whatever may have been asked: blocks of the council's own form are asked with some acts."""
    forms = _forms_sent(alert) | {_FORMS.get(type(what), "")}
    return {one.id: one for name in sorted(forms - {""}) for one in form_of(name).fields()}


def _forms_sent(alert: Alert) -> frozenset[str]:
    return frozenset({alert.raised.form, *(run.sent.form for run in alert.runs)})


def _said(fields: Mapping[str, FormField], answers: Answers) -> Iterator[tuple[str, bool]]:
    """Every text that was typed, and whether it names somebody. Choices and days have their filters."""
    for name, given in answers.items():
        one = fields.get(name)
        if one is None or not is_typed(one):
            continue
        for item in given if isinstance(given, list | tuple) else (given,):
            if isinstance(item, Mapping):
                yield from _said({inner.id: inner for inner in one.fields}, item)
            elif item is not None:
                yield str(item), one.is_person and not one.type.facts.is_tall


def is_typed(one: FormField) -> bool:
    """Is the answer written, and neither chosen nor a day?"""
    facts = one.type.facts
    return not (facts.needs_options or facts.offers or one.type is FieldType.DATE)


def _current(alert: Alert) -> list[tuple[int, events.Event]]:
    """The events without the answers that a later one put others in the place of."""
    found: list[tuple[int, events.Event]] = []
    later: set[tuple[int, str]] = set()
    moved: set[str] = set()
    for happened in reversed(alert.happened):
        what, number = happened.what, happened.number
        if isinstance(what, events.Corrected):
            place = (what.number, what.field)
            if place in later or what.field in moved:
                what = what.model_copy(update={"now": None})
            later.add(place)
        elif what is not None:
            old = {name for where, name in later if where == number} | moved
            old |= {name for _, name in later} if isinstance(what, events.CaseMoved) else set()
            moved |= set(what.answers) if isinstance(what, events.CaseMoved) else set()
            what = _without(what, old) if old else what
        if what is not None:
            found.append((number, what))
    return found


def _without(what: events.Event, old: Collection[str]) -> events.Event:
    """Without what was answered to these."""
    left = {
        part: {name: said for name, said in getattr(what, part).items() if name not in old}
        for part in ("answers", "details")
        if isinstance(getattr(what, part, None), dict)
    }
    return what.model_copy(update=left)


_FORMS = {row.event: row.form for row in ACTS.values()}

_TYPED: Mapping[type[events.Event], tuple[str, ...]] = complete(
    events.EVENTS,
    {
        events.Raised: ("entry_reason", "consulted"),
        events.Sent: ("instead_of", "instead_reason"),
        events.Answered: ("text", "task_owner", "evidence"),
        events.AnswerRecorded: ("text", "task_owner", "evidence"),
        NotTheirs: ("text", "who_else"),
        DrafterNamed: ("text",),
        QuestionAsked: ("text",),
        QuestionAnswered: ("text",),
        events.ResponseReviewed: ("reason",),
        events.Held: ("task_owner", "reason"),
        events.HoldReviewed: ("text",),
        events.DateAgreed: ("agreed_with", "reason"),
        events.StepDone: ("chair", "present", "text"),
        events.Escalated: ("rationale", "consulted"),
        events.Noted: ("text",),
        events.Referred: ("reason", "consulted"),
        events.FollowedUp: ("text",),
        events.Closed: ("what_changed", "child_view"),
        events.Reopened: ("reason",),
        events.Corrected: ("reason",),
        events.StandstillBegun: ("action", "told"),
        events.StandstillEnded: ("reason",),
        events.Overridden: ("told", "by", "text"),
        events.SignedOff: ("who", "text"),
        events.ChangeRecorded: ("text",),
        events.Reassigned: ("reason",),
        events.CaseMoved: ("reason",),
        events.Redirected: ("reason",),
        events.Linked: (),
        events.Redated: (),
        events.DoneByHand: ("name", "text"),
        events.ReminderSent: ("text",),
        events.Filed: ("document", "text"),
        events.Kept: ("reason", "reference"),
        events.Redacted: (),  # why, in words that name nobody; what is left is found where it stood
        Restricted: ("reason",),
        RestrictionConfirmed: ("text",),
        RestrictionLifted: ("reason",),
    },
)
"""What somebody types in each, beside the answers to a form. What is chosen stands in filters and lists."""
