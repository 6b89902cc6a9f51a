"""What every person does in every browser test: sign in, and wait until the app has settled."""

from playwright.sync_api import Page, expect

_PATIENCE = 30_000  # milliseconds


def sign_in(page: Page, link: str) -> None:
    """Open a one-time link and press its one button."""
    page.goto(link)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    settle(page)


def settle(page: Page) -> None:
    """Wait until a page of the app has drawn itself; any other page has when it is loaded."""
    page.wait_for_load_state("load")
    if "/app" in page.url:
        still = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        still.wait_for(state="attached", timeout=_PATIENCE)
        # A locator and not a function: the app's content policy lets nobody evaluate a string.
        unsettled = page.locator("[data-testid=stSkeleton], [data-stale=true]")
        expect(unsettled).to_have_count(0, timeout=_PATIENCE)


def close_window(page: Page) -> None:
    """As a person does: the page hears of it, and sends what it has still to send."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)
