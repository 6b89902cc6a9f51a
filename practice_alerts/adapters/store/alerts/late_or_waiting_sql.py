"""Where alerts stand, asked of their columns: the same piles as `domain/standing/status.py` makes of their events."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.alert.events import NotTheirs, Outcome, QuestionAsked, kind_of
from practice_alerts.domain.complete import complete
from practice_alerts.domain.standing.standings import Pile

_A = t.alerts.c
_TALK = (kind_of(NotTheirs), kind_of(QuestionAsked))
_UNANSWERED = and_(
    _A.is_open.is_(True),
    _A.stage.is_not(None),
    _A.to_judge.is_(False),
    _A.judged.is_(None),
    _A.hold_until.is_(None),
)


class StageKey(NamedTuple):
    """What decides, beside an alert's own columns, how it stands: edition, kind and stage."""

    edition: str
    kind: str
    stage: str


@dataclass(frozen=True)
class DayContext:
    """What columns cannot say by themselves of one council's alerts on one day."""

    today: date
    late: frozenset[str] = frozenset()
    """Ids that are late although their day is not over: a clock in hours has run out."""
    not_late: frozenset[str] = frozenset()
    """Ids whose day has passed and who are not late: nobody was to answer by it."""
    asked_back: frozenset[str] = frozenset()
    """Ids of those of which the officer is asked something before an answer comes."""
    none_to_spare: tuple[tuple[StageKey, date], ...] = ()
    """Of each stage the latest limit for which today is the last day to leave it, or too late."""
    off_path: tuple[StageKey, ...] = ()
    """Stages that nothing but a choice leads to: `slack` alone tells whether they fit the limit."""
    named: tuple[StageKey, ...] = field(default=())
    """Stages at which a post of somebody's in the IRO service reviews the response or escalates."""


def open_in(council: str) -> ColumnElement[bool]:
    return and_(_A.council == council, _A.is_open.is_(True))


def counted_in(council: str) -> ColumnElement[bool]:
    """Open, and not restricted: of what is, nothing is told but how many there are."""
    return and_(open_in(council), _A.is_restricted.is_(False))


def pile(day: DayContext) -> ColumnElement[str]:
    """The pile's value."""
    today = day.today
    late = and_(_A.response_due < today, _A.due_is_aim.is_(False))
    if day.not_late:
        late = and_(late, _A.id.not_in(day.not_late))
    if day.late:
        late = or_(late, _A.id.in_(day.late))
    first_that_holds = complete(
        Pile,
        {
            Pile.CLOSED: _A.is_open.is_(False),
            Pile.NO_LADDER: _A.stage.is_(None),
            Pile.REVIEW: _A.to_judge.is_(True),
            Pile.CLOSE: _A.judged == Outcome.PUT_RIGHT.value,
            Pile.ESCALATE: _A.judged.is_not(None),
            Pile.HOLD_ENDED: _A.hold_until < today,
            Pile.ON_HOLD: _A.hold_until.is_not(None),
            Pile.LATE: late,
            Pile.ASKED_BACK: _A.id.in_(day.asked_back) if day.asked_back else false(),
        },
        without=(Pile.WAITING,),
    )
    named = ((holds, one.value) for one, holds in first_that_holds.items())
    return case(*named, else_=Pile.WAITING.value)


def none_to_spare(day: DayContext) -> ColumnElement[bool]:
    """Today is the last day to leave the stage and keep the limit, or is too late; the limit runs still.

    Where a hold runs, the day at its end is what counts.
    """
    too_late = [and_(_at(one), _A.cap_due <= last) for one, last in day.none_to_spare]
    too_late += [and_(_at(one), _A.slack < 0) for one in day.off_path]
    too_late.append(and_(_A.hold_until.is_not(None), _A.slack < 0))
    return and_(_A.cap_due >= day.today, or_(false(), *too_late))


def past_time_limit(day: DayContext) -> ColumnElement[bool]:
    """The time limit has passed. An alert without stages has none to keep."""
    return and_(_A.stage.is_not(None), _A.cap_due < day.today)


def falls_by(day: date) -> ColumnElement[bool]:
    """Answer, hold or time limit falls on that day or before it."""
    waits = and_(_UNANSWERED, _A.response_due <= day)
    return or_(waits, _A.hold_until <= day, and_(_A.stage.is_not(None), _A.cap_due <= day))


def at_any(stages: Iterable[StageKey]) -> ColumnElement[bool]:
    return or_(false(), *(_at(one) for one in stages))


def stages_in_use(tx: Tx, council: str) -> tuple[StageKey, ...]:
    """Every stage at which an open alert of the council stands, under each edition."""
    columns = (_A.edition, _A.kind, _A.stage)
    query = select(*columns).where(open_in(council), _A.stage.is_not(None))
    return tuple(StageKey(*row) for row in tx.execute(query.distinct().order_by(*columns)))


def in_doubt(
    tx: Tx, council: str, today: date, hourly: Iterable[StageKey], open_ended: Iterable[StageKey]
) -> tuple[str, ...]:
    """The ids of unanswered alerts of which only their events can say whether they are late."""
    doubts = or_(
        and_(_A.response_due == today, at_any(hourly)),
        and_(_A.response_due < today, at_any(open_ended)),
    )
    here = and_(_A.council == council, _A.due_is_aim.is_(False), _UNANSWERED)
    return tuple(tx.execute(select(_A.id).where(here, doubts)).scalars())


def talked_of(tx: Tx, council: str) -> tuple[str, ...]:
    """The ids of unanswered alerts of which something was asked besides, or said not to be theirs."""
    # Of each of those, its own few events: by kind, everybody's of all years would be read.
    said = exists().where(t.events.c.alert_id == _A.id, t.events.c.kind.in_(_TALK))
    query = select(_A.id).where(_A.council == council, _UNANSWERED, said)
    return tuple(tx.execute(query).scalars())


def how_many(what: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group are so."""
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _at(one: StageKey) -> ColumnElement[bool]:
    return and_(_A.edition == one.edition, _A.kind == one.kind, _A.stage == one.stage)
