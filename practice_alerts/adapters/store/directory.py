"""People, who holds which post, and who covers for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select

from practice_alerts.adapters.store import schema as t
from practice_alerts.adapters.store.database import Tx
from practice_alerts.adapters.store.moments import day_text


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    id: str
    name: str
    mail: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody in a post, for a team or (empty team) for the whole council."""

    person_id: str
    council: str
    post: str
    team: str = ""


def add_person(
    tx: Tx, person: DirectoryPerson, posts: Iterable[tuple[str, str, str]], since: date
) -> None:
    """Add somebody with their posts, each as (council, post, team)."""
    tx.execute(
        t.people.insert().values(
            id=person.id, name=person.name, mail=person.mail, sample=person.sample
        )
    )
    for council, post, team in posts:
        give_post(tx, Holding(person.id, council, post, team), since)


def give_post(tx: Tx, holding: Holding, since: date, until: date | None = None) -> None:
    tx.execute(
        t.holdings.insert().values(
            person_id=holding.person_id,
            council=holding.council,
            post=holding.post,
            team=holding.team,
            since=day_text(since),
            until=day_text(until),
        )
    )


def add_cover(tx: Tx, away: str, cover: str, since: date, until: date) -> None:
    tx.execute(
        t.covers.insert().values(
            person_id=away, cover_id=cover, since=day_text(since), until=day_text(until)
        )
    )


def remove_person(tx: Tx, person_id: str, at: str) -> None:
    """From then on they may not sign in and hold no post; their name stays in what they did."""
    tx.execute(t.people.update().where(t.people.c.id == person_id).values(left_at=at))


def person(tx: Tx, person_id: str) -> DirectoryPerson | None:
    row = tx.execute(_people().where(t.people.c.id == person_id)).one_or_none()
    return None if row is None else DirectoryPerson(*row)


def everybody(tx: Tx, council: str | None = None) -> tuple[DirectoryPerson, ...]:
    """Everybody who has not left, by name; of one council, those with a post there."""
    query = _people().where(t.people.c.left_at.is_(None)).order_by(t.people.c.name)
    if council is not None:
        query = query.where(
            t.people.c.id.in_(select(t.holdings.c.person_id).where(t.holdings.c.council == council))
        )
    return tuple(DirectoryPerson(*row) for row in tx.execute(query))


def by_mail(tx: Tx, mail: str) -> tuple[DirectoryPerson, ...]:
    """Everybody at this address who has not left; capitals do not matter."""
    query = _people().where(
        func.lower(t.people.c.mail) == mail.strip().lower(), t.people.c.left_at.is_(None)
    )
    return tuple(DirectoryPerson(*row) for row in tx.execute(query))


def posts_of(tx: Tx, person_id: str, today: date) -> tuple[Holding, ...]:
    query = _holdings(today).where(t.holdings.c.person_id == person_id)
    return tuple(Holding(*row) for row in tx.execute(query))


def holders(
    tx: Tx, council: str, post: str, today: date, team: str = ""
) -> tuple[DirectoryPerson, ...]:
    """Who holds a post: for that team where somebody does, else for the whole council."""
    query = (
        select(
            t.people.c.id, t.people.c.name, t.people.c.mail, t.people.c.sample, t.holdings.c.team
        )
        .join(t.holdings, t.holdings.c.person_id == t.people.c.id)
        .where(
            t.holdings.c.council == council,
            t.holdings.c.post == post,
            t.people.c.left_at.is_(None),
            _in_force(t.holdings, today),
        )
        .order_by(t.people.c.name)
    )
    rows = tx.execute(query).all()
    of_team = [row for row in rows if team and row.team == team]
    general = [row for row in rows if not row.team]
    return tuple(DirectoryPerson(*row[:4]) for row in of_team or general or ([] if team else rows))


def teams(tx: Tx, council: str, today: date) -> tuple[str, ...]:
    query = (
        select(t.holdings.c.team)
        .where(
            t.holdings.c.council == council, t.holdings.c.team != "", _in_force(t.holdings, today)
        )
        .distinct()
        .order_by(t.holdings.c.team)
    )
    return tuple(tx.execute(query).scalars())


def covers_for(tx: Tx, cover_id: str, today: date) -> frozenset[str]:
    """For whom this person stands in today."""
    query = select(t.covers.c.person_id).where(
        t.covers.c.cover_id == cover_id, _in_force(t.covers, today)
    )
    return frozenset(tx.execute(query).scalars())


def covered_by(tx: Tx, person_id: str, today: date) -> tuple[DirectoryPerson, ...]:
    """Who stands in for this person today."""
    query = (
        _people()
        .join(t.covers, t.covers.c.cover_id == t.people.c.id)
        .where(t.covers.c.person_id == person_id, _in_force(t.covers, today))
    )
    return tuple(DirectoryPerson(*row) for row in tx.execute(query))


def anybody(tx: Tx, *, sample: bool | None = None) -> bool:
    """Whether there is anybody at all (of sample people, or of real ones)."""
    query = select(func.count()).select_from(t.people)
    if sample is not None:
        query = query.where(t.people.c.sample.is_(sample))
    return bool(tx.execute(query).scalar_one())


def _people() -> Select[Any]:
    return select(t.people.c.id, t.people.c.name, t.people.c.mail, t.people.c.sample)


def _holdings(today: date) -> Select[Any]:
    c = t.holdings.c
    return select(c.person_id, c.council, c.post, c.team).where(_in_force(t.holdings, today))


def _in_force(table: Table, today: date) -> ColumnElement[bool]:
    day = day_text(today)
    return and_(table.c.since <= day, or_(table.c.until.is_(None), table.c.until >= day))
