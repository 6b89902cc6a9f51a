"""The queue of those who write: of one process a single one stands at the store's own lock, and the others behind it."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic
from typing import Final

from practice_alerts.domain.errors import Storage, StorageTrouble

PATIENCE: Final = 30.0
"""Seconds that somebody waits to write, here and at the store's lock together."""
A_MOMENT: Final = 0.5
"""The same for what can be left undone; and after which a queue that does not move is said to stand."""
MOST_WAITING: Final = 20
"""While it stands: half of the threads that the service has for its pages, so that the others are there for reading."""


class WritersQueue:
    """First come, first served, and nobody who waits holds a connection: those are for whoever reads.

    At the store's own lock nobody knows who came first, and one process with many who write would keep another out.
    """

    def __init__(self) -> None:
        self._waiting: deque[Event] = deque()
        """The first of them is whose turn it is."""
        self._since = 0.0
        """When it last moved, or the first came."""
        self._changing = Lock()

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[Callable[[], float]]:
        """Yields what says how many seconds are left to wait at the store's lock. Raises StorageTrouble.

        Seconds in which nobody got on count for whoever comes then: where all have waited in vain, nobody begins to.
        """
        turn, in_vain = Event(), False
        until = self._joined(turn) + min(patience, PATIENCE)
        try:
            self._wait(turn, until)
            yield lambda: max(until - monotonic(), 0.0)
        except StorageTrouble:
            in_vain = True
            raise
        finally:
            self._over(turn, in_vain=in_vain)

    def _joined(self, turn: Event) -> float:
        with self._changing:
            if not self._waiting:
                self._since = monotonic()
                turn.set()
            self._waiting.append(turn)
            return self._since

    def _wait(self, turn: Event, until: float) -> None:
        while not turn.is_set():
            left = until - monotonic()
            if left <= 0 or self._is_too_long(turn):
                raise StorageTrouble(Storage.BUSY)
            turn.wait(min(A_MOMENT, left))

    def _is_too_long(self, turn: Event) -> bool:
        """It stands, and has no room for this one."""
        with self._changing:
            stands = monotonic() - self._since >= A_MOMENT
            return stands and self._waiting.index(turn) > MOST_WAITING

    def _over(self, turn: Event, *, in_vain: bool) -> None:
        with self._changing:
            self._waiting.remove(turn)
            if not in_vain:
                self._since = monotonic()
            if self._waiting:
                self._waiting[0].set()
