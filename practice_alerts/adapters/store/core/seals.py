"""Seals: after each transaction that wrote something, what it left behind, under a key that is kept elsewhere.

A seal says how far the chain of events goes, and what each row looks like that was written, and looked like before, by
keyed digests; and it follows from the seal before. Whoever holds the store and not the key cannot make one, and what
they change past the product is not what the seal before said, also when the product writes that row anew.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, column, select, table

from practice_alerts.adapters.keys import SealKey, SealKeys
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.engines.keyed import Touched
from practice_alerts.domain.alert.hash_chain import START, canonical, keyed
from practice_alerts.domain.errors import Expected

UNSEALED: Mapping[str, str] = {
    "events": "chained, and each seal names the last",
    "payloads": "each event has the digest of its own",
    "edition_files": "an edition is called by the digest of its files",
    "search_words": "made from the payloads; nothing is decided by them",
    "let_in": "compared with the events",
    "shut_out": "compared with the directory's events",
    "saved_views": "how somebody likes their lists",
    "used_logout_tokens": "good for two minutes",
    "seals": "each follows from the one before",
}
"""The tables whose rows need no seal, each with the reason. Whatever is not named here is sealed."""

_NOT_LOOKED_AT: Mapping[str, frozenset[str]] = {
    "drafts": frozenset({"body", "saved_at"}),  # typed on: whose it is and of what is sealed
    "outbox": frozenset({"tries", "next_try_at", "last_trouble", "claimed_by"}),
    "sessions": frozenset({"expires_at"}),  # put off with each page
}


@dataclass(frozen=True, slots=True)
class Watched:
    """A table whose rows are sealed: by which columns a row is named, and which are sealed."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    plain: Select[Any] = field(repr=False, compare=False)
    """Every row, its columns as they are kept."""
    by_key: Select[Any] = field(repr=False, compare=False)

    def key_of(self, row: Row[Any]) -> str:
        return canonical([getattr(row, one) for one in self.key])


def _watched() -> Iterator[Watched]:
    for one in t.metadata.sorted_tables:
        if one.name not in UNSEALED:
            left_out = _NOT_LOOKED_AT.get(one.name, frozenset())
            key = tuple(column.name for column in one.primary_key)
            names = tuple(column.name for column in one.columns if column.name not in left_out)
            plain = table(one.name, *(column(name) for name in names))
            its_row = (plain.c[name] == bindparam(name) for name in key)
            yield Watched(one.name, key, names, select(plain), select(plain).where(*its_row))


WATCHED: Mapping[str, Watched] = {one.name: one for one in _watched()}


FIRST, NEW_TABLES, NEW_KEY, ACCEPTED = "first", "new tables", "new key", "accepted"
CLOCK_SAID = "clock"
"""What is said in a seal that is more than one of a transaction."""


def _says(what: str) -> ColumnElement[bool]:
    return t.seals.c.said.contains(f'"what":"{what}"')


IS_ACCEPTED, _IS_OF_CLOCK = _says(ACCEPTED), _says(CLOCK_SAID)


PAST_THE_PRODUCT: Final = (
    "Events were added to the store or removed from it past the product. Look with: practice-alerts"
    " verify; and restore a backup, or a person accepts it, by name: practice-alerts seals accept"
    ' --by NAME --why "..."'
)


class NotSealed(Expected):
    """Store and key of its seals do not fit; it says what to do."""


@dataclass(frozen=True, slots=True)
class Seal:
    """As it is kept. `said` is a JSON text, empty but for a first one, a new key, and a loss accepted."""

    id: int
    key_id: str
    event_id: int
    event_hash: str
    rows: str
    said: str
    mac: str

    def expected(self, previous: str, key: SealKey) -> str:
        fields = (self.id, self.key_id, self.event_id, self.event_hash, self.rows, self.said)
        return keyed(key.secret, previous, *fields)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """How far the seals go, without what the last of them says of rows: of a first one that is every row."""

    number: int
    mac: str
    event_id: int
    event_hash: str
    key_id: str = ""
    """Of the key that it was made with; empty of one that is not made yet."""


