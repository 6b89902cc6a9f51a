"""Whom the procedure wants spoken to first: asked with which form, and in whose words. A record, and never a lock."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, FormSection, OptionsFrom
from practice_alerts.domain.procedure.ladder import Consult, Stage, consulted_between
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import who_in_words

Names = Callable[[Who], str]
"""Who holds these posts, by name; empty where nobody does."""

CONSULTED, CONSULTATION = "consulted", "consultation"
SPOKEN = (CONSULTED, CONSULTATION)
"""With whom, and what came of it: kept with the act, on the side that challenges."""


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
