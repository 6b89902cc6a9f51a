"""Each check of the one table, well and otherwise: what is said, and whether anything may be recorded."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from practice_alerts.adapters.backup_file import BackupPlan
from practice_alerts.adapters.private_files import keep_private
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.proof import witness
from practice_alerts.casework.upkeep.backup import back_up
from practice_alerts.casework.upkeep.checks import (
    CHECKS,
    Check,
    CheckFinding,
    Level,
    look,
    may_record,
)
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import kept_elsewhere
from tests.casework.upkeep.test_backup_and_restore import begun
from tests.helpers.product.office import STORE, Desk
from tests.helpers.product.postgresql import AS_IN_REAL_USE


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return all_well(tmp_path)


def all_well(folder: Path, engine: str = "sqlite") -> Desk:
    """A running office: witnessed, followed by its log and backed up."""
    desk = begun(folder, engine).desk
    settings = desk.office.settings
    plan = replace(settings.backups, folder=folder / "backups")
    desk.office = replace(desk.office, settings=replace(settings, backups=plan))
    desk.raised()
    back_up(desk.office, folder / "backups")
    watched(desk)
    keep_private(
        settings.data, kept_elsewhere(settings, desk.office.database)
    )  # as each start does
    return desk


def watched(desk: Desk) -> None:
    """What a running product does each second."""
    sync_log.catch_up(desk.office)
    witness.note(desk.office.database, desk.office.settings.witness, desk.office.now())


def looked(desk: Desk) -> dict[Check, CheckFinding]:
    office = desk.office
    return dict(look(office.settings, office.database, office.now()))


@pytest.mark.parametrize("engine", AS_IN_REAL_USE)
def test_all_is_well_and_nothing_is_changed_by_looking(tmp_path: Path, engine: str) -> None:
    desk = all_well(tmp_path, engine)
    place = desk.office.settings.witness_folder
    assert place
    before = (place / "witness.jsonl").read_bytes()
    with desk.office.database.reading() as tx:
        rows = desk.office.database.counts(tx)
    found = looked(desk)
    levels = {check: one.level for check, one in found.items()}
    # In a test everything lies on one volume, and a test's disk may be small.
    lies_with_store = engine == "sqlite"
    assert levels.pop(Check.WITNESS_PLACE) is (Level.MIND if lies_with_store else Level.WELL)
    assert levels.pop(Check.DISK) is not Level.WRONG
    assert set(levels.values()) == {Level.WELL}, found
    assert may_record(found)
    with desk.office.database.reading() as tx:
        assert desk.office.database.counts(tx) == rows
    assert (place / "witness.jsonl").read_bytes() == before
    assert not (desk.office.settings.data / ".tried").exists()
    desk.office.database.close()


class Trouble(NamedTuple):
    check: Check
    level: Level
    says: str
    make: Callable[[Desk, pytest.MonkeyPatch], object]


def _open_store(desk: Desk, _: pytest.MonkeyPatch) -> None:
    (desk.office.settings.data / STORE).chmod(0o644)


def _no_guards(desk: Desk, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(desk.office.settings.data / STORE)) as store, store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.execute(f"DROP TRIGGER {name}")


def _old_entries(desk: Desk, _: pytest.MonkeyPatch) -> None:
    with desk.office.database.writing() as tx:
        ten_years_ago = desk.office.now() - timedelta(days=3653)
        first = SecurityEntry(SecurityKind.LOG_READ, "qa", "lambeth")
        assert security_rows.first_moment(tx) is None, "it is the first of all"
        security_rows.add(tx, first, ten_years_ago)


def _not_forgotten(desk: Desk, _: pytest.MonkeyPatch) -> None:
    with desk.office.database.writing() as tx:
        destruction.must_be_forgotten(tx)


def _no_key(desk: Desk, _: pytest.MonkeyPatch) -> None:
    (desk.office.settings.seal_keys.folder / "seal.key").unlink()


def _read_only(_: Desk, patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    patch.setattr(os, "open", refuse)


def _free(megabytes: int) -> Callable[[Desk, pytest.MonkeyPatch], object]:
    usage = shutil._ntuple_diskusage(1 << 40, 0, megabytes << 20)
    return lambda _, patch: patch.setattr(shutil, "disk_usage", lambda _path: usage)


def _clock_back(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.clock[0] -= timedelta(minutes=6)


def _an_older_store(desk: Desk, _: pytest.MonkeyPatch) -> None:
    store = desk.office.settings.data / STORE
    with closing(sqlite3.connect(store)) as a, closing(sqlite3.connect(":memory:")) as b:
        a.backup(b)
        desk.raised(case_number="X-2")
        watched(desk)
        desk.office.database.close()
        b.backup(a)


def _no_witness(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.office.settings.witness.file.unlink()


def _witness_stands_still(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.clock[0] += timedelta(minutes=3)
    desk.raised(case_number="X-2")


def _mail_stands_still(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.clock[0] += timedelta(minutes=16)


def _log_stands_still(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.raised(case_number="X-2")
    desk.clock[0] += timedelta(minutes=2)


def _no_log(desk: Desk, _: pytest.MonkeyPatch) -> None:
    shutil.rmtree(desk.office.settings.data / "log")


def _garbage_log(desk: Desk, _: pytest.MonkeyPatch) -> None:
    (desk.office.settings.data / "log/lambeth.db").write_bytes(b"garbage" * 4000)


def _backup_is_late(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.clock[0] += timedelta(hours=26, minutes=1)


def _backups_are_kept_too_long(desk: Desk, _: pytest.MonkeyPatch) -> None:
    settings = desk.office.settings
    desk.clock[0] += timedelta(days=1, minutes=1)
    plan = BackupPlan(settings.backups.folder, days=1)
    desk.office = replace(desk.office, settings=replace(settings, backups=plan))


TROUBLES = (
    Trouble(Check.FILES, Level.WRONG, "other accounts may read", _open_store),
    Trouble(Check.GUARDS, Level.WRONG, "The guards on the table of", _no_guards),
    Trouble(Check.GUARDS, Level.WRONG, "nothing is recorded without it", _no_key),
    Trouble(Check.WRITE, Level.WRONG, "it could not be looked at (OSError)", _read_only),
    Trouble(Check.DISK, Level.WRONG, "49 MB are free", _free(49)),
    Trouble(Check.DISK, Level.MIND, "1,000 MB are free", _free(1000)),
    Trouble(Check.DISK, Level.WELL, "2,000 MB are free", _free(2000)),
    Trouble(Check.CLOCK, Level.WRONG, "behind what was recorded last", _clock_back),
    Trouble(Check.WITNESS, Level.WRONG, "not where its witness saw it", _an_older_store),
    Trouble(Check.WITNESS, Level.WRONG, "The witness of the store is gone", _no_witness),
    Trouble(Check.WITNESS, Level.MIND, "its last line is 3 minutes old", _witness_stands_still),
    Trouble(Check.ENTRIES, Level.MIND, "Older ones stay: a legal hold", _old_entries),
    Trouble(Check.OVERWRITTEN, Level.MIND, "laid anew; a running product does it", _not_forgotten),
    Trouble(Check.OUTBOX, Level.MIND, "the oldest since 16 minutes", _mail_stands_still),
    Trouble(Check.LOG, Level.MIND, "the log is behind by 2 minutes", _log_stands_still),
    Trouble(Check.LOG, Level.MIND, "there is no log yet", _no_log),
    Trouble(Check.LOG, Level.WRONG, "the log of lambeth cannot be read", _garbage_log),
    Trouble(Check.BACKUP, Level.MIND, "is 26 hours old, of at most 26", _backup_is_late),
    Trouble(Check.BACKUP, Level.MIND, "are older than 1 days", _backups_are_kept_too_long),
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: f"{one.check}-{one.says}")
def test_what_is_not_well_is_said(
    desk: Desk, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble.make(desk, monkeypatch)
    found = looked(desk)
    assert found[trouble.check].level is trouble.level, found
    assert trouble.says in found[trouble.check].says
    stops = CHECKS[trouble.check].stops and trouble.level is Level.WRONG
    if stops or trouble.level is not Level.WRONG:
        assert may_record(found) is not stops


def test_each_check_is_tried() -> None:
    assert {one.check for one in TROUBLES} == set(Check) - {Check.WITNESS_PLACE}


def test_there_is_no_backup_yet(tmp_path: Path) -> None:
    found = looked(begun(tmp_path).desk)
    assert "there is no backup yet" in found[Check.BACKUP].says
    assert found[Check.LOG].level is Level.MIND
