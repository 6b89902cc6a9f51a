"""Where each alert stands now: indexed rows for lists, written with the event they follow from."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true

from practice_alerts.adapters.store.alerts.late_or_waiting_sql import counted_in, open_in
from practice_alerts.adapters.store.core import rows
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.standing.standings import Pile


@dataclass(frozen=True, slots=True)
class CurrentRow:
    """One alert in a list, column by column of its table. `child` holds initials only."""

    id: str
    reference: str
    council: str
    kind: str
    edition: str
    version: int
    is_open: bool
    raiser_id: str
    officer_id: str
    """Whose alert it is now."""
    stage: str | None
    response_due: date | None
    due_is_aim: bool
    hold_until: date | None
    cap_due: date | None
    slack: int | None
    to_judge: bool
    judged: str | None
    child: str
    case_number: str
    about: str
    team: str
    categories: str
    """Ids, each between blanks, so that one of them can be looked for."""
    raised_at: datetime
    changed_at: datetime
    calendar: str
    is_restricted: bool = False
    """Only those let in by name may open it."""
    is_filed: bool = False
    """Nothing happened since it was filed in the case system."""
    look_again: date | None = None
    """Closed, with what is different for the child not known yet: the day to look again."""
    pile: str = Pile.CLOSED.value
    """The pile's value until `turns_at`."""
    turns_at: datetime | None = None
    """The first moment at which the pile is what this one passes into by itself; None: it stays."""
    escalate_by: date | None = None
    """The last day to go on within the time limit; of a closed one none."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One person asked at one stage; `id` is random and stands in the answer page's address."""

    id: str
    alert_id: str
    stage: str
    event_number: int
    person_id: str
    is_present: bool


# Asked with each act: building these costs more than running them.
_OF_ALERT = t.askings.c.alert_id == bindparam("alert")
_NEW, _ASK = t.alerts.insert(), t.askings.insert()
_LEAVE = t.askings.update().where(_OF_ALERT)
_ASKINGS = select(t.askings).where(_OF_ALERT)
_NEXT = (
    t.references.update()
    .where(t.references.c.prefix == bindparam("of"), t.references.c.year == bindparam("in"))
    .values(last=t.references.c.last + 1)
    .returning(t.references.c.last)
)


def put(tx: Tx, row: CurrentRow, *, is_new: bool = False) -> None:
    """Write the row, new or again; of an alert that `is_new` there is none yet."""
    if is_new:
        tx.execute(_NEW, asdict(row))
    else:
        rows.put(tx, t.alerts, asdict(row))


def put_new(tx: Tx, new: Iterable[CurrentRow], askings: Iterable[Asking]) -> None:
    """Of alerts that are new, and told in one go."""
    tx.execute(_NEW, [asdict(row) for row in new])
    if asked := [asdict(asking) for asking in askings]:
        tx.execute(_ASK, asked)


def put_askings(tx: Tx, alert_id: str, new: Iterable[Asking]) -> None:
    """Add who is asked now; whoever was asked before is no longer at the present stage."""
    new = tuple(new)
    leave_stage(tx, alert_id)
    if new:
        tx.execute(_ASK, [asdict(asking) for asking in new])


def add_asking(tx: Tx, asking: Asking) -> None:
    """Somebody is asked beside those who are asked already."""
    tx.execute(_ASK, asdict(asking))


def leave_stage(tx: Tx, alert_id: str) -> None:
    """Nobody is asked any more at the present stage."""
    tx.execute(_LEAVE, {"alert": alert_id, "is_present": False})


def hand_over(tx: Tx, alert_id: str, staying: Iterable[str], new: Iterable[Asking]) -> None:
    """Add who is asked now beside those of the present stage who stay; the others are asked no more."""
    c, new = t.askings.c, tuple(new)
    stay = c.alert_id == alert_id, c.is_present.is_(True), c.person_id.in_(tuple(staying))
    kept = tuple(tx.execute(select(c.id).where(*stay)).scalars())
    put_askings(tx, alert_id, new)
    again = {"is_present": True, **({"event_number": new[0].event_number} if new else {})}
    tx.execute(t.askings.update().where(c.id.in_(kept)).values(**again))


