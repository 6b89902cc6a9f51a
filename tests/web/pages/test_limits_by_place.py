"""How often one may try, by mailbox and by place: nobody is stopped by what others do at their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from practice_alerts.adapters.store.core.seals import SealPlace, place
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.web.pages.calendar_feed import CalendarPages
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Limiter
from practice_alerts.web.shell.visitor import UNKNOWN, place_of_visitor
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES
from tests.web.pages.test_sign_in import Front

COUNCIL = "203.0.113.7"
HERE = "http://localhost:8000"
HOME = "198.51.100.8"


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def ask(front: Front, mail: str, place: str = COUNCIL) -> int:
    browser = Asking(front.app, front.base_url, client=(place, 40000))
    return browser.post("/sign-in", {"email": mail}).status_code


def test_a_hundred_wrong_tries_stop_no_colleague_at_the_same_place(front: Front) -> None:
    wrong = [ask(front, "x") for _ in range(25)]
    assert wrong == [422] * 20 + [429] * 5
    assert ask(front, "colleague@council.example") == 303
    assert front.sent == [("colleague@council.example", "/app/")]
    front.clock.ticks += 601
    assert ask(front, "x") == 422


def test_nor_do_a_thousand_addresses_that_nobody_has(front: Front) -> None:
    for number in range(300):
        assert ask(front, f"{number}@council.example") == 303
    assert ask(front, "colleague@council.example") == 303
    assert front.sent[-1] == ("colleague@council.example", "/app/")


@pytest.mark.parametrize("engine", ENGINES)
def test_nor_is_anything_sealed_for_an_address_that_nobody_has(tmp_path: Path, engine: str) -> None:
    """A seal stays for ever, and anybody may ask."""
    desk = open_desk(tmp_path / "data", engine=engine)
    office = desk.office
    pages = SignInPages(PlainPages(sample=False), office.sign_in, Home(HERE), lambda *_: None)
    app = Starlette(routes=pages.routes())

    def seals_and_rows() -> tuple[SealPlace | None, dict[str, int]]:
        with office.database.reading() as tx:
            return place(tx), office.database.counts(tx)

    before = seals_and_rows()
    for number in range(20):
        asking = Asking(app, HERE, client=(COUNCIL, 40000))
        answer = asking.post("/sign-in", {"email": f"{number}@nobody.example"})
        assert answer.status_code == 303
    assert seals_and_rows() == before
    office.database.close()


def test_one_mailbox_at_one_place_gets_three_letters_and_its_owner_elsewhere_theirs(
    front: Front,
) -> None:
    for _ in range(10):
        assert ask(front, "ros@council.example", HOME) == 303
    assert len(front.sent) == 3
    assert ask(front, "ros@council.example", COUNCIL) == 303
    assert len(front.sent) == 4


def test_from_everywhere_together_nobody_fills_a_mailbox(front: Front) -> None:
    for number in range(100):
        assert ask(front, "ros@council.example", f"198.51.100.{number}") == 303
    assert len(front.sent) == 6
    front.clock.ticks += 901
    ask(front, "ros@council.example")
    assert len(front.sent) == 7


def test_whoever_has_a_link_is_never_counted(front: Front) -> None:
    for _ in range(30):
        ask(front, "x")
    browser = Asking(front.app, front.base_url, client=(COUNCIL, 40000))
    token = front.desk.issue_link("p1")
    assert browser.get(f"/sign-in/{token}").status_code == 200
    assert browser.post("/sign-in/use", {"token": token}).status_code == 303


def test_guessing_at_calendars_takes_nobodys_calendar_from_them(desk: Desk) -> None:
    pages = CalendarPages(
        desk.office,
        PlainPages(sample=False),
        Limiter(5, 60.0, lambda: 0.0),
        Limiter(20, 60.0, lambda: 0.0),
    )
    visitor = Asking(Starlette(routes=pages.routes()), desk.office.settings.base_url)
    theirs = calendar_feed.make(desk.office, "iro").removeprefix(desk.office.settings.base_url)
    tries = [visitor.get(f"/calendar/{number}.ics").status_code for number in range(25)]
    assert tries == [404] * 20 + [429] * 5
    assert visitor.get(theirs).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("made up", "also made up", True),
    ],
)
def test_a_place_is_an_address_and_for_ipv6_its_network(
    one: str, other: str, *, is_same: bool
) -> None:
    def place(host: str) -> str:
        scope = {"type": "http", "headers": [], "client": (host, 1)}
        return place_of_visitor(HTTPConnection(scope))

    assert (place(one) == place(other)) == is_same


def test_without_an_address_it_is_one_place() -> None:
    assert place_of_visitor(HTTPConnection({"type": "http", "headers": []})) == UNKNOWN
