"""A machine's clock that jumped: nothing is recorded or scheduled by it, reading goes on, and it is told on each face."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.jobs.morning import write_what_is_due
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof import typed_words, witness
from practice_alerts.casework.upkeep.checks import Check, Level, look, may_record
from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from practice_alerts.domain.errors import Storage, StorageTrouble, trouble_in
from practice_alerts.office import open_office
from tests.helpers.alerts.act_answers import reply
from tests.helpers.product.machine import Machine
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES

YEAR = timedelta(days=365)
JUMPS = (YEAR, -YEAR, timedelta(hours=1))


@dataclass
class Running:
    """An office on a machine; what runs beside its pages did so once."""

    desk: Desk
    machine: Machine

    def beside(self) -> None:
        catch_up(self.desk.office)
        witness.note(self.database, self.desk.office.settings.witness, self.desk.office.now())

    @property
    def database(self) -> Database:
        return self.desk.office.database

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        with self.database.reading() as tx:
            return {
                one.name: sorted((tuple(row) for row in tx.execute(one.select())), key=repr)
                for one in tables.metadata.sorted_tables
            }


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[str], Running]]:
    opened: list[Database] = []

    def begun(engine: str = "sqlite") -> Running:
        desk = open_desk(tmp_path / "data", engine=engine)
        before, settings = desk.office.database, desk.office.settings
        machine = Machine(settings.witness.folder)
        clock = machine.clock()
        database = Database(before.url, settings.seal_keys, clock)
        opened.extend((before, database))
        desk.office = replace(desk.office, database=database, now=clock)
        running = Running(desk, machine)
        running.beside()
        return running

    yield begun
    for one in opened:
        one.close()


class Never:
    def send(self, email: Email) -> None:
        raise AssertionError(f"{email.id} was handed over by a clock that was not believed")


class Kept:
    def __init__(self) -> None:
        self.ids: list[str] = []

    def send(self, email: Email) -> None:
        self.ids.append(email.id)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises((StorageTrouble, ExceptionGroup)) as told:
        act()
    trouble = trouble_in(told.value)
    assert trouble is not None
    assert trouble.what is Storage.CLOCK


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("jump", JUMPS)
def test_an_hour_of_a_wrong_clock_is_refused_and_leaves_nothing(
    begin: Callable[[str], Running], jump: timedelta, engine: str
) -> None:
    running = begin(engine)
    desk, machine = running.desk, running.machine
    found = desk.raised()
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("manager"))
    assert isinstance(entered, Entered)
    doing, stood = desk.doing("manager", found), desk.stands(found)
    running.beside()
    before, told = running.rows(), machine.witness.file.read_bytes()
    machine.jumps(jump)
    for _ in range(6):
        machine.goes_by(timedelta(minutes=10))
        refused(lambda: desk.raised(case_number="X-2"))
        refused(lambda: answer(desk.office, found.id, reply("Soon", "other"), doing))
        refused(lambda: desk.office.sign_in.issue_link("iro"))
        refused(lambda: desk.office.sign_in.revoke(entered.session_token))
        refused(lambda: desk.give("qa_lead", "boss"))
        refused(lambda: send_waiting(desk.office, Never()))
        refused(running.beside)
        refused(lambda: write_what_is_due(desk.office))
        assert typed_words.destroy_old(desk.office) == 0
        # Reading goes on, as of the time that is believed.
        assert desk.stands(found) is stood
    assert running.rows() == before
    assert machine.witness.file.read_bytes() == told
    machine.jumps(-jump)
    goes_on(running)
    assert answer(desk.office, found.id, reply("Soon", "other"), doing).alert.version > 1


def goes_on(running: Running) -> None:
    running.beside()
    sent = Kept()
    send_waiting(running.desk.office, sent)
    assert sent.ids
    fresh = running.desk.raised(case_number="X-2").alert
    assert fresh.reference == "LAM-2025-0002"
    assert fresh.raised_at == running.machine.wall


@pytest.mark.parametrize("jump", JUMPS)
def test_nobody_is_signed_out_by_a_clock_that_is_not_believed(
    begin: Callable[[], Running], jump: timedelta
) -> None:
    running = begin()
    sign_in = running.desk.office.sign_in
    entered = sign_in.use(sign_in.issue_link("manager"))
    assert isinstance(entered, Entered)
    for _ in range(2):
        running.machine.jumps(jump)
        running.machine.goes_by(timedelta(minutes=10))
        assert sign_in.look_up(entered.session_token) is not None
        jump = -jump


def test_an_office_that_was_idle_or_off_for_90_days_goes_on(
    begin: Callable[[], Running],
) -> None:
    running = begin()
    running.desk.raised()
    running.beside()
    running.machine.goes_by(timedelta(days=90))
    running.desk.raised(case_number="X-2")
    running.beside()
    running.machine.starts_anew(off_for=timedelta(days=90))
    settings = running.desk.office.settings
    office = open_office(settings, {}, now=running.machine.clock())
    third = replace(running.desk, office=office).raised(case_number="X-3")
    assert third.alert.reference == "LAM-2025-0003"
    office.database.close()


@pytest.mark.parametrize("jump", [YEAR, timedelta(hours=1)])
def test_it_starts_for_reading_and_each_check_says_it(
    begin: Callable[[], Running], jump: timedelta
) -> None:
    running = begin()
    found = running.desk.raised()
    running.beside()
    running.machine.jumps(jump)
    settings = running.desk.office.settings
    office = open_office(settings, {}, now=running.machine.clock())
    assert replace(running.desk, office=office).see("iro", found).known.id == found.id
    checks = look(settings, office.database, office.now())
    assert checks[Check.CLOCK].level is Level.WRONG
    assert "practice-alerts clock accept" in checks[Check.CLOCK].says
    assert checks[Check.CLOCK].figures["clock_jumped_seconds"] == jump.total_seconds()
    assert not may_record(checks)
    office.database.close()


def command(running: Running, *words: str) -> Result:
    """In a process of its own, on this machine."""
    data = str(running.desk.office.settings.data)
    world = World(clock=running.machine.clock())
    return CliRunner().invoke(main, ("--data", data, *words), obj=world, catch_exceptions=False)


ADD = ("people", "add", "Nia Fiction", "--mail", "nia@council.example", "--council", "lambeth",
       "--post", "iro")  # fmt: skip
ACCEPT = ("clock", "accept", "--by", "Nia Fiction", "--why", "The time server was away.")


@pytest.mark.parametrize("is_off", [False, True])
def test_a_person_says_by_name_that_it_is_right_and_every_process_goes_on(
    begin: Callable[[], Running], *, is_off: bool
) -> None:
    running = begin()
    running.desk.raised()
    running.beside()
    assert "There is nothing to accept" in command(running, *ACCEPT).stdout
    if is_off:
        running.machine.starts_anew(off_for=-YEAR)
    else:
        running.machine.jumps(YEAR)
    assert command(running, "people", "list").exit_code == 0
    for words in (ADD, ("seals", "rotate", "--by", "Nia Fiction")):
        refused = command(running, *words)
        assert refused.exit_code == 1
        assert "The clock of the machine jumped, so nothing was recorded." in refused.stderr
    assert command(running, "clock").exit_code == 1
    assert "Wrong: the machine says" in command(running, "doctor").stdout
    said = command(running, *ACCEPT)
    assert f"Nia Fiction says that it is {running.machine.wall:%Y-%m-%d %H:%M}" in said.stdout
    assert command(running, "clock").stdout == "The machine's clock is believed.\n"
    assert command(running, *ADD).exit_code == 0
    assert "by Nia Fiction: The time server was away." in command(running, "verify").stdout
    assert "Well: the clock is not behind" in command(running, "doctor").stdout
    running.machine.goes_by(timedelta(seconds=1))
    if not is_off:
        running.beside()
        assert running.desk.raised(case_number="X-2").alert.raised_at == running.machine.wall
