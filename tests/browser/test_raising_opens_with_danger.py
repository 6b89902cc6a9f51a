"""Raising opens with what does not belong into an alert, and asks one reason once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.people import Cast

Window = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("app_opened_within")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_danger_and_allegations_come_before_the_first_question(
    cast: Cast, new_page: Window, width: int, height: int
) -> None:
    officer = cast.at_work("Ines", lambda: new_page(width=width, height=height))
    officer.page.goto("/app/raise")
    officer.heading(re.compile("^Raise"))
    danger = officer.page.get_by_role("heading", name="Is anybody in danger now?")
    first = officer.page.get_by_role("radiogroup", name="What do you raise?")
    asked, begins = danger.bounding_box(), first.bounding_box()
    assert asked is not None
    assert begins is not None
    assert asked["y"] + asked["height"] <= min(height, begins["y"])
    told = officer.page.locator(".pa-told")
    expect(told).to_contain_text("Ring 999")
    expect(told).to_contain_text("emergency duty team")
    expect(told).to_contain_text("(LADO)")
    officer.choose("Good practice alert")
    expect(told).to_have_count(0)


def test_the_usual_stage_stands_chosen_and_its_reason_is_asked_once(
    cast: Cast, new_page: Window
) -> None:
    officer = cast.at_work("Ines", new_page)
    officer.page.goto("/app/raise")
    officer.heading(re.compile("^Raise"))
    expect(officer.page.get_by_role("radio", name="Stage One", exact=True)).to_be_checked()
    officer.write("Why it starts at Stage One", "It was talked about, without result.")
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    expect(officer.page.get_by_label("Actions recommended", exact=True)).to_be_visible()
    expect(officer.page.get_by_label("Why it goes to this stage")).to_have_count(0)
