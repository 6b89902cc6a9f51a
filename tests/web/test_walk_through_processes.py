"""The standing walk where other processes draw the app: the product as it is served, asked over the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from socket import create_connection
from urllib.parse import urlsplit

import httpx
import pytest
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from practice_alerts.office import Office
from tests.helpers.product.running_product import Served, free_port
from tests.helpers.product.two_councils import TwoCouncils, Visitor, open_two_councils
from tests.web.standing_walk import Place, places
from tests.web.test_standing_walk import FOREIGN, UNSAFE

STREAM = "/app/_stcore/stream"
ANSWERED_HERE = ("stranger", "iro", "merton-qa")
"""Whose requests for all else are asked as well: the same code answers them as in one process."""


@dataclass(frozen=True)
class Walk:
    two: TwoCouncils
    visitors: tuple[Visitor, ...]
    asking: httpx.Client

    def named(self, name: str) -> Visitor:
        return next(one for one in self.visitors if one.name == name)

    def cookie(self, who: Visitor) -> dict[str, str]:
        return {} if who.cookie is None else {"cookie": f"{self.two.home.cookie}={who.cookie}"}

    def ask(self, who: Visitor, method: str, address: str, **headers: str) -> httpx.Response:
        return self.asking.request(method, address, headers={**self.cookie(who), **headers})

    def opens(self, who: Visitor, path: str, origin: str | None) -> int:
        """With which status a websocket is answered."""
        given = Origin(origin) if origin is not None else None
        address = str(self.asking.base_url.join(path)).replace("http", "ws", 1)
        cookie = self.cookie(who)
        try:
            with connect(address, origin=given, additional_headers=cookie, proxy=None):
                return httpx.codes.SWITCHING_PROTOCOLS
        except InvalidStatus as refused:
            return refused.response.status_code


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    data = tmp_path_factory.mktemp("walk") / "data"
    two = open_two_councils(data)
    product = Served(data, options=("--processes", "3"), port=free_port())
    settings = replace(two.desk.office.settings, base_url=product.origin)
    two = replace(two, desk=replace(two.desk, office=replace(two.desk.office, settings=settings)))
    two.desk.clock[:] = [Office.now()]
    visitors = tuple(two.visitors())
    product.start()
    try:
        with httpx.Client(base_url=product.origin, trust_env=False, timeout=60) as asking:
            yield Walk(two, visitors, asking)
    finally:
        product.kill()
    two.desk.office.database.close()


def _of_the_app(two: TwoCouncils) -> list[Place]:
    return [place for place in places(two) if place.address.startswith("/app")]


def test_each_visitor_gets_at_each_address_what_the_table_says(walk: Walk) -> None:
    found = [
        (who.name, method, place.address, answer.status_code)
        for who in walk.visitors
        for place in places(walk.two)
        for method in ("GET", "HEAD")
        if place.address.startswith("/app") or (method == "GET" and who.name in ANSWERED_HERE)
        if (answer := walk.ask(who, method, place.address)).status_code not in place.gives(who)
    ]
    assert found == []


def test_an_address_that_is_not_in_ascii_is_refused_before_anybody_reads_it(walk: Walk) -> None:
    """No browser sends one, and the processes that draw could not be asked for it."""
    address, who = urlsplit(str(walk.asking.base_url)), walk.cookie(walk.named("iro"))["cookie"]
    asked = f"GET /app/_stcore/health?\xe9&\xff HTTP/1.0\r\nHost: {address.netloc}\r\nCookie: {who}\r\n\r\n"
    with create_connection((address.hostname, address.port or 0), 60) as connection:
        connection.sendall(asked.encode("latin-1"))
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("who", ["stranger", "revoked", "left", "iro", "merton-qa", "admin"])
def test_where_nothing_can_be_sent_nothing_is_taken(walk: Walk, who: str) -> None:
    visitor, own = walk.named(who), walk.two.home.base_url
    taken = [
        (method, place.address, status)
        for place in _of_the_app(walk.two)
        for method in UNSAFE
        if (status := walk.ask(visitor, method, place.address, origin=own).status_code)
        not in {400, 401, 403, 404, 405}
    ]
    assert taken == []


def test_a_websocket_is_opened_by_a_session_at_the_one_address_for_it(walk: Walk) -> None:
    own = walk.two.home.base_url
    for who in walk.visitors:
        wanted = httpx.codes.SWITCHING_PROTOCOLS if who.is_known else httpx.codes.FORBIDDEN
        assert walk.opens(who, STREAM, own) == wanted, who.name
    for name in ("stranger", "iro", "merton-boss"):
        for place in _of_the_app(walk.two):
            path = place.address.partition("?")[0]
            if path != STREAM:
                assert walk.opens(walk.named(name), path, own) == httpx.codes.FORBIDDEN, path
    for foreign in FOREIGN:
        opened = walk.opens(walk.named("iro"), STREAM, foreign or None)
        assert opened == httpx.codes.FORBIDDEN, foreign


def test_a_session_that_is_ended_draws_nothing_more(walk: Walk) -> None:
    who = replace(walk.named("qa"), cookie=walk.two.session("qa"))
    assert walk.ask(who, "GET", "/app/_stcore/health").status_code == httpx.codes.OK
    own = walk.two.home.base_url
    assert walk.ask(who, "POST", "/sign-out", origin=own).status_code == httpx.codes.SEE_OTHER
    assert walk.ask(who, "GET", "/app/_stcore/health").status_code == httpx.codes.UNAUTHORIZED
    assert walk.opens(who, STREAM, own) == httpx.codes.FORBIDDEN
