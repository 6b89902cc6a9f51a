"""The guide as people see it: in light and dark, on a telephone and at a desk, by keyboard, on paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.guide_alone import guide_alone, our_guide

LOOKS = [(320, False), (1280, True), (320, True), (1280, False)]
"""Width, and whether the system asks for the dark look."""

TYPICAL = (
    "/",
    "/lambeth/",
    "/unnamed-2015/stages/",
    "/lambeth/forms/",
    "/merton/clocks/",
    "/lambeth/readings/",
    "/compare/",
    "/start/iro/",
)
"""One page of each make; what holds for its looks holds for the others of its kind."""

_OPTIONS: dict[bool, dict[str, Any]] = {
    False: {"resultTypes": ["violations"]},
    # Colours take axe twenty seconds on a page that holds everything; its parts are measured one by one.
    True: {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}},
}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return our_guide(tmp_path_factory)


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with guide_alone(site) as address:
        yield address


def addresses(site: Path) -> list[str]:
    """Of every page that is read; an old address goes on before anybody could look at it."""
    pages = (
        one
        for one in site.rglob("index.html")
        if 'http-equiv="refresh"' not in one.read_text("utf-8")
    )
    folders = (path.parent.relative_to(site).as_posix() for path in pages)
    return sorted("/" if folder == "." else f"/{folder}/" for folder in folders)


def faults_of(page: Page, width: int) -> list[str]:
    """What axe finds, a page that scrolls sideways, and main headings other than one."""
    found = [
        f"{fault['id']}: {node['html'][:100]}"
        for fault in Axe().run(page, options=_OPTIONS["print" in page.url]).response["violations"]
        for node in fault["nodes"]
    ]
    if (reached := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"scrolls sideways to {reached}")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} main headings")
    return [f"{page.url} at {width}: {fault}" for fault in found]


def look_of(address: str, every: list[str]) -> tuple[int, bool]:
    """The one look in which each page is seen: they take turns."""
    return LOOKS[every.index(address) % len(LOOKS)]


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_every_page_holds_in_one_look_and_one_of_each_make_in_all(
    site: Path, new_page: Open, width: int, dark: bool
) -> None:
    page = new_page(width=width, dark=dark)
    every = addresses(site)
    assert set(TYPICAL) <= set(every)
    faults: list[str] = []
    for address in every:
        if address in TYPICAL or look_of(address, every) == (width, dark):
            page.goto(address)
            faults += faults_of(page, width)
    assert faults == []


def test_the_header_is_that_of_whoever_reads_it(new_page: Open) -> None:
    page = new_page()
    page.goto("/lambeth/")
    header = page.get_by_role("banner")
    expect(header.get_by_role("strong")).to_have_text(["Sample data.", "Quin <i>Leader"])
    ways = header.get_by_role("navigation", name="Main").get_by_role("link")
    expect(ways).to_have_text(["Guide", "Alerts", "Log", "Reports", "Help"])
    expect(ways.first).to_have_attribute("aria-current", "true")
    expect(header.get_by_role("button", name="Sign out")).to_be_visible()
    expect(header.get_by_role("link", name="Sign in")).to_have_count(0)


def test_without_script_the_header_is_a_stranger_s(new_page: Open) -> None:
    page = new_page(width=320, script=False)
    page.goto("/lambeth/")
    header = page.get_by_role("banner")
    ways = header.get_by_role("navigation", name="Main").get_by_role("link")
    expect(ways).to_have_text(["Guide", "Alerts", "Help"])
    expect(header.get_by_role("link", name="Sign in")).to_be_visible()


def test_the_ladder_is_read_without_script_on_a_telephone(new_page: Open) -> None:
    page = new_page(width=320, script=False)
    page.goto("/lambeth/")
    third = page.locator(".ladder__stage").nth(3)
    expect(third).to_contain_text("Stage Three")
    expect(third).to_contain_text("Assistant Director")
    expect(third).to_contain_text("4 working days")
    expect(third).to_be_visible()
    page.locator("header label", has_text="Menu").click()
    page.get_by_role("navigation", name="Pages").get_by_role(
        "link", name="Stages: who answers, by when"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Stages: who answers, by when, Lambeth (past its review date)"
    )


def test_menu_and_search_open_from_the_keyboard_on_a_telephone(new_page: Open) -> None:
    page = new_page(width=320)
    page.goto("/lambeth/")
    menu = page.get_by_role("button", name="Menu")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Compare councils")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    page.get_by_role("banner").get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("24 working days")
    expect(page.locator(".md-search-result__item").first).to_contain_text("24 working days")


def test_the_first_press_of_tab_offers_the_way_past_the_menu(page: Page) -> None:
    page.goto("/lambeth/stages/")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()


def test_a_reading_opens_from_its_number(page: Page) -> None:
    page.goto("/lambeth/")
    page.get_by_role("link", name="reading L1", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/lambeth/readings/#l1$"))
    expect(page.locator("#l1")).to_be_in_viewport()


def test_a_column_leaves_the_comparison_without_script(new_page: Open) -> None:
    page = new_page(script=False)
    page.goto("/compare/")
    column = page.get_by_role("columnheader", name="Knowsley")
    expect(column).to_be_visible()
    page.get_by_role("checkbox", name="Knowsley").uncheck()
    expect(column).to_be_hidden()
    expect(page.get_by_role("columnheader", name="Lambeth")).to_be_visible()


def test_the_comparison_opens_with_mine_and_one_other(page: Page) -> None:
    page.goto("/compare/")
    expect(page.locator(".side-by-side thead th:visible")).to_have_text(["Knowsley", "Lambeth"])
    page.goto("/merton/")
    page.locator("header label", has_text="Menu").or_(
        page.get_by_role("link", name="Compare councils")
    ).last.click()
    expect(page.locator(".side-by-side thead th:visible")).to_have_text(["Lambeth", "Merton"])


def test_an_old_address_leads_to_where_its_text_stands_now(page: Page) -> None:
    page.goto("/knowsley/good-practice/")
    expect(page).to_have_url(re.compile("/knowsley/not-said/#good-practice$"))
    expect(page.locator("#good-practice")).to_be_in_viewport()


def test_each_printed_sheet_says_of_what_and_until_when(page: Page) -> None:
    page.goto("/merton/clocks/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheets = page.locator("style[media=print], style#printed-on").all_text_contents()
    assert "Merton: Dispute Resolution Protocol. Edition May 2017" in sheets[0]
    assert re.search(r"Printed on \d+ \w+ \d{4}. Valid on the day printed", sheets[1])


def test_a_row_of_a_table_becomes_a_card_that_names_its_cells(new_page: Open) -> None:
    page = new_page(width=320)
    page.goto("/lambeth/partner-agencies/")
    cell = page.locator("td[data-column=Copied]").first
    said = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Copied" in said
    expect(page.locator("table.cards thead").first).not_to_be_in_viewport()


def test_on_paper_there_is_no_menu_and_the_ladder_is_whole(page: Page) -> None:
    page.goto("/lambeth/")
    page.emulate_media(media="print")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()
    expect(page.locator(".ladder__stage")).to_have_count(7)
    expect(page.locator(".ladder__stage").last).to_be_visible()


def look_for(page: Page, words: str) -> Locator:
    """What the search shows for these words, result by result."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    page.keyboard.press("Shift")  # the search reads its field when a key is let go
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("matching document"))
    return page.locator(".md-search-result__item")


