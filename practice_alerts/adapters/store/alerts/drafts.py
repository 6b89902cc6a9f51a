"""Drafts: what somebody has typed and not sent. Nothing typed is lost."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_D = t.drafts.c
# With each act: building it costs more than running it.
_SERVED = t.drafts.delete().where(_D.about == bindparam("act"), _D.person_id == bindparam("person"))


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
    theirs = t.drafts.update().where(_D.id == draft_id, _D.person_id == person_id)
    return tx.execute(theirs.values(body=body, saved_at=at)).rowcount == 1


def of_person(tx: Tx, person_id: str, about: str | None = None) -> tuple[Draft, ...]:
    """Somebody's drafts, the latest first; nobody else ever sees them."""
    query = select(t.drafts).where(_D.person_id == person_id)
    if about is not None:
        query = query.where(_D.about == about)
    return tuple(Draft(*row) for row in tx.execute(query.order_by(_D.saved_at.desc())))


def saying(tx: Tx, name: str) -> tuple[Draft, ...]:
    """Everybody's of which the body says something under that name."""
    return tuple(
        Draft(*row)
        for row in tx.execute(select(t.drafts).where(_D.body[name].as_string().is_not(None)))
    )


def one(tx: Tx, person_id: str, draft_id: str) -> Draft | None:
    return next((draft for draft in of_person(tx, person_id) if draft.id == draft_id), None)


def discard(tx: Tx, person_id: str, draft_id: str) -> None:
    tx.execute(t.drafts.delete().where(_D.id == draft_id, _D.person_id == person_id))


def discard_about(tx: Tx, person_id: str, about: str) -> None:
    """The act is done: its draft has served."""
    tx.execute(_SERVED, {"act": about, "person": person_id})
