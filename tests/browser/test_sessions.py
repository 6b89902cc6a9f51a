"""A session ends everywhere at once: also in a tab that was open before."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.sign_in import settle, sign_in
from tests.helpers.product.running_product import Served


def _link(served: Served, name: str) -> str:
    return next(link for who, link in served.links().items() if who.startswith(name))


def test_a_tab_left_open_shows_nothing_after_signing_out_elsewhere(
    served: Served, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.expect(r"status of 401")  # whatever the old tab still asks for
    left_open = new_page()
    sign_in(left_open, _link(served, "Addi"))
    expect(left_open.get_by_role("heading", level=1)).to_have_text("Directory")
    elsewhere = left_open.context.new_page()
    elsewhere.goto("/sign-out")
    elsewhere.get_by_role("button", name="Sign out").click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("You are signed out")

    left_open.get_by_role("link", name="Calendar").click()

    settle(left_open)
    expect(left_open.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(left_open.locator("body")).not_to_contain_text("Toni Sample")


def test_a_link_opened_by_a_scanner_still_works_for_its_reader(
    served: Served, new_page: Callable[..., Page]
) -> None:
    link = _link(served, "Sid")
    scanner = new_page(script=False)
    for _ in range(3):
        scanner.goto(link)
        expect(scanner.get_by_role("main").get_by_role("button")).to_have_count(1)
    reader = new_page()
    sign_in(reader, link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Work tray")


def test_a_first_visit_weighs_little_and_the_next_almost_nothing(
    served: Served, new_page: Callable[..., Page]
) -> None:
    """Bytes as they come over the wire. The whole product of an office's morning is not more than a photograph."""
    page = new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    came: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    weights = []
    sign_in(page, _link(served, "Ines"))
    for _ in range(2):
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Work tray")
        weights.append(sum(came))
        came.clear()
        page.reload()
    first, again = weights
    assert 100_000 < first < 850_000
    assert again < 12_000
