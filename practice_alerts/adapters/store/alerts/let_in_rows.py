"""Whose alerts are whose, as lists ask for it; who is let in to a restricted one is written with the event it follows from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    not_,
    or_,
    select,
    true,
    union,
)

from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey, at_any
from practice_alerts.adapters.store.alerts.shut_out_rows import has_no_interest
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.domain.standing.let_in import LetIn

_A = t.alerts.c
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


@dataclass(frozen=True)
class TrayReader:
    """Who looks at lists, as far as it decides what may stand in them."""

    council: str
    id: str
    own: frozenset[str]
    """Themselves and whom they stand in for."""
    whole: bool = False
    """Sees every alert of the council."""
    teams: frozenset[str] = frozenset()
    closed_since: datetime | None = None
    """Of what was closed earlier, having been asked shows nothing."""
    in_post: bool = True
    """Holds a post in this council today; nobody else is shown anything of it."""
    unread: frozenset[str] = frozenset()
    """Ids of alerts that the table of permissions keeps from them, though no column says so."""


def seen_by(
    reader: TrayReader, named: Collection[StageKey], state: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """What `permissions` lets this person see of the council's that is not closed to them, as far as columns know it.

    Lists ask it again of each: a cover without a post of the IRO service is found here, and sees nothing. `state`: what
    holds in any case of what is sought, so that no more than that is gathered.
    """
    if not reader.in_post:
        return false()
    if reader.whole:
        return true()
    state = true() if state is None else state
    asked = ever_asked((reader.id,))
    theirs = (
        ids().where(_A.officer_id.in_(reader.own), state),
        ids().where(_A.raiser_id == reader.id, state),
        asked_now(reader.own),
        ids().where(_A.id.in_(asked), state, _not_long_closed(reader.closed_since)),
        *(one.where(state) for one in where_named(reader, named)),
        let_in_as(reader.id, LetIn.NAMED, LetIn.STANDS_IN),
    )
    return _A.id.in_(union(*theirs))


def is_own(reader: TrayReader) -> ColumnElement[bool]:
    """Theirs, or whose officer they stand in for: while it is restricted, as the one who is named for that."""
    return or_(_A.officer_id.in_(reader.own), _A.id.in_(in_stead(reader)))


def in_stead(reader: TrayReader) -> Select[str]:
    """The ids of restricted alerts for whose officer they stand in."""
    return let_in_as(reader.id, LetIn.STANDS_IN)


def _not_long_closed(since: datetime | None) -> ColumnElement[bool]:
    """Open, or closed at that moment or later."""
    if since is None:
        return true()
    e = t.events.c
    lately = exists().where(e.alert_id == _A.id, e.kind == "closed", e.at >= stamp(since))
    return or_(_A.is_open.is_(True), lately)


def ids() -> Select[str]:
    return select(_A.id)


def asked_now(people: Collection[str]) -> Select[str]:
    return ever_asked(people).where(t.askings.c.is_present.is_(True))


def ever_asked(people: Collection[str]) -> Select[str]:
    return select(t.askings.c.alert_id).where(t.askings.c.person_id.in_(people))


def was_told(reader: TrayReader) -> ColumnElement[bool]:
    """Did an e-mail tell this person of it?"""
    return _A.id.in_(select(t.outbox.c.alert_id).where(t.outbox.c.person_id == reader.id))


def where_named(reader: TrayReader, named: Collection[StageKey]) -> tuple[Select[str], ...]:
    """The alerts that stand where a post of theirs has a say."""
    if not named:
        return ()
    return (ids().where(_A.council == reader.council, at_any(named)),)
