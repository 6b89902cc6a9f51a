"""A window of the app belongs to the session it was opened in: no other session takes it up.

Streamlit numbers its windows, and gives a window back to whoever names its number when a connection breaks. The
number is hard to guess, but whoever learns one would get what is typed in it and not sent.
"""

import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import (  # noqa: TID251 - where its windows are opened; screens are made in pages/ and ui/
    get_instance,
)

# The oldest are forgotten, and so belong to nobody: such a window begins anew.
_MOST: Final = 10_000
_BEFORE_WINDOW: Final = 2  # which protocol, and a token against forgery
_SUBPROTOCOL: Final = b"sec-websocket-protocol"


class OwnWindows:
    """`cookie` is the name of the cookie that says which session it is."""

    def __init__(self, cookie: str) -> None:
        self._cookie = cookie
        self._owners: OrderedDict[str, str] = OrderedDict()

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        runtime = get_instance()
        connect = runtime.connect_session

        @wraps(connect)
        def noted(*args: Any, **how: Any) -> str:
            client = how["client"] if "client" in how else args[0]
            window = connect(*args, **how)
            self._note(window, client.client_context.cookies)
            return window

        runtime.connect_session = noted  # type: ignore[method-assign] # no other way in
        yield

    def kept_apart(self, app: ASGIApp) -> ASGIApp:
        """Without the number of a window that is another session's."""

        async def apart(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "websocket":
                scope = self._without_others(scope, HTTPConnection(scope).cookies)
            await app(scope, receive, send)

        return apart

    def _note(self, window: str, cookies: Mapping[str, str]) -> None:
        self._owners[window] = self._session(cookies)
        self._owners.move_to_end(window)
        while len(self._owners) > _MOST:
            self._owners.popitem(last=False)

    def _is_own(self, window: str, cookies: Mapping[str, str]) -> bool:
        return self._cookie in cookies and self._owners.get(window) == self._session(cookies)

    def _session(self, cookies: Mapping[str, str]) -> str:
        return hashlib.sha256(cookies.get(self._cookie, "").encode()).hexdigest()

    def _without_others(self, scope: Scope, cookies: Mapping[str, str]) -> MutableMapping[str, Any]:
        """Streamlit takes the third of the subprotocols offered for a window's number."""
        given = [value for name, value in scope["headers"] if name == _SUBPROTOCOL]
        said = [one.strip() for one in b",".join(given).decode("latin-1").split(",")]
        kept, window = said[:_BEFORE_WINDOW], said[_BEFORE_WINDOW:]
        kept += [one for one in window[:1] if self._is_own(one, cookies)]
        rest = [pair for pair in scope["headers"] if pair[0] != _SUBPROTOCOL]
        joined = [(_SUBPROTOCOL, ", ".join(kept).encode("latin-1"))] if given else []
        offered = [one for one in scope.get("subprotocols", []) if one in kept]
        return {**scope, "headers": [*rest, *joined], "subprotocols": offered}
