"""Every form that raises an alert, at every council: filled in, sent, downloaded and opened in Word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.documents.alert_document import said
from practice_alerts.domain.forms.form import FormField, kept_by
from tests.helpers.app.acts import words_in
from tests.helpers.app.people import Cast
from tests.helpers.app.raise_alert import Way, raised
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle
from tests.helpers.files.real_councils import IDS, council

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")

WAYS = (
    Way("lambeth", "practice_alert", "practice_alert", "sample-iro", "stage-1"),
    Way("lambeth", "good_practice", "good_practice", "sample-iro"),
    Way("lambeth", "partner_escalation", "partner", "sample-iro", "stage-1"),
    Way("merton", "practice_alert", "practice_alert", "merton-iro", "stage-2"),
    Way("northamptonshire", "escalation", "escalation", "northamptonshire-iro", "level-1"),
    Way("northamptonshire", "good_practice", "good_practice", "northamptonshire-cp-chair"),
    Way("knowsley", "challenge", "challenge", "knowsley-iro", "stage-1"),
    Way("unnamed-2015", "issue_notification", "concern", "unnamed-2015-iro", "issue-notification"),
    Way("unnamed-2015", "qa_notification", "concern", "unnamed-2015-iro", "stage-1"),
    Way("unnamed-2015", "qa_notification", "good_practice", "unnamed-2015-iro"),
)


def test_every_form_that_raises_is_tried() -> None:
    assert {(way.council, way.kind, way.form) for way in WAYS} == set(_all_that_raise())


def _all_that_raise() -> Iterator[tuple[str, str, str]]:
    for name in IDS:
        procedure = council(name).procedure
        for kind_id, kind in procedure.kinds.items():
            ladder = procedure.ladder_of(kind_id, next(iter(procedure.partners), None))
            for stage in ladder.stages if ladder else (None,):
                yield name, kind_id, form_used(kind_id, kind, ladder, stage)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.council}-{way.kind}-{way.form}")
def test_what_is_typed_stands_in_the_word_document(way: Way, cast: Cast, new_page: Window) -> None:
    officer = cast.at_work(way.officer, new_page)
    fields = way.filled.fields(filled_by="raiser")
    typed = raised(officer, way)
    words = _downloaded(officer.page)
    kept = [one for one in fields if one.id in typed and one.goes_to is None]
    told = [one for one in kept if not kept_by(one.id)]  # what keeps an answer back is told with it
    assert [one.id for one in told if not _stands(one, typed[one.id], words)] == []


def _stands(one: FormField, typed: Any, words: str) -> bool:
    """As typed; or, of several boxes to tick, each that is ticked with its mark, and its number on the paper."""
    options = [(one.options or {})[name] for name in typed] if one.type == "many_of" else []
    ticked = [re.search(rf"☒\t(\d\. )?{re.escape(option)}", words) for option in options]
    return said(one, typed) in words or (bool(ticked) and all(ticked))


def _downloaded(page: Page) -> str:
    """The words of the document that lies behind the alert's own link, as Word would read them."""
    page.get_by_role("link", name=re.compile("^Open ")).click()
    settle(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download it for Word").click()
    return words_in(loading.value.path().read_bytes())


@pytest.mark.parametrize("leaves", ["Tab", "Enter", "a click", "a paste"])
def test_a_name_typed_over_another_stands_however_the_field_is_left(
    cast: Cast, new_page: Window, leaves: str
) -> None:
    officer = cast.at_work("sample-iro", new_page)
    page = _at_the_form(officer)
    worker = page.get_by_label("Social worker (optional)", exact=True).first
    worker.fill("Some Body Fictitious")
    page.keyboard.insert_text(" Elsewhere") if leaves == "a paste" else None
    typed = worker.input_value()
    if leaves in {"Tab", "Enter"}:
        page.keyboard.press(leaves)
    else:
        page.get_by_role("heading", name="The child and the case").click()
    settle(page)
    expect(worker).to_have_value(typed)
    officer.press("Go on: who and when")  # which waits until the name is kept
    page.reload()
    settle(page)
    expect(page.get_by_label("Social worker (optional)", exact=True).first).to_have_value(typed)


def test_a_day_that_is_none_stays_as_typed_and_is_a_fault(cast: Cast, new_page: Window) -> None:
    officer = cast.at_work("sample-iro", new_page)
    page = _at_the_form(officer)
    born = page.get_by_label("Date of birth (optional)", exact=True)
    for typed, why in (
        ("31/04/2012", "there is no such day"),
        ("1/1/2035", "a day that has been"),
    ):
        born.fill(typed)
        page.keyboard.press("Tab")
        officer.press("Go on: who and when")
        officer.says(re.compile(why))
        expect(born).to_have_value(typed)
    born.fill("30 April 2012")
    officer.press("Go on: who and when")
    expect(page.locator("body")).not_to_contain_text("Date of birth (optional):")
    expect(born).to_have_value("30 April 2012")


def test_the_browser_s_back_goes_to_the_step_before_and_a_reload_to_the_same(
    cast: Cast, new_page: Window
) -> None:
    officer = cast.at_work("sample-iro", new_page)
    page = _at_the_form(officer)
    officer.write("Child's name", "Robin Muestra")
    page.keyboard.press("Tab")
    settle(page)
    page.go_back()
    officer.heading("What it is about")
    expect(page.get_by_label("Why it starts at Stage One")).to_have_value(_TALKED)
    page.go_forward()
    officer.heading("The child and the case")
    expect(page.get_by_label("Child's name", exact=True)).to_have_value("Robin Muestra")
    page.reload()
    officer.heading("The child and the case")
    expect(page.get_by_label("Child's name", exact=True)).to_have_value("Robin Muestra")


_TALKED = "It was talked about before."


def _at_the_form(officer: AppPage) -> Page:
    page = officer.page
    page.goto("/app/raise")
    officer.heading(re.compile("^Raise"))
    officer.choose("Practice alert")
    officer.choose("Stage One")
    officer.write("Why it starts at Stage One", _TALKED)
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    return page
