"""What a stage says of every alert at it, so that lists can tell ten thousand apart and fold none of them."""

from practice_alerts.domain.deadlines.stage_clocks import timed_in
from practice_alerts.domain.procedure.clock import Hours, Span
from practice_alerts.domain.procedure.ladder import Ladder, Settle, Stage
from practice_alerts.domain.procedure.procedure import Procedure


def ladders_with(procedure: Procedure, kind: str, stage: str) -> tuple[tuple[Ladder, Stage], ...]:
    """The ladders on which an alert of this kind may stand at that stage: several for partner agencies."""
    found = procedure.ladders_of(kind) if kind in procedure.kinds else ()
    return tuple((ladder, ladder.stage(stage)) for ladder in found if ladder.has(stage))


def is_hourly(stage: Stage) -> bool:
    """May what is waited for here be late on the very day it is due?"""
    return any(
        isinstance(one.within, Span) and isinstance(one.within.facts.way, Hours)
        for one in timed_in(stage)
    )


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
