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
    ESCALATE = "escalate"
    REFER = "refer"
    NOTE = "note"
    CLOSE = "close"


class Relation(StrEnum):
    """How somebody stands to one alert."""

    RAISER = "raiser"
    COVERS_RAISER = "cover of the raiser"
    ASKED = "asked at the present stage"
    COVERS_ASKED = "cover of somebody asked at the present stage"
    HEARS_OUTSIDE = "raiser's side, where only people outside the directory are asked"
    WAS_ASKED = "asked at an earlier stage"
    IRO_MANAGER = "manager of the IRO service"
    QA_LEAD = "QA lead"
    MAY_RAISE = "holds a post that raises alerts"


Condition = Literal["always", "while open"]


@dataclass(frozen=True, slots=True)
class Rule:
    relation: Relation
    act: Act
    condition: Condition = "while open"


_IRO_SIDE = (Relation.RAISER, Relation.COVERS_RAISER)
_ASKED = (Relation.ASKED, Relation.COVERS_ASKED)

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
        for act in (Act.JUDGE, Act.HOLD, Act.ESCALATE, Act.REFER, Act.CLOSE)
    ),
    *(Rule(relation, Act.NOTE, "always") for relation in (*_IRO_SIDE, Relation.IRO_MANAGER)),
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


def relations(actor: Actor, alert: Alert) -> frozenset[Relation]:
    """How this person stands to this alert; empty for a stranger or another council's people."""
    if actor.council != alert.raised.council:
        return frozenset()
    now_asked = {person.id for person in alert.run.sent.asked} if alert.run else set()
    ever_asked = {person.id for person in alert.people_asked}
    holds: dict[Relation, bool] = {
        Relation.RAISER: actor.id == alert.raiser.id,
        Relation.COVERS_RAISER: alert.raiser.id in actor.covers_for,
        Relation.ASKED: actor.id in now_asked,
        Relation.COVERS_ASKED: bool(now_asked & actor.covers_for),
        Relation.WAS_ASKED: actor.id in ever_asked - now_asked,
        Relation.IRO_MANAGER: "iro_manager" in actor.posts,
        Relation.QA_LEAD: "qa_lead" in actor.posts,
    }
    found = {relation for relation, true in holds.items() if true}
    found -= _barred(found)
    if found & {Relation.RAISER, Relation.COVERS_RAISER} and now_asked == {""}:
        found.add(Relation.HEARS_OUTSIDE)
    return frozenset(found)


def _barred(found: set[Relation]) -> frozenset[Relation]:
    """Nobody judges on what they themselves were asked: the cover of a raiser may not be challenged."""
    if found & {Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED}:
        return frozenset({Relation.COVERS_RAISER})
    return frozenset()


def may(actor: Actor, act: Act, alert: Alert) -> bool:
    """Does any row of the table allow this act?"""
    found = relations(actor, alert)
    return any(
        rule.act is act and rule.relation in found and (rule.condition == "always" or alert.is_open)
        for rule in RULES
    )


def may_raise(actor: Actor, raising_posts: frozenset[str]) -> bool:
    """May this person raise an alert of a kind that these posts raise?"""
    return bool(actor.posts & raising_posts)
