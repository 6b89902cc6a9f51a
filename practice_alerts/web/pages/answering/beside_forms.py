"""What somebody asked can say besides an answer, each a form of its own on their answer page."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from practice_alerts.casework.acts.answer import BESIDE, AskedView
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.record import Doing
from practice_alerts.casework.jobs.when_to_send import done_words
from practice_alerts.domain.acts.act_rows import ACTS, Act
from practice_alerts.domain.acts.step_form import WHICH
from practice_alerts.office import Office
from practice_alerts.web.pages.answering import step_forms
from practice_alerts.web.pages.answering.step_forms import StepForm

_MARK: Final = "beside-"


def beside_forms(asked: AskedView) -> tuple[StepForm, ...]:
    """Nothing once nothing is asked of them."""
    return tuple(
        StepForm(
            _key(act),
            ACTS[act].title,
            ACTS[act].button,
            form.changed(partial(step_forms.marked, _key(act))),
        )
        for act, form in asked.beside
    )


def act_of(key: str) -> Act | None:
    """The act whose form bears this key; None where it is a step's."""
    return next((one for one in BESIDE if _key(one) == key), None)


def _key(act: Act) -> str:
    return f"{_MARK}{act.value}"


def say(office: Office, asked: AskedView, act: Act, given: Mapping[str, Any], doing: Doing) -> None:
    """Do it. Raises what a verb raises."""
    typed = {name: said for name, said in given.items() if name != WHICH}
    VERBS[act](office, asked.known.id, typed, doing)


def done(office: Office, asked: AskedView, name: str) -> str:
    """What is said on the page once it is done; empty where the address says nothing known."""
    act = act_of(f"{_MARK}{name}")
    return done_words(office, asked.known.id, act) if act else ""
