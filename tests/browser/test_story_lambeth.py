"""Lambeth's procedure from raising to closing, each person in a window of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import in_full
from tests.helpers.app.acts import acting, now, offered, open_alert, send_answer, today, words_of
from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.people import Cast
from tests.helpers.app.raise_alert import BECAUSE, Way, raised, reference_on
from tests.helpers.app.screen_actions import AppPage

WAY = Way("lambeth", "practice_alert", "practice_alert", "sample-iro", "stage-1")
TYPED, CHILD = "Alma Erfundne", "Alma Erfunden"
CONCERN = "Nothing has moved since March: the plan < the need & more."

_WAITING, _WITHOUT_AN_ANSWER, _WAITING_TOO = 1, 2, 6
"""The sample office's alerts, by their place in the year."""

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")


@pytest.fixture
def watch(watch: Watch) -> Watch:
    # The answer page says with its status too that something is to be put right.
    watch.expect(r"status of 422")
    return watch


def test_lambeth_from_raising_to_closing(cast: Cast, new_page: Window) -> None:
    officer = cast.at_work("sample-iro", lambda: new_page(height=1400))
    raised(officer, WAY, child_name=TYPED, concerns=CONCERN)
    reference = reference_on(officer)
    _the_manager_answers_on_a_telephone(cast, new_page, reference)
    _not_satisfactory_so_it_climbs(officer, reference)
    _the_service_manager_promises(cast, new_page, reference)
    _held_until_then_and_looked_at(officer)
    _nothing_may_happen_meanwhile(officer)
    _to_cafcass_while_the_ladder_goes_on(officer)
    _those_at_the_top_are_told(officer)
    _a_slip_is_put_right(officer)
    _the_challenged_can_do_none_of_it(cast, new_page, reference)
    _put_right_and_closed(officer)
    expect(officer.page.locator("body")).to_contain_text("Put right and verified.")
    _the_document_tells_it_all(officer.page, reference)
    _all_of_it_in_one_file(officer.page, reference)


def _the_manager_answers_on_a_telephone(cast: Cast, new_page: Window, reference: str) -> None:
    """Without scripts: what is saved for later stands there when the page is opened again."""
    page = new_page(width=360, script=False)
    page.goto(cast.product.link("sample-tm"))
    page.get_by_role("main").get_by_role("button").click()
    page.goto(cast.answer_page(reference, "stage-1"))
    expect(page.locator("body")).to_contain_text(CONCERN)
    expect(page.locator("body")).to_contain_text("4 working days to answer in writing")
    page.get_by_label("Your answer", exact=True).fill("We are looking into it.")
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("status")).to_contain_text("has not been sent yet")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Will it be done? Choose one.")
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer is sent")


def _not_satisfactory_so_it_climbs(officer: AppPage, reference: str) -> None:
    open_alert(officer, reference)
    officer.says("an answer came on")
    with acting(officer, Act.REVIEW_RESPONSE):
        officer.answer("Is it good enough?", "Not satisfactory")
        officer.write("Why", "It names nobody and no day.")
    with acting(officer, Act.ESCALATE):
        officer.answer("To which stage?", "Stage Two")
        officer.says("Vera Sample (Service Manager): Stage Two asks Service Manager")
        expect(officer.page.get_by_label("Actions recommended")).to_have_value(
            re.compile("^actions ")
        )
        officer.write("Why it goes to this stage", "The first answer settles nothing.")
    officer.says("Stage Two: waiting for Service Manager")


def _the_service_manager_promises(cast: Cast, new_page: Window, reference: str) -> None:
    manager = cast.at_work("sample-sm", new_page)
    manager.page.get_by_role("link", name=reference).click()
    manager.heading(reference)
    manager.page.get_by_role("link", name="Answer this alert").click()
    page = manager.page
    page.get_by_label("Your answer", exact=True).fill("The search begins on Monday.")
    page.get_by_label("It will be done by a date").check()
    page.get_by_label("By when", exact=True).fill((today() + timedelta(days=40)).isoformat())
    page.get_by_label("Who does it").fill("the placements team")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answer is sent")


