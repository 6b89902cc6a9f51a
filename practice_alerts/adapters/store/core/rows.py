"""What every table is asked for in the same way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from sqlalchemy import Insert, Table, Update, bindparam

from practice_alerts.adapters.store.core.database import Tx

_KEY: Final = "key_"  # a value to look for is told apart from the one to write


def put(tx: Tx, table: Table, row: Mapping[str, Any]) -> None:
    """Write the row, new or in place of the one with its key.

    The key itself is not written again: SQLite would look through all that refers to it, in every table.
    """
    again, new = _statements(table)
    keys = {column.name for column in table.primary_key}
    which = {f"{_KEY}{name}": row[name] for name in keys}
    changed = {name: value for name, value in row.items() if name not in keys}
    if tx.execute(again, {**changed, **which}).rowcount == 0:
        tx.execute(new, dict(row))


@cache
def _statements(table: Table) -> tuple[Update, Insert]:
    """Built once: that costs more than running them."""
    which = (column == bindparam(f"{_KEY}{column.name}") for column in table.primary_key)
    return table.update().where(*which), table.insert()


@contextmanager
def tried(tx: Tx) -> Iterator[None]:
    """Whatever is written within is taken back at its end: could it be written?"""
    within = tx.begin_nested()
    try:
        yield
    finally:
        within.rollback()