_LAST = select(t.seals).order_by(t.seals.c.id.desc()).limit(1)
_LAST_PLACE = _LAST.with_only_columns(
    t.seals.c.id, t.seals.c.mac, t.seals.c.event_id, t.seals.c.event_hash, t.seals.c.key_id
)
_HEAD = select(t.events.c.id, t.events.c.hash).order_by(t.events.c.id.desc()).limit(1)
_NEW = t.seals.insert()


def last(tx: Connection) -> Seal | None:
    row = tx.execute(_LAST).one_or_none()
    return None if row is None else Seal(*row)


def place(tx: Connection) -> SealPlace | None:
    row = tx.execute(_LAST_PLACE).one_or_none()
    return None if row is None else SealPlace(*row)


def last_key(tx: Connection) -> str:
    """Which key the last seal was made with; empty where there is none."""
    before = place(tx)
    return before.key_id if before else ""


def head(tx: Connection) -> tuple[int, str]:
    """The last event: its number and hash."""
    row = tx.execute(_HEAD).one_or_none()
    return (0, START) if row is None else (row.id, row.hash)


def seal(
    tx: Connection, keys: SealKeys, before: SealPlace | None, touched: Iterable[Touched]
) -> None:
    """What this transaction has written, if it wrote anything that is sealed; `before`: the last seal."""
    key = must_be_there(keys)
    if before is None:
        raise NotSealed(
            "The store has no seals, so nothing can be added to it. Start the product anew."
        )
    changed = _written(tx, touched, key, keys)
    event = head(tx)
    if changed or before.event_id != event[0]:
        if before.key_id != key.id:
            _must_be_announced(tx, key)
        _add(tx, key, SealPlace(before.number, before.mac, *event), changed)


def _must_be_announced(tx: Connection, key: SealKey) -> None:
    """A key after that of the last seal is the one that was announced last. Raises NotSealed: another was laid in its place."""
    announced = _read(tx, _says(NEW_KEY))
    if not announced or announced[-1]["key"] != key.id:
        raise NotSealed(
            "The key of the store's seals is not the one that sealed this store, so nothing was recorded. Put the"
            " right one back. If it is lost, a person accepts that, by name: practice-alerts seals accept --by"
            ' NAME --why "..."'
        )


def seal_everything(tx: Connection, key: SealKey, said: Mapping[str, str]) -> None:
    """Every row as it is now, whatever it was: what is compared from here on."""
    rows = {name: _of_all(tx, one, key) for name, one in WATCHED.items()}
    found = {name: them for name, them in rows.items() if them}
    _add(tx, key, _here(tx), found, canonical(said))


def announce(tx: Connection, key: SealKey, said: Mapping[str, str]) -> None:
    """Something that is said of the seals themselves."""
    _add(tx, key, _here(tx), {}, canonical(said))


def accepted(tx: Connection) -> tuple[dict[str, str], ...]:
    """What persons have answered for: by, why and at."""
    return _read(tx, IS_ACCEPTED)


def clocks_said(tx: Connection) -> tuple[dict[str, str], ...]:
    """Where somebody said that the machine's clock was right although it had jumped: by, why, at, and what it was."""
    return _read(tx, _IS_OF_CLOCK)


def _read(tx: Connection, which: ColumnElement[bool]) -> tuple[dict[str, str], ...]:
    query = select(t.seals.c.said).where(which).order_by(t.seals.c.id)
    return tuple(json.loads(one) for one in tx.execute(query).scalars())


def digest_of_row(key: SealKey, one: Watched, row: Row[Any]) -> str:
    return _digest(key, one, row._asdict())


def _digest(key: SealKey, one: Watched, row: Mapping[str, Any]) -> str:
    """With the alert that it is of, where it is of one: a row that is gone cannot be asked any more."""
    values = [row[name] for name in one.columns]
    return f"{keyed(key.secret, one.name, values)[:32]}:{row.get('alert_id') or ''}"


def rows_of(tx: Connection, one: Watched) -> Iterator[Row[Any]]:
    yield from tx.execute(one.plain)


def must_be_there(keys: SealKeys) -> SealKey:
    key = keys.current()
    if key is None:
        raise NotSealed(
            f"The key of the store's seals is not in {keys.folder}, and nothing is recorded without it."
            " Put seal.key back there. If it is lost, a person accepts that, by name:"
            ' practice-alerts seals accept --by NAME --why "..."'
        )
    return key


