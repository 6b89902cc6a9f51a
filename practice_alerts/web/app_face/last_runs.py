"""The last run of a window that is gone: Streamlit would stop it, and what was typed last would be lost.

What is typed is kept by the run of the page that it asks for. When a window closes right after the last key,
the text and the end come in one instant, and Streamlit stops the run before it has kept anything.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import (  # noqa: TID251 - how its sessions end; screens are made in pages/ and ui/
    SessionClient,
    get_instance,
)

# Seconds. A run takes a tenth of one; one that hangs shall hold up neither its reader nor the service.
_PATIENCE: Final = 10.0


class LastRuns:
    """A session whose window is gone ends when its run is over; until then it has its cookies."""

    def __init__(self) -> None:
        self._going: dict[SessionClient, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        self._runtime = get_instance()
        self._end_now = self._runtime.disconnect_session
        self._runtime.disconnect_session = self._end  # type: ignore[method-assign] # no other way in
        yield
        await _wait(self._going.values())

    def awaited(self, app: ASGIApp) -> ASGIApp:
        """A page that is loaded anew waits for those of its browser, and so shows what they keep."""

        async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "websocket":
                mine = _browser(HTTPConnection(scope).cookies)
                going = [(one.client_context, run) for one, run in self._going.items()]
                await _wait([run for one, run in going if one and _browser(one.cookies) == mine])
            await app(scope, receive, send)

        return waiting

    def _end(self, session_id: str, *, client: SessionClient | None = None) -> None:
        """Streamlit calls it again for each message that finds the window gone."""
        session = self._runtime.get_app_session(session_id)
        if session is None or client is None or self._runtime.get_client(session_id) is not client:
            self._end_now(session_id, client=client)
        elif client not in self._going:
            session.track_settling()
            run = session.wait_until_settled()
            self._going[client] = asyncio.create_task(self._end_after(run, session_id, client))

    async def _end_after(
        self, run: Awaitable[None], session_id: str, client: SessionClient
    ) -> None:
        try:
            await run
        finally:
            del self._going[client]
            self._end_now(session_id, client=client)


async def _wait(runs: Collection[asyncio.Task[None]]) -> None:
    if runs:
        await asyncio.wait(runs, timeout=_PATIENCE)


def _browser(cookies: Mapping[str, str]) -> Mapping[str, str]:
    """Whose they are: Streamlit writes its own anew with each page."""
    return {name: cookies[name] for name in cookies if not name.startswith("_streamlit")}
