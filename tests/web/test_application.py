"""Guide, app and log as one application: nothing of the private faces shows without a session."""

import codecs
import csv
import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from practice_alerts.adapters.log.mounted_log import MOUNT
from practice_alerts.web.application import Faces, UnlistedAddress, build
from practice_alerts.web.shell.addresses import GUIDE, place_of
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.small_web_shell import SmallProduct
from tests.web.conftest import Running

PAGE = {"accept": "text/html"}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")

LOG_ADDRESSES = [
    "/", "/.json", "/.jsono", "/lambeth", "/lambeth.json", "/lambeth.jsono", "/lambeth.csv", "/lambeth.db",
    "/lambeth?sql=select+1", "/lambeth.json?sql=select+1", "/lambeth.csv?sql=select+1",
    "/lambeth/alerts", "/lambeth/alerts.json", "/lambeth/alerts.csv", "/lambeth/alerts.csv?_stream=1",
    "/lambeth/alerts.json?_shape=array&_nl=on", "/lambeth/alerts?_facet=stage",
    "/lambeth/alerts/1", "/lambeth/alerts/1.json", "/lambeth/alerts/1.blob?_blob_column=line",
    "/lambeth/by_stage", "/lambeth/by_stage.json?like=x", "/lambeth/by_stage.csv?like=x", "/favicon.ico",
    "/merton", "/_internal", "/_internal.json", "/_memory", "/:memory:", "/nowhere",
    "/-/static/app.css", "/-/static-plugins/x/y.css", "/-/metadata.json", "/-/metadata", "/-/versions.json",
    "/-/plugins.json", "/-/settings.json", "/-/config.json", "/-/config", "/-/threads.json",
    "/-/databases.json", "/-/actor.json", "/-/auth-token", "/-/logout", "/-/permissions", "/-/messages",
    "/-/allow-debug", "/-/patterns",
]  # fmt: skip


def streamlit_routes(running: Running) -> list[BaseRoute]:
    running.signed_in("ros").get("/app/")  # it makes its routes when it is first asked
    mount = next(r for r in running.app.routes if isinstance(r, Mount) and r.path == "/app")
    inner: Any = mount.app
    routes: list[BaseRoute] = list(inner._starlette_app.routes)
    return routes


def addresses(running: Running) -> list[str]:
    """One address for every route of the private faces, whatever Streamlit's next version adds."""
    found = [getattr(route, "path", "") for route in streamlit_routes(running)]
    filled = {"/app" + re.sub(r"\{[^}]*\}", "x", path) for path in found}
    more = ["/app", "/log", "/app/", "/app/alert", "/app/media/x.docx"]
    documents = ["/documents/x.docx", "/documents/faulty"]
    return sorted({*filled, *more, *documents, *(MOUNT + path for path in LOG_ADDRESSES)})


def test_every_route_of_datasette_has_an_address_here(running: Running) -> None:
    paths = [address.partition("?")[0] for address in LOG_ADDRESSES]
    for pattern, _ in running.product.log.datasette._routes():
        assert any(pattern.match(path) for path in paths), pattern.pattern


def test_streamlit_offers_what_we_think_it_does(running: Running) -> None:
    paths = " ".join(getattr(route, "path", "") for route in streamlit_routes(running))
    for part in ("stream", "upload_file", "media", "component", "bidi-components", "host-config"):
        assert part in paths


@pytest.mark.parametrize("headers", [{}, PAGE])
def test_without_a_session_every_address_of_app_and_log_gives_nothing(
    running: Running, headers: dict[str, str]
) -> None:
    visitor = running.visitor()
    for address in addresses(running):
        for method in METHODS:
            origin = {"origin": running.product.base_url}
            answer = visitor.request(method, address, headers=headers | origin)
            where = answer.headers.get("location", "")
            assert answer.status_code in {303, 401, 403, 405}, (method, address)
            assert answer.status_code != 303 or where.startswith("/sign-in?next=/")
            assert "drift" not in answer.text
            assert answer.headers["cache-control"] == "no-store"


