"""Notices waiting to go out, written in the transaction of the act they tell of."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.notices.urgency import THOSE_GATHERED

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=30)
_CLAIM = timedelta(minutes=5)  # longer than a mail server can keep one e-mail waiting
_NEVER_SO_FAR = timedelta(
    days=40
)  # no morning is so far away: a clock stood wrong when it was put off
OF_RESTRICTED = "About a restricted alert"
NOT_YOURS = "About an alert that is not yours to open"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to write. Its text names no child and holds nothing that was typed."""

    person_id: str
    notice: str
    subject: str
    body: str
    alert_id: str | None = None
    event_id: int | None = None
    mail: str | None = None
    """Where it goes instead of the address that is held for the person."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that has not gone out yet, with the address it goes to: its own, else that held now."""

    id: str
    mail: str
    name: str
    subject: str
    body: str
    tries: int
    person_id: str
    notice: str
    alert_id: str | None
    council: str | None
    """Of the alert; None where it is about none."""
    written_at: datetime
    next_try_at: datetime
    trouble: str
    """Why it did not go out when it was last tried; empty where it was not."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A notice that waits for its reader's message of the day."""

    id: str
    person_id: str
    notice: str
    subject: str
    body: str
    alert_id: str | None
    council: str | None
    written_at: datetime
    once: str | None
    """The name under which it is written once, as reminders are; None of what follows from an act."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A notice that will not be tried again by itself. `reference` is empty where it is of no alert."""

    id: str
    reference: str
    person_id: str
    name: str
    mail: str
    """The address to which it would go next."""
    notice: str
    subject: str
    tries: int
    trouble: str
    given_up_at: datetime


def write(tx: Tx, notice: NewNotice, at: datetime, once: str | None = None) -> str:
    """Put the notice in the outbox; its id, which becomes the mail's Message-ID, so that twice is once."""
    its_id = secrets.token_urlsafe(16)
    row = {"id": its_id, **asdict(notice), "written_at": at, "next_try_at": at, "once": once}
    tx.execute(t.outbox.insert(), row)
    return its_id


def write_once(tx: Tx, notice: NewNotice, once: str, at: datetime) -> bool:
    """The same, unless a notice named `once` was written before, be it by another process; was it new?

    No other process can write it between the look and the writing: the writer's place is taken.
    """
    if written(tx, (once,)):
        return False
    write(tx, notice, at, once)
    return True


def written(tx: Tx, names: Iterable[str]) -> frozenset[str]:
    """Which of these names a notice was written under."""
    query = select(t.outbox.c.once).where(t.outbox.c.once.in_(tuple(names)))
    return frozenset(tx.execute(query).scalars())


def waiting(tx: Tx, now: datetime, most: int = 20) -> tuple[Waiting, ...]:
    """What is to be tried now by itself, the oldest first: nothing that waits for the message of the day."""
    query = _waiting(now).order_by(t.outbox.c.written_at).limit(most)
    return tuple(Waiting(*row) for row in tx.execute(query))


def beside(tx: Tx, notice: Waiting, alert_ids: Iterable[str], now: datetime) -> tuple[Waiting, ...]:
    """Of the same kind and to the same reader, about these alerts, and to be tried now as well."""
    box = t.outbox.c
    same = (box.person_id == notice.person_id, box.notice == notice.notice, box.id != notice.id)
    query = _waiting(now).where(*same, box.alert_id.in_(tuple(alert_ids)))
    return tuple(Waiting(*row) for row in tx.execute(query.order_by(box.written_at, box.id)))


def _waiting(now: datetime) -> Select[Any]:
    box = t.outbox.c
    return (
        select(
            box.id,
            func.coalesce(box.mail, t.people.c.mail),
            t.people.c.name,
            box.subject,
            box.body,
            box.tries,
            box.person_id,
            box.notice,
            box.alert_id,
            t.alerts.c.council,
            box.written_at,
            box.next_try_at,
            box.last_trouble,
        )
        .join(t.people, t.people.c.id == box.person_id)
        .outerjoin(t.alerts, t.alerts.c.id == box.alert_id)
        .where(box.notice.not_in(THOSE_GATHERED))
        .where(box.sent_at.is_(None), box.given_up_at.is_(None), _is_due(now))
        .where(t.people.c.left_at.is_(None))  # whoever has left is written to no more
    )


