"""How everything here is measured: in turns, so that a busy machine is busy for every side."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

_ONE_DIGIT = 10


class Row(NamedTuple):
    """One line of the table: what was measured, its figure, and what the figure came from."""

    what: str
    figure: str
    note: str


def times(ratio: float) -> str:
    return f"{_short(ratio)} ×"


def milliseconds(seconds: float) -> str:
    return f"{_short(seconds * 1e3)} ms"


def seconds(number: float) -> str:
    return f"{_short(number)} s"


def _short(number: float) -> str:
    """Two or three digits: more than that is noise."""
    return f"{number:.{2 if number < _ONE_DIGIT else 0}f}"


def timed(work: Callable[[], object], times_a_turn: int = 1) -> float:
    """Seconds for one."""
    began = perf_counter()
    for _ in range(times_a_turn):
        work()
    return (perf_counter() - began) / times_a_turn


def in_turns(
    rounds: int,
    *turns: tuple[Callable[[], object], int],
    of: Callable[[Sequence[float]], float] = median,
) -> list[float]:
    """Seconds for one of each, the median of all rounds; each turn is a work and how often."""
    taken: list[list[float]] = [[] for _ in turns]
    for _ in range(rounds):
        for (work, times_a_turn), kept in zip(turns, taken, strict=True):
            kept.append(timed(work, times_a_turn))
    return [of(kept) for kept in taken]
