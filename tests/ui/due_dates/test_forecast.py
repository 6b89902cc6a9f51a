"""What if nobody answers: the same dates as the command line gives, and nothing kept."""

import re
from collections.abc import Iterator
from datetime import date, time
from html import unescape
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core import tables
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.run_command import said

SENT = day("Mon 2025-03-03")


@pytest.fixture(params=IDS)
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", council=request.param)
    yield opened
    opened.office.database.close()


def rows(screen: Screen) -> list[str]:
    """The forecast's rows, cell by cell."""
    table = next(
        part for part in screen.words.split("<table") if "nobody answers</caption>" in part
    )
    found = re.findall(r'<tr role="row">(.*?)</tr>', table)[1:]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found)
    return [" ".join(unescape(" ".join(row)).split()) for row in cells]


def printed(council: str, *words: str) -> tuple[list[str], list[str]]:
    """The rows of the command's table, and the lines about time limit and days to spare."""
    lines = [" ".join(one.split()) for one in said("ladder", council, *words).splitlines()]
    start = lines.index("Stage Clock Sent Due Escalate by Note") + 1
    start += 1 if not re.search(r"\w", lines[start]) else 0
    stop = lines.index("", start)
    return lines[start:stop], [
        one for one in lines if one.startswith(("Time limit", "On the usual", "With every"))
    ]


def sent(screen: Screen, on: date = SENT, at: time | None = None) -> Screen:
    screen.day("On which day would it be sent?", on)
    if at is not None:
        screen.test.time_input[0].set_value(at)
    return screen.run()


def test_each_council_s_page_agrees_with_the_command(
    anywhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(anywhere, "admin", "what_if", monkeypatch)
    hours = bool(screen.test.time_input)
    sent(screen, at=time(16, 45) if hours else None)
    start = "2025-03-03T16:45" if hours else "2025-03-03"
    stage = str(screen.test.radio[-1].value)
    table, lines = printed(anywhere.council, "--from", start, "--entry", stage)
    assert rows(screen) == table
    assert all(line in screen.words for line in lines)


@pytest.mark.parametrize("stage", ["informal", "stage-3", "stage-6"])
def test_it_agrees_at_any_stage_an_alert_may_start_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    screen = sent(open_screen(desk, "manager", "what_if", monkeypatch))
    screen.choose("At which stage would it start?", stage)
    table, lines = printed("lambeth", "--from", "2025-03-03", "--entry", stage)
    assert rows(screen) == table
    assert all(line in screen.words for line in lines)


def test_an_agency_s_ladder_can_be_asked_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_screen(desk, "iro", "what_if", monkeypatch)
    screen.choose("What would you raise?", "partner").pick("Which agency?", "gp")
    sent(screen)
    table, lines = printed("lambeth", "--from", "2025-03-03", "--ladder", "partners.gp")
    assert rows(screen) == table
    assert all(line in screen.words for line in lines)
    assert "No day can be known from Stage 2 on" in screen.words


def test_the_answer_at_the_gate_opens_the_stages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = open_desk(tmp_path / "data", council="unnamed-2015")
    screen = open_screen(unnamed, "admin", "what_if", monkeypatch)
    assert len(screen.options("At which stage would it start?")) == 2
    screen.choose("Is this serious enough to need action at once?", "yes")
    assert len(screen.options("At which stage would it start?")) == 5
    unnamed.office.database.close()


def test_it_says_beforehand_that_the_stages_pass_the_limit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = sent(open_screen(desk, "iro", "what_if", monkeypatch))
    assert "Stage Six would end after the time limit, if somebody chooses to go there." in (
        screen.words
    )
    why = [one.label for one in screen.test.expander]
    assert "Stage One: why Friday 7 March 2025?" in why
    assert "The time limit: why Monday 31 March 2025?" in why


def test_a_day_that_no_calendar_knows_is_refused_at_its_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "iro", "what_if", monkeypatch)
    sent(screen, day("Mon 2033-01-03"))
    assert 'href="#field-what-if-from"' in screen.words
    assert "There is something to put right" in screen.words


def test_nothing_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(open_screen(desk, "iro", "what_if", monkeypatch))
    with desk.office.database.reading() as tx:
        for table in (tables.drafts, tables.events, tables.outbox, tables.alerts):
            assert not tx.execute(table.select()).all()


@pytest.mark.parametrize(
    "written", ["3 3 2025", "3 March 2025", "03/03/2025", "Mon 3 Mar 2025", "2025-03-03"]
)
def test_the_day_is_taken_as_it_is_written_and_a_fault_asks_for_none_in_figures_alone(
    anywhere: Desk, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    screen = open_screen(anywhere, "admin", "what_if", monkeypatch)
    said = screen.write("On which day would it be sent?", written).words
    assert "Monday 3 March 2025" in said
    said = screen.write("On which day would it be sent?", "31 June").words
    assert "here is no such day as 31 June; give a real date." in said
    assert not re.search(r"Write it as [0-9]{4}-", said)
