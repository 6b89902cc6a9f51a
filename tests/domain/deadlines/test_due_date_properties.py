"""What holds for every clock, day and calendar, against a second, slower way of counting."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.due_date import due
from practice_alerts.domain.deadlines.working_days import (
    Calendar,
    add_working_days,
    working_days_between,
)
from practice_alerts.domain.procedure.clock import Direction, Span, Unit

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)

some_days = st.dates(FIRST, LAST)
# Far enough from both ends that no count of up to 40 working days leaves the calendar.
inner_days = st.dates(date(2024, 7, 1), date(2026, 6, 30))
amounts = st.integers(1, 40)
directions = st.sampled_from(Direction)
calendars = st.builds(
    Calendar,
    st.dictionaries(some_days, st.just("a bank holiday"), max_size=40),
    st.dictionaries(some_days, st.just("a closure"), max_size=20),
    st.just("made up"),
    st.just(FIRST),
    st.just(LAST),
)


def worked(day: date, calendar: Calendar) -> bool:
    off = {*calendar.bank_holidays, *calendar.closures}
    return day.strftime("%a") not in {"Sat", "Sun"} and day not in off


def slowly(day: date, number: int, calendar: Calendar) -> date:
    """The same rule told differently: step to the next working day, so many times."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    for _ in range(abs(number)):
        day += step
        while not worked(day, calendar):
            day += step
    return day


def working(amount: int, direction: Direction = Direction.AFTER) -> Span:
    return Span(amount, Unit.WORKING_DAYS, direction=direction)


@given(calendars, inner_days, amounts, directions)
def test_working_days_agree_with_stepping_from_day_to_day(
    calendar: Calendar, start: date, amount: int, direction: Direction
) -> None:
    signed = amount if direction is Direction.AFTER else -amount
    expected = slowly(start, signed, calendar)
    assert due(working(amount, direction), start, calendar).by == expected
    assert add_working_days(start, signed, calendar) == expected


@given(calendars, inner_days, amounts, directions)
def test_a_deadline_in_working_days_never_lands_on_a_day_off(
    calendar: Calendar, start: date, amount: int, direction: Direction
) -> None:
    found = due(working(amount, direction), start, calendar)
    assert worked(found.by_day, calendar)
    assert found.falls_on_non_working is None


@given(calendars, inner_days, inner_days, amounts, directions)
def test_what_was_sent_later_is_never_due_earlier(
    calendar: Calendar, one: date, other: date, amount: int, direction: Direction
) -> None:
    early, late = sorted((one, other))
    clock = working(amount, direction)
    assert due(clock, early, calendar).by <= due(clock, late, calendar).by


@given(calendars, inner_days, amounts)
def test_a_longer_clock_runs_out_later(calendar: Calendar, start: date, amount: int) -> None:
    shorter, longer = (
        due(working(amount), start, calendar),
        due(working(amount + 1), start, calendar),
    )
    assert shorter.by < longer.by


@given(calendars, inner_days, amounts, directions)
def test_the_receipt_counts_each_day_once_and_misses_none(
    calendar: Calendar, start: date, amount: int, direction: Direction
) -> None:
    found = due(working(amount, direction), start, calendar)
    days = found.receipt.days
    step = ONE_DAY if direction is Direction.AFTER else -ONE_DAY
    assert [passed.day for passed in days] == [start + step * (n + 1) for n in range(len(days))]
    assert [passed.counted for passed in days if passed.counted] == list(range(1, amount + 1))
    assert all((passed.counted is None) != (passed.skipped_because is None) for passed in days)
    assert days[-1].day == found.by


@given(calendars, inner_days, amounts)
def test_counting_back_from_the_due_day_of_a_working_day_returns_to_it(
    calendar: Calendar, start: date, amount: int
) -> None:
    while not worked(start, calendar):
        start += ONE_DAY
    by = add_working_days(start, amount, calendar)
    assert add_working_days(by, -amount, calendar) == start


@given(calendars, inner_days, amounts)
def test_counting_back_from_the_due_day_of_a_day_off_finds_the_working_day_before_it(
    calendar: Calendar, somewhere: date, amount: int
) -> None:
    # The next day off rather than any day that must be one: most days are not, and would be thrown away.
    start = somewhere
    while worked(start, calendar):
        start += ONE_DAY
    by = add_working_days(start, amount, calendar)
    assert add_working_days(by, -amount, calendar) == slowly(start, -1, calendar)


@given(calendars, inner_days, inner_days)
def test_the_days_between_are_those_a_slow_count_finds(
    calendar: Calendar, one: date, other: date
) -> None:
    early, late = sorted((one, other))
    passed = (early + ONE_DAY * n for n in range(1, (late - early).days + 1))
    expected = sum(worked(day, calendar) for day in passed)
    assert working_days_between(early, late, calendar) == expected
    assert working_days_between(late, early, calendar) == -expected


@given(calendars, inner_days, st.integers(1, 40))
def test_the_days_between_sending_and_due_are_the_clock(
    calendar: Calendar, start: date, amount: int
) -> None:
    found = due(working(amount), start, calendar)
    assert working_days_between(start, found.by_day, calendar) == amount


@given(calendars, inner_days, st.integers(1, 20), directions)
def test_weeks_and_calendar_days_skip_nothing(
    calendar: Calendar, start: date, amount: int, direction: Direction
) -> None:
    sign = 1 if direction is Direction.AFTER else -1
    weeks = due(Span(amount, Unit.WEEKS, direction=direction), start, calendar)
    days = due(Span(amount * 7, Unit.DAYS, direction=direction), start, calendar)
    assert weeks.by == days.by == start + timedelta(weeks=amount) * sign
    assert (weeks.falls_on_non_working is None) == worked(weeks.by_day, calendar)
    assert weeks.receipt == days.receipt


@given(calendars, inner_days, amounts, directions)
def test_a_unit_not_stated_is_worked_to_at_the_earlier_of_its_readings(
    calendar: Calendar, start: date, amount: int, direction: Direction
) -> None:
    found = due(Span(amount, Unit.DAYS_UNIT_NOT_STATED, direction=direction), start, calendar)
    readings = {
        due(Span(amount, unit, direction=direction), start, calendar).by
        for unit in (Unit.DAYS, Unit.WORKING_DAYS)
    }
    assert found.by == min(readings)
    assert {found.by, found.later_reading or found.by} == readings


@given(
    st.datetimes(datetime(2024, 7, 1), datetime(2026, 6, 30), timezones=st.just(LONDON)),  # noqa: DTZ001 - hypothesis adds the zone
    st.integers(1, 999),
    directions,
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(
    start: datetime, amount: int, direction: Direction
) -> None:
    calendar = Calendar({}, {}, "none", FIRST, LAST)
    found = due(Span(amount, Unit.HOURS, direction=direction), start, calendar)
    assert isinstance(found.by, datetime)
    elapsed = abs(found.by.astimezone(UTC) - start.astimezone(UTC))
    assert elapsed == timedelta(hours=amount)
    assert found.by.tzinfo is LONDON
    shift = (found.by.utcoffset() or timedelta()) - (
        start.astimezone(UTC).astimezone(LONDON).utcoffset() or timedelta()
    )
    assert found.receipt.clocks_moved == shift
    assert found.receipt.days[-1].day == found.by_day
