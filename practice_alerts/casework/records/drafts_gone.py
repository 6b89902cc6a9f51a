"""Whoever had typed something and not sent it is told that it goes, and why: neither child nor alert is named."""

from collections.abc import Iterable
from typing import Literal

from practice_alerts.adapters.store.alerts import drafts
from practice_alerts.adapters.store.alerts.drafts import Draft
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import load_each
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office

Why = Literal["draft_taken_out", "draft_destroyed", "draft_closed"]


def tell_writers(office: Office, tx: Tx, alert_ids: Iterable[str], why: Why) -> None:
    """One sentence each, however many drafts; to be called while they are there."""
    _tell(office, tx, destruction.writers_of_drafts(tx, alert_ids), why)


def is_open(office: Office, tx: Tx, draft: Draft) -> bool:
    """May whoever typed it still read the alert with whose texts it began, where it did?"""
    source = draft.body.get(destruction.COPIED_FROM)
    if source is None:
        return True
    found = load_each(office, tx, (source,)).get(source)
    return found is not None and found.may(
        actor_in(office, tx, draft.person_id, found.files.id), Act.SEE
    )


def let_go(office: Office) -> int:
    """Those that began with the texts of an alert that is closed to their writer by now: how many went."""
    with office.database.writing() as tx:
        copied = drafts.saying(tx, destruction.COPIED_FROM)
        closed = [one for one in copied if not is_open(office, tx, one)]
        for one in closed:
            drafts.discard(tx, one.person_id, one.id)
        _tell(office, tx, sorted({one.person_id for one in closed}), "draft_closed")
    return len(closed)


def _tell(office: Office, tx: Tx, writers: Iterable[str], why: Why) -> None:
    text = office.notices().write(why, NoticeFacts(link=f"{office.settings.base_url}/app/"))
    for who in writers:
        if directory.posts_of(tx, who, office.today):  # nothing is sent to whoever has left
            notice = outbox.NewNotice(who, why, text.subject, text.body)
            outbox.write(tx, notice, office.now())
