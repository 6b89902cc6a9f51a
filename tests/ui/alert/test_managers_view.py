"""What an IRO manager finds on the page of an alert."""

import pytest

from practice_alerts.adapters.store.core import tables
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch
GIVE = "Give it to another officer"


def test_what_they_can_do_stands_under_its_heading(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    screen = open_screen(desk, "boss", "alert", monkeypatch, reference=reference)
    assert "What you can do now" in screen.words
    assert GIVE in [one.label for one in screen.test.button]
    assert "More you can do" not in [one.label for one in screen.test.expander]


def test_where_nobody_could_take_it_no_reason_is_asked_for(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    held = tables.holdings.c
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(held.person_id.not_in(("iro", "boss"))))
    screen = open_screen(desk, "boss", "alert", monkeypatch, reference=reference)
    screen.press(GIVE)
    (said,) = [one.value for one in screen.test.warning if "raises such alerts" in one.value]
    assert said.endswith("Give somebody the post first.")
    assert 'href="/app/directory?act=give_post"' in screen.words
    labels = [one.label for one in screen.test.button]
    assert "Give it on" not in labels
    screen.press("Not now")
    assert "raises such alerts" not in screen.words
