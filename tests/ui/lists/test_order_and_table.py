"""In which order the tray stands and whether as a table, kept as filters are."""

import re

import pytest

from practice_alerts.casework.views import saved_views, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.standing.list_filters import Filters, Order
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch


def three(desk: Desk) -> tuple[str, str, str]:
    """Raised one after the other, at different stages, so that each order is another one."""
    stages = (
        ("Mon 2025-06-02", "stage-2"),
        ("Tue 2025-06-03", "stage-1"),
        ("Wed 2025-06-04", "stage-3"),
    )
    first, second, third = (desk.at(when).raised(stage).alert.reference for when, stage in stages)
    desk.at("Wed 2025-06-04")
    return first, second, third


def references(screen: Screen) -> list[str]:
    links = [str(one.proto.label).strip("*") for one in screen.test.get("page_link")]
    return [label for label in links if label.startswith("LAM-")]


def test_each_order_is_what_it_says(desk: Desk) -> None:
    first, second, third = three(desk)

    def order(order: Order) -> list[str]:
        wanted = Wanted(Filters(order=order))
        part = work_tray.tray(desk.office, desk.actor("iro"), wanted).part("waiting")
        return [one.row.reference for one in part.lines]

    assert order("open") == [first, second, third]
    assert order("stage") == [third, first, second]
    due = work_tray.tray(desk.office, desk.actor("iro")).part("waiting").lines
    days = [one.row.response_due for one in due]
    assert days == sorted(day for day in days if day)
    assert order("due") == [one.row.reference for one in due]


def test_order_and_table_are_kept_with_a_view_and_filter_nothing(
    desk: Desk, monkeypatch: Patch
) -> None:
    first, second, third = three(desk)
    screen = open_screen(desk, "iro", "work_tray", monkeypatch)
    screen.pick("In which order", "stage")
    assert references(screen) == [third, first, second]
    screen.tick("As a table")
    assert references(screen) == []
    assert screen.test.expander[0].label == "Filters"
    field = next(one for one in screen.test.text_input if one.label == "Name for this view")
    field.set_value("By stage")
    screen.run().press("Keep this view")
    kept = Filters(order="stage", dense=True)
    assert [one.filters for one in saved_views.mine(desk.office, "iro")] == [kept]
    screen.pick("Stage", "practice_alert/stage-1").press("Clear the filters")
    rows = re.findall(r'reference=(LAM-\d+-\d+)"', screen.words)
    assert rows == [third, first, second], "cleared filters leave order and table"


def test_a_row_of_the_table_says_what_a_line_says(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.at("Mon 2025-06-02").raised("stage-1").alert.reference
    screen = open_screen(desk.at("Wed 2025-06-04"), "iro", "work_tray", monkeypatch, dense="true")
    words = screen.words
    assert "<caption>Waiting on others</caption>" in words
    for said in (
        f'<a href="/app/alert?reference={reference}" target="_self">{reference}</a>',
        "K. M., S-100001",
        "Stage One",
        "Answer due Friday 6 June 2025",
        'Team Manager, <a href="mailto:manager@practice.invalid">Manager Sample</a>, since Monday',
        f'href="/app/alert?reference={reference}&amp;act=remind"',
    ):
        assert said in words
    assert "Kit" not in words


def test_a_view_that_was_kept_before_there_was_an_order_still_opens() -> None:
    read = Filters.read({"whose": "service", "needs": True})
    assert read is not None
    assert (read.order, read.dense) == ("due", False)
    assert Filters.read({"order": "by child"}) is None


def test_loaded_anew_the_page_stands_as_it_was_chosen_that_day(
    desk: Desk, monkeypatch: Patch
) -> None:
    three(desk)
    open_screen(desk, "iro", "work_tray", monkeypatch).tick("As a table").pick(
        "Stage", "practice_alert/stage-1"
    )
    anew = open_screen(desk, "iro", "work_tray", monkeypatch)
    assert anew.test.expander[0].label == "Filters (1 in use)"
    assert len(re.findall(r'reference=(LAM-\d+-\d+)"', anew.words)) == 1
    assert saved_views.mine(desk.office, "iro") == ()
    for other in ("other_iro", "boss"):
        theirs = open_screen(desk, other, "work_tray", monkeypatch)
        assert theirs.test.expander[0].label == "Filters"
    tomorrow = open_screen(desk.at("Thu 2025-06-05"), "iro", "work_tray", monkeypatch)
    assert tomorrow.test.expander[0].label == "Filters", "no filter hides what is to be done today"
    assert len(re.findall(r'reference=(LAM-\d+-\d+)"', tomorrow.words)) == 3


def test_an_address_goes_before_what_was_chosen(desk: Desk, monkeypatch: Patch) -> None:
    three(desk)
    open_screen(desk, "boss", "work_tray", monkeypatch).pick("Stage", "practice_alert/stage-1")
    led = open_screen(desk, "boss", "work_tray", monkeypatch, whose="service")
    assert led.test.expander[0].label == "Filters"
