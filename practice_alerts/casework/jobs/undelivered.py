"""E-mails that did not arrive: somebody must look at them, mend the cause and have them sent again."""

from dataclasses import replace
from typing import Final

from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import GivenUp
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.jobs import digest
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office

MESSAGE_OF_THE_DAY: Final = "The message of the day"


def not_arrived(office: Office, by: Actor) -> tuple[GivenUp, ...]:
    """Those of one's own council refused for good or too often, the newest first. Raises NotYours."""
    must_run(by, OfficeAct.SEE_EMAILS, by.council)
    with office.database.reading() as tx:
        found = outbox.given_up(tx, by.council)
        return tuple(_shown(one, by) for one in found)


def _shown(one: GivenUp, by: Actor) -> GivenUp:
    """A message of the day is named for what it is: its own subject may be that of a single piece of news."""
    if one.notice == digest.MESSAGE:
        return replace(one, subject=MESSAGE_OF_THE_DAY)
    if one.reference in by.shut_out_of:
        return replace(one, reference="", subject=outbox.NOT_YOURS)
    return one


def how_many(office: Office, actor: Actor) -> int:
    """How many this person should look at; none where they are not theirs to look after."""
    if not may_run(actor, OfficeAct.SEND_AGAIN, actor.council):
        return 0
    with office.database.reading() as tx:
        return outbox.number_given_up(tx, actor.council)


def send_again(office: Office, by: Actor, notice_id: str) -> GivenUp:
    """Let it wait to be sent once more, to the address held now. Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEND_AGAIN, by.council)
    with writing_as(office, by) as tx:
        found = next((one for one in outbox.given_up(tx, by.council) if one.id == notice_id), None)
        if found is None or not outbox.try_again(tx, notice_id, office.now()):
            raise NotFound("e-mail that did not arrive")
    return found


def send_all_again(office: Office, by: Actor) -> int:
    """The same for all of them, as after the mail server was down; how many. Raises NotYours."""
    must_run(by, OfficeAct.SEND_AGAIN, by.council)
    with writing_as(office, by) as tx:
        found = outbox.given_up(tx, by.council)
        return sum(outbox.try_again(tx, one.id, office.now()) for one in found)
