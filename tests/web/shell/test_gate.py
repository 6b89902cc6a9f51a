"""The gate lets in who may come in, and nobody else, by no way round."""

import asyncio
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.web.shell import gate
from practice_alerts.web.shell.addresses import PLACES, START, place_of, safe_next
from practice_alerts.web.shell.gate import SIGNED_IN, AccessGate, Refusal, signed_in
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Flow
from tests.helpers.product.asgi_client import Asking

ORIGIN = "http://testserver"
PAGE = {"accept": "text/html,application/xhtml+xml"}


def person(*roles: str) -> SignedIn:
    return SignedIn("p1", "Somebody", frozenset(("lambeth", role) for role in roles))


@dataclass
class Sessions:
    """By token; `asked` counts the looks."""

    people: dict[str, SignedIn] = field(default_factory=dict)
    asked: int = 0
    glances: int = 0

    def look_up(self, session_token: str) -> SignedIn | None:
        self.asked += 1
        return self.people.get(session_token)

    def glance(self, session_token: str) -> SignedIn | None:
        self.glances += 1
        return self.people.get(session_token)

    def revoke(self, session_token: str) -> None:
        self.people.pop(session_token)


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await Request(scope, receive).body()
    who = signed_in(HTTPConnection(scope))
    name = who.name if who else "nobody"
    if scope["type"] == "websocket":
        socket = WebSocket(scope, receive, send)
        await socket.accept()
    else:
        await PlainTextResponse(f"inside: {name}")(scope, receive, send)


def refusal_page(_: HTTPConnection, refusal: Refusal) -> Response:
    return PlainTextResponse(f"page: {refusal.sentence}", refusal.status)


@dataclass
class Door:
    base_url: str = ORIGIN
    sessions: Sessions = field(default_factory=Sessions)

    def __post_init__(self) -> None:
        self.home = Home(self.base_url)
        self.sessions.people.update(
            iro=person("iro"), qa=person("qa_lead"), manager=person("iro_manager"), none=person()
        )
        self.gate = AccessGate(inside, self.home, self.sessions, refusal_page)

    def client(self, token: str | None = None) -> Asking:
        cookies = {self.home.cookie: token} if token else {}
        return Asking(self.gate, self.base_url, cookies)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.mark.parametrize(
    "path", ["/", "/lambeth/", "/sign-in", "/respond/abc", "/healthz", "/dates", "/static/look.css"]
)
def test_what_is_for_everyone_is_open_to_everyone(door: Door, path: str) -> None:
    assert door.client().get(path).text == "inside: nobody"


@pytest.mark.parametrize("path", ["/app", "/app/", "/app/x?y=1", "/log/", "/documents/7.docx"])
def test_a_page_asked_for_without_a_session_leads_to_signing_in_and_back(
    door: Door, path: str
) -> None:
    answer = door.client().get(path, headers=PAGE)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/sign-in?next=/")
    wanted = httpx.URL(where).params["next"]
    assert wanted == path
    assert safe_next(wanted) == path


@pytest.mark.parametrize("path", ["/app/_stcore/health", "/log/lambeth.json", "/documents/7.docx"])
def test_a_program_without_a_session_is_told_401(door: Door, path: str) -> None:
    assert door.client().get(path).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_the_app_without_a_session(door: Door, method: str) -> None:
    answer = door.client().request(
        method, "/app/_stcore/upload_file/a/b", headers={"origin": ORIGIN}
    )
    assert answer.status_code == 401


@pytest.mark.parametrize("token", ["iro", "qa", "manager", "none"])
def test_anybody_signed_in_comes_into_the_app(door: Door, token: str) -> None:
    assert door.client(token).get("/app/").text == "inside: Somebody"


@pytest.mark.parametrize(
    ("token", "status"), [("iro", 403), ("none", 403), ("qa", 200), ("manager", 200)]
)
def test_the_log_is_for_those_who_watch_quality(door: Door, token: str, status: int) -> None:
    client = door.client(token)
    assert client.get("/log/lambeth.json").status_code == status
    assert client.get("/log/", headers=PAGE).status_code == status


def test_a_cookie_that_opens_nothing_is_no_session(door: Door) -> None:
    assert door.client("made up").get("/app/").status_code == 401


