"""What the seals do not bear out: rows, events and seals that somebody touched past the product."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from practice_alerts.adapters.keys import SealKey, SealKeys
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.seals import (
    ACCEPTED,
    FIRST,
    IS_ACCEPTED,
    NEW_KEY,
    NEW_TABLES,
    PAST_THE_PRODUCT,
    WATCHED,
    NotSealed,
    Seal,
    SealPlace,
    digest_of_row,
    head,
    mac_of,
    place,
    rows_of,
)
from practice_alerts.domain.alert.hash_chain import START

_ADDED: Final = "practice_alerts.added"
_FROM: Final = "practice_alerts.from"
NOT_HERE: Final = "made with a key that is not here"


@dataclass(frozen=True, slots=True)
class Altered:
    """In which table, of which alert (none: the row is of no alert, or of one of its own), and what."""

    table: str
    alert_id: str
    says: str


@dataclass(frozen=True, slots=True)
class _Event:
    hash: str
    alert_id: str


@dataclass(slots=True)
class _Walk:
    """How far the seals have been read: what they say of each row, and whose turn it is to seal."""

    known: Mapping[str, SealKey]
    rows: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """By table and key: the digest, and the key it was made with."""
    previous: str = START
    expected: int = 1
    event: int = 0
    key: str = ""
    """The one that seals are made with here."""
    next_key: str = ""
    """The one that was announced, and may be used from then on."""
    strangers: set[str] = field(default_factory=set)
    """Keys that are not here, each named once."""
    accepted: int = 0
    """Up to this seal a person has accepted what cannot be proved."""


def must_stand(tx: Connection, keys: SealKeys | None, proved: SealPlace | None) -> SealPlace | None:
    """Every seal since one that was proved is the product's, and the chain ends where the last says; that one.

    To be called before anything is written, so that nothing is built on what somebody put in. Without keys nothing is
    proved. Raises NotSealed.
    """
    at = place(tx)
    tx.info[_ADDED], tx.info[_FROM] = set(), at
    if at is None:
        return None
    if (at.event_id, at.event_hash) != head(tx):
        raise NotSealed(PAST_THE_PRODUCT)
    if keys is not None and at != proved:
        _must_be_borne_out(tx, keys, proved if proved and proved.number < at.number else None, at)
    return at


def _must_be_borne_out(
    tx: Connection, keys: SealKeys, proved: SealPlace | None, at: SealPlace
) -> None:
    since = proved.number if proved else at.number - 1
    previous, known = mac_of(tx, since) or START, keys.known()
    is_borne_out = proved is None or previous == proved.mac
    for row in tx.execute(select(t.seals).where(t.seals.c.id > since).order_by(t.seals.c.id)):
        one = Seal(*row)
        key = known.get(one.key_id)
        is_ours = key is not None and one.mac == one.expected(previous, key)
        is_borne_out = is_ours and (is_borne_out or _is_acceptance(one))
        previous = one.mac
    if not is_borne_out:
        raise NotSealed(PAST_THE_PRODUCT)


def _is_acceptance(one: Seal) -> bool:
    """By which a person goes on with whatever was before it."""
    return (_read(one.said, _is_said) or {}).get("what") == ACCEPTED


def adds(tx: Connection, hashes: Iterable[str]) -> None:
    """These events are added by this very transaction."""
    tx.info.setdefault(_ADDED, set()).update(hashes)


def must_be_ours(tx: Connection) -> SealPlace | None:
    """Whatever stands in the chain since this transaction began: a server lets others in meanwhile. Raises NotSealed.

    The last seal, from which the transaction's own follows.
    """
    began = tx.info.get(_FROM)
    since = select(t.events.c.hash).where(t.events.c.id > (began.event_id if began else 0))
    is_ours = tx.info.get(_ADDED, set()).issuperset(tx.execute(since).scalars())
    if place(tx) != began or not is_ours:
        raise NotSealed(PAST_THE_PRODUCT)
    return began


def altered(tx: Connection, known: Mapping[str, SealKey]) -> Iterator[Altered]:
    """Walk all seals, and compare every sealed row with what was said of it last."""
    walk = _Walk(known, accepted=_accepted(tx, known))
    rows = tx.execute(select(t.events.c.id, t.events.c.hash, t.events.c.alert_id))
    events = {row.id: _Event(row.hash, row.alert_id) for row in rows}
    last: Seal | None = None
    for row in tx.execute(select(t.seals).order_by(t.seals.c.id)):
        last = Seal(*row)
        yield from _seal(walk, last, events)
    if last is None:
        if known:
            yield Altered("seals", "", "there is none, and the key that made them is here")
        return
    number, _ = head(tx)
    if number > last.event_id:
        yield Altered(
            "events", "", f"those after event {last.event_id} were added past the product"
        )
    yield from _rows(tx, walk)


def _accepted(tx: Connection, known: Mapping[str, SealKey]) -> int:
    """The last seal by which somebody accepted a loss, made with a key that is here."""
    c = t.seals.c
    found = tx.execute(select(c.id).where(IS_ACCEPTED, c.key_id.in_(tuple(known))))
    return max(found.scalars(), default=0)


def _seal(walk: _Walk, one: Seal, events: Mapping[int, _Event]) -> Iterator[Altered]:
    said, rows = _read(one.said, _is_said), _read(one.rows, _is_rows)
    place = _whole(one.event_id)
    if said is None or rows is None or place is None:
        yield Altered("seals", "", f"seal {one.id} was altered: it cannot be read")
    said, rows = said or {}, rows or {}
    one = replace(one, event_id=walk.event if place is None else place)
    key = walk.known.get(one.key_id)
    if one.id != walk.expected:
        yield Altered("seals", "", f"seal {walk.expected} is missing")
    if key is None:
        if one.id > walk.accepted and one.key_id not in walk.strangers:
            walk.strangers.add(one.key_id)
            yield Altered("seals", "", f"those from seal {one.id} on were {NOT_HERE}")
    elif one.mac != one.expected(walk.previous, key):
        yield Altered("seals", "", f"seal {one.id} was altered, or not made by the product")
    elif one.key_id not in {walk.key or one.key_id, walk.next_key} and not _begins(said):
        yield Altered("seals", "", f"seal {one.id} was made with a key that was not the one then")
    at_end = events.get(one.event_id)
    if one.event_id and (at_end is None or at_end.hash != one.event_hash):
        yield from _events(walk, one, events)
    yield from _past_the_product(walk, one, rows)
    _follow(walk, one, said, rows)


def _whole(value: object) -> int | None:
    """SQLite takes whatever is written by hand."""
    return value if isinstance(value, int) else None


def _read(text: str, is_right: Callable[[Any], bool]) -> dict[str, Any] | None:
    """None for what is no such JSON object any more."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, dict) and is_right(found) else None


