"""Threads beside those of the pages: for what no request waits for, and for what takes long to make."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from practice_alerts.web.shell.gate import signed_in
from practice_alerts.web.shell.rate_limit import AtOnce

_MOST_WAITING: Final = 500  # each is a few kilobytes; whoever is turned away asks again
_MOST_OF_ONE: Final = 5
"""What one person asks for beside what is being made for them."""

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


def made_apart(
    make: Callable[[Request], Response], most: int = 3
) -> Callable[[Request], Awaitable[Response]]:
    """A page that takes long to make: one at a time for each person, and few for all, in threads that nothing else needs.

    Raises TooMuchAtOnce.
    """
    each, limit = AtOnce(1, _MOST_OF_ONE), CapacityLimiter(most)

    async def run(request: Request) -> Response:
        who = signed_in(request)
        async with each.turn(who.person_id if who else ""):
            return await run_sync(make, request, limiter=limit)

    return run
