"""A backup is held against every line of the witness: one of another way than it saw is restored only by name."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters import backup_file
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.upkeep.backup import STORE as STORE_IN_BACKUP
from practice_alerts.casework.upkeep.backup import BackupMade, _said_of, back_up
from practice_alerts.casework.upkeep.restore import restore
from practice_alerts.casework.upkeep.restoring import NotRestored
from practice_alerts.office import Office
from tests.casework.upkeep.test_backup_and_restore import Drill, begun
from tests.helpers.product.office import Desk

STORE = "practice-alerts.db"


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    """Two alerts were raised, each seen by the witness."""
    drill = begun(tmp_path)
    for number in "AB":
        drill.desk.raised(case_number=number)
        drill.witnessed()
        drill.desk.clock[0] += timedelta(minutes=5)
    return drill


def copied(drill: Drill, to: str) -> Desk:
    """The same store as it is now, elsewhere, with its keys and without its witness."""
    place = drill.folder / to
    shutil.copytree(drill.office.settings.data / "keys", place / "keys")
    with (
        closing(sqlite3.connect(drill.office.settings.data / STORE)) as store,
        closing(sqlite3.connect(place / STORE)) as copy,
    ):
        store.backup(copy)
    (place / STORE).chmod(0o600)
    settings = replace(drill.office.settings, data=place, witness_folder=drill.folder / f"{to}-w")
    database = Database(sqlite_url(place), settings.seal_keys)
    office = replace(drill.office, settings=settings, database=database)
    return Desk(office, drill.desk.clock, drill.desk.council)


def backed_up(office: Office, drill: Drill, to: str) -> BackupMade:
    (drill.folder / to).mkdir()
    return back_up(office, drill.folder / to)


def raised_and_seen(drill: Drill, desk: Desk, *numbers: str) -> None:
    for number in numbers:
        desk.raised(case_number=number)
        office = desk.office
        witness.note(office.database, drill.office.settings.witness, office.now())
        desk.clock[0] += timedelta(minutes=5)


def taken(drill: Drill, made: BackupMade, place: str, **more: bool) -> str:
    new = drill.empty_place(place)
    with_keys = drill.folder / f"{place}.keys"
    backup_file.write(
        with_keys,
        {f"seal-keys/{one.name}": one for one in drill.office.settings.seal_keys.files()},
        {
            "kind": "practice-alerts keys",
            "made_at": "2025-06-02T08:00:00+00:00",
            "store": first_seal(drill),
        },
        [drill.recipient],
    )
    try:
        return "\n".join(restore(new, drill.wanted(made, with_keys, **more)))
    finally:
        new.database.close()


def first_seal(drill: Drill) -> str:
    with drill.office.database.reading() as tx:
        return seals.store_id(tx)


def test_another_way_than_the_witness_saw_is_refused_and_accepted_by_name(drill: Drill) -> None:
    """Of the same store and under its own key: whoever had both went on with a copy of their own."""
    forged = copied(drill, "forged")
    raised_and_seen(drill, drill.desk, "C", "D")
    for number in ("X", "Y", "Z"):
        forged.raised(case_number=number)
    made = backed_up(forged.office, drill, "b")
    with pytest.raises(NotRestored, match="not of the store that the witness saw") as said:
        taken(drill, made, "one")
    assert "event 6 on Monday 2 June 2025" in str(said.value)
    assert drill.empty_place("one").database.is_empty()
    found = taken(drill, made, "two", against_witness=True)
    assert "AGAINST THE WITNESS: it saw event 6" in found
    restored = drill.empty_place("two")
    witness.must_agree(restored.database, restored.settings.witness)
    assert prove(restored).holds
    restored.database.close()


def test_what_is_shorter_than_the_witness_is_held_against_it_as_well(drill: Drill) -> None:
    """The last line alone would say nothing of a copy that ends before it."""
    forged = copied(drill, "forged")
    raised_and_seen(drill, drill.desk, *"CDEFG")
    forged.raised(case_number="X")
    with pytest.raises(NotRestored, match="event 6 on"):
        taken(drill, backed_up(forged.office, drill, "b"), "one")


def test_every_genuine_backup_is_restored_whenever_it_was_made(drill: Drill) -> None:
    first = backed_up(drill.office, drill, "first")
    raised_and_seen(drill, drill.desk, "C")
    second = backed_up(drill.office, drill, "second")
    raised_and_seen(drill, drill.desk, "D")
    for name, made in (("one", first), ("two", second)):
        kept = drill.office.settings.witness.file.read_bytes()
        assert "AGAINST" not in taken(drill, made, name)
        drill.office.settings.witness.file.write_bytes(kept)


def test_after_somebody_went_on_with_an_older_store_both_ways_are_known(drill: Drill) -> None:
    older = copied(drill, "older")
    raised_and_seen(drill, drill.desk, "C", "D")
    of_the_way_left = backed_up(drill.office, drill, "left")
    raised_and_seen(drill, drill.desk, "E")
    stranger = copied(drill, "stranger")
    its_witness = drill.office.settings.witness
    witness.accept(older.office.database, its_witness, "Nia Fiction", "Lost.", older.office.now())
    raised_and_seen(drill, older, "P", "Q", "R", "S")
    of_the_way_taken = backed_up(older.office, drill, "taken")
    raised_and_seen(drill, older, "T")
    forged = copied(replace(drill, desk=older), "forged")
    raised_and_seen(drill, older, "U")
    for number in ("X", "Y"):
        forged.raised(case_number=number)
        stranger.raised(case_number=number)
    kept = its_witness.file.read_bytes()
    for name, made in (("one", of_the_way_left), ("two", of_the_way_taken)):
        assert "AGAINST" not in taken(drill, made, name)
        its_witness.file.write_bytes(kept)
    with pytest.raises(NotRestored, match="not of the store that the witness saw"):
        taken(drill, backed_up(forged.office, drill, "f"), "three")


def test_what_it_never_saw_is_said(drill: Drill) -> None:
    for number in ("X", "Y"):
        drill.desk.raised(case_number=number)
    found = taken(drill, backed_up(drill.office, drill, "b"), "one")
    assert "NOBODY BEARS OUT the last 4 events" in found


def test_a_chain_made_anew_under_the_same_seals_is_not_taken_for_it(drill: Drill) -> None:
    """Without the key of the seals nobody can say that they are no longer of these events; the witness can."""
    forged = copied(drill, "forged")
    raised_and_seen(drill, drill.desk, "C")
    forged.raised(case_number="X")
    with forged.office.database.reading() as tx:
        keep = seals.macs_of(tx, range(100))
    with drill.office.database.reading() as tx:
        genuine = seals.macs_of(tx, range(100))
    assert {*keep} == {*genuine}
    with closing(sqlite3.connect(forged.office.settings.data / STORE)) as store, store:
        store.execute("DROP TRIGGER seals_are_never_touched_by_update")
        for number, mac in genuine.items():
            store.execute("UPDATE seals SET mac = ? WHERE id = ?", (mac, number))
    with forged.office.database.reading() as tx:
        said = witness.held_against(tx, drill.office.settings.witness, max(keep)).parted
    assert said.startswith("event 6 on")


def with_an_administrator(forged: Desk) -> None:
    """Past the product, and with a seal of a key that nobody has: it needs none to be made up."""
    with closing(sqlite3.connect(forged.office.settings.data / STORE)) as store, store:
        store.execute(
            "INSERT INTO holdings (id, person_id, council, post, team, since)"
            " VALUES (9002, 'manager', 'lambeth', 'administrator', '', '2025-01-01')"
        )
        store.execute(
            "INSERT INTO seals SELECT id + 1, 'zzzzzzzzzzzz', event_id, event_hash,"
            """ '{"holdings":{"[9002]":"x:"}}', '', '00' FROM seals ORDER BY id DESC LIMIT 1"""
        )


def written(drill: Drill, forged: Desk) -> BackupMade:
    """By hand, since the product backs up nothing of the kind."""
    genuine = backed_up(drill.office, drill, "genuine")
    backup_file.write(
        genuine.file.with_name("forged.age"),
        {STORE_IN_BACKUP: forged.office.settings.data / STORE},
        _said_of(forged.office),
        [drill.recipient],
    )
    return replace(genuine, file=genuine.file.with_name("forged.age"))


def test_a_key_that_nobody_knows_is_gone_on_with_by_name_alone(drill: Drill) -> None:
    forged = copied(drill, "forged")
    with_an_administrator(forged)
    drill.desk.raised(case_number="C")  # so that its seal stands between two lines of the witness
    raised_and_seen(drill, drill.desk, "D")
    made = written(drill, forged)
    with pytest.raises(NotRestored, match="a key that is not among those here"):
        taken(drill, made, "one")
    assert "WITHOUT ITS KEY" in taken(drill, made, "two", against_witness=True)


def test_what_stands_between_two_lines_is_said(drill: Drill) -> None:
    drill.desk.raised(case_number="X")
    made = backed_up(drill.office, drill, "b")
    raised_and_seen(drill, drill.desk, "Y")
    found = taken(drill, made, "one")
    assert "NOBODY BEARS OUT the last 2 events of the backup" in found


def test_a_line_that_nothing_proves_changes_no_way(drill: Drill) -> None:
    forged = copied(drill, "forged")
    raised_and_seen(drill, drill.desk, "C", "D")
    for number in ("X", "Y", "Z"):
        forged.raised(case_number=number)
    made = backed_up(forged.office, drill, "b")
    file = drill.office.settings.witness.file
    with forged.office.database.reading() as tx:
        last = seals.place(tx)
    assert last
    lines = file.read_text("utf-8").splitlines()
    its = {"seal": last.number, "mac": last.mac, "event": last.event_id, "hash": last.event_hash}
    by_name = {"accepted": {"by": "x", "why": "y"}, "proof": "", "key": ""}
    lines.append(json.dumps(json.loads(lines[-1]) | its | by_name))
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(NotRestored, match="not of the store that the witness saw"):
        taken(drill, made, "one")
