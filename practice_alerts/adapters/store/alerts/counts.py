"""How many alerts are where: counted by the database, for whoever manages the service."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from practice_alerts.adapters.store.alerts import status_sql
from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.alerts.status_sql import (
    DayContext,
    StageKey,
    counted_in,
    open_in,
)
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.standing.standings import Pile

_A = t.alerts.c


def restricted(tx: Tx, council: str) -> int:
    """How many open alerts only named people may open: they stand in no other count."""
    query = select(func.count()).where(open_in(council), _A.is_restricted.is_(True))
    return tx.execute(query).scalar_one()


def not_filed(tx: Tx, council: str) -> int:
    """How many alerts, open or closed, are not filed as they stand; none that only named people may open."""
    shown = (_A.council == council, _A.is_restricted.is_(False))
    query = select(func.count()).where(*shown, _A.is_filed.is_(False))
    return tx.execute(query).scalar_one()


class Limits(NamedTuple):
    """Open alerts of the council, and how their time limits fare."""

    open: int
    past_time_limit: int
    none_to_spare: int
    on_hold: int


class Silence(NamedTuple):
    """How many alerts are late at one stage, and the day the oldest was due."""

    at: StageKey
    alerts: int
    oldest: date | None


class Late(NamedTuple):
    """An alert that is late, and what it was waited for by."""

    id: str
    reference: str
    at: StageKey
    due: date | None


class OpenAlert(NamedTuple):
    """An open alert at a stage, as far as it may be told to whoever may not open it."""

    reference: str
    at: StageKey
    categories: str
    team: str
    raised_at: datetime


def open_at_stages(tx: Tx, council: str) -> tuple[OpenAlert, ...]:
    """Every open one of the council that climbs a ladder and is not restricted, by reference."""
    columns = (_A.reference, _A.edition, _A.kind, _A.stage, _A.categories, _A.team, _A.raised_at)
    query = select(*columns).where(counted_in(council), _A.stage.is_not(None))
    rows = tx.execute(query.order_by(_A.reference))
    return tuple(OpenAlert(row[0], StageKey(*row[1:4]), *row[4:]) for row in rows)


def by_officer(tx: Tx, council: str, day: DayContext) -> dict[str, dict[Pile, int]]:
    """Open alerts by officer's id and pile."""
    pile = status_sql.pile(day).label("pile")
    query = select(_A.officer_id, pile, func.count()).where(counted_in(council))
    found: dict[str, dict[Pile, int]] = {}
    for officer, name, count in tx.execute(query.group_by(_A.officer_id, pile)):
        found.setdefault(officer, {})[Pile(name)] = count
    return found


def limits(tx: Tx, council: str, day: DayContext) -> Limits:
    past = status_sql.how_many(status_sql.past_time_limit(day))
    without = status_sql.how_many(status_sql.none_to_spare(day))
    on_hold = status_sql.how_many(status_sql.pile(day) == Pile.ON_HOLD.value)
    query = select(func.count(), past, without, on_hold).where(counted_in(council))
    return Limits(*tx.execute(query).one())


def silences(tx: Tx, council: str, day: DayContext) -> tuple[Silence, ...]:
    """Where no answer came, or no step was recorded, in time."""
    at = (_A.edition, _A.kind, _A.stage)
    query = select(*at, func.count(), func.min(_A.response_due)).where(
        counted_in(council), status_sql.pile(day) == Pile.LATE.value
    )
    return tuple(
        Silence(StageKey(*row[:3]), row[3], row[4])
        for row in tx.execute(query.group_by(*at).order_by(*at))
    )


def oldest_late(tx: Tx, reader: str, council: str, day: DayContext, most: int) -> tuple[Late, ...]:
    """Those that have waited longest past their day; none in whose child the reader has an interest."""
    query = select(_A.id, _A.reference, _A.edition, _A.kind, _A.stage, _A.response_due).where(
        counted_in(council), has_no_interest(reader), status_sql.pile(day) == Pile.LATE.value
    )
    return tuple(
        Late(*row[:2], StageKey(*row[2:5]), row[5])
        for row in tx.execute(query.order_by(_A.response_due, _A.reference).limit(most))
    )


def open_by_stage(tx: Tx, council: str) -> tuple[tuple[StageKey, int], ...]:
    """Without those that climb no ladder."""
    at = (_A.edition, _A.kind, _A.stage)
    query = select(*at, func.count()).where(counted_in(council), _A.stage.is_not(None))
    rows = tx.execute(query.group_by(*at).order_by(*at))
    return tuple((StageKey(*row[:3]), row[3]) for row in rows)
