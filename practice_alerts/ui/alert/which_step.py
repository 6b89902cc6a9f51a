"""Recording a step on an alert's page: the questions change with the step that is chosen."""

from collections.abc import Callable
from typing import Any

from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.step_form import (
    TOOK_PLACE,
    WHICH,
    asked_of_step,
    must_take_place,
)
from practice_alerts.domain.forms.form import FormField
from practice_alerts.domain.standing.stage_steps import open_steps


def questions(seen: Seen, kept: dict[str, Any]) -> Callable[[FormField], FormField | None]:
    """How each question is put of the step that stands in `kept`, which begins with the one to be recorded next."""
    known = seen.known
    every = {one.key: one for one in known.rules.for_them(seen.actor, known.alert)}
    waiting = set(open_steps(known.run, known.stage)) if known.stage else set()
    if kept.get(WHICH) not in every:
        next_ones = (key for key, one in every.items() if one.step in waiting)
        kept[WHICH] = next(next_ones, next(iter(every), ""))

    def put(field: FormField) -> FormField | None:
        chosen = every.get(str(kept.get(WHICH)))
        if chosen is not None and must_take_place(chosen):
            kept[TOOK_PLACE] = "yes"
        return asked_of_step(field, chosen, known.files.procedure)

    return put
