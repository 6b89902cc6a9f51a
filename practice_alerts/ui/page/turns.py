"""How many pages of the app are drawn for one person at a time: the windows of one keep nobody else waiting."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore

from practice_alerts.domain.errors import TooMuchAtOnce


class Turns:
    """For one key at most `most` run and `waiting` wait, in threads: Streamlit draws each window in its own."""

    def __init__(self, most: int, waiting: int) -> None:
        self._most = most
        self._waiting = waiting
        self._asked: Counter[str] = Counter()
        self._turns: dict[str, Semaphore] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        """Whether one had to wait for it. Raises TooMuchAtOnce."""
        turns = self._asked_for(key)
        try:
            has_waited = not turns.acquire(blocking=False)
            if has_waited:
                turns.acquire()
            try:
                yield has_waited
            finally:
                turns.release()
        finally:
            self._over(key)

    def _asked_for(self, key: str) -> Semaphore:
        with self._lock:
            if self._asked[key] >= self._most + self._waiting:
                raise TooMuchAtOnce
            self._asked[key] += 1
            return self._turns.setdefault(key, Semaphore(self._most))

    def _over(self, key: str) -> None:
        with self._lock:
            self._asked[key] -= 1
            if not self._asked[key]:
                del self._asked[key], self._turns[key]
