"""The text field that keeps what is typed, as somebody meets it: in Chromium, over a page of its own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.helpers.app.page_program import PageProgram, wait_until
from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.sign_in import close_window

LONG_ENOUGH = 30_000  # milliseconds for what takes one second on a quiet machine

CONCERN, SUMMARY = "What is the concern?", "Summary for the log"


@dataclass
class Writing(PageProgram):
    """The page in apps/writing.py as a program, and the folder in which it keeps its texts."""

    round: int = 0  # each test has a folder of its own

    @property
    def folder(self) -> Path:
        return self.kept / str(self.round)

    def has(self, name: str) -> str | None:
        path = self.folder / name
        return path.read_bytes().decode("utf-8") if path.exists() else None

    def holds(self, name: str, text: str) -> None:
        (self.folder / name).write_bytes(text.encode("utf-8"))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writing]:
    writing = Writing("writing.py", tmp_path_factory.mktemp("kept"))
    writing.start()
    yield writing
    writing.kill()


@pytest.fixture
def origin(program: Writing) -> str:
    return program.origin


@pytest.fixture
def server(program: Writing) -> Writing:
    """The running page with nothing kept yet."""
    program.round += 1
    program.folder.mkdir()
    return program


@pytest.fixture
def concern(server: Writing, page: Page) -> Locator:
    return opened(server, page)


def opened(server: Writing, page: Page) -> Locator:
    page.goto(f"/app/?in={server.round}")
    field = page.get_by_label(CONCERN)
    expect(field).to_be_visible(timeout=60_000)
    return field


def check_kept(server: Writing, page: Page, name: str, text: str) -> None:
    """Wait, as a person would who does nothing more, until the server has kept the text."""
    for _ in range(LONG_ENOUGH // 50):
        if server.has(name) == text:
            return
        page.wait_for_timeout(50)
    assert server.has(name) == text


# ------------------------------------------------------------------------------------------- keeping


def test_a_second_after_the_last_key_the_server_has_the_text(
    server: Writing, page: Page, concern: Locator
) -> None:
    concern.press_sequentially("No visit since March.")
    expect(concern).to_be_focused()
    check_kept(server, page, "concern", "No visit since March.")
    expect(page.get_by_text("The server has 21 characters")).to_be_visible()
    expect(concern).to_be_focused()


def test_leaving_the_field_sends_at_once(server: Writing, page: Page, concern: Locator) -> None:
    page.clock.install()  # so that the second after the last key never passes
    concern.fill("Left in the middle")
    page.clock.run_for(10)
    assert server.has("concern") != "Left in the middle"
    concern.blur()
    page.clock.run_for(10)
    check_kept(server, page, "concern", "Left in the middle")


def test_enter_sends_at_once_and_breaks_no_line_in_a_field_of_one(
    server: Writing, page: Page, concern: Locator
) -> None:
    page.clock.install()
    summary = page.get_by_label(SUMMARY)
    summary.fill("Visits")
    summary.press("Enter")
    page.clock.run_for(10)
    check_kept(server, page, "summary", "Visits")
    expect(concern).to_have_js_property("tagName", "TEXTAREA")
    expect(summary).to_have_js_property("tagName", "INPUT")


@pytest.mark.parametrize("pause", [0, 400], ids=["while the page runs", "when it is quiet"])
def test_a_refresh_right_after_the_last_key_loses_nothing(
    server: Writing, page: Page, concern: Locator, pause: int
) -> None:
    for number in range(5):
        page.wait_for_timeout(pause)
        concern.fill(f"as far as {number}")
        page.reload()
        expect(concern).to_have_value(f"as far as {number}")


def test_a_page_that_is_refreshed_waits_for_the_run_that_keeps_the_last_key(
    server: Writing, page: Page, concern: Locator
) -> None:
    server.holds("slow", "1.5")
    concern.fill("kept by a slow page")
    page.reload()
    expect(concern).to_have_value("kept by a slow page")


def test_a_window_closed_right_after_the_last_key_loses_nothing(
    server: Writing, new_page: Callable[..., Page]
) -> None:
    for number in range(3):
        page = new_page()
        opened(server, page).fill(f"window {number}")
        close_window(page)
        wait_until(lambda said=f"window {number}": server.has("concern") == said)  # type: ignore[misc]
    assert server.has("concern") == "window 2"


def test_a_window_closed_before_the_page_has_begun_to_run_loses_nothing(
    server: Writing, page: Page, concern: Locator
) -> None:
    server.holds("late", "3")
    concern.fill("the last words")
    close_window(page)
    wait_until(lambda: server.has("concern") == "the last words")
    assert server.has("concern") == "the last words"


def test_a_page_left_right_after_the_last_key_loses_neither_the_text_nor_the_click(
    server: Writing, page: Page, concern: Locator
) -> None:
    for number in range(5):
        concern.fill(f"before leaving {number}")
        page.get_by_role("link", name="other").click()
        expect(page.get_by_role("heading", name="Another page")).to_be_visible()
        assert server.has("concern") == f"before leaving {number}"
        page.get_by_role("link", name="writing").click()
        expect(concern).to_have_value(f"before leaving {number}")


def test_a_page_is_not_left_before_a_slow_server_has_the_text(
    server: Writing, page: Page, concern: Locator
) -> None:
    server.holds("late", "3")
    concern.fill("typed on a bad day")
    page.get_by_role("link", name="other").click()
    expect(page.get_by_role("heading", name="Another page")).to_be_visible()
    assert server.has("concern") == "typed on a bad day"


def test_a_button_pressed_right_after_the_last_key_finds_the_whole_text(
    server: Writing, page: Page, concern: Locator
) -> None:
    concern.fill("Everything up to here")
    page.get_by_role("button", name="Send").click()
    check_kept(server, page, "sent", "Everything up to here")


def test_two_fields_changed_in_one_second_are_both_kept(
    server: Writing, page: Page, concern: Locator
) -> None:
    concern.fill("the one")
    page.get_by_label(SUMMARY).fill("the other")
    check_kept(server, page, "concern", "the one")
    check_kept(server, page, "summary", "the other")
    expect(concern).to_have_value("the one")
    expect(page.get_by_label(SUMMARY)).to_have_value("the other")


# ----------------------------------------------------------------------------------- while one types


def test_keys_typed_while_the_page_runs_are_not_lost(
    server: Writing, page: Page, concern: Locator
) -> None:
    server.holds("slow", "0.7")
    said = "The plan was agreed in May and nothing of it has been done. " * 2
    for part in re.findall(".{1,12}", said):
        concern.press_sequentially(part, delay=15)
        page.wait_for_timeout(1100 if part.endswith(".") else 150)
    expect(concern).to_have_value(said)
    check_kept(server, page, "concern", said)
    page.wait_for_timeout(1500)  # what the slow page still sends back
    expect(concern).to_have_value(said)


def test_the_cursor_stays_where_it_was(server: Writing, page: Page, concern: Locator) -> None:
    concern.fill("first last")
    concern.evaluate("field => field.setSelectionRange(6, 6)")
    concern.press_sequentially("and ")
    check_kept(server, page, "concern", "first and last")
    concern.press_sequentially("not ")
    check_kept(server, page, "concern", "first and not last")
    concern.evaluate("field => field.setSelectionRange(0, 5)")
    page.get_by_text("The server has 18 characters").wait_for()
    assert concern.evaluate("field => [field.selectionStart, field.selectionEnd]") == [0, 5]


def test_a_text_that_the_server_changes_afterwards_is_shown(
    server: Writing, page: Page, concern: Locator
) -> None:
    summary = page.get_by_label(SUMMARY)
    summary.fill("no longer wanted")
    check_kept(server, page, "summary", "no longer wanted")
    page.get_by_role("button", name="Clear the summary").click()
    expect(summary).to_have_value("")
    summary.fill("again")
    check_kept(server, page, "summary", "again")
    expect(summary).to_have_value("again")


def test_a_window_does_not_overwrite_what_was_written_later_in_another(
    server: Writing, page: Page, new_page: Callable[..., Page], concern: Locator
) -> None:
    summary = page.get_by_label(SUMMARY)
    summary.fill("written first")
    check_kept(server, page, "summary", "written first")
    other = new_page()
    opened(server, other)
    other.get_by_label(SUMMARY).fill("written later, elsewhere")
    check_kept(server, other, "summary", "written later, elsewhere")
    concern.fill("makes the first window run again")
    check_kept(server, page, "concern", "makes the first window run again")
    expect(summary).to_have_value("written later, elsewhere")
    assert server.has("summary") == "written later, elsewhere"


# ------------------------------------------------------------------------------- when the server goes


def test_what_is_typed_while_the_server_is_away_comes_to_the_next_one(
    server: Writing, page: Page, watch: Watch, concern: Locator
) -> None:
    watch.expect_the_server_to_go()
    summary = page.get_by_label(SUMMARY)
    concern.fill("before")
    check_kept(server, page, "concern", "before")
    server.kill()
    concern.fill("before, and while it was away")
    summary.fill("on time")
    expect(page.get_by_text("Not saved yet").first).to_be_visible(timeout=30_000)
    server.start()
    check_kept(server, page, "concern", "before, and while it was away")
    check_kept(server, page, "summary", "on time")
    expect(concern).to_have_value("before, and while it was away")
    expect(page.get_by_text("Not saved yet")).to_have_count(0)
    concern.fill("and afterwards")
    check_kept(server, page, "concern", "and afterwards")


# -------------------------------------------------------------------------------- what it says and is


def test_the_field_is_named_described_and_marked_as_needed(concern: Locator) -> None:
    expect(concern).to_have_accessible_description("Say what has happened.")
    expect(concern).to_have_attribute("aria-required", "true")
    assert concern.get_attribute("aria-invalid") is None
    expect(concern).to_have_attribute("autocomplete", "off")


def test_an_error_is_said_at_the_field_and_a_link_leads_there(server: Writing, page: Page) -> None:
    server.holds("summary", "wrong")
    opened(server, page)
    summary = page.get_by_label(SUMMARY)
    expect(summary).to_have_attribute("aria-invalid", "true")
    expect(summary).to_have_accessible_description(
        "In one line, without names. Error: Say more about it"
    )
    page.get_by_role("link", name="Say more").click()
    expect(summary).to_be_focused()
    summary.fill("said")
    expect(summary).not_to_have_attribute("aria-invalid", "true")
    expect(summary).to_have_value("said")
    expect(summary).to_be_focused()


def test_the_characters_left_are_counted_near_the_end_only_and_nothing_is_cut(
    server: Writing, page: Page, concern: Locator
) -> None:
    summary = page.get_by_label(SUMMARY)
    count = page.locator(".saving-text .count", has_text=re.compile("left|too many"))
    summary.fill("x" * 39)
    expect(count).to_have_count(0)
    summary.fill("x" * 41)
    expect(count).to_have_text("9 characters left")
    summary.fill("x" * 48 + "\N{GRINNING FACE}")
    expect(count).to_have_text("1 character left")
    summary.fill("x" * 60)
    expect(count).to_have_text("10 characters too many")
    expect(page.locator("[aria-live=polite]", has_text="10 characters too many")).to_have_count(1)
    check_kept(server, page, "summary", "x" * 60)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_wrong(
    server: Writing, new_page: Callable[..., Page], dark: bool
) -> None:
    server.holds("summary", "wrong")
    page = new_page(dark=dark)
    opened(server, page)
    expect(page.get_by_label(SUMMARY)).to_have_attribute("aria-invalid", "true")
    found = Axe().run(page, context=".saving-text").response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_focus_is_seen_on_either_ground(new_page: Callable[..., Page], server: Writing) -> None:
    looks = set()
    for dark in (False, True):
        concern = opened(server, new_page(dark=dark))
        concern.focus()
        style = (
            "field => { const s = getComputedStyle(field); return s.outline + s.backgroundColor }"
        )
        looks.add(concern.evaluate(style))
    assert all("solid 3px" in look for look in looks), looks
    assert len(looks) == 2, "the dark theme looks as the light one"


def test_each_text_runs_its_own_way(concern: Locator) -> None:
    direction = "field => getComputedStyle(field).direction"
    concern.fill("Plain English")
    assert concern.evaluate(direction) == "ltr"
    concern.fill("شكوى بشأن الخطة")
    assert concern.evaluate(direction) == "rtl"
    concern.fill("שלום " * 15_000)
    assert concern.evaluate(direction) == "rtl"


def worked_on(page: Page) -> Callable[[], float]:
    """Seconds of the page's own thread on the processor, so that a busy machine makes no difference."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        told = devtools.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == "ThreadTime")

    return worked


def test_a_megabyte_is_pasted_typed_on_and_kept(
    server: Writing, page: Page, concern: Locator
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = "word " * 200_000
    concern.focus()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    frame = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    worked = worked_on(page)
    began = worked()
    page.keyboard.press("Control+v")
    page.evaluate(frame)
    page.keyboard.press("x")
    page.evaluate(frame)
    took = worked() - began
    check_kept(server, page, "concern", text + "x")
    assert took < 1.5, "it is 0.3; with Chromium's own dir=auto it is over three"


def test_strange_characters_come_through_or_are_replaced(
    server: Writing, page: Page, concern: Locator
) -> None:
    concern.fill('<b>&amp; "quoted" \\ {{ tag }}\n\tline \N{GRINNING FACE}')
    check_kept(server, page, "concern", '<b>&amp; "quoted" \\ {{ tag }}\n\tline \N{GRINNING FACE}')
    concern.evaluate(
        "field => { field.value = 'half \\ud83d and nil \\u0000';"
        " field.dispatchEvent(new Event('input')) }"
    )
    check_kept(
        server, page, "concern", "half \N{REPLACEMENT CHARACTER} and nil \N{REPLACEMENT CHARACTER}"
    )
