"""Whatever stands in a file of SQLite and is not, word for word, what the product makes there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from practice_alerts.adapters.store.engines.made import AsMade, clauses

_ITS_OWN: Final = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_ACTS = ("trigger", "view")


def foreign(
    tx: Connection, made: AsMade, triggers: Iterable[str], *, is_newest: bool
) -> Iterator[str]:
    """By kind and name. `triggers`: as they are put up."""
    found = tx.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    ours = _ours(tx, made) if is_newest else {}
    known = {*triggers}
    for kind, name, table, sql in found:
        if kind in _ACTS:
            is_ours = kind == "trigger" and sql in known
        else:
            is_ours = not is_newest or _is_ours(ours, kind, name, sql)
        if not is_ours:
            yield f"{kind} {name}" + (f" on {table}" if table != name else "")


def _is_ours(ours: Mapping[tuple[str, str], object], kind: str, name: str, sql: str | None) -> bool:
    if name in _ITS_OWN or (kind == "index" and sql is None):  # that of a key or of what is unique
        return True
    return ours.get((kind, name)) == clauses(sql or "")


def _ours(tx: Connection, made: AsMade) -> dict[tuple[str, str], object]:
    def text(one: Any) -> object:
        return clauses(str(one.compile(dialect=tx.dialect)))

    return {("table", one.name): text(CreateTable(one)) for one in made.tables} | {
        ("index", str(index.name)): text(CreateIndex(index))
        for one in made.tables
        for index in one.indexes
    }
