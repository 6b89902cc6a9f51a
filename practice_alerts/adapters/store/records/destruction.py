"""Taking out what was typed: of single events, or of whole alerts with every row that rests on them.

Whoever calls this adds, in the same transaction, the event that says so: without it the chain misses what is gone.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, false, or_, select

from practice_alerts.adapters.store.alerts.event_store import DESTROYING, DIRECTORY
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.domain.alert.destroyed import (
    RECORDS_DESTROYED,
    REDACTED,
    DestroyedRecord,
    RecordsDestroyed,
    TakenOut,
)
from practice_alerts.domain.complete import complete

_TO_FORGET = "to_forget"


@dataclass(frozen=True, slots=True)
class GoneAlert:
    """An alert that is destroyed, as rows name it."""

    id: str
    reference: str


_Which = Callable[[GoneAlert], ColumnElement[bool]]


def _events_of(gone: GoneAlert) -> ColumnElement[bool]:
    return t.payloads.c.event_id.in_(
        select(t.events.c.id).where(t.events.c.alert_id == gone.id).scalar_subquery()
    )


def _mail_about(gone: GoneAlert) -> ColumnElement[bool]:
    """What was sent about it; a message about several alerts goes with the first of them that is destroyed."""
    box = t.outbox.c
    named = (one.contains(gone.reference, autoescape=True) for one in (box.subject, box.body))
    return or_(box.alert_id == gone.id, *named)


COPIED_FROM: Final = "copied_from"
"""In a draft of another alert, about a brother or sister: the id of that whose texts it began with."""


def _drafts_about(gone: GoneAlert) -> ColumnElement[bool]:
    """Of an act on it, or of another alert that began with its texts."""
    begun_with = t.drafts.c.body[COPIED_FROM].as_string() == gone.id
    return or_(t.drafts.c.about.contains(gone.id, autoescape=True), begun_with)


RESTS_ON: Mapping[str, _Which | None] = complete(
    t.metadata.tables,
    {
        "payloads": _events_of,
        "search_words": lambda gone: t.search_words.c.alert_id == gone.id,
        "let_in": lambda gone: t.let_in.c.alert_id == gone.id,
        "shut_out": lambda gone: t.shut_out.c.alert_id == gone.id,
        "askings": lambda gone: t.askings.c.alert_id == gone.id,
        "security_typed": lambda gone: t.security_typed.c.entry_id.in_(
            select(t.security_log.c.id).where(t.security_log.c.alert_id == gone.id)
        ),
        "issues": lambda gone: t.issues.c.alert_id == gone.id,
        "drafts": _drafts_about,
        "outbox": _mail_about,
        "alerts": lambda gone: t.alerts.c.id == gone.id,
        # The chain says that there was an alert, who acted and when; nothing that was typed.
        "events": None,
        "seals": None,
        "security_log": None,  # who looked at it and when: by its id, and nothing that was typed
        # Rules, the same for every alert of their time.
        **dict.fromkeys(("editions", "edition_files", "closures", "reference_numbers")),
        # Who works here, and how they sign in.
        **dict.fromkeys(("people", "holdings", "covers", "duties", "partner_contacts")),
        **dict.fromkeys(("sessions", "sign_in_links", "sign_on_accounts", "used_logout_tokens")),
        **dict.fromkeys(("scim_tokens", "scim_people", "calendar_feeds", "saved_views", "office")),
        # Written beside figures, and of no alert.
        **dict.fromkeys(("report_texts", "report_actions")),
    },
)
"""Every table: which of its rows rest on an alert; None where none does."""


def destroy_alert(tx: Tx, gone: GoneAlert) -> tuple[int, ...]:
    """Every row that rests on it; the numbers in the chain of all its events, some of which may be gone already."""
    query = select(t.events.c.id).where(t.events.c.alert_id == gone.id).order_by(t.events.c.id)
    numbers = tuple(tx.execute(query).scalars())
    destroy_payloads(tx, numbers)
    for table in reversed(t.metadata.sorted_tables):
        which = RESTS_ON[table.name]
        if which is not None:
            tx.execute(table.delete().where(which(gone)))
    return numbers


def writers_of_drafts(tx: Tx, alert_ids: Iterable[str]) -> tuple[str, ...]:
    """Who has typed something about one of these alerts that is not sent; by id, each once."""
    which = (_drafts_about(GoneAlert(one, "")) for one in alert_ids)
    found = select(t.drafts.c.person_id).where(or_(false(), *which)).distinct()
    return tuple(sorted(tx.execute(found).scalars()))


def destroy_payloads(tx: Tx, events: Iterable[int]) -> None:
    """What was typed in these events of the chain, with the words by which it was found."""
    numbers = tuple(events)
    tx.execute(t.search_words.delete().where(t.search_words.c.event_id.in_(numbers)))
    tx.execute(t.payloads.delete().where(t.payloads.c.event_id.in_(numbers)))
    must_be_forgotten(tx)


def chained(tx: Tx, alert_id: str) -> Mapping[int, int]:
    """The number in the chain of each event of an alert, by its number there."""
    query = select(t.events.c.number, t.events.c.id).where(t.events.c.alert_id == alert_id)
    return {row.number: row.id for row in tx.execute(query)}


def destroy_texts(tx: Tx, alert_id: str, events: Iterable[int]) -> None:
    """What was typed in these events of an alert that goes on, and whatever may hold the same: drafts, and what was sought."""
    gone = GoneAlert(alert_id, "")
    for name in ("drafts", "security_typed"):
        which = RESTS_ON[name]
        if which is not None:
            tx.execute(t.metadata.tables[name].delete().where(which(gone)))
    destroy_payloads(tx, events)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A text that was taken out, and in which event of which alert: by that event's hash, which no other one has."""

    alert_id: str
    event: str
    what: TakenOut


