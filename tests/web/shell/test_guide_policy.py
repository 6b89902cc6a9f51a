"""What the guide's pages may run: the theme's own scripts by their digests, and no other."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from practice_alerts.web.shell.addresses import PLACES, Policy
from practice_alerts.web.shell.headers import Headers, guide_scripts, inline_scripts, policies
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.guide_alone import our_guide

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL
)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=|href=[\"']?javascript:", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return our_guide(tmp_path_factory)


def served(site: Path, base_url: str) -> Asking:
    home = Home(base_url)
    headers = Middleware(Headers, home, policies("", guide_scripts(site)))
    app = Starlette(middleware=[headers])
    app.mount("/", StaticFiles(directory=site, html=True))
    return Asking(app, base_url)


def test_each_script_of_each_page_is_named_and_nothing_else_is(site: Path) -> None:
    allowed = guide_scripts(site).split()
    assert 2 <= len(allowed) <= 10
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    seen = set()
    for page in pages:
        text = page.read_text("utf-8")
        for script in INLINE.findall(text):
            seen.add(digest := inline_scripts(f"<script>{script}</script>"))
            assert digest in allowed, (page, script[:80])
        assert not HANDLER.search(text), page
    assert seen == set(allowed)


@pytest.mark.parametrize("address", ["/", "/lambeth/", "/nowhere/"])
def test_no_other_inline_script_may_run(site: Path, address: str) -> None:
    policy = served(site, "http://testserver").get(address).headers["content-security-policy"]
    (scripts,) = re.findall("script-src ([^;]*)", policy)
    assert scripts.split() == ["'self'", *guide_scripts(site).split()]
    assert "unsafe" not in scripts


def test_no_policy_lets_any_inline_script_run() -> None:
    for name in Policy:
        (scripts,) = re.findall("script-src ([^;]*)|$", policies("", "")[name])[:1]
        assert "unsafe" not in scripts, name
    assert {place.policy for place in PLACES} == set(Policy)


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("https://alerts.example", "max-age=31536000; includeSubDomains"),
        ("http://testserver", None),
    ],
)
def test_over_https_every_name_below_ours_stays_there(
    tmp_path: Path, base_url: str, said: str | None
) -> None:
    (tmp_path / "index.html").write_text("<h1>The guide</h1>", "utf-8")
    answer = served(tmp_path, base_url).get("/")
    assert answer.headers.get("strict-transport-security") == said


def test_a_folder_without_pages_has_no_scripts(tmp_path: Path) -> None:
    assert guide_scripts(tmp_path) == ""
