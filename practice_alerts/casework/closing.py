"""Closing, noting and referring. Only the IRO's side closes; a referral runs beside the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.judging import as_judge
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.casework.words import may_say, must_say
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.events import ENDINGS, Closed, Event, Judged, Noted, Referred
from practice_alerts.domain.permissions import Act, Actor
from practice_alerts.office import Office


@dataclass(frozen=True)
class Ending:
    """How an alert ends, and what changed for the child."""

    ending: str
    what_changed: str
    child_view: str = ""


@dataclass(frozen=True)
class WayOut:
    """A referral: where to, why, and whom one spoke to first (a record, never a lock)."""

    route: str
    reason: str
    consulted: str = ""


def close(office: Office, alert_id: str, ending: Ending, doing: Doing) -> Known:
    """End the alert. "Put right" is a verdict too, and is recorded as one."""

    def decide(_tx: Tx, found: Known) -> tuple[Event, ...]:
        if ending.ending not in ENDINGS:
            raise BadAnswers({"ending": "How it ends: choose one."})
        changed = must_say("what_changed", "What changed for the child", ending.what_changed)
        view = may_say("child_view", "What the child says", ending.child_view)
        closed = Closed(ending=ending.ending, what_changed=changed, child_view=view)
        return (*_verified(found, doing.actor, closed), closed)

    return act(office, alert_id, Act.CLOSE, doing, decide)


def refer(office: Office, alert_id: str, way_out: WayOut, doing: Doing) -> Known:
    """Take it to a way out of the authority, whatever the stage."""

    def decide(_tx: Tx, found: Known) -> tuple[Event, ...]:
        if way_out.route not in found.files.procedure.referrals:
            raise BadAnswers({"route": "Where to: choose one of the routes of this procedure."})
        reason = must_say("reason", "Why", way_out.reason)
        consulted = may_say("consulted", "Whom you spoke to first", way_out.consulted)
        return (Referred(route=way_out.route, reason=reason, consulted=consulted),)

    return act(office, alert_id, Act.REFER, doing, decide)


def note(office: Office, alert_id: str, text: str, doing: Doing) -> Known:
    """Keep something that changes nothing; possible on a closed alert too."""

    def decide(_tx: Tx, _found: Known) -> tuple[Event, ...]:
        return (Noted(text=must_say("text", "Your note", text)),)

    return act(office, alert_id, Act.NOTE, doing, decide)


def _verified(found: Known, actor: Actor, closed: Closed) -> tuple[Event, ...]:
    run = found.alert.run
    if closed.ending != "put_right" or run is None:
        return ()
    if run.verdict is not None and run.verdict.judged.verdict == "put_right":
        return ()
    judge = as_judge(found, actor)
    return (Judged(stage=run.stage, by=judge, verdict="put_right", reason=closed.what_changed),)