def _held_until_then_and_looked_at(officer: AppPage) -> None:
    """The time limit runs on, and the day of the promise stands in the form already."""
    officer.page.reload()
    with acting(officer, Act.HOLD):
        officer.says("The time limit passes before the hold ends")
    officer.says(f"on hold until {in_full(today() + timedelta(days=40))}. The placements team")
    with acting(officer, Act.REVIEW_HOLD):
        officer.answer("Is it under way?", "Yes")
        officer.write("What you found", "The first family has been visited.")
    officer.says("on hold until")


def _nothing_may_happen_meanwhile(officer: AppPage) -> None:
    with acting(officer, Act.STANDSTILL):
        officer.write("What must not happen until the alert is settled", "The move to the coast.")
        officer.write("Who was told, and when", "Vera, by telephone, at noon.")
    officer.says("The move to the coast.")


def _to_cafcass_while_the_ladder_goes_on(officer: AppPage) -> None:
    with acting(officer, Act.REFER):
        officer.answer("Where to", "Referral to CAFCASS")
        officer.write("Why", "The plan has stood still for a year.")
        officer.write("With whom you spoke, when, and what they said (optional)", "With nobody.")
    with acting(officer, Act.FOLLOW_UP):
        officer.page.get_by_role("radiogroup", name="Which referral").locator("label").click()
        officer.answer("What happened", "They have it")
        officer.write("What they said or decided (optional)", "A reply within a week.")
    officer.says("They have it")
    officer.says("on hold until")


def _those_at_the_top_are_told(officer: AppPage) -> None:
    with acting(officer, Act.OVERRIDE):
        officer.answer("What happened", "attention from the media is about to come")
        officer.write("Who was told", "The Director, the partnership's chair")
        officer.write("At", f"{now():%H:%M}")
        officer.write("Who told them", "The reviewing officer")
    officer.says("attention from the media is about to come")


def _a_slip_is_put_right(officer: AppPage) -> None:
    with acting(officer, Act.CORRECT):
        officer.pick("Which answer was wrong", "Child's name")
        officer.write("How the mistake came about", "A slip of the keys.")
        expect(officer.page.get_by_label("Child's name", exact=True)).to_have_value(TYPED)
        officer.write("Child's name", CHILD)
    officer.says(CHILD)


def _the_challenged_can_do_none_of_it(cast: Cast, new_page: Window, reference: str) -> None:
    manager = cast.at_work("sample-sm", new_page)
    open_alert(manager, reference)
    expect(manager.page.get_by_role("heading", name="History")).to_be_visible()
    expect(manager.page.get_by_role("heading", name="What you can do now")).to_have_count(0)


def _put_right_and_closed(officer: AppPage) -> None:
    with acting(officer, Act.CLOSE):
        officer.pick("How does it end?", "Put right and verified")
        officer.tick("What is different for the child now", "The plan is carried out now")
        officer.write("What changed for the child", "A home has been found nearby.")
        officer.answer("Was the child told of their right to an advocate? (optional)", "Yes")
        officer.write("Who told them of an advocate (optional)", "Sid")
    officer.says("Put right and verified")
    offered(officer, Act.REOPEN)


def _the_document_tells_it_all(page: Page, reference: str) -> None:
    words = words_of(page, f"/documents/{reference}.docx")
    for part in (
        *(reference, CHILD, CONCERN, "Stage One", "We are looking into it."),
        *("It names nobody and no day.", "The first answer settles nothing.", "Stage Two"),
        *("The search begins on Monday.", "A home has been found nearby."),
        "Put right and verified",
    ):
        assert part in words, part
    assert TYPED not in words


def _all_of_it_in_one_file(page: Page, reference: str) -> None:
    """To place on the case system: documents, the whole history, and a note that any system takes."""
    with page.expect_download() as loading:
        page.get_by_role("link", name="Everything for the case system").click()
    with ZipFile(BytesIO(loading.value.path().read_bytes())) as whole:
        files = {name.rpartition("/")[2]: whole.read(name) for name in whole.namelist()}
    assert f"{reference}.docx" in files
    note = next(body for name, body in files.items() if name.endswith(".txt")).decode()
    for part in (reference, BECAUSE, "The move to the coast.", "A slip of the keys."):
        assert part in note, part


