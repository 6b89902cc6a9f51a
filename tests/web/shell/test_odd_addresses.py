"""Addresses that nobody's page leads to: a sentence and a 4xx, and nothing that Streamlit would add."""

import re
from pathlib import Path
from typing import Any

import datasette
import httpx
import pytest

from practice_alerts.web.shell.addresses import NOBODY, place_of
from tests.web.conftest import Running
from tests.web.test_application import streamlit_routes

VALUES = ("x;drop", "", "{}", '{"table":"x"}', "-99999", "\x00", '{"simple":1}', "max", "9" * 5_000)
PAGES = (
    "/log/", "/log/lambeth.json", "/log/lambeth.csv", "/log/lambeth/alerts", "/log/lambeth/alerts.csv",
    "/log/lambeth/alerts/1.blob", "/log/lambeth/by_stage",
)  # fmt: skip
NEEDED = {
    "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/bidi-components/{path:path}",
    "/media/{file_id:path}",
}  # fmt: skip

# What Datasette would have done after a fault of the address: it makes several tasks, and waits for one after another.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited",
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning",
)


def parameters() -> list[str]:
    """Every word with which an address may ask Datasette for something, as its own code has them."""
    code = "".join(
        path.read_text("utf-8") for path in Path(datasette.__file__).parent.rglob("*.py")
    )
    asked = re.findall(
        r"""args(?:\.get(?:list)?\(|\[)\s*["'](_\w+)["']|["'](_\w+)["'] in \w*\.?args""", code
    )
    named = {one or other for one, other in asked}
    return sorted(
        named
        | {"_facet", "_facet_array", "_facet_date", "_facet_odd", "line__in", "line__odd", "odd"}
    )


def test_datasette_is_asked_for_what_it_knows() -> None:
    assert {"_sort", "_sort_desc", "_through", "_size", "_next", "_where", "_shape"} <= set(
        parameters()
    )


@pytest.mark.parametrize("word", parameters())
def test_no_word_in_an_address_of_the_log_is_our_fault(running: Running, word: str) -> None:
    reader = running.signed_in("quin")
    for page in PAGES:
        for value in VALUES:
            running.product.log.datasette.databases["lambeth"]._pool._readers["quin"].left = 20.0
            answer = reader.get(f"{page}?{httpx.QueryParams({word: value})}")
            assert answer.status_code < 500, (page, value)


@pytest.mark.parametrize(
    "query",
    [
        {"_sort": "x;drop"},
        {"_sort_desc": "nothing"},
        {"_sort": "id", "_sort_desc": "id"},
        {"_through": '{"table":"x"}'},
        {"_through": "{"},
        {"_facet": "{}"},
        {"_timelimit": "soon"},
        {"_where": "nothing = 1"},
        {"_size": "-5"},
    ],
)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_what_cannot_be_read_is_a_bad_request(
    running: Running, query: dict[str, str], form: str
) -> None:
    reader = running.signed_in("quin")
    answer = reader.get(f"/log/lambeth/alerts{form}?{httpx.QueryParams(query)}")
    if "_facet" in query and form == ".csv":  # which shows none
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
        assert "Traceback" not in answer.text


def test_a_csv_that_takes_too_long_says_so(running: Running) -> None:
    endless = (
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    )
    answer = running.signed_in("quin").get(f"/log/lambeth.csv?{httpx.QueryParams(sql=endless)}")
    assert answer.status_code == 400
    assert "took too long" in answer.text


def test_a_fault_without_a_question_is_ours(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise KeyError("columns")

    database = running.product.log.datasette.databases["lambeth"]
    monkeypatch.setattr(database, "table_exists", broken)
    reader = running.signed_in("quin")
    assert reader.get("/log/lambeth/alerts").status_code == 500
    assert "practice_alerts.bugs" in caplog.text
    assert reader.get("/log/lambeth/alerts?_size=1").status_code == 400


def test_of_what_streamlit_serves_only_what_the_app_needs_is_open(running: Running) -> None:
    person = running.signed_in("ros")
    shut = 0
    for route in streamlit_routes(running):
        path = getattr(route, "path", "")
        address = "/app" + re.sub(r"\{[^}]*\}", "x", path)
        if path in NEEDED or not path:
            assert place_of(address).roles is not NOBODY, path
            continue
        shut += 1
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            answer = person.request(method, address, headers={"origin": running.product.base_url})
            assert answer.status_code in {404, 405}, (method, path)
        assert person.websocket(address, running.product.base_url) == "websocket.close"
    assert shut > 5


@pytest.mark.parametrize(
    "address",
    [
        "_stcore/metrics", "_stcore/agent/openapi.json", "_stcore/agent/mcp", "_stcore/agent/interact",
        "_stcore/message", "_stcore", "_stcore/upload_file/a/b", "component/x/index.html", "auth/login",
        "oauth2callback", "alert/_stcore/metrics", "a/b", "_stcore/health/more/metrics", "_stcore//metrics",
        "_stcore/./metrics", "_stcore/%6detrics",
    ],
)  # fmt: skip
def test_what_the_app_does_not_need_does_not_answer(running: Running, address: str) -> None:
    answer = running.signed_in("ros").get(f"/app/{address}")
    if address in {
        "_stcore",
        "_stcore/health/more/metrics",
    }:  # the app's own page, which finds no such page
        assert "# TYPE" not in answer.text
    else:
        assert answer.status_code in {400, 404}


@pytest.mark.parametrize("address", ["", "alert", "raise", "_stcore/health", "_stcore/host-config"])
def test_the_app_has_what_it_needs(running: Running, address: str) -> None:
    assert running.signed_in("ros").get(f"/app/{address}").status_code == 200
