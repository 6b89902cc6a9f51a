"""The forms of what comes after raising: one for each act, the same everywhere unless a council has its own.

A file of one of these names in `form_templates/<council>/` takes the place of the one in
`form_templates/common/`. It may ask whatever it likes; what the act itself rests on it must ask.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.act_shape import ActRow
from practice_alerts.domain.acts.options import OFFERED_AT_THE_TIME
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.files.faults import Problem, nearest
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, FormSection, OptionsFrom
from practice_alerts.domain.procedure.clock import Span, Unit
from practice_alerts.domain.procedure.ladder import Consult, Stage, consulted_between
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import who_in_words

ACT_FORMS: Mapping[str, ActRow] = {row.form: row for row in ACTS.values()}
"""By the name of the file."""

Names = Callable[[Who], str]
"""Who holds these posts, by name; empty where nobody does."""

CONSULTED, CONSULTATION = "consulted", "consultation"
SPOKEN = (CONSULTED, CONSULTATION)
"""With whom, and what came of it: kept with the act, on the side that challenges."""


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
LATE_WHY: Final = "late_why"
"""The id of the question that is asked of an answer only where it comes after its day."""


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


def on_coming(form: Form, stage: Stage | None, procedure: Procedure) -> Form:
    """The form with which an alert begins at the stage; unless it asks of its own who was spoken to."""
    return (
        form if stage is None else _with(form, _section(consulted_between(None, stage), procedure))
    )


def on_going_on(form: Form, left: Stage, to: Stage, procedure: Procedure) -> Form:
    """The form of going from one stage to the other: asked of leaving the one, and of coming to the other."""
    return _with(form, _section(consulted_between(left, to), procedure))


def asked_beside(own: Form, form: Form) -> tuple[str, ...]:
    """The questions that the form has beside the council's own."""
    return tuple(one.id for section in form.sections[len(own.sections) :] for one in section.fields)


def apart(answers: Mapping[str, Any], asked: Collection[str]) -> dict[str, Any]:
    """What was answered on the council's own form, under `answers`, and each thing that was beside it."""
    own = {name: said for name, said in answers.items() if name not in asked}
    return {"answers": own, **{name: answers.get(name) or "" for name in asked}}


def of_route(field: FormField, procedure: Procedure, route: str) -> FormField | None:
    """The question on a referral as this way out has it: what may come of speaking first is in its own words.

    None where this way out asks for no such record, or none is chosen yet.
    """
    if field.options_from is not OptionsFrom.CONSULTATION:
        return field
    referral = procedure.referrals.get(route)
    words = referral.consult.record if referral and referral.consult else ()
    options = {word: capital(word) for word in words}
    return field.model_copy(update={"options": options}) if options else None


def consult_in_words(consult: Consult, procedure: Procedure, names: Names) -> str:
    held = names(consult.with_)
    said = capital(who_in_words(consult.with_, procedure)) + (f" ({held})" if held else "")
    said += f", before {consult.before}" if consult.before else ""
    if consult.tell is not None:
        said += f"; told: {who_in_words(consult.tell, procedure)}"
    return f"{said}."


def _section(asked: Collection[Consult], procedure: Procedure) -> FormSection | None:
    if not asked:
        return None
    said = " ".join(consult_in_words(one, procedure, lambda _: "") for one in asked)
    words = dict.fromkeys(word for one in asked for word in one.record)
    fields = [
        FormField(id=CONSULTED, label="With whom you spoke", hint=said, type=FieldType.LONG_TEXT)
    ]
    if words:
        options = {word: capital(word) for word in words}
        came = FormField(
            id=CONSULTATION, label="What came of it", type=FieldType.ONE_OF, options=options
        )
        fields.append(came)
    return FormSection(title="Who was spoken to first", fields=tuple(fields))


def _with(form: Form, section: FormSection | None) -> Form:
    asks_already = any(one.id in SPOKEN for one in form.fields())
    if section is None or asks_already:
        return form
    return form.model_copy(update={"sections": (*form.sections, section)})
