"""The clocks of an alert in words: each a line of its own, none merged with another."""

from datetime import date, datetime

from practice_alerts.domain.alert.status import Clocks, is_aim
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Calendar, Due
from practice_alerts.domain.text import working_days


def clock_lines(clocks: Clocks, now: datetime, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """Label and day of every clock that runs; an aim is called an aim."""
    step = clocks.step.due if clocks.step else None
    aim = clocks.settle is not None and is_aim(clocks.settle.clock)
    days = (
        ("Answer due, as agreed", clocks.agreed),
        ("Answer due by the clock" if clocks.agreed else "Answer due", _day(clocks.response)),
        ("Next step due", _day(step)),
        ("Aim: to be put right by" if aim else "To be put right by", _day(clocks.settle)),
        ("To be put right by (set by the raiser)", clocks.settle_by),
        ("On hold until", clocks.hold),
    )
    lines = [(label, in_full(day)) for label, day in days if day is not None]
    if clocks.time_limit is not None:
        left = days_left(clocks.time_limit.working_days_left(now, calendar))
        lines.append(("Total limit", f"{in_full(clocks.time_limit.by_day)} ({left})"))
    if clocks.escalate_by is not None:
        lines.append(("Leave this stage by, to keep the limit", in_full(clocks.escalate_by)))
    return tuple(lines)


def days_left(number: int) -> str:
    """Working days to a limit, in words: "13 working days left", "passed 1 working day ago"."""
    if number == 0:
        return "today"
    return f"{working_days(number)} left" if number > 0 else f"passed {working_days(-number)} ago"


def _day(due: Due | None) -> date | None:
    return due.by_day if due else None
