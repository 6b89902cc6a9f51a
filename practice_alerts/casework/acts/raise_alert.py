"""Raising an alert: the form checked, the stage chosen, the people asked, everything recorded at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.alerts import current_state, drafts
from practice_alerts.adapters.store.core import ids
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.raising import from_paper, who_raises
from practice_alerts.casework.core import actors, shutting_out, telling, who_gets_it, who_is_meant
from practice_alerts.casework.core.loaded_alert import Known, from_side
from practice_alerts.casework.core.record import Doing, Pressed, once, record
from practice_alerts.domain.acts.act_forms import apart, asked_beside, on_coming
from practice_alerts.domain.acts.form_by_rule import RATIONALE, raising_by_rule, settle_faults
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.acts.way_in import WayIn, way_in, way_on_paper
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import Event, Happened, Person, Raised, Sent, Told
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotPossible
from practice_alerts.domain.forms.form import ADDRESSEE, AGENCY, RAISED_AS, Answers, Form
from practice_alerts.domain.forms.validation import Faults, faults_in, sendable
from practice_alerts.domain.paper.on_paper import OnPaper
from practice_alerts.domain.paper.paper_form import PaperForm, as_far_as_known
from practice_alerts.domain.procedure.procedure import PARTNERS, AlertKind, Procedure
from practice_alerts.office import Office


@dataclass(frozen=True)
class Raising:
    """What somebody wants to raise, as the form holds it."""

    council: str
    kind: str
    answers: Answers
    entry_stage: str | None = None
    entry_reason: str = ""
    partner: str | None = None
    gate: str = ""
    """yes or no, where the procedure asks a question before the ladder."""
    gate_told: str = ""
    """Who was told at once, where that answer asks for it."""
    asked: tuple[str, ...] = ()
    """Ids of the people to ask; empty: those meant by form and procedure, or the form's addressee."""
    copied: tuple[str, ...] = ()
    """Ids of those to copy where that is open, or where others are to be copied than those meant."""
    instead_reason: str = ""
    """Why it goes to others than those meant."""
    settle_by: date | str | None = None
    """Text where what was typed is no day: it is a fault."""
    draft_id: str | None = None
    on_paper: bool = False
    """Was it sent on paper before? Then `entry_stage` is where it stands now."""
    officer: str = ""
    """The id of the officer whose alert it was on paper; empty: of whoever enters it."""


@dataclass(frozen=True)
class Prepared:
    """A raising with what it rests on, and everything that still stands in its way."""

    files: CouncilFiles
    raising: Raising
    """As it is kept: with the agency on the form, or without one that is not meant."""
    raised_as: str
    raised_in: str
    """The post in which it is raised, by its id."""
    raiser: Person
    way: WayIn
    form_name: str
    form: Form
    reached: who_gets_it.Recipients
    heard: tuple[Told, ...]
    """Who else is told that it is raised: of good practice, or at the gate."""
    invited: tuple[Told, ...]
    """Who else is told that it is sent: those who attend a step of the stage."""
    faults: Faults
    paper: PaperForm | None = None
    """What is asked of it, where it was sent on paper."""
    spoken_to: tuple[str, ...] = ()
    """The questions of whom they spoke to first, where the procedure wants that and the form does not ask it."""
    each: tuple["Prepared", ...] = ()
    """Of several children on one form, what each is raised with, by itself; empty for one child."""

    @property
    def implied(self) -> dict[str, str]:
        """What decides which questions are put without being asked itself."""
        return {} if _asks_for_case(self.form) else {RAISED_AS: self.raised_as}

    @property
    def said_already(self) -> frozenset[str]:
        """What the form asks and the reason for starting at this stage says."""
        is_said = self.way.needs_reason and self.raising.entry_reason.strip()
        return frozenset({RATIONALE} if is_said else ())

    @property
    def asked(self) -> tuple[Person, ...]:
        return self.reached.asked

    @property
    def copied(self) -> tuple[Person, ...]:
        return self.reached.copied


def why_none(office: Office, council: str) -> str | None:
    """Why nothing new can be raised in that council, whoever wants to; None where it can."""
    if council not in office.unsound:
        return None
    return (
        f"No new alert can be raised in {office.council(council).procedure.council}: the check finds an error in"
        " the files that say how. Those that are open go on. Ask an administrator to give practice-alerts check,"
        " to have it mended, and to start the product anew."
    )


def way_of(procedure: Procedure, raising: Raising) -> WayIn:
    ladder = procedure.ladder_of(raising.kind, _partner(procedure, raising))
    if raising.on_paper and ladder is not None:
        return way_on_paper(ladder, raising.entry_stage)
    return way_in(procedure, raising.kind, ladder, raising.entry_stage, raising.gate)


def _partner(procedure: Procedure, raising: Raising) -> str | None:
    """The agency; None for one of which a draft remembers, and the procedure knows no more."""
    return raising.partner if raising.partner in procedure.partners else None