def test_signing_out_elsewhere_is_noticed_at_the_next_request(door: Door) -> None:
    client = door.client("iro")
    assert client.get("/app/").status_code == 200
    door.sessions.revoke("iro")
    assert client.get("/app/").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-user": "p1"},
        {"practice_alerts.signed_in": "p1"},
        {"authorization": "Bearer iro"},
        {"x-original-url": "/"},
        {"x-http-method-override": "GET"},
    ],
)
def test_no_header_makes_anybody_somebody(door: Door, headers: dict[str, str]) -> None:
    assert door.client().get("/app/", headers=headers).status_code == 401


def test_what_is_the_same_for_everyone_asks_the_store_nothing(door: Door) -> None:
    door.client("iro").get("/lambeth/")
    door.client("iro").get("/static/look.css")
    assert door.sessions.asked == 0


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example", None]
)
@pytest.mark.parametrize("path", ["/sign-out", "/respond/abc", "/app/_stcore/upload_file/a/b"])
def test_what_another_site_sends_is_not_carried_out(
    door: Door, origin: str | None, path: str
) -> None:
    assert door.client("iro").post(path, headers={"origin": origin or ""}).status_code == 403


def test_what_our_own_page_sends_is_carried_out(door: Door) -> None:
    answer = door.client("iro").post("/respond/abc")
    assert answer.text == "inside: Somebody"


def test_a_websocket_from_our_own_page_with_a_session_is_accepted(door: Door) -> None:
    first = door.client("iro").websocket("/app/_stcore/stream", ORIGIN)
    assert first == "websocket.accept"


@pytest.mark.parametrize(
    ("token", "path", "origin"),
    [
        (None, "/app/_stcore/stream", ORIGIN),
        ("made up", "/app/_stcore/stream", ORIGIN),
        ("iro", "/app/_stcore/stream", "https://elsewhere.example"),
        ("iro", "/app/_stcore/stream", None),
        ("qa", "/log/lambeth", ORIGIN),
        ("iro", "/", ORIGIN),
        ("iro", "/sign-in", ORIGIN),
    ],
)
def test_any_other_websocket_is_refused_before_it_is_accepted(
    door: Door, token: str | None, path: str, origin: str | None
) -> None:
    assert door.client(token).websocket(path, origin) == "websocket.close"


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", ""])
def test_another_name_pointed_at_our_machine_gets_nothing(door: Door, host: str) -> None:
    client = door.client("iro")
    assert client.get("/app/", headers={"host": host}).status_code == 421
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("name", ["host", "origin", "authorization"])
def test_what_a_browser_says_once_is_not_said_twice(door: Door, name: str) -> None:
    headers = [(name, "testserver"), (name, "elsewhere.example")]
    assert door.client("iro").get("/", headers=headers).status_code == 400
    assert door.client("iro").get("/", headers=headers[::-1]).status_code == 400
    assert door.client("iro").get("/", headers=[("host", "testserver")]).status_code == 200


def test_on_ones_own_machine_every_name_of_it_will_do() -> None:
    door = Door("http://localhost:8000")
    for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000"):
        headers = {"host": host, "origin": f"http://{host}"}
        assert door.client("iro").post("/sign-out", headers=headers).status_code == 200
    assert door.client().get("/", headers={"host": "localhost:9000"}).status_code == 421


def test_over_https_the_cookie_must_be_the_one_no_neighbour_can_plant() -> None:
    door = Door("https://alerts.example")
    assert door.home.cookie.startswith("__Host-")
    client = door.client()
    client.cookies.set("practice_alerts", "iro", "alerts.example")
    assert client.get("/app/").status_code == 401
    assert door.client("iro").get("/app/").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/log/lambeth", "/static/look.css", "/healthz"])
def test_what_is_only_read_takes_nothing(door: Door, method: str, path: str) -> None:
    answer = door.client("qa").request(method, path, headers={"origin": ORIGIN})
    assert answer.status_code == 405


def status_of(door: Door, path: str, raw: bytes | None = None) -> int:
    """Ask the gate without a client, which would tidy the path up first."""
    statuses: list[int] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": raw or path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    asyncio.run(door.gate(scope, receive, send))
    return statuses[0]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app/",
        "/./app/",
        "//app/",
        "/x//app/",
        "/static/..",
        "/\\app/",
        "/app\\..\\",
        "/app/\x00",
        "/app/\r\nset-cookie: x",
        "",
        "app/",
    ],
)
def test_an_address_that_could_be_read_two_ways_is_refused(door: Door, path: str) -> None:
    assert status_of(door, path) == 400


@pytest.mark.parametrize(
    ("path", "raw"), [("/app/", b"/%61pp/"), ("/log/lambeth", b"/lo%67/lambeth"), ("/app", b"/app")]
)
def test_an_address_is_judged_as_it_is_routed(door: Door, path: str, raw: bytes) -> None:
    assert status_of(door, path, raw) == 401


