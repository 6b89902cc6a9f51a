"""Every way through the steps of a stage: how those end on which others hang, and which questions are answered with yes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from practice_alerts.domain.deadlines.stage_clocks import always_awaited, anchors_of
from practice_alerts.domain.procedure.clock import Span
from practice_alerts.domain.procedure.ladder import Stage, Step
from practice_alerts.domain.text import joined

_MOST = 1_000
"""Ways looked at: nobody writes more, and each is one more thing to read."""

Chosen = tuple[str, str]
"""Of a step, by its id: the result in small letters, or whether it is needed."""

_NEEDED, _NOT_NEEDED = "\nneeded", "\nnot needed"
"""Of a question, and never the words of a result, which are of one line."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way: what was chosen on it, and the steps that take place."""

    chosen: tuple[Chosen, ...]
    steps: tuple[Step, ...]


def branches(stage: Stage) -> tuple[Branch, ...]:
    """Every way through the stage, each once; one where nothing decides."""
    made = (_branch(stage, dict(one)) for one in islice(product(*_open(stage)), _MOST))
    return tuple(dict.fromkeys(made))


def left_out(stage: Stage) -> tuple[Step, ...]:
    """The steps that figures and forecast leave out until it is recorded that they take place."""
    always = always_awaited(stage)
    return tuple(step for step in stage.steps if step not in always)


def left_out_in_words(stages: Iterable[Stage]) -> str:
    """On which branch a forecast goes, in a sentence; empty where no step with a time depends on anything."""
    named = [
        f"“{step.what}” ({stage.label})"
        for stage in stages
        for step in left_out(stage)
        if isinstance(step.within, Span)
    ]
    said = "Dates and days to spare leave out what takes place only by a result or a question"
    return f"{said}: {joined(named)}." if named else ""


def in_words(stage: Stage, ways: Iterable[Branch]) -> str:
    """What these ways have in common: ``“Talk” ends in “not settled”``; empty for nothing."""
    each = [dict.fromkeys(one.chosen) for one in ways]
    common = [one for one in each[0] if all(one in other for other in each)] if each else []
    steps = {step.id: step for step in stage.steps}
    return joined([_said(steps[name], how) for name, how in common])


def _said(step: Step, how: str) -> str:
    if how in {_NEEDED, _NOT_NEEDED}:
        return f"“{step.what}” is {how.strip()}"
    words = next((one for one in step.outcomes if one.casefold() == how), how)
    return f"“{step.what}” ends in “{words}”"


def _open(stage: Stage) -> Iterator[list[Chosen]]:
    """What is open at each step that decides about another, or that people decide about."""
    conditions = [stage.condition_of(step) for step in stage.steps]
    deciding = {found[0].id for found in conditions if found is not None}
    for step, condition in zip(stage.steps, conditions, strict=True):
        if step.id in deciding:
            ends = [(step.id, one.casefold()) for one in step.outcomes]
            yield [*ends, (step.id, _NOT_NEEDED)] if step.ask is not None else ends
        elif step.ask is not None or (step.if_ is not None and condition is None):
            yield [(step.id, _NEEDED), (step.id, _NOT_NEEDED)]


def _branch(stage: Stage, chosen: dict[str, str]) -> Branch:
    gone = {name for name, how in chosen.items() if how == _NOT_NEEDED}
    while True:
        more = {
            one.id for one in stage.steps if one.id not in gone and _falls(one, stage, chosen, gone)
        }
        if not more:
            break
        gone |= more
    kept = tuple(
        (name, how) for name, how in chosen.items() if name not in gone or how == _NOT_NEEDED
    )
    return Branch(kept, tuple(step for step in stage.steps if step.id not in gone))


def _falls(step: Step, stage: Stage, chosen: dict[str, str], gone: set[str]) -> bool:
    """Does it fall away with what is gone, or since the step it follows ended otherwise?"""
    condition = stage.condition_of(step)
    if condition is not None:
        before, words = condition
        if before.id in gone or chosen.get(before.id) != words.casefold():
            return True
    here = {f"{stage.id}.{one.id}": one.id for one in stage.steps}
    names = anchors_of(step, stage)
    return all(name in here and here[name] in gone for name in names)
