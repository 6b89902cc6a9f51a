"""What an auditor reads on the screen, with nothing on it that changes anything."""

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.jobs import sync_log
from practice_alerts.ui.page import frame, session
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

Patch = pytest.MonkeyPatch
ACTS = ("act=", "Give a post", "Set cover", "Close a day", "Send again", "Confirm", "Let go")
PAGES = ("work_tray", "service", "board", "audit", "security_log", "directory", "calendar")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """With alerts, a cover, a closure and somebody who looked."""
    found = desk.raised("stage-1")
    desk.see("manager", found)
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, day("Mon 2025-06-30"))
    snow = closures.Closing(day("Fri 2025-08-01"), None, "Training.")
    closures.close(desk.office, desk.actor("admin"), "lambeth", snow)
    sync_log.catch_up(desk.office)
    return desk


@pytest.mark.parametrize("page", [*PAGES, "letters", "service_settings"])
def test_no_page_of_an_auditor_offers_to_change_anything(
    busy: Desk, monkeypatch: Patch, page: str
) -> None:
    screen = open_screen(busy, "auditor", page, monkeypatch)
    assert not screen.test.exception
    assert [one for one in ACTS if one in screen.words] == []
    assert {one.label for one in screen.test.button} <= {"Keep this view"}  # their own


@pytest.mark.parametrize("part", ["people", "cover", "partners", "record"])
def test_no_part_of_the_directory_does_either(busy: Desk, monkeypatch: Patch, part: str) -> None:
    words = open_screen(busy, "auditor", "directory", monkeypatch, part=part).words
    assert [one for one in ACTS if one in words] == []


def test_an_auditor_reads_an_alert_and_acts_on_nothing(busy: Desk, monkeypatch: Patch) -> None:
    reference = busy.raised("stage-1").alert.reference
    words = open_screen(busy, "auditor", "alert", monkeypatch, reference=reference).words
    assert "Kit Muster" in words
    assert "What you can do now" not in words


def test_the_security_log_stands_there_with_what_they_did(busy: Desk, monkeypatch: Patch) -> None:
    words = open_screen(busy, "auditor", "security_log", monkeypatch).words
    assert "Manager Sample" in words
    assert "opened an alert" in words
    assert "Monday 2 June 2025, 09:00" in words


def test_how_the_service_is_set_stands_there(busy: Desk, monkeypatch: Patch) -> None:
    for who in ("auditor", "admin"):
        words = open_screen(busy, who, "service_settings", monkeypatch).words
        assert "6 months" in words
        assert "1 hour" in words


def test_the_menu_of_an_auditor_has_every_page_that_reads(desk: Desk, monkeypatch: Patch) -> None:
    monkeypatch.setattr(session._here, "office", desk.office)
    titles = [title for _, title in frame._menu(desk.actor("auditor"))]
    assert titles == [
        *("Work tray", "What if nobody answers", "The whole service", "Overview"),
        *("Formal alerts", "Audit samples", "Records", "Security log", "Directory", "Calendar"),
        *("E-mails that did not arrive", "How this service is set", "My settings"),
    ]
