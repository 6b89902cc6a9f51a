"""A silent mail server, and whatever one person asks for that takes long, take no thread from everybody's pages."""

import asyncio
import threading
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.web.pages.documents import DocumentPages
from practice_alerts.web.shell import own_threads
from practice_alerts.web.shell.gate import AccessGate, Refusal
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.own_threads import in_own_threads, made_apart


async def _begun(begun: asyncio.Queue[str], times: int) -> None:
    for _ in range(times):
        await asyncio.wait_for(begun.get(), 30)


def test_sixty_who_wait_for_a_silent_mail_server_keep_no_page_waiting() -> None:
    silent = threading.Event()
    holding: list[str] = []

    async def morning() -> str:
        begun: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def send(mail: str) -> None:
            holding.append(mail)
            loop.call_soon_threadsafe(begun.put_nowait, mail)
            silent.wait(60)

        send_link = in_own_threads(send, 4)
        links = [BackgroundTask(send_link, f"{n}@x.invalid") for n in range(60)]
        asked = [asyncio.create_task(link()) for link in links]
        await _begun(begun, 4)
        answered = await asyncio.wait_for(run_in_threadpool(lambda: "an answer page"), 30)
        assert len(holding) == 4
        silent.set()
        await asyncio.gather(*asked)
        return answered

    assert asyncio.run(morning()) == "an answer page"
    assert len(holding) == 60


def test_what_waits_has_an_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(own_threads, "_MOST_WAITING", 3)
    begun: list[int] = []

    async def crowd() -> None:
        run = in_own_threads(begun.append)
        await asyncio.gather(*(run(n) for n in range(10)))

    asyncio.run(crowd())
    assert len(begun) == 4
    assert "Too much waits" in caplog.text


def test_every_document_is_made_apart() -> None:
    """One may be five seconds in the making, on the screen too."""
    pages = DocumentPages(office=None, pages=None)  # type: ignore[arg-type] # nothing is asked of them
    routes = [one for one in pages.routes() if isinstance(one, Route)]
    assert len(routes) == 7
    assert {one.endpoint.__qualname__ for one in routes} == {"made_apart.<locals>.run"}


class Slow:
    """A page in a thread that is there once it is let go, behind the gate, as two people ask for it."""

    def __init__(self, *, apart: bool) -> None:
        self.go, self.waits = threading.Event(), threading.Semaphore(0)
        page = made_apart(self._page) if apart else self._page
        routes = [Route("/documents/slow", page), Route("/documents/quick", _quick)]
        sessions: Any = SimpleNamespace(look_up=_person, glance=_person)
        self.home = Home("http://localhost:8000")
        self.app = AccessGate(Starlette(routes=routes), self.home, sessions, _refused)

    def _page(self, _: Request) -> Response:
        self.waits.release()
        self.go.wait(60)
        return PlainTextResponse("made")

    def as_(self, who: str) -> httpx.AsyncClient:
        cookies = {self.home.cookie: who}
        to = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=to, base_url=self.home.base_url, cookies=cookies)

    async def asked_for(self, wanted: Mapping[str, int], begun: int) -> list[int]:
        """What each person's requests were answered with, once so many of them had begun and a colleague had a page."""
        each = [who for who, times in wanted.items() for _ in range(times)]
        waiting = [asyncio.create_task(self.as_(who).get("/documents/slow")) for who in each]
        for _ in range(begun):
            await asyncio.to_thread(self.waits.acquire, timeout=30)
        quick = await asyncio.wait_for(self.as_("colleague").get("/documents/quick"), 30)
        assert quick.text == "quick"
        assert not self.waits.acquire(blocking=False)
        self.go.set()
        return sorted(answer.status_code for answer in await asyncio.gather(*waiting))


def _quick(_: Request) -> Response:
    return PlainTextResponse("quick")


def _person(token: str) -> SignedIn:
    return SignedIn(token, token, frozenset({("lambeth", "iro")}))


def _refused(_: HTTPConnection, refusal: Refusal) -> Response:
    return PlainTextResponse(refusal.sentence, refusal.status)


@pytest.mark.parametrize(
    ("apart", "wanted", "begun", "answered"),
    [
        # All threads there are could be taken by one; what is too much is told so.
        (False, {"one": 45}, 6, [200] * 45),
        (False, {"one": 90}, 6, [200] * 66 + [429] * 24),
        # What takes long to make, by many at once.
        (True, {f"p{number}": 2 for number in range(30)}, 3, [200] * 60),
        (True, {"one": 10}, 1, [200] * 10),
    ],
)
def test_whoever_asks_for_much_that_takes_long_keeps_nobody_else_waiting(
    apart: bool, wanted: Mapping[str, int], begun: int, answered: list[int]
) -> None:
    slow = Slow(apart=apart)
    assert asyncio.run(slow.asked_for(wanted, begun)) == answered


class Windows:
    """Of the app, behind the gate, which stay open until they are told that they are gone."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        sessions: Any = SimpleNamespace(look_up=_person, glance=_person)
        self.home = Home("http://localhost:8000")
        self.gate = AccessGate(self._window, self.home, sessions, _refused)

    async def _window(self, _: Scope, __: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await self.gone.wait()

    def opened(self, who: str) -> tuple[asyncio.Task[None], asyncio.Queue[str]]:
        """The window, and what it is told."""
        told: asyncio.Queue[str] = asyncio.Queue()

        async def send(message: Message) -> None:
            told.put_nowait(message["type"])

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        named = {"host": "localhost:8000", "origin": self.home.base_url}
        named["cookie"] = f"{self.home.cookie}={who}"
        headers = [(name.encode(), said.encode()) for name, said in named.items()]
        where = {"path": "/app/_stcore/stream", "query_string": b""}
        scope = {"type": "websocket", **where, "headers": headers}
        return asyncio.create_task(self.gate(scope, receive, send)), told


def test_one_person_has_so_many_windows_open_and_no_more() -> None:
    async def morning() -> tuple[set[str], str, str, str]:
        windows = Windows()
        first = [windows.opened("one") for _ in range(50)]
        open_ = {await told.get() for _, told in first}
        further = await windows.opened("one")[1].get()
        others = await windows.opened("colleague")[1].get()
        windows.gone.set()
        await asyncio.gather(*(window for window, _ in first))
        return open_, further, others, await windows.opened("one")[1].get()

    accept, close = "websocket.accept", "websocket.close"
    assert asyncio.run(morning()) == ({accept}, close, accept, accept)
