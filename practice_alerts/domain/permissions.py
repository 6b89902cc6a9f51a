"""Who may do what: one table of relation to the alert, act and condition.

Deny by default: what no row allows is refused. The independence of the reviewing officer is in here too:
nobody of the challenged chain has a row that edits, judges, escalates or closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from practice_alerts.domain.alert import Alert


class Act(StrEnum):
    """Everything that can be done to an alert. The value is its name on screens and in addresses."""

    RAISE = "raise"
    SEE = "see"
    ANSWER = "answer"
    JUDGE = "judge"
    HOLD = "hold"
    REVIEW = "review"
    STEP = "step"
    ESCALATE = "escalate"
    AGREE_DATE = "agree-date"
    REFER = "refer"
    FOLLOW_UP = "follow-up"
    STANDSTILL = "standstill"
    LIFT_STANDSTILL = "lift-standstill"
    OVERRIDE = "override"
    SIGN_OFF = "sign-off"
    NOTE = "note"
    CORRECT = "correct"
    HAND_ON = "hand-on"
    CLOSE = "close"
    REOPEN = "reopen"


class Relation(StrEnum):
    """How somebody stands to one alert."""

    RAISER = "raiser, or the officer it was given to"
    COVERS_RAISER = "cover of the raiser"
    NAMED_TO_JUDGE = "post of the IRO service that judges at the present stage"
    NAMED_TO_ESCALATE = "post of the IRO service that escalates at the present stage"
    GAVE_AWAY = "raiser who no longer has it"
    ASKED = "asked at the present stage"
    COVERS_ASKED = "cover of somebody asked at the present stage"
    HEARS_OUTSIDE = "raiser's side, where only people outside the directory are asked"
    WAS_ASKED = "asked at an earlier stage"
    COPIED = "sent a copy, or told, at any stage"
    IRO_MANAGER = "manager of the IRO service"
    QA_LEAD = "QA lead"
    MAY_RAISE = "holds a post that raises alerts"


Condition = Literal["always", "while open", "when closed"]


@dataclass(frozen=True, slots=True)
class Rule:
    relation: Relation
    act: Act
    condition: Condition = "while open"


_IRO_SIDE = (Relation.RAISER, Relation.COVERS_RAISER)
_ASKED = (Relation.ASKED, Relation.COVERS_ASKED)
_JUDGING = (Act.JUDGE, Act.HOLD, Act.REVIEW, Act.AGREE_DATE, Act.STEP, Act.CLOSE)

RULES: tuple[Rule, ...] = (
    Rule(Relation.MAY_RAISE, Act.RAISE, "always"),
    *(
        Rule(relation, Act.SEE, "always")
        for relation in Relation
        if relation is not Relation.MAY_RAISE
    ),
    *(Rule(relation, Act.ANSWER) for relation in _ASKED),
    # A partner agency answers by letter or mail; whoever wrote to it records what came.
    Rule(Relation.HEARS_OUTSIDE, Act.ANSWER),
    *(
        Rule(relation, act)
        for relation in _IRO_SIDE
        for act in (
            *_JUDGING,
            Act.ESCALATE,
            Act.REFER,
            Act.STANDSTILL,
            Act.LIFT_STANDSTILL,
            Act.OVERRIDE,
        )
    ),
    *(Rule(Relation.NAMED_TO_JUDGE, act) for act in _JUDGING),
    # Whoever takes the matter up the ladder holds its discussions, and knows that they settled nothing.
    *(Rule(Relation.NAMED_TO_ESCALATE, act) for act in (Act.ESCALATE, Act.STEP, Act.JUDGE)),
    # The outcome of a referral may come, and a slip be found, when all is over.
    *(
        Rule(relation, act, "always")
        for relation in _IRO_SIDE
        for act in (Act.FOLLOW_UP, Act.CORRECT)
    ),
    *(Rule(relation, Act.REOPEN, "when closed") for relation in _IRO_SIDE),
    *(
        Rule(relation, act, "always")
        for relation in (*_IRO_SIDE, Relation.IRO_MANAGER)
        for act in (Act.NOTE, Act.SIGN_OFF)
    ),
    # The only say a manager has over whose alert it is; never one of those who are challenged.
    Rule(Relation.IRO_MANAGER, Act.HAND_ON, "always"),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person, the posts they hold and whom they cover for today.

    `posts` are role ids of one council's procedure, or of the office (`iro_manager`, `qa_lead`,
    `administrator`). `covers_for` are ids of people.
    """

    id: str
    name: str
    council: str
    posts: frozenset[str]
    covers_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """The posts of the IRO service that the procedure names at the present stage, beside the raiser's."""

    judging: frozenset[str] = frozenset()
    escalating: frozenset[str] = frozenset()
    own_side: frozenset[str] | None = None
    """Every post of the IRO service: nobody else acts as an officer's cover. None where nobody says."""

    @property
    def here(self) -> frozenset[str]:
        """Those with a say at the stage."""
        return self.judging | self.escalating


