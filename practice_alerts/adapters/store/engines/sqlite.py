"""SQLite: its settings with their reasons, the writer's place, and the copy before a migration."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError

from practice_alerts.adapters.processes import OnlyOne
from practice_alerts.adapters.storage_trouble import of_machine, of_sqlite
from practice_alerts.adapters.store.engines import WAITS, foreign_to_sqlite
from practice_alerts.adapters.store.engines.foreign_to_sqlite import guarding, without_guards
from practice_alerts.adapters.store.engines.keyed import Keyed, Touched, as_json
from practice_alerts.adapters.store.engines.made import AsMade
from practice_alerts.domain.errors import StorageTrouble

_WAIT_SECONDS = 30
_LOOKS_EVERY = 0.005  # seconds
_COPIES = 2
_OWNER_ALONE = 0o600
_REMEMBER_NOTHING = "PRAGMA shrink_memory"
"""So that nothing is gone by but what the file says."""


def open_engine(url: URL, *, rebuilding: bool = False) -> Engine:
    store = _file(url)
    if store is not None:
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": _WAIT_SECONDS},
        json_serializer=as_json,
        hide_parameters=True,  # a fault is logged with its message, which would hold what was typed
        # A file has room for everybody who reads; in memory there is one connection for all.
        **({} if store is None else {"max_overflow": -1}),
    )
    if store is not None:
        # Once: a store that goes while it is open is not made anew.
        event.listen(engine, "do_connect", lambda *_: _make_private(store), once=True)
    event.listen(engine, "connect", _set_up)
    if rebuilding:
        event.listen(engine, "connect", _without_foreign_keys)
    event.listen(engine, "begin", _begin)
    return engine


def for_reading(engine: Engine) -> Engine:
    return engine


def for_writing(engine: Engine, watched: Mapping[str, Keyed] | None = None) -> Engine:
    return engine.execution_options(practice_alerts_writes=True, practice_alerts_watched=watched)


def may_change_tables(tx: Connection) -> bool:  # noqa: ARG001 - whoever may write to the file
    return True


def give_rights(tx: Connection, role: str, only_added: Iterable[str]) -> None:
    """A file knows no roles."""


def is_shut_out(tx: Connection) -> bool:  # noqa: ARG001 - the machine itself says so
    return False


def leader(url: URL, folder: Path) -> OnlyOne:  # noqa: ARG001 - whoever shares a file shares a folder
    return OnlyOne(folder / "leads")


def role(engine: Engine) -> str:  # noqa: ARG001 - a file asks nobody
    return ""


def put_up_guards(tx: Connection, table: str) -> None:
    for statement in guarding(table):
        tx.exec_driver_sql(statement)


def guards_gone(tx: Connection, table: str) -> bool:
    return foreign_to_sqlite.guards_gone(tx, table)


def renew_guards(tx: Connection, table: str) -> None:
    if not foreign_to_sqlite.guards_gone(tx, table, removed_by=""):
        for statement in without_guards(table):
            tx.exec_driver_sql(statement)
        put_up_guards(tx, table)


def foreign(tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
    return foreign_to_sqlite.foreign(tx, made, is_newest=is_newest)


def watch(tx: Connection, watched: Mapping[str, Keyed]) -> None:
    """Each connection that writes watches for itself, where nobody else sees it."""


def not_watched(tx: Connection, watched: Mapping[str, Keyed]) -> Iterator[str]:  # noqa: ARG001 - nobody can
    """Each connection that writes makes its own."""
    yield from ()


def touched(tx: Connection) -> list[Touched]:
    cursor = tx.connection.cursor()  # past SQLAlchemy: with each act, and always the same
    cursor.execute("SELECT name, key, was FROM touched ORDER BY rowid")
    found = [Touched(*one) for one in cursor.fetchall()]
    if found:
        cursor.execute("DELETE FROM touched")
    cursor.close()
    return found


def _watching(watched: Mapping[str, Keyed]) -> Iterator[str]:
    yield "PRAGMA temp_store = MEMORY"
    yield "CREATE TEMP TABLE touched (name TEXT, key TEXT, was TEXT)"
    for name, one in watched.items():
        note = "BEGIN INSERT INTO touched VALUES ('{}', json_array({}), {}); END"
        new, old = (", ".join(f"{row}.{column}" for column in one.key) for row in ("new", "old"))
        was = f"json_object({', '.join(_as_json(column) for column in one.columns)})"
        other = " OR ".join(f'new."{column}" IS NOT old."{column}"' for column in one.columns)
        for what, when, then in (
            ("INSERT", "", note.format(name, new, "NULL")),
            ("DELETE", "", note.format(name, old, was)),
            ("UPDATE", f"WHEN {other}", note.format(name, new, was)),
        ):
            yield f"CREATE TEMP TRIGGER watch_{name}_{what} AFTER {what} ON main.{name} {when} {then}"


def _as_json(column: str) -> str:
    """Bytes, which only a hand puts there, as a row that is read shows them to its digest."""
    value = f'old."{column}"'
    return f"'{column}', iif(typeof({value}) = 'blob', 'bytes ' || lower(hex({value})), {value})"


def catalogue(tx: Connection) -> int:
    cursor = tx.connection.cursor()  # past SQLAlchemy: with each act, and always the same
    number: int = cursor.execute("PRAGMA schema_version").fetchone()[0]
    cursor.close()
    return number


def rows_without_referent(tx: Connection) -> int:
    return len(tx.exec_driver_sql("PRAGMA foreign_key_check").all())


def trouble(error: BaseException, url: URL) -> StorageTrouble | None:
    store = _file(url) or Path(":memory:")
    said = error.orig if isinstance(error, DBAPIError) else error
    if said is None:
        return None
    return of_sqlite(said, store) or of_machine(said, store.parent)


def files(url: URL) -> tuple[Path, ...]:
    store = _file(url)
    beside = ("", "-wal", "-shm", "-journal")
    each = [store.with_name(store.name + ending) for ending in beside] if store else []
    copies = _copies(store) if store else []
    return tuple(one for one in (*each, *copies) if one.exists())


def must_stay(url: URL) -> tuple[Path, ...]:
    store = _file(url)
    return tuple(store.with_name(store.name + one) for one in ("", "-wal", "-shm")) if store else ()


def is_sound(tx: Connection) -> bool:
    # Each index against its table as well, which the quick check leaves out: rows are found by what an index says.
    tx.exec_driver_sql(_REMEMBER_NOTHING)
    return list(tx.exec_driver_sql("PRAGMA integrity_check(1)").scalars()) == ["ok"]


def remember_nothing(connection: DBAPIConnection) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute(_REMEMBER_NOTHING)


def copy_beside(tx: Connection, versions: str) -> None:
    """As `practice-alerts-0003-before-0004-20261126T211500Z.db`; the last two copies are kept."""
    _, _, name = tx.exec_driver_sql("PRAGMA database_list").first() or ("", "", "")
    if not name:  # in memory
        return
    store = Path(name)
    draft = store.with_name(f".{store.stem}-{versions}.part")
    try:
        _copy(store, draft)
    except sqlite3.Error as error:
        draft.unlink(missing_ok=True)  # on a full disk it is in the way
        raise OSError(str(error)) from error
    made = datetime.fromtimestamp(draft.stat().st_mtime, tz=UTC)
    draft.rename(store.with_name(f"{store.stem}-{versions}-{made:%Y%m%dT%H%M%SZ}.db"))
    for old in sorted(_copies(store), key=lambda copy: copy.stat().st_mtime)[:-_COPIES]:
        old.unlink()


def save(tx: Connection, file: Path) -> URL | None:
    """The copy is a store, and may be ahead of this transaction."""
    _, _, name = tx.exec_driver_sql("PRAGMA database_list").first() or ("", "", "")
    try:
        _copy(Path(name), file)
        with closing(sqlite3.connect(file)) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    if found != ["ok"]:
        raise OSError(f"the store is damaged: {'; '.join(found)}")
    return URL.create("sqlite", database=str(file))


def is_empty(url: URL) -> bool:
    store = _file(url)
    return store is None or not store.exists() or store.stat().st_size == 0


@contextmanager
def load(url: URL, file: Path, make: object) -> Iterator[URL]:  # noqa: ARG001 - a file has its tables
    store = _file(url)
    if store is None:
        raise OSError("a store in memory cannot be restored")
    draft = store.with_name(f".{store.name}.restoring")
    beside = [draft.with_name(f"{draft.name}{ending}") for ending in ("", "-wal", "-shm")]
    try:
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(draft)
        shutil.copyfile(file, draft)
        yield URL.create("sqlite", database=str(draft))
        with closing(sqlite3.connect(draft)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        draft.replace(store)
    finally:
        for one in (*beside, *_copies(draft)):
            one.unlink(missing_ok=True)


def forget(engine: Engine, tables: Iterable[str]) -> bool:  # noqa: ARG001 - the file is one
    # A row that is taken out is overwritten, but not what is left of it on pages that it once lay on.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    finally:
        connection.close()
    store = _file(engine.url)
    for copy in _copies(store) if store else ():
        copy.unlink(missing_ok=True)
    return not busy  # a reader who began before goes on reading the old pages


def _copies(store: Path) -> list[Path]:
    return list(store.parent.glob(f"{store.stem}-*-before-*-*.db"))


def _file(url: URL) -> Path | None:
    """The file; None for a store in memory, or one named in SQLite's own way of writing addresses."""
    name = url.database or ""
    return None if not name or name == ":memory:" or name.startswith("file:") else Path(name)


