"""The verdict: not satisfactory, accepted until a date (a hold), or put right and verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.casework.words import may_say, must_say
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.events import VERDICTS, Event, Held, Judged, Person
from practice_alerts.domain.permissions import Act, Actor
from practice_alerts.office import Office


@dataclass(frozen=True)
class Promise:
    """A promise to accept: until when, who is to see that it is done, and why it will do."""

    until: date | None
    task_owner: str
    reason: str = ""


def judge(office: Office, alert_id: str, verdict: str, reason: str, doing: Doing) -> Known:
    """Record the verdict on the answer at the present stage, with its reason."""

    def decide(_tx: Tx, found: Known) -> tuple[Event, ...]:
        if verdict not in VERDICTS:
            raise BadAnswers({"verdict": "Your verdict: choose one."})
        said = must_say("reason", "Why", reason)
        return (
            Judged(
                stage=found.run.stage, by=as_judge(found, doing.actor), verdict=verdict, reason=said
            ),
        )

    return act(office, alert_id, Act.JUDGE, doing, decide)


def hold(office: Office, alert_id: str, promise: Promise, doing: Doing) -> Known:
    """Accept a promise until a date. Moves neither the response date nor the cap."""

    def decide(_tx: Tx, found: Known) -> tuple[Event, ...]:
        until = promise.until
        if until is None or until < office.today:
            raise BadAnswers({"until": "Hold until: choose today or a later day."})
        owner = must_say("task_owner", "Who is to see that it is done", promise.task_owner)
        reason = may_say("reason", "Why", promise.reason)
        return (Held(stage=found.run.stage, until=until, task_owner=owner, reason=reason),)

    return act(office, alert_id, Act.HOLD, doing, decide)


def as_judge(found: Known, actor: Actor) -> Person:
    """The person who judges, in the raiser's post; a cover says for whom."""
    raiser = found.alert.raiser
    post = raiser.post if actor.id == raiser.id else f"for the {raiser.post or 'raiser'}"
    return Person(id=actor.id, name=actor.name, post=post)
