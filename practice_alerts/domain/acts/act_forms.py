"""The forms of what comes after raising: one for each act, the same everywhere unless a council has its own.

A file of one of these names in `form_templates/<council>/` takes the place of the one in
`form_templates/common/`. It may ask whatever it likes; what the act itself rests on it must ask.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.act_shape import ActRow
from practice_alerts.domain.acts.options import OFFERED_AT_THE_TIME
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.files.faults import Problem, nearest
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, FormSection
from practice_alerts.domain.procedure.clock import Span, Unit
from practice_alerts.domain.procedure.ladder import Stage

ACT_FORMS: Mapping[str, ActRow] = {row.form: row for row in ACTS.values()}
"""By the name of the file."""


def with_own_block(form: Form, raising: Form, filled_by: str) -> Form:
    """The form of an act with what the council's own paper asks the answering or reviewing side besides."""
    known = {one.id for one in form.fields()} | {"response", "promise_by", "task_owner"}
    more = tuple(
        section.model_copy(update={"fields": fields, "repeats": None, "filled_by": "raiser"})
        for section in raising.sections
        if section.filled_by == filled_by
        if (fields := tuple(one for one in section.fields if one.id not in known))
    )
    return form.model_copy(update={"sections": (*form.sections, *more)}) if more else form


def problems_of_act_form(name: str, form: Form) -> Iterator[Problem]:
    """What the act needs and the form does not ask, or asks in another way."""
    act = ACT_FORMS[name]
    asked = {one.id: one for one in form.fields()}
    for wanted, types in {**act.needs, **act.may}.items():
        found = asked.get(wanted)
        if found is None:
            if wanted in act.needs:
                said = f"a field '{wanted}', which the act rests on"
                yield Problem(("sections",), "none", said, nearest(wanted, tuple(asked)))
        elif found.type not in types:
            said = f"a field '{wanted}' of type {' or '.join(sorted(types))}"
            yield Problem(("sections",), f"type {found.type}", said)
    if act.without_scripts:
        for one in asked.values():
            if one.type.facts.html is None:
                said = f"no {one.type}: the answer page works without scripts"
                yield Problem(("sections",), f"the {one.type} '{one.id}'", said)


def with_another(form: Form, who: str) -> Form:
    """With anybody but this person to be the second of two; without the question where there is nobody else."""

    def put(one: FormField) -> FormField | None:
        if one.id != "second":
            return one
        options = {name: words for name, words in (one.options or {}).items() if name != who}
        return one.model_copy(update={"options": options}) if options else None

    return form.changed(put)


def with_offered(form: Form, offered: Mapping[str, Mapping[str, str]]) -> Form:
    """With the choices that only the alert decides; of those it leaves without any, none is put."""

    def put(one: FormField) -> FormField | None:
        source = one.options_from
        if source is None or source not in {*OFFERED_AT_THE_TIME, *offered}:
            return one
        options = dict(offered.get(source, {}))
        return one.model_copy(update={"options": options}) if options else None

    return form.changed(put)


def with_time(form: Form, stage: Stage) -> Form:
    """Asking for the time of day as well, where a clock of the stage counts hours; else the day is enough."""
    timed = (one.within for one in (stage.answer, stage.settle, *stage.steps) if one is not None)
    counts_hours = any(isinstance(one, Span) and one.unit is Unit.HOURS for one in timed)

    def put(field: FormField) -> FormField | None:
        if field.id != "at":
            return field
        return field.model_copy(update={"required": True}) if counts_hours else None

    return form.changed(put)


WHOSE: Final = "whose"


def may_answer_for(actor: Actor, alert: Alert) -> tuple[Person, ...]:
    """Those asked for whom this person answers; of several who are each awaited, those still awaited come first."""
    run = alert.run
    asked = run.sent.asked if run else ()
    theirs = {actor.id, *actor.covers_for}
    able = [one for one in asked if one.id == actor.id]
    able += [one for one in asked if one.id in theirs and one not in able]
    if not able:  # whoever wrote to people outside writes down what they answered
        able = [one for one in asked if not one.id]
    left = run.yet_to_answer if run and run.sent.each else ()
    return tuple(one for one in able if one in left) or tuple(able)


def with_whose(form: Form, alert: Alert, actor: Actor) -> Form:
    """Asking first whose answer it is, where each of several has to answer and it could be that of more than one."""
    able, run = may_answer_for(actor, alert), alert.run
    if run is None or not run.sent.each or len(able) < 2:  # noqa: PLR2004 - one needs no choice
        return form
    options = {_key(number): one.in_words for number, one in enumerate(able)}
    field = FormField(
        id=WHOSE, label="Whose answer is it?", type=FieldType.ONE_OF, options=options, required=True
    )
    first = FormSection(title="For whom you answer", fields=(field,))
    return form.model_copy(update={"sections": (first, *form.sections)})


def answered_for(actor: Actor, alert: Alert, said: str) -> Person | None:
    """Whose answer it is, as it was said on the form where that was asked."""
    able = may_answer_for(actor, alert)
    chosen = (one for number, one in enumerate(able) if said == _key(number))
    return next(chosen, next(iter(able), None))


def asked_by_key(alert: Alert) -> dict[str, Person]:
    """Everybody asked at the present stage, each as a form names them."""
    asked = alert.run.sent.asked if alert.run else ()
    return {_key(number): one for number, one in enumerate(asked)}


def _key(number: int) -> str:
    return f"asked-{number + 1}"
