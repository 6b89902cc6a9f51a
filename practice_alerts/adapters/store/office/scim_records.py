"""What a council's own system says of who works there, and the tokens with which it may."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_T, _S = t.scim_tokens.c, t.scim_people.c


@dataclass(frozen=True, slots=True)
class ScimToken:
    """`titles`: post and team by job title, in small letters."""

    id: str
    council: str
    digest: str
    titles: dict[str, list[str]]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class ScimRecord:
    """Somebody by the other system: `post` and `team` are what it was last taken to mean."""

    id: str
    council: str
    person_id: str | None
    user_key: str
    external_id: str | None
    body: dict[str, Any]
    post: str
    team: str
    made_at: datetime
    changed_at: datetime


def add_token(tx: Tx, token: ScimToken) -> None:
    tx.execute(t.scim_tokens.insert(), asdict(token))


def token(tx: Tx, digest: str) -> ScimToken | None:
    row = tx.execute(select(t.scim_tokens).where(_T.digest == digest)).one_or_none()
    return None if row is None else ScimToken(*row)


def tokens_of(tx: Tx, council: str) -> tuple[ScimToken, ...]:
    """The latest first, those taken back or expired too."""
    query = select(t.scim_tokens).where(_T.council == council).order_by(_T.made_at.desc(), _T.id)
    return tuple(ScimToken(*row) for row in tx.execute(query))


def revoke_token(tx: Tx, token_id: str, at: datetime) -> None:
    live = t.scim_tokens.update().where(_T.id == token_id, _T.revoked_at.is_(None))
    tx.execute(live.values(revoked_at=at))


def take_back_all(tx: Tx, at: datetime) -> None:
    tx.execute(t.scim_tokens.update().where(_T.revoked_at.is_(None)).values(revoked_at=at))


def put(tx: Tx, record: ScimRecord) -> None:
    """Anew, or in place of what was there under its id."""
    tx.execute(t.scim_people.delete().where(_S.id == record.id))
    tx.execute(t.scim_people.insert(), asdict(record))


def remove(tx: Tx, record_id: str) -> None:
    tx.execute(t.scim_people.delete().where(_S.id == record_id))


def record(tx: Tx, council: str, record_id: str) -> ScimRecord | None:
    """None for another council's too."""
    query = select(t.scim_people).where(_S.council == council, _S.id == record_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else ScimRecord(*row)


def linked(tx: Tx, council: str) -> dict[str, str]:
    """Whose record is whose: the person's id by that of the record."""
    query = select(_S.id, _S.person_id).where(_S.council == council, _S.person_id.is_not(None))
    return {row.id: row.person_id for row in tx.execute(query)}


def of_person(tx: Tx, council: str, person_id: str) -> tuple[ScimRecord, ...]:
    query = select(t.scim_people).where(_S.council == council, _S.person_id == person_id)
    return tuple(ScimRecord(*row) for row in tx.execute(query))


def records_of(tx: Tx, council: str, *, user_key: str) -> tuple[ScimRecord, ...]:
    """Everybody of a council who has this name there."""
    query = select(t.scim_people).where(_S.council == council, _S.user_key == user_key)
    return tuple(ScimRecord(*row) for row in tx.execute(query))


def page_of(
    tx: Tx,
    council: str,
    part: tuple[int, int],
    *,
    user_key: str | None = None,
    external_id: str | None = None,
) -> tuple[tuple[ScimRecord, ...], int]:
    """Those of a council, or of one name or number there, in the order in which they came, and how many in all.

    `part`: those after so many, and at most so many of them.
    """
    which = [_S.council == council]
    which += [] if user_key is None else [_S.user_key == user_key]
    which += [] if external_id is None else [_S.external_id == external_id]
    after, most = part
    query = select(t.scim_people).where(*which).order_by(_S.made_at, _S.id)
    rows = tx.execute(query.offset(after).limit(most))
    count = select(func.count()).select_from(t.scim_people).where(*which)
    return tuple(ScimRecord(*row) for row in rows), tx.execute(count).scalar_one()
