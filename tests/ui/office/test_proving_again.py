"""Who sits at a browser signed in long ago changes no address and no post, and loses nothing that they typed."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.directory.office_permissions import DirectoryAct
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk

SENTENCE = "You signed in some time ago."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def test_after_a_while_the_change_is_not_made_and_what_was_typed_is_there_afterwards(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"act": "change_person", "of": "manager"}
    screen = open_screen(desk, "admin", "directory", monkeypatch, **there)
    assert SENTENCE not in screen.words
    screen.write("Work e-mail address", "another@practice.invalid")
    desk.clock[0] += timedelta(minutes=16)
    screen.press("Keep the correction")
    assert "Sign in once more, then press again: what you typed is kept." in screen.words
    way = "/sessions/again?next=%2Fapp%2Fdirectory%3Fact%3Dchange_person%26of%3Dmanager"
    assert f'href="{way}"' in screen.words
    assert not any("address" in text for _, _, text in desk.mails())

    afresh = open_screen(desk, "admin", "directory", monkeypatch, **there)
    assert SENTENCE not in afresh.words
    assert afresh.field("Work e-mail address") == "another@practice.invalid"
    afresh.press("Keep the correction")
    assert "another@practice.invalid: asked for." in afresh.words


def test_every_form_of_the_page_is_in_the_table_of_what_asks_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_screen(desk, "admin", "directory", monkeypatch)
    forms = sys.modules["practice_alerts.ui.office.directory_forms"]
    assert {*forms._ACTS, *forms.interest_screen.ACTS} == {*DirectoryAct}


@pytest.mark.parametrize("act", ["end_cover", "end_post", "set_cover"])
def test_the_form_says_so_before_anybody_types(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", desk.office.today, day("Fri 2025-06-06"))
    screen = open_screen(desk, "admin", "directory", monkeypatch, act=act, of="1")
    assert SENTENCE not in screen.words
    desk.clock[0] += timedelta(minutes=16)
    screen.run()
    assert SENTENCE in screen.words
    assert f"/sessions/again?next=%2Fapp%2Fdirectory%3Fact%3D{act}%26of%3D1" in screen.words


def test_whoever_ends_their_own_cover_is_asked_for_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", desk.office.today, day("Fri 2025-06-06"))
    screen = open_screen(desk, "iro", "settings", monkeypatch, act="end_cover", of="1")
    desk.clock[0] += timedelta(minutes=16)
    screen.run()
    assert SENTENCE not in screen.words
    screen.day("Last day", day("Mon 2025-06-02")).press("End the cover")
    assert "stands in for you until" in screen.words


def test_what_gives_nobody_anything_asks_for_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "admin", "directory", monkeypatch)
    desk.clock[0] += timedelta(hours=2)
    screen.run()
    assert "Directory" in screen.words
    assert SENTENCE not in screen.words
