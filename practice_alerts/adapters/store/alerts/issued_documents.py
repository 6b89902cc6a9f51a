"""Documents handed out: to whom, when, as of when, with what digest; and who opened which alert."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, null, or_, select

from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database, Tx

_PAGE = 500  # alerts looked up at a time, so that no read stays open while documents are made


@dataclass(frozen=True, slots=True)
class Issue:
    """One document in somebody's hands. `person_id` is None for the command line."""

    alert_id: str
    person_id: str | None
    form: str
    at: datetime
    as_of: datetime
    parts: str


@dataclass(frozen=True, slots=True)
class RaisedIn:
    """The alerts of a council raised from `since` until just before `before`."""

    council: str
    since: datetime
    before: datetime


def record(tx: Tx, issue: Issue) -> bool:
    """Keep the issue; False where the same content was handed to the same person before."""
    c = t.issues.c
    same = (
        c.alert_id == issue.alert_id,
        c.person_id.is_(None) if issue.person_id is None else c.person_id == issue.person_id,
        c.parts == issue.parts,
    )
    if tx.execute(select(c.id).where(*same).limit(1)).scalar_one_or_none() is not None:
        return False
    tx.execute(t.issues.insert(), asdict(issue))
    return True


def of_alert(tx: Tx, alert_id: str) -> tuple[Issue, ...]:
    """Every issue of one alert's documents, the earliest first."""
    c = t.issues.c
    query = (
        select(c.alert_id, c.person_id, c.form, c.at, c.as_of, c.parts)
        .where(c.alert_id == alert_id)
        .order_by(c.id)
    )
    return tuple(Issue(*row) for row in tx.execute(query))


def count_raised(tx: Tx, span: RaisedIn) -> int:
    return int(tx.execute(_raised(select(func.count(t.alerts.c.id)), span)).scalar_one())


def raised(database: Database, span: RaisedIn) -> Iterator[str]:
    """Their ids in the order of references, a few hundred at a time."""
    last = ""
    while True:
        query = (
            _raised(select(t.alerts.c.id, t.alerts.c.reference), span)
            .where(t.alerts.c.reference > last)
            .order_by(t.alerts.c.reference)
            .limit(_PAGE)
        )
        with database.reading() as tx:
            rows = tx.execute(query).all()
        if not rows:
            return
        yield from (row.id for row in rows)
        last = rows[-1].reference


def _raised(query: Select[Any], span: RaisedIn) -> Select[Any]:
    return query.where(
        t.alerts.c.council == span.council,
        t.alerts.c.is_restricted.is_(False),
        t.alerts.c.raised_at >= span.since,
        t.alerts.c.raised_at < span.before,
    )


class Look(NamedTuple):
    """`form` is the form of a document that was handed out; None where the alert was opened."""

    at: datetime
    person_id: str | None
    """None: the command line."""
    reference: str
    form: str | None


def looks(tx: Tx, reader: str, council: str, words: str, most: int) -> tuple[Look, ...]:
    """The latest first, of one council's alerts but for those that only named people may open, or in whose child the reader has an interest.

    `words` are part of a reference or of a name, or empty for everything.
    """
    v, i = t.viewings.c, t.issues.c
    opened = select(v.at, v.person_id, t.alerts.c.reference, null()).join_from(
        t.viewings, t.alerts, t.alerts.c.id == v.alert_id
    )
    handed = select(i.at, i.person_id, t.alerts.c.reference, i.form).join_from(
        t.issues, t.alerts, t.alerts.c.id == i.alert_id
    )
    found: list[Look] = []
    for query, at, person in ((opened, v.at, v.person_id), (handed, i.at, i.person_id)):
        shown = (t.alerts.c.council == council, t.alerts.c.is_restricted.is_(False))
        these = query.where(*shown, has_no_interest(reader), _fits(words, person))
        rows = tx.execute(these.order_by(at.desc()).limit(most))
        found += [Look(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:most])


def _fits(words: str, person: ColumnElement[str]) -> ColumnElement[bool]:
    called = t.people.c.name.icontains(words, autoescape=True)
    theirs = person.in_(select(t.people.c.id).where(called))
    wanted = t.alerts.c.reference.icontains(words, autoescape=True)
    return or_(wanted, theirs)
