"""Opening the database: settings with their reasons, migrations, and the two kinds of transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from practice_alerts import PACKAGE
from practice_alerts.domain.errors import Expected

Tx = Connection
"""An open transaction. Floors above pass it on and never look inside."""

_WAIT_SECONDS = 30
_GUARDS = 2  # one against changing an event, one against removing it


class DatabaseNotReady(Expected):
    """The database is missing or of another version; the sentence says which command mends it."""


class Database:
    """One engine, two ways in: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _engine(url)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A consistent view; changes nothing."""
        with self._engine.begin() as tx:
            yield tx

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """All or nothing. Takes the writer's place at once, so that what is read here still holds."""
        with self._engine.connect() as connection:
            writer = connection.execution_options(practice_alerts_writes=True)
            with writer.begin():
                yield writer

    def migrate(self) -> None:
        """Bring the tables to this version."""
        # A table is changed by making it anew, during which nothing can refer to it: without foreign
        # keys, which can only be turned off outside a transaction, and are looked over at the end.
        engine = _engine(self.url, foreign_keys=False)
        with engine.connect() as connection:
            writer = connection.execution_options(practice_alerts_writes=True)
            with writer.begin():
                config = _alembic()
                config.attributes["connection"] = writer
                command.upgrade(config, "head")
                _must_refer_to_something(writer)
        engine.dispose()
        self._must_guard_events()

    def must_be_current(self) -> None:
        """Refuse a database of another version instead of guessing."""
        head = ScriptDirectory.from_config(_alembic()).get_current_head()
        with self._engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found is None:
            raise DatabaseNotReady(
                "The database has no tables yet. Start the product with: practice-alerts serve"
            )
        if found != head:
            raise DatabaseNotReady(
                f"The database is of version {found}, this product needs {head}."
                " Back it up, then start with: practice-alerts serve"
            )

    def close(self) -> None:
        self._engine.dispose()

    def _must_guard_events(self) -> None:
        """Tools that rebuild a table drop its triggers without a word, so they are looked for each time."""
        if self._engine.dialect.name != "sqlite":
            return
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
        with self._engine.connect() as connection:
            found = connection.execute(text(query)).scalar_one()
        if found != _GUARDS:
            raise DatabaseNotReady(
                "The guards on the table of events are gone. Restore the database from a backup."
            )


def _must_refer_to_something(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise DatabaseNotReady(
                f"{len(lost)} rows refer to nothing. Nothing was changed: restore from a backup."
            )


def sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / 'practice-alerts.db'}"


def _engine(url: str, *, foreign_keys: bool = True) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, hide_parameters=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        connect_args={"timeout": _WAIT_SECONDS},
        hide_parameters=True,  # a fault is logged with its message, which would hold what was typed
    )
    event.listen(engine, "connect", _set_up_sqlite)
    if not foreign_keys:
        event.listen(engine, "connect", _without_foreign_keys)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Our own BEGIN below, not the driver's: its deferred one fails at once when a reader turns writer.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait for each other
    cursor.execute("PRAGMA synchronous = FULL")  # an act that was acknowledged survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")  # off by default
    cursor.execute("PRAGMA secure_delete = ON")  # a destroyed payload leaves no bytes behind
    cursor.close()


def _without_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("practice_alerts_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "adapters" / "store" / "migrations"))
    return config
