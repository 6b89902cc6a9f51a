"""The app where other processes draw it: what it asks for goes to them, and its connections are theirs from then on.

Who is there is asked twice, by the gate here and by theirs: a process that draws believes nobody's word for it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from practice_alerts.adapters.drawing.drawing_processes import Draws, NobodyDraws
from practice_alerts.web.shell.gate import signed_in

HAND_OVER: Final = "practice_alerts.hand_over"
"""The extension of a websocket's scope by which its connection can be given away: see HandOver."""

# Asked with (connection, head) -> whether it was taken. Gives the same; what was taken is closed here.
HandOver = Callable[[Callable[[int, bytes], bool]], bool]

_AT_ONCE: Final = 20  # in threads of their own: one that does not answer keeps no page from anybody
_TRY_AGAIN_LATER: Final = 1013
_PATIENCE: Final = (
    8.0  # seconds: by then one that ended is there again, and the page shows no error meanwhile
)
_AGAIN: Final = 0.25
_OF_ONE_CONNECTION: Final = frozenset({"connection", "keep-alive", "transfer-encoding", "upgrade"})
_OF_THIS_SERVER: Final = frozenset({"date", "server"})


class DrawnElsewhere:
    """Mounted at /app behind the gate."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._limit = CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = signed_in(HTTPConnection(scope))
        person = who.person_id if who else ""
        if scope["type"] == "websocket":
            hand_over: HandOver | None = scope.get("extensions", {}).get(HAND_OVER)
            if hand_over is None or not await self._given_away(hand_over, person):
                await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
        else:
            await (await self._answer(scope, person))(scope, receive, send)

    async def _given_away(self, hand_over: HandOver, person: str) -> bool:
        async for _ in _tries():
            if hand_over(lambda connection, head: self._draws.hand(person, connection, head)):
                return True
        return False

    async def _answer(self, scope: Scope, person: str) -> Response:
        async for _ in _tries():
            with suppress(NobodyDraws):
                return await self._asked(scope, person)
        sentence = "This part of the service starts again. Try again in a moment.\n"
        return PlainTextResponse(sentence, 503, {"retry-after": "5"})

    async def _asked(self, scope: Scope, person: str) -> Response:
        query = scope["query_string"]
        target = scope["raw_path"] + (b"?" + query if query else b"")
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in scope["headers"]
            if name.decode("latin-1") not in _OF_ONE_CONNECTION
        ]
        asked = person, scope["method"], target.decode("latin-1"), headers
        drawn = await run_sync(self._draws.ask, *asked, limiter=self._limit)
        given = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in drawn.headers
            if name.lower() not in _OF_ONE_CONNECTION | _OF_THIS_SERVER
        ]
        answer = Response(drawn.body, drawn.status)
        is_measured = any(name == b"content-length" for name, _ in given)
        answer.raw_headers = given if is_measured else [*answer.raw_headers, *given]
        return answer


async def _tries() -> AsyncIterator[None]:
    """Again and again while nobody draws, for as long as a browser waits."""
    clock = asyncio.get_running_loop().time
    until = clock() + _PATIENCE
    yield
    while clock() < until:
        await asyncio.sleep(_AGAIN)
        yield