def _make_private(store: Path) -> None:
    """For this user alone from its first byte: SQLite would go by the umask. Its helpers get the same mode.

    Where a link leads to, since SQLite would make the file there.
    """
    with suppress(FileExistsError):
        os.close(os.open(store.resolve(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))


def _copy(store: Path, draft: Path) -> None:
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
    with (
        closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(draft)) as target,
    ):
        target.execute("PRAGMA journal_mode = OFF")  # what fails is thrown away whole
        source.backup(target)


def _set_up(connection: Any, _record: object) -> None:
    # Our own BEGIN below, not the driver's: its deferred one fails at once when a reader turns writer.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait for each other
    cursor.execute("PRAGMA synchronous = FULL")  # an act that was acknowledged survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")  # off by default
    cursor.execute("PRAGMA secure_delete = ON")  # a destroyed payload leaves no bytes behind
    cursor.close()


def _without_foreign_keys(connection: Any, _record: object) -> None:
    # A table is changed by making it anew, during which nothing can refer to it. They can only be turned
    # off outside a transaction, and are looked over at the end.
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes, watched = (options.get(f"practice_alerts_{one}") for one in ("writes", "watched"))
    about = connection.connection.info
    if watched and "is_watched" not in about:
        for statement in _watching(watched):
            connection.exec_driver_sql(statement)
        about["is_watched"] = True
    if writes:
        _take_place(connection, options.get(WAITS, _WAIT_SECONDS))
    else:
        connection.exec_driver_sql("BEGIN")


def _take_place(connection: Connection, wait: float) -> None:
    """SQLite itself would look each tenth of a second: too seldom where another process has one writer after the other."""
    until = monotonic() + wait
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            while not _is_taken(cursor, is_last=monotonic() >= until):
                sleep(_LOOKS_EVERY)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}")


def _is_taken(cursor: DBAPICursor, *, is_last: bool) -> bool:
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
