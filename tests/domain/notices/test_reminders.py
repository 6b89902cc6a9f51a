"""Which reminders are true on which day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.reminders import Dates, first_and_last, reminders
from tests.helpers.days import day

CLOSED = {day("Wed 2025-06-11"): "moving house"}
CALENDAR = england(CLOSED, today=day("Mon 2025-06-02"))
ANSWER = Dates(since=day("Mon 2025-06-02"), answer_by=day("Fri 2025-06-06"))
HOLD = Dates(
    since=day("Mon 2025-06-02"), hold_until=day("Thu 2025-07-31"), held_on=day("Tue 2025-06-10")
)
LIMIT = Dates(since=day("Mon 2025-06-02"), escalate_by=day("Fri 2025-06-06"))


def said(dates: Dates, when: str) -> list[str]:
    return [one.notice for one in reminders(dates, day(when), CALENDAR)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Mon 2025-06-02", []),
        ("Wed 2025-06-04", []),
        ("Thu 2025-06-05", ["due_soon"]),
        ("Fri 2025-06-06", ["due_today"]),
        ("Sat 2025-06-07", []),
        ("Sun 2025-06-08", []),
        ("Mon 2025-06-09", ["overdue", "no_answer"]),
        ("Fri 2025-06-13", ["overdue", "no_answer"]),
        ("Mon 2025-06-16", ["overdue", "no_answer"]),
        ("Tue 2025-06-17", []),
    ],
)
def test_an_answer_is_asked_for_before_its_day_on_it_and_after_it(
    when: str, expected: list[str]
) -> None:
    assert said(ANSWER, when) == expected


def test_those_asked_are_reminded_and_the_officer_told_once_it_is_late() -> None:
    late = reminders(ANSWER, day("Mon 2025-06-09"), CALENDAR)
    assert [(one.to, one.day) for one in late] == [
        ("asked", day("Fri 2025-06-06")),
        ("officer", day("Fri 2025-06-06")),
    ]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Thu 2025-06-05", ["aim_soon"]),
        ("Fri 2025-06-06", ["aim_today"]),
        ("Mon 2025-06-09", ["aim_passed", "no_answer_to_aim"]),
    ],
)
def test_an_aim_is_worded_as_an_aim(when: str, expected: list[str]) -> None:
    assert said(replace(ANSWER, answer_is="aim"), when) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Thu 2025-06-05", ["put_right_soon"]),
        ("Fri 2025-06-06", ["put_right_today"]),
        ("Mon 2025-06-09", ["not_put_right", "no_answer_to_aim"]),
    ],
)
def test_a_day_agreed_for_putting_it_right_is_called_no_aim(when: str, expected: list[str]) -> None:
    assert said(replace(ANSWER, answer_is="agreed"), when) == expected


def test_a_date_on_a_day_off_is_reminded_of_on_the_last_day_at_work_before_it() -> None:
    sunday = replace(ANSWER, answer_by=day("Sun 2025-06-08"))
    assert said(sunday, "Fri 2025-06-06") == ["due_soon"]
    assert said(sunday, "Sun 2025-06-08") == []
    assert said(sunday, "Mon 2025-06-09") == ["overdue", "no_answer"]


def test_a_closure_of_the_council_s_own_is_no_day_for_reminders() -> None:
    thursday = replace(ANSWER, answer_by=day("Thu 2025-06-12"))
    assert said(thursday, "Tue 2025-06-10") == ["due_soon"]
    assert said(thursday, "Wed 2025-06-11") == []
    assert said(thursday, "Thu 2025-06-12") == ["due_today"]


def test_whoever_was_asked_today_is_not_reminded_today() -> None:
    fresh = Dates(since=day("Thu 2025-06-05"), answer_by=day("Fri 2025-06-06"))
    assert said(fresh, "Thu 2025-06-05") == []
    assert said(fresh, "Fri 2025-06-06") == ["due_today"]


def test_whoever_agreed_another_day_today_is_not_reminded_of_it_today() -> None:
    agreed = replace(ANSWER, answer_by=day("Tue 2025-06-10"), asked_on=day("Mon 2025-06-09"))
    assert said(agreed, "Mon 2025-06-09") == []
    assert said(agreed, "Tue 2025-06-10") == ["due_today"]


def test_where_nothing_is_stated_nobody_is_reminded() -> None:
    undated = Dates(since=day("Mon 2025-06-02"))
    days = (day("Mon 2025-06-02") + timedelta(days=number) for number in range(60))
    assert [reminders(undated, one, CALENDAR) for one in days] == [()] * 60


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Tue 2025-07-29", []),
        ("Wed 2025-07-30", ["hold_soon", "hold_ends"]),
        ("Thu 2025-07-31", ["hold_today"]),
        ("Fri 2025-08-01", ["hold_ended"]),
        ("Fri 2025-08-08", []),
    ],
)
def test_a_hold_is_spoken_of_before_it_ends_and_after(when: str, expected: list[str]) -> None:
    assert said(HOLD, when) == expected


def test_a_hold_agreed_today_until_tomorrow_needs_no_word_today() -> None:
    short = replace(HOLD, hold_until=day("Thu 2025-06-12"), held_on=day("Tue 2025-06-10"))
    assert said(short, "Tue 2025-06-10") == []


def test_the_officer_hears_of_the_last_day_to_go_on_and_of_its_having_passed() -> None:
    assert said(LIMIT, "Thu 2025-06-05") == []
    assert said(LIMIT, "Fri 2025-06-06") == ["escalate_today"]
    assert said(LIMIT, "Mon 2025-06-09") == ["escalate_passed"]
    assert said(replace(LIMIT, may_go_on=False), "Fri 2025-06-06") == []


def test_no_answer_says_that_too_so_it_is_not_said_twice() -> None:
    both = replace(ANSWER, escalate_by=day("Fri 2025-06-06"))
    assert said(both, "Fri 2025-06-06") == ["due_today", "escalate_today"]
    assert said(both, "Mon 2025-06-09") == ["overdue", "no_answer"]


def test_a_day_that_had_passed_before_the_stage_began_is_no_news() -> None:
    late = Dates(since=day("Tue 2025-06-10"), escalate_by=day("Fri 2025-06-06"))
    assert said(late, "Thu 2025-06-12") == []


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(DAYS, DAYS, st.booleans())
def test_no_day_has_more_than_one_reminder_of_one_date_for_anybody(
    by: date, today: date, is_aim: bool
) -> None:
    """Whenever the process wakes up, it says where the date stands now, and only when it is near."""
    found = reminders(
        Dates(date(2024, 12, 31), by, answer_is="aim" if is_aim else "due"), today, CALENDAR
    )
    assert len({one.to for one in found}) == len(found)
    assert all(one.notice in KINDS for one in found)
    first, last = first_and_last(today, CALENDAR)
    assert not found or first <= by <= last


@given(DAYS)
def test_every_date_is_reminded_of_once_before_on_or_after_it_if_somebody_looks_each_day(
    by: date,
) -> None:
    dates = Dates(date(2024, 12, 1), by)
    days = (by + timedelta(days=number) for number in range(-8, 15))
    found = [one.notice for today in days for one in reminders(dates, today, CALENDAR)]
    on_it = CALENDAR.is_working(by)
    assert ("due_today" in found) == on_it
    assert {"due_soon", "overdue", "no_answer"} <= set(found)
