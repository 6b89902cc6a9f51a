"""Lists where clocks run in hours, and where alerts are on hold."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import hold
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.views.overview import overview
from practice_alerts.domain.standing.standings import Pile
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day, moment
from tests.helpers.product.office import Desk, open_desk

Patch = pytest.MonkeyPatch


@pytest.fixture
def unnamed(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "unnamed", council="unnamed-2015")
    yield opened
    opened.office.database.close()


def in_hours(unnamed: Desk) -> None:
    """An issue notification, to be answered within 72 hours of 09:00 on Monday 2 June 2025."""
    asked = replace(wanted(unnamed, "concern", "issue-notification"), gate="no")
    raise_alert(unnamed.office, asked, unnamed.doing("iro"))


def test_a_line_tells_the_hour_at_which_a_clock_in_hours_ends(
    unnamed: Desk, monkeypatch: Patch
) -> None:
    in_hours(unnamed)
    words = open_screen(unnamed.at("Tue 2025-06-03"), "iro", "work_tray", monkeypatch).words
    assert "Thursday 5 June 2025, 09:00" in words


def test_the_overview_tells_the_hour_of_what_is_late(unnamed: Desk, monkeypatch: Patch) -> None:
    in_hours(unnamed)
    desk = unnamed.at("Thu 2025-06-05 10:00")
    sync_log.catch_up(desk.office)
    (late,) = overview(desk.office, desk.actor("boss")).longest
    assert late.due == moment("Thu 2025-06-05 09:00")
    words = open_screen(desk, "boss", "board", monkeypatch).words
    assert "Thursday 5 June 2025, 09:00" in words


def test_what_is_on_hold_is_counted_for_the_service_and_found_by_its_filter(
    desk: Desk, monkeypatch: Patch
) -> None:
    held = desk.at("Mon 2025-06-02").raised("stage-1")
    promise = act_answers.promise(day("Mon 2025-06-30"), "Toni Sample")
    hold(desk.office, held.id, promise, desk.doing("iro", held))
    desk.raised("stage-1")
    sync_log.catch_up(desk.office)
    for page in ("service", "board"):
        words = open_screen(desk, "boss", page, monkeypatch).words
        (row,) = re.findall(r'<th scope="row"[^>]*>On hold</th>(.*?)</tr>', words)
        assert "pile=on-hold" in row
        assert ">1</a>" in row
    found = open_screen(desk, "boss", "work_tray", monkeypatch, whose="service", pile="on-hold")
    own = open_screen(desk, "iro", "work_tray", monkeypatch)
    assert "Waiting on others (1)" in own.words
    for screen in (found, own.pick("How it stands", Pile.ON_HOLD.value)):
        assert "On hold (1)" in screen.words
        assert "Waiting on others" not in screen.words
