"""Escalating: up the ladder, with the reason, to whoever answers there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.act_form import checked_against, text
from practice_alerts.casework.core import who_gets_it, who_is_meant
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, act
from practice_alerts.domain.acts.act_forms import SPOKEN, on_going_on
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import NOT_LED_THERE
from practice_alerts.domain.acts.form_by_rule import (
    RATIONALE,
    SETTLE_BY,
    escalating_by_rule,
    raising_by_rule,
    settle_faults,
    settle_field,
)
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import OTHER_GROUND, Escalated, Event, Sent
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    ADDRESSEE,
    Form,
    FormField,
    FormSection,
    with_new,
)
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import ground_for, where
from practice_alerts.office import Office

GROUND = "ground"
_OF_ACT = frozenset({GROUND, SETTLE_BY, *SPOKEN})
"""Kept with the escalation itself, and not among what the stage's form asks."""
_ANEW = frozenset({RATIONALE, ADDRESSEE, *_OF_ACT})
"""Said for this stage alone, never taken over from the one before."""


@dataclass(frozen=True)
class Climb:
    """Where to, and what the form asks there. `asked`: ids; empty for those meant by form and procedure."""

    to: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    instead_reason: str = ""


def reached(office: Office, tx: Tx, found: Known, climb: Climb) -> who_gets_it.Recipients:
    """Who would be asked and copied there."""
    stage = next(one for one in found.ways_up if one.id == climb.to)
    return _reached(office, tx, found, stage, climb)


def _reached(
    office: Office, tx: Tx, found: Known, stage: Stage, climb: Climb
) -> who_gets_it.Recipients:
    partner = found.alert.raised.partner
    addressee = text(climb.answers, ADDRESSEE) if partner is not None else ""
    scene = who_is_meant.scene_of(office, tx, found)
    form = office.form(found.files, _form_name(found, stage))
    scene = replace(
        scene, answers=with_new(scene.answers, climb.answers), forms=(form, *scene.forms)
    )
    choice = who_gets_it.Choice(climb.asked, addressee, climb.copied, climb.instead_reason)
    return who_gets_it.at_stage(scene, found.ladder, stage, choice)


def form_at(office: Office, found: Known, stage: Stage) -> Form:
    """What is to be filled in for that stage.

    That is why it goes there, what the form asks at each stage, what decides who gets a copy and, where
    the stage has a form of its own, all of that form.
    """
    name = _form_name(found, stage)
    form = office.form(found.files, name)
    same = name == found.alert.form
    sections = [
        section.model_copy(update={"repeats": None})
        for section in form.sections
        if section.filled_by == "raiser" and (section.repeats == "stage" or not same)
    ]
    asked = {one.id for section in sections for one in section.fields}
    common = _why(office, found, stage)
    why = [_without(section, asked) for section in common.sections]
    day = FormSection(title="By when", fields=settle_field(stage))
    more = (*why, day)
    whole = form.model_copy(update={"sections": (*sections, *(one for one in more if one.fields))})
    whole = who_is_meant.asking_first(whole, found.ladder, stage, required=True)
    return raising_by_rule(whole, found.ladder, stage, found.alert.raised.raised_as)


def _why(office: Office, found: Known, stage: Stage) -> Form:
    """What goes on record of going further, as the procedure has it between these two stages."""
    common = office.form(found.files, ACTS[Act.ESCALATE].form)
    if found.ladder is None or found.stage is None:
        return common
    form = escalating_by_rule(common, found.ladder, found.stage, stage)
    return on_going_on(form, found.stage, stage, found.files.procedure)


def said_before(found: Known, form: Form) -> dict[str, Any]:
    """What stands for these questions already, to start from; days and reasons are said anew."""
    stood = {**found.alert.answers, **found.sent_answers}
    again = [one for one in form.fields() if one.id in stood and one.id not in _ANEW]
    days = {one.id for one in again if one.type is FieldType.DATE and one.identifies is None}
    kept = {one.id: _still_offered(one, stood[one.id]) for one in again if one.id not in days}
    return {name: value for name, value in kept.items() if value is not None}