TYPED = (
    ("unallocated", "lambeth/categories", "Statutory responsibilities not met"),
    ("unallocated child", "merton/categories", "Statutory requirements"),
    ("no social worker", "lambeth/categories", "Statutory responsibilities not met"),
    ("no allocated social worker", "lambeth/categories", "Statutory responsibilities not met"),
    ("s47", "lambeth/categories", "Safeguarding concern"),
    ("s.47", "lambeth/categories", "Safeguarding concern"),
    ("section 47", "law", "Children Act 1989, section 47"),
    ("LADO", "start/danger", "An allegation about somebody who works with children"),
    ("cafcass", "knowsley/outside-routes", "CAFCASS"),
    ("guardian", "merton/outside-routes", "CAFCASS"),
    ("IRO's", "merton/the-reviewing-officer", "reviewing officer"),
    ("IRO’s", "merton/the-reviewing-officer", "reviewing officer"),
    ("24 working days", "lambeth/time-and-holds", "24 working days"),
    ("timescales", "merton/clocks", "Clocks"),
    ("how long have they got", "lambeth/clocks", "Clocks"),
    ("stage 3 merton", "merton/stages", "Stage Three, Merton"),
    ("who do I send it to", "merton/stages", "who answers"),
    ("nobody answers", "merton/social-workers-and-managers", "Answering an alert"),
    ("no reply", "merton/social-workers-and-managers", "Answering an alert"),
    ("escalate to director", "knowsley/stages", "STAGE 4"),
    ("dispute resolution", "knowsley/climbing-the-ladder", "dispute resolution"),
    ("DRP", "knowsley/climbing-the-ladder", "dispute resolution"),
    ("IRO unhappy", "knowsley/climbing-the-ladder", "dispute resolution"),
    ("child death", "lambeth/outside-routes", "Events that bypass the ladder"),
    ("death of a child", "lambeth/when-the-policy-is-overridden", "overridden"),
    ("died", "lambeth/outside-routes", "Events that bypass the ladder"),
    ("EHCP", "lambeth/partner-agencies", "Special educational needs"),
    ("out of time", "merton/categories", "Statutory requirements"),
    ("review late", "northamptonshire/categories", "Statutory requirements not met"),
    ("late reviews", "northamptonshire/categories", "Statutory requirements not met"),
    ("court", "merton/social-workers-and-managers", "Going to court"),
    ("placement move", "northamptonshire/significant-changes", "Significant changes"),
    ("missing", "merton/significant-changes", "Significant changes"),
    ("complaint", "merton/outside-routes", "Complaints procedure"),
    ("advocate", "lambeth/outside-routes", "Independent advocacy"),
    ("S20", "law", "Children Act 1989, section 20"),
    ("section 20", "law", "Children Act 1989, section 20"),
    ("UASC", "law", "Children Act 1989, section 20"),
    ("PLO", "knowsley/outside-routes", "Legal planning meeting"),
    ("unregulated", "northamptonshire/significant-changes", "When a review must be held"),
    ("care leaver", "northamptonshire/significant-changes", "When a review must be held"),
    ("pathway plan", "merton/categories", "pathway"),
)
"""What practitioners type, and where the answer stands: a page among the first five, with these words in its result."""


