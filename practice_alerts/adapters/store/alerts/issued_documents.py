"""What left for whom: documents handed out, as of when and with what digest, and e-mails about an alert."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

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


class NoticeSent(NamedTuple):
    """An e-mail about an alert that the mail server has taken."""

    at: datetime
    person_id: str
    notice: str


def notices_sent(tx: Tx, alert_id: str) -> tuple[NoticeSent, ...]:
    """Every one about the alert, the earliest first."""
    c = t.outbox.c
    query = select(c.sent_at, c.person_id, c.notice).where(
        c.alert_id == alert_id, c.sent_at.is_not(None)
    )
    return tuple(NoticeSent(*row) for row in tx.execute(query.order_by(c.sent_at, c.id)))


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
