"""Whoever opens many windows of the app waits for their own pages, and nobody else does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.domain.errors import TooMuchAtOnce
from practice_alerts.ui.page import session
from practice_alerts.ui.page.turns import Turns
from tests.helpers.app.streamlit_app import open_first
from tests.helpers.product.office import open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Drawn:
    """Pages that are drawn until they are let go."""

    turns: Turns
    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def draw(self, who: str) -> str:
        try:
            with self.turns.turn(who) as has_waited:
                self.begun.release()
                self.go.wait(30)
                return "waited" if has_waited else "drawn"
        except TooMuchAtOnce:
            return "too many"


def test_of_one_person_a_few_pages_are_drawn_at_a_time_and_of_another_the_next_at_once() -> None:
    drawn = Drawn(Turns(2, 3))
    with ThreadPoolExecutor(8) as threads:
        first = [threads.submit(drawn.draw, "one") for _ in range(2)]
        assert all(drawn.begun.acquire(timeout=30) for _ in first)
        more = [threads.submit(drawn.draw, "one") for _ in range(4)]
        assert next(as_completed(more, timeout=30)).result() == "too many"
        assert not drawn.begun.acquire(blocking=False)
        other = threads.submit(drawn.draw, "colleague")
        assert drawn.begun.acquire(timeout=30)
        drawn.go.set()
        assert [one.result() for one in (*first, other)] == ["drawn"] * 3
        assert sorted(one.result() for one in more) == ["too many", *["waited"] * 3]
    assert drawn.draw("one") == "drawn"


class Waited(Turns):
    """As if every page had waited."""

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        with super().turn(key):
            yield True


def test_a_page_asks_for_its_turn_and_again_who_is_there_where_it_had_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(tmp_path)
    screen = open_first(desk, "admin", monkeypatch)
    really, asked = session.signed_in, []

    def signed_in() -> SignedIn | None:
        asked.append("who")
        return really()

    monkeypatch.setattr(session, "signed_in", signed_in)
    for turns, looks in ((Turns(1, 0), 1), (Waited(1, 0), 2)):
        monkeypatch.setattr(session, "_turns", turns)
        asked.clear()
        assert "too much at once" not in screen.run().words
        assert len(asked) == looks
    with turns.turn("admin"):
        assert "too much at once" in screen.run().words
    desk.office.database.close()
