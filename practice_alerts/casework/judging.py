"""The verdict, and what goes with it: holds, their review, another date by agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.acting import checked, not_before, others, text
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.beside import DateAgreed, HoldReviewed
from practice_alerts.domain.events import Event, Held, Judged, Person
from practice_alerts.domain.permissions import Act, Actor
from practice_alerts.office import Office


def judge(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Record the verdict on the answer, or on the steps, at the present stage, with its reason."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.JUDGE, answers)
        return (
            Judged(
                stage=found.run.stage,
                by=as_judge(found, doing.actor),
                verdict=given["verdict"],
                reason=text(given, "reason"),
                answers=others(Act.JUDGE, given),
            ),
        )

    return act(office, alert_id, Act.JUDGE, doing, decide)


def hold(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Accept a promise until a date. Moves neither the response date nor the cap."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.HOLD, answers)
        return (
            Held(
                stage=found.run.stage,
                until=not_before(office.today, given, "until", "Hold until"),
                task_owner=text(given, "task_owner"),
                reason=text(given, "reason"),
                answers=others(Act.HOLD, given),
            ),
        )

    return act(office, alert_id, Act.HOLD, doing, decide)


def review_hold(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Record whether what was promised is under way. The hold goes on as it was."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.REVIEW, answers)
        return (
            HoldReviewed(
                stage=found.run.stage,
                on_track=given["on_track"] == "yes",
                text=text(given, "text"),
                answers=others(Act.REVIEW, given),
            ),
        )

    return act(office, alert_id, Act.REVIEW, doing, decide)


def agree_date(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Another day for the answer, with the reason. The clock's own day is kept, and the cap runs on."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.AGREE_DATE, answers)
        return (
            DateAgreed(
                stage=found.run.stage,
                until=not_before(office.today, given, "until", "The day agreed"),
                agreed_with=text(given, "agreed_with"),
                reason=text(given, "reason"),
                answers=others(Act.AGREE_DATE, given),
            ),
        )

    return act(office, alert_id, Act.AGREE_DATE, doing, decide)


def as_judge(found: Known, actor: Actor) -> Person:
    """The person who judges: the officer, a cover who says for whom, or a post the procedure names."""
    officer = found.alert.officer
    if actor.id == officer.id:
        return Person(id=actor.id, name=actor.name, post=officer.post)
    if officer.id in actor.covers_for:
        return Person(id=actor.id, name=actor.name, post=f"for the {officer.post or 'raiser'}")
    named = found.rules.named(found.alert)
    roles = found.files.procedure.roles
    held = sorted((named.judging | named.escalating) & actor.posts)
    return Person(id=actor.id, name=actor.name, post=roles[held[0]].title if held else "")