def test_the_search_finds_first_what_is_meant_by_the_words_that_people_type(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    missed = [row for row in TYPED if not is_among_the_first(page, *row)]
    assert missed == [], missed
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        page.url.split("/")[2]
    }


def is_among_the_first(page: Page, words: str, place: str, says: str) -> bool:
    type_into_search(page, words)
    results = page.evaluate(
        "[...document.querySelectorAll('.md-search-result__item')].slice(0, 5)"
        ".map(one => [one.querySelector('a').pathname, one.textContent])"
    )
    return any(at == f"/{place}/" and says in text for at, text in results)


def type_into_search(page: Page, words: str) -> None:
    field, told = page.get_by_role("textbox", name="Search"), page.locator(SAID)
    if not field.is_visible():
        page.keyboard.press("/")
    field.fill("")
    field.press("Shift")  # the search reads its field when a key is let go
    expect(told).to_have_text("Type to start searching")
    field.fill(words)
    field.press("Shift")
    expect(told).to_have_text(re.compile("matching document"))


SAID = ".md-search-result__meta"


def test_on_a_council_s_page_the_search_shows_that_council_s_first(page: Page) -> None:
    page.goto("/unnamed-2015/")
    type_into_search(page, "time")
    first = page.locator(".md-search-result__item a").first
    expect(first).to_have_attribute("href", re.compile("/unnamed-2015/"))
    type_into_search(page, "child death")
    expect(first).to_have_attribute("href", re.compile("/unnamed-2015/not-said/"))


def test_a_word_that_stands_nowhere_is_taken_for_the_nearest(page: Page) -> None:
    expect(look_for(page, "safegaurding partnership").first).to_be_attached()
    meant = page.get_by_role("button", name="safeguarding partnership", exact=True)
    meant.press("Enter")
    expect(meant).to_have_count(0)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("safeguarding partnership")
    nothing = "No matching documents"
    page.get_by_role("textbox", name="Search").fill("xqzvk")
    page.keyboard.press("Shift")
    expect(page.locator(".md-search-result__meta")).to_have_text(nothing)
    expect(page.locator(".search-hint")).to_be_empty()


def test_either_apostrophe_finds_the_same(page: Page) -> None:
    straight = look_for(page, "IRO's").all_text_contents()
    assert look_for(page, "IRO’s").all_text_contents() == straight != []


def test_each_result_says_of_which_council_it_is(page: Page) -> None:
    names = {council(one).procedure.council for one in IDS}
    for link in look_for(page, "stage").locator(".md-search-result__link").all():
        to = str(link.get_attribute("href"))
        if any(f"/{one}/" in to for one in IDS):
            title = link.locator("h1, h2").text_content() or ""
            assert any(name in title for name in names), (to, title)