def begin(tx: Connection, keys: SealKeys, now: datetime) -> None:
    """The first seal, over all that is there; after that, does the key fit the last one?"""
    if place(tx) is None and keys.current() is None:
        seal_everything(tx, keys.make(), {"what": FIRST, "at": stamp(now)})
    else:
        must_fit(tx, keys)


def must_fit(tx: Connection, keys: SealKeys) -> None:
    """Raises NotSealed where there is no key, no seal, or a key that did not make the last one."""
    before = last(tx)
    must_be_there(keys)
    if before is None:
        raise NotSealed(
            f"The key in {keys.folder} has sealed a store, and in this one there is no seal: they were"
            " removed, or it is another store. Put the right one back; or a person accepts this one, by"
            ' name: practice-alerts seals accept --by NAME --why "..."'
        )
    its_key = keys.known().get(before.key_id)
    if its_key is None or before.mac != before.expected(
        mac_of(tx, before.id - 1) or START, its_key
    ):
        raise NotSealed(
            f"The key in {keys.folder} is not the one that sealed this store. Put the right one back. If it"
            " is lost, a person accepts that, by name: practice-alerts seals accept --by NAME"
            ' --why "..."'
        )
    if (before.event_id, before.event_hash) != head(tx):
        raise NotSealed(PAST_THE_PRODUCT)


def mac_of(tx: Connection, number: int) -> str | None:
    query = select(t.seals.c.mac).where(t.seals.c.id == number)
    return tx.execute(query).scalar_one_or_none()


def macs_of(tx: Connection, numbers: Iterable[int]) -> dict[int, str]:
    query = select(t.seals.c.id, t.seals.c.mac).where(t.seals.c.id.in_({*numbers}))
    return {row.id: row.mac for row in tx.execute(query)}


def store_id(tx: Connection) -> str:
    """By which a store is known from any other: its first seal. Empty where there is none."""
    return mac_of(tx, 1) or ""


RowDigests = Mapping[str, Mapping[str, Any]]
"""By table and key, the digest of the row, None where it was taken out; of one that was written with what it was before.

That by the id of each key that is known, as what was said last may be under any: `[digest, {key: digest}]`.
"""


def _here(tx: Connection) -> SealPlace:
    """The seal before, and the last event."""
    before = place(tx)
    return SealPlace(*((before.number, before.mac) if before else (0, START)), *head(tx))


def _add(tx: Connection, key: SealKey, at: SealPlace, rows: RowDigests, said: str = "") -> None:
    new = Seal(at.number + 1, key.id, at.event_id, at.event_hash, canonical(rows), said, "")
    values = {name: getattr(new, name) for name in Seal.__slots__}
    tx.execute(_NEW, values | {"mac": new.expected(at.mac, key)})


def _written(
    tx: Connection, touched: Iterable[Touched], key: SealKey, keys: SealKeys
) -> RowDigests:
    before = dict[str, dict[str, str | None]]()
    for name, its_key, was in touched:
        before.setdefault(name, {}).setdefault(canonical(json.loads(its_key)), was)
    known = keys.known().values() if before else ()
    return {
        name: {
            its_key: (_as_is(tx, WATCHED[name], its_key, key), _as_was(WATCHED[name], was, known))
            for its_key, was in them.items()
        }
        for name, them in sorted(before.items())
    }


def _as_is(tx: Connection, one: Watched, its_key: str, key: SealKey) -> str | None:
    values = dict(zip(one.key, json.loads(its_key), strict=True))
    row = tx.execute(one.by_key, values).one_or_none()
    return None if row is None else digest_of_row(key, one, row)


def _as_was(one: Watched, was: str | None, known: Iterable[SealKey]) -> dict[str, str]:
    return {each.id: _digest(each, one, json.loads(was)) for each in known} if was else {}


def _of_all(tx: Connection, one: Watched, key: SealKey) -> dict[str, str | None]:
    return {one.key_of(row): digest_of_row(key, one, row) for row in rows_of(tx, one)}
