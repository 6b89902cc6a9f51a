"""People, who holds which post, and who covers for whom."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
)

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import read_once
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.vacancies import HeldPost

_P, _H = t.people.c, t.holdings.c
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    id: str
    name: str
    mail: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class PostHolding:
    """Somebody in a post, for a team or (empty team) for the whole council."""

    person_id: str
    council: str
    post: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Covering:
    """Somebody stands in for somebody who is away, from a first day to a last one."""

    id: int
    away_id: str
    away: str
    cover_id: str
    cover: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What stands in somebody's name: open alerts of theirs, and alerts that wait for their answer."""

    own: int
    asked: int


def add_person(
    tx: Tx, person: DirectoryPerson, posts: Iterable[tuple[str, str, str]], since: date
) -> None:
    """Add somebody with their posts, each as (council, post, team)."""
    tx.execute(t.people.insert(), asdict(person))
    for council, post, team in posts:
        give_post(tx, PostHolding(person.id, council, post, team), since)


def give_post(tx: Tx, holding: PostHolding, since: date, until: date | None = None) -> None:
    tx.execute(t.holdings.insert(), asdict(holding) | {"since": since, "until": until})


def end_post(tx: Tx, holding_id: int, until: date) -> None:
    """Make this the last day in the post; one that would not have begun by then is taken back."""
    end_span(tx, t.holdings, _H.id == holding_id, until)


def add_cover(tx: Tx, away: str, cover: str, since: date, until: date) -> None:
    row = {"person_id": away, "cover_id": cover, "since": since, "until": until}
    tx.execute(t.covers.insert(), row)


def end_cover(tx: Tx, cover_id: int, until: date) -> None:
    """Make this the last day of it; what would not have begun by then is taken back."""
    end_span(tx, t.covers, t.covers.c.id == cover_id, until)


def change_person(tx: Tx, person_id: str, name: str, mail: str) -> None:
    tx.execute(t.people.update().where(_P.id == person_id).values(name=name, mail=mail))


def remove_person(tx: Tx, person_id: str, at: datetime) -> None:
    """From then on they may not sign in, hold no post and stand in for nobody.

    Their name stays in what they did. Whoever stands in for them goes on doing so.
    """
    tx.execute(t.people.update().where(_P.id == person_id).values(left_at=at))
    day = london_date(at)
    end_span(tx, t.holdings, _H.person_id == person_id, day)
    end_span(tx, t.covers, t.covers.c.cover_id == person_id, day - _DAY)


def person(tx: Tx, person_id: str) -> DirectoryPerson | None:
    row = next(iter(read_once(tx, _PERSON, person=person_id)), None)
    return None if row is None else DirectoryPerson(*row)


def everybody(tx: Tx, council: str | None = None) -> tuple[DirectoryPerson, ...]:
    """Everybody who has not left, by name; of one council, those with a post there."""
    rows = read_once(tx, _EVERYBODY) if council is None else read_once(tx, _ALL_HERE, here=council)
    return tuple(DirectoryPerson(*row) for row in rows)


def names(tx: Tx, ids: Iterable[str]) -> dict[str, str]:
    """The names of these people by id, whether or not they have left."""
    query = select(_P.id, _P.name).where(_P.id.in_(tuple(ids)))
    return {row.id: row.name for row in tx.execute(query)}


def mails(tx: Tx, ids: Iterable[str]) -> dict[str, str]:
    """The addresses of these people by id, of those who have not left."""
    query = select(_P.id, _P.mail).where(_P.id.in_(tuple(ids)), _P.left_at.is_(None))
    return {row.id: row.mail for row in tx.execute(query)}


def by_mail(tx: Tx, mail: str) -> tuple[DirectoryPerson, ...]:
    """Everybody at this address who has not left; capitals do not matter."""
    here = func.lower(_P.mail) == mail.strip().lower()
    query = _people().where(here, _P.left_at.is_(None))
    return tuple(DirectoryPerson(*row) for row in tx.execute(query))


def holdings_of(tx: Tx, council: str) -> tuple[HeldPost, ...]:
    """Every post of a council that anybody has held, holds or is to hold, by post, team and time."""
    query: Select[Any] = (
        select(_H.id, _H.person_id, _P.name, _H.post, _H.team, _H.since, _H.until, _P.left_at)
        .join(t.people, _P.id == _H.person_id)
        .where(_H.council == council)
        .order_by(_H.post, _H.team, _H.since, _P.name)
    )
    return tuple(_held(row) for row in tx.execute(query))


