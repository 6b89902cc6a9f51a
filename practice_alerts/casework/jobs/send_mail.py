"""Sending what waits in the outbox: one notice's trouble never stops the others."""

from dataclasses import dataclass

from practice_alerts.adapters.mail import Email, NotSent, Sender
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.notice_facts import sender_name
from practice_alerts.casework.jobs import digest
from practice_alerts.casework.jobs.each_by_itself import each_by_itself
from practice_alerts.casework.jobs.when_to_send import councils_for, wait_until
from practice_alerts.casework.together import asked_together
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.notices.texts import Text
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is handed over now, and the other notices that it holds."""

    text: Text
    from_name: str
    within: tuple[str, ...] = ()
    beside: tuple[Waiting, ...] = ()
    """Those that were taken with it, and wait again with it if it does not leave."""


def send_waiting(office: Office, sender: Sender) -> int:
    """Send everything that is due; how many went out.

    Each is claimed first, so that two processes never hand over the same one at a time. If a process dies
    between handing over and writing that down, the notice goes again when the claim lapses, under the same
    Message-ID, which many mail programs show once: a notice lost would be worse. A bug in one notice counts
    as a try of that notice.
    """
    with office.database.reading() as tx:
        due = outbox.waiting(tx, office.now())
    trouble = "notices that could not be sent for a fault of ours"
    return each_by_itself(due, lambda notice: _send(office, sender, notice), trouble)


def _send(office: Office, sender: Sender, notice: Waiting) -> int:
    with office.database.writing() as tx:
        if not outbox.claim(tx, notice, office.now()):
            return 0
    try:
        with office.database.writing() as tx:
            ready = _made_ready(office, tx, notice)
    except Exception as bug:
        _failed(office, notice, f"A fault on our side ({type(bug).__name__}).")
        raise
    return _handed_over(office, sender, notice, ready) if ready else 0


def _handed_over(office: Office, sender: Sender, notice: Waiting, ready: _Ready) -> int:
    try:
        text, now = ready.text, office.now()
        to = (notice.mail, notice.name)
        sender.send(Email(notice.id, *to, text.subject, text.body, now, ready.from_name))
    except NotSent as trouble:
        for one in (notice, *ready.beside):
            _failed(office, one, trouble.why, for_good=trouble.for_good)
        return 0
    except Exception as bug:
        for one in (notice, *ready.beside):
            _failed(office, one, f"A fault on our side ({type(bug).__name__}).")
        raise
    with office.database.writing() as tx:
        outbox.went_out(tx, notice.id, office.now(), ready.within)
    return 1


def _made_ready(office: Office, tx: Tx, notice: Waiting) -> _Ready | None:
    """As it may leave at this moment. What its reader can no longer open goes to nobody."""
    if notice.notice == digest.MESSAGE:
        return _message_of_the_day(office, tx, notice)
    about = load(office, tx, notice.alert_id) if notice.alert_id else None
    if about is not None:
        reader = actor_in(office, tx, notice.person_id, about.files.id)
        if not about.may(reader, Act.SEE):
            outbox.drop(tx, [notice.id])
            return None
    later = wait_until(office, tx, notice, about)
    if later is not None:
        outbox.postpone(tx, notice.id, later)
        return None
    beside = asked_together.claimed_beside(office, tx, notice, about) if about else ()
    if about is not None and beside:
        return _in_one(office, tx, notice, about, beside)
    return _Ready(Text(notice.subject, notice.body), _from_name(office, tx, notice))


def _in_one(
    office: Office, tx: Tx, notice: Waiting, about: Known, beside: asked_together.WaitingBeside
) -> _Ready:
    """Whoever is asked on several alerts that were raised together is written to once."""
    alerts = (about, *(found for _, found in beside))
    text = asked_together.in_one(office, tx, notice.person_id, alerts)
    outbox.say(tx, notice.id, text.subject, text.body)
    taken = tuple(one for one, _ in beside)
    within = tuple(one.id for one in taken)
    return _Ready(text, _from_name(office, tx, notice), within, taken)


def _message_of_the_day(office: Office, tx: Tx, notice: Waiting) -> _Ready | None:
    """Made anew, since an alert may have been restricted meanwhile; that of another day is not sent any more."""
    message = digest.message_as_it_goes(office, tx, notice.person_id, notice.written_at)
    outbox.drop(tx, message.needless)
    if message.text is None:
        outbox.drop(tx, [notice.id])
        return None
    outbox.say(tx, notice.id, message.text.subject, message.text.body)
    return _Ready(message.text, _from_name(office, tx, notice), message.within)


def _from_name(office: Office, tx: Tx, notice: Waiting) -> str:
    return sender_name(office, councils_for(office, tx, notice.council, notice.person_id))


def _failed(office: Office, notice: Waiting, why: str, *, for_good: bool = False) -> None:
    with office.database.writing() as tx:
        outbox.did_not_go_out(tx, notice, why, office.now(), for_good=for_good)
