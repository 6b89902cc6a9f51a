"""Choices that a form takes from the procedure instead of repeating them."""

from __future__ import annotations

from practice_alerts.domain.form import Form, FormField, OptionsFrom
from practice_alerts.domain.procedure import CASE_TYPES, Procedure


def with_choices(form: Form, procedure: Procedure) -> Form:
    """The form with every `options_from` filled from the procedure."""
    return form.model_copy(
        update={
            "sections": tuple(
                section.model_copy(
                    update={"fields": tuple(_filled(field, procedure) for field in section.fields)}
                )
                for section in form.sections
            )
        }
    )


def _filled(field: FormField, procedure: Procedure) -> FormField:
    if field.options_from is None:
        return field
    return field.model_copy(update={"options": choices(field.options_from, procedure)})


def choices(source: OptionsFrom, procedure: Procedure) -> dict[str, str]:
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
            return {
                criterion.id: criterion.title
                for stage in procedure.main_ladder.stages
                for criterion in stage.criteria
            }
        case "stages":
            return {stage.id: stage.label for stage in procedure.main_ladder.stages}
        case "partners":
            return {name: ladder.title or name for name, ladder in procedure.partners.items()}
