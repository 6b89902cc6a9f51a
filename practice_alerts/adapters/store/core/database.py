"""Opening the database: migrations, and the two kinds of transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from typing_extensions import override

from practice_alerts import PACKAGE
from practice_alerts.adapters.store.engines import dialect_of
from practice_alerts.domain.errors import Expected

Tx = Connection
"""An open transaction. Floors above pass it on and never look inside."""

_MIGRATIONS = PACKAGE / "adapters" / "store" / "migrations"


@contextmanager
def tried(tx: Tx) -> Iterator[None]:
    """Whatever is written within is taken back at its end: could it be written?"""
    within = tx.begin_nested()
    try:
        yield
    finally:
        within.rollback()


class DatabaseNotReady(Expected):
    """The database is missing or of another version; the sentence says what mends it."""


class Database:
    """One engine, two ways in: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._dialect = dialect_of(make_url(url))
        self._engine = self._dialect.open_engine(make_url(url))
        self._readers = self._dialect.for_reading(self._engine)
        self._writers = self._dialect.for_writing(self._engine)

    def reading(self) -> AbstractContextManager[Tx]:
        """A consistent view; changes nothing."""
        return self._readers.begin()

    def writing(self) -> AbstractContextManager[Tx]:
        """All or nothing. Takes the writer's place at once, so that what is read here still holds."""
        return self._writers.begin()

    def migrate(self) -> None:
        """Bring the tables to this version, and keep a copy of what they were. Raises DatabaseNotReady."""
        engine = self._dialect.open_engine(make_url(self.url), rebuilding=True)
        try:
            with self._dialect.for_writing(engine).begin() as tx:
                self._bring_up_to_date(tx)
                if lost := self._dialect.rows_without_referent(tx):
                    raise DatabaseNotReady(
                        f"{lost} rows refer to nothing. Nothing was changed: restore from a backup."
                    )
        finally:
            engine.dispose()
        self._must_guard_events()

    def must_be_current(self) -> None:
        """Refuse a database of another version instead of guessing."""
        with self._engine.connect() as connection:
            found = _version(connection)
        if found is None:
            raise DatabaseNotReady(
                "The database has no tables yet. Start the product with: practice-alerts serve"
            )
        if found != _newest(found):
            raise DatabaseNotReady(
                f"The database is of version {found}, this product needs {_newest(found)}."
                " Back it up, then start with: practice-alerts serve"
            )

    def files(self) -> tuple[Path, ...]:
        """Of the store, what SQLite lays beside it, and its copies; none where a server keeps them."""
        return self._dialect.files(make_url(self.url))

    def close(self) -> None:
        self._engine.dispose()

    def _bring_up_to_date(self, tx: Tx) -> None:
        found = _version(tx)
        newest = _newest(found)
        if found == newest:
            return
        if found is not None:
            self._keep_copy(tx, f"{found}-before-{newest}")
        config = _alembic()
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
        if found is None:
            self._dialect.put_up_guards(tx)

    def _keep_copy(self, tx: Tx, versions: str) -> None:
        try:
            self._dialect.copy_beside(tx, versions)
        except OSError as error:
            raise DatabaseNotReady(
                f"The database could not be copied before its tables are changed ({error}), so"
                " nothing was changed. Make room in its folder, and start again."
            ) from error

    def _must_guard_events(self) -> None:
        """Tools that rebuild a table drop its triggers without a word, so they are looked for each time."""
        with self.reading() as tx:
            if not self._dialect.has_guards(tx):
                raise DatabaseNotReady(
                    "The guards on the table of events are gone. Restore the database from a backup."
                )


class Within(Database):
    """The store from inside one writing transaction: what is done through it stands or falls with that.

    What fails alone is taken back alone.
    """

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    @override
    def reading(self) -> AbstractContextManager[Tx]:
        return nullcontext(self._tx)

    @override
    @contextmanager
    def writing(self) -> Iterator[Tx]:
        with self._tx.begin_nested():
            yield self._tx


def sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / 'practice-alerts.db'}"


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest(found: str | None) -> str:
    """The version that this product needs. Refuses one that it has never heard of: a later product's."""
    known = [one.revision for one in ScriptDirectory.from_config(_alembic()).walk_revisions()]
    if found is not None and found not in known:
        raise DatabaseNotReady(
            f"The database was brought to version {found} by a newer product; this one knows {known[0]}"
            " and those before. Install the newer product again, or restore a backup from before it."
        )
    return known[0]


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
