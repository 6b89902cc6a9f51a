"""The page that starts the app, made of Streamlit's own: an upgrade that changes it is noticed here."""

import re

import pytest

from practice_alerts.casework.views.app_pages import APP_PAGES
from practice_alerts.ui.page import frame
from practice_alerts.web.app_face.app_page import CHANGES, app_page
from practice_alerts.web.app_face.streamlit_app import APP_FILES, app_scripts, smaller_fonts
from practice_alerts.web.shell.headers import inline_scripts
from practice_alerts.web.shell.html_pages import STATIC
from tests.web.conftest import Running

SHIPPED = (APP_FILES.parent / "index.html").read_text("utf-8")
ICONS = (STATIC / "fonts" / "icons.txt").read_text().splitlines()
# Names of Streamlit's for signs of other names, or of none in its own font.
ALIASES = {"123": "_123", "1k": "_1k", "access_time": "schedule"}
NOT_IN_ITS_FONT = {"star_filled"}


@pytest.mark.parametrize("found", CHANGES)
def test_what_is_changed_is_there_once(found: str) -> None:
    assert len(re.findall(found, SHIPPED, re.DOTALL)) == 1


def test_what_starts_the_app_is_still_there_and_the_rest_is_gone() -> None:
    page = app_page(SHIPPED)
    started = (
        r'<script type="module"[^>]*>|<link rel="modulepreload"[^>]*>|<link rel="stylesheet"[^>]*>'
    )
    assert re.findall(started, page) == re.findall(started, SHIPPED)
    assert inline_scripts(page) == app_scripts()
    for gone in ("SourceSans", "agent", "<title>Streamlit"):
        assert gone in SHIPPED
        assert gone not in page
    assert page.count("<noscript>") == page.count("</head>") == 1


def test_it_stands_at_each_page_of_the_app_and_at_none_of_its_files(running: Running) -> None:
    officer = running.signed_in("ros")
    for address in ("/app/", "/app/tray", "/app/alert?reference=LAM-2026-0001"):
        answer = officer.get(address, headers={"accept-encoding": "gzip"})
        assert answer.text == app_page(SHIPPED)
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "no-store"
    assert officer.get("/app/favicon.png").headers["content-type"] == "image/png"


@pytest.mark.parametrize("name", ["nonsense", "Tray", "tray2", "pages", "work_tray", "%3Cb%3E"])
def test_an_address_that_no_page_has_says_so_under_our_header(running: Running, name: str) -> None:
    answer = running.signed_in("ros").get(f"/app/{name}", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>There is no page here</h1>" in answer.text
    assert '<header class="top">' in answer.text
    assert "<strong>Ros Reviewer</strong>" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert app_page(SHIPPED) not in answer.text


@pytest.mark.parametrize("name", APP_PAGES)
def test_each_page_of_the_app_is_found_at_its_name(running: Running, name: str) -> None:
    assert running.signed_in("ros").get(f"/app/{name}").text == app_page(SHIPPED)


def test_the_app_draws_just_the_pages_that_have_a_name() -> None:
    assert list(frame._EVERY.values()) == list(APP_PAGES)


def test_its_two_fonts_are_ours_and_have_every_sign_that_it_draws(running: Running) -> None:
    assert {ours.name for _, ours in smaller_fonts()} == {"icons.woff2", "regular.woff2"}
    for address, ours in smaller_fonts():
        answer = running.visitor().get(address)
        assert answer.content == ours.read_bytes()
        assert "immutable" not in answer.headers["cache-control"]  # it is not named by its content
    scripts = (path.read_text("utf-8") for path in (APP_FILES / "js").glob("*.js"))
    drawn = {name for text in scripts for name in re.findall(r":material/([a-z_0-9]+)", text)}
    assert "keyboard_arrow_right" in drawn
    assert {ALIASES.get(name, name) for name in drawn - NOT_IN_ITS_FONT} <= {*ICONS}


def test_its_files_are_for_everybody_and_compressed(running: Running) -> None:
    script = max((APP_FILES / "js").glob("index.*.js"), key=lambda path: path.stat().st_size)
    answer = running.visitor().get(
        f"/app/static/js/{script.name}", headers={"accept-encoding": "gzip"}
    )
    assert answer.content == script.read_bytes()
    assert int(answer.headers["content-length"]) < script.stat().st_size / 2
    assert "immutable" in answer.headers["cache-control"]
    assert running.visitor().get("/app/static/js/made-up.js").status_code == 404
