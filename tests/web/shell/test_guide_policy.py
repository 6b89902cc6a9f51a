"""What the guide's pages may run: the theme's own scripts by their digests, and no other."""

import re
import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from practice_alerts.adapters.guide.build import build_guide
from practice_alerts.web.shell.addresses import PLACES, Policy
from practice_alerts.web.shell.headers import Headers, guide_scripts, inline_scripts, policies
from practice_alerts.web.shell.origin import Home
from tests.helpers.days import day
from tests.helpers.files.small_council import furnished
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


HOSTILE = """# About this

Words of the council, with <b>thick ones</b>.

<script>document.title = "ran"</script>

<form method=post action="/reports/sampleford/board"><button>Read on</button></form>

<iframe src="/app/"></iframe> <style>@import "x"</style> <meta http-equiv=refresh content="0;url=/app/">

[on](javascript:alert(1)) {: onclick=alert(1) }

[over all](https://elsewhere.example/){style="position:fixed" onclick="alert(1)"} and ![seen](https://elsewhere.example/p.png)
"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the usual office, which has one council; its pages come before all that is made."""
    root = tmp_path_factory.mktemp("hostile")
    folder = furnished(root)
    for name in ("00-a", "01-b", "02-c", "03-d", "04-e", "99-z"):
        (folder / f"{name}.md").write_text(HOSTILE, "utf-8")
    build_guide(root / "procedures", root / "form_templates", root, day("Mon 2026-06-01"))
    return root / "site"


def test_a_councils_page_brings_no_element_that_does_something(hostile_site: Path) -> None:
    ours = set(guide_scripts(hostile_site).split())
    pages = sorted(hostile_site.glob("sampleford/*/index.html"))
    assert {"a", "z"} <= {page.parent.name for page in pages}
    for page in pages:
        text = page.read_text("utf-8")
        article = text.partition("<article")[2].partition("<footer")[0]
        assert not re.search(r"<(script|form|button|iframe|style|meta|b)\b", article), page
        assert set(inline_scripts(text).split()) <= ours
        assert not HANDLER.search(article), page
        assert "<img" not in article, page
        assert not re.search(r"<[^>]*\sstyle=", article), page
    shown = (hostile_site / "sampleford/a/index.html").read_text("utf-8")
    assert "&lt;script&gt;document.title" in shown
    assert inline_scripts('<script>document.title = "ran"</script>') not in ours


def test_a_script_that_only_some_pages_hold_is_named_nowhere(
    hostile_site: Path, tmp_path: Path
) -> None:
    """Even if one came into a page."""
    site = tmp_path / "site"
    shutil.copytree(hostile_site, site)
    before = guide_scripts(site)
    for page in sorted(site.glob("sampleford/*/index.html"))[:-3]:
        whole = page.read_text("utf-8").replace("</article>", "<script>a()</script></article>")
        page.write_text(whole, "utf-8")
    assert guide_scripts(site) == before
