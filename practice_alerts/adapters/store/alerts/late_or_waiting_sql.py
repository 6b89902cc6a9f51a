"""Where alerts stand, asked of their columns: the same piles as `domain/standing/status.py` makes of their events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.timestamps import Day
from practice_alerts.domain.standing.standings import PASSES_INTO, UNANSWERED, Pile

_A = t.alerts.c


class StageKey(NamedTuple):
    """What decides, beside an alert's own columns, how it stands: edition, kind and stage."""

    edition: str
    kind: str
    stage: str


@dataclass(frozen=True)
class DayContext:
    """What columns cannot say by themselves of one council's alerts at one moment."""

    now: datetime
    today: date
    named: tuple[StageKey, ...] = ()
    """Stages at which a post of somebody's in the IRO service reviews the response or escalates."""


def of_council(council: str) -> ColumnElement[bool]:
    """Is it the council's? For alerts that are found by something else.

    No index fits it: without statistics SQLite would rather read all of a council's alerts than the few that are named.
    """
    return _A.council + "" == council


def open_in(council: str) -> ColumnElement[bool]:
    return and_(_A.council == council, _A.is_open.is_(True))


def counted_in(council: str) -> ColumnElement[bool]:
    """Open, and not restricted: of what is, nothing is told but how many there are."""
    return and_(open_in(council), _A.is_restricted.is_(False))


def pile(day: DayContext) -> ColumnElement[str]:
    """The pile's value: what the row keeps, and from its moment on what that passes into."""
    passed = ((_A.pile == was.value, now.value) for was, now in PASSES_INTO.items())
    return case((has_turned(day), case(*passed, else_=_A.pile)), else_=_A.pile)


def has_turned(day: DayContext) -> ColumnElement[bool]:
    """Has the pile that the row keeps passed into another by itself?"""
    return and_(_A.turns_at.is_not(None), _A.turns_at <= day.now)


def first_due(day: DayContext) -> ColumnElement[date]:
    """The day by which something is to be done with it; what waits for no day comes last."""
    today = literal(day.today, Day)
    by_pile = {
        **dict.fromkeys((Pile.REVIEW, Pile.CLOSE), today),
        **dict.fromkeys(
            (Pile.ESCALATE, Pile.LATE), func.coalesce(_A.escalate_by, _A.response_due, today)
        ),
    }
    waits = func.coalesce(_A.hold_until, _A.response_due, literal(date.max, Day))
    return case(*((pile(day) == one.value, by) for one, by in by_pile.items()), else_=waits)


def none_to_spare(day: DayContext) -> ColumnElement[bool]:
    """Today is the last day to leave the stage and keep the limit, or is too late; the limit runs still.

    Where a hold runs, the day at its end is what counts; off the usual way up, what is left.
    """
    held = _A.hold_until.is_not(None)
    off_path = or_(held, _A.escalate_by.is_(None))
    too_late = or_(_A.escalate_by <= day.today, and_(off_path, _A.slack < 0))
    return and_(_A.cap_due >= day.today, too_late)


def past_time_limit(day: DayContext) -> ColumnElement[bool]:
    """The time limit has passed. An alert without stages has none to keep."""
    return and_(_A.stage.is_not(None), _A.cap_due < day.today)


def falls_by(day: date) -> ColumnElement[bool]:
    """Answer, hold or time limit falls on that day or before it."""
    waits = and_(_A.pile.in_([one.value for one in UNANSWERED]), _A.response_due <= day)
    return or_(waits, _A.hold_until <= day, and_(_A.stage.is_not(None), _A.cap_due <= day))


def at_any(stages: Iterable[StageKey]) -> ColumnElement[bool]:
    return or_(false(), *(_at(one) for one in stages))


def stages_in_use(tx: Tx, council: str) -> tuple[StageKey, ...]:
    """Every stage at which an open alert of the council stands, under each edition."""
    columns = (_A.edition, _A.kind, _A.stage)
    query = select(*columns).where(open_in(council), _A.stage.is_not(None))
    return tuple(StageKey(*row) for row in tx.execute(query.distinct().order_by(*columns)))


def how_many(what: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group are so."""
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _at(one: StageKey) -> ColumnElement[bool]:
    return and_(_A.edition == one.edition, _A.kind == one.kind, _A.stage == one.stage)
