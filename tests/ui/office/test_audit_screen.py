"""Drawing an audit sample on the screen, and reading of it."""

import pytest

from practice_alerts.casework.directory import audit_samples
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch
WHY = "Are answers in time followed up?"


def test_a_qa_lead_draws_one_and_opens_what_was_drawn(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.raised("stage-1").alert.reference
    screen = open_screen(desk, "qa", "audit", monkeypatch, act="draw")
    screen.press("Draw it")
    assert "Why: say what is audited" in screen.words
    screen.write("Why", WHY).press("Draw it")
    assert "Drawn: 1 alert of 1. You read them until" in screen.words
    assert f'href="/app/alert?reference={found}"' in screen.words
    assert WHY in screen.words
    assert "Draw an audit sample" not in screen.words
    alert = open_screen(desk, "qa", "alert", monkeypatch, reference=found).words
    assert "Kit Muster" in alert


def test_the_manager_sees_who_drew_which_and_why(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.raised("stage-1").alert.reference
    until = desk.office.today
    wanted = audit_samples.SampleWanted(WHY, 1, until)
    audit_samples.draw(desk.office, desk.actor("qa"), wanted)
    words = open_screen(desk, "boss", "audit", monkeypatch).words
    for said in ("Qa Sample", WHY, found, "Monday 2 June 2025"):
        assert said in words
    assert "Draw an audit sample" not in words
    assert "act=draw" not in words


def test_before_any_was_drawn_it_says_so(desk: Desk, monkeypatch: Patch) -> None:
    assert (
        "No audit sample has been drawn." in open_screen(desk, "boss", "audit", monkeypatch).words
    )
    assert "act=draw" in open_screen(desk, "qa", "audit", monkeypatch).words


def test_everything_else_an_alert_s_page_offers_is_not_for_who_audits_it(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = desk.raised("stage-1").alert.reference
    assert "Kit" not in open_screen(desk, "qa", "alert", monkeypatch, reference=found).words
    wanted = audit_samples.SampleWanted(WHY, 1, desk.office.today)
    audit_samples.draw(desk.office, desk.actor("qa"), wanted)
    words = open_screen(desk, "qa", "alert", monkeypatch, reference=found).words
    assert "What you can do now" not in words
