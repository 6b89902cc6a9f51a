"""Entries of the security log go once they are old enough, by an event that says which, and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from practice_alerts.adapters.environment import KeptFor
from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines import foreign_to_postgresql, foreign_to_sqlite
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.casework.proof import old_entries, witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.proof.old_entries import OF_NO_COUNCIL
from practice_alerts.casework.upkeep.checks import Check, Level, look
from practice_alerts.casework.views import security_log
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.alert.hash_chain import START, canonical, digest_of
from practice_alerts.domain.errors import NotANumber
from practice_alerts.domain.seeing.security_entries import (
    EntriesRemoved,
    SecurityEntry,
    SecurityKind,
)
from practice_alerts.office import Settings
from tests.casework.directory.test_record_keeping import closed, say
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_PRODUCT, ENGINES, OWNER, PRODUCT


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Two councils' entries: of June and July 2025, and of June 2031."""
    opened = open_desk(tmp_path / "data", engine=request.param).with_readers()
    two_years = replace(opened.office.settings, kept_for=KeptFor(entries=24))
    opened.office = replace(opened.office, settings=two_years)
    yield opened
    opened.office.database.close()


def put_down(desk: Desk, *days: str) -> None:
    for day in days:
        desk.at(day)
        for who, council in (("qa", "lambeth"), ("boss", "merton")):
            entry = SecurityEntry(SecurityKind.LOG_READ, who, council, typed=f"on {day}")
            desk.office.security_log.note(entry)


def numbers(desk: Desk) -> list[int]:
    with desk.office.database.reading() as tx:
        return list(tx.execute(text("SELECT id FROM security_log ORDER BY id")).scalars())


def said(desk: Desk) -> tuple[EntriesRemoved, ...]:
    with desk.office.database.reading() as tx:
        return old_entries.removed(tx)


def apart(desk: Desk) -> list[str]:
    proof = prove(desk.office)
    return [one.says for one in proof.broken] + [one.says for one in proof.differences]


