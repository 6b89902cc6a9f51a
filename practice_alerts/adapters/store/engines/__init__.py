"""What SQLite and PostgreSQL do each in their own way. Nothing outside this folder knows which it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from practice_alerts.adapters.store.engines.keyed import Keyed, Touched
from practice_alerts.adapters.store.engines.made import AsMade
from practice_alerts.domain.errors import StorageTrouble

WAITS: Final = "practice_alerts_waits"
"""The option of a connection that is to write: how many seconds it waits for its place."""


class Leader(Protocol):
    """Of all processes on this store one at a time; another as soon as that has ended, or let go."""

    def is_us(self) -> bool: ...

    def let_go(self) -> None: ...


class Dialect(Protocol):
    """One module for each; writers queue, readers see one state of things, events are only ever added."""

    def open_engine(self, url: URL, *, rebuilding: bool = False) -> Engine:
        """`rebuilding`: for migrations, during which tables are made anew."""
        ...

    def for_reading(self, engine: Engine) -> Engine: ...

    def for_writing(self, engine: Engine, watched: Mapping[str, Keyed] | None = None) -> Engine:
        """Each transaction begins by taking the one writer's place, and gives it back at its end.

        Of the tables watched, `touched` says then which rows were written.
        """
        ...

    def watch(self, tx: Connection, watched: Mapping[str, Keyed]) -> None:
        """After the tables have changed: as far as watching is part of them."""
        ...

    def touched(self, tx: Connection) -> list[Touched]:
        """Which rows this transaction has written so far, one after the other, and what they were before."""
        ...

    def may_change_tables(self, tx: Connection) -> bool:
        """Whoever is connected owns the tables, or may make them where there are none."""
        ...

    def give_rights(self, tx: Connection, role: str, only_added: Iterable[str]) -> None:
        """As their owner: what the product needs of the tables, and no more, where it comes under another role.

        `only_added`: of these it may read and add rows, and nothing else.
        """
        ...

    def is_shut_out(self, tx: Connection) -> bool:
        """There are tables, and whoever is connected may not use them."""
        ...

    def leader(self, url: URL, folder: Path) -> Leader:
        """`folder`: what processes on this machine share, where no server tells them apart."""
        ...

    def role(self, engine: Engine) -> str:
        """As whom it connects; empty where nobody is asked."""
        ...

    def put_up_guards(self, tx: Connection, table: str) -> None:
        """From now on rows of this table are only ever added."""
        ...

    def guards_gone(self, tx: Connection, table: str) -> bool: ...

    def not_watched(self, tx: Connection, watched: Mapping[str, Keyed]) -> Iterator[str]:
        """Of which tables what is written would go unsealed, because somebody took out what watches them."""
        ...

    def renew_guards(self, tx: Connection, table: str) -> None:
        """Those of an earlier version, where none is missing: what somebody took away is not put up again."""

    def foreign(self, tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
        """By kind and name, whatever stands in the store and is not as the product makes it.

        Of tables that are not of the newest version: whatever acts by itself, as triggers and views do.
        """
        ...

    def catalogue(self, tx: Connection) -> int | None:
        """Another number as soon as a table, a trigger or the like was made, changed or taken out; None where nobody counts."""
        ...

    def rows_without_referent(self, tx: Connection) -> int: ...

    def trouble(self, error: BaseException, url: URL) -> StorageTrouble | None:
        """What it says of disk or server; None where it is a fault of ours."""
        ...

    def files(self, url: URL) -> tuple[Path, ...]:
        """Of the store, what is laid beside it, and its copies, as far as they are this machine's."""
        ...

    def must_stay(self, url: URL) -> tuple[Path, ...]:
        """Files of this machine that must not be replaced while the store is open."""
        ...

    def is_sound(self, tx: Connection) -> bool:
        """Before anything else was read: what lies on this machine's disk is, read through anew, one whole."""
        ...

    def remember_nothing(self, connection: DBAPIConnection) -> None:
        """Of what this connection has read from this machine's disk."""
        ...

    def forget(self, engine: Engine, tables: Iterable[str]) -> bool:
        """Lay the tables anew, so that no byte is left of rows that were taken out; False: to be tried again, as their owner.

        Outside any transaction. Copies that were made before a migration go as well.
        """
        ...

    def copy_beside(self, tx: Connection, versions: str) -> None:
        """Keep what is there before its tables change. Raises OSError."""
        ...

    def save(self, tx: Connection, file: Path) -> URL | None:
        """All that there is, in a file that was read through; its address where it is a store itself.

        Where it is none, it holds what this transaction sees. Raises OSError.
        """
        ...

    def is_empty(self, url: URL) -> bool:
        """There is no store: none was begun."""
        ...

    def load(
        self,
        url: URL,
        file: Path,
        make: Callable[[Connection, str], AbstractContextManager[None]],
    ) -> AbstractContextManager[URL]:
        """A store from such a file, where there is none: in its place only when all within went well.

        `make` gives the empty tables of a version, where a file's own are not taken. Raises
        Expected and OSError.
        """
        ...


def dialect_of(url: URL) -> Dialect:
    """The module of that engine; the other one is not even imported. Raises LookupError for a third."""
    match url.get_backend_name():
        case "sqlite":
            from practice_alerts.adapters.store.engines import sqlite

            return sqlite
        case "postgresql":
            from practice_alerts.adapters.store.engines import postgresql

            return postgresql
        case other:
            raise LookupError(f"The store stands on SQLite or PostgreSQL, not on {other}")
