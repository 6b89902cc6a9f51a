"""Somebody's open tab of the app, without a browser: signed in, and the page drawn over its websocket."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Self

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 - speaks as the browser does
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: TID251 - as above
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60  # seconds


class AppSession:
    """Open from entering to leaving. `link` is a one-time address, `page` the page's name in the app."""

    def __init__(self, origin: str, link: str, page: str) -> None:
        self._origin = origin
        self._page = page
        self._cookies = _sign_in(origin, link)
        self._socket: ClientConnection | None = None

    def __enter__(self) -> Self:
        address = self._origin.replace("http", "ws", 1) + "/app/_stcore/stream"
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._socket = connect(
            address,
            origin=Origin(self._origin),
            additional_headers={"Cookie": cookies},
            max_size=None,
            proxy=None,
        )
        self.draw(self._page)
        return self

    def draw(self, page: str) -> None:
        """Have the page drawn, and wait until it is."""
        assert self._socket is not None
        wanted = BackMsg()
        wanted.rerun_script.page_name = page
        self._socket.send(wanted.SerializeToString())
        while (message := self._next()).WhichOneof("type") != "script_finished":
            pass
        assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _next(self) -> ForwardMsg:
        assert self._socket is not None
        sent = self._socket.recv(PATIENCE)
        assert isinstance(sent, bytes)
        message = ForwardMsg()
        message.ParseFromString(sent)
        return message

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            self._socket.close()


def _sign_in(origin: str, link: str) -> dict[str, str]:
    with httpx.Client(trust_env=False) as visitor:
        page = visitor.get(link)
        page.raise_for_status()
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        used = visitor.post(page.url.join("/sign-in/use"), data=fields, headers={"Origin": origin})
        assert used.status_code == httpx.codes.SEE_OTHER, used.status_code
        return dict(visitor.cookies)
