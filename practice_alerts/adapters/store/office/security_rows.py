"""The rows of the security log. They are only ever added; what was typed lies apart and goes in time, and old ones go by an event."""

import json
import logging
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.exc import DataError, SQLAlchemyError

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.domain.alert.hash_chain import START, canonical, digest_of
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.domain.seeing.security_entries import (
    LONGEST_TYPED,
    EntriesRemoved,
    SecurityEntry,
    SecurityKind,
)
from practice_alerts.domain.text import as_kept

_LOG = logging.getLogger("practice_alerts.security_log")
_REMEMBERED = 2_000
_PATIENCE = 5.0  # seconds: somebody waits to read
_AT_ONCE = 500
_OF_STRANGERS, _STRANGERS_IN = 60, timedelta(minutes=10)
"""So many entries hold what strangers typed: the log is kept for years, and nobody outside shall fill it."""
_ONE_FLOOD = timedelta(minutes=1)
_MORE = "more often than each is put down"
_KEPT = tuple(column.name for column in t.security_log.columns)

_ACCEPTED: Final = "security_log_accepted"

_C = t.security_log.c
_LAST = select(func.max(_C.id))
_ADD = t.security_log.insert()
_ADD_TYPED = t.security_typed.insert()


def add(tx: Tx, entry: SecurityEntry, at: datetime) -> None:
    """In the transaction of what it tells of."""
    number = (tx.execute(_LAST).scalar_one() or 0) + 1
    typed, salt = as_kept(entry.typed[:LONGEST_TYPED]), secrets.token_hex(16)
    row = asdict(entry) | {
        "id": number,
        "what": as_kept(entry.what),
        "at": at,
        "digest": digest_of(salt, typed) if typed else "",
    }
    del row["typed"]
    tx.execute(_ADD, row)
    if typed:
        tx.execute(_ADD_TYPED, {"entry_id": number, "salt": salt, "typed": typed})


