"""Which reminders are true today: before a date, on it and after it. Each once, and never a heap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Literal

from practice_alerts.domain.deadlines.due_date import (
    Calendar,
    add_working_days,
    working_days_between,
)

LONGEST_AFTER: Final = 5
"""Working days after a date in which it is still worth a reminder: after that it is no news."""


class ReminderTime(Enum):
    """How today lies to a date. Somebody who was not reminded in time is told where it stands now."""

    SOON = "soon"
    TODAY = "today"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Dates:
    """What is dated of an open alert. None where there is no such date, or nothing waits for it."""

    since: date
    """The day on which it came to its present stage."""
    answer_by: date | None = None
    asked_on: date | None = None
    """The day on which `answer_by` was last made known; None: when it came to this stage."""
    is_aim: bool = False
    """An aim passes without anything being overdue."""
    hold_until: date | None = None
    held_on: date | None = None
    """The day on which the hold was agreed."""
    escalate_by: date | None = None
    may_go_on: bool = True
    """Is going to the next stage what could be done now?"""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`day` is the date it is about. `notice` and `day` together are sent once in the life of a stage."""

    notice: str
    to: Literal["asked", "officer"]
    day: date


def reminders(dates: Dates, today: date, calendar: Calendar) -> tuple[Reminder, ...]:
    """What is to be said today; nothing on a day on which nobody works. Raises BeyondCalendar."""
    if not calendar.is_working(today):
        return ()
    found = [*_of_the_answer(dates, today, calendar), *_of_the_hold(dates, today, calendar)]
    said = {reminder.notice for reminder in found}
    if not said & {"no_answer", "no_answer_to_aim"}:  # which say it as well
        found += _of_going_on(dates, today, calendar)
    return tuple(found)


def first_and_last(today: date, calendar: Calendar) -> tuple[date, date]:
    """The dates that can call for a reminder today: the earliest and the latest."""
    return add_working_days(today, -LONGEST_AFTER, calendar), add_working_days(today, 1, calendar)


def _time(
    day: date | None, known_since: date, today: date, calendar: Calendar
) -> ReminderTime | None:
    """How today lies to the day. Whoever heard of it only today needs no reminder of it yet."""
    if day is None:
        return None
    if day < today:
        passed = working_days_between(day, today, calendar) <= LONGEST_AFTER
        return ReminderTime.PASSED if passed else None
    if known_since >= today or day > add_working_days(today, 1, calendar):
        return None
    return ReminderTime.TODAY if day == today else ReminderTime.SOON


def _of_the_answer(dates: Dates, today: date, calendar: Calendar) -> list[Reminder]:
    day = dates.answer_by
    time = _time(day, dates.asked_on or dates.since, today, calendar)
    if time is None or day is None:
        return []
    if time is ReminderTime.PASSED:
        to_asked, to_officer = (
            ("aim_passed", "no_answer_to_aim") if dates.is_aim else ("overdue", "no_answer")
        )
        return [Reminder(to_asked, "asked", day), Reminder(to_officer, "officer", day)]
    return [Reminder(f"{'aim' if dates.is_aim else 'due'}_{time.value}", "asked", day)]


def _of_the_hold(dates: Dates, today: date, calendar: Calendar) -> list[Reminder]:
    day = dates.hold_until
    time = _time(day, dates.held_on or dates.since, today, calendar)
    if day is None:
        return []
    match time:
        case ReminderTime.SOON:
            return [Reminder("hold_soon", "asked", day), Reminder("hold_ends", "officer", day)]
        case ReminderTime.TODAY:
            return [Reminder("hold_today", "asked", day)]
        case ReminderTime.PASSED:
            return [Reminder("hold_ended", "officer", day)]
        case None:
            return []


def _of_going_on(dates: Dates, today: date, calendar: Calendar) -> list[Reminder]:
    """A day that had passed when the alert came to this stage was told on the alert itself."""
    day = dates.escalate_by
    time = _time(day, dates.since, today, calendar)
    if day is None or not dates.may_go_on or day < dates.since:
        return []
    match time:
        case ReminderTime.TODAY:
            return [Reminder("escalate_today", "officer", day)]
        case ReminderTime.PASSED:
            return [Reminder("escalate_passed", "officer", day)]
        case _:
            return []
