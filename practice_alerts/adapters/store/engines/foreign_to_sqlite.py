"""The guards that the product puts up in a file of SQLite, and whatever stands there and is not, word for word, what it makes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from practice_alerts.adapters.store.engines.made import REMOVED_BY, AsMade, clauses

_ITS_OWN: Final = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_ACTS = ("trigger", "view")
_GUARDED = ("UPDATE", "DELETE")
_REMOVED: Final = (
    "SELECT coalesce(max(json_extract(body, '$.last')), 0) FROM events JOIN payloads ON event_id = events.id"
    " WHERE alert_id = 'directory:' AND kind = '{}'"
)


def guarding(table: str, removed_by: str | None = None) -> tuple[str, ...]:
    """`removed_by` is empty for those of before rows went by an event."""
    by = REMOVED_BY.get(table, "") if removed_by is None else removed_by
    when = f"WHEN old.id > ({_REMOVED.format(by)}) " if by else ""
    return tuple(
        f"CREATE TRIGGER {_name_of(table, change)} BEFORE {change} ON {table} "
        f"{when if change == 'DELETE' else ''}"
        f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
        for change in _GUARDED
    )


def without_guards(table: str) -> Iterator[str]:
    """Takes away what `guarding` puts up."""
    return (f"DROP TRIGGER {_name_of(table, change)}" for change in _GUARDED)


def guards_gone(tx: Connection, table: str, removed_by: str | None = None) -> bool:
    """A guard is as it was put up, word for word, or it is none."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = ?"
    found = {*tx.exec_driver_sql(query, (table,)).scalars()}
    return not found >= {*guarding(table, removed_by)}


def _name_of(table: str, change: str) -> str:
    return f"{table}_are_never_touched_by_{change.lower()}"


def foreign(tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
    """By kind and name."""
    found = tx.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    ours = _ours(tx, made) if is_newest else {}
    known = {one for table in made.guarded for one in guarding(table)}
    if not is_newest:
        known |= {one for table in REMOVED_BY for one in guarding(table, "")}
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
