"""From the guide to the log in a browser: nothing typed is lost, and nobody is named where they must not be.

One alert under Lambeth's procedure; what becomes of it afterwards is told in test_story_lambeth.py.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import close_window, settle, sign_in
from tests.helpers.product.running_product import Served

_TALKED = "Have you talked about it with the social worker or somebody else?"
CHILD = "Alma Erfunden"
CASE = "E-471199"
CONCERN = "Nothing has moved since March: the plan < the need & more."
NAMES = (CHILD, "Erfunden", CASE, "Sid Sample", "Toni Sample", "since March")

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def product(served: Served) -> Served:
    """A product of this walk's own, because it is killed in the middle."""
    return served


@pytest.fixture
def origin(product: Served) -> str:
    return product.origin


@pytest.fixture
def watch(watch: Watch) -> Watch:
    # Streamlit first looks for its own endpoints below the page it was opened on, then above it.
    watch.expect(r"status of 404.* at \S+/app/\w+/_stcore/")
    watch.expect_the_server_to_go()  # it is killed on purpose while a page is open
    # The answer page says with its status too that something is to be put right.
    watch.expect(r"status of 422")
    return watch


def _link(product: Served, name: str) -> str:
    return next(link for who, link in product.links().items() if who.startswith(name))


def _notices(product: Served, words: str) -> list[str]:
    """The texts of all notices so far whose subject holds these words."""
    found = []
    for file in sorted((product.data / "outbox").glob("*.eml")):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        body = message.get_body()
        if words in str(message["subject"]) and body is not None:
            found.append(f"{message['to']}\n{body.get_content()}")
    return found


def _drafts(product: Served) -> str:
    """What everybody has typed and not sent, as the store keeps it."""
    store = sqlite3.connect(f"file:{product.data}/practice-alerts.db?mode=ro", uri=True)
    found = " ".join(str(body) for (body,) in store.execute("SELECT body FROM drafts"))
    store.close()
    return found


def _wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def test_one_alert_from_the_guide_to_the_log(product: Served, new_page: Window) -> None:
    officer = AppPage(new_page(height=1400))
    _the_guide_shows_the_procedure(officer.page)
    _nobody_gets_in_without_a_session(officer.page)
    sign_in(officer.page, _link(product, "Ines"))
    _the_draft_survives_a_kill(product, officer)
    reference = _the_officer_raises(officer)
    assert reference.startswith("LAM-")
    _the_log_follows(product, reference, "Stage One")
    _the_manager_answers(product, new_page, reference)
    _the_log_names_nobody(product, new_page, reference)
    _no_notice_names_anybody(product)
    _a_stranger_gets_nothing(product, new_page, reference)


def test_the_last_words_before_a_window_closes_stand_in_the_next(
    product: Served, new_page: Window
) -> None:
    officer = AppPage(new_page(height=1400))
    sign_in(officer.page, _link(product, "Ines"))
    _the_form_begun(officer)
    officer.write("Child's name", CHILD)
    _wait_for(lambda: CHILD in _drafts(product))
    address, next_page = officer.page.url, officer.page.context.new_page()
    with product.standing_still():
        officer.write("Practice concerns", CONCERN)
        close_window(officer.page)
        next_page.wait_for_timeout(1000)  # a browser ends the connection a little later
    next_page.goto(address)
    settle(next_page)
    expect(next_page.get_by_label("Practice concerns", exact=True)).to_have_value(CONCERN)


def _the_guide_shows_the_procedure(page: Page) -> None:
    page.goto("/lambeth/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lambeth")
    expect(page.locator("body")).to_contain_text("20 working days")
    expect(page.locator("body")).to_contain_text("Stage Six")


def _nobody_gets_in_without_a_session(page: Page) -> None:
    page.goto("/app/")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))


def _the_form_begun(officer: AppPage) -> None:
    officer.press("Raise a practice alert")
    officer.heading("Raise a practice alert")
    officer.choose("Stage One")
    officer.write("Why it starts at Stage One", "It was talked about twice.")
    officer.press("Go on to the form")
    officer.heading("The child and the case")


def _the_draft_survives_a_kill(product: Served, officer: AppPage) -> None:
    _the_form_begun(officer)
    officer.write("Child's name", CHILD)
    officer.write("Practice concerns", CONCERN)
    _wait_for(lambda: CONCERN in _drafts(product))  # the field is not left
    address = officer.page.url
    product.kill()
    product.start()
    officer.page.goto(address)
    settle(officer.page)
    expect(officer.page.get_by_label("Child's name", exact=True)).to_have_value(CHILD)
    expect(officer.page.get_by_label("Practice concerns", exact=True)).to_have_value(CONCERN)
    assert "Alma" not in address