def test_without_a_session_no_websocket_is_accepted_anywhere(running: Running) -> None:
    visitor, origin = running.visitor(), running.product.base_url
    for address in [*addresses(running), "/", "/sign-in", "/respond/x"]:
        assert visitor.websocket(address, origin) == "websocket.close", address
    stranger = running.signed_in("ros")
    assert (
        stranger.websocket("/app/_stcore/stream", "https://elsewhere.example") == "websocket.close"
    )
    stranger.post("/sign-out")
    assert stranger.websocket("/app/_stcore/stream", origin) == "websocket.close"


def test_a_reviewing_officer_sees_the_app_and_nothing_of_the_log(running: Running) -> None:
    officer = running.signed_in("ros")
    assert "<title>Practice alerts</title>" in officer.get("/app/").text
    assert officer.get("/app/_stcore/health").text == "ok"
    for address in LOG_ADDRESSES:
        assert officer.get(MOUNT + address).status_code == 403, address


def test_the_log_shows_a_reader_their_own_council_alone(running: Running) -> None:
    reader = running.signed_in("quin")
    front = reader.get("/log/").text
    assert "lambeth" in front
    assert "merton" not in front
    assert "drift in care plan" in reader.get("/log/lambeth/alerts.csv").text
    for address in ("/merton", "/merton.json", "/merton/alerts", "/merton/alerts.csv"):
        assert reader.get(MOUNT + address).status_code == 403, address
    assert reader.get("/log/merton.json?sql=select+*+from+alerts").status_code == 403
    assert "merton" not in reader.get("/log/.json").text


@pytest.mark.parametrize("address", [a for a in LOG_ADDRESSES if a.startswith(("/-", "/_"))])
def test_datasettes_own_rooms_are_shut_even_to_readers(running: Running, address: str) -> None:
    assert running.signed_in("quin").get(MOUNT + address).status_code in {403, 404}


def test_every_link_of_the_log_begins_with_its_mount_once(running: Running) -> None:
    reader = running.signed_in("quin")
    seen = 0
    for address in (
        "/",
        "/lambeth",
        "/lambeth/alerts?_facet=stage&_sort=id&_size=5",
        "/lambeth/alerts/1",
    ):
        for link in re.findall(r'(?:href|action)="([^"#]+)"', reader.get(MOUNT + address).text):
            path = link.partition("?")[0]
            assert not path.startswith("/log/log"), link
            assert (
                path.startswith("/log/")
                or place_of(path).roles is None
                or path in {"/app/", "/reports"}
            ), link
            seen += path.startswith("/log/")
    assert seen > 20


def test_the_next_page_of_the_log_can_be_followed(running: Running) -> None:
    reader = running.signed_in("quin")
    page = json.loads(reader.get("/log/lambeth/alerts.json?_size=5").text)
    onward = httpx.URL(page["next_url"])
    assert onward.path == "/log/lambeth/alerts.json"
    assert json.loads(reader.get(onward.raw_path.decode()).text)["rows"][0][0] == 6


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/log/lambeth/", "/log/lambeth"),
        ("/log/lambeth/alerts/?_size=1", "/log/lambeth/alerts?_size=1"),
        ("/log", "/log/"),
        ("/app?alert=x", "/app/?alert=x"),
    ],
)
def test_a_slash_too_many_or_too_few_finds_its_page(
    running: Running, address: str, target: str
) -> None:
    answer = running.signed_in("quin").get(address)
    assert answer.status_code in {302, 307}
    assert answer.headers["location"] == target


def test_a_spreadsheet_finds_no_formula_in_the_log(running: Running) -> None:
    answer = running.signed_in("mel").get("/log/merton/alerts.csv?_size=2")
    assert answer.content.startswith(codecs.BOM_UTF8)  # without which it makes â€™ of ’
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[1][1:] == ["Stage 1", "-1", "'=cmd|' /C calc'!A0"]
    assert rows[2][1:] == ["Stage 2", "-2", "line 2"]


