"""What can be done to an alert now, and why something cannot."""

from __future__ import annotations

from dataclasses import dataclass

from practice_alerts.domain.alert import Alert, StageRun
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.openings import climbs_to, may_enter
from practice_alerts.domain.permissions import Act, Actor, Relation, may, relations
from practice_alerts.domain.procedure import Gate

TITLES: dict[Act, str] = {
    Act.ANSWER: "Answer",
    Act.JUDGE: "Judge the answer",
    Act.HOLD: "Agree a hold",
    Act.ESCALATE: "Escalate",
    Act.REFER: "Refer",
    Act.NOTE: "Add a note",
    Act.CLOSE: "Close",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that is this person's to do; `not_now` says in one line why it is not possible now."""

    act: Act
    title: str
    not_now: str | None = None

    @property
    def possible(self) -> bool:
        return self.not_now is None


def offers(
    actor: Actor, alert: Alert, ladder: Ladder | None, gate: Gate | None = None
) -> tuple[Offer, ...]:
    """The acts that are this person's, possible or not. Acts that are nobody's of theirs are left out."""
    return tuple(
        Offer(act, _title(actor, act, alert), why_not(act, alert, ladder, gate))
        for act in TITLES
        if may(actor, act, alert)
    )


def _title(actor: Actor, act: Act, alert: Alert) -> str:
    hears = act is Act.ANSWER and Relation.HEARS_OUTSIDE in relations(actor, alert)
    return "Record the agency's answer" if hears else TITLES[act]


def ways_up(alert: Alert, ladder: Ladder, gate: Gate | None = None) -> tuple[Stage, ...]:
    """The stages this alert may climb to now: the next by rule, then any higher one open to enter.

    `gate` is the procedure's; what opens follows from the answer that was given when it was raised.
    """
    if alert.run is None:
        return ()
    answered = alert.raised.gate.answer if alert.raised.gate else "no"
    return climbs_to(ladder, alert.run.stage, may_enter(ladder, gate, answered))


def why_not(act: Act, alert: Alert, ladder: Ladder | None, gate: Gate | None = None) -> str | None:
    """Why the act is not possible at present, whoever asks; None when it is."""
    if act is Act.NOTE:
        return None
    if not alert.is_open:
        return "The alert is closed. A new concern is a new alert."
    if act in (Act.CLOSE, Act.REFER):
        return None
    if ladder is None or alert.run is None:
        return "This kind of alert has no stages and asks for no answer."
    if act is Act.ESCALATE and not ways_up(alert, ladder, gate):
        return (
            "This is the top of the ladder. Nothing leads further inside the authority:"
            " consider a referral, or close with the authority's final decision."
        )
    return _not_at_this_stage(act, alert.run)


def _not_at_this_stage(act: Act, run: StageRun) -> str | None:
    if act is Act.JUDGE and not (run.answers or run.holds):
        return "No answer has come at this stage yet."
    return None
