"""The calendar's address as calendar programs, the curious and the log see it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.web.pages.calendar_feed import CalendarPages
from practice_alerts.web.shell.addresses import EVERYONE, GUIDE, place_of
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.headers import Headers, policies
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.fixture
def visitor(desk: Desk) -> Asking:
    pages = PlainPages(sample=False)
    limits = (Limiter(5, 60.0, lambda: 0.0), Limiter(20, 60.0, lambda: 0.0))
    home = Home("http://testserver")
    app = Starlette(
        routes=CalendarPages(desk.office, pages, *limits).routes(),
        middleware=[
            Middleware(Headers, home, policies("")),
            Middleware(Bugs, pages.bug),
            Middleware(AccessGate, home, desk.office.sign_in, pages.refusal),
        ],
        exception_handlers={404: pages.http_error},
    )
    return Asking(app, "http://testserver")


def path(desk: Desk, who: str) -> str:
    return calendar_feed.make(desk.office, who).removeprefix(desk.office.settings.base_url)


def test_a_calendar_program_gets_the_dates_without_signing_in(desk: Desk, visitor: Asking) -> None:
    reference = desk.raised("stage-1").alert.reference
    answer = visitor.get(path(desk, "iro"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    assert f"SUMMARY:{reference}: answer due" in answer.text
    assert visitor.request("HEAD", path(desk, "iro")).status_code == 200


def test_the_gate_lets_everybody_to_it_and_to_nothing_but_reading() -> None:
    place = place_of("/calendar/x.ics")
    assert place is not GUIDE
    assert place.roles is EVERYONE
    assert not place.kept
    assert "POST" not in place.methods


def test_taken_back_made_up_or_left_behind_it_is_answered_in_the_same_words(
    desk: Desk, visitor: Asking
) -> None:
    taken_back, left_behind = path(desk, "iro"), path(desk, "manager")
    calendar_feed.revoke(desk.office, "iro")
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "manager", desk.office.now())
    made_up = "/calendar/" + "x" * 43 + ".ics"
    answers = [visitor.get(one) for one in (taken_back, left_behind, made_up, "/calendar/é.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "There is no calendar at this address." in answers[0].text


def test_asking_too_often_has_to_wait_whether_it_is_there_or_not(
    desk: Desk, visitor: Asking
) -> None:
    there, made_up = path(desk, "iro"), "/calendar/made-up.ics"
    for one in (there, made_up):
        first = [visitor.get(one).status_code for _ in range(5)]
        assert first == [200 if one == there else 404] * 5
    refused = [visitor.get(one) for one in (there, made_up)]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert refused[0].content == refused[1].content
    assert refused[0].headers["retry-after"] == "3600"


def test_nobody_can_try_many_addresses_from_one_place(desk: Desk, visitor: Asking) -> None:
    tries = [visitor.get(f"/calendar/{number}.ics").status_code for number in range(25)]
    assert tries == [404] * 20 + [429] * 5


def test_the_address_stands_in_no_line_of_the_log(
    desk: Desk, visitor: Asking, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("a bug")

    address = path(desk, "iro")
    monkeypatch.setattr(calendar_feed, "read", broken)
    with caplog.at_level(logging.DEBUG):
        assert visitor.get(address).status_code == 500
    said = caplog.text.replace("httpx", "")
    lines = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert any(record.name == "practice_alerts.bugs" for record in lines)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert not any(token in record.getMessage() for record in lines), said
