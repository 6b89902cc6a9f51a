"""Where each post begins in the app, and what else is theirs."""

import re

import pytest

from practice_alerts.adapters.store.office import directory
from tests.helpers.app.streamlit_app import open_first, open_screen
from tests.helpers.product.office import Desk

Patch = pytest.MonkeyPatch


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


@pytest.mark.parametrize(
    ("who", "title", "others"),
    [
        ("iro", "Work tray", ()),
        ("manager", "Work tray", ()),
        ("support", "Work tray", ()),
        ("boss", "The whole service", ("/app/tray",)),
        ("auditor", "The whole service", ("/app/tray",)),
        ("qa", "Overview", ("/app/tray",)),
        ("admin", "Directory", ("/app/tray",)),
        ("informed", "Formal alerts", ("/app/tray",)),
    ],
)
def test_whoever_opens_the_app_lands_on_the_page_of_their_post(
    desk: Desk, monkeypatch: Patch, who: str, title: str, others: tuple[str, ...]
) -> None:
    words = open_first(desk, who, monkeypatch).words
    assert f"<h1>{title}</h1>" in words
    yours_too = re.search(r"Yours too: (.*?)</p>", words)
    found = re.findall('href="([^"]*)"', yours_too[1]) if yours_too else []
    assert tuple(found) == others


def test_what_waits_for_an_iro_manager_is_counted_where_they_begin(
    desk: Desk, monkeypatch: Patch
) -> None:
    words = open_first(desk, "boss", monkeypatch).words
    assert '<a href="/app/tray" target="_self">Work tray</a>' in words
    until_today = directory.PostHolding("boss", desk.council, "team_manager")
    with desk.office.database.writing() as tx:
        directory.give_post(tx, until_today, desk.office.today, desk.office.today)
    desk.raised("stage-1", team_manager="Boss Sample")
    desk.at("Tue 2025-06-03")
    words = open_first(desk, "boss", monkeypatch).words
    assert ">Work tray (1 for you to do)</a>" in words


def test_whoever_answers_beside_it_begins_with_what_waits_for_their_answer(
    desk: Desk, monkeypatch: Patch
) -> None:
    desk.give("team_manager", "boss")
    words = open_first(desk, "boss", monkeypatch).words
    assert "<h1>Work tray</h1>" in words
    assert 'Yours too: <a href="/app/service" target="_self">The whole service</a>' in words


@pytest.mark.parametrize(
    ("who", "page", "title"),
    [
        ("boss", "service", "The whole service"),
        ("boss", "work_tray", "Work tray"),
        ("qa", "board", "Overview"),
        ("iro", "work_tray", "Work tray"),
    ],
)
def test_a_start_page_has_its_own_address_too(
    desk: Desk, monkeypatch: Patch, who: str, page: str, title: str
) -> None:
    words = open_screen(desk, who, page, monkeypatch).words
    assert f"<h1>{title}</h1>" in words
    assert "Yours too:" not in words


def test_an_empty_tray_leads_whoever_raises_nothing_to_what_they_read(
    desk: Desk, monkeypatch: Patch
) -> None:
    for who, way in (
        ("boss", "/app/service"),
        ("support", "/app/tray?whose=service"),
        ("qa", "/app/board"),
        ("admin", "/app/directory"),
    ):
        words = open_screen(desk, who, "work_tray", monkeypatch).words
        assert f'href="{way}"' in words, who
        assert "Nothing needs you today." not in words
    own = open_screen(desk, "iro", "work_tray", monkeypatch).words
    assert "Nothing needs you today." in own
