"""What stands at uvicorn's door for websockets where other processes draw: the gate is asked, and nothing is opened here."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

import uvicorn
from starlette.types import Message, Scope

from practice_alerts.web.app_face.drawn_elsewhere import HAND_OVER

_REFUSED: Final = (
    b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"  # as uvicorn does
)

_log = logging.getLogger(__name__)


class HandingOver(asyncio.Protocol):
    """uvicorn makes one for each connection that is to become a websocket, and gives it the head."""

    def __init__(
        self, config: uvicorn.Config, server_state: Any, app_state: dict[str, Any], **_: Any
    ) -> None:
        self._app: Any = config.loaded_app
        self._tasks: set[asyncio.Task[None]] = server_state.tasks
        self._state = app_state
        self._head = b""
        self._is_over = False
        self._gone = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it went
        self._is_over = True
        self._gone.set()

    def data_received(self, data: bytes) -> None:
        """The head; nobody says more before it is answered, and if they do it is no browser."""
        if self._head:
            self._transport.abort()
            return
        self._head = data
        task = asyncio.get_running_loop().create_task(self._ask())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self) -> None:
        is_asked = False

        async def receive() -> Message:
            nonlocal is_asked
            if not is_asked:
                is_asked = True
                return {"type": "websocket.connect"}
            await self._gone.wait()
            return {"type": "websocket.disconnect", "code": 1006}

        try:
            await self._app(self._scope(), receive, self._said)
        except Exception:  # noqa: BLE001 - whatever it is, the browser is refused and tries again
            _log.exception("A websocket was not handed over")
        finally:
            if not self._is_over:
                self._refuse()

    async def _said(self, _: Message) -> None:
        """Whatever it is: nothing is opened here, so it can only have been refused."""
        if not self._is_over:
            self._refuse()

    def _refuse(self) -> None:
        self._is_over = True
        self._transport.write(_REFUSED)
        self._transport.close()

    def _hand_over(self, give: Callable[[int, bytes], bool]) -> bool:
        if self._is_over:
            return False
        connection = self._transport.get_extra_info("socket").fileno()
        if not give(connection, self._head):
            return False
        self._is_over = True
        self._transport.abort()  # closed here, without a word to the browser
        return True

    def _scope(self) -> Scope:
        """As uvicorn makes it, from the head as uvicorn writes it."""
        first, *lines = self._head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        target = first.split(b" ")[1]
        raw_path, _, query = target.partition(b"?")
        headers = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
        offered = [value for name, value in headers if name == b"sec-websocket-protocol"]
        protocols = [one.strip() for one in b",".join(offered).decode("latin-1").split(",")]
        return {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "ws",
            "server": self._transport.get_extra_info("sockname")[:2],
            "client": self._transport.get_extra_info("peername")[:2],
            "root_path": "",
            "path": unquote(raw_path.decode("ascii")),
            "raw_path": raw_path,
            "query_string": query,
            "headers": headers,
            "subprotocols": [one for one in protocols if one],
            "state": self._state.copy(),
            "extensions": {HAND_OVER: self._hand_over},
        }
