"""Where an alert comes in: the question before the ladder, the stage, and what stands in the way of it."""

from dataclasses import dataclass
from typing import Literal

from practice_alerts.domain.alert.events import AtGate
from practice_alerts.domain.forms.form import TEXT_LIMIT
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.entry import gate_before, may_enter, needs_reason
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Gate, Procedure

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

    @property
    def reached(self) -> tuple[str, ...]:
        """The stages up to this one."""
        if self.ladder is None or self.stage is None:
            return ()
        return tuple(one.id for one in self.ladder.stages[: self.ladder.place(self.stage.id) + 1])

    def faults(self, reason: str, told: str) -> Faults:
        """What is to be mended: `reason` is why it starts there, `told` who was told at the gate."""
        ladder, stage = self.ladder, self.stage
        if ladder is None or stage is None:
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
