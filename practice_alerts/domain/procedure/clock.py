"""Clocks as people say them: `4 working days`, `aim 5 working days`, `by agreement`, ..."""

import re
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from practice_alerts.domain.complete import complete
from practice_alerts.domain.errors import NotAClock
from practice_alerts.domain.text import plural


@dataclass(frozen=True, slots=True)
class Days:
    """Counted day by day: every day or those worked, so many to one of the unit."""

    each: int = 1
    working: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Elapsed, through nights and days off alike."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """All that sets one unit apart. `way` is how it is counted, `or_else` how it might be meant as well."""

    written: tuple[str, ...]
    """In the words of procedures, for one of them; the first is the one we write ourselves."""
    in_guide: str
    several: str
    """Of an unknown number, in a finding."""
    working_days: Fraction
    """As many as one of it takes at most."""
    way: Days | Hours
    or_else: Days | None = None

    @property
    def is_stated(self) -> bool:
        return self.or_else is None


class Unit(Enum):
    """Each with all that is known of it."""

    WORKING_DAYS = UnitFacts(
        ("working day",), "working day", "working days", Fraction(1), Days(working=True)
    )
    HOURS = UnitFacts(("hour",), "hour", "hours", Fraction(1, 24), Hours())
    WEEKS = UnitFacts(("week",), "week", "weeks", Fraction(5), Days(each=7))
    DAYS = UnitFacts(
        ("calendar day", "day"), "calendar day", "calendar days", Fraction(5, 7), Days()
    )
    DAYS_UNIT_NOT_STATED = UnitFacts(
        *(("day",), "day", "days of a kind not stated", Fraction(5, 7), Days()),
        or_else=Days(working=True),
    )


class Strength(Enum):
    """An aim missed is not overdue; a deadline or a maximum passed is."""

    DEADLINE = "deadline"
    AIM = "aim"
    MAXIMUM = "maximum"


class Direction(Enum):
    AFTER = "after"
    BEFORE = "before"


MOST = 999


@dataclass(frozen=True, slots=True)
class Span:
    """A clock that runs for an amount of time, 1 to MOST of its unit."""

    amount: int
    unit: Unit
    strength: Strength = Strength.DEADLINE
    direction: Direction = Direction.AFTER
    is_bare: bool = field(default=False, compare=False)
    """Written as days without saying which. It is counted in calendar days, and the checker asks which are meant."""

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST:
            raise ValueError(f"a clock runs for 1 to {MOST} of its unit, not {self.amount}")
        if self.strength is Strength.MAXIMUM and self.direction is Direction.BEFORE:
            # "At most 5 days before" forbids being early, which no procedure does.
            raise ValueError("a maximum cannot count back from an event")

    @property
    def facts(self) -> UnitFacts:
        return self.unit.value


class Untimed(Enum):
    """What a procedure says in place of an amount. None of these gets a computed date."""

    IMMEDIATELY = "immediately"
    BY_AGREEMENT = "by agreement"
    NOT_STATED = "not stated"


Clock = Span | Untimed

# Read by Python and, through the JSON Schema, by editors: so no named groups, and [0-9] for \d.
_UNITS = {(word, unit.value.is_stated): unit for unit in Unit for word in unit.value.written}
_WRITTEN = dict.fromkeys(word for word, _ in _UNITS)
_SPAN = (
    rf"(?:(aim|at most) )?([1-9][0-9]{{0,2}}) ({'|'.join(_WRITTEN)})s?"
    r"( before)?( \(unit not stated\))?"
)
_PREFIXES = complete(
    Strength, {Strength.DEADLINE: "", Strength.AIM: "aim ", Strength.MAXIMUM: "at most "}
)
_STRENGTHS = {said.strip() or None: strength for strength, said in _PREFIXES.items()}


def parse_clock(text: str) -> Clock:
    """Read a clock phrase; capitals and extra spaces do not matter. Raises NotAClock."""
    said = " ".join(text.split()).lower()
    if said in {untimed.value for untimed in Untimed}:
        return Untimed(said)
    found = re.fullmatch(_SPAN, said, re.ASCII)
    if found is None:
        raise NotAClock(text)
    strength, amount, unit, before, unstated = found.groups()
    try:
        return Span(
            int(amount),
            _UNITS[unit, unstated is None],
            _STRENGTHS[strength],
            Direction.BEFORE if before else Direction.AFTER,
            is_bare=unit == "day" and unstated is None,
        )
    except (KeyError, ValueError) as impossible:
        raise NotAClock(text) from impossible


def in_words(clock: Clock) -> str:
    """The phrase that `parse_clock` reads back as the same clock; days of the calendar are always called so."""
    if isinstance(clock, Untimed):
        return clock.value
    said = plural(clock.amount, clock.facts.written[0])
    before = " before" if clock.direction is Direction.BEFORE else ""
    unstated = "" if clock.facts.is_stated else " (unit not stated)"
    return f"{_PREFIXES[clock.strength]}{clock.amount} {said}{before}{unstated}"


def _read(value: object) -> Clock:
    if isinstance(value, Span | Untimed):
        return value
    try:
        return parse_clock(value if isinstance(value, str) else repr(value))
    except NotAClock as error:
        # Pydantic gathers only its own errors, so that all faults of a file come at once.
        raise PydanticCustomError(
            "not_a_clock", "{sentence}", {"sentence": str(error), "text": error.text}
        ) from error


ClockField = Annotated[
    Clock,
    BeforeValidator(_read, json_schema_input_type=str),
    PlainSerializer(in_words, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "title": "Clock",
            "description": "How long, in the words of the procedure.",
            "pattern": f"^({'|'.join(untimed.value for untimed in Untimed)}|{_SPAN})$",
            "examples": ["4 working days", "72 hours", "aim 5 working days", "not stated"],
        }
    ),
]
"""A clock as a field of a pydantic model: read from and written as its phrase."""
