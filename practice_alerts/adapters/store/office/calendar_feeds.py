"""Calendar addresses handed out. Only the digest of each token is kept, so that nobody can read one here."""

from datetime import datetime

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_F = t.feeds.c


def hand_out(tx: Tx, person_id: str, digest: str, at: datetime) -> None:
    """From now on this is the person's one address; any they had before is worth nothing."""
    take_back(tx, person_id, at)
    tx.execute(t.feeds.insert().values(digest=digest, person_id=person_id, made_at=at))


def take_back(tx: Tx, person_id: str, at: datetime) -> bool:
    """Make their address worth nothing; False where they have none."""
    live = (_F.person_id == person_id, _F.revoked_at.is_(None))
    return tx.execute(t.feeds.update().where(*live).values(revoked_at=at)).rowcount > 0


def take_back_all(tx: Tx, at: datetime) -> None:
    tx.execute(t.feeds.update().where(_F.revoked_at.is_(None)).values(revoked_at=at))


def whose(tx: Tx, digest: str) -> str | None:
    """The person whose address this is, while it holds and they have not left."""
    query = (
        select(_F.person_id)
        .join(t.people, t.people.c.id == _F.person_id)
        .where(_F.digest == digest, _F.revoked_at.is_(None), t.people.c.left_at.is_(None))
    )
    return tx.execute(query).scalar_one_or_none()


def made_at(tx: Tx, person_id: str) -> datetime | None:
    """When the address they have now was handed out; None where they have none."""
    query = select(_F.made_at).where(_F.person_id == person_id, _F.revoked_at.is_(None))
    return tx.execute(query).scalar_one_or_none()
