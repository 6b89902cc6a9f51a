"""Who somebody is today, in one question: it is asked for every page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, and_, bindparam, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import read_once
from practice_alerts.adapters.store.office.directory import in_force

_TODAY: BindParameter[date] = bindparam("today")
_P, _H, _C = t.people.c, t.holdings.c, t.covers.c
HOLDS_TODAY = and_(_H.person_id == _P.id, _P.left_at.is_(None), in_force(t.holdings, _TODAY))
_ASKED = (
    select(_P.name, _H.council, _H.post, _C.person_id.label("away"), _C.until)
    .select_from(t.people)
    .outerjoin(t.holdings, HOLDS_TODAY)
    .outerjoin(t.covers, and_(_C.cover_id == _P.id, _C.since <= _TODAY))
    .where(_P.id == bindparam("person"))
)


@dataclass(frozen=True, slots=True)
class PersonToday:
    """`posts` as council and post; `has_covered`: for whom they stand in or have, each with the last day."""

    name: str
    posts: frozenset[tuple[str, str]]
    has_covered: frozenset[tuple[str, date]]


def person_today(tx: Tx, person_id: str, today: date) -> PersonToday | None:
    rows = read_once(tx, _ASKED, person=person_id, today=today)
    if not rows:
        return None
    posts = frozenset((row.council, row.post) for row in rows if row.council is not None)
    covered = frozenset((row.away, row.until) for row in rows if row.away is not None)
    return PersonToday(rows[0].name, posts, covered)
