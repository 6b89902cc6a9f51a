"""Small facts about this installation, and the councils' own closures."""

from collections.abc import Mapping
from datetime import date

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


def closures(tx: Tx, council: str) -> Mapping[date, str]:
    """Days on which this council is closed, with its reason."""
    query = select(t.closures).where(t.closures.c.council == council)
    return {row.day: row.reason for row in tx.execute(query)}


def close_days(tx: Tx, council: str, days: Mapping[date, str]) -> None:
    """Put down that this council is closed on these days, each with its reason; none of them was yet."""
    rows = [{"council": council, "day": day, "reason": said} for day, said in days.items()]
    tx.execute(t.closures.insert(), rows)


def reopen_day(tx: Tx, council: str, day: date) -> bool:
    """Take a closure back; False where there was none."""
    c = t.closures.c
    return tx.execute(t.closures.delete().where(c.council == council, c.day == day)).rowcount == 1
