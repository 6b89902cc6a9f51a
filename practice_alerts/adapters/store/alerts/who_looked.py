"""Who opened which alert, and to whom which of its documents was handed, the latest first."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, null, or_, select

from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx


class Look(NamedTuple):
    """`form` is the form of a document that was handed out; None where the alert was opened."""

    at: datetime
    person_id: str | None
    """None: the command line."""
    reference: str
    form: str | None


def looks(tx: Tx, reader: str, council: str, words: str, most: int) -> tuple[Look, ...]:
    """Of one council's alerts but for those that only named people may open, or in whose child the reader has an interest.

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
