"""What has a time inside a stage, whether it is an answer, a settlement or a step."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from practice_alerts.domain.deadlines.stage_clocks import events_of
from practice_alerts.domain.procedure.clock import Clock, Span, Untimed
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step, Timed
from practice_alerts.domain.text import joined, small
from practice_alerts.domain.wording.definitions import clock_with, start_in_words
from practice_alerts.domain.wording.step_words import condition_in_words

_BOTH = ("to answer", "to put it right")


@dataclass(frozen=True)
class StageTime:
    """One clock of a stage. `what` reads on: ``to answer``, ``professionals' meeting``."""

    what: str
    clock: Clock
    start: str
    assumed: bool
    paths: tuple[str, ...]
    from_sending: bool = True
    instead: str = ""
    """From what it runs where the alert was never at the stage whose leaving starts it; to follow `start`."""
    only: str = ""
    """``only if “talk” ends in “not settled”``: of a step that is not always taken."""

    @property
    def is_step(self) -> bool:
        return not self.what.startswith("to ")

    @property
    def called(self) -> str:
        """``Professionals' meeting (only if “talk” ends in “not settled”)``."""
        return f"{self.what} ({self.only})" if self.only else self.what

    @property
    def in_words(self) -> str:
        """``4 working days``, ``1 week to put it right``, ``professionals' meeting: 1 week``."""
        if self.is_step:
            return f"{self.called}: {clock_with(self.clock)}{self.counted}"
        what = "" if self.what == _BOTH[0] else self.what
        return clock_with(self.clock, what) + self.counted

    @property
    def counted(self) -> str:
        """``, counted from the receipt``, to follow an amount; empty where that is the sending."""
        is_plain = self.from_sending or not isinstance(self.clock, Span)
        return "" if is_plain else f", counted from {self.start}"


def times(ladder_id: str, ladder: Ladder, stage: Stage) -> Iterator[StageTime]:
    """The clocks of a stage in order, those among them that the source leaves untimed as well."""
    parts: list[tuple[str, str, Timed | None]] = [
        ("answer", _BOTH[0], stage.answer),
        ("settle", _BOTH[1], stage.settle),
        *((step.id, step.what, step) for step in stage.steps),
    ]
    for key, what, timed in parts:
        if timed is not None:
            start = start_in_words(timed.counted_from, ladder, stage.id)
            instead = _instead(timed, ladder)
            paths = _paths(key, ladder_id, stage)
            plain = timed.counted_from == "sent"
            only = _only(timed, stage) if isinstance(timed, Step) else ""
            yield StageTime(what, timed.within, start, timed.assumed, paths, plain, instead, only)


def _only(step: Step, stage: Stage) -> str:
    if said := condition_in_words(step, stage):
        return small(said)
    return f"where it is needed: {step.ask}" if step.ask else ""


def _instead(timed: Timed, ladder: Ladder) -> str:
    """What stands for the leaving of a stage at which the alert never was; empty where it is from something else."""
    left = {name.partition(".")[0] for name in events_of(timed) if name.endswith(".escalated")}
    labels = [stage.label for stage in ladder.stages if stage.id in left]
    return f" (begun above {joined(labels, 'or')}: being sent there)" if labels else ""


def told_times(ladder_id: str, ladder: Ladder, stage: Stage) -> tuple[StageTime, ...]:
    """The clocks that say something; all of them where none does."""
    every = _agreed_once(tuple(times(ladder_id, ladder, stage)))
    return tuple(time for time in every if time.clock is not Untimed.NOT_STATED) or every[:1]


def own_times(told: tuple[StageTime, ...]) -> tuple[StageTime, ...]:
    """Of these the clocks of whoever is asked; all of them where nothing but steps has one."""
    return tuple(time for time in told if not time.is_step) or told


def in_one_line(told: tuple[StageTime, ...]) -> str:
    """``4 working days and 1 week to put it right``; what has words of its own stands apart."""
    words = [time.in_words for time in told]
    return "; ".join(words) if any(time.is_step for time in told) else joined(words)


def _agreed_once(every: tuple[StageTime, ...]) -> tuple[StageTime, ...]:
    """People agree on one day, where both the answer and the putting right are left to them."""
    agreed = [one for one in every if one.what in _BOTH and one.clock is Untimed.BY_AGREEMENT]
    if len(agreed) < len(_BOTH):
        return every
    paths = tuple(path for one in agreed for path in one.paths)
    both = replace(agreed[0], what=" and ".join(_BOTH), paths=paths)
    return (both, *(one for one in every if one not in agreed))


def _paths(key: str, ladder_id: str, stage: Stage) -> tuple[str, ...]:
    """How a reading may name this clock. What is read about an answer itself stands beside who gives it."""
    here = (f"{stage.id}.{key}", f"{ladder_id}.{stage.id}.{key}")
    if key != "answer":
        return here
    parts = [f"{one}.{part}" for one in here for part in ("within", "counted_from")]
    return (*parts, f"{stage.id}.within")
