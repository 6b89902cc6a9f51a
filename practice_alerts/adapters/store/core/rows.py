"""What every table is asked for in the same way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table

from practice_alerts.adapters.store.core.database import Tx


def put(tx: Tx, table: Table, row: Mapping[str, Any]) -> None:
    """Write the row, new or in place of the one with its key."""
    which = [column == row[column.name] for column in table.primary_key]
    if tx.execute(table.update().where(*which).values(row)).rowcount == 0:
        tx.execute(table.insert().values(row))


@contextmanager
def tried(tx: Tx) -> Iterator[None]:
    """Whatever is written within is taken back at its end: could it be written?"""
    within = tx.begin_nested()
    try:
        yield
    finally:
        within.rollback()