def back_to_stage(tx: Tx, alert_id: str, stage: str, people: Iterable[str]) -> None:
    """These people, who were asked last at this stage, are asked there again: once each."""
    c, every = t.askings.c, t.askings.alias().c
    theirs = (every.alert_id == alert_id, every.stage == stage, every.person_id == c.person_id)
    latest = select(func.max(every.event_number)).where(*theirs).scalar_subquery()
    them = (c.alert_id == alert_id, c.stage == stage, c.person_id.in_(tuple(people)))
    again = t.askings.update().where(*them, c.event_number == latest)
    tx.execute(again.values(is_present=True))


def asking(tx: Tx, asking_id: str) -> Asking | None:
    row = tx.execute(select(t.askings).where(t.askings.c.id == asking_id)).one_or_none()
    return None if row is None else Asking(*row)


def askings_of(tx: Tx, alert_id: str) -> tuple[Asking, ...]:
    return tuple(Asking(*row) for row in tx.execute(_ASKINGS, {"alert": alert_id}))


def nearest(tx: Tx, reference: str) -> CurrentRow | None:
    """The alert of that reference; where there is none, one with another. None in an empty store only."""
    place = t.alerts.c.reference
    query = select(t.alerts).order_by(place).limit(1)
    # Both are asked each time: nothing tells whether there is one of that reference.
    after, first = (tx.execute(one).first() for one in (query.where(place >= reference), query))
    row = after or first
    return CurrentRow(*row) if row else None


def by_id(tx: Tx, alert_id: str) -> CurrentRow | None:
    return _one(tx, t.alerts.c.id == alert_id)


def reference_of(tx: Tx, alert_id: str) -> str | None:
    """Also where nothing else of its row can be read."""
    query = select(t.alerts.c.reference).where(t.alerts.c.id == alert_id)
    return tx.execute(query).scalar_one_or_none()


def by_ids(tx: Tx, alert_ids: Iterable[str]) -> dict[str, CurrentRow]:
    """Several alerts at once, by id."""
    query = select(t.alerts).where(t.alerts.c.id.in_(tuple(alert_ids)))
    return {row.id: CurrentRow(*row) for row in tx.execute(query)}


def ids(tx: Tx, council: str | None = None, references: Collection[str] = ()) -> tuple[str, ...]:
    """Every alert that has a row; of one council, or of all; with these references, or with any."""
    query = select(t.alerts.c.id).where(
        true() if council is None else t.alerts.c.council == council,
        t.alerts.c.reference.in_(references) if references else true(),
    )
    return tuple(tx.execute(query.order_by(t.alerts.c.reference)).scalars())


def teams(tx: Tx, council: str) -> dict[str, str]:
    """Of each alert that is not restricted the child's team, by reference; empty where none is said."""
    c = t.alerts.c
    query = select(c.reference, c.team).where(c.council == council, c.is_restricted.is_(False))
    return {row.reference: row.team for row in tx.execute(query)}


def with_another_calendar(tx: Tx, council: str, version: str) -> tuple[str, ...]:
    """Open alerts whose dates rest on another calendar, and rows never worked out since the tables changed."""
    c = t.alerts.c
    query = select(c.id).where(
        c.council == council,
        or_(and_(c.is_open.is_(True), c.calendar != version), c.calendar == ""),
    )
    return tuple(tx.execute(query.order_by(c.reference)).scalars())


def editions_of_open(tx: Tx, council: str) -> tuple[str, ...]:
    """The editions under which this council's open alerts were raised."""
    c = t.alerts.c
    query = select(c.edition).where(open_in(council)).distinct()
    return tuple(tx.execute(query.order_by(c.edition)).scalars())


def open_under(tx: Tx, council: str, editions: Iterable[str], most: int) -> tuple[str, ...]:
    """The ids of open alerts of these editions that are not restricted, by reference."""
    c = t.alerts.c
    query = select(c.id).where(counted_in(council), c.edition.in_(tuple(editions)))
    return tuple(tx.execute(query.order_by(c.reference).limit(most)).scalars())


