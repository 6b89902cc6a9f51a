"""Raising an alert: the form checked, the stage chosen, the people asked, everything recorded at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from practice_alerts.adapters.procedure_files import CouncilFiles
from practice_alerts.adapters.store import current, directory, drafts, ids
from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework import people
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, once, record
from practice_alerts.domain.choices import form_used
from practice_alerts.domain.errors import BadAnswers, NotAllowed
from practice_alerts.domain.events import AtGate, Event, Person, Raised, Sent
from practice_alerts.domain.form import ADDRESSEE, AGENCY, TEXT_LIMIT, Form
from practice_alerts.domain.form_check import Faults, control_characters, faults_in, sendable
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.openings import gate_before, may_enter, needs_reason
from practice_alerts.domain.permissions import Actor, may_raise
from practice_alerts.domain.posts import Who
from practice_alerts.domain.procedure import Gate, Kind, Procedure
from practice_alerts.domain.whole import PARTNERS
from practice_alerts.office import Office


@dataclass(frozen=True)
class Raising:
    """What somebody wants to raise, as the form holds it."""

    council: str
    kind: str
    answers: Mapping[str, Any]
    entry_stage: str | None = None
    entry_reason: str = ""
    partner: str | None = None
    gate: str = ""
    """yes or no, where the procedure asks a question before the ladder."""
    gate_told: str = ""
    """Who was told at once, where that answer asks for it."""
    asked: tuple[str, ...] = ()
    """Ids of the people to ask; empty: those the directory proposes, or the form's addressee."""
    settle_by: date | None = None
    draft_id: str | None = None


@dataclass(frozen=True)
class Prepared:
    """A raising with what it rests on, and everything that still stands in its way."""

    files: CouncilFiles
    form_name: str
    form: Form
    ladder: Ladder | None
    gate: Gate | None
    stage: Stage | None
    asked: tuple[Person, ...]
    candidates: tuple[people.Candidate, ...]
    copied: tuple[Person, ...]
    faults: Faults


def kinds_for(procedure: Procedure, actor: Actor) -> dict[str, Kind]:
    """The kinds of alert this person may raise."""
    return {
        name: kind
        for name, kind in procedure.kinds.items()
        if may_raise(actor, frozenset(kind.raised_by or procedure.raised_by.values()))
    }


def entry_stage(
    ladder: Ladder | None, chosen: str | None, gate: Gate | None = None, answer: str = ""
) -> Stage | None:
    """The stage an alert comes in at: the one chosen, else the first that is open."""
    if ladder is None:
        return None
    if chosen and ladder.has(chosen):
        return ladder.stage(chosen)
    return may_enter(ladder, gate, answer)[0]


def prepare(office: Office, tx: Tx, actor: Actor, raising: Raising) -> Prepared:
    """Look at a raising without recording it: for "check your answers". Raises NotAllowed."""
    files = office.council(raising.council)
    if raising.council != actor.council or raising.kind not in kinds_for(files.procedure, actor):
        raise NotAllowed("raise", "Your post does not raise alerts of this kind.")
    kind = files.procedure.kinds[raising.kind]
    raising = _of_its_kind(kind, raising)
    ladder = files.procedure.ladder_of(raising.kind, raising.partner)
    gate = gate_before(files.procedure, raising.kind)
    stage = entry_stage(ladder, raising.entry_stage, gate, raising.gate)
    name = form_used(raising.kind, kind, ladder, stage)
    scene = people.Scene(office, tx, files, raising.answers, _raiser(files, actor, raising))
    form = office.form(files, name)
    asked = people.asked(scene, stage, _choice(raising)) if stage else ()
    return Prepared(
        files=files,
        form_name=name,
        form=form,
        ladder=ladder,
        gate=gate,
        stage=stage,
        asked=asked,
        candidates=people.to_ask(scene, stage.asked if stage else kind.goes_to),
        copied=people.copies(scene, ladder, stage, asked) if ladder and stage else (),
        faults={
            **entry_faults(files.procedure, raising),
            **_faults(scene, form, _reached(ladder, stage), raising),
        },
    )


def raise_alert(office: Office, raising: Raising, doing: Doing) -> Known:
    """Record the alert and send it. Raises BadAnswers, NobodyHolds, NotAllowed."""

    def do(tx: Tx) -> Known:
        prepared = prepare(office, tx, doing.actor, raising)
        if prepared.faults:
            raise BadAnswers(prepared.faults)
        if prepared.stage is not None:
            people.must_be_asked(prepared.files.procedure, prepared.stage, prepared.asked)
        office.keep_edition(tx, prepared.files, office.now())
        prefix = prepared.files.procedure.reference_prefix
        reference = current.next_reference(tx, prefix, office.today.year)
        told = _of_its_kind(prepared.files.procedure.kinds[raising.kind], raising)
        events = _events(prepared, told, doing.actor, reference)
        found = record(office, tx, ids.new_id(), events, doing)
        if raising.draft_id is not None:
            drafts.discard(tx, doing.actor.id, raising.draft_id)
        return found

    return once(office, doing, do)


