"""Those that draw, asked past the one that answers: whoever holds a session is known, and nobody's word is believed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.drawing.drawing_processes import (
    CannotDraw,
    DrawingProcesses,
    NobodyDraws,
)
from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.cli.support import drawing_process
from practice_alerts.office import Office
from tests.helpers.product.office import Desk, open_desk

HEALTH = "/app/_stcore/health"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    opened.clock[:] = [Office.now()]
    yield opened
    opened.office.database.close()


def asked(draws: DrawingProcesses, person: str, **headers: str) -> int:
    return draws.ask(person, "GET", HEALTH, list(headers.items())).status


def session(desk: Desk, who: str) -> str:
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    return f"practice_alerts={entered.session_token}"


def test_one_that_draws_has_a_gate_of_its_own(desk: Desk) -> None:
    draws = drawing_process.that_draw(desk.office, 1)
    draws.begin()
    try:
        draws.must_be_ready()
        host, iro = "localhost:8000", session(desk, "iro")
        assert asked(draws, "admin", host=host) == 401  # whoever it is given for
        assert asked(draws, "admin", host=host, cookie="practice_alerts=made-up") == 401
        assert asked(draws, "admin", host="elsewhere.example", cookie=iro) == 421
        assert asked(draws, "admin", host=host, cookie=iro) == 200
        assert draws.ask("iro", "GET", "/log/", [("host", host), ("cookie", iro)]).status == 403
    finally:
        draws.end()
    with pytest.raises(NobodyDraws):
        asked(draws, "iro", host=host, cookie=iro)


def test_a_start_with_one_that_cannot_draw_is_refused_in_a_sentence(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = drawing_process.told_of(desk.office) | {"data": str(tmp_path / "elsewhere")}
    draws = DrawingProcesses(1, drawing_process.__name__, told)
    draws.begin()
    with caplog.at_level(logging.WARNING), pytest.raises(CannotDraw, match="--processes 1"):
        draws.must_be_ready()