def gathered(tx: Tx, person_id: str | None = None) -> tuple[Gathered, ...]:
    """What waits for the message of the day, everybody's or one reader's, the oldest first."""
    box = t.outbox.c
    query = (
        select(box.id, box.person_id, box.notice, box.subject, box.body, box.alert_id)
        .add_columns(t.alerts.c.council, box.written_at, box.once)
        .join(t.people, t.people.c.id == box.person_id)
        .outerjoin(t.alerts, t.alerts.c.id == box.alert_id)
        .where(box.sent_at.is_(None), box.given_up_at.is_(None), t.people.c.left_at.is_(None))
        .where(box.notice.in_(THOSE_GATHERED))
        .order_by(box.written_at, box.id)
    )
    if person_id is not None:
        query = query.where(box.person_id == person_id)
    return tuple(Gathered(*row) for row in tx.execute(query))


def _is_due(now: datetime) -> ColumnElement[bool]:
    next_try = t.outbox.c.next_try_at
    return or_(next_try <= now, next_try > now + _NEVER_SO_FAR)


def claim(tx: Tx, notice: Waiting, now: datetime, by: str) -> bool:
    """Take the notice for this process; False when another took it first. Falls back to all if it dies."""
    box = t.outbox.c
    waits = (box.id == notice.id, box.sent_at.is_(None), box.given_up_at.is_(None))
    free = t.outbox.update().where(*waits, _is_due(now))
    return tx.execute(free.values(next_try_at=now + _CLAIM, claimed_by=by)).rowcount == 1


def claimants(tx: Tx) -> frozenset[str]:
    """The processes that have something in their hands, or had when they ended."""
    box = t.outbox.c
    held = select(box.claimed_by).where(box.sent_at.is_(None), box.claimed_by.is_not(None))
    return frozenset(tx.execute(held.distinct()).scalars())


def take_from(tx: Tx, ended: Iterable[str], now: datetime) -> None:
    """What these processes had in their hands is anybody's again, at once."""
    box = t.outbox.c
    theirs = t.outbox.update().where(box.sent_at.is_(None), box.claimed_by.in_(tuple(ended)))
    tx.execute(theirs.values(next_try_at=now, claimed_by=None))


def are_waiting(tx: Tx, ids: Iterable[str]) -> bool:
    """Each of them, still: none has left, was given up or was taken back."""
    box, wanted = t.outbox.c, {*ids}
    waits = (box.id.in_(wanted), box.sent_at.is_(None), box.given_up_at.is_(None))
    query = select(func.count()).select_from(t.outbox).where(*waits)
    return not wanted or tx.execute(query).scalar_one() == len(wanted)


def given_up(tx: Tx, council: str) -> tuple[GivenUp, ...]:
    """Those that somebody of this council must look at, the newest first."""
    box, alerts, people = t.outbox.c, t.alerts.c, t.people.c
    query: Select[Any] = (
        select(box.id, _unless_restricted(alerts.reference, ""), box.person_id, people.name)
        .add_columns(func.coalesce(box.mail, people.mail), box.notice)
        .add_columns(_unless_restricted(box.subject, OF_RESTRICTED))
        .add_columns(box.tries, box.last_trouble, box.given_up_at)
        .join(t.people, people.id == box.person_id)
        .outerjoin(t.alerts, alerts.id == box.alert_id)
        .where(*_stuck_at(council))
        .order_by(box.given_up_at.desc(), box.id)
    )
    return tuple(GivenUp(*row) for row in tx.execute(query))


def _unless_restricted(said: Any, instead: str) -> ColumnElement[str]:
    """Whoever looks after e-mails does not learn of which alert one is that only named people may open."""
    return case((t.alerts.c.is_restricted.is_(True), instead), else_=func.coalesce(said, ""))


def number_given_up(tx: Tx, council: str) -> int:
    """How many those are; asked for at each look at a page, so counted by itself."""
    query = select(func.count()).select_from(
        t.outbox.outerjoin(t.alerts, t.alerts.c.id == t.outbox.c.alert_id)
    )
    return tx.execute(query.where(*_stuck_at(council))).scalar_one()


def _stuck_at(council: str) -> tuple[ColumnElement[bool], ...]:
    """Given up, and the council's by its alert; without an alert, by a post of its reader."""
    box, held = t.outbox.c, t.holdings.c
    of_reader = box.person_id.in_(select(held.person_id).where(held.council == council))
    here = or_(t.alerts.c.council == council, and_(box.alert_id.is_(None), of_reader))
    return (box.sent_at.is_(None), box.given_up_at.is_not(None), here)


def try_again(tx: Tx, notice_id: str, at: datetime) -> bool:
    """Let a notice that was given up wait again from the start; False when it is not given up."""
    box = t.outbox.c
    stuck = (box.id == notice_id, box.given_up_at.is_not(None), box.sent_at.is_(None))
    anew = {"given_up_at": None, "tries": 0, "next_try_at": at}
    return tx.execute(t.outbox.update().where(*stuck).values(anew)).rowcount == 1


