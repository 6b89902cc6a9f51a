"""Things that happen to an alert, put on record as they are, whatever form they are usually filled on."""

from datetime import date

from practice_alerts.casework.core import record as recording
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert.events import (
    Answered,
    Closed,
    EndingKind,
    Escalated,
    Event,
    Held,
    Person,
    Response,
    ResponseReviewed,
    Sent,
)
from tests.helpers.product.office import Desk


def record(desk: Desk, found: Known, who: str, *events: Event) -> Known:
    with desk.office.database.writing() as tx:
        return recording.record(desk.office, tx, found.id, events, desk.doing(who, found))


def answered(desk: Desk, found: Known, who: str = "manager", text: str = "Done.") -> Known:
    said = Answered(stage=found.run.stage, by=_person(who), response=Response.DONE, text=text)
    return record(desk, found, who, said)


def reviewed(desk: Desk, found: Known, outcome: str, reason: str = "The record says so.") -> Known:
    event = {"stage": found.run.stage, "by": _person("iro"), "verdict": outcome, "reason": reason}
    return record(desk, found, "iro", ResponseReviewed.model_validate(event))


def held(desk: Desk, found: Known, until: date, owner: str = "the social worker") -> Known:
    event = Held(stage=found.run.stage, until=until, task_owner=owner, reason="It will do.")
    return record(desk, found, "iro", event)


def climbed(desk: Desk, found: Known, to: str, who: str, rationale: str = "No answer.") -> Known:
    left = Escalated(stage=found.run.stage, to=to, rationale=rationale)
    sent = Sent(stage=to, asked=(_person(who),), answers={"rationale": rationale})
    return record(desk, found, "iro", left, sent)


def closed(desk: Desk, found: Known, what_changed: str = "There is a plan.") -> Known:
    return record(
        desk, found, "iro", Closed(ending=EndingKind.PUT_RIGHT, what_changed=what_changed)
    )


def _person(who: str) -> Person:
    return Person(id=who, name=f"{who.title()} Sample", post="Team Manager")
