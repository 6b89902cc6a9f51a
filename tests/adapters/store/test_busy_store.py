"""A store that keeps somebody waiting: told as such, and whoever reads has a connection."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import text

from practice_alerts.adapters.storage_trouble import of_sqlite
from practice_alerts.adapters.store.engines import postgresql
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.office import open_desk

LONG = 60.0  # seconds, on a busy machine
MANY = 50
"""More threads than the service has for its pages."""


def test_of_a_file_there_is_a_connection_for_everybody_who_reads(tmp_path: Path) -> None:
    desk, together = open_desk(tmp_path / "data", engine="sqlite"), Barrier(MANY, timeout=LONG)

    def read(_: int) -> int:
        with desk.office.database.reading() as tx:
            together.wait()
            return int(tx.execute(text("SELECT 1")).scalar_one())

    with ThreadPoolExecutor(MANY) as threads:
        assert list(threads.map(read, range(MANY))) == [1] * MANY
    desk.office.database.close()


def test_a_file_about_whose_use_others_quarrel_is_busy(tmp_path: Path) -> None:
    quarrel = sqlite3.OperationalError("locking protocol")
    quarrel.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    told = of_sqlite(quarrel, tmp_path / "practice-alerts.db")
    assert told is not None
    assert told.what is Storage.BUSY


@pytest.mark.postgres
def test_where_a_server_gives_no_more_connections_that_is_told_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_MOST", 1)
    monkeypatch.setattr(postgresql, "_KEPT", 1)
    monkeypatch.setattr(postgresql, "_WAIT_SECONDS", 1)
    desk = open_desk(tmp_path / "data", engine="postgresql")
    with (
        desk.office.database.reading(),
        pytest.raises(StorageTrouble) as told,
        desk.office.database.reading(),
    ):
        raise AssertionError("there is none")
    assert told.value.what is Storage.BUSY
    desk.office.database.close()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("limit", "slow"),
    [
        ("statement_timeout", ("SELECT pg_sleep(60)",)),
        ("idle_in_transaction_session_timeout", ("SELECT 1",) * 60),
    ],
)
def test_where_a_server_ends_what_takes_too_long_that_is_told_as_busy(
    tmp_path: Path, limit: str, slow: tuple[str, ...]
) -> None:
    """As its administrators may have set it, whatever we ask for."""
    desk = open_desk(tmp_path / "data", engine="postgresql")

    def write() -> None:
        with desk.office.database.writing() as tx:
            tx.exec_driver_sql(f"SET LOCAL {limit} = 10")
            for statement in slow:
                tx.exec_driver_sql(statement)
                sleep(0.1)

    with pytest.raises(StorageTrouble) as told:
        write()
    assert told.value.what is Storage.BUSY
    desk.office.database.close()
