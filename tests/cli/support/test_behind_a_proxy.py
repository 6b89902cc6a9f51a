"""Behind a proxy: whose word counts, and that links written in full are right."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from practice_alerts.cli.support import run_server
from practice_alerts.cli.support.context import BadSetting, World
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.visitor import place_of_visitor
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import open_desk
from tests.web.pages.test_sign_in import Front

PROXIES = "PRACTICE_ALERTS_TRUSTED_PROXIES"
PROXY, VISITOR = "192.0.2.10", "203.0.113.7"


def config(tmp_path: Path, proxies: str, app: Any) -> uvicorn.Config:
    """As the product is served, with this setting."""
    desk = open_desk(tmp_path / "data")
    settings = World(environment={PROXIES: proxies}, data=str(tmp_path / "data")).settings()
    made = run_server.uvicorn_config(app, settings)
    desk.office.database.close()
    return made


def test_no_message_is_larger_than_it_was_on_its_way(tmp_path: Path) -> None:
    made = config(tmp_path, "", Starlette())
    assert made.ws_per_message_deflate is False
    assert made.ws_max_size <= 4_000_000


def test_a_head_of_any_length_is_refused_before_anybody_reads_it(tmp_path: Path) -> None:
    """Never answered and never kept, whoever sends it: in pieces, as it comes over the wire."""
    made = config(tmp_path, "", Starlette())
    made.load()
    protocol: Any = made.http_protocol_class
    assert protocol.__name__ == "H11Protocol"
    h11: Any = sys.modules["h11"]
    parser = h11.Connection(h11.SERVER, made.h11_max_incomplete_event_size or 0)
    parser.receive_data(b"GET / HTTP/1.1\r\nhost: x\r\nx: " + b"y" * 90_000)
    assert parser.next_event() is h11.NEED_DATA
    parser.receive_data(b"y" * 10_000)
    with pytest.raises(h11.RemoteProtocolError):
        parser.next_event()


async def _where(request: Request) -> Response:
    told = {"place": place_of_visitor(request), "scheme": request.url.scheme}
    return JSONResponse(told)


def seen(
    tmp_path: Path, proxies: str, headers: Mapping[str, str], comes_from: str
) -> dict[str, str]:
    made = config(tmp_path, proxies, Starlette(routes=[Route("/", _where)]))
    made.load()
    answer = Asking(made.loaded_app, "http://alerts.example", client=(comes_from, 40000)).get(
        "/", headers
    )
    told: dict[str, str] = json.loads(answer.text)
    return told


@pytest.mark.parametrize("comes_from", ["127.0.0.1", "::1", PROXY])
@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": VISITOR},
        {"x-forwarded-for": VISITOR, "x-forwarded-proto": "https"},
        {"forwarded": f"for={VISITOR}"},
        {"x-real-ip": VISITOR},
    ],
)
def test_until_a_proxy_is_named_nobody_is_believed(
    tmp_path: Path, comes_from: str, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own way, which is not ours
    told = seen(tmp_path, "", headers, comes_from)
    assert told["place"] != VISITOR
    assert told["scheme"] == "http"


@pytest.mark.parametrize(
    ("forwarded", "place"),
    [
        (VISITOR, VISITOR),
        (f"198.51.100.1, {VISITOR}", VISITOR),  # the first was made up by the visitor
        (f"{VISITOR}, {PROXY}", VISITOR),
        (f"{VISITOR}:4711", VISITOR),
        ("", PROXY),
    ],
)
def test_a_named_proxy_says_where_a_request_comes_from(
    tmp_path: Path, forwarded: str, place: str
) -> None:
    told = seen(tmp_path, f"{PROXY}, 2001:db8::/64", {"x-forwarded-for": forwarded}, PROXY)
    assert told["place"] == place


@pytest.mark.parametrize("comes_from", ["127.0.0.1", "192.0.2.11", VISITOR])
def test_only_the_named_one_is_believed(tmp_path: Path, comes_from: str) -> None:
    told = seen(tmp_path, PROXY, {"x-forwarded-for": "198.51.100.1"}, comes_from)
    assert told["place"] == comes_from


@pytest.mark.parametrize("proxies", ["*", "0.0.0.0/0", "::/0", "proxy.example", f"{PROXY},x", "1"])
def test_a_proxy_that_is_none_or_everybody_stops_the_start(proxies: str) -> None:
    with pytest.raises(BadSetting, match=f"{PROXIES} is .*: give addresses or networks"):
        World(environment={PROXIES: proxies}).settings()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "lambeth").mkdir()
    (tmp_path / "lambeth/index.html").write_text("<h1>Lambeth</h1>", "utf-8")
    return tmp_path


@pytest.mark.parametrize("forwarded", [{}, {"x-forwarded-proto": "http"}])
def test_a_link_written_in_full_begins_as_browsers_see_it(
    site: Path, forwarded: dict[str, str]
) -> None:
    """HTTPS ends at a proxy on another machine; here everything comes as plain HTTP."""
    front = Front("https://alerts.example")
    app = Starlette(
        routes=[
            Route("/dates", lambda request: RedirectResponse(request.url.replace(path="/dates/x"))),
            Mount("/", StaticFiles(directory=site, html=True)),
        ],
        middleware=[
            Middleware(AccessGate, front.home, front.desk, PlainPages(sample=False).refusal)
        ],
    )
    visitor = Asking(app, "http://alerts.example")
    for path in ("/lambeth", "/dates"):
        answer = visitor.get(path, forwarded)
        assert answer.headers["location"].startswith(f"https://alerts.example{path}/")


def test_the_scheme_is_the_products_own_for_websockets_too() -> None:
    assert Home("https://alerts.example").scheme(socket=True) == "wss"
    assert Home("http://localhost:8000").scheme(socket=True) == "ws"


def test_no_header_but_those_two_is_read(tmp_path: Path) -> None:
    names = ("x-forwarded-host", "x-real-ip", "forwarded", "x-original-url")
    told = seen(tmp_path, PROXY, dict.fromkeys(names, "198.51.100.1"), PROXY)
    assert told == {"place": PROXY, "scheme": "http"}
