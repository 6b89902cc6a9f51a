"""The words by which alerts are found: written with the event in which they were typed, gone with its payload."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, or_, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.destroyed import REDACTED
from practice_alerts.domain.seeing.search_words import SearchWord

_C, _E = t.search_words.c, t.events.c
_BEYOND = b"\xff"  # after whatever may follow in UTF-8

_Row = tuple[bytes, int, str]
"""A word, the event of the chain in which it stands, and of which part it is."""

_GO = t.search_words.delete().where(
    _C.word == bindparam("a_word"), _C.event_id == bindparam("an_event")
)

# Asked at each act: building these costs more than running them.
_OF_EVENTS = select(_C.word, _C.event_id, _C.part).where(
    _C.event_id.in_(bindparam("events", expanding=True))
)
_NEW = t.search_words.insert()
_TYPED = (
    select(_E.number, _E.id, _E.kind, t.payloads.c.event_id)
    .join_from(t.events, t.payloads, isouter=True)
    .where(_E.alert_id == bindparam("alert"))
    .order_by(_E.id)
)


def put(tx: Tx, alert_id: str, words: Collection[SearchWord]) -> None:
    """These and no others from now on."""
    ids = _where_typed(tx, alert_id)
    now = _rows(words, ids)
    rows = tx.execute(_OF_EVENTS, {"events": tuple(ids.values())})
    before = {(row.word, row.event_id, row.part) for row in rows}
    if gone := before - now:
        tx.execute(_GO, [{"a_word": word, "an_event": event} for word, event, _ in gone])
    _insert(tx, alert_id, now - before)


def add(tx: Tx, alert_id: str, words: Collection[SearchWord], ids: Mapping[int, int]) -> None:
    """Those of events that were just appended, given by their numbers in the alert, and had none."""
    _insert(tx, alert_id, _rows(words, ids))


Typed = tuple[str, Collection[SearchWord], Mapping[int, int]]
"""An alert, its words, and the ids of its events by their numbers in it."""


def add_all(tx: Tx, each: Iterable[Typed]) -> None:
    """Of alerts that are new, and told in one go: in the order of the table's key, which is written many times faster so."""
    every = [(*row, alert_id) for alert_id, words, ids in each for row in _rows(words, ids)]
    names = ("word", "event_id", "part", "alert_id")
    if every:
        tx.execute(_NEW, [dict(zip(names, one, strict=True)) for one in sorted(every)])


def _rows(words: Collection[SearchWord], ids: Mapping[int, int]) -> set[_Row]:
    """Once for each event of the chain; what is shared anywhere in it is shared."""
    parts: dict[tuple[bytes, int], Part] = {}
    for one in words:
        if one.number in ids:
            place = (one.word.encode(), ids[one.number])
            is_shared = Part.SHARED in {one.part, parts.get(place)}
            parts[place] = Part.SHARED if is_shared else one.part
    return {(*place, part.value) for place, part in parts.items()}


def _insert(tx: Tx, alert_id: str, rows: Collection[_Row]) -> None:
    if rows:
        names = ("word", "event_id", "part")
        tx.execute(
            _NEW,
            [{**dict(zip(names, one, strict=True)), "alert_id": alert_id} for one in sorted(rows)],
        )


def _where_typed(tx: Tx, alert_id: str) -> dict[int, int]:
    """By an event's number in the alert, the event of the chain that holds its words.

    What is left of one that was redacted is held by the last that redacts.
    """
    rows = tx.execute(_TYPED, {"alert": alert_id}).all()
    redacts = [row.id for row in rows if row.kind == REDACTED and row.event_id is not None]
    return {
        row.number: row.id if row.event_id is not None else redacts[-1]
        for row in rows
        if row.event_id is not None or redacts
    }


def holding(beginnings: Iterable[str], readable: ColumnElement[bool]) -> Select[str]:
    """Ids of the alerts with a word that begins so, among those that are `readable`."""
    begins = (and_(_C.word >= one, _C.word < one + _BEYOND) for one in _bytes(beginnings))
    return select(_C.alert_id).where(or_(false(), *begins), readable)


def stands_in(
    alert_id: ColumnElement[str], beginnings: Iterable[str], readable: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Has that alert a word that begins so? Asked of its own few events, however many others have one."""
    own = (t.events.c.alert_id == alert_id, _C.event_id == t.events.c.id)
    # For an OR each event would be asked for its words by all of them at once, and they are read from end to end.
    each = (
        exists().where(*own, _C.word >= one, _C.word < one + _BEYOND, readable)
        for one in _bytes(beginnings)
    )
    return or_(false(), *each)


def with_word(tx: Tx, word: str) -> tuple[str, ...]:
    """The ids of the alerts that have just this word."""
    query = select(_C.alert_id).where(_C.word == word.encode()).distinct()
    return tuple(tx.execute(query).scalars())


def with_words(tx: Tx, words: Iterable[str], most: int) -> tuple[str, ...]:
    """The ids of so many alerts, at most, that have each of these words."""
    each = [select(_C.alert_id).where(_C.word == one) for one in _bytes(words)]
    query = select(t.alerts.c.id).where(*(t.alerts.c.id.in_(one) for one in each))
    return tuple(tx.execute(query.limit(most)).scalars()) if each else ()


def is_shared() -> ColumnElement[bool]:
    """Does the word stand where everybody reads it who may open the alert?"""
    return _C.part == Part.SHARED.value


def of_alert(ids: Select[str]) -> ColumnElement[bool]:
    """Does the word stand in one of these alerts?"""
    return _C.alert_id.in_(ids)


def _bytes(words: Iterable[str]) -> list[bytes]:
    return [one.encode() for one in sorted(words)]
