"""Drafts: what somebody has typed and not sent. Nothing typed is lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx


@dataclass(frozen=True, slots=True)
class Draft:
    """`about` says what it is a draft of: ``raise``, or an act on an alert such as ``answer:ID``."""

    id: str
    person_id: str
    about: str
    body: dict[str, Any]
    saved_at: datetime


def begin(tx: Tx, draft: Draft) -> None:
    tx.execute(t.drafts.insert(), asdict(draft))


def save(tx: Tx, person_id: str, draft_id: str, body: dict[str, Any], at: datetime) -> bool:
    """Keep what is typed now; False where this person has no such draft."""
    changed = tx.execute(
        t.drafts.update()
        .where(t.drafts.c.id == draft_id, t.drafts.c.person_id == person_id)
        .values(body=body, saved_at=at)
    )
    return changed.rowcount == 1


def of_person(tx: Tx, person_id: str, about: str | None = None) -> tuple[Draft, ...]:
    """Somebody's drafts, the latest first; nobody else ever sees them."""
    query = select(t.drafts).where(t.drafts.c.person_id == person_id)
    if about is not None:
        query = query.where(t.drafts.c.about == about)
    rows = tx.execute(query.order_by(t.drafts.c.saved_at.desc()))
    return tuple(Draft(*row) for row in rows)


def one(tx: Tx, person_id: str, draft_id: str) -> Draft | None:
    return next((draft for draft in of_person(tx, person_id) if draft.id == draft_id), None)


def discard(tx: Tx, person_id: str, draft_id: str) -> None:
    tx.execute(
        t.drafts.delete().where(t.drafts.c.id == draft_id, t.drafts.c.person_id == person_id)
    )


def discard_about(tx: Tx, person_id: str, about: str) -> None:
    """The act is done: its draft has served."""
    tx.execute(
        t.drafts.delete().where(t.drafts.c.about == about, t.drafts.c.person_id == person_id)
    )
