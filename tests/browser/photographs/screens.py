"""Photograph every screen at the width of a telephone and of a desk: `make screens`.

The product starts on a sample office of its own, and the walks of scenes.py lead through it. The
pictures carry the screen's name and no person's. After the folder, name the screens to be taken again,
if not all are: `python -m tests.browser.photographs.screens docs/screens tray judge`; or `days` for the
seven people's days of days.py alone.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.photographs.days import DAYS
from tests.browser.photographs.days import WIDTHS as OF_DAYS
from tests.browser.photographs.scenes import WALKS
from tests.browser.photographs.visiting import Screen, Visit, Walk
from tests.conftest import CHROMIUM
from tests.helpers.app.page_watcher import chromium_arguments
from tests.helpers.app.people import Cast
from tests.helpers.app.sign_in import settle
from tests.helpers.product.running_product import Served

WIDTHS = (320, 1280)
LONGEST = 2400  # pixels; what lies below is more of the same
COLOURS = 96  # the screens have few, and a picture of few colours is a third as large
COARSE = 8  # of 256
GUIDE = {
    "guide": "/",
    "guide-lambeth": "/lambeth/",
    "guide-lambeth-stages": "/lambeth/stages/",
    "compare": "/compare/",
}
_TO_THE_TOP = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"
_SCROLLS_INSIDE = """Math.max(document.documentElement.scrollHeight,
    ...[...document.querySelectorAll('[data-testid=stMain]')].map(inner => inner.scrollHeight))"""


@dataclass(frozen=True)
class Camera:
    folder: Path
    wanted: Collection[str]
    widths: Collection[int] = WIDTHS

    def take(self, screen: Screen) -> None:
        """Whole, from top to bottom, the app's inner scrolling part unrolled."""
        if self.wanted and screen.name not in self.wanted:
            return
        for width in self.widths:
            screen.page.set_viewport_size({"width": width, "height": 900})
            settle(screen.page)
            screen.page.evaluate(_TO_THE_TOP)
            screen.page.wait_for_timeout(300)  # what moves, while it finds its new place
            height = min(screen.page.evaluate(_SCROLLS_INSIDE), LONGEST)
            screen.page.set_viewport_size({"width": width, "height": height})
            screen.page.mouse.move(0, 0)
            screen.page.wait_for_timeout(300)
            self._keep(f"{screen.name}-{width}.png", screen.page.screenshot(animations="disabled"))

    def _keep(self, name: str, picture: bytes) -> None:
        few_colours(Image.open(BytesIO(picture)).convert("RGB")).save(
            self.folder / name, optimize=True
        )
        print(f"  {name}", flush=True)


def few_colours(picture: Image.Image) -> Image.Image:
    """The colours that cover most stay as they are; the edges of letters take the nearest of them."""
    counted = picture.getcolors(picture.width * picture.height) or []
    kept: list[tuple[int, ...]] = []
    for _, colour in sorted(counted, reverse=True):
        if isinstance(colour, tuple) and all(_apart(colour, other) for other in kept):
            kept.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in kept[:COLOURS] for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Pillow looks for the nearest colour with a coarse eye, and would take one for the other."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) >= COARSE


def of_the_guide(visit: Visit) -> Iterator[Screen]:
    for name, path in GUIDE.items():
        yield Screen(name, visit.nobody(path), "")


def photograph(camera: Camera, browser: Browser, product: Served, walks: Iterable[Walk]) -> None:
    cast = Cast(product)
    for walk in walks:
        with _windows(browser, product) as window:
            for screen in walk(Visit(cast, window)):
                camera.take(screen)
                screen.page.set_viewport_size({"width": 1280, "height": 900})


@contextmanager
def _windows(browser: Browser, product: Served) -> Iterator["_Windows"]:
    windows = _Windows(browser, product)
    yield windows
    for page in windows.pages:
        page.context.close()


class _Windows:
    """Windows, each of its own person, for as long as one walk takes."""

    def __init__(self, browser: Browser, product: Served) -> None:
        self._browser, self._product = browser, product
        self.pages: list[Page] = []

    def __call__(self) -> Page:
        context = self._browser.new_context(
            base_url=self._product.origin,
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.pages.append(context.new_page())
        return self.pages[-1]


def main(folder: Path, wanted: Collection[str]) -> None:
    if CHROMIUM is None:
        sys.exit("make screens needs Chromium: apt install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    walks, widths = (of_the_guide, *WALKS), WIDTHS
    if list(wanted) == ["days"]:
        wanted, walks, widths = (), DAYS, OF_DAYS
    elif not wanted:
        for old in folder.glob("*.png"):
            old.unlink()
    with TemporaryDirectory() as somewhere, sync_playwright() as playwright:
        product = Served(Path(somewhere) / "data")
        product.start()
        try:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=list(chromium_arguments())
            )
            photograph(Camera(folder, wanted, widths), browser, product, walks)
            browser.close()
        finally:
            product.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
