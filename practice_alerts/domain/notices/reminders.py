"""Which reminders are true today: before a date, on it and after it. Each once, and never a heap."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from practice_alerts.domain.dates import DayOrMoment, london_date
from practice_alerts.domain.deadlines.working_days import (
    Calendar,
    add_working_days,
    working_days_between,
)

LONGEST_AFTER: Final = 5
"""Working days after a date in which it is still worth a reminder: after that it is no news."""


Time = Literal["soon", "today", "passed"]
"""How today lies to a date. Somebody who was not reminded in time is told where it stands now."""

Reader = Literal["asked", "officer"]

RemindedOf = tuple[str, ...]
"""What the day is of: the ids of steps, the answer (`ANSWER`), or nothing of the kind."""

ANSWER: Final[RemindedOf] = ("",)

_NOTICES: Final[Mapping[str, Mapping[Time, Mapping[str, Reader]]]] = {
    "due": {
        "soon": {"due_soon": "asked"},
        "today": {"due_today": "asked"},
        "passed": {"overdue": "asked", "no_answer": "officer"},
    },
    "aim": {
        "soon": {"aim_soon": "asked"},
        "today": {"aim_today": "asked"},
        "passed": {"aim_passed": "asked", "no_answer_to_aim": "officer"},
    },
    "agreed": {
        "soon": {"put_right_soon": "asked"},
        "today": {"put_right_today": "asked"},
        "passed": {"not_put_right": "asked", "no_answer_to_aim": "officer"},
    },
    "step": {
        "soon": {"step_soon": "asked"},
        "today": {"step_today": "asked"},
        "passed": {"step_late": "asked", "step_not_recorded": "officer"},
    },
    "settle": {
        "soon": {"put_right_soon": "asked"},
        "today": {"put_right_today": "asked"},
        "passed": {"not_put_right": "asked", "not_put_right_in_time": "officer"},
    },
    "hold": {
        "soon": {"hold_soon": "asked", "hold_ends": "officer"},
        "today": {"hold_today": "asked"},
        "passed": {"hold_ended": "officer"},
    },
    "going on": {
        "soon": {},
        "today": {"escalate_today": "officer"},
        "passed": {"escalate_passed": "officer"},
    },
}
"""What is said of a date at which time, and to whom."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One more day that is waited for. `what` is a row of the notices; `since` when its clock started."""

    what: str
    day: DayOrMoment
    since: date | None = None
    of: RemindedOf = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """What is dated of an open alert. None where there is no such date, or nothing waits for it."""

    since: date
    """The day on which it came to its present stage."""
    answer_by: DayOrMoment | None = None
    asked_on: date | None = None
    """The day on which `answer_by` was last made known; None: when it came to this stage."""
    answer_is: Literal["due", "aim", "agreed"] = "due"
    """An aim passes without anything being overdue, and so does a day agreed for putting it right."""
    first_of: RemindedOf = ANSWER
    """Of what `answer_by` is the day."""
    others: tuple[Waited, ...] = ()
    """The steps beside an answer, and the day by which it is to be put right."""
    hold_until: date | None = None
    held_on: date | None = None
    """The day on which the hold was agreed."""
    escalate_by: date | None = None
    entered_on: date | None = None
    """The day on which it was entered here, where it was sent on paper: a date gone by then asks nobody."""
    may_go_on: bool = True
    """Is going to the next stage what could be done now?"""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`day` is the date it is about. `notice` and `day` together are sent once in the life of a stage."""

    notice: str
    to: Reader
    day: date
    by: DayOrMoment | None = field(default=None, compare=False)
    """The date as it is told: of a clock in hours with the time of day."""
    of: RemindedOf = field(default=(), compare=False)


def reminders(dates: Dates, today: date, calendar: Calendar) -> tuple[Reminder, ...]:
    """What is to be said today; nothing on a day on which nobody works. Raises BeyondCalendar."""
    if not calendar.is_working(today):
        return ()
    asked_on = dates.asked_on or dates.since
    found = [
        *_reminders(dates.answer_is, dates.answer_by, asked_on, today, calendar, of=dates.first_of),
        *_reminders("hold", dates.hold_until, dates.held_on or dates.since, today, calendar),
    ]
    for one in dates.others:
        since = one.since or dates.since
        found += _reminders(one.what, one.day, since, today, calendar, of=one.of)
    said_as_well = {"no_answer", "no_answer_to_aim"} & {reminder.notice for reminder in found}
    leave = dates.escalate_by if dates.may_go_on and not said_as_well else None
    if leave is not None and leave >= dates.since:  # one passed before was told on the alert itself
        found += _reminders("going on", leave, dates.since, today, calendar)
    return tuple(one for one in found if one.to == "officer" or not _was_gone(one, dates))


def _was_gone(reminder: Reminder, dates: Dates) -> bool:
    return dates.entered_on is not None and reminder.day < dates.entered_on


def first_and_last(today: date, calendar: Calendar) -> tuple[date, date]:
    """The dates that can call for a reminder today: the earliest and the latest."""
    return add_working_days(today, -LONGEST_AFTER, calendar), add_working_days(today, 1, calendar)


def _reminders(
    what: str,
    by: DayOrMoment | None,
    known_since: date,
    today: date,
    calendar: Calendar,
    *,
    of: RemindedOf = (),
) -> list[Reminder]:
    day = None if by is None else london_date(by)
    time = None if day is None else _time(day, known_since, today, calendar)
    if day is None or time is None:
        return []
    return [Reminder(notice, to, day, by, of) for notice, to in _NOTICES[what][time].items()]


def _time(day: date, known_since: date, today: date, calendar: Calendar) -> Time | None:
    """How today lies to the day. Whoever heard of it only today needs no reminder of it yet."""
    if day < today:
        return "passed" if working_days_between(day, today, calendar) <= LONGEST_AFTER else None
    if known_since >= today or day > add_working_days(today, 1, calendar):
        return None
    return "today" if day == today else "soon"