def _held(row: Row[Any]) -> HeldPost:
    ends = [row.until] if row.until else []
    if row.left_at:  # whoever left today holds nothing today
        ends.append(london_date(row.left_at) - _DAY)
    until = min(ends, default=None)
    return HeldPost(row.id, row.person_id, row.name, row.post, row.team, row.since, until)


def council_of_holding(tx: Tx, holding_id: int) -> str | None:
    return tx.execute(select(_H.council).where(_H.id == holding_id)).scalar_one_or_none()


def posts_to_come(tx: Tx, person_id: str, today: date) -> tuple[PostHolding, ...]:
    """What this person holds today or is to hold."""
    theirs = _holdings().where(_H.person_id == person_id, _not_over(t.holdings, today))
    return tuple(PostHolding(*row) for row in tx.execute(theirs))


def posts_ever(tx: Tx, person_id: str) -> tuple[PostHolding, ...]:
    """What this person has held, holds or is to hold."""
    theirs = tx.execute(_holdings().where(_H.person_id == person_id))
    return tuple(PostHolding(*row) for row in theirs)


def held_elsewhere(tx: Tx, council: str, today: date) -> frozenset[str]:
    """Who holds a post in another council, or is to hold one."""
    query = select(_H.person_id).where(_H.council != council, _not_over(t.holdings, today))
    return frozenset(tx.execute(query).scalars())


def councils_of(tx: Tx, person_id: str, today: date) -> frozenset[str]:
    """Where this person holds a post or is to hold one."""
    return frozenset(one.council for one in posts_to_come(tx, person_id, today))


def coverings(tx: Tx, today: date, council: str | None = None) -> tuple[Covering, ...]:
    """Who stands in for whom today and later, by first day; of one council, for those with a post there."""
    away, cover, c = t.people.alias(), t.people.alias(), t.covers.c
    query = (
        select(c.id, c.person_id, away.c.name, c.cover_id, cover.c.name, c.since, c.until)
        .join(away, away.c.id == c.person_id)
        .join(cover, cover.c.id == c.cover_id)
        .where(c.until >= today)
        .order_by(c.since, away.c.name, c.id)
    )
    if council is not None:
        query = query.where(c.person_id.in_(_with_post_in(council)))
    return tuple(Covering(*row) for row in tx.execute(query))


def left_unfinished(tx: Tx, council: str | None = None) -> tuple[DirectoryPerson, ...]:
    """Who has left while alerts of this council are still theirs or wait for their answer, by name."""
    of_council = true() if council is None else t.alerts.c.council == council
    open_here = (t.alerts.c.is_open, of_council)
    mine = select(t.alerts.c.officer_id).where(*open_here)
    asked = (
        select(t.askings.c.person_id)
        .join(t.alerts, t.alerts.c.id == t.askings.c.alert_id)
        .where(t.askings.c.is_present, *open_here)
    )
    who = _P.id
    query = _people().where(_P.left_at.is_not(None), or_(who.in_(mine), who.in_(asked)))
    return tuple(DirectoryPerson(*row) for row in tx.execute(query.order_by(_P.name)))


def unfinished(tx: Tx, person_id: str, reader: str = "") -> Unfinished:
    """What has to be somebody else's when they go; nothing of a child in whom its reader has an interest."""
    hidden = select(t.shut_out.c.alert_id).where(t.shut_out.c.person_id == reader)
    here = (t.alerts.c.is_open, t.alerts.c.id.not_in(hidden))
    count = select(func.count()).select_from(t.alerts).where(*here)
    asked = t.askings.c.person_id == person_id, t.askings.c.is_present
    waits = t.alerts.c.id.in_(select(t.askings.c.alert_id).where(*asked))
    own = t.alerts.c.officer_id == person_id
    return Unfinished(*(tx.execute(count.where(which)).scalar_one() for which in (own, waits)))


def waits_for(
    tx: Tx,
    person_id: str,
    *,
    council: str | None = None,
    officer_id: str | None = None,
    restricted: bool = True,
) -> tuple[str, ...]:
    """The open alerts that wait for this person's answer, by reference: of that council, of that officer.

    Without those that are `restricted`, where it is told to whoever keeps the directory.
    """
    c = t.alerts.c
    query = (
        select(c.reference)
        .join(t.askings, t.askings.c.alert_id == c.id)
        .where(t.askings.c.person_id == person_id, t.askings.c.is_present, c.is_open)
        .where(true() if council is None else c.council == council)
        .where(true() if officer_id is None else c.officer_id == officer_id)
        .where(true() if restricted else c.is_restricted.is_(False))
        .order_by(c.reference)
    )
    return tuple(tx.execute(query).scalars())


