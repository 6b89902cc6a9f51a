"""Raising an alert: the form checked, the stage chosen, the people asked, everything recorded at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from practice_alerts.adapters.procedure_files import CouncilFiles
from practice_alerts.adapters.store import current, directory, drafts, happenings
from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework import people
from practice_alerts.casework.known import Known, load
from practice_alerts.casework.recording import Doing, record
from practice_alerts.domain.errors import BadAnswers, NobodyHolds, NotAllowed
from practice_alerts.domain.events import Event, Person, Raised, Sent
from practice_alerts.domain.form import Form
from practice_alerts.domain.form_check import Faults, faults_in, sendable
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.permissions import Actor
from practice_alerts.domain.procedure import Kind, Procedure
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
    asked: tuple[str, ...] = ()
    """Ids of the people to ask; empty: those the directory proposes."""
    settle_by: date | None = None
    draft_id: str | None = None


@dataclass(frozen=True)
class Prepared:
    """A raising with what it rests on, and everything that still stands in its way."""

    files: CouncilFiles
    form_name: str
    form: Form
    ladder: Ladder | None
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
        if actor.posts & frozenset(kind.raised_by or procedure.raised_by.values())
    }


def entry_stage(ladder: Ladder | None, chosen: str | None) -> Stage | None:
    """The stage an alert comes in at: the one chosen, else the first."""
    if ladder is None:
        return None
    return ladder.stage(chosen) if chosen and ladder.has(chosen) else ladder.stages[0]


def form_name(kind_id: str, kind: Kind, stage: Stage | None) -> str:
    """Which form is filled: the stage's own where it has one, else the kind's."""
    return (stage.form if stage else None) or kind.form or kind_id


def prepare(office: Office, tx: Tx, actor: Actor, raising: Raising) -> Prepared:
    """Look at a raising without recording it: for "check your answers". Raises NotAllowed."""
    files = office.council(raising.council)
    if raising.council != actor.council or raising.kind not in kinds_for(files.procedure, actor):
        raise NotAllowed("raise", "Your post does not raise alerts of this kind.")
    kind = files.procedure.kinds[raising.kind]
    ladder = files.procedure.ladder_of(raising.kind, raising.partner)
    stage = entry_stage(ladder, raising.entry_stage)
    name = form_name(raising.kind, kind, stage)
    scene = people.Scene(office, tx, files, raising.answers, _raiser(files, actor, raising))
    who = stage.asked if stage else kind.goes_to
    found = people.candidates(scene, who)
    chosen = tuple(c.person for c in found if c.person.id in raising.asked)
    asked = tuple(dict.fromkeys(chosen)) or (people.proposed(found, who) if who else ())
    form = office.form(files, name)
    return Prepared(
        files=files,
        form_name=name,
        form=form,
        ladder=ladder,
        stage=stage,
        asked=asked,
        candidates=found,
        copied=people.copies(scene, ladder, stage) if ladder and stage else (),
        faults=_faults(scene, form, ladder, stage, raising),
    )


def raise_alert(office: Office, raising: Raising, doing: Doing) -> Known:
    """Record the alert and send it. Raises BadAnswers, NobodyHolds, NotAllowed."""
    with office.database.writing() as tx:
        before = happenings.done_before(tx, doing.act_key)
        if before is not None:
            return load(office, tx, before)
        prepared = prepare(office, tx, doing.actor, raising)
        if prepared.faults:
            raise BadAnswers(prepared.faults)
        if prepared.stage is not None and not prepared.asked:
            raise NobodyHolds(people.posts_asked(prepared.files.procedure, prepared.stage))
        office.keep_edition(tx, prepared.files, office.now())
        prefix = prepared.files.procedure.reference_prefix
        reference = current.next_reference(tx, prefix, office.today.year)
        events = _events(prepared, raising, doing.actor, reference)
        found = record(office, tx, secrets.token_urlsafe(12), events, doing)
        if raising.draft_id is not None:
            drafts.discard(tx, doing.actor.id, raising.draft_id)
        return found


def _raiser(files: CouncilFiles, actor: Actor, raising: Raising) -> Person:
    post = people.raising_post(files.procedure, actor, _raised_as(files.procedure, raising))
    return Person(id=actor.id, name=actor.name, post=post)


def _raised_as(procedure: Procedure, raising: Raising) -> str:
    given = raising.answers.get("raised_as")
    return str(given) if given in procedure.raised_by else next(iter(procedure.raised_by))


def _faults(
    scene: people.Scene, form: Form, ladder: Ladder | None, stage: Stage | None, raising: Raising
) -> Faults:
    known = tuple(person.name for person in directory.everybody(scene.tx, raising.council))
    reached = _reached(ladder, stage)
    fields = form.fields(filled_by="raiser")
    faults = faults_in(fields, raising.answers, reached=reached, known=known)
    if stage is None or ladder is None:
        return faults
    if len(reached) > 1 and not raising.entry_reason.strip():
        faults["entry_reason"] = (
            f"Why the alert starts at {stage.label}: say it in a sentence,"
            " because it is not the first stage."
        )
    if raising.settle_by is not None and raising.settle_by < scene.office.today:
        faults["settle_by"] = "To be put right by: choose today or a later day."
    return faults


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