@pytest.mark.parametrize("begins", ["char(10)", "char(13)", "char(9)", "''"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}"])
def test_no_cell_of_a_query_is_run_whatever_stands_before_its_sign(
    running: Running, begins: str, sign: str
) -> None:
    sql = f"select {begins} || '{sign}x' as v, '’' as w"
    answer = running.signed_in("quin").get(f"/log/lambeth.csv?{httpx.QueryParams(sql=sql)}")
    _, (cell, other) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert (cell[0], cell[-2:], other) == ("'", f"{sign}x", "’")


@pytest.mark.parametrize(
    "query",
    [
        "attach database '/etc/passwd' as other",
        "select hex(zeroblob(4e8))",
        "select load_extension('x')",
        "delete from alerts",
        "with x as (select 1) delete from alerts",
        "pragma writable_schema = 1",
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
        "select group_concat(a.line || b.line || c.line) from alerts a, alerts b, alerts c",
    ],
)
def test_a_query_can_read_the_log_and_do_nothing_else(running: Running, query: str) -> None:
    reader = running.signed_in("quin")
    answer = reader.get(f"/log/lambeth?{httpx.QueryParams(sql=query)}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    count = json.loads(reader.get("/log/lambeth.json?sql=select+count(*)+from+alerts").text)
    assert count["rows"] == [[150]]


def test_what_the_faces_serve_carries_its_headers(running: Running) -> None:
    visitor, reader = running.visitor(), running.signed_in("quin")
    answers = {
        "guide": visitor.get("/"),
        "plain": visitor.get("/sign-in"),
        "app": reader.get("/app/"),
        "log": reader.get("/log/lambeth/alerts"),
        "refused": visitor.get("/log/lambeth.json"),
        "missing": visitor.get("/nowhere"),
    }
    for name, answer in answers.items():
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert answer.headers["x-content-type-options"] == "nosniff", name
        assert answer.headers.get_list("referrer-policy") == ["same-origin"], name
    for name in ("plain", "log", "refused"):
        policy = answers[name].headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "script-src 'none'" in policy
        assert answers[name].headers["cache-control"] == "no-store"
    script = re.search("script-src [^;]*", answers["app"].headers["content-security-policy"])
    assert script is not None
    assert "unsafe" not in script[0]


def test_an_address_that_nothing_answers_is_an_honest_404(running: Running) -> None:
    answer = running.visitor().get("/nowhere/at/all", PAGE)
    assert answer.status_code == 404
    assert "There is no page here" in answer.text


def test_a_fault_of_ours_gives_a_reference_and_goes_to_the_log(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "practice_alerts.bugs"):
        answer = running.signed_in("ros").get("/documents/faulty")
    assert answer.status_code == 500
    assert "the words of the fault" not in answer.text
    reference = re.search(r'class="reference">(\w{6})<', answer.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert "the words of the fault" in caplog.text
    assert answer.headers["cache-control"] == "no-store"


def test_addresses_are_not_written_down_because_some_are_secrets(running: Running) -> None:
    assert running.visitor().get("/healthz").text == "ok\n"
    assert logging.getLogger("uvicorn.access").disabled


def test_the_settings_beside_the_app_are_the_ones_in_force(running: Running) -> None:
    from streamlit import config  # noqa: TID251 - its settings are what is tested

    assert running.app.routes
    wanted = {
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "server.maxUploadSize": 1,
        "runner.postScriptGC": False,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "theme.font": "Atkinson Hyperlegible Next",
    }
    assert {name: config.get_option(name) for name in wanted} == wanted


def test_a_face_at_an_address_that_nobody_decided_about_stops_the_start(tmp_path: Path) -> None:
    product = SmallProduct(tmp_path)
    (tmp_path / "app.py").write_text("", encoding="utf-8")
    stray = Route("/leaflets", lambda _: None)
    faces = Faces(
        tmp_path / "app.py", tmp_path, product.log, PlainPages(sample=False), more=[stray]
    )
    assert place_of("/leaflets") is GUIDE
    with pytest.raises(UnlistedAddress, match="/leaflets"):
        build(faces, product.desk, lambda _mail, _path: None, Home("http://testserver"))
    product.log.stop()