def entry_faults(procedure: Procedure, raising: Raising) -> Faults:
    """What stands in the way of coming in where the raiser wants to: gate, stage and reason."""
    return way_of(procedure, raising).faults(raising.entry_reason, raising.gate_told)


def prepare(office: Office, tx: Tx, actor: Actor, raising: Raising) -> Prepared:
    """Look at a raising without recording it: for "check your answers". Raises NotAllowed, NotPossible."""
    files, entering = office.council(raising.council), actor
    raising = replace(raising, on_paper=raising.on_paper and _climbs(files.procedure, raising.kind))
    actor = from_paper.officer_of(office, tx, actor, raising.officer) if raising.on_paper else actor
    kind = _kind_for(office, files, actor, raising)
    raising = _of_its_kind(kind, replace(raising, partner=_partner(files.procedure, raising)))
    way = way_of(files.procedure, raising)
    name = form_used(raising.kind, kind, way.ladder, way.stage)
    own, raised_as = _as_theirs(office.form(files, name), files, actor, way, raising)
    # What was said before it was sent on paper was said there.
    form = as_far_as_known(own) if way.on_paper else on_coming(own, way.stage, files.procedure)
    raising = _with_reason(form, way, _with_case(form, raising, raised_as))
    able = files.procedure.raisers_of(kind, way.ladder, raised_as)
    role = actors.raising_role(files.procedure, actor, raised_as, able)
    files = from_side(files, role)
    who = _raiser(files, actor, role)
    scene = _able(who_is_meant.Scene(office, tx, files, raising.answers, who, (form,)))
    reached = _reached(scene, way, raising)
    hear = telling.of_draft(scene, way.ladder, actor.id, reached.asked, reached.copied)
    return Prepared(
        *(files, raising, raised_as, role, scene.raiser, way, name, form, reached),
        heard=_heard(hear, kind, form, way, raising),
        invited=tuple(hear.at_stage(way.stage)) if way.stage else (),
        faults=reached.faults
        | _faults(scene, form, way, raising)
        | from_paper.faults(scene, way, entering, reached.asked),
        paper=from_paper.form_of(way),
        spoken_to=asked_beside(own, form),
    )


def _climbs(procedure: Procedure, kind: str) -> bool:
    """Of an alert without stages nothing runs on: whatever was on paper, it is raised here."""
    return kind in procedure.kinds and bool(procedure.ladders_of(kind))


def _heard(
    hear: telling.Listeners, kind: AlertKind, form: Form, way: WayIn, raising: Raising
) -> tuple[Told, ...]:
    """What was sent on paper was told there."""
    told = hear.of_raising(kind, form, way.at_gate(raising.gate_told))
    return () if way.on_paper else tuple(told)


def _kind_for(office: Office, files: CouncilFiles, actor: Actor, raising: Raising) -> AlertKind:
    if raising.council != actor.council or raising.kind not in who_raises.kinds_for(
        files.procedure, actor
    ):
        raise NotAllowed("raise", "Your post does not raise alerts of this kind.")
    if refused := why_none(office, raising.council):
        raise NotPossible(refused)
    return files.procedure.kinds[raising.kind]


def _as_theirs(
    form: Form, files: CouncilFiles, actor: Actor, way: WayIn, raising: Raising
) -> tuple[Form, str]:
    """The form with the case types alone for which they may raise this, and the one that is meant."""
    kind = files.procedure.kinds[raising.kind]
    given = None if _asks_for_case(form) else raising.answers.get(RAISED_AS)
    cases = who_raises.must_raise(files.procedure, actor, kind, way.ladder, given)
    raised_as = who_raises.meant(cases, raising.answers)
    if way.stage is not None:
        form = who_is_meant.asking_first(form, way.ladder, way.stage, required=False)
    return raising_by_rule(form, way.ladder, way.stage, raised_as, cases), raised_as


def raise_alert(office: Office, raising: Raising, doing: Doing) -> Known:
    """Record the alert and send it. Raises BadAnswers, NotAllowed, NotPossible."""

    def do(tx: Tx) -> Known:
        # Whatever a page has shown: only what is checked here is recorded.
        prepared = prepare(office, tx, doing.actor, raising)
        if prepared.faults:
            raise BadAnswers(prepared.faults)
        office.keep_edition(tx, prepared.files, office.now())
        found = record_raised(office, tx, prepared, doing, alert_id=ids.new_id())
        if raising.draft_id is not None:
            drafts.discard(tx, doing.actor.id, raising.draft_id)
        return found

    return once(office, Pressed(Raised), doing, do)


def as_entered(prepared: Prepared, actor: Actor, now: datetime) -> Alert:
    """What was sent on paper, as it would stand here if it were entered now: for "check your answers"."""
    events = enumerate(_events(prepared, "", actor), start=1)
    return fold(Happened(number, now, actor.id, one.kind, one) for number, one in events)


