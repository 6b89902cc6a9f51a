"""Small facts about this installation."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from practice_alerts.adapters.keys import ANY_KEYS, Keys, keys
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.core.rows import put
from practice_alerts.domain.errors import StorageTrouble

_KEY = "key:"


def fact(tx: Tx, name: str) -> str | None:
    return tx.execute(select(t.office.c.value).where(t.office.c.name == name)).scalar_one_or_none()


def facts(tx: Tx, beginning: str) -> Mapping[str, str]:
    """Every fact whose name begins so."""
    query = select(t.office).where(t.office.c.name.startswith(beginning, autoescape=True))
    return {row.name: row.value for row in tx.execute(query)}


def put_fact(tx: Tx, name: str, value: str) -> None:
    put(tx, t.office, {"name": name, "value": value})


def keys_of(database: Database, folder: Path, environment: Mapping[str, str]) -> Keys:
    """Those that the store was begun with; one that knows of none remembers these. Raises NotItsKey."""
    with database.reading() as tx:
        known = {name.removeprefix(_KEY): one for name, one in facts(tx, _KEY).items()}
        is_begun = tx.execute(select(t.people.c.id).limit(1)).first() is not None
    found = keys(folder, environment, known if known or is_begun else None)
    if known != found.ids:
        with suppress(StorageTrouble), database.writing() as tx:  # else at the next start
            _go_by(tx, found.ids)
    return found


def accept_other_keys(tx: Tx) -> None:
    """The next start goes by what lies there, and makes what does not."""
    _go_by(tx, ANY_KEYS)


def _go_by(tx: Tx, ids: Mapping[str, str]) -> None:
    for name, its_id in ids.items():
        put_fact(tx, _KEY + name, its_id)
