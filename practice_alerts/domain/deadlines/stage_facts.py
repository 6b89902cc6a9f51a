"""What a stage says of every alert at it, so that lists can tell ten thousand apart and fold none of them."""

from bisect import bisect_right
from datetime import date, timedelta

from practice_alerts.domain.deadlines.counted_back import Leaving, leaving_of
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.deadlines.forecast import has_time_limit
from practice_alerts.domain.deadlines.stage_clocks import always_awaited, timed_in
from practice_alerts.domain.once import once
from practice_alerts.domain.procedure.clock import Hours, Span
from practice_alerts.domain.procedure.ladder import Ladder, Settle, Stage, Step
from practice_alerts.domain.procedure.procedure import Procedure

_FAR = 366  # days: no limit is so far ahead that leaving a stage today could be too late for it


def ladders_with(procedure: Procedure, kind: str, stage: str) -> tuple[tuple[Ladder, Stage], ...]:
    """The ladders on which an alert of this kind may stand at that stage: several for partner agencies."""
    found = procedure.ladders_of(kind) if kind in procedure.kinds else ()
    return tuple((ladder, ladder.stage(stage)) for ladder in found if ladder.has(stage))


def last_day_to_escalate(
    ladder: Ladder, stage: str, limit_due: date, calendar: Calendar
) -> date | None:
    """The last working day to leave the stage and still keep the time limit; None off the usual way up."""
    leaving = _leaving(ladder, stage, calendar)
    return leaving.last_day(limit_due) if leaving else None


def last_limit_with_none_to_spare(
    ladder: Ladder, stage: str, today: date, calendar: Calendar
) -> date | None:
    """The latest limit for which today is the last day to leave the stage, or is too late already.

    None where the ladder has no limit, or the stage is off the usual way up.
    """
    leaving = _leaving(ladder, stage, calendar)
    if leaving is None:
        return None
    ahead = min(_FAR, (calendar.last - today).days)
    days = [today + timedelta(days=number) for number in range(ahead + 1)]
    left = bisect_right(days, today, key=leaving.last_day)
    return today + timedelta(days=left - 1)


@once
def _leaving(ladder: Ladder, stage: str, calendar: Calendar) -> Leaving | None:
    if not has_time_limit(ladder):
        return None
    return leaving_of(ladder, ladder.usual_way_up(), ladder.stage(stage), calendar)


def is_hourly(stage: Stage) -> bool:
    """May what is waited for here be late on the very day it is due?"""
    return any(
        isinstance(one.within, Span) and isinstance(one.within.facts.way, Hours)
        for one in timed_in(stage)
    )


def is_open_ended(stage: Stage) -> bool:
    """May a day pass here without anything being late: the raiser's own, where no clock runs?"""
    steps = always_awaited(stage)
    clocks = [one.within for one in timed_in(stage) if not isinstance(one, Step) or one in steps]
    return not clocks or not all(isinstance(clock, Span) for clock in clocks)


def has_several_clocks(stage: Stage) -> bool:
    """May several days be waited for at once?"""
    days = [
        one for one in timed_in(stage) if isinstance(one.within, Span) or isinstance(one, Settle)
    ]
    return len(days) > 1


def asks_several(stage: Stage) -> bool:
    """May somebody who is asked here have done all that is theirs while others have not?"""
    return bool(stage.steps) or (stage.answer is not None and stage.answer.by.how == "all_of")


def stages_in_words(procedure: Procedure) -> dict[str, str]:
    """Every stage as a filter names it, ``kind/stage``; its kind stands before it where there are several."""
    found: dict[str, str] = {}
    climbing = {name: kind for name, kind in procedure.kinds.items() if kind.ladder}
    for name, kind in climbing.items():
        for ladder in procedure.ladders_of(name):
            for stage in ladder.stages:
                label = f"{kind.title}: {stage.label}" if len(climbing) > 1 else stage.label
                found.setdefault(f"{name}/{stage.id}", label)
    return found
