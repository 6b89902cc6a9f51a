"""Which person is meant by an account of a council's single sign-on, and what its issuer has said once."""

from datetime import datetime

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_A, _U = t.sign_on_accounts.c, t.used_logout_tokens.c


def person_of(tx: Tx, issuer: str, subject: str) -> str | None:
    """By id; also somebody who has left."""
    query = select(_A.person_id).where(_A.issuer == issuer, _A.subject == subject)
    return tx.execute(query).scalar_one_or_none()


def subject_of(tx: Tx, issuer: str, person_id: str) -> str | None:
    query = select(_A.subject).where(_A.issuer == issuer, _A.person_id == person_id)
    return tx.execute(query.order_by(_A.linked_at)).scalars().first()


def link(tx: Tx, issuer: str, subject: str, person_id: str, at: datetime) -> None:
    """This account means this person, in place of whoever and whichever it was."""
    unlink(tx, issuer, person_id)
    tx.execute(t.sign_on_accounts.delete().where(_A.issuer == issuer, _A.subject == subject))
    row = {"issuer": issuer, "subject": subject, "person_id": person_id, "linked_at": at}
    tx.execute(t.sign_on_accounts.insert(), row)


def unlink(tx: Tx, issuer: str, person_id: str) -> None:
    theirs = t.sign_on_accounts.delete()
    tx.execute(theirs.where(_A.issuer == issuer, _A.person_id == person_id))


def use_logout_token(tx: Tx, issuer: str, token: str, until: datetime, now: datetime) -> bool:
    """False for one that was used before."""
    tx.execute(t.used_logout_tokens.delete().where(_U.until < now))
    same = select(_U.token).where(_U.issuer == issuer, _U.token == token)
    if tx.execute(same).first() is not None:
        return False
    row = {"issuer": issuer, "token": token, "until": until}
    tx.execute(t.used_logout_tokens.insert(), row)
    return True