def take_back(tx: Tx, alert_id: str, people: Iterable[str]) -> None:
    """What waits about this alert goes to nobody but these."""
    box = t.outbox.c
    waits = (box.alert_id == alert_id, box.sent_at.is_(None))
    tx.execute(t.outbox.delete().where(*waits, box.person_id.not_in(tuple(people))))


def take_back_from(tx: Tx, alert_id: str, people: Iterable[str]) -> None:
    """What waits about this alert goes to none of these."""
    box = t.outbox.c
    waits = (box.alert_id == alert_id, box.sent_at.is_(None))
    tx.execute(t.outbox.delete().where(*waits, box.person_id.in_(tuple(people))))


def postpone(tx: Tx, notice_id: str, until: datetime) -> None:
    """Not to be tried before then, and no try the less."""
    _set(tx, notice_id, next_try_at=until, claimed_by=None)


def drop(tx: Tx, ids: Iterable[str]) -> None:
    """These go to nobody any more."""
    tx.execute(t.outbox.delete().where(t.outbox.c.id.in_(tuple(ids))))


def say(tx: Tx, notice_id: str, subject: str, body: str) -> None:
    """What a message that is put together says as it goes out."""
    _set(tx, notice_id, subject=subject, body=body)


def went_out(tx: Tx, notice_id: str, at: datetime, within: Iterable[str] = ()) -> None:
    """It has left, and `within` it those that were gathered."""
    for one in (notice_id, *within):
        _set(tx, one, sent_at=at, last_trouble="", claimed_by=None)


def all_went_out(tx: Tx, at: datetime) -> None:
    """Nothing of what waits is to be sent any more."""
    box = t.outbox.c
    waits = (box.sent_at.is_(None), box.given_up_at.is_(None))
    tx.execute(t.outbox.update().where(*waits).values(sent_at=at, last_trouble=""))


def standing(tx: Tx, now: datetime) -> tuple[int, datetime | None, int]:
    """How many should be gone by now, since when the oldest was written, and how many were given up."""
    box = t.outbox.c
    waits = (box.sent_at.is_(None), box.given_up_at.is_(None), box.notice.not_in(THOSE_GATHERED))
    of_somebody = box.person_id.in_(select(t.people.c.id).where(t.people.c.left_at.is_(None)))
    due = or_(box.next_try_at <= now, box.tries > 0)
    query = select(func.count(), func.min(box.written_at)).where(*waits, of_somebody, due)
    waiting_now, oldest = tx.execute(query).one()
    stuck = select(func.count()).where(box.sent_at.is_(None), box.given_up_at.is_not(None))
    return waiting_now, oldest, tx.execute(stuck.select_from(t.outbox)).scalar_one()


def hold_all(tx: Tx, trouble: str, at: datetime) -> int:
    """Nothing of what waits goes by itself: somebody must look at it; how many."""
    box = t.outbox.c
    waits = (box.sent_at.is_(None), box.given_up_at.is_(None))
    held = t.outbox.update().where(*waits).values(given_up_at=at, last_trouble=trouble)
    return tx.execute(held).rowcount


def did_not_go_out(
    tx: Tx, notice: Waiting, trouble: str, at: datetime, *, for_good: bool = False
) -> None:
    """It waits longer each time, up to half an hour, for as long as it takes; `for_good`: somebody must look at it."""
    tries = notice.tries + 1
    values = {"tries": tries, "last_trouble": trouble, "next_try_at": at + _wait(tries)}
    _set(tx, notice.id, **values, claimed_by=None, given_up_at=at if for_good else None)


def is_only_this_reader(tx: Tx, notice: Waiting, trouble: str) -> bool:
    """Is it refused again in the same words, though another reader's e-mail was taken since?

    Else it may be a mail server that takes nothing from us, such as one that was set up wrongly.
    """
    box = t.outbox.c
    last_tried = notice.next_try_at - _wait(notice.tries)
    another = box.person_id != notice.person_id, box.sent_at >= last_tried
    query = select(func.count()).select_from(t.outbox).where(*another)
    return notice.trouble == trouble and bool(tx.execute(query).scalar_one())


def _wait(tries: int) -> timedelta:
    """Between the try of that number and the next."""
    return min(_FIRST_WAIT * 2 ** min(tries - 1, 12), _LONGEST_WAIT) if tries else timedelta()


def _set(tx: Tx, notice_id: str, **values: object) -> None:
    tx.execute(t.outbox.update().where(t.outbox.c.id == notice_id).values(**values))
