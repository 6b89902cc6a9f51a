"""Photograph every screen at the width of a telephone and of a desk: `make screens`.

The product starts on a sample office of its own; each sample person signs in and every page that the
menu offers them is photographed, with one alert, its answer page, and the pages that are open to all.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM
from tests.helpers.moves import settle, sign_in
from tests.helpers.served import Served
from tests.helpers.watched_pages import chromium_arguments

WIDTHS = (320, 1280)
OPEN_TO_ALL = {
    "guide": "/",
    "guide-lambeth": "/lambeth/",
    "sign-in": "/sign-in",
    "dates": "/dates?council=lambeth&stage=stage-2&from=2026-03-02",
}
_SCROLLS_INSIDE = """Math.max(document.documentElement.scrollHeight,
    ...[...document.querySelectorAll('[data-testid=stMain]')].map(inner => inner.scrollHeight))"""


@dataclass(frozen=True)
class Camera:
    folder: Path
    browser: Browser
    product: Served

    def open(self, path: str, name: str, page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{self.product.origin}{path}")
            settle(page)
            page.set_viewport_size({"width": width, "height": page.evaluate(_SCROLLS_INSIDE)})
            page.wait_for_timeout(300)  # what moves, while it finds its new place
            page.screenshot(path=self.folder / f"{name}-{width}.png", animations="disabled")
            print(f"  {name}-{width}.png", flush=True)


def photograph(camera: Camera) -> None:
    page = camera.browser.new_page(locale="en-GB")
    for name, path in OPEN_TO_ALL.items():
        camera.open(path, name, page)
    for person, link in camera.product.links().items():
        context = camera.browser.new_context(locale="en-GB", timezone_id="Europe/London")
        page = context.new_page()
        sign_in(page, link)
        for name, path in dict(offered(page, camera.product)).items():
            camera.open(path, f"{_slug(person)}-{name}", page)
        context.close()


def offered(page: Page, product: Served) -> Iterator[tuple[str, str]]:
    """Name and path of each page this person's menu leads to, of one alert, and of one answer page."""
    found = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    inside = {url.removeprefix(product.origin) for url in found if url.startswith(product.origin)}
    yield "start", page.url.removeprefix(product.origin)
    for path in sorted(inside):
        plain = path.partition("?")[0].strip("/")
        if plain.startswith(("app/", "log")):
            yield _slug(plain.removeprefix("app/")), path
    for notice in sorted((product.data / "outbox").glob("*.eml"))[:1]:
        for path in re.findall(r"/respond/[\w-]+", notice.read_text("utf-8")):
            yield "answer", path


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def main(folder: Path) -> None:
    if CHROMIUM is None:
        sys.exit("make screens needs Chromium: apt install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as somewhere, sync_playwright() as playwright:
        product = Served(Path(somewhere) / "data")
        product.start()
        try:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=list(chromium_arguments())
            )
            photograph(Camera(folder, browser, product))
            browser.close()
        finally:
            product.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
