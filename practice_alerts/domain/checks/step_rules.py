"""Rules about steps: does the branch open, does the clock run on, is the name its own?"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.deadlines.stage_clocks import RAISED
from practice_alerts.domain.definition import ID_PATTERN
from practice_alerts.domain.files.faults import hinted, nearest
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
    another kind, and people decide. What looks like the first is not taken for the second: a word with a dot
    after it, a result alone, or a step and its result without the dot. A step cannot follow two results of one
    and the same step.
    """
    for path, ladder, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            says = _why_never(step, stage, ladder)
            if says:
                yield Hit((*path, "steps", place, "if"), says)


def _why_never(step: Step, stage: Stage, ladder: Ladder) -> str:
    written = " ".join((step.if_ or "").split())
    before, dot, outcome = written.partition(".")
    if not written:
        return ""
    if stage.condition_of(step) is not None:
        return "" if takes_place(step, stage) else f"'{written}' {_CROSSED}"
    hint = _meant(written, stage)
    if dot:
        named = next((one for one in stage.steps if one.id == before), None)
        if named is not None:
            return _no_such_result(named, outcome.strip())
        elsewhere = {one.id for other in ladder.stages for one in other.steps}
        if ladder.has(before) or before in elsewhere:
            return f"'{written}' names no step of {stage.label}: a branch follows a step of its own stage"
    if hint or (dot and _AS_ID.fullmatch(before)):
        said = f"'{written}' names no step of {stage.label} with one of its results"
        return (
            hinted(said, hint)
            if hint
            else f"{said}; for a condition on which people decide write words"
        )
    return ""


_AS_ID = re.compile(ID_PATTERN.strip("^$"))


def _no_such_result(step: Step, written: str) -> str:
    if not step.outcomes:
        return f"{step.id} has no results (outcomes), so nothing can follow from '{written}'"
    hint = nearest(written, step.outcomes)
    said = f"{step.id} does not end in '{written}', but in {joined(step.outcomes, 'or')}"
    return hinted(said, hint)


def _meant(written: str, stage: Stage) -> str | None:
    """The condition that these words come close to: with the step's name, or with its result alone."""
    by_words = {
        _letters(said): f"{step.id}.{result}"
        for step in stage.steps
        for result in step.outcomes
        for said in (
            f"{step.id} {result}",
            f"{step.id} is {result}",
            f"{step.what} {result}",
            result,
        )
    }
    close = get_close_matches(_letters(written), by_words, n=1, cutoff=0.8)
    return f"did you mean {by_words[close[0]]}?" if close else None


def _letters(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


@lint_rule("PA308", "note", _FORMAT.format("if"))
def _in_words(subject: Subject) -> Iterator[Hit]:
    """A condition in words.

    People decide, so nobody is reminded of the step and it is late for nobody; it can be recorded, or be
    found unnecessary. To have it awaited, let it follow the result of a step.
    """
    for path, ladder, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            if (
                step.if_
                and stage.condition_of(step) is None
                and not _why_never(step, stage, ladder)
            ):
                says = f"people decide whether '{step.if_}', so {step.id} is awaited of nobody"
                yield Hit((*path, "steps", place, "if"), says)


@lint_rule("PA311", "error", _FORMAT.format("outcomes"))
def _result_twice(subject: Subject) -> Iterator[Hit]:
    """Two results of one step that are the same words.

    A branch goes by the words, without regard to capitals, so nobody could tell which of the two was meant.
    """
    for path, _, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            said = Counter(one.casefold() for one in step.outcomes)
            for words in (one for one, times in said.items() if times > 1):
                yield Hit((*path, "steps", place, "outcomes"), f"'{words}' stands more than once")


RULES = (_counted_back, _called_like_an_event, _never_opened, _in_words, _result_twice)
