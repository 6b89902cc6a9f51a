"""What nobody needs any more of signing in, of e-mails and of drafts: each taken out once it is old."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select, true

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.timestamps import stamp
from practice_alerts.adapters.store.office import office_settings

_EMPTIED: Final = "emails_emptied_until"


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
    since = office_settings.fact(tx, _EMPTIED)  # what was sent earlier says nothing any more
    sent = (box.sent_at < before, box.sent_at >= datetime.fromisoformat(since) if since else true())
    emptied = tx.execute(
        t.outbox.update().where(*sent, says).values(subject="", body="", mail=None)
    ).rowcount
    if emptied:
        office_settings.put_fact(tx, _EMPTIED, stamp(before))
    gone = select(people.id).where(people.left_at < before)
    waits = and_(box.sent_at.is_(None), box.person_id.in_(gone))
    return emptied + tx.execute(t.outbox.delete().where(waits)).rowcount


def drafts(tx: Tx, before: datetime) -> int:
    """Those on which nobody has typed since."""
    return tx.execute(t.drafts.delete().where(t.drafts.c.saved_at < before)).rowcount