def posts_of(tx: Tx, person_id: str, today: date) -> tuple[PostHolding, ...]:
    found = read_once(tx, _POSTS_OF, person=person_id, today=today)
    return tuple(PostHolding(*row) for row in found)


def holders(
    tx: Tx, council: str, post: str, today: date, team: str = ""
) -> tuple[DirectoryPerson, ...]:
    """Who holds a post: for that team where somebody does, else for the whole council."""
    rows = holders_by_team(tx, council, post, today)
    of_team = [person for person, of in rows if team and of == team]
    general = [person for person, of in rows if not of]
    found = of_team or general or ([] if team else [person for person, _ in rows])
    return tuple(dict.fromkeys(found))


def holders_by_team(
    tx: Tx, council: str, post: str, today: date
) -> tuple[tuple[DirectoryPerson, str], ...]:
    """Everybody who holds a post, by name, each with the team; an empty one for the whole council."""
    found = read_once(tx, _HOLDERS, council=council, post=post, today=today)
    return tuple((DirectoryPerson(*row[:4]), row.team) for row in found)


def teams(tx: Tx, council: str, today: date) -> tuple[str, ...]:
    query = (
        select(_H.team)
        .where(_H.council == council, _H.team != "", in_force(t.holdings, today))
        .distinct()
        .order_by(_H.team)
    )
    return tuple(tx.execute(query).scalars())


def covers_for(tx: Tx, cover_id: str, today: date) -> frozenset[str]:
    """For whom this person stands in today."""
    return frozenset(
        row.person_id for row in read_once(tx, _COVERS_FOR, cover=cover_id, today=today)
    )


def covered_by(tx: Tx, person_id: str, today: date) -> tuple[DirectoryPerson, ...]:
    """Who stands in for this person today."""
    found = read_once(tx, _COVERED_BY, person=person_id, today=today)
    return tuple(DirectoryPerson(*row) for row in found)


def anybody(tx: Tx, *, sample: bool | None = None) -> bool:
    """Whether there is anybody at all (of sample people, or of real ones)."""
    query = select(func.count()).select_from(t.people)
    if sample is not None:
        query = query.where(_P.sample.is_(sample))
    return bool(tx.execute(query).scalar_one())


def end_span(tx: Tx, table: Table, which: ColumnElement[bool], until: date) -> None:
    """Make this the last day of what `which` picks; what would not have begun by then is taken back."""
    tx.execute(table.delete().where(which, table.c.since > until))
    still = or_(table.c.until.is_(None), table.c.until > until)
    tx.execute(table.update().where(which, still).values(until=until))


def _people() -> Select[Any]:
    return select(_P.id, _P.name, _P.mail, _P.sample)


def _holdings() -> Select[Any]:
    return select(_H.person_id, _H.council, _H.post, _H.team)


def _with_post_in(council: str | BindParameter[str]) -> Select[Any]:
    return select(_H.person_id).where(_H.council == council)


def in_force(table: Table, today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Has it begun by this day, and not ended before it?"""
    return and_(table.c.since <= today, _not_over(table, today))


def _not_over(table: Table, today: date | BindParameter[date]) -> ColumnElement[bool]:
    return or_(table.c.until.is_(None), table.c.until >= today)


# Asked many times in each act, and building a statement costs as much as running it: these are built once.
_TODAY: BindParameter[date] = bindparam("today")
_ONE: BindParameter[str] = bindparam("person")
_PERSON = _people().where(_P.id == _ONE)
_EVERYBODY = _people().where(_P.left_at.is_(None)).order_by(_P.name)
_ALL_HERE = _EVERYBODY.where(_P.id.in_(_with_post_in(bindparam("here"))))
_POSTS_OF = _holdings().where(in_force(t.holdings, _TODAY), _H.person_id == _ONE)
_HOLDERS = (
    _people()
    .add_columns(_H.team)
    .join(t.holdings, _H.person_id == _P.id)
    .where(_H.council == bindparam("council"), _H.post == bindparam("post"))
    .where(_P.left_at.is_(None), in_force(t.holdings, _TODAY))
    .order_by(_P.name, _P.id, _H.team)
)
_COVERS_FOR = select(t.covers.c.person_id).where(
    t.covers.c.cover_id == bindparam("cover"), in_force(t.covers, _TODAY)
)
_COVERED_BY = (
    _people()
    .join(t.covers, t.covers.c.cover_id == _P.id)
    .where(t.covers.c.person_id == _ONE, in_force(t.covers, _TODAY))
)
