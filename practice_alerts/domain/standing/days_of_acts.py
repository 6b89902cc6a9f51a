"""What may be said of an act's days and steps, and the sentence that refuses it: for the app and for worked cases."""

from datetime import date, datetime

from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import due_of
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.procedure.clock import Span, Strength
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.standing.stage_steps import (
    decides_branch,
    is_gone,
    may_be_unneeded,
    steps_to_record,
)
from practice_alerts.domain.text import joined


def why_not_that_day(day: date, today: date, label: str) -> str | None:
    """A day to come lies today or later."""
    return f"{label}: choose today or a later day." if day < today else None


def longest_hold(ladder: Ladder | None, now: datetime, calendar: Calendar) -> date | None:
    """The last day to which it may be held, where the procedure gives holds a time; an aim forbids nothing."""
    within = ladder.hold.until if ladder and ladder.hold else None
    if not isinstance(within, Span) or within.strength is Strength.AIM:
        return None
    ends = due_of(within, now, calendar)
    return ends.by_day if ends else None


def why_not_until(until: date, today: date, latest: date | None) -> str | None:
    """Why it cannot be held until that day; `latest` is the longest that the procedure allows."""
    if latest is not None and until > latest:
        said = f"the procedure allows no hold beyond {in_full(latest)}. Choose that day or an earlier one."
        return f"Hold until: {said}"
    return why_not_that_day(until, today, "Hold until")


def why_not_unneeded(step: Step, stage: Stage) -> str | None:
    """What the procedure wants without asking cannot be found unnecessary; it can be escalated past."""
    if may_be_unneeded(step, stage):
        return None
    anyway = "record it once it has, or go on without it and say why."
    return f"Did it take place? The procedure asks for this step in any case: {anyway}"


def why_not_that_step(step: Step, run: StageRun, stage: Stage) -> str | None:
    """The form offers no step of a branch that was not taken, nor what follows it, nor one that is not opened yet."""
    if step in steps_to_record(run, stage):
        return None
    ended, yet = "ended otherwise, or was not needed", "is not recorded yet: record that first"
    followed = ended if is_gone(step, run, stage) else yet
    return f"Which step: choose from the list. What this one follows {followed}."


def why_not_without_result(step: Step, stage: Stage, outcome: str) -> str | None:
    """How a step ended has to be said where another follows from it."""
    if outcome or not decides_branch(step, stage):
        return None
    offered = joined(step.outcomes, "or")
    return f"What was decided to do next: another step follows from it. Choose {offered}."
