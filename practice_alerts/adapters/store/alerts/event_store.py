"""Events and payloads: appended, read, verified. Nothing here changes or removes an event."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar, get_args

from sqlalchemy import RowMapping, Select, bindparam, func, select

from practice_alerts.adapters.store.core import seals, unsealed
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import names_of, read_once, recall, remember
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.domain.alert.destroyed import REDACTED, Destroys, Redacted
from practice_alerts.domain.alert.events import (
    EVENTS,
    Event,
    Happened,
    read_event,
    written,
)
from practice_alerts.domain.alert.hash_chain import START, Link, canonical, digest_of
from practice_alerts.domain.directory.directory_acts import DirectoryEvent
from practice_alerts.domain.errors import SomeoneWasFaster

_AT_ONCE = 200  # alerts read together
_One = TypeVar("_One")
_EVERY: tuple[type[Any], ...] = (*EVENTS, *get_args(DirectoryEvent))
DESTROYING = tuple(
    str(one.model_fields["kind"].default) for one in _EVERY if issubclass(one, Destroys)
)
"""The kinds of events that say of others that what was typed in them is destroyed."""

_Rows = list[dict[str, Any]]

DIRECTORY = "directory:"
"""Before a council's id it stands, in the chain, where else an alert's id does. No alert has such an id."""

# Asked at each act: building these costs more than running them.
_E = t.events.c
_OF_ONE = _E.alert_id == bindparam("alert")
_LATEST = select(func.max(_E.at), func.max(_E.number)).where(_OF_ONE)
_NEW_EVENT, _NEW_PAYLOAD = t.events.insert(), t.payloads.insert()
_REST_ON = names_of((t.events, t.payloads))
_DONE = (
    select(_E.alert_id)
    .where(
        _E.act_key == bindparam("key"), _E.person_id == bindparam("by"), _E.kind == bindparam("of")
    )
    .order_by(_E.id)
)
_DONE_FIRST = _DONE.limit(1)
_DONE_TO_IT = _DONE_FIRST.where(_OF_ONE)


@dataclass(frozen=True, slots=True)
class NewAct:
    """One act about to be recorded: its events happen together, at one moment, by one person."""

    alert_id: str
    by: str
    at: datetime
    act_key: str
    events: tuple[Event | DirectoryEvent, ...]
    expected_version: int
    """How many events the alert had when the person decided."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the chain does not hold."""

    event_id: int
    says: str


def last_at(tx: Tx, alert_id: str) -> datetime | None:
    """When the latest event of the alert happened; None where there is none."""
    if (known := _remembered(tx, alert_id)) is not None:
        return max(one.at for one in known)
    (found, _), *_ = read_once(tx, _LATEST, alert=alert_id)
    return datetime.fromisoformat(found) if found else None


def last_moment(tx: Tx) -> datetime | None:
    """When the last event happened; None where there is none."""
    query = select(t.events.c.at).order_by(t.events.c.id.desc()).limit(1)
    found = tx.execute(query).scalar_one_or_none()
    return datetime.fromisoformat(found) if found else None


def moment_after(tx: Tx, event_id: int) -> datetime | None:
    """When the next event of an alert after this one happened; None where there is none."""
    later = (t.events.c.id > event_id, t.events.c.alert_id.not_like(f"{DIRECTORY}%"))
    query = select(t.events.c.at).where(*later).order_by(t.events.c.id).limit(1)
    found = tx.execute(query).scalar_one_or_none()
    return datetime.fromisoformat(found) if found else None


def append(tx: Tx, act: NewAct) -> tuple[int, ...]:
    """Add the act's events and their payloads; their ids. Raises SomeoneWasFaster."""
    at_present = version(tx, act.alert_id)
    if at_present != act.expected_version:
        raise SomeoneWasFaster
    if not act.events:
        return ()
    rows, payloads = _chained(act, *head(tx))
    known = () if at_present == 0 else _remembered(tx, act.alert_id)
    _add(tx, rows, payloads)
    added = ({**row, **said} for row, said in zip(rows, payloads, strict=True))
    if known is not None and not act.alert_id.startswith(DIRECTORY):
        _remember(tx, act.alert_id, (*known, *(_read(one, {}) for one in added)))
    return tuple(row["id"] for row in rows)


def append_all(tx: Tx, acts: Iterable[NewAct]) -> list[int]:
    """Of alerts that are new, and told in one go; the ids of all their events."""
    rows, payloads = list[dict[str, Any]](), list[dict[str, Any]]()
    last, previous = head(tx)
    for act in acts:
        more, said = _chained(act, last, previous)
        rows += more
        payloads += said
        last, previous = more[-1]["id"], more[-1]["hash"]
    _add(tx, rows, payloads)
    return [row["id"] for row in rows]


