"""A process that draws the app holds back what one person sends beyond measure, as the one that answers does."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.web import application
from practice_alerts.web.application import build_app_alone
from practice_alerts.web.shell import gate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.office import Desk, open_desk

A_MESSAGE = 4_000_000


class Face:
    """What Streamlit would be: it reads whatever comes through a window."""

    def lifespan(self, _: object) -> Any:
        return nullcontext()

    async def __call__(self, _: Any, receive: Any, __: Any) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "data")


def test_it_holds_back_whoever_sends_beyond_measure_through_however_many_windows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    def face(*_: object) -> Face:
        return Face()

    monkeypatch.setattr(gate, "sleep", wait)
    monkeypatch.setattr(application, "app_face", face)
    office, home = desk.office, Home(desk.office.settings.base_url)
    app = build_app_alone(Path("app.py"), PlainPages(sample=False), office.sign_in, home)
    windows = [_window(home, _token(desk, who), 2) for who in ("iro", "iro", "manager")]
    for scope, receive in windows:
        asyncio.run(app(scope, receive, _sent))
    of_each = [waited[begin : begin + 2] for begin in (0, 3, 6)]
    assert of_each[0] == [0, 0]
    assert 6 < of_each[1][0] <= 8
    assert of_each[1][0] < of_each[1][1] <= 16
    assert of_each[2] == [0, 0], "nobody else waits"


def _token(desk: Desk, who: str) -> str:
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


def _window(home: Home, token: str, messages: int) -> tuple[dict[str, Any], Callable[[], Any]]:
    host = home.base_url.partition("//")[2]
    scope = {
        "type": "websocket",
        "path": "/app/_stcore/stream",
        "raw_path": b"/app/_stcore/stream",
        "root_path": "",
        "scheme": "ws",
        "query_string": b"",
        "subprotocols": [],
        "headers": [
            (b"host", host.encode()),
            (b"origin", home.base_url.encode()),
            (b"cookie", f"{home.cookie}={token}".encode()),
        ],
    }
    come = deque([{"type": "websocket.receive", "bytes": b"x" * A_MESSAGE}] * messages)

    async def receive() -> dict[str, Any]:
        return come.popleft() if come else {"type": "websocket.disconnect", "code": 1000}

    return scope, receive


async def _sent(message: Any) -> None:
    assert message["type"] != "websocket.close", "the gate lets them in"
