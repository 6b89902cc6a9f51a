"""Small facts about this installation."""

from collections.abc import Mapping

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.rows import put


def fact(tx: Tx, name: str) -> str | None:
    return tx.execute(select(t.office.c.value).where(t.office.c.name == name)).scalar_one_or_none()


def facts(tx: Tx, beginning: str) -> Mapping[str, str]:
    """Every fact whose name begins so."""
    query = select(t.office).where(t.office.c.name.startswith(beginning, autoescape=True))
    return {row.name: row.value for row in tx.execute(query)}


def put_fact(tx: Tx, name: str, value: str) -> None:
    put(tx, t.office, {"name": name, "value": value})
