"""Whoever had typed something and not sent it is told that it goes, and why: neither child nor alert is named."""

from collections.abc import Iterable
from typing import Literal

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.records import destruction
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office

Why = Literal["draft_taken_out", "draft_destroyed"]


def tell_writers(office: Office, tx: Tx, alert_ids: Iterable[str], why: Why) -> None:
    """One sentence each, however many drafts; to be called while they are there."""
    text = office.notices().write(why, NoticeFacts(link=f"{office.settings.base_url}/app/"))
    for who in destruction.writers_of_drafts(tx, alert_ids):
        if directory.posts_of(tx, who, office.today):  # nothing is sent to whoever has left
            notice = outbox.NewNotice(who, why, text.subject, text.body)
            outbox.write(tx, notice, office.now())
