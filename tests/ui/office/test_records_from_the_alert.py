"""From an alert's own page: whoever disagrees is heard, and something is taken out, of that alert."""

from __future__ import annotations

import re

import pytest

from practice_alerts.casework.drafts import kept_drafts
from tests.casework.directory.test_record_keeping import closed
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


def ways(desk: Desk, who: str, reference: str, patch: Patch) -> list[str]:
    words = open_screen(desk, who, "alert", patch, reference=reference).words
    return re.findall(r'href="/app/records\?act=([a-z_]+)&amp;reference=' + reference, words)


def test_each_way_stands_there_for_whoever_may_go_it(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    assert ways(desk, "boss", reference, monkeypatch) == ["take_out"]
    for who in ("iro", "manager", "auditor"):
        assert ways(desk, who, reference, monkeypatch) == [], who
    desk.give("information_officer", "boss")
    assert ways(desk, "boss", reference, monkeypatch) == ["disagreed", "take_out"]


def test_the_form_knows_of_which_alert_and_never_another_that_was_begun(
    desk: Desk, monkeypatch: Patch
) -> None:
    desk.give("information_officer", "boss")
    first, second = (desk.raised("stage-1").alert.reference for _ in range(2))
    label = "Reference of the alert, such as LAM-2026-0001"

    def form(of: str) -> str:
        query = {"act": "take_out", "reference": of}
        return open_screen(desk, "boss", "records", monkeypatch, **query).field(label)

    assert form(first) == first
    assert form(second) == second
    assert form("<b>x</b>") == ""
    query = {"act": "disagreed", "reference": first}
    screen = open_screen(desk, "boss", "records", monkeypatch, **query)
    assert screen.field("References, one a line") == first


def test_what_falls_due_later_stands_in_a_proposal_that_was_opened_before(
    desk: Desk, monkeypatch: Patch
) -> None:
    def references() -> str:
        screen = open_screen(desk, "records", "records", monkeypatch, act="propose")
        return screen.field("References, one a line")

    found = closed(desk)
    assert references() == ""
    kept_drafts.keep(desk.office, "records", "office:lambeth:propose", {"references": ""})
    desk.at("Mon 2089-03-14")
    assert references() == found.alert.reference
