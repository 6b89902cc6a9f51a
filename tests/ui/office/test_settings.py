"""My settings as somebody finds them: the morning message, and the calendar's address."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.directory import preferences
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.fixture
def screen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return open_screen(desk, "iro", "settings", monkeypatch)


def address(screen: Screen) -> str | None:
    found = re.search(r"/calendar/([\w-]+)\.ics", screen.words)
    return found[1] if found else None


def test_the_morning_message_is_turned_off_and_on(desk: Desk, screen: Screen) -> None:
    assert "You get it" in screen.words
    screen.press("Turn the morning message off")
    assert "The morning message is turned off." in screen.words
    assert not preferences.wants_digest(desk.office, "iro")
    screen.press("Turn the morning message on")
    assert "You get it" in screen.words
    assert preferences.wants_digest(desk.office, "iro")


def test_the_address_is_shown_once_and_works(desk: Desk, screen: Screen) -> None:
    assert address(screen) is None
    screen.press("Make an address")
    token = address(screen)
    assert token is not None
    assert calendar_feed.read(desk.office, token) is not None
    assert "Made on Monday 2 June 2025 at 09:00" in screen.words
    assert address(screen.run()) is None


def test_a_new_address_ends_the_old_one_and_it_is_taken_back(desk: Desk, screen: Screen) -> None:
    first = address(screen.press("Make an address"))
    second = address(screen.press("Make a new address, and end the old one"))
    assert first is not None
    assert second is not None
    assert calendar_feed.read(desk.office, first) is None
    screen.press("Take the address back")
    assert "The address is taken back." in screen.words
    assert calendar_feed.read(desk.office, second) is None
    assert calendar_feed.made_at(desk.office, "iro") is None


@pytest.mark.parametrize("who", ["manager", "qa", "admin"])
def test_everybody_has_settings(desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = open_screen(desk, who, "settings", monkeypatch).words
    assert "The morning message" in words
    assert "Your dates in your own calendar" in words
