"""Sending what waits in the outbox: one notice's trouble never stops the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from practice_alerts.adapters.mail import Email, NotSent, Sender
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.office import Office

_T = TypeVar("_T")


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


def each_by_itself(of: Iterable[_T], do: Callable[[_T], int], trouble: str) -> int:
    """Do it with each, and add up; the bugs come as one group in the end, so that none stops the others."""
    done = 0
    bugs: list[Exception] = []
    for one in of:
        try:
            done += do(one)
        except Exception as bug:  # noqa: BLE001 - raised below, when the others are done
            bugs.append(bug)
    if bugs:
        raise ExceptionGroup(trouble, bugs)
    return done


def _send(office: Office, sender: Sender, notice: Waiting) -> int:
    with office.database.writing() as tx:
        if not outbox.claim(tx, notice, office.now()):
            return 0
    email = Email(notice.id, notice.mail, notice.name, notice.subject, notice.body, office.now())
    try:
        sender.send(email)
    except NotSent as trouble:
        _failed(office, notice, trouble.why, for_good=trouble.for_good)
        return 0
    except Exception as bug:
        _failed(office, notice, f"A fault on our side ({type(bug).__name__}).")
        raise
    with office.database.writing() as tx:
        outbox.went_out(tx, notice.id, office.now())
    return 1


def _failed(office: Office, notice: Waiting, why: str, *, for_good: bool = False) -> None:
    with office.database.writing() as tx:
        outbox.did_not_go_out(tx, notice, why, office.now(), for_good=for_good)
