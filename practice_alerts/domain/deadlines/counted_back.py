"""By when a stage is to be left: the clocks of the stages after it, counted back from the time limit."""

from datetime import date, timedelta
from math import ceil

from practice_alerts.domain.deadlines.due_date import Calendar, Due, add_working_days
from practice_alerts.domain.deadlines.stage_clocks import HOURS_A_DAY, always_awaited, anchors_of
from practice_alerts.domain.procedure.clock import Clock, Days, Hours, Span
from practice_alerts.domain.procedure.ladder import Stage, Timed


def last_day_to_leave(
    path: tuple[Stage, ...], stage: Stage, time_limit: Due | None, calendar: Calendar
) -> date | None:
    """The last working day on which the stages after it on the path still fit; None for a stage off it."""
    if time_limit is None or stage not in path:
        return None
    day = time_limit.by_day
    here = path.index(stage)
    for before, later in reversed(tuple(zip(path[here:], path[here + 1 :], strict=False))):
        begins = frozenset({f"{later.id}.sent", f"{before.id}.escalated"})
        day = _latest_sending(later, day, calendar, begins)
    return day if calendar.is_working(day) else add_working_days(day, -1, calendar)


def _latest_sending(stage: Stage, end: date, calendar: Calendar, begins: frozenset[str]) -> date:
    """The last day on which a stage may be sent so that each of its clocks still ends by `end`.

    `begins`: the events that come with its sending.
    """
    paced_by = next((one for one in (stage.answer, stage.settle) if one and _is_span(one)), None)
    timed = [*([paced_by] if paced_by else []), *filter(_is_span, always_awaited(stage))]
    found = (_latest_start(one, stage, end, calendar, begins=begins) for one in timed)
    return min((one for one in found if one is not None), default=end)


def _latest_start(
    timed: Timed,
    stage: Stage,
    end: date,
    calendar: Calendar,
    *,
    begins: frozenset[str],
    seen: frozenset[str] = frozenset(),
) -> date | None:
    """The same for one clock, through the steps it is counted from; None where nothing starts it."""
    begun = _back(timed.within, end, calendar)
    parts: dict[str, Timed] = {
        f"{stage.id}.{step.id}": step for step in always_awaited(stage) if _is_span(step)
    }
    if stage.answer is not None and _is_span(stage.answer):
        parts[f"{stage.id}.answered"] = stage.answer
    found: list[date] = []
    for name in anchors_of(timed, stage):
        if name in begins:
            found.append(begun)
        elif name in parts and name not in seen:
            before = _latest_start(
                parts[name], stage, begun, calendar, begins=begins, seen=seen | {name}
            )
            found += [before] if before is not None else []
    return max(found, default=None)


def _is_span(timed: Timed) -> bool:
    return isinstance(timed.within, Span)


def _back(clock: Clock, end: date, calendar: Calendar) -> date:
    """The last day on which a clock may start and still end by `end`."""
    if not isinstance(clock, Span):
        return end
    match clock.facts.way:
        case Hours():
            return end - timedelta(days=ceil(clock.amount / HOURS_A_DAY))
        case Days(each, working=True):
            worked = end if calendar.is_working(end) else add_working_days(end, -1, calendar)
            begun = add_working_days(worked, -clock.amount * each, calendar)
            # A day nobody works right after it would do as well, for the clock before this one.
            return add_working_days(begun, 1, calendar) - timedelta(days=1)
        case Days(each):
            return end - timedelta(days=clock.amount * each)
