"""While a page is drawn the store is asked once who is there; at the next move it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.adapters.store.office import directory
from practice_alerts.ui.page import session
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.office.database.close()


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    really = session.signed_in

    def signed_in() -> SignedIn | None:
        asked.append("who")
        return really()

    monkeypatch.setattr(session, "signed_in", signed_in)
    return asked


def _text(screen: Screen) -> str:
    test = screen.test
    return " ".join(str(one.value) for one in (*test.title, *test.markdown))


@pytest.mark.parametrize("page", ["work_tray", "directory", "settings"])
def test_one_look_up_for_each_drawing(
    desk: Desk, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "admin", page, monkeypatch)
    asked = _counting(monkeypatch)
    screen.run()
    assert asked == ["who"]
    screen.run()
    assert asked == ["who", "who"]


def test_a_post_that_is_gone_is_gone_at_the_next_move(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "admin", "work_tray", monkeypatch)
    assert "You hold no post yet" not in _text(screen)
    with desk.office.database.writing() as tx:
        held = directory.holdings_of(tx, desk.council)
        mine = next(one for one in held if one.person_id == "admin")
        directory.end_post(tx, mine.id, desk.office.today - timedelta(days=1))
    screen.run()
    assert "You hold no post yet" in _text(screen)
