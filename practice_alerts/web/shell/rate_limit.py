"""How often something may be asked for, kept in memory and bounded."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable


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
