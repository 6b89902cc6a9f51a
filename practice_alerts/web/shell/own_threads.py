"""Threads for what no request waits for: a mail server that is silent takes none from the pages."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

_MOST_WAITING: Final = 500  # each is a few kilobytes; whoever is turned away asks again

_log = logging.getLogger(__name__)


def in_own_threads(do: Callable[..., object], most: int = 1) -> Callable[..., Awaitable[None]]:
    """The same to be awaited: at most so many at a time, in threads that are not those of requests."""
    limit, begun = CapacityLimiter(most), 0

    async def run(*given: object) -> None:
        nonlocal begun
        if begun >= most + _MOST_WAITING:
            _log.warning("Too much waits for the mail server: one e-mail was not begun")
            return
        begun += 1
        try:
            await run_sync(partial(do, *given), limiter=limit)
        finally:
            begun -= 1

    return run
