"""The one gate in front of every face, for pages, data and websockets alike."""

from asyncio import sleep, timeout
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from time import monotonic
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.domain.errors import TooMuchAtOnce
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.web.shell.addresses import NOBODY, READ, Place, is_plain, place_of
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.ports import NothingPutDown, PutsDown, Sessions
from practice_alerts.web.shell.rate_limit import AtOnce, Flow

SIGNED_IN: Final = "practice_alerts.signed_in"

_SAME_REFUSAL: Final = timedelta(minutes=1)
_SAID_ONCE: Final = ("host", "origin", "authorization")
"""Of two, a proxy in front may have judged the other than the one that is read here."""
_AT_ONCE: Final = 6  # as many connections as a browser opens
_WAITING: Final = 60
"""What one person asks for at a time: however long each takes, the other threads are there for everybody else."""
_WINDOWS: Final = 50
"""Of the app, that one person has open: each asks for pages, and takes a connection for as long as it is open."""
_BY_ITSELF: Final = "/app/_stcore/"
_BY_THE_BROWSER: Final = 5  # seconds in which a window asks for its page, once it is connected
_SENT_WITHIN: Final = 300  # seconds: a large file over a slow line
_SENT_AT_ONCE: Final = 1  # second, in which nobody is signed out
_A_SECOND: Final = (
    500_000  # bytes of one person: a window sends all that was typed there with each move
)
_SENT_BEFORE: Final = 8_000_000
_NOTED_EVERY: Final = 15  # seconds: when a session ends is written less often still

# WebSocket "policy violation". Sent before the socket is accepted, the server makes a 403 of it.
_POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True)
class Refusal:
    status: HTTPStatus
    sentence: str