class SecurityLog:
    """Puts down what somebody does, before they get what they asked for.

    Nobody is turned away because the store cannot be written to: then the entry goes to the log of the process, as
    the line that would be exported. An entry that no store would take is a fault, and they do not get it.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._lately: OrderedDict[SecurityEntry, datetime] = OrderedDict()
        self._strangers: deque[datetime] = deque(maxlen=_OF_STRANGERS)
        self._lock = threading.Lock()

    def note(self, entry: SecurityEntry, *, once_in: timedelta = timedelta()) -> bool:
        """Was it kept? `once_in`: the same again within so long is one entry, as of a page that draws itself anew."""
        now = self._now()
        if once_in and self._was_lately(entry, now, once_in):
            return False
        if entry.person_id is None and entry.typed and self._is_flood(now):
            more = replace(entry, what=f"{entry.what}, {_MORE}", typed="")
            return self.note(more, once_in=_ONE_FLOOD)
        try:
            with self._database.writing(_PATIENCE) as tx:
                add(tx, entry, now)
        except DataError:
            raise
        except (SQLAlchemyError, ToldPlainly, OSError) as trouble:
            said = {**asdict(entry), "at": stamp(now)}
            del said["typed"]
            _LOG.error("Not written (%s): %s", type(trouble).__name__, json.dumps(said))
            return False
        return True

    def _is_flood(self, now: datetime) -> bool:
        """Has as much been put down lately as is of strangers? What is put down now counts."""
        with self._lock:
            many = len(self._strangers) == _OF_STRANGERS
            if many and timedelta() <= now - self._strangers[0] < _STRANGERS_IN:
                return True
            self._strangers.append(now)
            return False

    def _was_lately(self, entry: SecurityEntry, now: datetime, once_in: timedelta) -> bool:
        with self._lock:
            before = self._lately.get(entry)
            if before is not None and timedelta() <= now - before < once_in:
                return True
            self._lately[entry] = now
            self._lately.move_to_end(entry)
            while len(self._lately) > _REMEMBERED:
                self._lately.popitem(last=False)
            return False


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """As it is kept. `typed` is None where nothing was typed, or it is gone, or not for the reader."""

    id: int
    at: datetime
    kind: SecurityKind
    person_id: str | None
    council: str
    alert_id: str
    what: str
    digest: str
    reference: str = ""
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class EntriesSought:
    """Which entries; empty for all."""

    since: datetime | None = None
    before: datetime | None = None
    kinds: frozenset[SecurityKind] = frozenset()
    words: str = ""
    """A part of a name or of a reference."""
    person_id: str = ""
    alert_id: str = ""
    council: str = ""
    """Of this council, and of none of its alerts by itself."""


@dataclass(frozen=True, slots=True)
class AuditReader:
    """Who reads it: somebody who audits a council."""

    id: str
    council: str


def latest(
    tx: Tx, what: EntriesSought, reader: AuditReader | None, most: int
) -> tuple[KeptEntry, ...]:
    """The latest first, as far as this reader may know; without one, everything."""
    query = _query(what, reader).order_by(_C.id.desc()).limit(most)
    return tuple(_kept(row, reader) for row in tx.execute(query))


def from_first(
    database: Database, what: EntriesSought, reader: AuditReader | None, after: int = 0
) -> Iterator[tuple[KeptEntry, ...]]:
    """The earliest first, a few hundred at a time, so that no read stays open meanwhile."""
    last = after
    while True:
        query = _query(what, reader).where(_C.id > last).order_by(_C.id).limit(_AT_ONCE)
        with database.reading() as tx:
            rows = tx.execute(query).all()
        if not rows:
            return
        yield tuple(_kept(row, reader) for row in rows)
        last = rows[-1].id


def has_typed(tx: Tx, before: datetime) -> bool:
    query = select(_C.id).join(t.security_typed, t.security_typed.c.entry_id == _C.id)
    return tx.execute(query.where(_C.at < before).limit(1)).first() is not None


def destroy_typed(tx: Tx, before: datetime) -> int:
    """What was typed before then; the entries stay. How many there were."""
    old = select(_C.id).where(_C.at < before)
    return tx.execute(
        t.security_typed.delete().where(t.security_typed.c.entry_id.in_(old))
    ).rowcount


def shipped(one: KeptEntry) -> dict[str, str | int | None]:
    """As it is exported: ids, and nothing that was typed."""
    return {
        "id": one.id,
        "at": stamp(one.at),
        "kind": one.kind,
        "person_id": one.person_id,
        "council": one.council,
        "alert_id": one.alert_id,
        "what": one.what,
        "digest": one.digest,
    }


def first_moment(tx: Tx) -> datetime | None:
    """When the earliest of the entries was put down; None where there is none."""
    return tx.execute(select(_C.at).order_by(_C.id).limit(1)).scalar_one_or_none()


def older(tx: Tx, before: datetime, most: int) -> EntriesRemoved | None:
    """What would be said of them if they were removed: from the first on, without a gap; None where there is none."""
    younger = tx.execute(select(func.min(_C.id)).where(_C.at >= before)).scalar_one()
    query = _query(EntriesSought(), None).order_by(_C.id).limit(most)
    if younger is not None:
        query = query.where(_C.id < younger)
    found = [_kept(row, None) for row in tx.execute(query)]
    if not found:
        return None
    digest = START
    for one in found:
        digest = digest_of(digest, canonical(shipped(one)))
    first, last = found[0], found[-1]
    return EntriesRemoved(
        first=first.id,
        last=last.id,
        count=len(found),
        since=first.at,
        before=before,
        digest=digest,
    )


def remove(tx: Tx, until: int) -> None:
    """Those up to that number. An event that says so has to be there: without one the guard lets none of them go."""
    tx.execute(t.security_typed.delete().where(t.security_typed.c.entry_id <= until))
    tx.execute(t.security_log.delete().where(_C.id <= until))


def is_whole(tx: Tx, removed: int) -> bool:
    """Is each entry there from the one after `removed` on, and none before? Of what somebody has accepted nothing is asked."""
    since = max(removed, int(office_settings.fact(tx, _ACCEPTED) or 0))
    first = tx.execute(select(func.min(_C.id))).scalar_one() or removed + 1
    last = tx.execute(_LAST).scalar_one() or 0
    later = tx.execute(select(func.count()).where(_C.id > since)).scalar_one()
    return first > removed and later == last - since


def accept(tx: Tx) -> None:
    """Whatever is missing of what was put down so far: a person goes on with it."""
    office_settings.put_fact(tx, _ACCEPTED, str(tx.execute(_LAST).scalar_one() or 0))


def _kept(row: Row[Any], reader: AuditReader | None) -> KeptEntry:
    council = None if reader is None else reader.council
    is_own = council in {None, row.council} or bool(row.is_of_own)
    return KeptEntry(
        **{name: getattr(row, name) for name in _KEPT},
        reference=(row.reference or "") if council in {None, row.alerts_council} else "",
        typed=row.typed if is_own else None,
    )


def _query(what: EntriesSought, reader: AuditReader | None) -> Select[Any]:
    a, typed = t.alerts.c, t.security_typed.c
    council = "" if reader is None else reader.council
    query = (
        select(
            t.security_log,
            a.reference,
            a.council.label("alerts_council"),
            typed.typed,
            _of_council(council).label("is_of_own"),
        )
        .join_from(t.security_log, t.alerts, a.id == _C.alert_id, isouter=True)
        .join(t.security_typed, typed.entry_id == _C.id, isouter=True)
    )
    return query.where(*_wanted(what), *([] if reader is None else _readable(reader)))


def _of_council(council: str) -> ColumnElement[bool]:
    """Is it of somebody who holds, or once held, a post in this council?"""
    held = select(t.holdings.c.person_id).where(t.holdings.c.council == council)
    return _C.person_id.in_(held)


def _readable(reader: AuditReader) -> Iterator[ColumnElement[bool]]:
    """Of the own council and its people; of strangers, that there were any.

    Nothing of alerts that only named people open, or about a child in whom the reader has an interest.
    """
    a = t.alerts.c
    theirs = and_(
        _of_council(reader.council), or_(_C.council == "", _C.kind == SecurityKind.REFUSED)
    )
    nobodys = and_(_C.council == "", _C.person_id.is_(None))
    yield or_(_C.council == reader.council, theirs, nobodys)
    out = select(t.shut_out.c.alert_id).where(t.shut_out.c.person_id == reader.id)
    yield or_(a.id.is_(None), and_(a.is_restricted.is_(False), a.id.not_in(out)))


def _wanted(what: EntriesSought) -> Iterator[ColumnElement[bool]]:
    if what.since is not None:
        yield _C.at >= what.since
    if what.before is not None:
        yield _C.at < what.before
    if what.kinds:
        yield _C.kind.in_(sorted(what.kinds))
    if what.person_id:
        yield _C.person_id == what.person_id
    if what.alert_id:
        yield _C.alert_id == what.alert_id
    if what.council:
        yield and_(_C.council == what.council, _C.alert_id == "")
    if what.words:
        p = t.people.c
        called = select(p.id).where(p.name.icontains(what.words, autoescape=True))
        reference = t.alerts.c.reference.icontains(what.words, autoescape=True)
        yield or_(_C.person_id.in_(called), reference)
