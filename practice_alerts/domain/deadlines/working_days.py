"""Which days are worked: weekends, bank holidays, what the council closes; and working days counted between and on."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType

from practice_alerts.domain.dates import london_date
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar

SHORT_NOTICE = 5
"""Working days: a closure put down with fewer ahead moves no date that ran already. Ours; no council says it."""

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days between `first` and `last`, both included; nothing is known of any other day.

    `bank_holidays` maps each to its name, `closures` each to the council's own reason. `version` names the
    data and the rules, so that a receipt can be checked years later. `late` holds those closures that were
    put down late, each with the moment from which it counts: only for clocks that start after it.
    """

    bank_holidays: Mapping[date, str] = field(hash=False)
    closures: Mapping[date, str] = field(hash=False)
    version: str
    first: date
    last: date
    late: Mapping[date, datetime] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"the calendar ends ({self.last}) before it begins ({self.first})")
        object.__setattr__(self, "bank_holidays", MappingProxyType(dict(self.bank_holidays)))
        object.__setattr__(self, "closures", MappingProxyType(dict(self.closures)))
        object.__setattr__(self, "late", MappingProxyType(dict(self.late)))

    def why_not_working(self, day: date) -> str | None:
        """Saturday, Sunday, the bank holiday's name or the closure's reason; None if worked."""
        self.must_know(day)
        if day.weekday() >= _SATURDAY:
            return f"{day:%A}"
        if day in self.bank_holidays:
            return self.bank_holidays[day]
        if day in self.closures:
            return f"closed: {self.closures[day]}"
        return None

    def is_working(self, day: date) -> bool:
        return self.why_not_working(day) is None

    def must_know(self, day: date) -> None:
        """Raise BeyondCalendar or BeforeCalendar for a day of which nothing is known."""
        if isinstance(day, datetime):
            # A datetime equals no date, so every holiday would be missed without a word.
            raise TypeError(f"a calendar knows days, not moments: {day!r}")
        if day > self.last:
            raise BeyondCalendar(day, self.last)
        if day < self.first:
            raise BeforeCalendar(day, self.first)

    @cached_property
    def without_closures(self) -> "Calendar":
        """The same where the council is never closed; its version stays, for it rests on the same data."""
        if not self.closures:
            return self
        return Calendar(self.bank_holidays, {}, self.version, self.first, self.last)

    def as_known(self, start: date | datetime) -> "Calendar":
        """Without the closures that were put down late and did not count yet when a clock started."""
        unknown = frozenset(day for day, at in self.late.items() if not _counts(at, start))
        if not unknown:
            return self
        if unknown not in self._known:
            rest = {day: said for day, said in self.closures.items() if day not in unknown}
            late = {day: at for day, at in self.late.items() if day not in unknown}
            self._known[unknown] = replace(self, closures=rest, late=late)
        return self._known[unknown]

    @cached_property
    def _known(self) -> dict[frozenset[date], "Calendar"]:
        return {}

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """Every working day known, in order."""
        weekdays = _weekdays(self.first, self.last)
        return tuple(
            day for day in weekdays if day not in self.bank_holidays and day not in self.closures
        )


@lru_cache(maxsize=16)
def _weekdays(first: date, last: date) -> tuple[date, ...]:
    """Mondays to Fridays; the same for many councils' calendars, and for those of many days."""
    length = (last - first).days + 1
    days = (first + timedelta(days=number) for number in range(length))
    return tuple(day for day in days if day.weekday() < _SATURDAY)


def _counts(since: datetime, start: date | datetime) -> bool:
    """Did it count when the clock started? Of a clock that starts from a day: by that day."""
    return since <= start if isinstance(start, datetime) else london_date(since) <= start


def is_at_short_notice(day: date, today: date, calendar: Calendar) -> bool:
    """Is it too late, today, to put that day down as closed for dates that run already?"""
    return working_days_between(today, day, calendar) < SHORT_NOTICE


def add_working_days(day: date, number: int, calendar: Calendar) -> date:
    """The working day `number` after `day`, or before it where negative; for 0 the day itself."""
    calendar.must_know(day)
    if number == 0:
        return day
    known = calendar.working_days
    place = (
        bisect_right(known, day) + number - 1 if number > 0 else bisect_left(known, day) + number
    )
    if place >= len(known):
        raise BeyondCalendar(calendar.last + _DAY, calendar.last)
    if place < 0:
        raise BeforeCalendar(calendar.first - _DAY, calendar.first)
    return known[place]


def working_days_between(first_day: date, last_day: date, calendar: Calendar) -> int:
    """Working days after the first day up to and including the last; negative if it is earlier."""
    calendar.must_know(first_day)
    calendar.must_know(last_day)
    known = calendar.working_days
    return bisect_right(known, last_day) - bisect_right(known, first_day)
