"""Who is on duty for the reviewing service of a council, and when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office.directory import end_span

_D, _P = t.duties.c, t.people.c


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """Somebody on duty from a first day to a last."""

    id: int
    person_id: str
    name: str
    mail: str
    since: date
    until: date

    def on(self, day: date) -> bool:
        return self.since <= day <= self.until


def rota(tx: Tx, council: str, today: date) -> tuple[DutyTurn, ...]:
    """Today's and those to come, by first day; nobody who has left."""
    columns = (_D.id, _D.person_id, _P.name, _P.mail, _D.since, _D.until)
    query = select(*columns).join(t.people, _P.id == _D.person_id)
    query = query.where(_D.council == council, _D.until >= today, _P.left_at.is_(None))
    return tuple(DutyTurn(*row) for row in tx.execute(query.order_by(_D.since, _D.id)))


def add(tx: Tx, council: str, person_id: str, since: date, until: date) -> None:
    row = {"council": council, "person_id": person_id, "since": since, "until": until}
    tx.execute(t.duties.insert(), row)


def end(tx: Tx, duty_id: int, until: date) -> None:
    end_span(tx, t.duties, _D.id == duty_id, until)
