"""What is asked again and again within one transaction is read once, and anew after something was written to its tables.

Kept is only what was read through an engine that is `watched`, from the beginning of a transaction to its end. Whatever
runs there and is no plain reading clears: what rests on the tables that it writes to, or everything where nobody can
say which those are. Others cannot write meanwhile: a transaction is one state of things, or has the writer's place.
"""

from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, SelectBase, Table, event
from sqlalchemy.engine import Compiled
from sqlalchemy.sql.expression import UpdateBase
from sqlalchemy.sql.util import find_tables
from sqlalchemy.sql.visitors import iterate

_Kept = dict[Hashable, tuple[frozenset[str], Any]]
"""What was read, each with the names of the tables that it rests on."""

_MOST = 200  # no act asks for as much; what goes through every alert keeps no more than that

_KEPT: Final[WeakKeyDictionary[Connection, _Kept]] = WeakKeyDictionary()
"""By connection, while it is in a transaction."""

_WRITES: Final[WeakKeyDictionary[Compiled, frozenset[str] | None]] = WeakKeyDictionary()


def watched(engine: Engine) -> Engine:
    """The same, and what is read in its transactions may be kept."""
    own = (
        engine.execution_options()
    )  # listens for itself, and not for whatever else comes through that engine
    event.listen(own, "begin", _begin)
    event.listen(own, "commit", _forget)
    event.listen(own, "rollback", _forget)
    event.listen(own, "before_cursor_execute", _clear)
    return own


def read_once(tx: Connection, statement: Select[Any], **asked: Hashable) -> tuple[Any, ...]:
    """Its rows. The statement is a constant, for it is known by being itself."""
    key = (statement, *asked.items())
    found: tuple[Any, ...] | None = recall(tx, key)
    if found is None:
        found = tuple(tx.execute(statement, asked))
        remember(tx, key, tables_of(statement), found)
    return found


def recall(tx: Connection, key: Hashable) -> Any:
    """What was remembered in this transaction; None where nothing is, or it may be otherwise by now."""
    kept = _KEPT.get(tx)
    found = kept.get(key) if kept else None
    return found[1] if found else None


def remember(tx: Connection, key: Hashable, tables: frozenset[str], what: object) -> None:
    """Until one of these tables is written to."""
    kept = _KEPT.get(tx)
    if kept is not None:
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = (tables, what)


def names_of(tables: Iterable[Table]) -> frozenset[str]:
    return frozenset(one.name for one in tables)


@cache
def tables_of(statement: Select[Any]) -> frozenset[str]:
    """All that it reads, in whatever part of it."""
    every = find_tables(statement, include_joins=True, include_selects=True, check_columns=True)
    return names_of(one for one in every if isinstance(one, Table))


def _begin(tx: Connection) -> None:
    _KEPT[tx] = {}


def _forget(tx: Connection) -> None:
    _KEPT.pop(tx, None)


def _clear(tx: Connection, *ran: Any) -> None:
    """Before it runs. Going back to a savepoint is none of those that say what they write, and clears everything."""
    if kept := _KEPT.get(tx):
        *_, context, _ = ran
        written = _writes(context.compiled)
        if written is None:
            kept.clear()
        elif written:
            for key in [key for key, (tables, _) in kept.items() if not written.isdisjoint(tables)]:
                del kept[key]


def _writes(compiled: Compiled | None) -> frozenset[str] | None:
    """The names of the tables; None where nobody can say: SQL that was written out by hand, and whatever is new."""
    if compiled is None:
        return None
    if compiled not in _WRITES:
        _WRITES[compiled] = _written_in(compiled.statement)
    return _WRITES[compiled]


def _written_in(statement: object) -> frozenset[str] | None:
    if not isinstance(statement, SelectBase | UpdateBase):
        return None
    into = [one.table for one in iterate(statement) if isinstance(one, UpdateBase)]
    named = [one for one in into if isinstance(one, Table)]
    return None if len(named) < len(into) else frozenset().union(*map(_with_dependent, named))


@cache
def _with_dependent(table: Table) -> frozenset[str]:
    """With those whose rows go, or change, with a row of it."""
    found = {table}
    for _ in table.metadata.tables:  # as often as the longest way from one to another
        found |= {
            other
            for other in table.metadata.tables.values()
            for key in other.foreign_key_constraints
            if (key.ondelete or key.onupdate) and key.referred_table in found
        }
    return names_of(found)