NOBODY = Named()


def relations(actor: Actor, alert: Alert, named: Named = NOBODY) -> frozenset[Relation]:
    """How this person stands to this alert; empty for a stranger or another council's people."""
    if actor.council != alert.raised.council:
        return frozenset()
    now_asked = {person.id for person in alert.run.sent.asked} if alert.run else set()
    ever_asked = {person.id for person in alert.people_asked}
    holds: dict[Relation, bool] = {
        Relation.RAISER: actor.id == alert.officer.id,
        Relation.COVERS_RAISER: alert.officer.id in actor.covers_for
        and (named.own_side is None or bool(named.own_side & actor.posts)),
        Relation.GAVE_AWAY: actor.id == alert.raiser.id != alert.officer.id,
        Relation.NAMED_TO_JUDGE: bool(named.judging & actor.posts),
        Relation.NAMED_TO_ESCALATE: bool(named.escalating & actor.posts),
        Relation.ASKED: actor.id in now_asked,
        Relation.COVERS_ASKED: bool(now_asked & actor.covers_for),
        Relation.WAS_ASKED: actor.id in ever_asked - now_asked,
        Relation.COPIED: any(actor.id == one.id for run in alert.runs for one in run.sent.copied),
        Relation.IRO_MANAGER: "iro_manager" in actor.posts,
        Relation.QA_LEAD: "qa_lead" in actor.posts,
    }
    found = {relation for relation, true in holds.items() if true}
    found -= _barred(found)
    if found & {Relation.RAISER, Relation.COVERS_RAISER} and now_asked == {""}:
        found.add(Relation.HEARS_OUTSIDE)
    return frozenset(found)


def _barred(found: set[Relation]) -> frozenset[Relation]:
    """Nobody decides on what they themselves were asked: neither as cover, nor by post, nor as a manager."""
    if found & {Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED}:
        return _NOT_FOR_THE_CHALLENGED
    return frozenset()


_NOT_FOR_THE_CHALLENGED = frozenset(
    {
        Relation.COVERS_RAISER,
        Relation.NAMED_TO_JUDGE,
        Relation.NAMED_TO_ESCALATE,
        Relation.IRO_MANAGER,
    }
)


def may(actor: Actor, act: Act, alert: Alert, named: Named = NOBODY) -> bool:
    """Does any row of the table allow this act?"""
    found = relations(actor, alert, named)
    return any(
        rule.act is act and rule.relation in found and _holds(rule.condition, alert)
        for rule in RULES
    )


def _holds(condition: Condition, alert: Alert) -> bool:
    match condition:
        case "always":
            return True
        case "while open":
            return alert.is_open
        case "when closed":
            return not alert.is_open


def may_raise(actor: Actor, raising_posts: frozenset[str]) -> bool:
    """May this person raise an alert of a kind that these posts raise?"""
    return bool(actor.posts & raising_posts)