@pytest.mark.parametrize("path", ["/application", "/logs/", "/app.html", "/documents.html"])
def test_a_page_of_the_guide_may_begin_like_a_private_address(path: str) -> None:
    assert place_of(path).prefix == "/"


def test_each_place_holds_itself_and_what_lies_under_it() -> None:
    for place in PLACES:
        below = "/anything" if place.pages else "/anything/deeper"
        assert place_of(f"{place.prefix.rstrip('/')}{below}") is place
        if place.prefix != "/app":  # the bare word leads to the app's first page
            assert place_of(place.prefix) is place


@pytest.mark.parametrize(
    "wanted",
    ["/app/", "/app/alert?alert=LAM-2026-0042", "/log/lambeth/alerts?_facet=stage", "/respond/abc"],
)
def test_the_way_back_is_kept_when_it_is_ours(wanted: str) -> None:
    assert safe_next(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/app/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/app/\\..\\x",
        "/app/../sign-out",
        "javascript:alert(1)",
        "/sign-out",
        "/sign-in/token",
        "/",
        "/app/\r\nlocation: https://elsewhere.example",
        "app/",
        "http:/app/",
        "http:///app/",
        " /app/",
        "/app/" + "x" * 500,
        "//[",
    ],
)
def test_the_way_back_never_leads_elsewhere(wanted: str | None) -> None:
    assert safe_next(wanted) == START


@pytest.mark.parametrize(
    ("sent_after", "noted"),
    [
        ((), 0),
        ((0.5,), 0),  # a window asks for its page, also each time it has its connection back
        ((0.5, 300), 1),
        ((300,), 1),  # it had been drawn before: somebody pressed something
        ((0.5, 10, 15, 20, 30), 2),
    ],
)
def test_what_is_sent_through_a_window_keeps_a_session_and_its_coming_back_does_not(
    door: Door, monkeypatch: pytest.MonkeyPatch, sent_after: tuple[float, ...], noted: int
) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(gate, "monotonic", lambda: clock[0])
    connection = HTTPConnection({"type": "websocket", "path": "/app/_stcore/stream", "headers": []})
    monkeypatch.setattr(type(door.home), "session_token", lambda *_: "iro")
    coming = iter(sent_after)

    async def receive() -> Message:
        clock[0] = 1_000.0 + next(coming)
        return {"type": "websocket.receive", "bytes": b""}

    async def follow() -> None:
        receiving = door.gate._as_used(connection, place_of("/app/"), receive, 1_000.0)
        for _ in sent_after:
            await receiving()

    asyncio.run(follow())
    assert door.sessions.asked == noted


def test_what_one_person_sends_beyond_measure_waits_and_nobody_elses_does(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(gate, "sleep", wait)

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b"x" * 4_000_000}

    def window(token: str) -> Receive:
        scope = {
            "type": "websocket",
            "path": "/app/_stcore/stream",
            "headers": [],
            SIGNED_IN: door.sessions.people[token],
        }
        return door.gate._as_used(HTTPConnection(scope), place_of("/app/"), receive, 0.0)

    async def follow() -> None:
        for each in [window("iro"), window("iro"), window("iro"), window("qa_other")]:
            await each()

    door.sessions.people["qa_other"] = SignedIn("p2", "Another", frozenset({("merton", "qa_lead")}))
    asyncio.run(follow())
    assert waited[:2] == [0, 0]
    assert 6 < waited[2] <= 8
    assert waited[3] == 0


def test_what_was_above_the_measure_is_forgotten_as_time_goes_by() -> None:
    now = [0.0]
    flow = Flow(10, 100, lambda: now[0], keys=2)
    assert [flow.wait("a", 60) for _ in range(3)] == [0, 2, 8]
    now[0] = 13
    assert flow.wait("a", 50) == 0
    assert [flow.wait(one, 1) for one in "bc"] == [0, 0]
    assert flow.wait("a", 100) == 0, "forgotten for those who came later"


