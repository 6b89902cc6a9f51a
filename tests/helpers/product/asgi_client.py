"""Ask an ASGI application as a browser would, in this process: pages with cookies, and websockets."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping, MutableMapping, Sequence
from importlib.util import find_spec
from typing import Any

import httpx
from starlette.types import ASGIApp

# httpx looks for it on the whole path at each request, in vain: a tenth of what a walk over addresses takes.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # which says that there is none

# How to run one exchange: on a loop of its own, or on the loop that the application lives in.
Run = Callable[[Callable[[], Coroutine[Any, Any, Any]]], Any]

# A name may be said twice only in the second shape.
Headers = Mapping[str, str] | Sequence[tuple[str, str]]


def _on_its_own_loop(exchange: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(exchange())


class Asking:
    """Keeps cookies from answer to answer; follows no redirect."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str,
        cookies: Mapping[str, str] | None = None,
        run: Run = _on_its_own_loop,
        client: tuple[str, int] = ("127.0.0.1", 50000),
    ) -> None:
        self._app = app
        self._base_url = httpx.URL(base_url)
        self.cookies = httpx.Cookies(dict(cookies or {}))
        self._run = run
        self._client = client

    def get(self, path: str, headers: Headers | None = None) -> httpx.Response:
        return self.request("GET", path, headers=headers)

    def post(
        self,
        path: str,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """With the Origin that a browser sends along, unless `headers` name another or none ("")."""
        sent = {"origin": str(self._base_url), **(headers or {})}
        if not sent["origin"]:
            del sent["origin"]
        return self.request("POST", path, data=data, headers=sent)

    def request(
        self,
        method: str,
        path: str,
        data: Mapping[str, str] | None = None,
        headers: Headers | None = None,
    ) -> httpx.Response:
        async def exchange() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(self._app, client=self._client),
                base_url=self._base_url,
                cookies=self.cookies,
            ) as client:
                answer = await client.request(method, path, data=dict(data or {}), headers=headers)
                self.cookies = client.cookies
                return answer

        answer = self._run(exchange)
        assert isinstance(answer, httpx.Response)
        return answer

    def shown(self, answer: httpx.Response) -> httpx.Response:
        """The page to which something that was sent leads; it may be loaded again, and sends nothing then."""
        assert answer.status_code == 303, answer.status_code
        return self.get(answer.headers["location"])

    def websocket(self, path: str, origin: str | None, says: Sequence[bytes] = ()) -> str:
        """The type of the first message that comes back: websocket.accept or websocket.close.

        All that it `says` and its end come in one instant.
        """
        first = self._run(lambda: _first_message(self._app, self._scope(path, origin), says))
        return str(first["type"])

    def told(
        self, path: str, says: bytes, protocols: Sequence[str], find: Callable[[bytes], str | None]
    ) -> str:
        """What `find` finds in the messages that a websocket is sent after it said this; then it is closed.

        Each of `protocols` is a header of its own, with the subprotocols that it offers.
        """
        scope = self._scope(path, str(self._base_url))
        for one in protocols:
            scope["headers"].append((b"sec-websocket-protocol", one.encode()))
            scope["subprotocols"] += [each.strip() for each in one.split(",")]
        return str(self._run(lambda: _told(self._app, scope, says, find)))

    def _scope(self, path: str, origin: str | None) -> dict[str, Any]:
        headers = [(b"host", self._base_url.netloc)]
        if self.cookies:
            joined = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers.append((b"cookie", joined.encode()))
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        return {
            "type": "websocket",
            "scheme": "ws",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": headers,
            "subprotocols": [],
            "client": self._client,
            "server": ("testserver", 80),
            "extensions": {},
        }


async def _first_message(
    app: ASGIApp, scope: dict[str, Any], says: Sequence[bytes]
) -> MutableMapping[str, Any]:
    sent: list[MutableMapping[str, Any]] = []
    told: list[MutableMapping[str, Any]] = [
        {"type": "websocket.connect"},
        *({"type": "websocket.receive", "bytes": said} for said in says),
        {"type": "websocket.disconnect", "code": 1001},
    ]

    async def receive() -> MutableMapping[str, Any]:
        return told.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]


async def _told(
    app: ASGIApp, scope: dict[str, Any], says: bytes, find: Callable[[bytes], str | None]
) -> str:
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    told: list[MutableMapping[str, Any]] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": says},
    ]

    async def receive() -> MutableMapping[str, Any]:
        if told:
            return told.pop(0)
        await found
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(message: MutableMapping[str, Any]) -> None:
        said = find(message["bytes"]) if message.get("bytes") else None
        if said is not None and not found.done():
            found.set_result(said)

    await app(scope, receive, send)
    return await found
