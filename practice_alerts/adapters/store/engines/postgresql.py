"""PostgreSQL, through psycopg: the writer's place is a lock of the whole database, the guards are triggers."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree

from practice_alerts.adapters.store.engines import WAITS, foreign_to_postgresql, postgresql_dump
from practice_alerts.adapters.store.engines.foreign_to_postgresql import guarding, watching
from practice_alerts.adapters.store.engines.keyed import Keyed, Touched, as_json
from practice_alerts.adapters.store.engines.made import AsMade
from practice_alerts.domain.errors import Storage, StorageTrouble

_WAIT_SECONDS = 30
_KEPT, _MOST = 5, 20  # connections of one process
_HOW = {
    "application_name": "practice-alerts",
    "connect_timeout": 10,
    # A host that vanished is noticed at both ends within a minute, and what it had locked is free again.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    # Names mean the product's own tables, whatever path the database or the role is given.
    "options": f"-c search_path=public,pg_temp -c lock_timeout={_WAIT_SECONDS}s -c tcp_keepalives_idle=30"
    " -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
}
_WRITERS_PLACE, _LEADS = 7_316_001, 7_316_002  # any numbers, the same in every process
_TROUBLE = {
    "53100": Storage.FULL,
    "53": Storage.BUSY,
    "25006": Storage.READ_ONLY,
    "55P03": Storage.BUSY,
    "40": Storage.BUSY,
    "57014": Storage.BUSY,  # longer than the server lets a statement run
    "25P03": Storage.BUSY,  # the same of a transaction between two statements
    "42501": Storage.READ_ONLY,
    "XX00": Storage.DAMAGED,
    "08": Storage.AWAY,
    "57P": Storage.AWAY,
    "58": Storage.AWAY,
}
"""By how its code begins; the first that fits."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"

save, load = postgresql_dump.save, postgresql_dump.load