class _NotTaken(Exception):  # noqa: N818 - no fault: whoever sent it is told
    """What was sent came too slowly, or from somebody who may not send it any more."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.sentence)


# (connection, refusal) -> the page that a person sees; programs get the sentence alone.
RefusalPage = Callable[[HTTPConnection, Refusal], Response]


def signed_in(connection: HTTPConnection) -> SignedIn | None:
    """Who the gate found, anywhere behind it. A client can set headers, but not this."""
    found = connection.scope.get(SIGNED_IN)
    return found if isinstance(found, SignedIn) else None


class AccessGate:
    def __init__(
        self,
        app: ASGIApp,
        home: Home,
        sessions: Sessions,
        page: RefusalPage,
        log: PutsDown | None = None,
    ) -> None:
        self._log = log or NothingPutDown()
        self._app = app
        self._home = home
        self._sessions = sessions
        self._page = page
        self._flow = Flow(_A_SECOND, _SENT_BEFORE)
        self._turns = {"http": AtOnce(_AT_ONCE, _WAITING), "websocket": AtOnce(_WINDOWS, 0)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        # The scheme that browsers see, whatever stands between: links that are written in full are made of it.
        scheme = self._home.scheme(socket=scope["type"] == "websocket")
        connection = HTTPConnection({**scope, SIGNED_IN: None, "scheme": scheme})
        place, began = place_of(scope["path"]), monotonic()
        refusal = self._at_the_door(connection, place)
        if refusal is None:
            connection.scope[SIGNED_IN] = await self._who(connection, place)
            refusal = _not_admitted(connection, place)
        if refusal is not None and refusal.status is HTTPStatus.FORBIDDEN:
            await run_in_threadpool(self._put_down, signed_in(connection), place)
        if refusal is None:
            await self._let_in(connection, place, receive, send, began)
        else:
            await self._refuse(connection, refusal, receive, send)

    async def _refuse(
        self, connection: HTTPConnection, refusal: Refusal, receive: Receive, send: Send
    ) -> None:
        if connection.scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await self._answer(connection, refusal)(connection.scope, receive, send)

    async def _let_in(
        self, connection: HTTPConnection, place: Place, receive: Receive, send: Send, began: float
    ) -> None:
        """`began`: before anybody asked whose session it is."""
        answered: list[int] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.append(message["status"])
            await send(message)

        who, turns = signed_in(connection), self._turns[connection.scope["type"]]
        watched = self._as_used if connection.scope["type"] == "websocket" else self._as_sent
        try:
            async with turns.turn(who.person_id) if who else nullcontext():
                await self._must_still_be_let_in(connection, place, began)
                came = watched(connection, place, receive, began)
                await self._app(connection.scope, came, sending)
        except TooMuchAtOnce as told:
            refusal = Refusal(HTTPStatus.TOO_MANY_REQUESTS, str(told))
            await self._refuse(connection, refusal, receive, send)
        except _NotTaken as told:
            if answered:
                raise ClientDisconnect from told
            await self._refuse(connection, told.refusal, receive, send)
        path = connection.scope["path"]
        if any(place.was_refused(status, path, who) for status in answered):
            await run_in_threadpool(self._put_down, who, place)

    async def _must_still_be_let_in(
        self, connection: HTTPConnection, place: Place, began: float
    ) -> None:
        """Whoever was signed out since, while they waited or what they sent was on its way, is let in no more."""
        if signed_in(connection) is None or monotonic() - began <= _SENT_AT_ONCE:
            return
        token = self._home.session_token(connection.cookies) or ""
        connection.scope[SIGNED_IN] = await run_in_threadpool(self._sessions.glance, token)
        if refusal := _not_admitted(connection, place):
            raise _NotTaken(refusal)

    def _as_sent(
        self, connection: HTTPConnection, place: Place, receive: Receive, began: float
    ) -> Receive:
        """For as long as it takes, and no longer; and then by whoever is let in still."""
        if connection.scope["method"] in READ:
            return receive
        come, is_whole = monotonic(), False

        async def receiving() -> Message:
            nonlocal is_whole
            if is_whole:  # what comes now is that they have gone
                return await receive()
            try:
                async with timeout(come + _SENT_WITHIN - monotonic()):
                    message = await receive()
            except TimeoutError:
                raise _NotTaken(_TOO_SLOW) from None
            is_whole = not message.get("more_body", False)
            if is_whole:
                await self._must_still_be_let_in(connection, place, began)
            return message

        return receiving

    def _as_used(
        self, connection: HTTPConnection, _: Place, receive: Receive, began: float
    ) -> Receive:
        """What is sent through a window is use, but for what a browser sends by itself as soon as it is connected.

        A window that loses its connection and has it back keeps no session alive, however often. What one person sends
        beyond all measure waits, however many windows it comes through: everybody's messages are read one by one.
        """
        token, who = self._home.session_token(connection.cookies), signed_in(connection)
        said, noted = 0, float("-inf")

        async def receiving() -> Message:
            nonlocal said, noted
            message, now = await receive(), monotonic()
            said += message["type"] == "websocket.receive"
            if who is not None:
                sent = message.get("bytes") or (message.get("text") or "").encode()
                await sleep(self._flow.wait(who.person_id, len(sent)))
            by_somebody = said > 1 or (said == 1 and now - began > _BY_THE_BROWSER)
            if token and by_somebody and now - noted >= _NOTED_EVERY:
                noted = now
                await run_in_threadpool(self._sessions.look_up, token)
            return message

        return receiving

    def _at_the_door(self, connection: HTTPConnection, place: Place) -> Refusal | None:
        """What can be refused without knowing who is there."""
        scope = connection.scope
        socket = scope["type"] == "websocket"
        # No page of ours asks for a NUL, and a server's store takes none: it would be done and not put down.
        if not is_plain(scope["path"]) or b"\0" in unquote_to_bytes(scope["query_string"]):
            return Refusal(HTTPStatus.BAD_REQUEST, "This address is not written as ours are.")
        if any(len(connection.headers.getlist(name)) > 1 for name in _SAID_ONCE):
            return Refusal(HTTPStatus.BAD_REQUEST, "This was sent in a way that no browser sends.")
        host = connection.headers.get("host", "").lower()
        if host not in self._home.hosts and not place.by_number:
            where = f"This service is at {self._home.base_url}."
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, where)
        if (socket and not place.sockets) or (not socket and scope["method"] not in place.methods):
            return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Nothing can be sent to this address.")
        if place.programs:
            is_safe = "origin" not in connection.headers
        else:
            is_safe = (not socket and scope["method"] in READ) or self._from_our_own_page(
                connection
            )
        if not is_safe:
            return Refusal(
                HTTPStatus.FORBIDDEN,
                "This came from another site and was not carried out. "
                "Open the page here and try again.",
            )
        return None

    def _put_down(self, who: SignedIn | None, place: Place) -> None:
        """The place and never the address, which may hold what somebody typed."""
        person, what = who.person_id if who else None, place.prefix
        entry = SecurityEntry(SecurityKind.REFUSED, person, what=what)
        self._log.note(entry, once_in=_SAME_REFUSAL)

    def _from_our_own_page(self, connection: HTTPConnection) -> bool:
        """Every browser names the page's origin with these; a request without it is none of ours."""
        return connection.headers.get("origin", "").lower() in self._home.origins

    async def _who(self, connection: HTTPConnection, place: Place) -> SignedIn | None:
        token = self._home.session_token(connection.cookies)
        if token is None or place.programs or (place.roles is None and place.kept):
            return None
        look = self._sessions.glance if _is_unasked(connection) else self._sessions.look_up
        return await run_in_threadpool(look, token)

    def _answer(self, connection: HTTPConnection, refusal: Refusal) -> Response:
        scope = connection.scope
        page = scope["method"] in READ and "text/html" in connection.headers.get("accept", "")
        if refusal.status is HTTPStatus.UNAUTHORIZED and page and scope["method"] == "GET":
            query = scope["query_string"].decode("latin-1")
            wanted = quote(scope["path"]) + (f"?{query}" if query else "")
            return RedirectResponse(f"/sign-in?next={quote(wanted, safe='/')}", 303)
        if page or scope["method"] == "POST":
            return self._page(connection, refusal)
        return PlainTextResponse(refusal.sentence + "\n", refusal.status)


_TOO_SLOW: Final = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, "This came too slowly and was not carried out. Send it again."
)


def _is_unasked(connection: HTTPConnection) -> bool:
    """What an open page of the app asks by itself, such as for its connection back: no sign of anybody there."""
    scope = connection.scope
    return scope["type"] == "websocket" or str(scope["path"]).startswith(_BY_ITSELF)


def _not_admitted(connection: HTTPConnection, place: Place) -> Refusal | None:
    who = signed_in(connection)
    if place.admits(who):
        return None
    if who is None:
        return Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this.")
    if place.roles is NOBODY:
        return Refusal(HTTPStatus.NOT_FOUND, "There is no page here.")
    return Refusal(
        HTTPStatus.FORBIDDEN,
        "You are signed in, but this part of the service is not for your role. "
        "An administrator can say who may see it.",
    )
