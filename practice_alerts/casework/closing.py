"""Closing and opening again. Only the officer's side does either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.acting import checked, others, text
from practice_alerts.casework.judging import as_judge
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.beside import Reopened
from practice_alerts.domain.events import Closed, EndingKind, Event, Judged, Verdict
from practice_alerts.domain.permissions import Act, Actor
from practice_alerts.office import Office


def close(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """End the alert. "Put right" is a verdict too, and is recorded as one."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.CLOSE, answers)
        closed = Closed(
            ending=given["ending"],
            what_changed=text(given, "what_changed"),
            child_view=text(given, "child_view"),
            answers=others(Act.CLOSE, given),
        )
        return (*_verified(found, doing.actor, closed), closed)

    return act(office, alert_id, Act.CLOSE, doing, decide)


def reopen(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Closed too early: open where it stood, with the old clocks."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.REOPEN, answers)
        return (Reopened(reason=text(given, "reason")),)

    return act(office, alert_id, Act.REOPEN, doing, decide)


def _verified(found: Known, actor: Actor, closed: Closed) -> tuple[Event, ...]:
    run = found.alert.run
    if closed.ending is not EndingKind.PUT_RIGHT or run is None:
        return ()
    if run.verdict is not None and run.verdict.judged.verdict is Verdict.PUT_RIGHT:
        return ()
    judge = as_judge(found, actor)
    return (
        Judged(stage=run.stage, by=judge, verdict=Verdict.PUT_RIGHT, reason=closed.what_changed),
    )
