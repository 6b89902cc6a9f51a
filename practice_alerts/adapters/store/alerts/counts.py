"""How many alerts are where: counted by the database, for whoever reads the figures.

A figure holds what a list shows to the same reader, and nothing else: `_for` is the one place that says what that is.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, not_, select

from practice_alerts.adapters.store.alerts import late_or_waiting_sql
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import (
    DayContext,
    StageKey,
    counted_in,
    open_in,
)
from practice_alerts.adapters.store.alerts.let_in_rows import not_shut_out
from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.standing.standings import PASSES_INTO, Pile

_A = t.alerts.c
_PILES = {one.value: (one, PASSES_INTO.get(one, one)) for one in Pile}
"""Each with what it passes into by itself."""

MOST_COUNTED = 1000
"""Of what is not filed: whoever has more to file does not count them."""


class FigureReader(NamedTuple):
    """For whom is counted, as far as it decides what is."""

    council: str
    id: str
    unread: frozenset[str] = frozenset()
    """Ids of alerts that the table of permissions keeps from them, though no column says so."""


def _for(reader: FigureReader) -> ColumnElement[bool]:
    """Is it of those that a list shows to this reader? So is a restricted one to whoever is let in."""
    here = and_(_A.council == reader.council, not_shut_out(reader.id))
    return and_(here, _A.id.not_in(reader.unread)) if reader.unread else here


def _open_for(reader: FigureReader) -> ColumnElement[bool]:
    return and_(_for(reader), _A.is_open.is_(True))


def ids(tx: Tx, reader: FigureReader) -> tuple[str, ...]:
    """Every alert that any figure may hold: those open, and those not filed."""
    query = select(_A.id).where(_for(reader), _A.is_open.is_(True) | _A.is_filed.is_(False))
    return tuple(tx.execute(query).scalars())


def restricted(tx: Tx, reader: FigureReader) -> int:
    """How many open alerts others alone may open, by name: in no other count. None that an interest hides."""
    hidden = and_(_A.is_restricted.is_(True), not_(not_shut_out(reader.id)))
    query = select(func.count()).where(open_in(reader.council), hidden, has_no_interest(reader.id))
    return tx.execute(query).scalar_one()


def not_filed(tx: Tx, reader: FigureReader) -> int:
    """How many alerts, open or closed, are not filed as they stand; one more than MOST_COUNTED where there are more.

    Where nothing is ever filed that is all there are.
    """
    some = select(_A.id).where(_for(reader), _A.is_filed.is_(False)).limit(MOST_COUNTED + 1)
    return tx.execute(select(func.count()).select_from(some.subquery())).scalar_one()


class Limits(NamedTuple):
    """Open alerts of the council that its reader may list, and how their time limits fare."""

    open: int
    past_time_limit: int
    none_to_spare: int
    on_hold: int


class Carried(NamedTuple):
    """Open alerts, by officer's id and pile, and how the time limits of all of them fare."""

    loads: Mapping[str, Mapping[Pile, int]]
    limits: Limits


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


def carried(tx: Tx, reader: FigureReader, day: DayContext, officer: str = "") -> Carried:
    """Of one officer alone, where one is named.

    Counted by the pile that rows keep, in the order of their index; what it has passed into since is a part of each.
    """
    tells = (
        late_or_waiting_sql.has_turned(day),
        late_or_waiting_sql.past_time_limit(day),
        late_or_waiting_sql.none_to_spare(day),
    )
    kept = (_A.officer_id, _A.pile)
    query = select(*kept, func.count(), *map(late_or_waiting_sql.how_many, tells))
    query = query.where(_open_for(reader)).group_by(*kept)
    if officer:
        query = query.where(_A.officer_id == officer)
    loads: dict[str, dict[Pile, int]] = {}
    every = past = without = 0
    for whose, name, count, turned, past_limit, none_to_spare in tx.execute(query).all():
        load = loads.setdefault(whose, {})
        is_now, becomes = _PILES[name]
        load[is_now] = load.get(is_now, 0) + count - turned
        load[becomes] = load.get(becomes, 0) + turned
        every, past, without = every + count, past + past_limit, without + none_to_spare
    on_hold = sum(load.get(Pile.ON_HOLD, 0) for load in loads.values())
    return Carried(loads, Limits(every, past, without, on_hold))


def silences(tx: Tx, reader: FigureReader, day: DayContext) -> tuple[Silence, ...]:
    """Where no answer came, or no step was recorded, in time."""
    at = (_A.edition, _A.kind, _A.stage)
    query = select(*at, func.count(), func.min(_A.response_due)).where(
        _open_for(reader), late_or_waiting_sql.pile(day) == Pile.LATE.value
    )
    return tuple(
        Silence(StageKey(*row[:3]), row[3], row[4])
        for row in tx.execute(query.group_by(*at).order_by(*at))
    )


def oldest_late(tx: Tx, reader: FigureReader, day: DayContext, most: int) -> tuple[Late, ...]:
    """Those that have waited longest past their day."""
    query = select(_A.id, _A.reference, _A.edition, _A.kind, _A.stage, _A.response_due).where(
        _open_for(reader), late_or_waiting_sql.pile(day) == Pile.LATE.value
    )
    return tuple(
        Late(*row[:2], StageKey(*row[2:5]), row[5])
        for row in tx.execute(query.order_by(_A.response_due, _A.reference).limit(most))
    )


def open_by_stage(tx: Tx, reader: FigureReader) -> tuple[tuple[StageKey, int], ...]:
    """Without those that climb no ladder."""
    at = (_A.edition, _A.kind, _A.stage)
    query = select(*at, func.count()).where(_open_for(reader), _A.stage.is_not(None))
    rows = tx.execute(query.group_by(*at).order_by(*at))
    return tuple((StageKey(*row[:3]), row[3]) for row in rows)
