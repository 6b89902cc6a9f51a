"""Sending what waits in the outbox: one notice's trouble never stops the others."""

from __future__ import annotations

from practice_alerts.adapters.mail import Letter, NotSent, Sender
from practice_alerts.adapters.store import outbox
from practice_alerts.adapters.store.outbox import Waiting
from practice_alerts.office import Office


def send_waiting(office: Office, sender: Sender) -> int:
    """Send everything that is due; how many went out.

    Each notice is claimed before it is handed over, so that two processes never send the same one. If
    this one dies between handing over and writing that down, the notice goes again later, under the
    same Message-ID.
    """
    sent = 0
    with office.database.reading() as tx:
        due = outbox.waiting(tx, office.now())
    for notice in due:
        if _claimed(office, notice):
            sent += _send(office, sender, notice)
    return sent


def _claimed(office: Office, notice: Waiting) -> bool:
    with office.database.writing() as tx:
        return outbox.claim(tx, notice, office.now())


def _send(office: Office, sender: Sender, notice: Waiting) -> int:
    letter = Letter(notice.id, notice.mail, notice.name, notice.subject, notice.body, office.now())
    try:
        sender.send(letter)
    except NotSent as trouble:
        with office.database.writing() as tx:
            outbox.did_not_go_out(tx, notice, trouble.why, office.now(), for_good=trouble.for_good)
        return 0
    with office.database.writing() as tx:
        outbox.went_out(tx, notice.id, office.now())
    return 1
