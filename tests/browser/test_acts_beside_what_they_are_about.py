"""The act stands beside what it is about, and whatever writes to others is looked over before it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from practice_alerts.domain.acts.permissions import Act
from tests.helpers.app.acts import CHECK, begin, open_alert
from tests.helpers.app.people import Cast
from tests.helpers.app.screen_actions import AppPage

TO_REVIEW = 3
"""The sample office's alert at its second stage, with an answer that nobody has reviewed."""
ANSWER = "The application was made yesterday; the reply will come within two weeks."
ASKED = "Apply for the school place, and say by when the school will answer."
SUBJECT = "School place in the plan not applied for"
WHY = "Two weeks are too long for a child without a school place."

SIZES = [(1280, 900), (360, 740)]

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")


def in_sight(found: Locator, height: int) -> bool:
    """Is it wholly on the screen, without scrolling?"""
    box = found.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height


def _opened(cast: Cast, new_page: Window, width: int, height: int) -> AppPage:
    officer = cast.at_work("Ines", lambda: new_page(width=width, height=height))
    open_alert(officer, cast.reference(TO_REVIEW))
    return officer


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_answer_stands_in_the_first_screenful_of_the_form_that_reviews_it(
    cast: Cast, new_page: Window, width: int, height: int
) -> None:
    officer = _opened(cast, new_page, width, height)
    assert in_sight(officer.page.get_by_text(SUBJECT, exact=True).first, height)
    begin(officer, Act.REVIEW_RESPONSE)
    quoted = officer.page.locator(".st-key-pa-quoted")
    expect(quoted).to_contain_text("Found before")
    expect(quoted).to_contain_text(ASKED)
    expect(quoted).to_contain_text("No date, no person.")
    answer = quoted.get_by_text(ANSWER, exact=True)
    assert in_sight(answer, height)


@pytest.mark.parametrize("act", [Act.HOLD, Act.ESCALATE, Act.REFER, Act.CLOSE])
def test_every_form_that_rests_on_the_answer_quotes_it(
    cast: Cast, new_page: Window, act: Act
) -> None:
    officer = _opened(cast, new_page, 1280, 900)
    begin(officer, act)
    assert in_sight(officer.page.locator(".st-key-pa-quoted").get_by_text(ANSWER, exact=True), 900)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_escalating_shows_who_gets_it_by_when_and_what_follows_before_it_is_sent(
    cast: Cast, new_page: Window, width: int, height: int
) -> None:
    officer = _opened(cast, new_page, width, height)
    begin(officer, Act.ESCALATE)
    officer.says("Stage Three, if you send it now: the answer is due")
    officer.write("Why it goes to this stage", "")
    officer.press(CHECK)
    officer.says("There is something to put right")
    officer.write("Why it goes to this stage", WHY)
    officer.press(CHECK)
    officer.heading(CHECK)
    for words in (
        "Ash Sample, Assistant Director",
        "Blair Sample",
        WHY,
        "It cannot be taken back.",
    ):
        officer.says(words)
    expect(officer.page.get_by_role("region", name="If nobody answers")).to_contain_text(
        "Stage Five"
    )
    assert in_sight(officer.page.get_by_text("Must answer", exact=True), height)
    officer.press("Change something")
    expect(officer.page.get_by_label("Why it goes to this stage", exact=True)).to_have_value(WHY)
    officer.press("Not now")
    officer.says("an answer came on")


def test_a_referral_says_what_it_sends_and_what_is_left_to_the_person(
    cast: Cast, new_page: Window
) -> None:
    officer = _opened(cast, new_page, 360, 740)
    begin(officer, Act.REFER)
    officer.choose("Referral to CAFCASS")
    officer.write("Why", WHY)
    officer.press(CHECK)
    officer.heading(CHECK)
    form = officer.page.locator("body")
    expect(form).to_contain_text("Recording it sends nothing outside the directory.")
    expect(form).to_contain_text("Casey Sample, Director of Children's Social Care")
