"""Sending what waits in the outbox: one notice's trouble never stops the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from practice_alerts.adapters.mail import Email, NotReached, NotSent, Sender, Unwritable
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.notice_facts import sender_name
from practice_alerts.casework.each_by_itself import each_by_itself
from practice_alerts.casework.jobs import digest
from practice_alerts.casework.jobs.when_to_send import councils_for, wait_until
from practice_alerts.casework.together import asked_together
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.domain.notices.texts import Text
from practice_alerts.office import Office

_MOST_TRIES_OF_A_BUG: Final = 12


class _ChangedMeanwhile(Exception):  # noqa: N818 - says what happened
    """Somebody else has the notice, or part of what it was to say."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to become of a notice at this moment; worked out without keeping anybody from writing."""

    text: Text | None = None
    """None where nothing leaves now."""
    from_name: str = ""
    within: tuple[str, ...] = ()
    """Other notices that it holds."""
    beside: tuple[Waiting, ...] = ()
    """Those of them that have to be taken with it, and wait again with it if it does not leave."""
    drop: tuple[str, ...] = ()
    postpone: datetime | None = None
    is_put_together: bool = False


def send_waiting(office: Office, sender: Sender, *, alone: bool = False) -> int:
    """Send everything that is due; how many went out.

    Each is claimed before it leaves, so that two processes never hand over the same one at a time. If a
    process dies between handing over and writing that down, the notice goes again, under the same
    Message-ID, which many mail programs show once: a notice lost would be worse. A bug in one notice counts
    as a try of that notice. Where there is no handing over, the others wait for the next time. `alone`: nobody
    else sends, so whoever else holds one has ended, on whichever machine.
    """
    _take_from_ended(office, alone=alone)
    with office.database.reading() as tx:
        due = outbox.waiting(tx, office.now())
    away: list[NotReached] = []

    def send(notice: Waiting) -> int:
        return 0 if away else _send(office, sender, notice, away)

    return each_by_itself(due, send, "notices that could not be sent for a fault of ours")


def _take_from_ended(office: Office, *, alone: bool) -> None:
    with office.database.reading() as tx:
        held_by = outbox.claimants(tx)
    # To ask for our own name forgets who has ended, so that is asked last.
    ended = {one for one in held_by if alone or office.processes.has_ended(one)}
    ended -= {office.processes.name} if alone else set()
    if ended:
        with office.database.writing() as tx:
            outbox.take_from(tx, ended, office.now())


def _send(office: Office, sender: Sender, notice: Waiting, away: list[NotReached]) -> int:
    try:
        with office.database.reading() as tx:
            plan = _plan(office, tx, notice)
    except ToldPlainly:  # of the store, not of this notice
        raise
    except Exception as bug:
        _fault_of_ours(office, (notice,), bug)
        raise
    return _handed_over(office, sender, notice, plan, away) if _take(office, notice, plan) else 0


def _take(office: Office, notice: Waiting, plan: _Plan) -> bool:
    """For this process, with all that it holds; or none of it, where anything changed meanwhile."""
    now, by = office.now(), office.processes.name
    try:
        with office.database.writing() as tx:
            _must_be_as_planned(tx, notice, plan, now, by)
            outbox.drop(tx, plan.drop)
            if plan.postpone is not None:
                outbox.postpone(tx, notice.id, plan.postpone)
            if plan.text is not None and plan.is_put_together:
                outbox.say(tx, notice.id, plan.text.subject, plan.text.body)
    except _ChangedMeanwhile:
        return False
    return True


def _must_be_as_planned(tx: Tx, notice: Waiting, plan: _Plan, now: datetime, by: str) -> None:
    claimed = all(outbox.claim(tx, one, now, by) for one in (notice, *plan.beside))
    if not (claimed and outbox.are_waiting(tx, plan.within)):
        raise _ChangedMeanwhile


def _handed_over(
    office: Office, sender: Sender, notice: Waiting, plan: _Plan, away: list[NotReached]
) -> int:
    if plan.text is None:
        return 0
    text, now = plan.text, office.now()
    every = (notice, *plan.beside)
    try:
        to = (notice.mail, notice.name)
        sender.send(Email(notice.id, *to, text.subject, text.body, now, plan.from_name))
    except NotSent as trouble:
        if isinstance(trouble, NotReached):
            away.append(trouble)
        for one in every:
            _failed(office, one, trouble)
        return 0
    except Exception as bug:
        _fault_of_ours(office, every, bug)
        raise
    with office.database.writing() as tx:
        outbox.went_out(tx, notice.id, office.now(), plan.within)
    return 1


def _plan(office: Office, tx: Tx, notice: Waiting) -> _Plan:
    """As it may leave at this moment. What its reader can no longer open goes to nobody."""
    if notice.notice == digest.MESSAGE:
        return _message_of_the_day(office, tx, notice)
    about = load(office, tx, notice.alert_id) if notice.alert_id else None
    if about is not None:
        reader = actor_in(office, tx, notice.person_id, about.files.id)
        if not about.may(reader, Act.SEE):
            return _Plan(drop=(notice.id,))
    later = wait_until(office, tx, notice, about)
    if later is not None:
        return _Plan(postpone=later)
    beside = asked_together.waiting_beside(office, tx, notice, about) if about else ()
    if about is not None and beside:
        return _in_one(office, tx, notice, about, beside)
    return _Plan(Text(notice.subject, notice.body), _from_name(office, tx, notice))


def _in_one(
    office: Office, tx: Tx, notice: Waiting, about: Known, beside: asked_together.WaitingBeside
) -> _Plan:
    """Whoever is asked on several alerts that were raised together is written to once."""
    alerts = (about, *(found for _, found in beside))
    text = asked_together.in_one(office, tx, notice.person_id, alerts)
    taken = tuple(one for one, _ in beside)
    within = tuple(one.id for one in taken)
    return _Plan(text, _from_name(office, tx, notice), within, taken, is_put_together=True)


def _message_of_the_day(office: Office, tx: Tx, notice: Waiting) -> _Plan:
    """Made anew, since an alert may have been restricted meanwhile; that of another day is not sent any more."""
    message = digest.message_as_it_goes(office, tx, notice.person_id, notice.written_at)
    if message.text is None:
        return _Plan(drop=(*message.needless, notice.id))
    name, within = _from_name(office, tx, notice), message.within
    return _Plan(message.text, name, within, drop=message.needless, is_put_together=True)


def _from_name(office: Office, tx: Tx, notice: Waiting) -> str:
    return sender_name(office, councils_for(office, tx, notice.council, notice.person_id))


def _failed(office: Office, notice: Waiting, trouble: NotSent) -> None:
    """Refused for good it is only where the reader is: a mail server that takes nothing is for now."""
    with office.database.writing() as tx:
        for_good = isinstance(trouble, Unwritable) or (
            trouble.for_good and outbox.is_only_this_reader(tx, notice, trouble.why)
        )
        outbox.did_not_go_out(tx, notice, trouble.why, office.now(), for_good=for_good)


def _fault_of_ours(office: Office, notices: Iterable[Waiting], bug: Exception) -> None:
    for one in notices:
        with office.database.writing() as tx:
            why = f"A fault on our side ({type(bug).__name__})."
            last = one.tries + 1 >= _MOST_TRIES_OF_A_BUG
            outbox.did_not_go_out(tx, one, why, office.now(), for_good=last)
