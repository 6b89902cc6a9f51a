"""The steps that are somebody's to record, each a form of its own on their answer page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Final

from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.domain.acts.step_form import WHICH
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.standing import waiting_words
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.steps_by import ToRecord, wanted_step
from practice_alerts.domain.text import capital, sentence
from practice_alerts.domain.wording.answer_words import talk_told
from practice_alerts.domain.wording.conditions import in_short

RECORD: Final = "record:"
"""What the button says that records a step, before the step's key."""


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step as the page asks for it; each field bears the step's key, so that no two on the page are one."""

    key: str
    what: str
    when: str
    form: Form


def step_forms(asked: AskedView, clocks: Clocks) -> tuple[StepForm, ...]:
    return tuple(
        StepForm(
            one.key,
            capital(one.step.what),
            _when(one, asked, clocks),
            form.changed(partial(marked, one.key)),
        )
        for one, form in asked.steps
    )


def marked(key: str, field: FormField) -> FormField:
    return field.model_copy(update={"id": f"{key}:{field.id}"})


def _when(this: ToRecord, asked: AskedView, clocks: Clocks) -> str:
    if this.late:
        return "The alert has gone on. Record it all the same: it stands as done late."
    wanted = wanted_step(this.step, clocks)
    if wanted.clock and wanted.clock.day:
        return sentence(waiting_words.beside(wanted.clock))
    ladder = asked.known.ladder
    return sentence(waiting_words.when_wanted(wanted, ladder, this.stage.id)) if ladder else ""


def pressed(typed: Mapping[str, str]) -> str:
    """The key of the step that is to be recorded; empty where another button was pressed."""
    press = typed.get("press", "")
    return press.removeprefix(RECORD) if press.startswith(RECORD) else ""


def answers_to(key: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed into the form of that step, as the act asks for it."""
    own = {
        name.partition(":")[2]: said for name, said in typed.items() if name.startswith(f"{key}:")
    }
    return {**own, WHICH: key}


def faults_of(key: str, faults: Mapping[str, str], forms: Iterable[StepForm]) -> Faults:
    """Each at its field; what is at fault in no field of the page stands by the step itself."""
    asked = {one.id for form in forms if form.key == key for one in form.form.fields()}
    named = {name: f"{key}:{name}" for name in faults}
    return {named[n] if named[n] in asked else f"step-{key}": said for n, said in faults.items()}


def at_first(forms: Iterable[StepForm], today: str) -> dict[str, str]:
    """What stands in the fields before anybody typed."""
    fields = (one for form in forms for one in form.form.fields())
    return {one.id: today for one in fields if one.id.endswith(":on") or one.prefill == "today"}


def conditions(forms: Iterable[StepForm]) -> dict[str, str]:
    return {one.id: in_short(form.form, one) for form in forms for one in form.form.fields()}


def theirs(
    asked: AskedView,
    run: StageRun | None,
    forms: tuple[tuple[StepForm, ...], tuple[StepForm, ...]],
) -> dict[str, Any]:
    """What of it is theirs to do, and whose answers are there."""
    of_answer = {one.id: in_short(asked.form, one) for one in asked.form.fields()}
    return {
        "is_present": asked.is_present and asked.answers,
        "drafts_for": asked.drafts_for,
        "is_here": asked.is_present,
        "steps": forms[0],
        "besides": forms[1],
        "talk": [talk_told(said) for _, said in run.talk] if run else [],
        "record": RECORD,
        "have_answered": run.answered_posts if run else "",
        "awaited": run.awaited_posts if run and run.waits_for_others else "",
        "only_if": {**of_answer, **conditions(chain(*forms))},
    }
