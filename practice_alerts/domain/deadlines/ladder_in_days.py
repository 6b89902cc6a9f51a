"""A ladder in figures, without any date: in working days, or in days of the calendar where it counts nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from practice_alerts.domain.deadlines.branches import branches
from practice_alerts.domain.deadlines.branches import in_words as in_branch
from practice_alerts.domain.deadlines.stage_clocks import RAISED, always_awaited, anchors_of
from practice_alerts.domain.procedure.clock import Clock, Hours, Span, Strength, in_words
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.text import joined, plural

Count = Callable[[Clock], int]
"""How many days a clock takes at most."""

HANDBOOK = 20
"""Working days: the IRO Handbook (2010) for settling a dispute about a looked-after child."""


@dataclass(frozen=True, slots=True)
class LadderInDays:
    """Clocks added up; where one counts working days, hours, days and weeks as the working days they take at most.

    Steps on which a result or a question decides are left out, but for `longest` and `chain`: every formal
    stage, and the usual way up, each on its longest branch. `branch` says which that is, where there are several.
    `on_top` is what has no time, or comes before the formal stages.
    """

    time_limit: int | None
    formal: int
    usual: int
    read_next_day: int
    longest: int
    chain: int
    branch: str
    aims_only: bool
    on_top: tuple[str, ...]
    day: str
    """Which days these are: ``working day`` or ``calendar day``."""

    def days(self, number: int) -> str:
        return f"{number} {plural(number, self.day)}"

    @property
    def handbook(self) -> str:
        """The Handbook's limit beside these figures, with its unit where theirs is another."""
        return f"{HANDBOOK}" if self.day == "working day" else f"{HANDBOOK} working days"


def figures(ladder: Ladder) -> LadderInDays:
    path, formal = ladder.usual_way_up(), ladder.formal_stages()
    spans = [stage.clock for stage in formal if isinstance(stage.clock, Span)]
    count = calendar_days if in_calendar_days(ladder) else working_days
    usual = sum(stage_days(stage, count) for stage in path)
    longest = [_longest(stage, {}, 0, count) for stage in formal]
    return LadderInDays(
        time_limit=None if ladder.cap is None else count(ladder.cap.within) or None,
        formal=sum(stage_days(stage, count) for stage in formal),
        usual=usual,
        read_next_day=usual + max(len(path) - 1, 0),
        longest=sum(days for days, _ in longest),
        chain=_chain(path, count),
        branch=joined([said for _, said in longest if said]),
        aims_only=bool(spans) and all(span.strength is Strength.AIM for span in spans),
        on_top=tuple(_on_top(ladder)),
        day="calendar day" if count is calendar_days else "working day",
    )


def in_calendar_days(ladder: Ladder) -> bool:
    """Does none of its clocks, of the formal stages and the whole, leave out any day?"""
    whole = ladder.cap.within if ladder.cap else None
    timed = (clock for stage in ladder.formal_stages() for clock in _clocks(stage))
    spans = [one for one in (whole, *timed) if isinstance(one, Span)]
    return bool(spans) and all(_is_of_calendar(one) for one in spans)


def _clocks(stage: Stage) -> list[Clock]:
    return [stage.clock, *(step.within for step in stage.steps)]


def _is_of_calendar(clock: Span) -> bool:
    way = clock.facts.way
    return isinstance(way, Hours) or not way.working


def calendar_days(clock: Clock) -> int:
    """The days of the calendar a clock takes at most; 0 where it has no amount."""
    return ceil(_in_calendar(clock)) if isinstance(clock, Span) else 0


def _in_calendar(clock: Span) -> Fraction:
    way = clock.facts.way
    return (
        Fraction(clock.amount, 24) if isinstance(way, Hours) else Fraction(clock.amount * way.each)
    )


def is_longer(clock: Clock, than: Clock) -> bool:
    """May the one last longer than the other? False where either has no amount."""
    if not (isinstance(clock, Span) and isinstance(than, Span)):
        return False
    if _is_of_calendar(clock) and _is_of_calendar(than):
        return _in_calendar(clock) > _in_calendar(than)
    return working_days(clock) > working_days(than)


def working_days(clock: Clock) -> int:
    """The working days a clock takes at most, bank holidays apart; 0 where it has no amount."""
    return ceil(clock.amount * clock.facts.working_days) if isinstance(clock, Span) else 0


def stage_days(stage: Stage, count: Count = working_days) -> int:
    """One stage with the steps that take place in any case."""
    return _end_of(stage, always_awaited(stage), {}, 0, count)


def _longest(stage: Stage, ends: dict[str, int], sent: int, count: Count) -> tuple[int, str]:
    """When the stage ends on its longest branch, and which that is, where it is longer than without."""
    ways = branches(stage)
    each = [_end_of(stage, way.steps, dict(ends), sent, count) for way in ways]
    usual = _end_of(stage, always_awaited(stage), dict(ends), sent, count)
    last = max(each)
    if last <= usual:
        return last, ""
    which = in_branch(stage, [way for way, days in zip(ways, each, strict=True) if days == last])
    return last, f"{which} at {stage.label}" if which else ""


def _chain(path: tuple[Stage, ...], count: Count) -> int:
    ends: dict[str, int] = {RAISED: 0}
    sent = 0
    for stage in path:
        ways = branches(stage)
        way = max(ways, key=lambda one: _end_of(stage, one.steps, dict(ends), sent, count))
        sent = _end_of(stage, way.steps, ends, sent, count)
        ends[f"{stage.id}.escalated"] = sent
    return sent


def _end_of(
    stage: Stage, steps: tuple[Step, ...], ends: dict[str, int], sent: int, count: Count
) -> int:
    ends[f"{stage.id}.sent"] = sent
    paced = stage.answer if stage.answer and isinstance(stage.answer.within, Span) else stage.settle
    answered = sent + count(stage.clock)
    for _ in range(len(steps) + 1):  # one may itself be counted from another
        ends[f"{stage.id}.answered"] = answered
        for step in steps:
            ends[f"{stage.id}.{step.id}"] = _end(step, stage, ends, answered, count)
        if paced is not None:
            names = anchors_of(paced, stage)
            answered = min(ends.get(name, sent) for name in names) + count(paced.within)
    return max([answered, *(ends[f"{stage.id}.{step.id}"] for step in steps)])


def _end(step: Step, stage: Stage, ends: dict[str, int], answered: int, count: Count) -> int:
    """What of this stage is not timed comes once it is answered; what was before it, by its sending."""
    here = f"{stage.id}."
    starts = (
        ends.get(name, answered if name.startswith(here) else ends[f"{here}sent"])
        for name in anchors_of(step, stage)
    )
    return min(starts) + count(step.within)


def _on_top(ladder: Ladder) -> list[str]:
    before = [
        f"{in_words(stage.clock)} at {stage.label}"
        for stage in ladder.stages
        if not stage.formal and isinstance(stage.clock, Span)
    ]
    untimed = [
        step
        for stage in ladder.formal_stages()
        for step in stage.steps
        if not isinstance(step.within, Span)
    ]
    return [
        *before,
        *(
            [
                f"{len(untimed)} {plural(len(untimed), 'step')} without a time of {'its' if len(untimed) == 1 else 'their'} own"
            ]
            if untimed
            else []
        ),
    ]
