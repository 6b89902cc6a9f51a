"""The web shell as Chromium sees it, at the width of a telephone and in the dark."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.helpers.app.page_watcher import Watch, chromium_arguments
from tests.helpers.product.running_product import free_port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "tests.helpers.product.small_web_shell",
        str(tmp_path),
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        links = dict(program.stdout.readline().split() for _ in range(3))
        origin = f"http://localhost:{port}"
        _wait_for(origin, program)
        yield origin, links
        program.terminate()


def _wait_for(origin: str, program: subprocess.Popen[str]) -> None:
    client = httpx.Client(transport=httpx.HTTPTransport(retries=8), trust_env=False)
    with client:
        assert client.get(f"{origin}/healthz").text == "ok\n", program.poll()


@pytest.mark.browser
def test_a_person_signs_in_works_and_reads_the_log_in_a_browser(
    served: tuple[str, dict[str, str]], chromium: str
) -> None:
    origin, links = served
    watch = Watch(origin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(chromium_arguments())
        )
        officer = browser.new_context(base_url=origin, viewport={"width": 320, "height": 800})
        leader = browser.new_context(base_url=origin, color_scheme="dark")
        watch.add(officer)
        watch.add(leader)
        _work_in_the_app(officer.new_page(), links["ros"])
        _read_the_log(leader.new_page(), links["quin"])
        browser.close()
    assert watch.found == []


def _work_in_the_app(page: Page, link: str) -> None:
    page.goto("/sign-in")
    _nothing_in_the_way(page)
    page.goto(link)
    _nothing_in_the_way(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Words").fill("one two")
    page.keyboard.press("Enter")
    page.get_by_text("Heard: one two").wait_for()
    faces = "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    assert "Atkinson Hyperlegible Next" in page.evaluate(faces)
    page.get_by_label("Words").fill("break")
    page.keyboard.press("Enter")
    page.get_by_text("give this reference").wait_for()
    assert "the words of the fault" not in page.content()


def _read_the_log(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Alert log").wait_for()
    for address in (
        "",
        "lambeth",
        "lambeth/alerts?_facet=stage&stage=Stage+1&_sort_desc=id",
        "lambeth/alerts/1",
        "lambeth/by_stage?like=Stage%25",
        "lambeth?sql=select+*+from+alerts+limit+3",
    ):
        page.goto(f"/log/{address}")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            _nothing_in_the_way(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out").wait_for()


def _nothing_in_the_way(page: Page) -> None:
    """There is nothing for axe to find, one first heading, and the page does not scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert found == [], page.url
    assert page.locator("h1").count() == 1
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0, page.url
