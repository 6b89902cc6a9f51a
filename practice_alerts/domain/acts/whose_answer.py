"""For whom somebody answers: themselves, whoever they stand in for, or somebody outside whose letter they write down."""

from typing import Final

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, FormSection

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


def _key(number: int) -> str:
    return f"asked-{number + 1}"
