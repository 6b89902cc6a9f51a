"""The store's files are taken away or replaced under a running product, or what is in them is: nothing is recorded into nowhere."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.upkeep.checks import Check, Level, look, may_record
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.office import STORE, Desk, open_desk
from tests.stories.test_storage_trouble import taken_away

Replaced = Callable[[Path], object]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine="sqlite")
    opened.raised()
    opened.raised(case_number="X-2")
    note(opened)
    yield opened
    opened.office.database.close()


def note(desk: Desk) -> None:
    witness.note(desk.office.database, desk.office.settings.witness, desk.office.now())


@contextmanager
def another(data: Path) -> Iterator[None]:
    """A copy is put in its place, as somebody does who restores one without stopping the product."""
    with closing(sqlite3.connect(data / STORE)) as a, closing(sqlite3.connect(data / "b")) as b:
        a.backup(b)
    with taken_away(data):
        shutil.copy(data / "b", data / STORE)
        yield


GONE = {
    "all of it": taken_away,
    "the file alone": lambda data: taken_away(data, STORE),
    "what is not yet in the file": lambda data: taken_away(data, f"{STORE}-wal"),
    "what its writers share": lambda data: taken_away(data, f"{STORE}-shm"),
    "another in its place": another,
}


@pytest.mark.parametrize("how", GONE)
def test_nothing_is_recorded_while_another_store_or_none_lies_there(desk: Desk, how: str) -> None:
    office = desk.office
    with GONE[how](office.settings.data):
        for told in (lambda: desk.raised(case_number="X-3"), lambda: note(desk)):
            with pytest.raises(StorageTrouble, match="nothing was recorded") as trouble:
                told()
            assert trouble.value.what is Storage.REPLACED
        found = look(office.settings, office.database, office.now())
        assert found[Check.WRITE].level is Level.WRONG
        assert "another put in its place" in found[Check.WRITE].says
        assert not may_record(found)
        assert references(desk) == ["LAM-2025-0001", "LAM-2025-0002"]  # reading goes on
    note(desk)
    assert desk.raised(case_number="X-3").alert.reference == "LAM-2025-0003"


def test_what_is_being_recorded_meanwhile_is_told_as_well(desk: Desk) -> None:
    database, names = desk.office.database, ("first", "second")
    for name in names:
        with ExitStack() as after, pytest.raises(StorageTrouble) as trouble:
            _losing_it(desk, name, after)
        assert trouble.value.what is Storage.REPLACED
    with database.reading() as tx:
        assert [office_settings.fact(tx, name) for name in names] == [None, None]


def _losing_it(desk: Desk, name: str, after: ExitStack) -> None:
    with desk.office.database.writing() as tx:
        office_settings.put_fact(tx, name, stamp(desk.office.now()))
        after.enter_context(taken_away(desk.office.settings.data))


def test_no_empty_store_is_made_where_one_was(desk: Desk) -> None:
    data, database = desk.office.settings.data, desk.office.database
    with GONE["all of it"](data):
        with pytest.raises(StorageTrouble), database.reading(), database.reading():
            pass
        assert not (data / STORE).exists()


def test_an_older_copy_written_over_it_is_seen_by_the_witness(desk: Desk) -> None:
    data = desk.office.settings.data
    with closing(sqlite3.connect(":memory:")) as older, closing(sqlite3.connect(data / STORE)) as a:
        a.backup(older)
        desk.raised(case_number="X-3")
        note(desk)
        with closing(sqlite3.connect(":memory:")) as newer:
            a.backup(newer)
            older.backup(a)
            with pytest.raises(witness.NotAsWitnessed, match="it goes to event"):
                note(desk)
            before = events(desk)
            with pytest.raises(StorageTrouble, match="nothing was recorded"):
                desk.raised(case_number="X-4")
            assert events(desk) == before
            newer.backup(a)
    note(desk)
    assert desk.raised(case_number="X-4").alert.reference == "LAM-2025-0004"


WRITTEN_OVER: dict[str, tuple[str, Callable[[bytes, bytes], bytes]]] = {
    "by an older copy": ("", lambda older, _: older),
    "by nothing": ("", lambda *_: b""),
    "by what is no store": ("", lambda _, whole: b"garbage!" * (len(whole) // 8)),
    "by half of it": ("", lambda _, whole: whole[: len(whole) // 2]),
    "what is not yet in it, by nothing": ("-wal", lambda *_: b""),
}


@pytest.mark.parametrize("how", WRITTEN_OVER)
@pytest.mark.parametrize("is_in_the_file", [True, False])
def test_a_file_written_over_in_its_place_is_read_through_anew(
    desk: Desk, how: str, *, is_in_the_file: bool
) -> None:
    """As `cp` does: nothing shows but that it was written to, and SQLite would go on by what it remembers."""
    data = desk.office.settings.data
    older = saved(data)
    desk.raised(case_number="X-3")
    note(desk)
    if is_in_the_file:
        with closing(sqlite3.connect(data / STORE)) as other:
            other.execute("PRAGMA wal_checkpoint")
    ending, spoilt = WRITTEN_OVER[how]
    file = data / f"{STORE}{ending}"
    whole = file.read_bytes()
    file.write_bytes(spoilt(older, whole))
    if is_harmless(how, is_in_the_file=is_in_the_file):
        note(desk)
    else:
        for act in (lambda: note(desk), lambda: desk.raised(case_number="X-4")):
            with pytest.raises(StorageTrouble, match=r"nothing was recorded|it goes to event"):
                act()
    file.write_bytes(whole)
    note(desk)
    assert desk.raised(case_number="X-4").alert.reference == "LAM-2025-0004"
    assert prove(desk.office).holds


def test_no_connection_goes_on_by_what_stood_there_meanwhile(desk: Desk) -> None:
    """Nor does any stay open past the close: a store put in its place then is the one that is found."""
    data, database = desk.office.settings.data, desk.office.database
    with closing(sqlite3.connect(data / STORE)) as other:
        other.execute("PRAGMA wal_checkpoint")
    whole = (data / STORE).read_bytes()
    (data / STORE).write_bytes(whole[: len(whole) // 2])
    assert not all(in_two_connections(database))
    with pytest.raises(StorageTrouble):
        note(desk)
    (data / STORE).write_bytes(whole)
    note(desk)
    assert all(in_two_connections(database))
    database.close()
    opened = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    assert not [one for one in opened if one.is_relative_to(data) and STORE in one.name]


def in_two_connections(database: Database) -> list[bool]:
    """Whether each finds the store whole."""
    found = [False, False]
    with suppress(StorageTrouble), database.reading() as one, database.reading() as two:
        for place, tx in enumerate((one, two)):
            said = list(tx.exec_driver_sql("PRAGMA quick_check(1)").scalars())
            found[place] = said == ["ok"]
    return found


def is_harmless(how: str, *, is_in_the_file: bool) -> bool:
    """What was changed since lies beside the older copy, or what lies beside is in the file already."""
    return (
        how
        in {True: ("what is not yet in it, by nothing",), False: ("by an older copy",)}[
            is_in_the_file
        ]
    )


def saved(data: Path) -> bytes:
    with closing(sqlite3.connect(data / STORE)) as a, closing(sqlite3.connect(data / "b")) as b:
        a.backup(b)
    return (data / "b").read_bytes()


def references(desk: Desk) -> list[str]:
    with desk.office.database.reading() as tx:
        ids = current_state.ids(tx, "lambeth")
        return sorted(one.reference for one in current_state.by_ids(tx, ids).values())


def events(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        return event_store.head(tx)[0]