@dataclass
class Sending:
    """A form that comes in parts; before each, something happens elsewhere, and time goes by."""

    door: Door
    parts: list[tuple[float, Callable[[], object], Message]]
    sent: list[Message] = field(default_factory=list)

    def carried_out(
        self, monkeypatch: pytest.MonkeyPatch, token: str, path: str = "/sessions"
    ) -> str:
        now, left = [0.0], iter(self.parts)

        async def receive() -> Message:
            later, do, message = next(left)
            now[0] += later
            do()
            return message

        async def send(message: Message) -> None:
            self.sent.append(message)

        monkeypatch.setattr(gate, "monotonic", lambda: now[0])
        said = {
            "origin": ORIGIN,
            "host": "testserver",
            "cookie": f"{self.door.home.cookie}={token}",
        }
        scope = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in said.items()], "scheme": "http",
        }  # fmt: skip
        asyncio.run(self.door.gate(scope, receive, send))
        status = next(one["status"] for one in self.sent if one["type"] == "http.response.start")
        body = b"".join(one.get("body", b"") for one in self.sent)
        return f"{status} {body.decode()}"


def part(*, more: bool = False) -> Message:
    return {"type": "http.request", "body": b"a=1&", "more_body": more}


def nothing() -> None:
    pass


def test_what_comes_slowly_is_carried_out(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    form = Sending(door, [(0, nothing, part(more=True)), (299, nothing, part())])
    assert form.carried_out(monkeypatch, "iro") == "200 inside: Somebody"


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_whoever_was_signed_out_meanwhile_has_sent_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    before = [(1.0, nothing, part(more=True))] * (parts - 1)
    form = Sending(door, [*before, (2.0, lambda: door.sessions.revoke("iro"), part())])
    said = form.carried_out(monkeypatch, "iro")
    assert said.startswith("401 page: Sign in")
    assert "inside" not in said


def test_whoever_lost_the_post_meanwhile_has_sent_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved() -> None:
        door.sessions.people["qa"] = person("iro")

    form = Sending(door, [(0, nothing, part(more=True)), (2, moved, part())])
    assert form.carried_out(monkeypatch, "qa", "/reports/lambeth").startswith("403 page: You are")


def test_what_never_comes_whole_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_SENT_WITHIN", 0.01)

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    sent = []

    async def send(message: Message) -> None:
        sent.append(message)

    said = {"origin": ORIGIN, "host": "testserver", "cookie": f"{door.home.cookie}=iro"}
    scope = {
        "type": "http", "method": "POST", "path": "/sessions", "query_string": b"", "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in said.items()],
    }  # fmt: skip
    asyncio.run(door.gate(scope, never, send))
    assert sent[0]["status"] == 408


def test_what_is_asked_for_may_take_as_long_as_it_takes(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is read has no body; that its reader has gone is heard at any time."""
    gone = []

    async def long_page(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        gone.append((await receive())["type"])
        await send({"type": "http.response.body", "body": b""})

    door.gate = AccessGate(long_page, door.home, door.sessions, refusal_page)
    monkeypatch.setattr(gate, "_SENT_WITHIN", -1.0)
    door.client("iro").get("/dates")
    assert gone == ["http.request"]


async def status(door: Door, method: str, path: str, receive: Receive) -> int:
    found: list[int] = []

    async def send(message: Message) -> None:
        found.append(message.get("status", 0))

    said = {"origin": ORIGIN, "host": "testserver", "cookie": f"{door.home.cookie}=iro"}
    headers = [(name.encode(), value.encode()) for name, value in said.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http"}
    await door.gate({**scope, "headers": headers}, receive, send)
    return found[0]


@pytest.mark.parametrize(("method", "path"), [("POST", "/sessions"), ("GET", "/documents/7.docx")])
def test_whoever_was_signed_out_while_they_waited_for_their_own_turn_is_let_in_no_more(
    door: Door, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    """Six of one's own requests hold the turns; the seventh has had its session looked up already."""
    now, look_up = [0.0], door.sessions.look_up
    monkeypatch.setattr(gate, "monotonic", lambda: now[0])

    async def story() -> list[int]:
        whole, looked, loop = asyncio.Event(), asyncio.Semaphore(0), asyncio.get_running_loop()

        def looked_up(token: str) -> SignedIn | None:
            loop.call_soon_threadsafe(looked.release)
            return look_up(token)

        async def receive() -> Message:
            await whole.wait()
            return part()

        monkeypatch.setattr(door.sessions, "look_up", looked_up)
        every = [*[("POST", "/sessions")] * 6, (method, path)]
        asked = [asyncio.create_task(status(door, *one, receive)) for one in every]
        for _ in asked:
            await looked.acquire()
        now[0] = 1.5
        door.sessions.revoke("iro")
        whole.set()
        return await asyncio.gather(*asked)

    assert asyncio.run(story()) == [401] * 7
