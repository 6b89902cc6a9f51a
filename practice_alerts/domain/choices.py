"""Choices that a form takes from the procedure instead of repeating them."""

from __future__ import annotations

from practice_alerts.domain.form import Form, FormField, OptionsFrom
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.procedure import CASE_TYPES, Kind, Procedure


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
    """Id -> words, for one of the sources a form may name."""
    match source:
        case "categories":
            return {category.id: category.title for category in procedure.categories}
        case "raised_by":
            return {
                case: f"{procedure.title_of(role)}, for a {CASE_TYPES[case]}"
                for case, role in procedure.raised_by.items()
            }
        case "criteria":
            return _criteria(procedure, name)
        case "stages":
            return {stage.id: stage.label for stage in procedure.main_ladder.stages}
        case "partners":
            return {name: ladder.title or name for name, ladder in procedure.partners.items()}


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