def open_of(tx: Tx, council: str) -> tuple[str, ...]:
    """The ids of the council's open alerts, by reference; none that only named people may open."""
    c = t.alerts.c
    query = select(c.id).where(counted_in(council))
    return tuple(tx.execute(query.order_by(c.reference)).scalars())


def restricted_ids(tx: Tx, council: str) -> tuple[str, ...]:
    """The alerts that only named people may open, open or closed."""
    c = t.alerts.c
    query = select(c.id).where(c.council == council, c.is_restricted.is_(True))
    return tuple(tx.execute(query.order_by(c.reference)).scalars())


def to_look_at_again(tx: Tx, council: str, today: date) -> tuple[str, ...]:
    """The closed alerts of which it was to be looked at by today what is different for the child."""
    c = t.alerts.c
    due = and_(c.council == council, c.is_open.is_(False), c.look_again <= today)
    return tuple(tx.execute(select(c.id).where(due).order_by(c.reference)).scalars())


def restricted_references(tx: Tx, council: str) -> frozenset[str]:
    c = t.alerts.c
    query = select(c.reference).where(c.council == council, c.is_restricted.is_(True))
    return frozenset(tx.execute(query).scalars())


def restricted_raised_at(tx: Tx, council: str) -> tuple[datetime, ...]:
    """When those of its alerts were raised that only named people may open."""
    c = t.alerts.c
    query = select(c.raised_at).where(c.council == council, c.is_restricted.is_(True))
    return tuple(tx.execute(query.order_by(c.raised_at)).scalars())


def raised_by(tx: Tx, people: Iterable[str]) -> tuple[CurrentRow, ...]:
    """The open alerts that are theirs now, those due first at the top."""
    return _open(tx, t.alerts.c.officer_id.in_(tuple(people)))


def asked_of(tx: Tx, people: Iterable[str]) -> tuple[CurrentRow, ...]:
    """The open alerts in which any of these people is asked at the present stage."""
    present = select(t.askings.c.alert_id).where(
        t.askings.c.person_id.in_(tuple(people)), t.askings.c.is_present.is_(True)
    )
    return _open(tx, t.alerts.c.id.in_(present))


def raised_since(tx: Tx, council: str, since: datetime) -> dict[str, CurrentRow]:
    """The council's alerts raised from that moment on, by reference; none that only named people may open."""
    c = t.alerts.c
    shown = (c.council == council, c.is_restricted.is_(False))
    query = select(t.alerts).where(*shown, c.raised_at >= since)
    return {row.reference: CurrentRow(*row) for row in tx.execute(query.order_by(c.reference))}


def next_reference(tx: Tx, prefix: str, year: int) -> str:
    """The next number of the year: LAM-2026-0042. Numbers are never given twice."""
    found = tx.execute(_NEXT, {"of": prefix, "in": year}).scalar_one_or_none()
    if found is None:
        found = 1
        tx.execute(t.references.insert().values(prefix=prefix, year=year, last=found))
    return f"{prefix}-{year}-{found:04d}"


@dataclass(frozen=True, slots=True)
class LastNumber:
    prefix: str
    year: int
    last: int


def last_numbers(tx: Tx) -> tuple[LastNumber, ...]:
    """The last reference given, for each prefix and year."""
    c = t.references.c
    return tuple(LastNumber(*row) for row in tx.execute(select(c.prefix, c.year, c.last)))


def begin_after(tx: Tx, prefix: str, year: int, last: int) -> None:
    """No number up to this one is given any more."""
    c = t.references.c
    query = select(c.last).where(c.prefix == prefix, c.year == year)
    if (tx.execute(query).scalar_one_or_none() or 0) < last:
        rows.put(tx, t.references, {c.prefix.name: prefix, c.year.name: year, c.last.name: last})


def _one(tx: Tx, which: ColumnElement[bool]) -> CurrentRow | None:
    row = tx.execute(select(t.alerts).where(which)).one_or_none()
    return None if row is None else CurrentRow(*row)


def _open(tx: Tx, which: ColumnElement[bool]) -> tuple[CurrentRow, ...]:
    c = t.alerts.c
    query = select(t.alerts).where(which, c.is_open.is_(True))
    query = query.order_by(c.response_due, c.reference)
    return tuple(CurrentRow(*row) for row in tx.execute(query))
