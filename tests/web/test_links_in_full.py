"""Behind HTTPS at another host: every link that is written in full begins as browsers see the product."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.small_web_shell import SmallProduct
from tests.helpers.product.two_councils import browser
from tests.web.conftest import served

OURS = "https://alerts.example"
FORWARDED: list[dict[str, str]] = [
    {},
    {"x-forwarded-proto": "http", "x-forwarded-host": "evil.example"},
    {"forwarded": "proto=http;host=evil.example"},
]

Browser = Callable[[str], Asking]


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Somebody's browser, whose requests come on as plain HTTP under the name that people type."""
    folder = tmp_path_factory.mktemp("proxy")
    product = SmallProduct(folder, OURS)
    with served(product.app) as (app, loop):
        (folder / "site" / "lambeth").mkdir()
        (folder / "site" / "lambeth" / "index.html").write_text("<h1>Lambeth</h1>", "utf-8")

        def enter(who: str) -> Asking:
            entered = product.desk.use(product.desk.issue_link(who))
            assert isinstance(entered, Entered)
            cookie = entered.session_token
            return browser(app, loop, Home(OURS), cookie, comes_to="http://alerts.example")

        yield enter


@pytest.mark.parametrize("headers", FORWARDED)
@pytest.mark.parametrize(
    "path", ["/app", "/log", "/log/lambeth/", "/log/lambeth/%61lerts", "/lambeth"]
)
def test_a_redirect_stays_with_us_and_with_https(
    behind_a_proxy: Browser, path: str, headers: dict[str, str]
) -> None:
    answer = behind_a_proxy("quin").get(path, headers)
    assert answer.status_code in {302, 303, 307, 308}
    where = answer.headers["location"]
    assert where.startswith((f"{OURS}/", "/"))
    assert not where.startswith("//")


@pytest.mark.parametrize("headers", FORWARDED)
def test_the_next_page_of_the_log_is_under_our_own_name(
    behind_a_proxy: Browser, headers: dict[str, str]
) -> None:
    page = behind_a_proxy("quin").get("/log/lambeth/alerts.json?_size=5", headers)
    assert json.loads(page.text)["next_url"].startswith(f"{OURS}/log/lambeth/alerts.json?")


@pytest.mark.parametrize("headers", FORWARDED)
@pytest.mark.parametrize(
    "path", ["/log/lambeth/alerts?_size=5", "/log/lambeth", "/app/", "/sign-in"]
)
def test_no_page_names_another_host_or_plain_http(
    behind_a_proxy: Browser, path: str, headers: dict[str, str]
) -> None:
    page = behind_a_proxy("quin").get(path, headers)
    assert page.status_code == 200
    assert "evil.example" not in page.text
    assert "http://alerts.example" not in page.text
    assert "evil.example" not in str(page.headers)
    assert "http://alerts.example" not in str(page.headers)
