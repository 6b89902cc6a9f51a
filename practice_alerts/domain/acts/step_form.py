"""What the form that records a step asks of one step: what the file gives the step, and nothing else."""

from collections.abc import Iterable
from typing import Final

from practice_alerts.domain.forms.form import Form, FormField, FormSection, OptionsFrom
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.stage_steps import decides_branch, may_be_unneeded
from practice_alerts.domain.standing.steps_by import ToRecord
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import who_in_words

CHAIR: Final = "chair"
PRESENT: Final = "present"
WHICH: Final = "step"
TOOK_PLACE: Final = "took_place"
_HOW_IT_ENDED: Final = FormField.model_validate(
    {
        "id": "outcome",
        "label": "What was decided to do next",
        "type": "one_of",
        "options_from": OptionsFrom.STEP_RESULTS,
        "when": {TOOK_PLACE: "yes"},
    }
)


def choices(every: Iterable[ToRecord]) -> dict[str, str]:
    """The steps to choose from; one of a stage that was left says so."""
    return {
        one.key: capital(one.step.what) + (f" (late, of {one.stage.label})" if one.late else "")
        for one in every
    }


def of_step(field: FormField, chosen: ToRecord | None, procedure: Procedure) -> FormField | None:
    """The question as it is put of this step; None where the file gives the step nothing of the kind."""
    if field.options_from is OptionsFrom.STEP_RESULTS:
        return _result(field, chosen)
    step = chosen.step if chosen else None
    if field.id == CHAIR:
        return _named(field, step.chair if step else None, procedure)
    if field.id == PRESENT:
        return _named(field, (step.attend or step.with_) if step else None, procedure)
    return field


def asked_of_step(
    field: FormField, chosen: ToRecord | None, procedure: Procedure
) -> FormField | None:
    """The same on a screen: whether it took place is no question where it has to, in any case."""
    if field.id == TOOK_PLACE and chosen is not None and must_take_place(chosen):
        return None
    return of_step(field, chosen, procedure)


def form_of_step(form: Form, chosen: ToRecord | None, procedure: Procedure) -> Form:
    """The whole form as it is for this step."""
    return form.changed(lambda one: of_step(one, chosen, procedure))


def must_take_place(chosen: ToRecord) -> bool:
    """Is it awaited in any case, with no question put and no condition that people judge?"""
    return not may_be_unneeded(chosen.step, chosen.stage)


def with_result(form: Form, ladder: Ladder) -> Form:
    """Asking how a step ended, where one follows from it and a form of the council's own does not ask."""
    decides = any(decides_branch(step, stage) for stage in ladder.stages for step in stage.steps)
    asks = any(one.options_from is OptionsFrom.STEP_RESULTS for one in form.fields())
    if asks or not decides:
        return form
    section = FormSection(title="How it ended", fields=(_HOW_IT_ENDED,))
    return form.model_copy(update={"sections": (*form.sections, section)})


def for_doer(form: Form, chosen: ToRecord, procedure: Procedure) -> Form:
    """The form for whoever does this one step: it is chosen, and it is recorded because it took place."""

    def put(field: FormField) -> FormField | None:
        if field.id in {WHICH, TOOK_PLACE}:
            return None
        when = tuple(one for one in field.when if one.field != TOOK_PLACE)
        return field.model_copy(update={"when": when})

    return form_of_step(form, chosen, procedure).changed(put)


def _result(field: FormField, chosen: ToRecord | None) -> FormField | None:
    """Its own outcomes. Where another step follows from how it ended, it has to be said."""
    if chosen is None or not chosen.step.outcomes:
        return None
    options = {words: capital(words) for words in chosen.step.outcomes}
    must = field.required or decides_branch(chosen.step, chosen.stage)
    return field.model_copy(update={"options": options, "required": must})


def _named(field: FormField, who: Who | None, procedure: Procedure) -> FormField | None:
    said = who_in_words(who, procedure, silent="")
    if not said:
        return None
    hint = ". ".join(filter(None, (field.hint, f"By the procedure: {said}")))
    return field.model_copy(update={"hint": hint})
