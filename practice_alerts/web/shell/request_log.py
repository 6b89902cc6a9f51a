"""Each request has an id, which stands in every line that is logged for it; and is counted, by no person."""

import json
import logging
import secrets
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from practice_alerts.adapters.metrics import Metrics
from practice_alerts.web.shell.addresses import place_of

_ID: ContextVar[str] = ContextVar("request_id", default="")
_LOG = logging.getLogger("practice_alerts.requests")


class Requests:
    """Outermost: it sees what every other layer answers."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, told: bool) -> None:
        """`told`: a line for each request. It names the part of the service, since an address may be a secret."""
        self._app = app
        self._metrics = metrics
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        its_id, begun, status = secrets.token_hex(8), time.perf_counter(), 500
        before = _ID.set(its_id)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (b"x-request-id", its_id.encode())
                message = {**message, "headers": [*message.get("headers", ()), named]}
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            self._note(scope, status, time.perf_counter() - begun)
            _ID.reset(before)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        place = place_of(scope["path"])
        method = scope["method"] if scope["method"] in place.methods else "OTHER"
        self._metrics.asked(place.prefix, method, status, seconds)
        if self._told:
            said = {"place": place.prefix, "method": method, "status": status}
            milliseconds = round(seconds * 1000, 1)
            _LOG.info("answered", extra={"asked": {**said, "milliseconds": milliseconds}})


class JsonLines(logging.Formatter):
    """One JSON object a line, with the id of the request that it was written for."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if its_id := _ID.get():
            said["request_id"] = its_id
        said |= getattr(record, "asked", {})
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
