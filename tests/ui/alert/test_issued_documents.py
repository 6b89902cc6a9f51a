"""The table of documents handed out, as it stands on a page."""

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it runs a page

from practice_alerts.casework.documents.render import issue
from practice_alerts.ui.page import session
from tests.helpers.days import moment
from tests.helpers.product.office import Desk


def page(alert_id: str) -> None:
    from practice_alerts.ui.alert.issued_documents import issued_documents

    issued_documents(alert_id, {"practice_alert": "Appendix C"})


def words(desk: Desk, alert_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(session._here, "office", desk.office)
    test = AppTest.from_function(page, args=(alert_id,), default_timeout=60).run()
    assert not test.exception
    return "\n".join(str(one.proto.body) for one in test.get("html"))


def test_the_table_names_whoever_has_the_document_in_hand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.at("Mon 2025-06-02").raised()
    desk.at("Thu 2025-06-05 16:30")
    issue(desk.office, found, "boss")
    issue(desk.office, found, "qa", moment("Tue 2025-06-03 12:00"))
    said = words(desk, found.id, monkeypatch)
    assert "<caption>Documents handed out</caption>" in said
    assert "16:30 on Thursday 5 June 2025" in said
    assert "Boss Sample" in said
    assert "Appendix C" in said
    assert "as it stood at 12:00 on Tuesday 3 June 2025" in said


def test_it_says_so_when_nobody_has_any(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nobody has taken a document away yet." in words(desk, desk.raised().id, monkeypatch)
