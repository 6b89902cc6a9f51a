"""When a clock runs out, and the receipt that shows how its date was arrived at."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from practice_alerts.domain.dates import LONDON, first_moment_after, london_date, must_be_aware
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
from practice_alerts.domain.errors import NeedsATime
from practice_alerts.domain.procedure.clock import Clock, Days, Direction, Hours, Span, in_words

RULES = 4
"""Raised by one when a mended rule gives an open alert another date: it is then worked out anew, and told."""
RULES_SAID = ", rules "
"""What stands before that number in the version of a calendar."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Beside:
    """The day that stands beside the one that counts, and the days closed late that lead to it, with reasons."""

    day: date
    closed: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """`counted` is the number the day got, from 1; `skipped_because` says why it got none.

    Under a clock in hours both are None: the hours ran through the day.
    """

    day: date
    counted: int | None
    skipped_because: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The days passed, in the order of counting; without the day the clock started from.

    A clock in hours lists the days it touches, that of its start among them. `clocks_moved` is
    how much later the hour hand stands than on a day without a change of clocks.
    """

    days: tuple[ReceiptDay, ...]
    calendar_version: str
    clocks_moved: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock runs out: all of the day `by`, in London, or the instant `by` for hours.

    Where the source does not say which days it means, `by` is the earlier reading and
    `later_reading` the other one, unless both fall on the same day. `falls_on_non_working`
    says why nobody works on that day; the date stays where it is. `beside` is another day that closures
    put down late would give: both stand, and whatever counts goes by `by`.
    """

    clock: Span
    start: date | datetime
    by: date | datetime
    receipt: Receipt
    later_reading: date | None = None
    falls_on_non_working: str | None = None
    beside: Beside | None = None

    @property
    def by_day(self) -> date:
        """The London date of `by`."""
        return london_date(self.by)

    def is_past(self, now: datetime) -> bool:
        """Has it run out? A fact, also for an aim, which is never called overdue."""
        # In UTC, because two London times are compared without their fold.
        return must_be_aware(now).astimezone(UTC) >= self.past_from

    @property
    def past_from(self) -> datetime:
        """The first moment at which it has run out, in UTC."""
        return first_moment_after(self.by)

    def working_days_left(self, now: datetime, calendar: Calendar) -> int:
        """As many as at the start on the day of sending, 0 on the day itself, then below 0."""
        known = calendar.as_known(self.start)
        return working_days_between(london_date(now), self.by_day, known)


def due(clock: Span, start: date | datetime, calendar: Calendar) -> Due:
    """Run a clock from (or back from) a London day or an aware moment.

    The day after `start` is day 1; counting back, the day before it. Hours are elapsed hours, a
    week is seven calendar days. Raises BeyondCalendar, BeforeCalendar, and NeedsATime where
    hours would run from a date alone; a naive datetime is a bug (ValueError).
    """
    calendar.must_know(london_date(start))
    known = calendar.as_known(start)
    found = _due(clock, start, known)
    if known is calendar:
        return found
    later = _due(clock, start, calendar)
    return found if later.by == found.by else replace(found, beside=_beside(later, calendar, known))


def _beside(later: Due, calendar: Calendar, known: Calendar) -> Beside:
    passed = (one.day for one in later.receipt.days)
    late = [day for day in passed if day in calendar.closures and day not in known.closures]
    return Beside(later.by_day, tuple((day, calendar.closures[day]) for day in sorted(late)))


def _due(clock: Span, start: date | datetime, calendar: Calendar) -> Due:
    unit = clock.facts
    if isinstance(unit.way, Hours):
        return _due_in_hours(clock, start, calendar)
    origin, ways = london_date(start), [unit.way, *filter(None, [unit.or_else])]
    readings = sorted(
        (_walk(clock, way, origin, calendar) for way in ways), key=lambda days: days[-1].day
    )
    by, other = readings[0][-1].day, readings[-1][-1].day
    return Due(
        clock,
        start,
        by,
        Receipt(readings[0], calendar.version),
        later_reading=None if other == by else other,
        falls_on_non_working=calendar.why_not_working(by),
    )


def due_of(clock: Clock | None, start: date | datetime | None, calendar: Calendar) -> Due | None:
    """The same of any clock: None for none, for one without an amount, or while it has not begun."""
    return due(clock, start, calendar) if isinstance(clock, Span) and start is not None else None


def _walk(clock: Span, way: Days, origin: date, calendar: Calendar) -> tuple[ReceiptDay, ...]:
    """The days passed, when the clock's unit is counted in this way."""
    step = _DAY if clock.direction is Direction.AFTER else -_DAY
    passed: list[ReceiptDay] = []
    day, counted = origin, 0
    while counted < clock.amount * way.each:
        day += step
        reason = calendar.why_not_working(day)
        if way.working and reason is not None:
            passed.append(ReceiptDay(day, None, reason))
            continue
        counted += 1
        passed.append(ReceiptDay(day, counted, None))
    return tuple(passed)


def _due_in_hours(clock: Span, start: date | datetime, calendar: Calendar) -> Due:
    if not isinstance(start, datetime):
        raise NeedsATime(in_words(clock), start)
    hours = timedelta(hours=clock.amount)
    if clock.direction is Direction.BEFORE:
        hours = -hours
    # In UTC, because London times are added up as if the clocks never changed; and back from
    # there, because an hour that the change of clocks left out is then given its real name.
    sent = start.astimezone(UTC)
    here, by = sent.astimezone(LONDON), (sent + hours).astimezone(LONDON)
    ends = (here.date(), by.date())
    length = abs((ends[1] - ends[0]).days)
    step = _DAY if ends[1] >= ends[0] else -_DAY
    days = tuple(ReceiptDay(ends[0] + step * number, None, None) for number in range(length + 1))
    moved = by.replace(tzinfo=None) - here.replace(tzinfo=None) - hours
    return Due(
        clock,
        start,
        by,
        Receipt(days, calendar.version, moved),
        falls_on_non_working=calendar.why_not_working(by.date()),
    )
