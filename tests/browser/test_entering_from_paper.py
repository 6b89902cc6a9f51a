"""What ran on paper is entered in the first step of raising; what is typed is kept, and the last page says it all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.acts import today
from tests.helpers.app.people import Cast
from tests.helpers.app.screen_actions import AppPage

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")

STANDS = "At which stage does it stand now?"
RAISED = "The day on which it was raised"
CAME = "Stage One: the day on which it came there (optional)"
SENT = "Stage Two: the day on which it was sent"
GIVEN = "Stage Two: the day given for the answer (optional)"
REFERENCE = "The reference it bore on paper (optional)"


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def begin(somebody: AppPage) -> None:
    somebody.page.goto("/app/raise")
    somebody.heading(re.compile("^Raise"))


def type_the_paper(somebody: AppPage, reference: str) -> None:
    somebody.answer(STANDS, "Stage Two")
    somebody.write(REFERENCE, reference)
    somebody.date(RAISED, ago(12))
    somebody.date(CAME, ago(14))
    somebody.date(SENT, ago(8))
    somebody.answer("How it was sent", "By e-mail")
    somebody.date(GIVEN, ago(3))
    somebody.press("Go on to the form")


def fill_the_form(somebody: AppPage, number: str) -> None:
    somebody.heading("The child and the case")
    somebody.write("Child's name", "Kay Fiction")
    somebody.write("ID", number)
    somebody.choose("Independent Reviewing Officer, for a looked-after child")
    somebody.pick("Team", "Sample Team North")
    somebody.write("In one line, without names", "No pathway plan since the summer")
    somebody.press("Go on: who and when")
    somebody.press("Check your answers")
    somebody.heading("Check your answers")


def test_an_impossible_day_is_told_and_kept_and_the_alert_is_late_at_once(
    cast: Cast, new_page: Window
) -> None:
    officer = cast.at_work("Ines", lambda: new_page(width=1280, height=900))
    begin(officer)
    officer.choose("It runs on paper")
    type_the_paper(officer, "Esc 21")
    told = officer.page.locator(".pa-faults")
    expect(told).to_contain_text("it was raised on")
    told.get_by_role("link").click()
    expect(officer.page.get_by_label(CAME, exact=True)).to_be_focused()
    officer.page.reload()
    officer.heading("What the paper says")
    expect(officer.page.get_by_label(REFERENCE, exact=True)).to_have_value("Esc 21")
    officer.date(CAME, ago(10))
    officer.press("Go on to the form")
    fill_the_form(officer, "4711")
    officer.says("Taken over from paper by Ines Sample")
    officer.says(f"Sent on{_in_words(ago(8))}")
    officer.press("Enter the alert")
    officer.heading(re.compile("is entered$"))
    officer.page.get_by_role("link", name=re.compile("^Open LAM-")).click()
    officer.heading(re.compile("^LAM-"))
    officer.says("Taken over from paper by Ines Sample")
    officer.says(re.compile(r"no answer; it was due"))
    officer.says("Answer due, as given on paper")


def _in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def test_support_enters_it_for_an_officer_on_a_telephone_and_no_reference_twice(
    cast: Cast, new_page: Window
) -> None:
    support = cast.at_work("Rosa", lambda: new_page(width=360, height=740))
    begin(support)
    expect(support.page.get_by_role("radiogroup", name="What do you raise?")).to_have_count(0)
    support.pick("Whose alert is it?", "Ines Sample")
    type_the_paper(support, "esc 21")
    told = support.page.locator(".pa-faults")
    expect(told).to_contain_text("bears esc 21 already: it is LAM-")
    support.write(REFERENCE, "Esc 22")
    support.date(CAME, ago(10))
    support.press("Go on to the form")
    fill_the_form(support, "4712")
    support.says("by Rosa Sample, for Ines Sample")
    width = support.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    support.press("Enter the alert")
    support.heading(re.compile("is entered$"))
