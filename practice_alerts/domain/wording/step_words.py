"""A step inside a stage in words: whose it is, who leads it, who takes part, when it is needed and by when."""

from practice_alerts.domain.deadlines.forecast import StepForecast
from practice_alerts.domain.deadlines.typed_dates import in_words
from practice_alerts.domain.procedure.clock import Span
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import small
from practice_alerts.domain.wording.definitions import (
    clock_in_words,
    start_in_words,
    who_in_words,
)


def step_in_words(one: StepForecast, stage: Stage, ladder: Ladder, procedure: Procedure) -> str:
    """A date stands only where what it is counted from has happened."""

    def named(who: Who | None) -> str:
        return who_in_words(who, procedure, silent="")

    step = one.step
    owner, met = named(step.by), named(step.with_)
    parts = (
        owner + (f" with {met}" if met else ""),
        _led(named(step.chair), "chaired by"),
        _led(named(step.attend), "attended by"),
        _led(named(step.decides), "decided by"),
        condition_in_words(step, stage),
        step.ask or "",
        _clock(one, ladder, stage),
    )
    return ". ".join(filter(None, parts))


def condition_in_words(step: Step, stage: Stage) -> str:
    """``Only if “Talk” ends in “not settled”``; a condition of another kind as it is written; else empty."""
    condition = stage.condition_of(step)
    if condition is not None:
        return f"Only if “{condition[0].what}” ends in “{condition[1]}”"
    before, dot, outcome = " ".join((step.if_ or "").split()).partition(".")
    named = next((one.what for one in stage.steps if dot and one.id == before), None)
    if named is not None:
        return f"Only if “{named}” ends in “{outcome.strip()}”"
    return f"Only if: {step.if_}" if step.if_ else ""


def _led(who: str, how: str) -> str:
    return f"{how.capitalize()} {small(who) if who.startswith('Whoever') else who}" if who else ""


def _clock(one: StepForecast, ladder: Ladder, stage: Stage) -> str:
    clock = clock_in_words(one.step.within)
    if one.due is not None:
        return f"by {in_words(one.due.by)} ({clock})"
    if isinstance(one.step.within, Span):
        return f"{clock}, counted from {start_in_words(one.step.counted_from, ladder, stage.id)}"
    return clock
