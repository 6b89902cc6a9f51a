"""When clocks run out: the day after sending is day 1, and only working days count."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from practice_alerts.domain.deadlines.due_date import Due, ReceiptDay, due
from practice_alerts.domain.deadlines.working_days import (
    Calendar,
    add_working_days,
    working_days_between,
)
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar, NeedsATime
from practice_alerts.domain.procedure.clock import Span, parse_clock
from practice_alerts.domain.wording.clock_lines import days_left
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment


def run(phrase: str, start: date | datetime, calendar: Calendar = CALENDAR_2025) -> Due:
    clock = parse_clock(phrase)
    assert isinstance(clock, Span)
    return due(clock, start, calendar)


def test_the_calendar_says_why_nobody_works() -> None:
    said = CALENDAR_2025.why_not_working
    assert said(day("Thu 2025-04-17")) is None
    assert said(day("Fri 2025-04-18")) == "Good Friday"
    assert said(day("Sat 2025-04-19")) == "Saturday"
    assert said(day("Sun 2025-04-20")) == "Sunday"
    assert said(day("Tue 2025-12-30")) == "closed: council closed between Christmas and New Year"
    assert CALENDAR_2025.is_working(day("Thu 2025-04-17"))
    assert not CALENDAR_2025.is_working(day("Mon 2025-04-21"))


def test_a_calendar_knows_nothing_outside_its_days() -> None:
    with pytest.raises(BeyondCalendar) as beyond:
        CALENDAR_2025.is_working(day("Fri 2027-01-01"))
    assert (beyond.value.day, beyond.value.last) == (day("Fri 2027-01-01"), CALENDAR_2025.last)
    assert "Friday 1 January 2027" in str(beyond.value)
    with pytest.raises(BeforeCalendar) as before:
        CALENDAR_2025.is_working(day("Tue 2024-12-31"))
    assert (before.value.day, before.value.first) == (day("Tue 2024-12-31"), CALENDAR_2025.first)


def test_a_calendar_cannot_be_changed_after_it_was_made() -> None:
    closures = {day("Mon 2025-03-03"): "burst pipe"}
    calendar = dataclasses.replace(CALENDAR_2025, closures=closures)
    closures.clear()
    assert calendar.why_not_working(day("Mon 2025-03-03")) == "closed: burst pipe"
    assert hash(calendar) == hash(dataclasses.replace(calendar))


def test_a_calendar_that_ends_before_it_begins_is_a_bug() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Calendar({}, {}, "none", day("Thu 2025-01-02"), day("Wed 2025-01-01"))


def test_a_moment_in_place_of_a_day_is_refused_instead_of_missing_every_holiday() -> None:
    with pytest.raises(TypeError, match="days, not moments"):
        CALENDAR_2025.is_working(moment("Fri 2025-04-18 12:00"))


def test_the_receipt_of_an_alert_sent_before_easter_shows_each_day() -> None:
    found = run("4 working days", day("Wed 2025-04-16"))
    assert found.by == day("Thu 2025-04-24")
    assert found.receipt.days == (
        ReceiptDay(day("Thu 2025-04-17"), 1, None),
        ReceiptDay(day("Fri 2025-04-18"), None, "Good Friday"),
        ReceiptDay(day("Sat 2025-04-19"), None, "Saturday"),
        ReceiptDay(day("Sun 2025-04-20"), None, "Sunday"),
        ReceiptDay(day("Mon 2025-04-21"), None, "Easter Monday"),
        ReceiptDay(day("Tue 2025-04-22"), 2, None),
        ReceiptDay(day("Wed 2025-04-23"), 3, None),
        ReceiptDay(day("Thu 2025-04-24"), 4, None),
    )
    assert found.receipt.calendar_version == "written for the tests"


def test_papers_five_working_days_before_a_review_are_counted_back() -> None:
    found = run("5 working days before", day("Thu 2025-04-24"))
    assert found.by == day("Tue 2025-04-15")
    assert found.receipt.days[0] == ReceiptDay(day("Wed 2025-04-23"), 1, None)
    assert found.receipt.days[-1] == ReceiptDay(day("Tue 2025-04-15"), 5, None)


def test_a_closure_of_the_council_does_not_count() -> None:
    assert run("2 working days", day("Wed 2025-12-24")).by == day("Thu 2026-01-01")


def test_an_alert_sent_after_midnight_in_summer_is_sent_on_that_london_day() -> None:
    sent = datetime(2025, 6, 5, 23, 30, tzinfo=UTC)
    assert run("1 working day", sent).by == day("Mon 2025-06-09")
    assert run("1 working day", sent).start == sent


def test_a_date_is_past_only_when_the_next_london_day_begins() -> None:
    found = run("2 working days", day("Mon 2025-06-02"))
    assert not found.is_past(moment("Wed 2025-06-04 23:59"))
    assert found.is_past(moment("Thu 2025-06-05 00:00"))
    assert found.is_past(datetime(2025, 6, 4, 23, 0, tzinfo=UTC))


def test_hours_are_past_as_soon_as_they_have_run() -> None:
    found = run("72 hours", moment("Fri 2025-06-06 16:45"))
    assert not found.is_past(moment("Mon 2025-06-09 16:45"))
    assert found.is_past(moment("Mon 2025-06-09 16:45") + timedelta(seconds=1))


def test_hours_that_end_in_the_repeated_hour_are_past_only_after_its_second_time() -> None:
    found = run("72 hours", moment("Thu 2025-10-23 02:30"))
    assert not found.is_past(moment("Sun 2025-10-26 01:45"))
    assert found.is_past(moment("Sun 2025-10-26 01:45", fold=1))
    assert found.by_day == day("Sun 2025-10-26")


def test_the_receipt_of_hours_lists_the_days_and_says_that_the_clocks_moved() -> None:
    forward = run("24 hours", moment("Sat 2025-03-29 14:10"))
    assert forward.by == moment("Sun 2025-03-30 15:10")
    assert forward.receipt.clocks_moved == timedelta(hours=1)
    assert forward.falls_on_non_working == "Sunday"
    assert [passed.day for passed in forward.receipt.days] == [
        day("Sat 2025-03-29"),
        day("Sun 2025-03-30"),
    ]
    back = run("72 hours", moment("Sat 2025-10-25 12:00"))
    assert back.by == moment("Tue 2025-10-28 11:00")
    assert back.receipt.clocks_moved == timedelta(hours=-1)


def test_hours_before_an_event_are_counted_back() -> None:
    found = run("48 hours before", moment("Mon 2025-03-31 09:00"))
    assert found.by == moment("Sat 2025-03-29 08:00")
    assert [passed.day for passed in found.receipt.days] == [
        day("Mon 2025-03-31"),
        day("Sun 2025-03-30"),
        day("Sat 2025-03-29"),
    ]


def test_hours_from_a_date_alone_ask_for_the_time() -> None:
    with pytest.raises(NeedsATime, match="Give the time on Friday 6 June 2025"):
        run("72 hours", day("Fri 2025-06-06"))


def test_a_week_is_seven_calendar_days_and_is_flagged_but_not_moved() -> None:
    found = run("1 week", day("Mon 2025-04-14"))
    assert found.by == day("Mon 2025-04-21")
    assert found.falls_on_non_working == "Easter Monday"
    assert [passed.counted for passed in found.receipt.days] == [1, 2, 3, 4, 5, 6, 7]


def test_where_the_unit_is_not_stated_the_earlier_reading_is_worked_to() -> None:
    before = run("5 days before (unit not stated)", day("Thu 2025-04-24"))
    assert (before.by, before.later_reading) == (day("Tue 2025-04-15"), day("Sat 2025-04-19"))
    after = run("5 days (unit not stated)", day("Wed 2025-04-16"))
    assert (after.by, after.later_reading) == (day("Mon 2025-04-21"), day("Fri 2025-04-25"))
    assert after.falls_on_non_working == "Easter Monday"


def test_where_both_readings_meet_there_is_no_later_one() -> None:
    found = run("2 days (unit not stated)", day("Mon 2025-06-02"))
    assert (found.by, found.later_reading) == (day("Wed 2025-06-04"), None)


def test_the_days_left_fall_from_the_whole_clock_to_none_and_below() -> None:
    found = run("4 working days", day("Wed 2025-04-16"))

    def left(text: str) -> int:
        return found.working_days_left(moment(text), CALENDAR_2025)

    assert left("Wed 2025-04-16 09:00") == 4
    assert left("Thu 2025-04-17 09:00") == 3
    assert left("Mon 2025-04-21 09:00") == 3
    assert left("Thu 2025-04-24 23:59") == 0
    assert left("Fri 2025-04-25 00:00") == -1


def test_a_limit_on_a_day_off_is_today_on_that_day_alone() -> None:
    found = run("5 calendar days", day("Mon 2025-06-02"))  # a Saturday
    said = {
        "Thu 2025-06-05 09:00": "1 working day left",
        "Fri 2025-06-06 09:00": "1 day left",
        "Sat 2025-06-07 09:00": "today",
        "Sun 2025-06-08 09:00": "passed 1 day ago",
        "Mon 2025-06-09 09:00": "passed 1 working day ago",
    }
    assert {at: days_left(found, moment(at), CALENDAR_2025) for at in said} == said


def test_a_time_without_a_zone_is_a_bug() -> None:
    naive = datetime(2025, 6, 5, 12, 0)  # noqa: DTZ001 - the bug to be refused
    for phrase in ("2 working days", "72 hours", "1 week"):
        with pytest.raises(ValueError, match="no time zone"):
            run(phrase, naive)
    for phrase in ("2 working days", "72 hours"):
        with pytest.raises(ValueError, match="no time zone"):
            run(phrase, moment("Mon 2025-06-02 12:00")).is_past(naive)


def test_a_date_past_the_end_of_the_calendar_is_refused_and_not_guessed() -> None:
    last = CALENDAR_2025.last
    assert run("1 working day", day("Wed 2026-12-30")).by == last
    for phrase in ("1 working day", "1 day", "1 week", "1 day (unit not stated)"):
        with pytest.raises(BeyondCalendar):
            run(phrase, last)
    with pytest.raises(BeyondCalendar):
        run("12 hours", moment("Thu 2026-12-31 12:00"))
    with pytest.raises(BeyondCalendar):
        add_working_days(last, 1, CALENDAR_2025)
    with pytest.raises(BeyondCalendar):
        working_days_between(last, day("Fri 2027-01-01"), CALENDAR_2025)


def test_a_date_before_the_calendar_is_refused() -> None:
    first = CALENDAR_2025.first
    assert run("1 working day before", day("Thu 2025-01-02")).by == first
    for phrase in ("1 working day before", "1 week before"):
        with pytest.raises(BeforeCalendar):
            run(phrase, first)
    with pytest.raises(BeforeCalendar):
        run("1 hour before", moment("Wed 2025-01-01 00:30"))
    with pytest.raises(BeforeCalendar):
        add_working_days(first, -1, CALENDAR_2025)


def test_a_leap_day_is_a_day_like_any_other() -> None:
    leap = Calendar({}, {}, "2028", day("Sat 2028-01-01"), day("Sun 2028-12-31"))
    assert run("2 working days", day("Mon 2028-02-28"), leap).by == day("Wed 2028-03-01")
    assert run("1 week", day("Tue 2028-02-29"), leap).by == day("Tue 2028-03-07")


def test_no_working_days_from_a_saturday_is_that_saturday() -> None:
    assert add_working_days(day("Sat 2025-04-19"), 0, CALENDAR_2025) == day("Sat 2025-04-19")
    assert add_working_days(day("Sat 2025-04-19"), 1, CALENDAR_2025) == day("Tue 2025-04-22")
    assert add_working_days(day("Sat 2025-04-19"), -1, CALENDAR_2025) == day("Thu 2025-04-17")
