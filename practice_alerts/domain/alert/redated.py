"""The event of dates worked out anew: what was due when, before and after."""

from datetime import date
from typing import Literal

from practice_alerts.domain.definition import Definition


class Moved(Definition):
    """One date before and after."""

    clock: Literal["answer", "cap"]
    was: date | None
    now: date | None


class Redated(Definition):
    """The calendar changed, or a rule of ours was mended: what was due when, before and after."""

    kind: Literal["redated"] = "redated"
    calendar: str
    """The version of the calendar and the rules the new dates rest on."""
    moved: tuple[Moved, ...]
    rules: bool = False
    """True where the calendar is the same, and a mended rule gives another date."""
