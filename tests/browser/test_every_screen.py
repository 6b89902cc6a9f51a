"""Every screen as somebody meets it on a telephone, at a desk, in the dark, by keyboard or by ear.

The guide has a test of its own. What is true of one screen is asked of all: see scenes.py for the list.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.photographs.scenes import WALKS
from tests.browser.photographs.visiting import Screen, Visit, Walk, go, open_alert
from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.people import Cast
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle
from tests.helpers.product.running_product import Served

Open = Callable[..., Page]

LOOKS = [(320, False), (1280, True)]
"""Width, and whether the system asks for the dark look: each screen is seen in both."""


@dataclass(frozen=True)
class Known:
    """A finding of axe that is not ours to cure: the rule, where in the page, and why it stays."""

    rule: str
    where: str
    why: str


KNOWN: tuple[Known, ...] = ()

_SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')]
    .map(box => box.scrollWidth - box.clientWidth).filter(wider => wider > 0)"""
_CHANGED = """() => document.getAnimations()
    .filter(change => change instanceof CSSTransition).forEach(change => change.finish())"""
"""No colour is on its way to another any more."""
_ORDER = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
_SMALL = """() => [...document.querySelectorAll('button, a[href], summary, input, textarea')]
    .filter(target => target.checkVisibility() && !target.closest('p, li, dd, td, th, .react-aria-ComboBox'))
    .map(target => [target.closest('label') ?? target, target])
    .map(([area, target]) => [area.getBoundingClientRect(), target.outerHTML.slice(0, 80)])
    .filter(([box]) => box.width > 1 && box.height > 1 && box.bottom > 0 && box.height < 24)
    .map(([box, html]) => `${Math.round(box.height)} pixels high: ${html}`)"""


@pytest.fixture(scope="module")
def product(served: Served) -> Served:
    """A sample office of this module's own: its walks raise, answer and close."""
    return served


@pytest.fixture
def origin(product: Served) -> str:
    return product.origin


@pytest.fixture
def watch(watch: Watch) -> Watch:
    # Streamlit first looks for its own endpoints below the page it was opened on, then above it.
    watch.expect(r"status of 404.* at \S+/app/\w+/_stcore/")
    # What is not there, not theirs, used up or not filled in says so with its status too.
    watch.expect(r"status of (404|403|410|422)")
    return watch


@pytest.fixture
def visit(cast: Cast, new_page: Open) -> Visit:
    return Visit(cast, new_page)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_screen_can_be_used_by_everybody(walk: Walk, visit: Visit) -> None:
    found: list[str] = []
    for screen in walk(visit):
        found += [f"{screen.name}: {fault}" for fault in faults_of(screen)]
    assert found == []


def faults_of(screen: Screen) -> list[str]:
    page, faults = screen.page, []
    try:  # a form that was just sent is a page that is still to come
        named = re.compile(f"^{re.escape(screen.tab)}.*Practice alerts$")
        expect(page).to_have_title(named)
    except AssertionError:
        faults.append(f"the browser's tab says {page.title()!r}")
    if (headings := page.locator("h1").count()) != 1:
        faults.append(f"{headings} main headings")
    faults += _headings_left_out(page)
    for width, dark in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        settle(page)
        app = page.get_by_test_id("stApp")
        if app.count():  # it takes its colours on when it comes to it
            expect(app).to_have_css("color-scheme", "dark" if dark else "light")
        page.evaluate(_CHANGED)
        seen_at = f"at {width}{', dark' if dark else ''}"
        faults += [f"{seen_at} it is {wider} too wide" for wider in page.evaluate(_SIDEWAYS)]
        faults += [f"{seen_at} {small}" for small in page.evaluate(_SMALL)]
        faults += [f"{seen_at} {finding}" for finding in _of_axe(page)]
    page.emulate_media(color_scheme="light")
    return faults


def _headings_left_out(page: Page) -> list[str]:
    """After a heading comes at most the next level below it."""
    levels: list[int] = page.evaluate(_ORDER)
    pairs = pairwise(levels)
    return [
        f"a heading {below} under a heading {above}" for above, below in pairs if below > above + 1
    ]


def _of_axe(page: Page) -> list[str]:
    # Run by the debugger, whom the app's content policy does not bind.
    response = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in response["violations"]
        for node in fault["nodes"]
        if not any(fault["id"] == known.rule and known.where in node["html"] for known in KNOWN)
    ]


