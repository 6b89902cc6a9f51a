"""The alert log: one de-identified SQLite file for each council. The only file that imports sqlite-utils.

There is no full-text index. Its shadow tables keep the words of a line that was taken out until they are
merged (SQLite learnt to erase them in 3.42), and a log of lines is soon read with LIKE.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import astuple, dataclass
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import Any, get_args

from practice_alerts.adapters.log.log_statistics import count_rows_of, keep_statistics
from practice_alerts.adapters.log.slim_imports import kept_out
from practice_alerts.adapters.storage_trouble import of_sqlite
from practice_alerts.domain.complete import complete
from practice_alerts.domain.log.act_tables import WORKING_DAYS, working_day_rows
from practice_alerts.domain.log.columns import ColumnType, Table
from practice_alerts.domain.log.log_queries import VIEWS
from practice_alerts.domain.log.log_tables import (
    ABOUT,
    FOLLOWED,
    FORMAT,
    OF_AN_ALERT,
    RESTRICTED,
    STATEMENT,
    TABLES,
    TEAM_YEARS,
)
from practice_alerts.domain.log.measures.day_counts import DAY_COUNTS
from practice_alerts.domain.log.redaction import LogRows, withheld

# sqlite-utils knows the types of these two, which Streamlit has installed. No such value ever comes here, and
# they cost the process some 80 MB and half a second.
with kept_out("numpy", "pandas"):
    from sqlite_utils import Database

_WAIT_SECONDS = 30
_SETTLE_MILLISECONDS = 1500  # longer than a reader's query may take
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_ASIDE = "-damaged"  # the last one is kept
_AT_ONCE = 500  # alerts written together while a log is made anew
_TYPES = complete(get_args(ColumnType), {"text": str, "number": int})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a log follows the store: the last event, its hash, and what else the rows were made with."""

    event: int
    hash: str
    made_with: str


_Written = tuple[tuple[int, int, int] | None, ...]
"""Of a log's file and of the one that SQLite writes ahead: which it is, when it was written, how long it is."""