def open_engine(url: URL, *, rebuilding: bool = False) -> Engine:  # noqa: ARG001 - it alters in place
    engine = create_engine(
        url,
        connect_args=_HOW,
        json_serializer=as_json,
        hide_parameters=True,  # a fault is logged with its message, which would hold what was typed
        pool_size=_KEPT,
        max_overflow=_MOST - _KEPT,
        pool_timeout=_WAIT_SECONDS,
        pool_pre_ping=True,  # a server that was started again costs nobody a page
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def for_reading(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def for_writing(engine: Engine, watched: Mapping[str, Keyed] | None = None) -> Engine:  # noqa: ARG001 - all are
    # Each statement sees what was committed before it, and so before the place was taken: a snapshot of the
    # whole transaction would be as old as the waiting.
    return engine.execution_options(isolation_level="READ COMMITTED", practice_alerts_writes=True)


def may_change_tables(tx: Connection) -> bool:
    owns = (
        "SELECT coalesce(bool_and(pg_has_role(relowner, 'USAGE')),"
        " has_schema_privilege('public', 'CREATE')) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    return bool(tx.exec_driver_sql(owns).scalar_one())


def give_rights(tx: Connection, role: str, only_added: Iterable[str]) -> None:
    if role == tx.exec_driver_sql("SELECT current_user").scalar_one():
        return
    to = tx.dialect.identifier_preparer.quote(role)
    for grant in (
        f"GRANT USAGE ON SCHEMA public TO {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {to}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}",
    ):
        tx.exec_driver_sql(grant)
    added = {*only_added}
    for table in tx.exec_driver_sql(_TABLES).scalars().all():
        what = "INSERT" if table in added else "INSERT, UPDATE, DELETE"
        if table != "alembic_version":
            tx.exec_driver_sql(f'GRANT {what} ON "{table}" TO {to}')


def is_shut_out(tx: Connection) -> bool:
    needs = (
        "SELECT count(*) FROM pg_tables, format('%%I.%%I', schemaname, tablename) AS named"
        " WHERE schemaname = 'public' AND (NOT has_table_privilege(named, 'SELECT')"
        " OR tablename <> 'alembic_version' AND NOT has_table_privilege(named, 'INSERT'))"
    )
    return bool(tx.exec_driver_sql(needs).scalar_one())


def leader(url: URL, folder: Path) -> "_Lead":  # noqa: ARG001 - the server knows them all
    return _Lead(url)


class _Lead:
    """A lock of one connection that is kept for it: the server gives it to another when that breaks."""

    def __init__(self, url: URL) -> None:
        how = {"connect_args": _HOW, "hide_parameters": True, "poolclass": NullPool}
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", **how)
        self._connection: Connection | None = None
        self._is_us = False
        self._looking = Lock()

    def is_us(self) -> bool:
        with self._looking:
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                query = "SELECT 1" if self._is_us else f"SELECT pg_try_advisory_lock({_LEADS})"
                self._is_us = bool(self._connection.exec_driver_sql(query).scalar_one())
            except BaseException:
                self._drop()
                raise
            return self._is_us

    def let_go(self) -> None:
        with self._looking:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection, self._is_us = self._connection, None, False
        if connection is not None:
            with suppress(SQLAlchemyError):  # it may be broken
                connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")  # before it is gone
            with suppress(SQLAlchemyError):
                connection.close()


def role(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT current_user").scalar_one())


def put_up_guards(tx: Connection, table: str) -> None:
    for statement in guarding(table):
        tx.exec_driver_sql(statement)


def guards_gone(tx: Connection, table: str) -> bool:
    return foreign_to_postgresql.guards_gone(tx, table)


def not_watched(tx: Connection, watched: Mapping[str, Keyed]) -> Iterator[str]:
    return foreign_to_postgresql.not_watched(tx, watched)


def renew_guards(tx: Connection, table: str) -> None:
    if not foreign_to_postgresql.guards_gone(tx, table, removed_by=""):
        tx.exec_driver_sql(foreign_to_postgresql.without_guards(table))
        put_up_guards(tx, table)


def foreign(tx: Connection, made: AsMade, *, is_newest: bool) -> Iterator[str]:
    return foreign_to_postgresql.foreign(tx, made, is_newest=is_newest)


def watch(tx: Connection, watched: Mapping[str, Keyed]) -> None:
    for statement in watching(watched):
        tx.exec_driver_sql(statement)


def touched(tx: Connection) -> list[Touched]:
    found = tx.exec_driver_sql("SELECT name, key, was FROM pg_temp.touched ORDER BY turn")
    return [Touched(*one) for one in found]


def catalogue(tx: Connection) -> None:  # noqa: ARG001 - only its whole catalogue would say so
    return None


def rows_without_referent(tx: Connection) -> int:  # noqa: ARG001 - foreign keys are never off
    return 0


def trouble(error: BaseException, url: URL) -> StorageTrouble | None:  # noqa: ARG001 - the server's own words say it
    if isinstance(error, NoneFree):
        return StorageTrouble(Storage.BUSY)
    said = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(said, "sqlstate", "")
    if state is None:  # it never answered
        is_away = isinstance(error, OperationalError)
        return StorageTrouble(Storage.AWAY, server=str(said).strip()) if is_away else None
    what = next((what for begins, what in _TROUBLE.items() if state.startswith(begins)), None)
    return StorageTrouble(what) if what else None


def files(url: URL) -> tuple[Path, ...]:  # noqa: ARG001 - its files are the server's own
    return ()


def must_stay(url: URL) -> tuple[Path, ...]:  # noqa: ARG001 - they are the server's
    return ()


def is_sound(tx: Connection) -> bool:  # noqa: ARG001 - the server answers for its files
    return True


def remember_nothing(connection: DBAPIConnection) -> None:
    pass


def forget(engine: Engine, tables: Iterable[str]) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not may_change_tables(connection):
            return False
        connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(tables)}")
    return True


def copy_beside(tx: Connection, versions: str) -> None:
    """None is made: a server's databases are backed up by whoever runs the server."""


def is_empty(url: URL) -> bool:
    engine = create_engine(url, connect_args=_HOW)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        )
        empty = bool(found.scalar_one() == 0)
    engine.dispose()
    return empty


def _set_up(connection: Any, _record: object) -> None:
    connection.execute(
        "CREATE TEMP TABLE touched (turn bigint GENERATED ALWAYS AS IDENTITY, name text, key text, was text)"
        " ON COMMIT DELETE ROWS"
    )
    connection.commit()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("practice_alerts_writes", False):
        wait = max(int(options.get(WAITS, _WAIT_SECONDS) * 1000), 1)  # 0 would be for ever
        for_its_place, then = (
            f"set_config('lock_timeout', '{one}', true)" for one in (wait, _WAIT_SECONDS * 1000)
        )
        connection.exec_driver_sql(
            f"SELECT {for_its_place}, pg_advisory_xact_lock({_WRITERS_PLACE}), {then}"
        )