def test_they_go_once_a_month_and_no_day_too_early(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02", "Mon 2025-06-30", "Tue 2025-07-01")
    for day, gone in (("Wed 2027-06-30", 0), ("Thu 2027-07-01", 4), ("Sat 2027-07-31", 0)):
        desk.at(day)
        assert old_entries.remove_old(desk.office) == gone, day
    assert numbers(desk) == [5, 6, 7], "the last says what was removed"
    (event,) = said(desk)
    assert (event.first, event.last, event.count) == (1, 4, 4)
    with desk.office.database.reading() as tx:
        assert tx.execute(t.security_typed.select()).all()[0].entry_id == 5
    assert apart(desk) == []
    put_down(desk, "Mon 2027-08-02")
    assert old_entries.remove_old(desk.office) == 2
    assert [one.last for one in said(desk)] == [4, 6]
    assert numbers(desk) == [7, 8, 9, 10]
    assert apart(desk) == []


def test_when_all_are_old_numbers_go_on_from_the_last(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02")
    desk.at("Wed 2031-06-04")
    assert old_entries.remove_old(desk.office) == 2
    put_down(desk, "Thu 2031-06-05")
    assert numbers(desk) == [3, 4, 5]
    assert apart(desk) == []


def test_whoever_kept_the_exported_lines_can_prove_what_was_removed(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02", "Tue 2025-06-03")
    exported = [json.loads(one) for one in security_log.json_lines(desk.office, None)][:4]
    desk.at("Wed 2028-06-07")
    old_entries.remove_old(desk.office)
    digest = START
    for one in exported:
        digest = digest_of(digest, canonical(one))
    (event,) = said(desk)
    put_down(desk, "Thu 2028-06-08")
    assert event.count == 5, "and the export itself"
    with desk.office.database.reading() as tx:
        assert tx.execute(text("SELECT min(id) FROM security_log")).scalar_one() == 6
    assert digest != event.digest
    desk.at("Tue 2025-06-03")
    taken = {"id": 5, "at": exported[-1]["at"], "kind": "exported", "person_id": None}
    taken |= {"council": "", "alert_id": "", "what": "security log", "digest": ""}
    assert digest_of(digest, canonical(taken)) == event.digest


def test_no_row_goes_without_the_event_and_none_beyond_it(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02", "Tue 2027-06-01")
    for sql in (
        "DELETE FROM security_log WHERE id = 1",
        "UPDATE security_log SET what = 'x' WHERE id = 1",
    ):
        refused = pytest.raises(SQLAlchemyError, match="security_log are only ever added")
        with refused, desk.office.database.writing() as tx:
            tx.execute(text(sql))
    desk.at("Thu 2027-07-01")
    assert old_entries.remove_old(desk.office) == 2
    for number in (3, 4, 5):
        refused = pytest.raises(SQLAlchemyError, match="security_log are only ever added")
        with refused, desk.office.database.writing() as tx:
            tx.execute(text("DELETE FROM security_log WHERE id = :n"), {"n": number})
    assert apart(desk) == []


def test_what_goes_otherwise_is_named(desk: Desk) -> None:
    """An event by hand lets rows go, of which the chain then says it; a row that is gone without one is missed."""
    put_down(desk, "Mon 2025-06-02", "Tue 2025-06-03")
    with desk.office.database.writing() as tx:
        found = security_rows.older(tx, desk.office.now(), 2)
        assert found is not None
        event = found.model_copy(update={"last": 1, "count": 1})
        who = runs_commands(tx, desk.office.now())
        directory_events.append(tx, OF_NO_COUNCIL, event, who, desk.office.now())
    (named,) = apart(desk)
    assert "its entries are not those after number 1" in named
    with desk.office.database.writing() as tx:
        security_rows.remove(tx, 1)
    assert apart(desk) == []
    with desk.office.database.accepting("Nia Fiction", "To see.", desk.office.now()) as tx:
        security_rows.accept(tx)
    assert apart(desk) == []


def test_a_gap_is_named_until_somebody_goes_on_with_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite")
    put_down(desk, "Mon 2025-06-02", "Tue 2025-06-03")
    guard = "security_log_are_never_touched_by_delete"
    by_hand = desk.office.database
    with by_hand.reading() as tx:
        query = text("SELECT sql FROM sqlite_master WHERE name = :name")
        put_up = tx.execute(query, {"name": guard}).scalar_one()
    engine = by_hand.parts()[2]
    with engine.begin() as tx:
        tx.exec_driver_sql(f"DROP TRIGGER {guard}")
        tx.exec_driver_sql("DELETE FROM security_typed WHERE entry_id = 2")
        tx.exec_driver_sql("DELETE FROM security_log WHERE id = 2")
        tx.exec_driver_sql(put_up)
    named = apart(desk)
    assert any("its entries are not those after number 0" in one for one in named)
    now = desk.office.now()
    witness.accept(by_hand, desk.office.settings.witness, "Nia Fiction", "It is lost.", now)
    assert apart(desk) == []
    put_down(desk, "Wed 2025-06-04")
    assert numbers(desk) == [1, 3, 4, 5, 6]
    assert apart(desk) == []
    by_hand.close()


@pytest.mark.postgres
def test_on_a_server_the_owner_of_the_tables_alone_takes_them_out(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine=AS_PRODUCT)
    put_down(desk, "Mon 2025-06-02")
    desk.at("Wed 2034-06-07")
    assert old_entries.remove_old(desk.office) == 0
    found = look(desk.office.settings, desk.office.database, desk.office.now())[Check.ENTRIES]
    assert "practice-alerts store update is due" in found.says
    product = desk.office.database
    owned = Database(product.url.replace(PRODUCT, OWNER), desk.office.settings.seal_keys)
    assert old_entries.remove_old(replace(desk.office, database=owned)) == 2
    owned.close()
    assert numbers(desk) == [3]
    assert apart(desk) == []
    product.close()


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_guards_of_an_earlier_version_are_put_up_anew_where_none_is_missing(
    desk: Desk, *, is_whole: bool
) -> None:
    database = desk.office.database
    put_down(desk, "Mon 2025-06-02")
    _, dialect, engine = database.parts()
    its = foreign_to_sqlite if database.files() else foreign_to_postgresql
    former, without = its.guarding("security_log", ""), its.without_guards("security_log")
    with engine.begin() as tx:
        for one in [without] if isinstance(without, str) else without:
            tx.exec_driver_sql(one)
        for one in [*former][: None if is_whole else 1]:
            tx.exec_driver_sql(one)
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0021'")
        assert dialect.guards_gone(tx, "security_log")
    if is_whole:
        database.migrate()
        desk.at("Thu 2027-07-01")
        assert old_entries.remove_old(desk.office) == 2
        assert apart(desk) == []
    else:
        with pytest.raises(DatabaseNotReady, match="guards on the table of security_log are gone"):
            database.migrate()


def test_while_a_legal_hold_stands_what_was_put_down_since_that_alert_stays(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02")
    desk.at("Tue 2025-06-03")
    held, other = closed(desk), closed(desk)
    say(desk, held, KeptSaid.HELD, reference="COMP-7")
    say(desk, other, KeptSaid.HELD, reference="COMP-8")
    say(desk, other, KeptSaid.RELEASED, reference="COMP-8")
    put_down(desk, "Wed 2025-06-04")
    desk.at("Fri 2028-06-09")
    assert old_entries.remove_old(desk.office) == 2, "those of before it was raised"
    assert old_entries.remove_old(desk.office) == 0
    assert said(desk)[0].last == 2
    found = look(desk.office.settings, desk.office.database, desk.office.now())[Check.ENTRIES]
    assert found.level is Level.MIND
    assert "a legal hold stands" in found.says
    say(desk, held, KeptSaid.RELEASED, reference="COMP-7")
    assert old_entries.remove_old(desk.office) > 0
    assert apart(desk) == []


def test_doctor_says_how_far_back_it_goes_and_what_was_removed(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02", "Wed 2027-06-02")
    old_entries.remove_old(desk.office)
    desk.at("Thu 2027-07-01")
    old_entries.remove_old(desk.office)
    found = look(desk.office.settings, desk.office.database, desk.office.now())[Check.ENTRIES]
    assert found.level is Level.WELL
    assert found.says == (
        "the security log goes back to Wednesday 2 June 2027, of 24 months that it is kept for; 2 older entries were removed."
    )
    assert found.figures == {"security_entries_removed": 2}


def test_how_long_is_a_setting(desk: Desk) -> None:
    put_down(desk, "Mon 2025-06-02")
    desk.at("Thu 2028-06-01")
    seven_years = replace(desk.office.settings, kept_for=KeptFor())
    assert old_entries.remove_old(replace(desk.office, settings=seven_years)) == 0
    assert old_entries.remove_old(desk.office) == 2
    asked = {"PRACTICE_ALERTS_MONTHS_OF_ENTRIES": "36"}
    assert (Settings.read({}).kept_for.entries, Settings.read(asked).kept_for.entries) == (84, 36)
    with pytest.raises(NotANumber):
        Settings.read({"PRACTICE_ALERTS_MONTHS_OF_ENTRIES": "12"})
