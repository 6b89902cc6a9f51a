"""Which steps of a stage are still to take place: by what was recorded of them, and of those they follow."""

from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.deadlines.stage_clocks import anchors_of
from practice_alerts.domain.procedure.ladder import Stage, Step


def is_gone(step: Step, run: StageRun, stage: Stage) -> bool:
    """Does it no longer belong to the stage, since what it follows ended otherwise or was not needed?"""
    return _is_gone(step, run, stage, frozenset())


def open_steps(run: StageRun, stage: Stage) -> tuple[Step, ...]:
    """The steps to be recorded before the stage has run its course.

    Not those on which a question decides, nor those on a branch that was not taken, nor what follows them.
    """
    return tuple(step for step in stage.steps if _is_awaited(step, run, stage, frozenset()))


def steps_left(run: StageRun, stage: Stage) -> tuple[Step, ...]:
    """Whatever may still come: all but those that are gone, unless they were recorded before."""
    return tuple(step for step in stage.steps if not is_gone(step, run, stage) or run.done(step.id))


def steps_to_record(run: StageRun, stage: Stage) -> tuple[Step, ...]:
    """Of what may still come, whatever may be recorded now: nothing of a branch that no result has opened yet."""
    asked = steps_to_ask(run, stage)
    return tuple(one for one in stage.steps if one in asked or run.done(one.id))


def steps_to_ask(run: StageRun, stage: Stage) -> tuple[Step, ...]:
    """Whatever was asked for: all but those that are gone and those on a branch that nothing has opened."""
    return tuple(
        step
        for step in steps_left(run, stage)
        if stage.condition_of(step) is None or _holds(step, run, stage)
    )


def decides_branch(step: Step, stage: Stage) -> bool:
    """Does another step follow from how this one ended?"""
    conditions = (stage.condition_of(other) for other in stage.steps)
    return any(found is not None and found[0].id == step.id for found in conditions)


def may_be_unneeded(step: Step, stage: Stage) -> bool:
    """May it be found not to be needed? Only where a question says so, or a condition that people judge."""
    return step.ask is not None or (step.if_ is not None and stage.condition_of(step) is None)


def _holds(step: Step, run: StageRun, stage: Stage) -> bool | None:
    """Was its condition met? None while that is open, or where only people can say."""
    condition = stage.condition_of(step)
    if condition is None:
        return None
    before, outcome = condition
    done = run.done(before.id)
    if done is None:
        return None
    return done.needed and done.outcome.casefold() == outcome.casefold()


def _before(step: Step, stage: Stage) -> tuple[Step, ...]:
    """The steps of this stage of which one must have taken place; none where something else starts its clock."""
    by_name = {f"{stage.id}.{one.id}": one for one in stage.steps}
    names = anchors_of(step, stage)
    return tuple(by_name[name] for name in names) if all(name in by_name for name in names) else ()


def _is_gone(step: Step, run: StageRun, stage: Stage, seen: frozenset[str]) -> bool:
    if step.id in seen:
        return False
    if _holds(step, run, stage) is False:
        return True
    condition, on = stage.condition_of(step), seen | {step.id}
    if condition is not None and _never_came(condition[0], run, stage, on):
        return True
    before = _before(step, stage)
    return bool(before) and all(_never_came(one, run, stage, on) for one in before)


def _never_came(step: Step, run: StageRun, stage: Stage, seen: frozenset[str]) -> bool:
    done = run.done(step.id)
    return not done.needed if done is not None else _is_gone(step, run, stage, seen)


def _is_awaited(step: Step, run: StageRun, stage: Stage, seen: frozenset[str]) -> bool:
    if step.id in seen or run.done(step.id) is not None or step.ask is not None:
        return False
    if step.if_ is not None and not _holds(step, run, stage):
        return False
    before, on = _before(step, stage), seen | {step.id}
    return not before or any(_comes(one, run, stage, on) for one in before)


def _comes(step: Step, run: StageRun, stage: Stage, seen: frozenset[str]) -> bool:
    done = run.done(step.id)
    return done.needed if done is not None else _is_awaited(step, run, stage, seen)


def takes_place(step: Step, stage: Stage) -> bool:
    """Is there a way on which it takes place? Not after two outcomes of one step, nor after itself."""
    return _outcomes_before(step, stage, frozenset()) is not None


def _outcomes_before(step: Step, stage: Stage, seen: frozenset[str]) -> dict[str, str] | None:
    """How the steps must have ended that come before it, by their ids; None where they cannot."""
    if step.id in seen:
        return None
    on, needed = seen | {step.id}, dict[str, str]()
    condition = stage.condition_of(step)
    if condition is not None:
        earlier = _outcomes_before(condition[0], stage, on)
        needed = {condition[0].id: condition[1].casefold()}
        if earlier is None or not _agree(needed, earlier):
            return None
        needed |= earlier
    before = _before(step, stage)
    found = [_outcomes_before(one, stage, on) for one in before]
    open_ways = [one for one in found if one is not None and _agree(needed, one)]
    if before and not open_ways:
        return None
    return needed | open_ways[0] if len(before) == 1 else needed


def _agree(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(other.get(step, outcome) == outcome for step, outcome in one.items())
