"""Doing something with each of many, where one's trouble never stops the others."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

_T = TypeVar("_T")

PROGRESS: Final = "practice_alerts.progress"
"""The name under which is told how far something has come that takes its time; of no case."""
_TOLD_EVERY: Final = 100
_MOST_TOLD: Final = 100  # lines


def told(what: str, of: Sequence[_T]) -> Iterator[_T]:
    """Each of them; where there are many, the lines of the log say from time to time how many are done."""
    log, every = logging.getLogger(PROGRESS), max(_TOLD_EVERY, len(of) // _MOST_TOLD)
    for done, one in enumerate(of):
        if done and done % every == 0:
            log.info("%s: %s of %s done", what, done, len(of))
        yield one


def each_by_itself(of: Iterable[_T], do: Callable[[_T], int], trouble: str) -> int:
    """Do it with each, and add up; the bugs come as one group in the end, so that none stops the others."""
    done = 0
    bugs: list[Exception] = []
    for one in of:
        try:
            done += do(one)
        except Exception as bug:  # noqa: BLE001 - raised below, when the others are done
            bugs.append(bug)
    if bugs:
        raise ExceptionGroup(trouble, bugs)
    return done
