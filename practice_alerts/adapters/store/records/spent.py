"""What nobody needs any more of signing in, of e-mails and of drafts: each taken out once it is old."""

from datetime import datetime

from sqlalchemy import and_, or_, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx


def sessions(tx: Tx, before: datetime) -> int:
    """Those that were over by then. That somebody signed in, the security log says."""
    c = t.sessions.c
    return tx.execute(
        t.sessions.delete().where(or_(c.expires_at < before, c.revoked_at < before))
    ).rowcount


def links(tx: Tx, before: datetime) -> int:
    """Those that were too old by then, used or not."""
    c = t.sign_in_links.c
    return tx.execute(t.sign_in_links.delete().where(c.expires_at < before)).rowcount


def texts_of_emails(tx: Tx, before: datetime) -> int:
    """What e-mails said that were sent by then. That they were, of which alert and to whom, stays.

    What waits for somebody who had left by then goes whole.
    """
    box, people = t.outbox.c, t.people.c
    says = or_(box.subject != "", box.body != "", box.mail.is_not(None))
    sent = t.outbox.update().where(box.sent_at < before, says)
    emptied = tx.execute(sent.values(subject="", body="", mail=None)).rowcount
    gone = select(people.id).where(people.left_at < before)
    waits = and_(box.sent_at.is_(None), box.person_id.in_(gone))
    return emptied + tx.execute(t.outbox.delete().where(waits)).rowcount


def drafts(tx: Tx, before: datetime) -> int:
    """Those on which nobody has typed since."""
    return tx.execute(t.drafts.delete().where(t.drafts.c.saved_at < before)).rowcount
