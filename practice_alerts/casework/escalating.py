"""Escalating: up the ladder, with the reason, to whoever answers there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework import people
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.casework.words import may_say, must_say
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.events import Escalated, Event, Sent
from practice_alerts.domain.form import ADDRESSEE
from practice_alerts.domain.ladder import Stage
from practice_alerts.domain.permissions import Act
from practice_alerts.office import Office


@dataclass(frozen=True)
class Climb:
    """Where to, why, and what is asked there. `asked`: ids; empty for those the directory proposes."""

    to: str
    rationale: str
    actions: str = ""
    asked: tuple[str, ...] = ()
    addressee: str = ""
    """Whom it goes to in a partner agency, by name."""


def asked_at(office: Office, tx: Tx, found: Known, stage: Stage) -> tuple[people.Candidate, ...]:
    """Everybody who may be asked at that stage."""
    return people.to_ask(_scene(office, tx, found), stage.asked)


def escalate(office: Office, alert_id: str, climb: Climb, doing: Doing) -> Known:
    """Leave the present stage and open the next. Raises NotPossible past the top, NobodyHolds."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        stage = _chosen(found, climb.to)
        rationale = must_say("rationale", f"Why it goes to {stage.label}", climb.rationale)
        actions = may_say("actions", "What is asked for", climb.actions)
        scene = _scene(office, tx, found)
        addressee = _addressee(found, climb)
        asked = people.asked(scene, stage, people.Choice(climb.asked, addressee))
        people.must_be_asked(found.files.procedure, stage, asked)
        sent = Sent(
            stage=stage.id,
            asked=asked,
            copied=people.copies(scene, found.ladder, stage),
            answers={
                **_asked_for(found.run.sent.answers, actions, rationale),
                **({ADDRESSEE: addressee} if addressee else {}),
            },
        )
        return (Escalated(stage=found.run.stage, to=stage.id, rationale=rationale), sent)

    return act(office, alert_id, Act.ESCALATE, doing, decide)


def _chosen(found: Known, to: str) -> Stage:
    for stage in found.ways_up:
        if stage.id == to:
            return stage
    raise NotPossible("The ladder does not lead there from the present stage.")


def _addressee(found: Known, climb: Climb) -> str:
    """Of an alert that climbs a partner agency's ladder; elsewhere the directory alone knows."""
    if found.alert.raised.partner is None:
        return ""
    return may_say("addressee", "Who it goes to", climb.addressee)


def _asked_for(before: Mapping[str, Any], actions: str, rationale: str) -> dict[str, Any]:
    """What the form prints for the new stage; what was asked for stays unless said anew."""
    kept = {"actions": before["actions"]} if before.get("actions") else {}
    said = {"actions": actions} if actions else {}
    return {**kept, **said, "rationale": rationale}


def _scene(office: Office, tx: Tx, found: Known) -> people.Scene:
    return people.Scene(office, tx, found.files, found.alert.raised.answers, found.alert.raiser)
