"""Of which version the tables are, which this product needs, and how they are brought there."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from practice_alerts import PACKAGE
from practice_alerts.adapters.keys import SealKeys
from practice_alerts.adapters.store.engines import Dialect
from practice_alerts.domain.errors import Expected

_MIGRATIONS = PACKAGE / "adapters" / "store" / "migrations"
_VERSIONS = "alembic_version"  # the table in which Alembic keeps it


class DatabaseNotReady(Expected):
    """The database is missing or of another version; the sentence says what mends it."""


_AS_OWNER = "As their owner, with PRACTICE_ALERTS_DATABASE_OWNER_URL: practice-alerts store update"
SHUT_OUT = f"The role of PRACTICE_ALERTS_DATABASE_URL may not use the tables. {_AS_OWNER}"
NOT_THE_OWNER = (
    "The tables have to be made or changed, and the role of PRACTICE_ALERTS_DATABASE_URL may not."
    f" {_AS_OWNER}"
)


def must_be_newest(found: str | None, keys: SealKeys | None, *, is_owner: bool) -> None:
    """Refuse a database of another version instead of guessing, and one that was emptied: its keys are there.

    `is_owner`: whoever asks brings the tables to this version as it starts.
    """
    mends = "practice-alerts serve" if is_owner else ""
    if found is None and keys is not None and keys.files():
        raise DatabaseNotReady(
            f"The database has no tables, and the key in {keys.folder} has sealed one that had: it was emptied, or"
            " is another. Put back the one that was there, or restore a backup: practice-alerts restore"
        )
    if found is None:
        raise DatabaseNotReady(
            f"The database has no tables yet. {f'Start the product with: {mends}' if mends else _AS_OWNER}"
        )
    if found != newest_after(found):
        raise DatabaseNotReady(
            f"The database is of version {found}, this product needs {newest_after(found)}."
            f" {f'Back it up, then start with: {mends}' if mends else f'Back it up. Then: {_AS_OWNER}'}"
        )


def upgrade(tx: Connection, is_trouble: Callable[[Exception], object], to: str = "head") -> None:
    """Every step that is missing to that version, in this transaction. Raises DatabaseNotReady where the tables are not what they say.

    `is_trouble`: what disk or server say, and is no fault of the tables.
    """
    config = _alembic()
    config.attributes["connection"] = tx
    try:
        command.upgrade(config, to)
    except DBAPIError as error:
        if is_trouble(error):
            raise
        raise DatabaseNotReady(
            "The tables are not those of the version that they bear, so nothing was changed. Restore the"
            f" database from a backup. ({str(error.orig).splitlines()[0]})"
        ) from error


def version_of(connection: Connection) -> str | None:
    """None without the table: a view of its name, which somebody may have put there, is never asked. Raises DatabaseNotReady."""
    if _VERSIONS not in inspect(connection).get_table_names():
        return None
    found = connection.execute(text(f"select version_num from {_VERSIONS} limit 2")).scalars().all()  # noqa: S608 - ours
    if len(found) > 1:
        raise DatabaseNotReady(
            "The tables bear two versions at once, which none of ours does. Restore the database from a backup."
        )
    return found[0] if found else None


@cache
def _revisions(_folder: Path) -> tuple[str, ...]:
    """The newest first. They come with the product: no process sees others come."""
    scripts = ScriptDirectory.from_config(_alembic())
    return tuple(one.revision for one in scripts.walk_revisions())


def newest_after(found: str | None) -> str:
    """The version that this product needs. Refuses one that it has never heard of: a later product's."""
    known = _revisions(_MIGRATIONS)
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


def keep_copy(dialect: Dialect, tx: Connection, versions: str) -> None:
    """Raises DatabaseNotReady where none can be made."""
    try:
        dialect.copy_beside(tx, versions)
    except OSError as error:
        raise DatabaseNotReady(
            f"The database could not be copied before its tables are changed ({error}), so"
            " nothing was changed. Make room in its folder, and start again."
        ) from error