def _of_its_kind(kind: Kind, raising: Raising) -> Raising:
    """With the agency on the form as well; without one that a draft remembers from when it was meant for it."""
    if kind.ladder != PARTNERS:
        return replace(raising, partner=None)
    return replace(raising, answers={**raising.answers, AGENCY: raising.partner or ""})


def _choice(raising: Raising) -> people.Choice:
    named = raising.answers.get(ADDRESSEE) if raising.partner is not None else ""
    return people.Choice(raising.asked, str(named or ""))


def _raiser(files: CouncilFiles, actor: Actor, raising: Raising) -> Person:
    post = people.raising_post(files.procedure, actor, _raised_as(files.procedure, raising))
    return Person(id=actor.id, name=actor.name, post=post)


def _raised_as(procedure: Procedure, raising: Raising) -> str:
    given = raising.answers.get("raised_as")
    return str(given) if given in procedure.raised_by else next(iter(procedure.raised_by))


def _faults(scene: people.Scene, form: Form, reached: tuple[str, ...], raising: Raising) -> Faults:
    known = tuple(person.name for person in directory.everybody(scene.tx, raising.council))
    fields = form.fields(filled_by="raiser")
    faults = faults_in(fields, raising.answers, reached=reached, known=known)
    if raising.settle_by is not None and raising.settle_by < scene.office.today:
        faults["settle_by"] = "To be put right by: choose today or a later day."
    return faults


def entry_faults(procedure: Procedure, raising: Raising) -> Faults:
    """What stands in the way of coming in where the raiser wants to: gate, stage and reason."""
    ladder = procedure.ladder_of(raising.kind, raising.partner)
    gate = gate_before(procedure, raising.kind)
    stage = entry_stage(ladder, raising.entry_stage, gate, raising.gate)
    if ladder is None or stage is None:
        return {}
    faults: Faults = {}
    if gate is not None:
        faults |= _gate_faults(gate, raising)
    opened = may_enter(ladder, gate, raising.gate)
    if stage not in opened and "gate" not in faults:
        labels = " or ".join(one.label for one in opened)
        faults["entry_stage"] = (
            f"Where the alert starts: the procedure opens {labels}, and not {stage.label}."
            " Choose another stage."
        )
    if needs_reason(ladder, stage.id) and not raising.entry_reason.strip():
        first = "" if ladder.entry.reason == "always" else ", because it is not the first stage"
        faults["entry_reason"] = (
            f"Why the alert starts at {stage.label}: say it in a sentence{first}."
        )
    return faults


def _gate_faults(gate: Gate, raising: Raising) -> Faults:
    if raising.gate not in _ANSWERS:
        return {"gate": f"{gate.question} Answer yes or no."}
    told = raising.gate_told
    if (control_characters(told) or len(told) > TEXT_LIMIT) or (
        must_tell(gate, raising.gate) is not None and not told.strip()
    ):
        return {"gate_told": f"Who was told: name them, in under {TEXT_LIMIT} characters."}
    return {}


def must_tell(gate: Gate, answer: str) -> Who | None:
    """Who is to be told at once after this answer; none where nobody is."""
    return (gate.yes if answer == "yes" else gate.no).tell


_ANSWERS: tuple[Literal["yes", "no"], ...] = ("yes", "no")


def _at_gate(gate: Gate | None, raising: Raising) -> AtGate | None:
    answer = next((one for one in _ANSWERS if one == raising.gate), None)
    if gate is None or answer is None:
        return None
    return AtGate(answer=answer, told=raising.gate_told.strip() if must_tell(gate, answer) else "")


def _reached(ladder: Ladder | None, stage: Stage | None) -> tuple[str, ...]:
    if ladder is None or stage is None:
        return ()
    return tuple(other.id for other in ladder.stages[: ladder.place(stage.id) + 1])


def _events(
    prepared: Prepared, raising: Raising, actor: Actor, reference: str
) -> tuple[Event, ...]:
    form, stage = prepared.form, prepared.stage
    raised = Raised(
        council=raising.council,
        edition=prepared.files.digest,
        reference=reference,
        alert_kind=raising.kind,
        partner=raising.partner,
        raised_as=_raised_as(prepared.files.procedure, raising),
        raiser=_raiser(prepared.files, actor, raising),
        form=prepared.form_name,
        answers=sendable(form.fields(filled_by="raiser", repeats="never"), raising.answers),
        entry_stage=stage.id if stage else None,
        entry_reason=raising.entry_reason.strip(),
        gate=_at_gate(prepared.gate, raising),
    )
    if stage is None:
        return (raised,)
    sent = Sent(
        stage=stage.id,
        asked=prepared.asked,
        copied=prepared.copied,
        answers=sendable(form.fields(filled_by="raiser", repeats="stage"), raising.answers),
        settle_by=raising.settle_by,
    )
    return (raised, sent)
