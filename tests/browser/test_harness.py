"""The windows that browser tests look through do tell on a page that misbehaves."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.helpers.app.page_watcher import Watch


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def origin(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def show(page: Page, site: Path, body: str) -> None:
    (site / "it.html").write_text(f"<!doctype html><link rel=icon href=data:,>{body}", "utf-8")
    page.goto("/it.html")


def test_a_quiet_page_passes(page: Page, site: Path, watch: Watch) -> None:
    show(page, site, "<h1>Practice alerts</h1>")
    assert page.locator("h1").inner_text() == "Practice alerts"
    assert watch.found == []


def test_a_request_to_another_origin_is_told(page: Page, site: Path, watch: Watch) -> None:
    watch.expect("another origin: https://fonts.example/")
    watch.expect("console error: .*ERR_NAME_NOT_RESOLVED")
    show(page, site, '<img src="https://fonts.example/x.png">')
    page.wait_for_load_state("load")
    assert "another origin: https://fonts.example/x.png" in watch.found


def test_an_error_thrown_by_a_script_is_told(page: Page, site: Path, watch: Watch) -> None:
    watch.expect("thrown: no such thing")
    show(page, site, "<script>throw new Error('no such thing')</script>")
    assert watch.found == ["thrown: no such thing"]


def test_an_error_on_the_console_is_told(page: Page, site: Path, watch: Watch) -> None:
    show(page, site, "<script>console.error('it went wrong')</script>")
    assert [note.partition(" at ")[0] for note in watch.unexpected()] == [
        "console error: it went wrong"
    ]
    watch.expect("it went wrong")


def test_two_people_have_two_windows(
    new_page: Callable[..., Page], site: Path, origin: str
) -> None:
    first, second = new_page(), new_page(width=320)
    show(first, site, "<script>document.cookie = 'session=1'</script>")
    show(second, site, "<p>someone else</p>")
    assert second.evaluate("document.cookie") == ""
    assert second.evaluate("innerWidth") == 320
    assert first.context.cookies(origin)[0]["value"] == "1"
