"""The clocks of an alert in words: each a line of its own, none merged with another."""

from datetime import date, datetime

from practice_alerts.domain.dates import DayOrMoment, in_full, london_date
from practice_alerts.domain.deadlines.due_date import Beside, Due
from practice_alerts.domain.deadlines.forecast import HoldPrice
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, StageClock, Times
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.text import capital, plural, working_days
from practice_alerts.domain.wording.definitions import clock_in_words

ESCALATE_BY = "Escalate by, to keep the time limit"
AIM_FOR_WHOLE = "Aim for the whole"
"""What a time limit is called that is an aim."""


def clock_lines(
    clocks: Clocks, now: datetime, calendar: Calendar, *, is_answered: bool = False
) -> tuple[tuple[str, str], ...]:
    """Label and day of every clock that runs; an aim is called an aim. A day that was met stands last."""
    met = [one for one in clocks.awaited if is_answered and one.times is Times.ANSWER]
    days = (
        *(line for clock in clocks.awaited if clock not in met for line in _lines(clock)),
        ("On hold until", clocks.hold),
    )
    lines = [(label, in_full(day)) for label, day in days if day is not None]
    lines += [
        (f"{one.called}, beside it", beside_in_words(one.beside))
        for one in clocks.awaited
        if one.beside
    ]
    if clocks.if_hold_fails is not None:
        lines.append(("If the hold fails", capital(price_in_words(clocks.if_hold_fails))))
    lines += _total_lines(clocks, now, calendar)
    if clocks.escalate_by is not None:
        # What is sent on a day off counts as what was sent on the working day before it.
        passed = working_days_between(clocks.escalate_by, london_date(now), calendar) > 0
        late = _too_late(clocks, clocks.escalate_by, passed=passed, is_answered=is_answered)
        lines.append((ESCALATE_BY, in_full(clocks.escalate_by) + late))
    lines += [
        (label.replace("due", "was due"), f"{in_full(day)}; an answer has come")
        for clock in met
        for label, day in _lines(clock)
        if day is not None
    ]
    return tuple(lines)


def _total_lines(clocks: Clocks, now: datetime, calendar: Calendar) -> list[tuple[str, str]]:
    label, total = head_of_total(clocks), clocks.total
    if total is None:
        return []
    left = days_left(total, now, calendar)
    said = limit_in_words(total, exceptional=clocks.is_exceptional)
    lines = [(label, f"{said} ({left})")]
    if total.beside is not None:
        lines.append((f"{label}, beside it", beside_in_words(total.beside)))
    return lines


def _too_late(clocks: Clocks, by: date, *, passed: bool, is_answered: bool) -> str:
    """What stands in the way of that day; empty where it can still be kept."""
    if clocks.hold is not None and clocks.hold > by:
        return ", before the hold ends"
    if passed:
        return ", which has passed"
    due = clocks.answer_due
    if due is not None and by < due and not is_answered:
        return ", before the answer is due: waiting for it, the day cannot be kept any more"
    return ""


def why_escalate_by(ladder: Ladder, stage_id: str, limit: Due) -> tuple[str, ...]:
    """From what the day is counted back, and which stages with their clocks are to fit before the limit."""
    path = ladder.usual_way_up()
    after = path[[one.id for one in path].index(stage_id) + 1 :]
    each = (f"{one.label}: {clock_in_words(one.clock)}" for one in after)
    return (
        f"Counted back from the time limit, {in_full(limit.by)}, so that these stages still fit before it.",
        *each,
    )


def head_of_total(clocks: Clocks) -> str:
    """What the day for the whole stands under."""
    return AIM_FOR_WHOLE if clocks.aim_for_whole else "Time limit"


def limit_in_words(limit: Due, *, exceptional: bool) -> str:
    """The last day of the total; of an exceptional alert with how long it has, and that this is why."""
    day = in_full(limit.by)
    return f"{day}, exceptional: {clock_in_words(limit.clock)} in all" if exceptional else day


def beside_in_words(beside: Beside) -> str:
    """``Monday 9 June 2025 (closed late: Thursday 5 June 2025, Snow)``."""
    closed = ", ".join(f"{in_full(day)}, {reason}" for day, reason in beside.closed)
    return f"{in_full(beside.day)} (closed late: {closed})"


def price_in_words(price: HoldPrice) -> str:
    """``if it fails on Thursday 10 December 2026, the stages left end on ..., 8 working days past the time limit``."""
    said = f"if it fails on {in_full(price.until)}, the stages left end on {in_full(price.ends)}"
    if price.past_limit is None:
        return said
    if price.past_limit <= 0:
        return f"{said}, within the time limit"
    return f"{said}, {working_days(price.past_limit)} past the time limit"


def days_left(limit: Due, now: datetime, calendar: Calendar) -> str:
    """To a limit, in words: "13 working days left", "passed 1 working day ago"; in days where none between is worked."""
    left, all_days = limit.working_days_left(now, calendar), (limit.by_day - london_date(now)).days
    if all_days == 0:
        return "today"
    many = working_days(abs(left)) if left else f"{abs(all_days)} {plural(abs(all_days), 'day')}"
    return f"{many} left" if all_days > 0 else f"passed {many} ago"


def _lines(clock: StageClock) -> tuple[tuple[str, DayOrMoment | None], ...]:
    """A day that people set stands beside the clock's own."""
    by_clock = clock.due.by if clock.due else None
    if clock.times is Times.STEP and clock.step is not None:
        return ((f"{clock.head}: {clock.step.what}", by_clock),)
    if clock.times is Times.SETTLE:
        own = clock.set_day if clock.kind is ClockKind.AGREED else None
        return ((clock.head, by_clock), ("To be put right by (set by whoever raised it)", own))
    if clock.set_day is None:
        return ((clock.head.rstrip(","), by_clock),)
    if clock.as_given:
        head = f"{clock.head.rstrip(',')}, as given on paper"
        return (
            (head, clock.set_day),
            (f"{clock.head.rstrip(',')}, as it would be counted here", clock.reckoned),
        )
    return (("Answer due, as agreed", clock.set_day), ("Answer due by the clock", by_clock))
