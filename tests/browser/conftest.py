"""Chromium and the product, started for the tests in this folder.

`page` is one person's window; `new_page` opens a window for another person, with its own cookies.
Both fail the test when they ask another origin for anything, when the console shows an error or a
script throws. What is brought about on purpose is announced: `watch.expect(pattern)`.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.helpers.app.page_watcher import Watch, chromium_arguments
from tests.helpers.app.people import Cast
from tests.helpers.product.made_once import made_once
from tests.helpers.product.running_product import Served

expect.set_options(timeout=30_000)  # the five seconds it comes with are short on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=list(chromium_arguments())
        )
        yield started
        started.close()


@pytest.fixture(scope="package")
def as_first_started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample office: made once in a run, and then copied for each product."""

    def make(data: Path) -> None:
        product = Served(data)
        product.start()
        product.stop()

    return made_once(tmp_path_factory, "first-started", make)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, as_first_started: Path) -> Iterator[Served]:
    """The product with its sample office, of this file's own; its tests add and never clear."""
    data = tmp_path_factory.mktemp("served") / "data"
    product = Served(shutil.copytree(as_first_started, data))
    product.start()
    yield product
    product.stop()


@pytest.fixture(scope="module")
def cast(served: Served) -> Cast:
    return Cast(served)


@pytest.fixture
def origin(served: Served) -> str:
    """Scheme, host and port of what is under test; a module may serve something else instead."""
    return served.origin


@pytest.fixture
def watch(origin: str) -> Iterator[Watch]:
    watching = Watch(origin)
    yield watching
    assert not watching.unexpected(), "\n".join(watching.unexpected())


@pytest.fixture
def app_opened_within(watch: Watch) -> None:
    """For files that open the app below its start: Streamlit first looks for itself there, then above."""
    watch.expect(r"status of 404.* at \S+/app/\w+/_stcore/")


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """`new_page(width=320, script=False)`: a window of its own, with no cookies yet."""
    contexts: list[BrowserContext] = []

    def open_one(
        *, width: int = 1280, height: int = 900, script: bool = True, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=watch.origin,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        watch.add(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
