"""The kinds of answer that a form may ask for: a row for each, from the wording of the guide to the check."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, Self

from practice_alerts.domain.dates import in_full, read_day, why_no_day
from practice_alerts.domain.definition import Word

Choices = Mapping[str, str]
YES_NO: Choices = MappingProxyType({"yes": "Yes", "no": "No"})


def day_in_words(text: str, write: Callable[[date], str] = in_full) -> str:
    """An ISO date written out; anything else as it stands."""
    try:
        return write(date.fromisoformat(text))
    except ValueError:
        return text


def _as_typed(value: Any, _: Choices) -> str:
    return str(value)


def _day(value: Any, _: Choices) -> str:
    return day_in_words(str(value))


def _chosen(value: Any, choices: Choices) -> str:
    return choices.get(str(value), str(value))


def _all_chosen(value: Any, choices: Choices) -> str:
    return "; ".join(_chosen(one, choices) for one in value)


def _nothing_wrong(_texts: Sequence[str], _: Choices) -> str | None:
    return None


def _no_date(texts: Sequence[str], _: Choices) -> str | None:
    return None if read_day(texts[0]) else why_no_day(texts[0])


def _no_number(texts: Sequence[str], _: Choices) -> str | None:
    return None if re.fullmatch(r"-?[0-9]{1,9}", texts[0].strip()) else "give a whole number."


def _in_other_digits(texts: Sequence[str], _: Choices) -> str | None:
    """It would be found by nobody who types it as it is printed."""
    others = any(one.isdecimal() and not one.isascii() for text in texts for one in text)
    return "write its digits as 0 to 9." if others else None


def _neither(texts: Sequence[str], choices: Choices) -> str | None:
    return None if texts[0] in choices else "choose yes or no."


def _not_offered(texts: Sequence[str], choices: Choices) -> str | None:
    return "choose from the list." if choices and not set(texts) <= set(choices) else None


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """All that sets one type apart, but for its widget in the app."""

    word: str
    in_guide: str
    takes: str
    """What such a question takes, where a newer form asks it in another way."""
    asks: str = "fill this in."
    """What to do where it was left empty."""
    html: Literal["text", "textarea", "radio", "checkbox"] | None = "text"
    """How a page without scripts asks; None where it cannot."""
    told_in: Literal["facts", "concern", ""] = ""
    """The part of an act's document that tells it; empty where it is left out."""
    is_tall: bool = False
    """Has room for several lines, and on paper a heading of its own."""
    as_text: bool = False
    """May be asked where an act rests on a text."""
    names_somebody: bool = False
    """Names a person, or leads to one."""
    needs_options: bool = False
    has_fields: bool = False
    is_several: bool = False
    """Several may be chosen: the answer is a list."""
    offers: Choices = field(default_factory=dict)
    """The choices, where they are always the same."""
    in_words: Callable[[Any, Choices], str] = _as_typed
    wrong: Callable[[Sequence[str], Choices], str | None] = _nothing_wrong
    """What to do about an answer that no such question takes."""


class FieldType(Word):
    _value_: str
    facts: TypeFacts

    def __new__(cls, facts: TypeFacts) -> Self:
        made = str.__new__(cls, facts.word)
        made._value_, made.facts = facts.word, facts
        return made

    TEXT = TypeFacts("text", "short text", "a line of text", told_in="concern", as_text=True)
    LONG_TEXT = TypeFacts(
        *("long_text", "long text", "a text"),
        html="textarea",
        told_in="concern",
        is_tall=True,
        as_text=True,
    )
    DATE = TypeFacts(*("date", "date", "a date", "give a date."), in_words=_day, wrong=_no_date)
    YES_NO = TypeFacts(
        *("yes_no", "yes or no", "yes or no", "choose one."),
        html="radio",
        offers=YES_NO,
        in_words=_chosen,
        wrong=_neither,
    )
    ONE_OF = TypeFacts(
        *("one_of", "one of a list", "one choice", "choose one."),
        html="radio",
        told_in="concern",
        needs_options=True,
        in_words=_chosen,
        wrong=_not_offered,
    )
    MANY_OF = TypeFacts(
        *("many_of", "any of a list", "any number of choices", "choose at least one."),
        html="checkbox",
        told_in="facts",
        needs_options=True,
        is_several=True,
        in_words=_all_chosen,
        wrong=_not_offered,
    )
    PERSON = TypeFacts(
        "person", "person", "a name", told_in="facts", as_text=True, names_somebody=True
    )
    TEAM = TypeFacts("team", "team", "a team", told_in="facts")
    REFERENCE = TypeFacts(
        *("reference", "reference", "a reference"),
        told_in="facts",
        names_somebody=True,
        wrong=_in_other_digits,
    )
    NUMBER = TypeFacts("number", "number", "a number", wrong=_no_number)
    GROUP = TypeFacts(
        *("group", "repeated group", "a block for each"),
        html=None,
        told_in="concern",
        is_tall=True,
        has_fields=True,
    )
