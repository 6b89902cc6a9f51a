"""The event of dates that were worked out anew, and of days that stand beside them."""

from datetime import date
from typing import Literal

from practice_alerts.domain.definition import Definition


class Moved(Definition):
    """One date before and after."""

    clock: Literal["answer", "cap"]
    was: date | None
    now: date | None
    what: str = ""
    """What the day of the stage is called, where it is known: that of a step is no answer's."""


class ClosedLate(Definition):
    """A day put down as closed too late to move a date that ran already."""

    day: date
    reason: str


class Redated(Definition):
    """The calendar changed, or a rule of ours was mended: what was due when, before and after."""

    kind: Literal["redated"] = "redated"
    calendar: str
    """The version of the calendar and the rules the new dates rest on."""
    moved: tuple[Moved, ...]
    rules: bool = False
    """True where the calendar is the same, and a mended rule gives another date."""
    beside: tuple[Moved, ...] = ()
    """Days that stand beside those that go on counting (`was`), as closures put down late would give them."""
    closed: tuple[ClosedLate, ...] = ()
