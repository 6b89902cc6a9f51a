"""Doing something with each of many, where one's trouble never stops the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")


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
