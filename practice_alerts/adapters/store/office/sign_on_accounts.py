"""Which person is meant by an account of a council's single sign-on, and what its issuer has said once."""

from datetime import datetime

from sqlalchemy import func, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx

_A, _U, _P = t.sign_on_accounts.c, t.used_logout_tokens.c, t.people.c
_FORMER = "former:"
"""Before the issuer of an account that was let go: it is kept, so that it never comes to mean another person."""


def person_of(tx: Tx, issuer: str, subject: str) -> str | None:
    """By id; also somebody who has left."""
    query = select(_A.person_id).where(_A.issuer == issuer, _A.subject == subject)
    return tx.execute(query).scalar_one_or_none()


def owner_of(tx: Tx, issuer: str, subject: str) -> str | None:
    """Whom it means, or meant before it was let go, by id."""
    return person_of(tx, issuer, subject) or person_of(tx, _FORMER + issuer, subject)


def subject_of(tx: Tx, issuer: str, person_id: str) -> str | None:
    query = select(_A.subject).where(_A.issuer == issuer, _A.person_id == person_id)
    return tx.execute(query.order_by(_A.linked_at)).scalars().first()


def link(tx: Tx, issuer: str, subject: str, person_id: str, at: datetime) -> None:
    """This account means this person, in place of whichever it was."""
    unlink(tx, issuer, person_id)
    either = _A.issuer.in_((issuer, _FORMER + issuer))
    tx.execute(t.sign_on_accounts.delete().where(either, _A.subject == subject))
    row = {"issuer": issuer, "subject": subject, "person_id": person_id, "linked_at": at}
    tx.execute(t.sign_on_accounts.insert(), row)


def unlink(tx: Tx, issuer: str, person_id: str) -> None:
    """No account of the issuer means them any more; which did is kept."""
    theirs = t.sign_on_accounts.update().where(_A.issuer == issuer, _A.person_id == person_id)
    tx.execute(theirs.values(issuer=_FORMER + issuer))


def was_anothers(tx: Tx, mail: str, person_id: str) -> bool:
    """Has somebody else this address who has left?"""
    same = func.lower(_P.mail) == mail.strip().lower()
    return tx.execute(select(_P.id).where(same, _P.id != person_id)).first() is not None


def is_used(tx: Tx, issuer: str, token: str) -> bool:
    same = select(_U.token).where(_U.issuer == issuer, _U.token == token)
    return tx.execute(same).first() is not None


def use_once(tx: Tx, issuer: str, token: str, until: datetime, now: datetime) -> bool:
    """A logout token, or an answer to somebody who signs in; False for one that was used before."""
    tx.execute(t.used_logout_tokens.delete().where(_U.until < now))
    if is_used(tx, issuer, token):
        return False
    row = {"issuer": issuer, "token": token, "until": until}
    tx.execute(t.used_logout_tokens.insert(), row)
    return True