def _is_said(found: Mapping[str, Any]) -> bool:
    return all(isinstance(one, str) for one in found.values())


def _is_rows(found: Mapping[str, Any]) -> bool:
    """By table and key, each a list, what it is or was?"""
    try:
        return all(
            isinstance(json.loads(key), list) and _is_digest(said)
            for them in found.values()
            for key, said in them.items()
        )
    except (ValueError, AttributeError):
        return False


def _is_digest(said: object) -> bool:
    match said:
        case [str() | None, dict(before)]:
            return all(isinstance(one, str) for one in before.values())
        case _:
            return isinstance(said, str | None)


def _past_the_product(
    walk: _Walk, one: Seal, rows: Mapping[str, Mapping[str, Any]]
) -> Iterator[Altered]:
    """Whatever was not, as the product came to write it, what had been said of it last."""
    for table, them in () if one.id <= walk.accepted else rows.items():
        for key, said in them.items():
            if isinstance(said, list):
                yield from _between(table, key, walk.rows.get((table, key)), said[1])


def _between(
    table: str, key: str, last: tuple[str, str] | None, found: Mapping[str, str]
) -> Iterator[Altered]:
    said = next(iter(found.values()), "") if last is None else last[0]
    alert = json.loads(key)[0] if table == "alerts" else said.partition(":")[2]
    if last is None and found:
        yield Altered(table, str(alert), f"row {key} was put in past the product")
    elif last is not None and not found:
        yield Altered(table, str(alert), f"row {key} was taken out past the product")
    elif last is not None and found.get(last[1], last[0]) != last[0]:
        yield Altered(table, str(alert), f"row {key} was changed past the product")


def _events(walk: _Walk, one: Seal, events: Mapping[int, _Event]) -> Iterator[Altered]:
    span = range(walk.event + 1, one.event_id + 1)
    there = [number for number in span if number in events]
    gone = [number for number in span if number not in events]
    alerts = {events[number].alert_id for number in there}
    alert = alerts.pop() if len(alerts) == 1 else ""
    if gone:
        yield Altered("events", alert, f"{_numbered(gone)} removed")
    elif there:
        yield Altered("events", alert, f"{_numbered(there)} not all as sealed")


def _numbered(found: list[int]) -> str:
    return f"event {found[0]} was" if len(found) == 1 else f"events {found[0]} to {found[-1]} were"


def _follow(
    walk: _Walk, one: Seal, said: Mapping[str, str], rows: Mapping[str, Mapping[str, Any]]
) -> None:
    if _begins(said):
        walk.rows.clear()  # everything is said anew
    if said.get("what") == NEW_KEY:
        walk.next_key = said.get("key", "")
    walk.key = one.key_id
    walk.previous, walk.expected, walk.event = one.mac, one.id + 1, one.event_id
    for table, them in rows.items():
        for its_key, what in them.items():
            digest = what[0] if isinstance(what, list) else what
            if digest is None:
                walk.rows.pop((table, its_key), None)
            else:
                walk.rows[table, its_key] = (digest, one.key_id)


def _begins(said: Mapping[str, str]) -> bool:
    return said.get("what") in {FIRST, NEW_TABLES, ACCEPTED}


def _rows(tx: Connection, walk: _Walk) -> Iterator[Altered]:
    for name, one in WATCHED.items():
        for row in rows_of(tx, one):
            key = one.key_of(row)
            said = walk.rows.pop((name, key), None)
            alert = row.id if name == "alerts" else getattr(row, "alert_id", None) or ""
            if said is None:
                yield Altered(name, alert, f"row {key} was put in past the product")
            elif said[1] in walk.known:
                now = digest_of_row(walk.known[said[1]], one, row)
                if now != said[0]:
                    yield Altered(name, alert, f"row {key} was changed past the product")
    for (name, key), (digest, _) in walk.rows.items():
        alert = json.loads(key)[0] if name == "alerts" else digest.partition(":")[2]
        yield Altered(name, str(alert), f"row {key} was taken out past the product")
