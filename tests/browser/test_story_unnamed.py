"""The unnamed council's procedure from the first question to closing twice, each person in their own window."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from practice_alerts.domain.acts.permissions import Act
from tests.helpers.app.acts import acting, now, offered, open_alert, send_answer, today, words_of
from tests.helpers.app.people import Cast
from tests.helpers.app.raise_alert import TOLD_AT_ONCE, Way, choose_who, raised, reference_on
from tests.helpers.app.screen_actions import AppPage

WAY = Way("unnamed-2015", "issue_notification", "concern", "unnamed-2015-iro", "issue-notification")
CHILD = "Alma Erfunden"
CONCERN = "The decision of the review was not followed up."
SUMMARY = "No progress since the last review"

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")


def test_the_unnamed_council_from_the_first_question_to_closing_twice(
    cast: Cast, new_page: Window
) -> None:
    officer = cast.at_work("unnamed-2015-iro", lambda: new_page(height=1400))
    raised(officer, WAY, child_name=CHILD, concerns=CONCERN, summary_for_log=SUMMARY)
    reference = reference_on(officer)
    open_alert(officer, reference)
    officer.says(f"Told at once: {TOLD_AT_ONCE}")
    _no_good_answer(cast, new_page, officer, "We have much to do.")
    _the_formal_form_knows_what_is_known(officer)
    _no_good_answer(cast, new_page, officer, "We still have much to do.")
    _talked_over_and_taken_to_stage_2(officer)
    deputy = cast.at_work("unnamed-2015-deputy-head-iro", lambda: new_page(height=1400))
    _the_deputy_head_takes_it_up(deputy, reference)
    _not_settled_so_to_stage_3(deputy)
    _the_two_heads_meet(officer, reference)
    _settled_and_closed(officer)
    _closed_too_early(officer)
    _settled_and_closed(officer, reviewed=True)
    expect(officer.page.locator("body")).to_contain_text("Put right and verified.")
    _the_document_tells_both_forms(officer.page, reference)


def _no_good_answer(cast: Cast, new_page: Window, officer: AppPage, text: str) -> None:
    """Social worker and team manager are both asked; the team manager answers, and it will not do."""
    reference = reference_on(officer)
    manager = cast.at_work("unnamed-2015-team-manager", new_page)
    open_alert(manager, reference)
    manager.page.get_by_role("link", name="Answer this alert").click()
    send_answer(manager.page, text, "Something else")
    open_alert(officer, reference)
    with acting(officer, Act.REVIEW_RESPONSE):
        officer.answer("Is it good enough?", "Not satisfactory")
        officer.write("Why", "It names nobody and no day.")


def _the_formal_form_knows_what_is_known(officer: AppPage) -> None:
    """The QA form is filled anew; what was said on the first form stands in it already."""
    page = officer.page
    with acting(officer, Act.ESCALATE):
        officer.answer("To which stage?", "Stage 1")
        officer.answer("This is", "a concern")
        for label, words in (
            ("Child's name", CHILD),
            ("The concern", CONCERN),
            ("In one line, without names", SUMMARY),
        ):
            expect(page.get_by_label(label, exact=True)).to_have_value(words)
        expect(page.get_by_role("combobox", name="Relevant person")).not_to_have_value("")
        officer.tick("Criteria (optional)", "Drift or delay in carrying out the plan")
        officer.tick("Why it is a formal notification", "the answer was not adequate")
        officer.write("Why it goes to this stage (optional)", "The first answer settles nothing.")
        choose_who(officer)
    officer.says("Stage 1: waiting for Social Worker and Team Manager")
    officer.says("Poor practice; Social worker absent from the statutory review")  # as first sent


def _talked_over_and_taken_to_stage_2(officer: AppPage) -> None:
    with acting(officer, Act.STEP):
        _took_place(officer, "IRO and deputy head", may_be_unneeded=True)
        officer.answer("What was decided to do next (optional)", "Go on to Stage 2")
        officer.write(
            "What was said, agreed or recorded (optional)", "It cannot be settled between us."
        )
    with acting(officer, Act.ESCALATE):
        officer.answer("To which stage?", "Stage 2")
        officer.write("Why it goes to this stage (optional)", "Two answers settle nothing.")
        officer.says("Who must answer")  # drawn once the stage is known
        choose_who(officer)


def _took_place(
    somebody: AppPage, present: str = "", chair: str = "", *, may_be_unneeded: bool = False
) -> None:
    """Nothing is asked that the procedure does not give the step."""
    if may_be_unneeded:
        somebody.answer("Did it take place?", "Yes")
    somebody.date("On", today())
    somebody.write("At", f"{now():%H:%M}")
    if chair:
        somebody.write("Who chaired it (optional)", chair)
    if present:
        somebody.write("Who took part (optional)", present)


def _the_deputy_head_takes_it_up(deputy: AppPage, reference: str) -> None:
    """It is theirs to see, to talk over and to record; each step leads to the next."""
    open_alert(deputy, reference)
    deputy.says("Stage 2")
    with acting(deputy, Act.STEP):
        expect(deputy.page.get_by_role("radio", name="Discussion of the issues")).to_be_checked()
        _took_place(deputy, "Deputy head, IRO service\nDeputy head, operational")
        deputy.write(
            "What was said, agreed or recorded (optional)", "The plan stands; people are missing."
        )
    for step, words in (
        ("Discussion recorded on the child's file", "On the file since today."),
        ("Urgent action plan agreed", "A worker is named by Friday."),
    ):
        with acting(deputy, Act.STEP):
            expect(deputy.page.get_by_role("radio", name=step)).to_be_checked()
            _took_place(deputy)
            deputy.write("What was said, agreed or recorded (optional)", words)
        deputy.says(words)
    deputy.says(re.compile(r"Took place on \w+ \d+ \w+ \d{4} at \d\d:\d\d"))


def _not_settled_so_to_stage_3(deputy: AppPage) -> None:
    with acting(deputy, Act.ESCALATE):
        deputy.answer("To which stage?", "Stage 3")
        deputy.write("Why it goes to this stage (optional)", "No worker was named.")
        choose_who(deputy)
        deputy.answer("Is the dispute with another part of the council?", "No")
    deputy.says("Stage 3")


def _the_two_heads_meet(officer: AppPage, reference: str) -> None:
    open_alert(officer, reference)
    for step, chair, words in (
        ("Discussion between the two heads", "", "They want to hear everybody."),
        ("Professionals' meeting", "Head of Service (Quality Assurance)", "A worker starts."),
        ("Actions agreed at the meeting taken", "", "The worker has been to see her."),
    ):
        with acting(officer, Act.STEP):
            officer.answer("Which step", step)
            met = "" if step.startswith("Actions") else "IRO\nHead of Service (operational)"
            _took_place(officer, met, chair, may_be_unneeded=bool(chair))
            officer.write("What was said, agreed or recorded (optional)", words)
    officer.says("Chair: Head of Service (Quality Assurance)")
    officer.says("every step of this stage is recorded. Say whether it is settled.")


def _settled_and_closed(officer: AppPage, *, reviewed: bool = False) -> None:
    if not reviewed:
        with acting(officer, Act.REVIEW_RESPONSE):
            officer.answer("Is it good enough?", "Put right and verified")
            officer.write("Why", "The worker came on both days.")
    with acting(officer, Act.CLOSE):
        officer.pick("How does it end?", "Put right and verified")
        officer.tick("What is different for the child now", "The child was seen or heard")
        officer.write("What changed for the child", "Alma knows her worker.")
    officer.says("Closed on")


def _closed_too_early(officer: AppPage) -> None:
    with acting(officer, Act.REOPEN):
        officer.write("Why it is opened again", "The worker has left.")
    offered(officer, Act.CLOSE)
    officer.says("Stage 3")


def _the_document_tells_both_forms(page: Page, reference: str) -> None:
    words = words_of(page, f"/documents/{reference}.docx")
    for part in (
        *(reference, CHILD, CONCERN, "Issue Notification", "Stage 1", "Stage 2", "Stage 3"),
        *("We have much to do.", "We still have much to do.", "In the chair: Head of Service"),
        *("Drift or delay in carrying out the plan", "the answer was not adequate"),
        *("A worker starts.", "Alma knows her worker."),
    ):
        assert part in words, part
