"""A fault of ours: the traceback goes to the log, a short reference to the person who met it."""

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus
from math import inf
from threading import Lock
from time import monotonic
from typing import Final

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice_alerts.domain.errors import Storage, StorageTrouble, trouble_in

_LOG = logging.getLogger("practice_alerts.bugs")
# Read out over the telephone: no letter or digit that sounds or looks like another.
_LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"

# (connection, reference) -> the page that a person sees.
BugPage = Callable[[HTTPConnection, str], Response]
TroublePage = Callable[[HTTPConnection, StorageTrouble], Response]

TYPED: Final = "practice_alerts.typed"
"""In a request's scope: the fields of the form that was sent, for whoever has to hand back what was typed."""

_ONCE_IN = 600.0  # seconds
_told: dict[Storage, float] = {}
_telling = Lock()


def report(fault: BaseException, where: str) -> str:
    """Write the traceback to the log and give its reference. `where` must hold nothing that people typed."""
    reference = "".join(secrets.choice(_LETTERS) for _ in range(6))
    _LOG.error("Fault %s at %s", reference, where, exc_info=fault)
    return reference


def report_trouble(trouble: StorageTrouble) -> None:
    """One line in ten minutes, however many meet it."""
    with _telling:
        now = monotonic()
        if now - _told.get(trouble.what, -inf) < _ONCE_IN:
            return
        _told[trouble.what] = now
    _LOG.error("%s", trouble)


def sentence_alone(_: HTTPConnection, trouble: StorageTrouble) -> Response:
    later = {"retry-after": str(trouble.again_after)}
    return PlainTextResponse(f"{trouble}\n", HTTPStatus.SERVICE_UNAVAILABLE, later)


class Bugs:
    def __init__(self, app: ASGIApp, page: BugPage, trouble: TroublePage | None = None) -> None:
        self._app = app
        self._page = page
        self._trouble = trouble or sentence_alone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        started = False
        scope[TYPED] = []

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ClientDisconnect:  # before all was sent: nobody is there to be answered
            return
        except Exception as fault:  # noqa: BLE001 - of the storage, or a fault of ours
            trouble, reference = trouble_in(fault), ""
            if trouble is not None:
                report_trouble(trouble)
            else:
                # The first part of the path only: the rest may be a token.
                reference = report(fault, f"/{scope['path'].split('/')[1]}")
            if scope["type"] == "http" and not started:
                asked = HTTPConnection(scope)
                page = self._trouble(asked, trouble) if trouble else self._page(asked, reference)
                await page(scope, receive, send)
