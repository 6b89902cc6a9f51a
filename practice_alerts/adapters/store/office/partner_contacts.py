"""Whom to write to in partner agencies: nobody here signs in."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from practice_alerts.adapters.store.core import rows
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import read_once


@dataclass(frozen=True, slots=True)
class Contact:
    """One person, or one shared inbox, of an agency. `mail` and `note` may be empty."""

    id: str
    council: str
    partner: str
    post: str
    name: str
    mail: str
    note: str
    review_on: date
    """The day to look whether it still holds."""

    def is_to_be_reviewed(self, today: date) -> bool:
        return self.review_on <= today


def new_id() -> str:
    return secrets.token_hex(6)


def of_council(tx: Tx, council: str) -> tuple[Contact, ...]:
    """All that have not ended, by partner, post and name."""
    return tuple(Contact(*row) for row in read_once(tx, _OF_COUNCIL, council=council))


def of_post(tx: Tx, council: str, partner: str, post: str) -> tuple[Contact, ...]:
    """Those of one post on one partner ladder that have not ended, by name."""
    return tuple(
        one for one in of_council(tx, council) if (one.partner, one.post) == (partner, post)
    )


def one(tx: Tx, contact_id: str) -> Contact | None:
    query = _contacts().where(t.partner_contacts.c.id == contact_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else Contact(*row)


def put(tx: Tx, contact: Contact) -> None:
    """Write it, new or again."""
    rows.put(tx, t.partner_contacts, asdict(contact))


def end(tx: Tx, contact_id: str, day: date) -> None:
    """From this day on it is no longer offered."""
    which = t.partner_contacts.c.id == contact_id
    tx.execute(t.partner_contacts.update().where(which).values(ended_on=day))


def _contacts() -> Select[Any]:
    c = t.partner_contacts.c
    columns = (c.id, c.council, c.partner, c.post, c.name, c.mail, c.note, c.review_on)
    return select(*columns).where(c.ended_on.is_(None))


_C = t.partner_contacts.c
# Asked with each act: building it costs more than running it.
_OF_COUNCIL = (
    _contacts()
    .where(_C.council == bindparam("council"))
    .order_by(_C.partner, _C.post, _C.name, _C.id)
)
