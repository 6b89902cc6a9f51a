"""An index whose entries are not its table's: rows are found by it, and no row was changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.upkeep.checks import Check, Level, look
from practice_alerts.office import Office
from tests.helpers.product.office import Desk, open_desk

FORGED = (
    ("ix_holdings_person_id", "holdings", "(CASE WHEN person_id = 'boss' THEN 'manager' ELSE person_id END)"),
    ("ix_shut_out_person_id", "shut_out", "('x' || person_id)"),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    opened.raised("stage-1")
    yield opened
    opened.office.database.close()


def store_of(office: Office) -> Path:
    return office.database.files()[0]


def forge(store: Path, index: str, table: str, by: str) -> None:
    """By a connection of somebody's own; the catalogue says the same afterwards."""
    was = _told(store, index)
    _tell(store, index, f"CREATE INDEX {index} ON {table} ({by})")
    with closing(sqlite3.connect(store)) as tx:
        tx.execute(f"REINDEX {index}")
        tx.commit()
    _tell(store, index, was)


def _told(store: Path, index: str) -> str:
    with closing(sqlite3.connect(store)) as tx:
        found = tx.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    return str(found[0])


def _tell(store: Path, index: str, text: str) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as tx:
        tx.execute("PRAGMA writable_schema = ON")
        tx.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (text, index))


def quickly(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as tx:
        return [row[0] for row in tx.execute("PRAGMA quick_check")]


@pytest.mark.parametrize(("index", "table", "by"), FORGED, ids=lambda one: str(one)[:24])
def test_an_index_that_says_what_its_table_does_not_is_named_and_nothing_begins(
    desk: Desk, index: str, table: str, by: str
) -> None:
    office, store = desk.office, store_of(desk.office)
    if table == "shut_out":
        with office.database.writing() as tx:
            alert = tx.exec_driver_sql("SELECT id FROM alerts").scalar_one()
            tx.exec_driver_sql("INSERT INTO shut_out VALUES (?, 'qa')", (alert,))
    forge(store, index, table, by)
    assert quickly(store) == ["ok"], "the quick check sees nothing of it"

    assert any("index" in one.says for one in prove(office).differences)
    found = look(office.settings, office.database, office.now(), reads_through=True)
    assert found[Check.GUARDS].level is Level.WRONG
    for begin in (office.database.migrate, office.database.must_be_whole):
        with pytest.raises(DatabaseNotReady, match="wrote into an index"):
            begin()

    with closing(sqlite3.connect(store)) as mended:
        mended.execute("REINDEX")
    office.database.must_be_whole()
    office.database.migrate()
    desk.raised("stage-2")
