"""The page of one's own sessions, and what keeps one alive at the door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.domain.errors import NotANumber
from practice_alerts.office import Settings
from practice_alerts.web.pages.sessions import SessionPages
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk
from tests.web.pages.test_sign_in import words

ORIGIN = "http://testserver"


async def _app(_: Request) -> Response:
    return PlainTextResponse("the work tray")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()


class Doors:
    """Signing in and the page of sessions on a real store, with something to see behind the gate."""

    def __init__(self, desk: Desk) -> None:
        self.desk, sign_in, home = desk, desk.office.sign_in, Home(ORIGIN)
        pages = PlainPages(sample=False)
        own = SignInPages(pages, sign_in, home, lambda _mail, _path: None).routes()
        self.app = Starlette(
            routes=[
                *own,
                *SessionPages(pages, sign_in, home).routes(),
                Route("/app/_stcore/health", _app),
                WebSocketRoute("/app/_stcore/stream", _socket),
                Route("/app/", _app),
            ],
            middleware=[Middleware(AccessGate, home, sign_in, pages.refusal)],
        )

    def signed_in(self, who: str) -> Asking:
        browser = Asking(self.app, ORIGIN)
        token = self.desk.office.sign_in.issue_link(who)
        assert browser.post("/sign-in/use", {"token": token}).status_code == 303
        return browser

    def later(self, minutes: int) -> None:
        self.desk.clock[0] += timedelta(minutes=minutes)


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    desk = open_desk(tmp_path / "data")
    yield Doors(desk)
    desk.office.database.close()


def handles(browser: Asking) -> list[str]:
    return re.findall(r'name="session" value="(\w+)"', browser.get("/sessions").text)


def is_in(browser: Asking) -> bool:
    return browser.get("/app/_stcore/health").status_code == 200


def test_each_of_mine_is_listed_and_nobody_elses(doors: Doors) -> None:
    first = doors.signed_in("iro")
    doors.later(5)
    second, _ = doors.signed_in("iro"), doors.signed_in("other_iro")
    page = words(second.get("/sessions"))
    assert page.count("Since Monday 2 June 2025, 09:0") == 2
    assert "09:05; unless it is used, it ends on Monday 2 June 2025, 10:05 (this browser)" in page
    assert len(handles(first)) == len(handles(second)) == 1


def test_ending_one_leaves_the_others(doors: Doors) -> None:
    here, lost, colleague = (doors.signed_in(who) for who in ("iro", "iro", "other_iro"))
    answer = here.post("/sessions", {"session": handles(here)[0]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sessions")
    assert [is_in(one) for one in (here, lost, colleague)] == [True, False, True]


def test_nobody_ends_a_colleagues(doors: Doors) -> None:
    here, colleague, theirs = (doors.signed_in(who) for who in ("iro", "other_iro", "other_iro"))
    for handle in handles(colleague):
        assert here.post("/sessions", {"session": handle}).status_code == 303
    assert is_in(colleague)
    assert is_in(theirs)


def test_signing_out_everywhere_ends_all_of_mine_and_my_calendar(doors: Doors) -> None:
    here, lost, colleague = (doors.signed_in(who) for who in ("iro", "iro", "other_iro"))
    office = doors.desk.office
    token = calendar_feed.make(office, "iro").rpartition("/")[2].removesuffix(".ics")
    link = office.sign_in.issue_link("iro")
    answer = here.post("/sessions", {"everywhere": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-out")
    assert 'practice_alerts=""' in answer.headers["set-cookie"]
    assert [is_in(one) for one in (here, lost, colleague)] == [False, False, True]
    assert calendar_feed.read(office, token) is None
    assert office.sign_in.owner(link) is None


@pytest.mark.parametrize("origin", ["", "https://elsewhere.example", "null"])
def test_another_site_ends_nothing(doors: Doors, origin: str) -> None:
    here = doors.signed_in("iro")
    refused = here.post("/sessions", {"everywhere": "yes"}, {"origin": origin})
    assert refused.status_code == 403
    assert is_in(here)


def test_without_a_session_there_is_no_such_page(doors: Doors) -> None:
    stranger = Asking(doors.app, ORIGIN)
    assert stranger.get("/sessions").status_code == 401
    assert stranger.post("/sessions", {"everywhere": "yes"}).status_code == 401
    page = stranger.get("/sessions", {"accept": "text/html"})
    assert page.headers["location"] == "/sign-in?next=/sessions"


# ------------------------------------------------------------------------------- what keeps one alive


def test_a_page_asked_for_keeps_a_session_and_what_a_page_asks_by_itself_does_not(
    doors: Doors,
) -> None:
    busy, idle = doors.signed_in("iro"), doors.signed_in("iro")
    for _ in range(2):
        doors.later(29)
        assert busy.get("/app/").status_code == 200
        assert is_in(idle)
        assert idle.websocket("/app/_stcore/stream", ORIGIN) == "websocket.accept"
    doors.later(2)
    assert busy.get("/app/").status_code == 200
    assert not is_in(idle)
    assert idle.get("/app/").status_code == 401
    assert idle.websocket("/app/_stcore/stream", ORIGIN) == "websocket.close"


@pytest.mark.parametrize("name", ["IDLE_MINUTES", "SESSION_HOURS"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "", "1.5", "721", "9" * 5000, "²"])
def test_a_limit_that_is_none_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(NotANumber, match=f"PRACTICE_ALERTS_{name} is .*: give a whole number"):
        Settings.read({f"PRACTICE_ALERTS_{name}": value})


def test_the_limits_are_settings() -> None:
    read = Settings.read(
        {"PRACTICE_ALERTS_IDLE_MINUTES": "15", "PRACTICE_ALERTS_SESSION_HOURS": "8"}
    )
    limits = read.session_limits
    assert (limits.idle, limits.whole) == (timedelta(minutes=15), timedelta(hours=8))