def _add(tx: Tx, rows: _Rows, payloads: _Rows) -> None:
    unsealed.adds(tx, (row["hash"] for row in rows))
    tx.execute(_NEW_EVENT, rows)
    tx.execute(_NEW_PAYLOAD, payloads)


def _chained(act: NewAct, last_id: int, previous: str) -> tuple[_Rows, _Rows]:
    """The rows of its events, each after the one before it in the one chain, and of their payloads."""
    rows, payloads = list[dict[str, Any]](), list[dict[str, Any]]()
    for offset, event in enumerate(act.events, start=1):
        salt, body = secrets.token_hex(16), canonical(written(event))
        link = Link(
            id=last_id + offset,
            alert_id=act.alert_id,
            number=act.expected_version + offset,
            kind=event.kind,
            at=stamp(act.at),
            person_id=act.by,
            act_key=act.act_key,
            digest=digest_of(salt, body),
        )
        row = {name: getattr(link, name) for name in Link.__slots__}
        its_hash = link.hash_after(previous)
        rows.append({**row, "previous_hash": previous, "hash": its_hash})
        payloads.append({"event_id": link.id, "salt": salt, "body": body})
        previous = its_hash
    return rows, payloads


def done_before(
    tx: Tx, act_key: str, by: str, kind: str, alert_id: str | None = None
) -> str | None:
    """The alert's id if this very person recorded this very act under this key: pressing twice acts once.

    The key alone says nothing: whoever knows somebody else's has done nothing with it. `alert_id` is left
    out for an act that makes an alert.
    """
    query = _DONE_FIRST if alert_id is None else _DONE_TO_IT
    same = {"key": act_key, "by": by, "of": kind, "alert": alert_id}
    return tx.execute(query, same).scalar_one_or_none()


def done_under(tx: Tx, act_key: str, by: str, kind: str) -> tuple[str, ...]:
    """Every alert on which this person recorded such an act under this key, where one press acts on many."""
    return tuple(tx.execute(_DONE, {"key": act_key, "by": by, "of": kind}).scalars())


def happened(tx: Tx, alert_id: str) -> tuple[Happened, ...]:
    """Everything that happened to one alert, in order."""
    known = _remembered(tx, alert_id)
    if known is None:
        known = happened_to_each(tx, (alert_id,)).get(alert_id, ())
        if known:
            _remember(tx, alert_id, known)
    return known


def _remembered(tx: Tx, alert_id: str) -> tuple[Happened, ...] | None:
    """Of the alert that was read or added to last in this transaction; None for any other."""
    which, known = recall(tx, happened) or ("", None)
    return known if which == alert_id else None


def _remember(tx: Tx, alert_id: str, known: tuple[Happened, ...]) -> None:
    remember(tx, happened, _REST_ON, (alert_id, known))


def in_turn(every: Iterable[_One]) -> Iterator[tuple[_One, ...]]:
    """So many at once that not all of a council's alerts, or of a long list, are in memory together."""
    coming = iter(every)
    return iter(lambda: tuple(islice(coming, _AT_ONCE)), ())


def happened_to_each(tx: Tx, alert_ids: Iterable[str]) -> dict[str, tuple[Happened, ...]]:
    """The same for several alerts, in one question to the database."""
    rows = tx.execute(_of_these(), {"alerts": tuple(alert_ids)}).mappings()
    return {
        alert_id: _as_left(tuple(its_rows))
        for alert_id, its_rows in groupby(rows, key=itemgetter("alert_id"))
    }


def rows_of(tx: Tx, about: str, kind: str | None = None) -> tuple[RowMapping, ...]:
    """Every event of one alert, or of one directory, as it is kept, in order; a body destroyed is None."""
    found = tx.execute(_of_one(of_a_kind=kind is not None), {"about": about, "kind": kind})
    return tuple(found.mappings())


@cache
def _of_these() -> Select[Any]:
    """Built once, as the next: asked at each act, it costs more to build than to run."""
    e = t.events.c
    these = e.alert_id.in_(bindparam("alerts", expanding=True))
    return _with_payload().where(these).order_by(e.alert_id, e.number)


@cache
def _of_one(*, of_a_kind: bool) -> Select[Any]:
    e = t.events.c
    which = [
        e.alert_id == bindparam("about"),
        *([e.kind == bindparam("kind")] if of_a_kind else []),
    ]
    return _with_payload().where(*which).order_by(e.number)


def alerts_changed_after(tx: Tx, event_id: int) -> tuple[str, ...]:
    """The alerts with an event later than this one, in the order of their first such event."""
    query = (
        select(t.events.c.alert_id)
        .where(t.events.c.id > event_id, t.events.c.alert_id.not_like(f"{DIRECTORY}%"))
        .group_by(t.events.c.alert_id)
        .order_by(func.min(t.events.c.id))
    )
    return tuple(tx.execute(query).scalars())


