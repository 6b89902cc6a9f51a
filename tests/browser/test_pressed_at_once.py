"""A button pressed while the page still answers to what came before it: the press is obeyed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.helpers.app.people import Cast
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.product.running_product import Served

TIMES = 8


@pytest.fixture
def officer(cast: Cast, new_page: Callable[..., Page]) -> AppPage:
    return cast.at_work("Ines", lambda: new_page(height=1400))


def _button(window: AppPage, name: str) -> Locator:
    return window.page.get_by_role("button", name=name, exact=True)


def test_on_the_tray_right_after_the_search_is_cleared(officer: AppPage) -> None:
    page = officer.page
    search = page.get_by_label(re.compile("^Search"))
    for _ in range(TIMES):
        page.goto("/app/")
        officer.heading("Work tray")
        page.get_by_text("Filters", exact=True).click()
        search.fill("school")
        search.press("Enter")
        officer.heading("Found (1)")
        search.fill("")
        search.press("Enter")
        # What stood above the button goes at some moment: an event needs no place to hit.
        _button(officer, "Keep this view").dispatch_event("click")
        expect(page.get_by_text("Name the view in").first).to_be_visible()


@pytest.mark.usefixtures("app_opened_within")
def test_on_the_tray_in_one_instant_with_another_filter(served: Served, officer: AppPage) -> None:
    page = officer.page
    for _ in range(TIMES):
        page.goto("/app/tray?whose=mine")  # without the filter that was left standing the last time
        officer.heading("Work tray")
        page.get_by_text("Filters", exact=True).click()
        with served.standing_still():
            page.get_by_text("Past the time limit").click()
            # The fields beneath the title are still finding their height: an event needs no place to hit.
            _button(officer, "Keep this view").dispatch_event("click")
        officer.says("Name the view in")
        expect(page.get_by_text("Filters (1 in use)")).to_be_visible()


def test_on_a_form_right_after_an_answer(officer: AppPage) -> None:
    page = officer.page
    officer.press("Raise a practice alert")
    officer.heading("Raise a practice alert")
    officer.choose("Stage One")
    officer.write("Why it starts at Stage One", "It was talked about twice.")
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    for number in range(TIMES):
        officer.write("Child's name", f"Alma Erfunden {number}")
        _button(officer, "Back").click()
        officer.heading("What it is about")
        _button(officer, "Go on to the form").click()
        officer.heading("The child and the case")
        expect(page.get_by_label("Child's name", exact=True)).to_have_value(
            f"Alma Erfunden {number}"
        )