def _asks_while_typing(page: Page) -> None:
    """A question is a form of its own; what stands in the answer is kept when it is sent."""
    page.get_by_text("Ask the reviewing officer a question").click()
    page.get_by_label("Your question", exact=True).fill("Which of the two plans?")
    page.get_by_label("Your answer", exact=True).press("End")
    page.get_by_label("Your answer", exact=True).press_sequentially("un.")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("body")).to_contain_text(
        re.compile("The reviewing officer (has been|is) told")
    )
    expect(page.get_by_label("Your answer", exact=True)).to_have_value("The search has begun.")
    page.get_by_label("Your answer", exact=True).press("End")
    page.get_by_label("Your answer", exact=True).press_sequentially(" Soon.")


def test_a_text_begun_on_one_stage_is_offered_back_once_it_has_moved_on(
    cast: Cast, new_page: Window
) -> None:
    """What was typed is kept a second after the last key, with no button pressed."""
    reference = cast.reference(_WITHOUT_AN_ANSWER)
    manager = cast.at_work("sample-tm", new_page)
    page, address = manager.page, cast.answer_page(reference, "stage-1")
    page.goto(address)
    page.get_by_label("Your answer", exact=True).press_sequentially("The search has")
    expect(page.locator(".kept-at")).to_contain_text("It has not been sent yet.")
    page.close()
    page = page.context.new_page()
    page.goto(address)
    expect(page.get_by_label("Your answer", exact=True)).to_have_value("The search has")
    page.get_by_label("Your answer", exact=True).press("End")
    page.get_by_label("Your answer", exact=True).press_sequentially(" beg")
    _asks_while_typing(page)
    page.goto("/dates")  # at once: nothing has been said to be kept

    officer = cast.at_work("sample-iro", new_page)
    open_alert(officer, reference)
    with acting(officer, Act.ESCALATE):
        officer.answer("To which stage?", "Stage Two")
        officer.write("Why it goes to this stage", "No answer has come.")

    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This alert has moved on")
    expect(page.get_by_role("heading", name="What you typed and did not send")).to_be_visible()
    expect(page.locator("body")).to_contain_text("The search has begun. Soon.")
    expect(page.get_by_role("button", name="Send the answer")).to_have_count(0)


def test_of_two_answers_in_two_windows_the_later_is_told_and_kept(
    cast: Cast, new_page: Window
) -> None:
    reference = cast.reference(_WAITING)
    manager = cast.at_work("sample-tm", new_page)
    address = cast.answer_page(reference, "stage-1")
    other = manager.page.context.new_page()
    other.goto(address)
    manager.page.goto(address)
    send_answer(manager.page, "It has been done.", "It has been done")
    other.get_by_label("Your answer", exact=True).fill("Typed beside it.")
    other.get_by_label("Something else").check()
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_role("alert")).to_contain_text("Your answer was not sent")
    expect(other.get_by_label("Your answer", exact=True)).to_have_value("Typed beside it.")


def test_going_back_after_a_refusal_and_an_answer_asks_to_send_nothing_again(
    cast: Cast, new_page: Window
) -> None:
    """Nothing typed is lost on the way, and a page that stands after sending may be loaded again."""
    reference = cast.reference(_WAITING_TOO)
    page = cast.at_work("sample-tm", new_page).page
    address = cast.answer_page(reference, "stage-1")
    page.goto(address)
    answer = page.get_by_label("Your answer", exact=True)
    answer.fill("The search has begun.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Will it be done? Choose one")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Will it be done? Choose one")
    expect(answer).to_have_value("The search has begun.")
    page.locator("input[name=response][value=done]").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", name="Your answer is sent")).to_be_visible()
    for go in (page.reload, page.go_back, page.go_forward, page.go_back, page.reload):
        go()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            re.compile("Your answer is sent|You answered on")
        )
