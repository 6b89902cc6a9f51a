"""A fault of ours: the traceback goes to the log, a short reference to the person who met it."""

import logging
import secrets
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("practice_alerts.bugs")
# Read out over the telephone: no letter or digit that sounds or looks like another.
_LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"

# (connection, reference) -> the page that a person sees.
BugPage = Callable[[HTTPConnection, str], Response]


def report(fault: BaseException, where: str) -> str:
    """Write the traceback to the log and give its reference. `where` must hold nothing that people typed."""
    reference = "".join(secrets.choice(_LETTERS) for _ in range(6))
    _LOG.error("Fault %s at %s", reference, where, exc_info=fault)
    return reference


class Bugs:
    def __init__(self, app: ASGIApp, page: BugPage) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault of ours
            # The first part of the path only: the rest may be a token.
            reference = report(fault, f"/{scope['path'].split('/')[1]}")
            if scope["type"] == "http" and not started:
                await self._page(HTTPConnection(scope), reference)(scope, receive, send)
