"""Readers of open alerts from before whom the rules of today would not let in: listed, and let go by one press."""

from dataclasses import dataclass

from practice_alerts.adapters.files.procedures import FORMAT_NOW
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core import who_gets_it, who_is_meant
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.record import Doing, Pressed, load_for, once, record
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import CaseMoved, Person
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.standing.case_moves import former
from practice_alerts.office import Office

MOST = 200
"""So many alerts are looked into at once; when these are settled, the next are."""


@dataclass(frozen=True, slots=True)
class WronglyLetIn:
    """One alert, and whoever reads it although neither form nor procedure means them."""

    alert_id: str
    reference: str
    version: int
    people: tuple[Person, ...]


def wrongly_let_in(office: Office, actor: Actor) -> tuple[WronglyLetIn, ...]:
    """Of the open alerts of this council raised before people were told apart. Raises NotYours."""
    must_run(actor, OfficeAct.LET_GO, actor.council)
    with office.database.reading() as tx:
        editions = current_state.editions_of_open(tx, actor.council)
        old = [one for one in editions if office.edition(one).format < FORMAT_NOW]
        every = load_each(office, tx, current_state.open_under(tx, actor.council, old, MOST))
        found = ((known, _strangers(office, tx, known)) for known in every.values())
        return tuple(
            WronglyLetIn(known.id, known.alert.reference, known.alert.version, people)
            for known, people in found
            if people and known.may(actor, Act.SEE)
        )


def let_go(office: Office, alert_id: str, doing: Doing) -> Known:
    """End what they read: from now on only what they were asked. Raises what `load_for` does."""

    def do(tx: Tx) -> Known:
        found = load_for(office, tx, alert_id, Act.HAND_ON, doing)
        gone = _strangers(office, tx, found)
        if not gone:
            return found
        ids = {one.id for one in gone}
        moved = CaseMoved(
            since=office.today,
            replaced=(),
            answers={},
            asked=tuple(one for one in found.run.sent.asked if one.id not in ids),
            copied=tuple(one for one in found.run.sent.copied if one.id not in ids),
            gone=gone,
            reason="Neither the form nor the procedure means them.",
        )
        return record(office, tx, alert_id, (moved,), doing)

    return once(office, Pressed(CaseMoved, alert_id), doing, do)


def _strangers(office: Office, tx: Tx, found: Known) -> tuple[Person, ...]:
    """Whoever got the alert and would not today: meant at no stage it was sent to, and chosen at none."""
    if found.ladder is None:
        return ()
    scene = who_is_meant.scene_of(office, tx, found)
    meant = {found.alert.officer.id, found.alert.raiser.id, *former(found.alert)}
    for run in found.alert.runs:
        if run.sent.instead_of:  # chosen since, with a reason
            meant |= {one.id for one in (*run.sent.asked, *run.sent.copied)}
        meant |= who_gets_it.may_be_reached(scene, found.ladder, found.ladder.stage(run.stage))
    every = (one for run in found.alert.runs for one in (*run.sent.asked, *run.sent.copied))
    return tuple({one.id: one for one in every if one.id and one.id not in meant}.values())
