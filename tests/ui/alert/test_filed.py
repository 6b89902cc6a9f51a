"""That an alert is filed, as its page, the tray and the page of the service say it."""

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

NOT_YET = "Not filed on the record yet."
Patch = pytest.MonkeyPatch


def test_the_page_says_up_to_where_it_is_filed(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.with_readers().raised("stage-1")
    reference = found.alert.reference
    for who, says in (("iro", True), ("support", True), ("manager", False)):
        words = open_screen(desk, who, "alert", monkeypatch, reference=reference).words
        assert (NOT_YET in words) is says
    answers = {"on": "2025-06-02", "document": "MOS <4711>"}
    found = VERBS[Act.FILE](desk.office, found.id, answers, desk.doing("support", found))
    words = open_screen(desk, "iro", "alert", monkeypatch, reference=reference).words
    assert "everything up to Monday 2 June 2025 at 09:00. Document MOS &lt;4711&gt;." in words
    assert "not filed yet." not in words
    VERBS[Act.NOTE](desk.office, found.id, {"text": "Rang."}, desk.doing("iro", found))
    words = open_screen(desk, "iro", "alert", monkeypatch, reference=reference).words
    assert "What happened since then is not filed yet." in words


def test_the_figure_of_the_service_leads_to_the_list(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.raised("stage-1")
    words = open_screen(desk, "boss", "service", monkeypatch).words
    assert "not_filed=true" in words
    listed = open_screen(desk, "boss", "work_tray", monkeypatch, whose="service", not_filed="true")
    assert "K. M., S-100001" in listed.words
    answers = {"on": "2025-06-02", "document": "MOS-1"}
    VERBS[Act.FILE](desk.office, found.id, answers, desk.doing("iro", found))
    words = open_screen(
        desk, "boss", "work_tray", monkeypatch, whose="service", not_filed="true"
    ).words
    assert "Everything of that kind is filed." in words
