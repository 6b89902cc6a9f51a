"""Answering: by whoever is asked at the present stage, or their cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from practice_alerts.adapters.store import current, drafts
from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework import people
from practice_alerts.casework.known import Known, load
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.events import RESPONSES, Answered, Event, Person
from practice_alerts.domain.form import LONG_TEXT_LIMIT, TEXT_LIMIT
from practice_alerts.domain.form_check import Faults, control_characters
from practice_alerts.domain.permissions import Act, Actor, may
from practice_alerts.office import Office


@dataclass(frozen=True)
class Reply:
    """The three fields of the answer page: what is said, whether and by when, and who does it."""

    text: str = ""
    response: str = ""
    promise_by: str = ""
    """An ISO day as typed; empty where none is promised."""
    task_owner: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Reply:
        return cls(**{name: str(typed.get(name) or "") for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Asked:
    """What somebody who is asked gets to see of an alert."""

    asking: current.Asking
    known: Known
    actor: Actor
    is_present: bool
    """False once the alert has moved on or closed: what was typed is kept, but not sent here."""


def asked(office: Office, tx: Tx, person_id: str, asking_id: str) -> Asked:
    """The alert behind an answer page's address, for a person who is signed in. Raises NotFound."""
    asking = current.asking(tx, asking_id)
    if asking is None:
        raise NotFound("practice alert")
    known = load(office, tx, asking.alert_id)
    actor = people.actor_in(office, tx, person_id, known.files.id)
    if asking.person_id not in {person_id, *actor.covers_for}:
        raise NotFound("practice alert")
    if not may(actor, Act.SEE, known.alert):
        raise NotFound("practice alert")
    return Asked(asking, known, actor, asking.is_present and known.alert.is_open)


def faults_of(reply: Reply, today: date) -> Faults:
    """What is still to be mended, field by field."""
    faults: Faults = {}
    if not reply.text.strip():
        faults["text"] = "Your answer: say what has been done, or what will be."
    elif control_characters(reply.text):
        faults["text"] = "Your answer: take out characters that cannot be printed."
    elif len(reply.text) > LONG_TEXT_LIMIT:
        faults["text"] = f"Your answer: keep it under {LONG_TEXT_LIMIT:,} characters."
    if reply.response not in RESPONSES:
        faults["response"] = "Will it be done? Choose one."
    elif reply.response == "will_be_done" and _day(reply.promise_by) is None:
        faults["promise_by"] = "By when: give a real date, such as 24 April 2026."
    elif reply.response == "will_be_done" and (_day(reply.promise_by) or today) < today:
        faults["promise_by"] = "By when: choose today or a later day."
    if len(reply.task_owner) > TEXT_LIMIT or control_characters(reply.task_owner):
        faults["task_owner"] = f"Who does it: a name or post in under {TEXT_LIMIT} characters."
    return faults


def answer(office: Office, alert_id: str, reply: Reply, doing: Doing) -> Known:
    """Record the answer. Raises BadAnswers, NotAllowed, NotPossible, SomeoneWasFaster."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        faults = faults_of(reply, office.today)
        if faults or reply.response not in RESPONSES:
            raise BadAnswers(faults)
        drafts.discard_about(tx, doing.actor.id, draft_name(alert_id))
        promised = _day(reply.promise_by) if reply.response == "will_be_done" else None
        return (
            Answered(
                stage=found.run.stage,
                by=_as_asked(found, doing.actor),
                response=reply.response,
                text=reply.text.strip().replace("\r\n", "\n"),
                promise_by=promised,
                task_owner=reply.task_owner.strip(),
            ),
        )

    return act(office, alert_id, Act.ANSWER, doing, decide)


def draft_name(alert_id: str) -> str:
    """What a draft of an answer to this alert is filed under."""
    return f"answer:{alert_id}"


def _as_asked(found: Known, actor: Actor) -> Person:
    """The person who answers, in the post that was asked; a cover says for whom."""
    run = found.alert.run
    for person in run.sent.asked if run else ():
        if person.id == actor.id:
            return Person(id=actor.id, name=actor.name, post=person.post)
        if person.id in actor.covers_for:
            return Person(id=actor.id, name=actor.name, post=f"for the {person.post}")
        if not person.id:
            return person  # outside the directory; the event's own row names who recorded it
    return Person(id=actor.id, name=actor.name)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
