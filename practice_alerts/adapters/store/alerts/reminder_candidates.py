"""Open alerts by their dates, and who is to be written to: asked of the indexes, nothing is folded."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, union

from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey, at_any, open_in
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory


def with_a_date_between(tx: Tx, council: str, first: date, last: date) -> tuple[str, ...]:
    """The open alerts with an answer due or a hold that ends from the first day to the last, or to go on by then."""
    c = t.alerts.c
    here = select(c.id).where(open_in(council))
    days = (c.response_due, c.hold_until, c.escalate_by)
    both = union(*(here.where(day.between(first, last)) for day in days))
    return tuple(tx.execute(both).scalars())


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