def _the_case_is_named(officer: AppPage) -> None:
    officer.write("ID", CASE)
    officer.choose("Independent Reviewing Officer, for a looked-after child")
    officer.choose("looked after")
    officer.pick("Social worker", "Sid Sample")
    officer.pick("Team manager", "Toni Sample")
    officer.pick("Team", "Sample Team North")


def _the_officer_raises(officer: AppPage) -> str:
    _the_case_is_named(officer)
    officer.choose("Unacceptable drift in care planning")
    officer.answer(_TALKED, "No")
    officer.write("In one line, without names", "Alma waits for a plan")
    officer.write("Actions recommended", "Make a plan and say by when.")
    officer.press("Go on: who and when")
    officer.says("take out 'Alma'")
    officer.write("In one line, without names", "No progress with the plan")
    officer.press("Go on: who and when")
    officer.heading("Who and when")
    officer.says("Toni Sample (Team Manager): Stage One asks Team Manager.")
    officer.page.get_by_text(re.compile("^Why .*20")).first.click()
    officer.says("day 4")
    officer.says("the day after is day 1")
    officer.press("Check your answers")
    officer.heading("Check your answers")
    officer.says(CONCERN)
    officer.press("Send the alert")
    officer.heading(re.compile("is sent"))
    title = officer.page.get_by_role("heading", level=1).inner_text()
    found = re.search(r"LAM-\d{4}-\d{4}", title)
    assert found is not None
    return found.group()


def _the_log_follows(product: Served, reference: str, stage: str) -> None:
    log = product.data / "log" / "lambeth.db"

    def there() -> bool:
        with sqlite3.connect(f"file:{log}?mode=ro", uri=True) as connection:
            query = "SELECT count(*) FROM stages WHERE reference = ? AND label = ?"
            (count,) = connection.execute(query, (reference, stage)).fetchone()
        connection.close()
        return int(count) == 1

    _wait_for(there)


def _the_manager_answers(product: Served, new_page: Window, reference: str) -> None:
    """From the notice, on a telephone and without scripts."""
    _wait_for(lambda: bool(_notices(product, f"{reference}: your answer")))
    (notice,) = _notices(product, f"{reference}: your answer")
    page = new_page(width=360, script=False)
    page.goto(_address_in(notice, "respond"))
    _the_address_alone_opens_nothing(product, page)
    expect(page.locator("body")).to_contain_text(CONCERN)
    expect(page.locator("body")).to_contain_text("4 working days")
    page.get_by_label("Your answer", exact=True).fill("We are looking into it.")
    page.get_by_role("button", name="Save for later").click()
    expect(page.locator("body")).to_contain_text("has not been sent yet")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one")
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Send the answer").click()
    _has_heading(page, "Your answer is sent")


def _the_address_alone_opens_nothing(product: Served, page: Page) -> None:
    """Without a session it offers a one-time link, sent to whoever is asked."""
    _has_heading(page, "Sign in to read it")
    expect(page.locator("body")).not_to_contain_text(CHILD)
    page.get_by_role("button", name="Send the link").click()
    _wait_for(lambda: bool(_notices(product, "link to sign in")))
    page.goto(_address_in(_notices(product, "link to sign in")[-1], "sign-in"))
    page.get_by_role("main").get_by_role("button").click()
    _has_heading(page, "A practice alert asks for your answer")


def _address_in(notice: str, place: str) -> str:
    found = re.search(rf"http\S+/{place}/\S+", notice)
    assert found is not None
    return found.group()


def _has_heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def _the_log_names_nobody(product: Served, new_page: Window, reference: str) -> None:
    page = new_page()
    sign_in(page, _link(product, "Quinn"))
    page.goto(f"/log/lambeth/alerts?reference={reference}")
    expect(page.locator("body")).to_contain_text("No progress with the plan")
    body = b"".join(file.read_bytes() for file in sorted(product.data.glob("log/*")))
    for name in NAMES:
        assert name.encode() not in body


def _no_notice_names_anybody(product: Served) -> None:
    for notice in _notices(product, ""):
        _, _, text = notice.partition("\n")
        for name in NAMES:
            assert name not in text


def _a_stranger_gets_nothing(product: Served, new_page: Window, reference: str) -> None:
    """Neither somebody of another post nor somebody without a session."""
    stranger = new_page()
    sign_in(stranger, _link(product, "Ash"))
    answer = stranger.context.request.get(f"/documents/{reference}.docx")
    assert answer.status == 404
    assert stranger.context.request.get("/log/lambeth.json").status == 403
    stranger.context.clear_cookies()
    refused = stranger.context.request.get(f"/documents/{reference}.docx", max_redirects=0)
    assert refused.status == 401