def record_raised(
    office: Office,
    tx: Tx,
    prepared: Prepared,
    doing: Doing,
    *,
    alert_id: str,
    together: tuple[str, ...] = (),
) -> Known:
    """One alert under the next reference, from what was found in order; its edition is kept already."""
    prefix = prepared.files.procedure.reference_prefix
    reference = current_state.next_reference(tx, prefix, office.today.year)
    return record(office, tx, alert_id, _events(prepared, reference, doing.actor, together), doing)


def _of_its_kind(kind: AlertKind, raising: Raising) -> Raising:
    """With the agency on the form as well; without one that a draft remembers from when it was meant for it."""
    if kind.ladder != PARTNERS:
        return replace(raising, partner=None)
    return replace(raising, answers={**raising.answers, AGENCY: raising.partner or ""})


def _asks_for_case(form: Form) -> bool:
    return any(one.id == RAISED_AS for one in form.fields())


def _with_case(form: Form, raising: Raising, raised_as: str) -> Raising:
    """Where the form does not ask for the case type, what depends on it goes by the raiser's post and the kind."""
    if _asks_for_case(form):
        return raising
    return replace(raising, answers={**raising.answers, RAISED_AS: raised_as})


def _with_reason(form: Form, way: WayIn, raising: Raising) -> Raising:
    """Why it starts at a stage is why it goes there: asked once, unless more was said on the form."""
    asks = any(one.id == RATIONALE for one in form.fields(filled_by="raiser"))
    if not (asks and way.needs_reason) or raising.answers.get(RATIONALE):
        return raising
    return replace(raising, answers={**raising.answers, RATIONALE: raising.entry_reason.strip()})


def _able(scene: who_is_meant.Scene) -> who_is_meant.Scene:
    """Without whoever has an interest in the child."""
    out = shutting_out.with_interest(scene.tx, scene.files.id, scene.answers)
    return replace(scene, shut_out=out)


def _reached(scene: who_is_meant.Scene, way: WayIn, raising: Raising) -> who_gets_it.Recipients:
    if way.stage is None:
        return who_gets_it.Recipients(())
    named = raising.answers.get(ADDRESSEE) if raising.partner is not None else ""
    choice = who_gets_it.Choice(
        raising.asked, str(named or ""), raising.copied, raising.instead_reason
    )
    return who_gets_it.at_stage(scene, way.ladder, way.stage, choice)


def _raiser(files: CouncilFiles, actor: Actor, role: str) -> Person:
    post = actors.title_of(files.procedure, role) if role else ""
    return Person(id=actor.id, name=actor.name, post=post)


def _faults(scene: who_is_meant.Scene, form: Form, way: WayIn, raising: Raising) -> Faults:
    known = tuple(person.name for person in directory.everybody(scene.tx, raising.council))
    fields = form.fields(filled_by="raiser")
    faults = {
        **way.faults(raising.entry_reason, raising.gate_told),
        **faults_in(
            fields, raising.answers, reached=way.reached, known=known, today=scene.office.today
        ),
        **settle_faults(raising.settle_by, None if way.on_paper else scene.office.today),
    }
    is_open = raising.settle_by is None and not way.on_paper
    if way.stage is not None and way.stage.raiser_sets_day and is_open:
        faults["settle_by"] = "To be put right by: the procedure leaves this day to you. Choose it."
    if scene.raiser.id in scene.shut_out:
        faults[from_paper.CASE_NUMBER] = from_paper.INTERESTED
    return faults


def _raised(
    prepared: Prepared, reference: str, paper: OnPaper | None, together: tuple[str, ...]
) -> Raised:
    raising, stage = prepared.raising, prepared.way.stage
    fields = prepared.form.fields(filled_by="raiser", repeats="never")
    answers = apart(sendable(fields, raising.answers), prepared.spoken_to)
    return Raised(
        council=raising.council,
        edition=prepared.files.digest,
        reference=reference,
        alert_kind=raising.kind,
        partner=raising.partner,
        raised_as=prepared.raised_as,
        raised_in=prepared.raised_in,
        raiser=prepared.raiser,
        form=prepared.form_name,
        **answers,
        entry_stage=paper.first_stage if paper else stage.id if stage else None,
        entry_reason="" if paper else raising.entry_reason.strip(),
        gate=prepared.way.at_gate(raising.gate_told),
        heard=prepared.heard,
        paper=paper,
        together=together,
    )


def _events(
    prepared: Prepared, reference: str, actor: Actor, together: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    raising, form, stage = prepared.raising, prepared.form, prepared.way.stage
    paper = from_paper.kept(prepared.paper, raising.answers, actor, prepared.raiser)
    raised = _raised(prepared, reference, paper, together)
    if stage is None:
        return (raised,)
    sent = Sent(
        stage=stage.id,
        copied=prepared.copied,
        answers=sendable(form.fields(filled_by="raiser", repeats="stage"), raising.answers),
        settle_by=raising.settle_by if isinstance(raising.settle_by, date) else None,
        **(prepared.reached.asking | prepared.reached.replaced),
        heard=prepared.invited,
    )
    return (raised, sent)
