"""Choices that a form takes from the procedure instead of repeating them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from practice_alerts.domain.events import ENDINGS, FOLLOW_UPS, RESPONSES, VERDICTS
from practice_alerts.domain.form import Form, FormField, OptionsFrom
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.procedure import CASE_TYPES, Kind, Procedure
from practice_alerts.domain.routes import ROUTES

OFFERED_AT_THE_TIME: frozenset[str] = frozenset(
    {"steps", "outcomes", "referrals", "officers", "questions"}
)
"""Choices that follow from the alert and not from the procedure."""


def form_used(kind_id: str, kind: Kind, ladder: Ladder | None, stage: Stage | None) -> str:
    """Which form is filled: the stage's own, else that of the nearest stage before it, else the kind's."""
    before = ladder.stages[: ladder.place(stage.id) + 1] if ladder and stage else ()
    own = next((one.form for one in reversed(before) if one.form), None)
    return own or kind.form or kind_id


def with_choices(form: Form, procedure: Procedure, name: str = "") -> Form:
    """The form with every `options_from` filled from the procedure.

    `name` is the form's own: it offers the criteria of the stages that use it. Without it, all.
    """
    return form.model_copy(
        update={
            "sections": tuple(
                section.model_copy(
                    update={
                        "fields": tuple(_filled(one, procedure, name) for one in section.fields)
                    }
                )
                for section in form.sections
            )
        }
    )


def _filled(field: FormField, procedure: Procedure, name: str) -> FormField:
    if field.options_from is None:
        return field
    return field.model_copy(update={"options": choices(field.options_from, procedure, name)})


def choices(source: OptionsFrom, procedure: Procedure, name: str = "") -> dict[str, str]:
    """Id -> words, for one of the sources a form may name; nothing yet where the alert decides."""
    if source == "criteria":
        return _criteria(procedure, name)
    if source in _WORDS:
        return dict(_WORDS[source])
    return _OF_PROCEDURE[source](procedure) if source in _OF_PROCEDURE else {}


_WORDS: Mapping[str, Mapping[str, str]] = {
    "responses": dict(RESPONSES.items()),
    "verdicts": dict(VERDICTS.items()),
    "endings": dict(ENDINGS.items()),
    "follow_ups": dict(FOLLOW_UPS.items()),
}


def _raised_by(procedure: Procedure) -> dict[str, str]:
    return {
        case: f"{procedure.title_of(role)}, for a {CASE_TYPES[case]}"
        for case, role in procedure.raised_by.items()
    }


def _overrides(procedure: Procedure) -> dict[str, str]:
    """An event is known by its words: the procedure gives it no other name."""
    return {words: words for words in procedure.overrides.events} if procedure.overrides else {}


def _consultation(procedure: Procedure) -> dict[str, str]:
    """What may be recorded of speaking to somebody first, in the words of any way out or stage."""
    asked = [one.consult for one in procedure.referrals.values()]
    asked += [stage.consult for _, ladder in procedure.all_ladders() for stage in ladder.stages]
    found = dict.fromkeys(words for one in asked if one for words in one.record)
    return {words: words[:1].upper() + words[1:] for words in found}


_OF_PROCEDURE: Mapping[str, Callable[[Procedure], dict[str, str]]] = {
    "categories": lambda procedure: {one.id: one.title for one in procedure.categories},
    "raised_by": _raised_by,
    "stages": lambda procedure: {one.id: one.label for one in procedure.main_ladder.stages},
    "partners": lambda procedure: {
        name: ladder.title or name for name, ladder in procedure.partners.items()
    },
    "routes": lambda procedure: {
        name: ROUTES[name].title for name in procedure.referrals if name in ROUTES
    },
    "overrides": _overrides,
    "consultation": _consultation,
}


def _criteria(procedure: Procedure, form: str) -> dict[str, str]:
    """Those of the stages that use this form; all where none of its stages has any of its own."""
    used: dict[str, str] = {}
    every: dict[str, str] = {}
    for name, kind in procedure.kinds.items():
        ladder = procedure.ladders.get(kind.ladder or "")
        for stage in ladder.stages if ladder else ():
            titles = {one.id: one.title for one in stage.criteria}
            every |= titles
            if form_used(name, kind, ladder, stage) == form:
                used |= titles
    return used or every
