"""Whether a store is as the product makes it: its guards in place, and nothing in it besides."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect

from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.seals import WATCHED
from practice_alerts.adapters.store.core.tables import metadata
from practice_alerts.adapters.store.core.unsealed import Altered
from practice_alerts.adapters.store.core.versions import DatabaseNotReady, newest_after, upgrade
from practice_alerts.adapters.store.engines import Dialect
from practice_alerts.adapters.store.engines.made import REMOVED_BY, AsMade
from practice_alerts.domain.errors import Storage, StorageTrouble

GUARDED = ("events", "seals", "security_log")
MADE = AsMade(metadata, GUARDED, WATCHED)
_SHOWN, _SIGNS = 5, 80


def guards_gone(dialect: Dialect, tx: Connection) -> tuple[str, ...]:
    """The tables whose rows could be changed and taken out.

    Tools that rebuild a table drop its triggers without a word, so they are looked for each time.
    """
    return tuple(table for table in GUARDED if dialect.guards_gone(tx, table))


def altered(dialect: Dialect, tx: Connection) -> Iterator[Altered]:
    if not dialect.is_sound(tx):
        yield Altered(
            "store", "", "an index does not say what its table does, or a page is damaged"
        )
    for table in guards_gone(dialect, tx):
        yield Altered(table, "", "the guards that keep its rows from being changed are gone")
    for table in dialect.not_watched(tx, WATCHED):
        yield Altered(table, "", "what has its rows sealed as they are written is gone")
    for one in _foreign(dialect, tx, is_newest=True):
        yield Altered("store", "", f"the product did not make {one}")


def must_hold_nothing_else(dialect: Dialect, tx: Connection, *, is_newest: bool) -> None:
    """A trigger of somebody else's would be sealed with whatever it writes. Raises DatabaseNotReady."""
    if found := _foreign(dialect, tx, is_newest=is_newest):
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise DatabaseNotReady(
            f"There is something in the database that the product did not make: {', '.join(found[:_SHOWN])}{more}."
            " It could write, hide or copy rows, so nothing was begun. Restore a backup from before it was put"
            " there."
        )


def must_be_as_made(dialect: Dialect, tx: Connection) -> None:
    """Raises DatabaseNotReady."""
    if gone := guards_gone(dialect, tx):
        raise DatabaseNotReady(
            f"The guards on the table of {' and that of '.join(gone)} are gone."
            " Restore the database from a backup."
        )
    if left := sorted(dialect.not_watched(tx, WATCHED)):
        more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        raise DatabaseNotReady(
            f"What has rows sealed as they are written is gone from {', '.join(left[:_SHOWN])}{more}, so nothing was"
            " begun. Restore the database from a backup."
        )
    must_hold_nothing_else(dialect, tx, is_newest=True)


def must_still_be(
    dialect: Dialect,
    tx: Connection,
    looked_through: int | None,
    must_stand: Callable[[Connection], None],
) -> int | None:
    """Before each writing: nothing was put in since. The number of the catalogue as it is.

    It is looked through again only when the engine says that something was made, changed or taken out. Raises
    StorageTrouble.
    """
    catalogue = dialect.catalogue(tx)
    try:
        must_stand(tx)
        if catalogue is not None and catalogue != looked_through:
            must_be_as_made(dialect, tx)
    except (DatabaseNotReady, seals.NotSealed) as told:
        raise StorageTrouble(Storage.ALTERED, server=str(told)) from told
    return catalogue


def must_be_sound(dialect: Dialect, tx: Connection) -> None:
    """Read through whole: whatever is found by an index is what the table holds. Raises DatabaseNotReady."""
    if not dialect.is_sound(tx):
        raise DatabaseNotReady(
            "The store is damaged, or somebody wrote into an index what its table does not hold, so that the product"
            " would find posts, askings or whom an alert is closed to by it. Restore a backup from before."
        )


def must_refer(dialect: Dialect, tx: Connection) -> None:
    """Raises DatabaseNotReady."""
    if lost := dialect.rows_without_referent(tx):
        raise DatabaseNotReady(
            f"{lost} rows refer to nothing. Nothing was changed: restore from a backup."
        )


def guard(dialect: Dialect, tx: Connection, had: Iterable[str] = ()) -> None:
    """The tables whose rows are only ever added, as far as they are there, and were not before; the others as of this version."""
    for table in {*inspect(tx).get_table_names()}.intersection(GUARDED).difference(had):
        if dialect.guards_gone(tx, table):
            dialect.put_up_guards(tx, table)
    for table in REMOVED_BY.keys() & {*had}:
        dialect.renew_guards(tx, table)


@contextmanager
def empty_as_of(
    dialect: Dialect, is_trouble: Callable[[Exception], object], tx: Connection, version: str
) -> Iterator[None]:
    """The tables of a version, to be filled within; what is written later is watched. Raises DatabaseNotReady."""
    newest = newest_after(version)
    upgrade(tx, is_trouble, version)
    guard(dialect, tx)
    yield
    if version == newest:  # else once they are brought up to it
        dialect.watch(tx, WATCHED)


def _foreign(dialect: Dialect, tx: Connection, *, is_newest: bool) -> list[str]:
    """A name can be anything that somebody wrote."""
    found = sorted(dialect.foreign(tx, MADE, is_newest=is_newest))
    return [ascii(one)[1:-1][:_SIGNS] for one in found]