def test_the_header_is_the_same_over_app_log_and_plain_pages(visit: Visit) -> None:
    leader = visit.at_work("Quinn")
    shapes = []
    for path in ("/app/", "/log/", "/documents/LAM-1999-0001"):
        go(leader.page, path)
        shapes.append(leader.page.evaluate(_HEADER))
    app, log, plain = shapes
    assert app == log == plain
    assert [words for words, *_ in app] == [
        "Practice alerts",
        "Guide",
        "Alerts",
        "Log",
        "Reports",
        "Help",
        "Sign out",
    ]


_HEADER = """() => [...document.querySelectorAll('.top a, .top button')].map(part => {
    const box = part.getBoundingClientRect(), look = getComputedStyle(part);
    const x = part.closest('nav') ? 'in a row' : Math.round(box.x); // where one is stands in bold, and is wider
    return [part.textContent.trim(), x, Math.round(box.y), Math.round(box.height), look.fontSize, look.color];
})"""


def test_from_tray_to_outcome_by_keyboard_alone(visit: Visit) -> None:
    officer = visit.at_work("Ines")
    reference = visit.cast.reference(3)
    officer.heading("Work tray")
    _tab_to(officer.page, reference)
    officer.page.keyboard.press("Enter")
    officer.heading(reference)
    expect(officer.page.get_by_role("heading", level=1)).to_be_focused()
    _tab_to(officer.page, "Review the response")
    officer.page.keyboard.press("Enter")
    expect(officer.page.get_by_role("heading", name="Review the response")).to_be_focused()
    _tab_to(officer.page, "Record the outcome")
    officer.page.keyboard.press("Enter")
    _the_summary_leads_to_the_field(officer)
    officer.page.keyboard.press("Space")
    settle(officer.page)
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.type("It names nobody and no day.")
    _tab_to(officer.page, "Record the outcome")
    officer.page.keyboard.press("Enter")
    done = officer.page.get_by_role("status").filter(has_text="The outcome is recorded.")
    expect(done).to_be_focused()
    expect(done).to_be_in_viewport()


def _the_summary_leads_to_the_field(officer: AppPage) -> None:
    summary = officer.page.get_by_role("alert").filter(has_text="There is something to put right")
    expect(summary).to_be_focused()
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")
    question = officer.page.get_by_role("radiogroup", name="Is it good enough?")
    expect(question).to_have_accessible_description(
        re.compile(r"Error: Is it good enough\? Choose one")
    )
    expect(question).to_have_attribute("aria-invalid", "true")
    expect(question.get_by_role("radio").first).to_be_focused()


def _tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press the tab key until the focus is on what is called so, seen where it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.inner_text().strip() == name:
            outline = focused.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline == "solid", f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"the tab key does not lead to {name!r}")


def test_the_first_press_of_tab_offers_the_way_past_the_header(visit: Visit) -> None:
    page = visit.at_work("Ines").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_every_act_opens_where_it_is_asked_for(visit: Visit) -> None:
    officer = visit.at_work("Ines")
    open_alert(visit, officer, 4)
    officer.press("Agree a hold")
    form = officer.page.get_by_role("heading", name="Agree a hold")
    expect(form).to_be_focused()
    expect(form).to_be_in_viewport()
    day = officer.page.get_by_label("Hold until", exact=False).last
    expect(day).to_be_visible()
    officer.press("Not now")
    expect(form).to_have_count(0)


def test_a_draft_says_when_it_was_kept_and_says_so_aloud(visit: Visit) -> None:
    officer = visit.at_work("Ines")
    go(officer.page, "/app/raise")
    officer.choose("Good practice alert")
    kept = officer.page.get_by_role("status").filter(has_text="Kept at")
    expect(kept).to_contain_text(re.compile(r"Kept at \d\d:\d\d"))
    boxes = officer.page.get_by_role("radiogroup", name="What do you raise?")
    expect(boxes).to_be_visible()


def test_boxes_to_tick_are_one_group_with_their_question(visit: Visit) -> None:
    officer = visit.at_work("Ines")
    go(officer.page, "/app/raise")
    officer.answer("At which stage does it start?", "Informal stage")
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    officer.press("Go on: who and when")
    officer.says("There is something to put right")
    group = officer.page.get_by_role("group", name="The child is")
    expect(group.get_by_role("checkbox")).to_have_count(3)
    expect(group).to_have_accessible_description(re.compile("Error: The child is: choose"))
