"""Those that draw, asked past the one that answers: whoever holds a session is known, and nobody's word is believed."""

from __future__ import annotations

import logging
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.drawing import drawing_processes
from practice_alerts.adapters.drawing.drawing_processes import (
    CannotDraw,
    DrawingProcesses,
    NobodyDraws,
    Relayed,
)
from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.cli.support import drawing_process
from practice_alerts.office import Office, open_office
from tests.helpers.product.office import Desk, open_desk

HEALTH = "/app/_stcore/health"
LONG = 120.0  # seconds, on a busy machine


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    opened.clock[:] = [Office.now()]
    yield opened
    opened.office.database.close()


def asked(draws: DrawingProcesses, person: str, **headers: str) -> int:
    return draws.ask(person, "GET", HEALTH, list(headers.items())).status


def until(is_so: Callable[[], bool]) -> None:
    over = monotonic() + LONG
    while not is_so():
        assert monotonic() < over
        sleep(0.1)


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


def test_one_that_goes_on_and_answers_nothing_is_ended_and_another_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(drawing_processes, "_ASKED_EVERY", 0.2)
    monkeypatch.setattr(drawing_processes, "_LONGEST_SILENCE", 10.0)
    ask, said = drawing_processes._ask, list[int]()

    def noted(*asked: Any) -> Relayed:
        said.append((answer := ask(*asked)).status)
        return answer

    monkeypatch.setattr(drawing_processes, "_ask", noted)
    draws = drawing_process.that_draw(desk.office, 1)
    draws.begin()
    try:
        draws.must_be_ready()
        until(lambda: bool(said))
        assert (
            said[0] == 421
        )  # by its gate: what is no request would stand on the console each time
        first = draws._places[0].process
        assert first is not None
        os.kill(first._popen.pid, signal.SIGSTOP)  # as one is that waits for itself
        assert first._popen.wait(LONG) == -signal.SIGKILL
        until(lambda: draws._places[0].process is not first and draws.at_work() == (1, 1))
        assert asked(draws, "iro", host="localhost:8000") == 401
    finally:
        draws.end()
    assert "ended here, since it answered nothing any more, and is begun again" in caplog.text


def test_a_start_with_one_that_cannot_draw_is_refused_in_a_sentence(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = drawing_process.told_of(desk.office) | {"data": str(tmp_path / "elsewhere")}
    draws = DrawingProcesses(1, drawing_process.__name__, told)
    draws.begin()
    with caplog.at_level(logging.WARNING), pytest.raises(CannotDraw, match="--processes 1"):
        draws.must_be_ready()


def test_one_of_another_version_draws_nothing(desk: Desk) -> None:
    told = drawing_process.told_of(desk.office)
    with pytest.raises(drawing_process.Upgraded, match="Stop the product"):
        drawing_process.office_as(told | {"version": "0.0"})
    office = drawing_process.office_as(told)
    assert office.settings.data == desk.office.settings.data
    office.database.close()


def test_all_go_by_the_editions_of_the_start_whatever_lies_in_the_files_by_now(
    tmp_path: Path,
) -> None:
    rooms = tmp_path / "rooms"
    for room in ("procedures", "form_templates"):
        shutil.copytree(ROOT / room, rooms / room)
    desk = open_desk(tmp_path / "data", rooms=rooms)
    settings = desk.office.settings
    with closing(open_office(settings).database):  # as a start does, which keeps the editions
        told = drawing_process.told_of(replace(desk.office, unsound={"merton": ("an error",)}))
    file = rooms / "procedures/lambeth/procedure.yml"
    file.write_text(file.read_text("utf-8").replace("Team Manager", "Leader of the Team"), "utf-8")
    office = drawing_process.office_as(told)
    assert {name: one.digest for name, one in office.councils.items()} == told["editions"]
    assert office.unsound == {"merton": ("an error",)}
    of_now = open_office(settings)
    assert of_now.councils["lambeth"].digest != told["editions"]["lambeth"]
    for one in (office, of_now, desk.office):
        one.database.close()
