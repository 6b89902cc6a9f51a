"""What is written beside the figures of a report, by keyboard alone; and no finding of axe where it stands, or where teams do."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.photographs.visiting import Screen
from tests.browser.test_every_screen import faults_of
from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.people import Cast

_FOCUSED = """() => { const at = document.activeElement;
    return (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, ' '); }"""


def tab_to(page: Page, called: str, most: int = 400) -> None:
    """Press the tab key until the focus is on what is called so, and is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if str(page.evaluate(_FOCUSED)) == called:
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"the focus never comes to {called!r}")


def pressed(page: Page, called: str, key: str = "Enter") -> None:
    tab_to(page, called)
    page.keyboard.press(key)
    page.wait_for_load_state()


def test_a_text_and_an_action_are_written_by_keyboard_alone(
    cast: Cast, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.expect(r"status of 400")  # with what is to be put right
    page = cast.at_work("Bea", new_page).page
    page.goto("/reports/lambeth")
    pressed(page, "Last month")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report for the service")
    _text_is_written(page)
    _action_without_an_owner(page)


def _text_is_written(page: Page) -> None:
    called = page.locator("#beside-summary summary").first.text_content() or ""
    pressed(page, " ".join(called.split()))
    page.keyboard.press("Tab")
    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.type("It went well for Zofia, whom nobody knows.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("may be a name")
    assert faults_of(Screen("a fault beside a text", page, "Fault: Report for the service")) == []
    pressed(page, alert.get_by_role("link").inner_text())
    expect(page.locator("#summary")).to_have_attribute("aria-invalid", "true")
    pressed(page, "Nobody is named by it", "Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#beside-summary")).to_contain_text("Written by Bea Sample")


def _action_without_an_owner(page: Page) -> None:
    pressed(page, "Put down an action")
    page.keyboard.press("Tab")
    page.keyboard.type("Meet all managers once.")
    tab_to(page, "Put it down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("choose a post")
    assert faults_of(Screen("a fault of an action", page, "Fault: Report for the service")) == []


def test_how_teams_fare_can_be_read_by_everybody(cast: Cast, new_page: Callable[..., Page]) -> None:
    page = cast.at_work("Bea", new_page).page
    page.goto("/reports/lambeth")
    pressed(page, "Last year, April to March, by team")
    expect(page.get_by_role("table")).to_have_count(2)
    assert faults_of(Screen("how teams fare", page, "How teams fare")) == []
    page.get_by_role("table").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How teams fare")
    assert faults_of(Screen("behind a team's number", page, "How teams fare")) == []
