"""The events from which a clock may start, and when each of them happened to an alert. There are no others."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines.stage_clocks import RAISED, with_passed_over
from practice_alerts.domain.paper.on_paper import beginning
from practice_alerts.domain.procedure.ladder import Ladder, Stage


def _is_answered(run: StageRun) -> bool:
    """Has everybody answered who has to? Once it is reviewed or held, nobody waits for the others."""
    return bool(run.answers) and not run.waits_for_others


_EVENTS: Final = ("sent", "answered", "judged", "held", "escalated")

RECORDED: Final[Mapping[str, Callable[[StageRun], datetime | None]]] = complete(
    _EVENTS,
    {
        "sent": lambda run: run.sent_at,
        "answered": lambda run: max(one.at for one in run.answers) if _is_answered(run) else None,
        "judged": lambda run: run.response_reviews[-1].at if run.response_reviews else None,
        "held": lambda run: run.holds[-1].at if run.holds else None,
        "escalated": lambda run: run.left_at,
    },
)
"""What an act records of a stage, the latest of each. Anything else is a step of the stage, by its id."""

AFTER_THE_STAGE: Final = frozenset({"escalated"})
"""What ends a stage: only a clock of another stage can start from it."""


def anchors(alert: Alert, ladder: Ladder | None = None) -> dict[str, DayOrMoment]:
    """When what clocks may be counted from happened: ``raised``, ``stage-1.sent``, ``stage-1.judged``.

    With the ladder, also the leaving of stages that were passed over, where an alert began above them or was
    taken past them.
    """
    found: dict[str, DayOrMoment] = {RAISED: alert.raised_at, **_on_paper(alert)}
    for run in alert.runs:
        found = {name: at for name, at in found.items() if not name.startswith(f"{run.stage}.")}
        for event, when in RECORDED.items():
            if (at := when(run)) is not None:
                found[f"{run.stage}.{event}"] = at
        for _, step in run.steps:
            if step.took_place is not None:
                found[f"{run.stage}.{step.step}"] = step.took_place
    return found if ladder is None else with_passed_over(found, ladder)


def first_on_paper(alert: Alert) -> dict[str, datetime]:
    """When each stage was entered on paper that was left before the alert was entered here."""
    paper = alert.raised.paper
    return {one.stage: beginning(one.entered) for one in paper.earlier} if paper else {}


def _on_paper(alert: Alert) -> dict[str, DayOrMoment]:
    """Each of them sent, and left when the next one was entered."""
    paper, sent = alert.raised.paper, first_on_paper(alert)
    left = [*list(sent.values())[1:], *((paper.sent,) if paper else ())]
    return {
        **{f"{stage}.sent": at for stage, at in sent.items()},
        **{f"{stage}.escalated": at for stage, at in zip(sent, left, strict=False)},
    }


def startable(event: str, stage: Stage, ladder: Ladder) -> tuple[str, ...]:
    """From what a clock at this stage may start; where `event` names a stage, what is recorded there."""
    before, dot, _ = event.partition(".")
    at = ladder.stage(before) if dot and ladder.has(before) else stage
    here = at is stage
    events = (one for one in RECORDED if not (here and one in AFTER_THE_STAGE))
    known = (*events, *(step.id for step in at.steps))
    if dot:
        return tuple(f"{before}.{one}" for one in known)
    return (*known, RAISED)