class AlertLog:
    """The files in one folder, each named for its council. Safe to use from several threads.

    Two who write at once follow one another, and the position stored is that of the rows stored: should
    the one who knows less come last, the next look finds it behind and writes the alert again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unsettled: set[str] = set()
        self._looked_over: set[str] = set()
        self._read: dict[str, tuple[_Written, Position | None]] = {}
        """What the follower, who asks several times a second, read last, while nobody has written since."""
        self.teams_on: dict[str, date] = {}
        """The day on which each council's teams were counted last, by this process."""
        self.ahead: set[str] = set()
        """The councils whose log is known to go further than the store."""

    def files(self) -> dict[str, Path]:
        """The councils' files that exist, by council."""
        return {path.stem: path for path in sorted(self._folder.glob("*.db"))}

    def position(self, council: str, *, mending: bool = False) -> Position | None:
        """How far this council's file goes; None for one that is missing, new or of another format."""
        path = self._path(council)
        written = _written(path)
        if (known := self._read.get(council)) and known[0] == written:
            return known[1]
        if written[0] is None:
            return None
        row = None
        aside = self._damage_put_aside(council) if mending else nullcontext()
        with aside, closing(_connect(path)) as connection:
            if council not in self._looked_over:
                _must_be_sound(connection)
                self._looked_over.add(council)
            if _format(connection) == FORMAT:
                row = connection.execute("SELECT event, hash, made_with FROM followed").fetchone()
        found = None if row is None else Position(*row)
        self._read[council] = (written, found)  # by what was there before it was read
        return found

    def number_of_alerts(self, council: str) -> int:
        with closing(_connect(self._path(council))) as connection:
            return int(connection.execute("SELECT count(*) FROM alerts").fetchone()[0])

    def write(
        self,
        council: str,
        *rows: LogRows,
        reached: Position | None = None,
        counted: Mapping[str, int] | None = None,
    ) -> dict[str, list[str]]:
        """Replace all rows of these alerts. What had to be withheld: reference -> table.column.

        `counted`: of those that have no rows here, how many there are in each month.
        """
        with self._writing(council) as log:
            _remove(log, [alert.reference for alert in rows])
            held_back = _insert(log, rows)
            _put_counted(log, counted)
            _put_position(log, reached)
        return held_back

    def rebuild(
        self,
        council: str,
        rows: Iterable[LogRows],
        reached: Position | None = None,
        counted: Mapping[str, int] | None = None,
        days: Sequence[date] = (),
    ) -> dict[str, list[str]]:
        """Write the whole log anew, inside its file; readers see the old one until the last row is there.

        `days` are the working days of the council's calendar, in order.
        """
        held_back: dict[str, list[str]] = {}
        coming = iter(rows)
        with self._writing(council) as log:
            for table in (DAY_COUNTS, *reversed(OF_AN_ALERT)):
                log.table(table.name).delete_where()
            while some := tuple(islice(coming, _AT_ONCE)):
                held_back |= _insert(log, some)
            log.table(WORKING_DAYS.name).delete_where()
            log.conn.executemany(
                "INSERT INTO working_days VALUES (?, ?)", working_day_rows(tuple(days))
            )
            _put_counted(log, counted)
            _put_position(log, reached)
        return held_back

    def remove(self, council: str, *references: str) -> None:
        """Take alerts out, when what was typed in them has been destroyed, or they are restricted."""
        with self._writing(council) as log:
            _remove(log, references)
        with closing(_connect(self._path(council))) as connection:
            connection.execute("VACUUM")  # pages on which their lines once lay
            self._empty_wal(council, connection)

    def put_teams(self, council: str, rows: Iterable[dict[str, Any]]) -> None:
        """Its years by team, in place of what stood there."""
        with self._writing(council) as log:
            log.table(TEAM_YEARS.name).delete_where().insert_all(rows)

    def settle(self) -> None:
        """Empty the write-ahead files that a reader kept from being emptied: old lines stand in them."""
        for council in sorted(self._unsettled):
            with (
                self._damage_put_aside(council),
                closing(_connect(self._path(council))) as connection,
            ):
                self._empty_wal(council, connection)

    @contextmanager
    def _writing(self, council: str) -> Iterator[Database]:
        path = self._path(council)
        _touch(path)
        with self._noticing_damage(council), closing(_connect(path)) as connection:
            log = Database(connection, execute_plugins=False)
            connection.execute("BEGIN IMMEDIATE")
            try:
                if _format(connection) != FORMAT:
                    _make(log)
                yield log
                keep_statistics(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
            self._empty_wal(council, connection)

    @contextmanager
    def _damage_put_aside(self, council: str) -> Iterator[None]:
        """A file that is no log any more is kept under another name, and one made anew: all of it can be had again."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise of_sqlite(error, self._path(council)) or error from error
            path = self._path(council)
            _log.error("The log of %s was damaged: kept as %s, made anew.", council, _ASIDE)
            self._looked_over.discard(council)
            self._unsettled.discard(council)
            path.replace(path.with_name(f"{path.name}{_ASIDE}"))
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)

    def forget_damage(self) -> None:
        """What is kept aside may hold lines of what is destroyed."""
        for path in self._folder.glob(f"*.db{_ASIDE}"):
            path.unlink(missing_ok=True)

    @contextmanager
    def _noticing_damage(self, council: str) -> Iterator[None]:
        """The next look at it finds it, and puts it aside."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._looked_over.discard(council)
            self._read.pop(council, None)
            raise of_sqlite(error, self._path(council)) or error from error

    def _empty_wal(self, council: str, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA busy_timeout = {_SETTLE_MILLISECONDS}")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        (self._unsettled.add if busy else self._unsettled.discard)(council)

    def _path(self, council: str) -> Path:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", council):
            raise ValueError(f"{council!r} is no council's id, so it names no file")
        return self._folder / f"{council}.db"


def _written(path: Path) -> _Written:
    found: list[tuple[int, int, int] | None] = []
    for one in (path, path.with_name(f"{path.name}-wal")):
        try:
            stat = one.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((stat.st_ino, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def _touch(path: Path) -> None:
    """Make the file for this user alone, before SQLite does it for everybody; its helpers copy that."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _must_be_sound(connection: sqlite3.Connection) -> None:
    """Once a process: what SQLite only meets when somebody reads just there."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    there = {one for (one,) in connection.execute("SELECT name FROM sqlite_schema")}
    if found != "ok" or (
        _format(connection) == FORMAT and not there >= {one.name for one in TABLES}
    ):
        damage = sqlite3.DatabaseError(found)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    connection.execute("PRAGMA journal_mode = WAL")  # readers see the old rows while new ones come
    connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is followed again
    connection.execute("PRAGMA secure_delete = ON")  # a replaced line leaves no bytes behind
    connection.execute("PRAGMA foreign_keys = ON")  # off by default
    return connection


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _make(log: Database) -> None:
    """Make the tables, in place of those of another format: the rows can always be had again."""
    log.execute("PRAGMA defer_foreign_keys = ON")
    for name in (*log.view_names(), *reversed(log.table_names())):
        kind = "VIEW" if name in log.view_names() else "TABLE"
        log.execute(f'DROP {kind} "{name}"')
    for table in TABLES:
        _make_table(log, table)
    for view in VIEWS:
        log.create_view(view.name, view.sql)
    log.table(ABOUT.name).insert_all({"topic": topic, "text": text} for topic, text in STATEMENT)
    log.execute(f"PRAGMA user_version = {FORMAT}")


def _make_table(log: Database, table: Table) -> None:
    owner = next((other for other in TABLES if other.name == table.of), None)
    made = log.table(table.name).create(
        {column.name: _TYPES[column.type] for column in table.columns},
        pk=_key(table),
        not_null={column.name for column in table.columns if not column.may_be_empty},
        foreign_keys=[(_key(owner), owner.name, _key(owner))] if owner else None,
        strict=True,
    )
    for columns in (*((column,) for column in table.indexed), *table.together):
        made.create_index(columns)


def _key(table: Table) -> Any:
    return table.key if len(table.key) > 1 else table.key[0]


def _insert(log: Database, alerts: Sequence[LogRows]) -> dict[str, list[str]]:
    held_back: dict[str, list[str]] = {}
    rows: dict[str, list[Mapping[str, Any]]] = {table.name: [] for table in OF_AN_ALERT}
    for alert in alerts:
        safe, places = withheld(alert)
        if places:
            held_back[alert.reference] = places
        for name, of_alert in safe.tables.items():
            rows[name] += of_alert
    for table in OF_AN_ALERT:
        log.table(table.name).insert_all([dict(row) for row in rows[table.name]])
    count_rows_of(log.conn, [alert.reference for alert in alerts], 1)
    return held_back


def _remove(log: Database, references: Sequence[str]) -> None:
    count_rows_of(log.conn, references, -1)
    for table, reference in product(reversed(OF_AN_ALERT), references):
        log.table(table.name).delete_where("reference = ?", [reference])


def _put_counted(log: Database, counted: Mapping[str, int] | None) -> None:
    if counted is None:
        return
    log.table(RESTRICTED.name).delete_where()
    log.table(RESTRICTED.name).insert_all({"month": m, "alerts": n} for m, n in counted.items())


def _put_position(log: Database, reached: Position | None) -> None:
    if reached is not None:
        log.table(FOLLOWED.name).delete_where()
        values = dict(zip(FOLLOWED.column_names, astuple(reached), strict=True))
        log.table(FOLLOWED.name).insert(values)
