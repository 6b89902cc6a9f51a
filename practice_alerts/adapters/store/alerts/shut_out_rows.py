"""Who has an interest in the child of which alert, as lists and acts ask for it."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, bindparam, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import read_once

_C = t.shut_out.c
# Asked for every alert that is read and everybody who looks: building these costs more than running them.
_OF_ALERT = select(_C.person_id).where(_C.alert_id == bindparam("alert"))
_REFERENCES = (
    select(t.alerts.c.reference)
    .join_from(t.shut_out, t.alerts)
    .where(_C.person_id == bindparam("person"))
)


def put(tx: Tx, alert_id: str, people: Collection[str]) -> bool:
    """These and nobody else from now on; is that another than before?"""
    if of_alert(tx, alert_id) == people:
        return False
    tx.execute(t.shut_out.delete().where(_C.alert_id == alert_id))
    if people:
        rows = [{"alert_id": alert_id, "person_id": who} for who in sorted(people)]
        tx.execute(t.shut_out.insert(), rows)
    return True


def of_alert(tx: Tx, alert_id: str) -> frozenset[str]:
    return frozenset(row.person_id for row in read_once(tx, _OF_ALERT, alert=alert_id))


def of_each(tx: Tx, alert_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The ids of those who are, by alert; without those of which nobody is."""
    found: dict[str, frozenset[str]] = {}
    query = select(_C.alert_id, _C.person_id).where(_C.alert_id.in_(tuple(alert_ids)))
    for alert_id, person in tx.execute(query):
        found[alert_id] = found.get(alert_id, frozenset()) | {person}
    return found


def references(tx: Tx, person_id: str) -> frozenset[str]:
    """Of every alert from which this person is shut out so."""
    return frozenset(tx.execute(_REFERENCES, {"person": person_id}).scalars())


def has_no_interest(person_id: str) -> ColumnElement[bool]:
    """Is an alert about no child in whom this person has an interest?"""
    return t.alerts.c.id.not_in(select(_C.alert_id).where(_C.person_id == person_id))