@dataclass(frozen=True, slots=True)
class GoneSince:
    """What was destroyed: whole alerts, and single events of alerts that go on."""

    records: tuple[tuple[str, DestroyedRecord], ...]
    """Each with the council that it was of."""
    redacted: tuple[int, ...]
    taken: tuple[TakenBack, ...]


def gone_after(tx: Tx, event_id: int) -> GoneSince:
    """By events of the chain later than this one."""
    e = t.events.c
    query = select(e.alert_id, e.kind, t.payloads.c.body).join_from(t.events, t.payloads)
    rows = tx.execute(query.where(e.id > event_id, e.kind.in_(DESTROYING)).order_by(e.id)).all()
    records = (
        (row.alert_id.removeprefix(DIRECTORY), one)
        for row in rows
        if row.kind == RECORDS_DESTROYED
        for one in RecordsDestroyed.model_validate(json.loads(row.body)).records
    )
    redacted = [(row.alert_id, json.loads(row.body)) for row in rows if row.kind == REDACTED]
    events = (body["destroyed"] for _, body in redacted)
    taken = (one for alert_id, body in redacted for one in _taken(tx, alert_id, body))
    return GoneSince(tuple(records), tuple(chain.from_iterable(events)), tuple(taken))


def _taken(tx: Tx, alert_id: str, body: Mapping[str, Any]) -> Iterator[TakenBack]:
    """What it took out, and what those before it did whose place it takes."""
    before = (one["what"].get("taken", ()) for one in body["left"])
    found = map(TakenOut.model_validate, (*body.get("taken", ()), *chain.from_iterable(before)))
    every = tuple(found)
    query = select(t.events.c.number, t.events.c.hash).where(
        t.events.c.alert_id == alert_id, t.events.c.number.in_({one.number for one in every})
    )
    hashes = {row.number: row.hash for row in tx.execute(query)}
    return (TakenBack(alert_id, hashes[one.number], one) for one in every)


def still_there(tx: Tx, taken: Collection[TakenBack]) -> tuple[TakenBack, ...]:
    """Those of them of which the text is in the store."""
    e = t.events.c
    query = (
        select(e.hash)
        .join_from(t.events, t.payloads)
        .where(e.hash.in_({one.event for one in taken}))
    )
    there = set(tx.execute(query).scalars())
    return tuple(one for one in taken if one.event in there)


def must_be_forgotten(tx: Tx) -> None:
    """Something that was typed is gone, and no byte of it is to be left in the store's files."""
    office_settings.put_fact(tx, _TO_FORGET, "yes")


def is_to_forget(tx: Tx) -> bool:
    """Was something destroyed of which bytes may still lie in the store's files?"""
    return office_settings.fact(tx, _TO_FORGET) == "yes"


def has_forgotten(tx: Tx) -> None:
    office_settings.put_fact(tx, _TO_FORGET, "no")
