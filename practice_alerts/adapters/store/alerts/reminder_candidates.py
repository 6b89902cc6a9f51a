"""Open alerts by their dates, and who is to be written to: asked of the indexes, nothing is folded."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select, union

from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey, at_any, open_in
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Alerts that stand alike: how long they may stay follows from these four alone."""

    edition: str
    kind: str
    stage: str
    cap_due: date


def with_a_date_between(tx: Tx, council: str, first: date, last: date) -> tuple[str, ...]:
    """The open alerts with an answer due, or a hold that ends, from the first day to the last."""
    c = t.alerts.c
    here = select(c.id).where(open_in(council))
    days = (c.response_due, c.hold_until)
    both = union(*(here.where(day.between(first, last)) for day in days))
    return tuple(tx.execute(both).scalars())


def standpoints(tx: Tx, council: str, first: date) -> tuple[Standpoint, ...]:
    """Where open alerts stand whose time limit ends on that day or later."""
    c = t.alerts.c
    query = (
        select(c.edition, c.kind, c.stage, c.cap_due)
        .where(open_in(council), c.cap_due >= first, c.stage.is_not(None))
        .distinct()
    )
    return tuple(Standpoint(*row) for row in tx.execute(query))


def standing_at(tx: Tx, council: str, where: Standpoint) -> tuple[str, ...]:
    """The open alerts that stand there."""
    c = t.alerts.c
    same = [c[name] == value for name, value in asdict(where).items()]
    return tuple(tx.execute(select(c.id).where(open_in(council), *same)).scalars())


def at_stages(tx: Tx, council: str, stages: Iterable[StageKey]) -> tuple[str, ...]:
    """The open alerts at any of these stages."""
    query = select(t.alerts.c.id).where(open_in(council), at_any(stages))
    return tuple(tx.execute(query).scalars())


def officers(tx: Tx) -> tuple[str, ...]:
    """Everybody with an open alert of theirs."""
    query = select(t.alerts.c.officer_id).where(t.alerts.c.is_open.is_(True)).distinct()
    return tuple(tx.execute(query).scalars())


def readers(tx: Tx, people: Iterable[str], today: date) -> dict[str, bool]:
    """Who is written to in place of these people, to whether they only stand in.

    Those who are still here, and whoever stands in today for any of them. Somebody who is both is
    written to as themselves.
    """
    people = tuple(people)
    query = select(t.people.c.id).where(t.people.c.id.in_(people), t.people.c.left_at.is_(None))
    found = dict.fromkeys(tx.execute(query).scalars(), False)
    covers = {one.id for person in people for one in directory.covered_by(tx, person, today)}
    query = select(t.people.c.id).where(t.people.c.id.in_(covers), t.people.c.left_at.is_(None))
    return {**dict.fromkeys(tx.execute(query).scalars(), True), **found}
