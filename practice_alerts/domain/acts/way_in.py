"""Where an alert comes in: the question before the ladder, the stage, what stands in the way of it; from paper by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from practice_alerts.domain.acts.permissions import (
    OFFICES_RELATION,
    RULES,
    Act,
    Actor,
    Phase,
    Relation,
    may_raise,
)
from practice_alerts.domain.alert.events import AtGate
from practice_alerts.domain.forms.form import TEXT_LIMIT
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.domain.procedure.entry import gate_before, may_enter, needs_reason
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import AUDITOR
from practice_alerts.domain.procedure.procedure import AlertKind, Gate, Procedure

_ANSWERS: tuple[Literal["yes", "no"], ...] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class WayIn:
    """As somebody wants it, open to them or not. Without a ladder there is no stage."""

    ladder: Ladder | None
    gate: Gate | None
    answer: str
    """yes or no at the gate; anything else is no answer yet."""
    stage: Stage | None
    needs_reason: bool = False
    """Must it be said why it starts there?"""
    on_paper: bool = False
    """Did it come there on paper? Then any stage may be, and what is asked before the first was asked there."""

    @property
    def reached(self) -> tuple[str, ...]:
        """The stages up to this one."""
        if self.ladder is None or self.stage is None:
            return ()
        return tuple(one.id for one in self.ladder.stages[: self.ladder.place(self.stage.id) + 1])

    def faults(self, reason: str, told: str) -> Faults:
        """What is to be mended: `reason` is why it starts there, `told` who was told at the gate."""
        ladder, stage = self.ladder, self.stage
        if ladder is None or stage is None or self.on_paper:
            return {}
        faults = self._gate_faults(told)
        opened = may_enter(ladder, self.gate, self.answer)
        if stage not in opened and "gate" not in faults:
            labels = " or ".join(one.label for one in opened)
            faults["entry_stage"] = (
                f"Where the alert starts: the procedure opens {labels}, and not {stage.label}."
                " Choose another stage."
            )
        if self.needs_reason and not reason.strip():
            is_first = ladder.place(stage.id) == 0
            first = "" if is_first else ", because it is not the first stage"
            faults["entry_reason"] = (
                f"Why the alert starts at {stage.label}: say it in a sentence{first}."
            )
        return faults

    def _gate_faults(self, told: str) -> Faults:
        if self.gate is None:
            return {}
        if self.answer not in _ANSWERS:
            return {"gate": f"{self.gate.question} Answer yes or no."}
        missing = self.gate.after(self.answer).tell is not None and not told.strip()
        if missing or control_characters(told) or len(told) > TEXT_LIMIT:
            return {"gate_told": f"Who was told: name them, in under {TEXT_LIMIT} characters."}
        return {}

    def at_gate(self, told: str) -> AtGate | None:
        """What is kept of the gate; nothing where there is none."""
        answer = next((one for one in _ANSWERS if one == self.answer), None)
        if self.gate is None or answer is None:
            return None
        return AtGate(answer=answer, told=told.strip() if self.gate.after(answer).tell else "")


def way_on_paper(ladder: Ladder | None, stands_at: str | None) -> WayIn:
    """To where it stands on paper; the first stage while nobody has said."""
    stages = ladder.stages if ladder else ()
    wanted = (one for one in stages if one.id == stands_at)
    return WayIn(ladder, None, "", next(wanted, next(iter(stages), None)), on_paper=True)


def way_in(
    procedure: Procedure, kind: str, ladder: Ladder | None, chosen: str | None, answer: str
) -> WayIn:
    """In at the stage chosen, else at the first that the answer at the gate opens."""
    gate = gate_before(procedure, kind)
    if ladder is None:
        return WayIn(None, gate, answer, None)
    wanted = (one for one in ladder.stages if one.id == chosen)
    stage = next(wanted, may_enter(ladder, gate, answer)[0])
    return WayIn(ladder, gate, answer, stage, needs_reason(procedure, ladder, stage.id))


def cases_to_raise(
    actor: Actor, procedure: Procedure, kind: AlertKind, ladder: Ladder | None
) -> tuple[str, ...]:
    """The case types for which this person may raise that kind, on that ladder: by the posts they hold."""
    able = may_raise(actor, frozenset(kind.raised_by or procedure.raising_posts))
    return procedure.cases_of_kind(kind, ladder, actor.posts) if able else ()


def may_enter_from_paper(
    actor: Actor, officer: Actor, raising_posts: frozenset[str], own_side: frozenset[str]
) -> bool:
    """May this person enter what that officer raised on paper? `own_side` is that of the officer's alerts.

    The same rows as for an alert that is there, asked of one that is not yet.
    """
    is_theirs = actor.council == officer.council and may_raise(officer, raising_posts)
    if AUDITOR in actor.posts or not is_theirs:
        return False
    held = {relation for relation, holds in _BEFORE.items() if holds(actor, officer, own_side)}
    return any(
        rule.act is Act.FROM_PAPER and rule.condition is Phase.BEFORE and rule.relation in held
        for rule in RULES
    )


def is_support(actor: Actor) -> bool:
    """Do they hold a post of the reviewing service's support?"""
    return any(OFFICES_RELATION.get(post) is Relation.IRO_SUPPORT for post in actor.posts)


_BEFORE: Mapping[Relation, Callable[[Actor, Actor, frozenset[str]], bool]] = {
    Relation.MAY_RAISE: lambda actor, officer, _: actor.id == officer.id,
    Relation.COVERS_RAISER: lambda actor, officer, own_side: (
        officer.id in actor.covers_for and bool(own_side & actor.posts)
    ),
    Relation.IRO_SUPPORT: lambda actor, _, own_side: MANAGER in own_side and is_support(actor),
}
"""How somebody stands to an alert that is to be that officer's; nobody else stands to it in any way."""