def _still_offered(asked: FormField, value: Any) -> Any:
    """The answer as far as this form offers it; another form may have other grounds."""
    if not asked.options:
        return value
    if isinstance(value, list | tuple):
        return [one for one in value if one in asked.options] or None
    return value if value in asked.options else None


def _settle_by(given: Mapping[str, Any]) -> date | None:
    """The raiser's own day for putting it right, as the form gives it."""
    return date.fromisoformat(given[SETTLE_BY]) if given.get(SETTLE_BY) else None


def check(office: Office, tx: Tx, found: Known, climb: Climb, by: str) -> tuple[Event, ...]:
    """What escalating would record, by whoever has this id. Raises NotPossible past the top, BadAnswers."""
    stage = next((one for one in found.ways_up if one.id == climb.to), None)
    if stage is None:
        raise NotPossible(NOT_LED_THERE)
    form = form_at(office, found, stage)
    given = _checked(office, tx, found, form, climb)
    if faults := settle_faults(_settle_by(given), office.today):
        raise BadAnswers(faults)
    who = _reached(office, tx, found, stage, replace(climb, answers=given))
    if who.faults:
        raise BadAnswers(who.faults)
    copied = tuple(one for one in who.copied if one.id != by)
    people = {**who.asking, "copied": copied, **who.replaced}
    sent = _sent(office, found, stage, given).model_copy(update=people)
    why: dict[str, Any] = {name: text(given, name) for name in (RATIONALE, GROUND, *SPOKEN)}
    why[GROUND] = why[GROUND] or _ground(office, tx, found)
    if why[GROUND] == OTHER_GROUND and not why[RATIONALE]:
        said = f"{found.stage_label} is not left for that by the procedure: say why it goes on."
        raise BadAnswers({RATIONALE: f"Why it goes to this stage: {said}"})
    return (Escalated(stage=found.run.stage, to=stage.id, **why), sent)


def escalate(office: Office, alert_id: str, climb: Climb, doing: Doing) -> Known:
    """Leave the present stage and open the next. Raises NotPossible past the top, BadAnswers."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        return check(office, tx, found, climb, doing.actor.id)

    return act(office, alert_id, Act.ESCALATE, doing, decide)


def _ground(office: Office, tx: Tx, found: Known) -> str:
    """What sends it on as it stands, where nobody has said so."""
    ladder, calendar = found.ladder, office.calendar(found.files.id, tx)
    if ladder is None:
        return OTHER_GROUND
    stands = where(found.alert, ladder, running_clocks(found.alert, ladder, calendar), office.now())
    return ground_for(stands.standing, found.run, ladder)


def _checked(office: Office, tx: Tx, found: Known, form: Form, climb: Climb) -> dict[str, Any]:
    ladder = found.ladder
    upto = ladder.stages[: ladder.place(climb.to) + 1] if ladder else ()
    reached = tuple(one.id for one in upto)
    known = tuple(one.name for one in directory.everybody(tx, found.files.id))
    around = {**found.answers, **said_before(found, form)}
    return checked_against(
        form.fields(),
        climb.answers,
        around,
        reached=reached,
        known=known,
        today=office.today,
    )


def _sent(office: Office, found: Known, stage: Stage, given: Mapping[str, Any]) -> Sent:
    """What the new stage keeps: its own answers, and those of a form that was not filled before."""
    name = _form_name(found, stage)
    once = office.form(found.files, name).fields(filled_by="raiser", repeats="never")
    ids = {one.id for one in once} if name != found.alert.form else set()
    return Sent(
        stage=stage.id,
        asked=(),
        answers={name: value for name, value in given.items() if name not in {*ids, *_OF_ACT}},
        settle_by=_settle_by(given),
        form="" if name == found.alert.form else name,
        details={field: value for field, value in given.items() if field in ids},
    )


def _form_name(found: Known, stage: Stage) -> str:
    kind_id = found.alert.raised.alert_kind
    kind = found.files.procedure.kinds[kind_id]
    return form_used(kind_id, kind, found.ladder, stage)


def _without(section: FormSection, asked: set[str]) -> FormSection:
    fields = tuple(one for one in section.fields if one.id not in asked)
    return section.model_copy(update={"fields": fields})
