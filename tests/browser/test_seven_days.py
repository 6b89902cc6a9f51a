"""Seven people's days in one office, on a telephone and at a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.photographs.days import DAYS, WIDTHS
from tests.browser.photographs.visiting import Visit, Walk
from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.people import Cast
from tests.helpers.app.sign_in import settle

# By how many pixels: nothing for a whole second, or what is left when ten have gone. What slides in or out takes
# its time, and may begin some time after the width has changed.
_SIDEWAYS = """async () => {
    const boxes = () => [document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')];
    let wider = [], began = performance.now(), still = began;
    while (performance.now() - began < 10000 && performance.now() - still < 1000) {
        await new Promise(drawn => requestAnimationFrame(drawn));
        wider = boxes().map(box => box.scrollWidth - box.clientWidth).filter(by => by > 0);
        if (wider.length) still = performance.now();
    }
    return wider;
}"""


@pytest.fixture
def watch(watch: Watch) -> Watch:
    watch.expect(r"status of 404.* at \S+/app/\w+/_stcore/")
    watch.expect(r"status of 422")  # a slip in what was filled in says so with its status too
    return watch


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.__name__)
def test_a_day_can_be_done_from_its_first_screen_to_its_last(
    day: Walk, cast: Cast, new_page: Callable[..., Page]
) -> None:
    seen: list[str] = []
    for screen in day(Visit(cast, new_page)):
        assert screen.page.title().startswith(screen.tab), screen.name
        for width in WIDTHS:
            screen.page.set_viewport_size({"width": width, "height": 900})
            settle(screen.page)
            assert screen.page.evaluate(_SIDEWAYS) == [], f"{screen.name} at {width}"
        seen.append(screen.name)
    assert len(set(seen)) == len(seen) > 2
