"""Small facts about this installation, and the councils' own closures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from practice_alerts.adapters.store import schema as t
from practice_alerts.adapters.store.database import Tx


def fact(tx: Tx, name: str) -> str | None:
    return tx.execute(select(t.office.c.value).where(t.office.c.name == name)).scalar_one_or_none()


def put_fact(tx: Tx, name: str, value: str) -> None:
    changed = tx.execute(t.office.update().where(t.office.c.name == name).values(value=value))
    if changed.rowcount == 0:
        tx.execute(t.office.insert().values(name=name, value=value))


def closures(tx: Tx, council: str) -> Mapping[date, str]:
    """Days on which this council is closed, with its reason."""
    rows = tx.execute(
        select(t.closures.c.day, t.closures.c.reason).where(t.closures.c.council == council)
    )
    return {date.fromisoformat(row.day): row.reason for row in rows}
