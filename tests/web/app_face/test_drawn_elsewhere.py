"""The app where other processes draw it, as the gate leads to it: none of them there for a moment is no error yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from starlette.types import Message, Scope

from practice_alerts.adapters.drawing.drawing_processes import NobodyDraws, Relayed
from practice_alerts.web.app_face import drawn_elsewhere
from practice_alerts.web.app_face.drawn_elsewhere import HAND_OVER, DrawnElsewhere

ANSWER = Relayed(200, [("Content-Type", "text/plain"), ("Connection", "close")], b"ok")


@dataclass
class Draws:
    """Away for so many tries."""

    away: int
    given: list[tuple[object, ...]] = field(default_factory=list)

    def at_work(self) -> tuple[int, int]:
        return int(self.away <= 0), 1

    def hand(self, *given: object) -> bool:
        self.given.append(given)
        self.away -= 1
        return self.away < 0

    def ask(self, *asked: object) -> Relayed:
        self.given.append(asked)
        self.away -= 1
        if self.away >= 0:
            raise NobodyDraws
        return ANSWER


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_elsewhere, "_AGAIN", 0.001)


def answered(draws: Draws, scope: Scope) -> list[Message]:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(DrawnElsewhere(draws)(scope, receive, send))
    return said


def asks() -> Scope:
    headers = [(b"host", b"x"), (b"cookie", b"a=b"), (b"connection", b"keep-alive")]
    where = {"path": "/app/media/x", "raw_path": b"/app/media/x", "query_string": b"y=z"}
    return {"type": "http", "method": "GET", "headers": headers, **where}


def opens(hand_over: Callable[[Callable[[int, bytes], bool]], bool]) -> Scope:
    return {"type": "websocket", "headers": [], "extensions": {HAND_OVER: hand_over}}


def test_what_is_asked_while_one_is_begun_again_waits_for_it() -> None:
    draws = Draws(away=3)
    begin, body = answered(draws, asks())
    assert (begin["status"], body["body"]) == (200, b"ok")
    assert begin["headers"] == [(b"content-length", b"2"), (b"content-type", b"text/plain")]
    # and nothing that is of one connection alone
    assert draws.given[-1][1:] == ("GET", "/app/media/x?y=z", [("host", "x"), ("cookie", "a=b")])


def test_a_connection_waits_as_well_and_is_given_once() -> None:
    given: list[bool] = []

    def hand_over(give: Callable[[int, bytes], bool]) -> bool:
        given.append(give(7, b"GET / HTTP/1.1"))
        return given[-1]

    assert answered(Draws(away=2), opens(hand_over)) == []
    assert given == [False, False, True]


def test_where_nobody_draws_for_long_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_elsewhere, "_PATIENCE", 0.02)
    begin, body = answered(Draws(away=10_000), asks())
    assert (begin["status"], body["body"][-30:]) == (503, b"again. Try again in a moment.\n")
    assert (b"retry-after", b"5") in begin["headers"]
    closed = answered(Draws(away=10_000), opens(lambda give: give(7, b"")))
    assert [one["type"] for one in closed] == ["websocket.close"]