def alerts_with(tx: Tx, kind: str) -> tuple[str, ...]:
    """The ids of those with an event of that kind."""
    return tuple(tx.execute(select(_E.alert_id).where(_E.kind == kind).distinct()).scalars())


def verify(tx: Tx) -> Iterator[Broken]:
    """Walk the whole chain; yields every place where it was altered or something is missing."""
    previous, expected, gone = START, 1, destroyed(tx)
    query = _with_payload(with_chain=True).order_by(t.events.c.id)
    for row in tx.execute(query).mappings():
        if row["id"] != expected:
            yield Broken(expected, f"event {expected} is missing")
        link = Link(**{name: row[name] for name in Link.__slots__})
        if row["previous_hash"] != previous or row["hash"] != link.hash_after(previous):
            yield Broken(row["id"], f"event {row['id']} does not follow from the one before it")
        if says := _of_payload(row, gone):
            yield Broken(row["id"], f"what was typed in event {row['id']} {says}")
        previous, expected = row["hash"], row["id"] + 1


def _of_payload(row: RowMapping, gone: Mapping[int, int]) -> str:
    """What is wrong with it; empty where nothing is. `gone`: as `destroyed` says."""
    by = gone.get(row["id"])
    if row["body"] is None:
        return "" if by else "is gone, and nobody destroyed it"
    if by:
        return f"was destroyed by event {by}, and is there again"
    return "" if digest_of(row["salt"], row["body"]) == row["digest"] else "was altered"


def destroyed(tx: Tx) -> dict[int, int]:
    """The events in which what was typed was destroyed, each with the event that says so.

    One that was altered is not believed.
    """
    query = _with_payload(with_chain=True).where(t.events.c.kind.in_(DESTROYING))
    found: dict[int, int] = {}
    for row in tx.execute(query.order_by(t.events.c.id)).mappings():
        if row["body"] is not None and digest_of(row["salt"], row["body"]) == row["digest"]:
            with suppress(ValueError, LookupError, TypeError):  # nor one that cannot be read
                said = json.loads(row["body"])["destroyed"]
                found |= {one: row["id"] for one in said if one < row["id"]}
    return found


def head(tx: Tx) -> tuple[int, str]:
    """How many events there are and the last one's hash: written down elsewhere, it proves the tail."""
    return seals.head(tx)


def hash_at(tx: Tx, event_id: int) -> str | None:
    query = select(t.events.c.hash).where(t.events.c.id == event_id)
    return tx.execute(query).scalar_one_or_none()


def hashes_of(tx: Tx, event_ids: Iterable[int]) -> dict[int, str]:
    query = select(t.events.c.id, t.events.c.hash).where(t.events.c.id.in_({*event_ids}))
    return {row.id: row.hash for row in tx.execute(query)}


def event_with(tx: Tx, its_hash: str) -> int | None:
    """The event of that hash: a head that was written down is still in the chain, or it is not."""
    query = select(t.events.c.id).where(t.events.c.hash == its_hash)
    return tx.execute(query).scalar_one_or_none()


def version(tx: Tx, alert_id: str) -> int:
    """How many events there are of it."""
    if (known := _remembered(tx, alert_id)) is not None:
        return known[-1].number
    (_, number), *_ = read_once(tx, _LATEST, alert=alert_id)
    return number or 0


def _with_payload(*, with_chain: bool = False) -> Select[Any]:
    events = t.events.c
    few = (events.alert_id, events.number, events.at, events.person_id, events.kind)
    columns = tuple(events) if with_chain else few
    join = t.events.outerjoin(t.payloads, t.payloads.c.event_id == events.id)
    return select(*columns, t.payloads.c.salt, t.payloads.c.body).select_from(join)


def _as_left(rows: tuple[RowMapping, ...]) -> tuple[Happened, ...]:
    """The events of one alert; of those that were redacted, what is left of them."""
    left: dict[int, dict[str, Any]] = {}
    if any(row["body"] is None for row in rows):
        for row in rows:
            if row["kind"] == REDACTED and row["body"] is not None:
                said = Redacted.model_validate(json.loads(row["body"]))
                left |= {one.number: one.what for one in said.left}
    return tuple(_read(row, left) for row in rows)


def _read(row: RowMapping | Mapping[str, Any], left: Mapping[int, dict[str, Any]]) -> Happened:
    at = datetime.fromisoformat(row["at"])
    said = left.get(row["number"]) if row["body"] is None else json.loads(row["body"])
    what = None if said is None else read_event(row["kind"], said)
    return Happened(row["number"], at, row["person_id"], row["kind"], what)
