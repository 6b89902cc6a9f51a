"""Who may open an alert that is restricted, as lists ask for it: written with the event it follows from."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, and_, bindparam, not_, select

from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.standing.let_in import LetIn

_C = t.let_in.c
# Asked with each act: building it costs more than running it.
_OF_ALERT = select(_C.person_id, _C.how).where(_C.alert_id == bindparam("alert"))


def put(tx: Tx, alert_id: str, people: Mapping[str, LetIn]) -> None:
    """These and nobody else from now on; nobody where it is open to all whom it concerns."""
    if of_alert(tx, alert_id) == people:
        return
    tx.execute(t.let_in.delete().where(_C.alert_id == alert_id))
    if people:
        rows = [
            {"alert_id": alert_id, "person_id": who, "how": how.value}
            for who, how in people.items()
        ]
        tx.execute(t.let_in.insert(), rows)


def of_alert(tx: Tx, alert_id: str) -> dict[str, LetIn]:
    return {who: LetIn(how) for who, how in tx.execute(_OF_ALERT, {"alert": alert_id})}


def not_shut_out(person_id: str) -> ColumnElement[bool]:
    """Is an alert open to all whom it concerns, or is this person let in? And have they no interest in its child?"""
    theirs = select(_C.alert_id).where(_C.person_id == person_id)
    alerts = t.alerts.c
    is_let_in = not_(and_(alerts.is_restricted.is_(True), alerts.id.not_in(theirs)))
    return and_(is_let_in, has_no_interest(person_id))


def let_in_as(person_id: str, *how: LetIn) -> Select[str]:
    """The ids of restricted alerts to which this person is let in so."""
    return select(_C.alert_id).where(_C.person_id == person_id, _C.how.in_(how))
