"""How often something may be asked for, and how much of it at once: kept in memory and bounded."""

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import Semaphore

from practice_alerts.domain.errors import TooMuchAtOnce


class Limiter:
    """At most `most` in `seconds` for one key. Beyond `keys` keys the one unused longest is forgotten.

    One process keeps its own count; with several behind a balancer each allows as many.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        keys: int = 10_000,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._keys = keys
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Count this one, unless it is one too many: refusals do not lengthen the wait."""
        now = self._clock()
        with self._lock:
            times = self._asked.setdefault(key, deque(maxlen=self._most))
            self._asked.move_to_end(key)
            while len(self._asked) > self._keys:
                self._asked.popitem(last=False)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) == self._most:
                return False
            times.append(now)
            return True


class Flow:
    """So many bytes a second for one key, and `at_once` of them before anybody has to wait."""

    def __init__(
        self,
        a_second: int,
        at_once: int,
        clock: Callable[[], float] = time.monotonic,
        *,
        keys: int = 10_000,
    ) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._clock = clock
        self._keys = keys
        self._came: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """What is still above the measure, and when that was worked out."""

    def wait(self, key: str, size: int) -> float:
        """For how many seconds this is to be held back."""
        now = self._clock()
        above, then = self._came.pop(key, (0.0, now))
        above = max(0.0, above - (now - then) * self._a_second) + size
        self._came[key] = (above, now)
        while len(self._came) > self._keys:
            self._came.popitem(last=False)
        return max(0.0, above - self._at_once) / self._a_second


class AtOnce:
    """For one key at most `most` run and `waiting` wait, which takes no thread from anybody else."""

    def __init__(self, most: int, waiting: int) -> None:
        self._most = most
        self._waiting = waiting
        self._asked: Counter[str] = Counter()
        self._turns: dict[str, Semaphore] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Raises TooMuchAtOnce."""
        if self._asked[key] >= self._most + self._waiting:
            raise TooMuchAtOnce
        self._asked[key] += 1
        turns = self._turns.setdefault(key, Semaphore(self._most))
        try:
            async with turns:
                yield
        finally:
            self._asked[key] -= 1
            if not self._asked[key]:
                del self._asked[key], self._turns[key]
