"""The date calculator in a browser: from a clock in the guide to a date, without scripts, narrow and wide."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.helpers.app.page_watcher import Watch

Window = Callable[..., Page]
ASKED = {
    "nothing yet": "/dates",
    "a clock": "/dates?clock=4+working+days&from=2026-03-30&council=merton",
    "a stage": "/dates?council=unnamed-2015&stage=issue-notification&from=2026-03-27T17%3A00",
    "a ladder": "/dates?council=lambeth&stage=stage-2&from=2026-03-02",
    "faults": "/dates?clock=soon&from=x&council=lambet",
}


def test_from_a_clock_in_the_guide_to_a_date_without_scripts(new_page: Window) -> None:
    page = new_page(script=False, width=320)
    page.goto("/lambeth/stages/")
    page.locator('a.clock[href="/dates?clock=4+working+days"]').first.click()
    expect(page.get_by_label("How long")).to_have_value("4 working days")
    page.get_by_label("Counted from").fill("2026-03-31")
    page.get_by_label("Council").select_option(label="Lambeth")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".lead")).to_have_text(
        "Wednesday 8 April 2026: 4 working days from Tuesday 31 March 2026."
    )
    expect(page.get_by_role("row", name="Friday 3 April 2026")).to_contain_text("Good Friday")
    page.get_by_label("Stage (optional)").select_option(label="Stage Four")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("heading", name="If nobody answers")).to_be_visible()
    page.get_by_role("link", name="Stage Four: 4 working days").click()
    assert page.url.endswith("/lambeth/stages/#stage-4")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_stands_in_anybodys_way(
    asked: str, dark: bool, new_page: Window, watch: Watch
) -> None:
    watch.expect(r"status of 422")  # the page says with its status too that something is wrong
    page = new_page(dark=dark)
    page.goto(ASKED[asked])
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert Axe().run(page).response["violations"] == []
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
