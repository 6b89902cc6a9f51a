"""Rules about steps: does the branch open, does the clock run on, is the name its own?"""

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.deadlines.stage_clocks import RAISED
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.files.references import timed_parts
from practice_alerts.domain.procedure.clock import Direction, Span
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.standing.anchors import RECORDED
from practice_alerts.domain.standing.stage_steps import takes_place
from practice_alerts.domain.text import joined

_FORMAT = "The format: docs/procedure-format.md, {}"
_CROSSED = (
    "cannot come together with what its clock, or the step before it, follows: no branch reaches it;"
    " count it from a step of its own branch"
)


@lint_rule("PA210", "error", _FORMAT.format("counted_from"))
def _counted_back(subject: Subject) -> Iterator[Hit]:
    """A clock of a stage that is counted back.

    Everything from which such a clock starts is known once it has happened, and by then the day has passed.
    Counting back is for duties, from an event whose day is known beforehand.
    """
    for path, _, stage in subject.stages:
        for where, timed in timed_parts(stage):
            clock = timed.within
            if isinstance(clock, Span) and clock.direction is Direction.BEFORE:
                says = "it is counted back from what is known only once it has happened"
                yield Hit((*path, *where, "within"), f"{says}; write it as a duty, or in words")


@lint_rule("PA212", "error", _FORMAT.format("counted_from"))
def _called_like_an_event(subject: Subject) -> Iterator[Hit]:
    """A step that is called like an event.

    What acts record has these names, and a clock counted from one could mean either.
    """
    for path, _, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            if step.id in (*RECORDED, RAISED):
                says = f"'{step.id}' is what acts record of every alert: give the step another id"
                yield Hit((*path, "steps", place, "id"), says)


@lint_rule("PA306", "error", _FORMAT.format("if"))
def _never_opened(subject: Subject) -> Iterator[Hit]:
    """A branch that no result opens.

    What stands after `if` is the id of a step of the same stage, a dot and one of its results; or words of
    another kind, and people decide. A step cannot follow two results of one and the same step.
    """
    for path, ladder, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            says = _why_never(step, stage, ladder)
            if says:
                yield Hit((*path, "steps", place, "if"), says)


def _why_never(step: Step, stage: Stage, ladder: Ladder) -> str:
    written = step.if_ or ""
    before, dot, outcome = " ".join(written.split()).partition(".")
    if stage.condition_of(step) is not None:
        return "" if takes_place(step, stage) else f"'{written}' {_CROSSED}"
    if not dot:
        return ""
    named = next((one for one in stage.steps if one.id == before), None)
    if named is not None and not named.outcomes:
        return f"{before} has no results (outcomes), so nothing can follow from '{outcome.strip()}'"
    if named is not None:
        hint = nearest(outcome.strip(), named.outcomes)
        said = (
            f"{before} does not end in '{outcome.strip()}', but in {joined(named.outcomes, 'or')}"
        )
        return f"{said} ({hint})" if hint else said
    elsewhere = {one.id for other in ladder.stages for one in other.steps}
    if ladder.has(before) or before in elsewhere:
        return (
            f"'{written}' names no step of {stage.label}: a branch follows a step of its own stage"
        )
    return ""


RULES = (_counted_back, _called_like_an_event, _never_opened)
