"""What each council's forms are: on what they are raised, what they ask, and the document they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from practice_alerts.domain.choices import form_used
from practice_alerts.domain.form import Form, FormField
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.procedure import Procedure

_TITLES = ("council", "form", "raised as", "stages", "fields", "required", "ours", "Word template")


@dataclass(frozen=True)
class CouncilForms:
    """One council's forms by name, and the names of those that have a Word template."""

    procedure: Procedure
    forms: Mapping[str, Form]
    templates: frozenset[str]


def forms_table(councils: Mapping[str, CouncilForms]) -> str:
    """Every form in one table, the councils and forms in the order given."""
    rows = (
        [one.procedure.council, *_row(council_id, one, name)]
        for council_id, one in councils.items()
        for name in one.forms
    )
    return "\n".join((_line(_TITLES), _line(["---"] * len(_TITLES)), *map(_line, rows)))


def forms_shown(councils: Mapping[str, CouncilForms]) -> str:
    """Each form with what it requires, what is ours, and the picture of its document."""
    lines = (
        line
        for council_id, one in councils.items()
        for name in one.forms
        for line in _shown(council_id, one, name)
    )
    return "\n".join(lines)


def picture(council_id: str, form: str) -> str:
    """The name of the picture of a form's document."""
    return f"{council_id}-{form}.png"


def asked(form: Form) -> tuple[FormField, ...]:
    """Every field, those of a repeated group too; what holds them is no question of its own."""
    return tuple(each for field in form.fields() for each in field.fields or (field,))


def used_for(procedure: Procedure, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles of the kinds raised on this form, and the labels of the stages at which they are."""
    kinds: dict[str, None] = {}
    stages: dict[str, None] = {}
    for kind_id, kind in procedure.kinds.items():
        climbed = tuple(_stages(procedure, kind_id))
        if not climbed and form_used(kind_id, kind, None, None) == name:
            kinds[kind.title] = None
        for ladder, stage in climbed:
            if form_used(kind_id, kind, ladder, stage) == name:
                kinds[kind.title] = None
                stages[stage.label] = None
    return tuple(kinds), tuple(stages)


def _stages(procedure: Procedure, kind_id: str) -> Iterator[tuple[Ladder, Stage]]:
    """Of the ladder that this kind climbs; of one for partner agencies, of each of them."""
    for partner in tuple(procedure.partners) or (None,):
        ladder = procedure.ladder_of(kind_id, partner)
        yield from ((ladder, stage) for stage in ladder.stages) if ladder else ()


def _row(council_id: str, one: CouncilForms, name: str) -> Iterator[str]:
    form = one.forms[name]
    fields = asked(form)
    kinds, stages = used_for(one.procedure, name)
    yield f"[{form.title}](#{_anchor(_heading(one, name))})"
    yield "; ".join(kinds) or "-"
    yield _from_to(stages) or "none"
    yield str(len(fields))
    yield str(sum(field.required for field in fields))
    yield str(sum(field.ours for field in fields)) if any(field.ours for field in fields) else "-"
    file = f"{council_id}/{name}.docx"
    yield f"[{file}](../form_templates/{file})" if name in one.templates else "none"


def _shown(council_id: str, one: CouncilForms, name: str) -> Iterator[str]:
    form = one.forms[name]
    fields = asked(form)
    yield f"### {_heading(one, name)}"
    yield ""
    yield f"`form_templates/{council_id}/{name}.yml`"
    yield ""
    yield f"- **Required:** {_labels(each for each in fields if each.required)}."
    for stage_id, later in _from_stages(fields).items():
        yield f"- **Required from {_stage_label(one.procedure, name, stage_id)} on:** {_labels(later)}."
    yield f"- **Ours, not on the paper form:** {_labels(each for each in fields if each.ours)}."
    yield ""
    if name in one.templates:
        file = picture(council_id, name)
        yield f"![First page of the document of {one.procedure.council}'s {form.title}](forms/{file})"
        yield ""


def _from_stages(fields: Iterable[FormField]) -> dict[str, list[FormField]]:
    found: dict[str, list[FormField]] = {}
    for field in fields:
        if field.required_from is not None:
            found.setdefault(field.required_from, []).append(field)
    return found


def _stage_label(procedure: Procedure, name: str, stage_id: str) -> str:
    """As it is printed on the ladders that are climbed with this form."""
    used = (
        stage.label
        for kind_id in procedure.kinds
        for ladder, stage in _stages(procedure, kind_id)
        if stage.id == stage_id
        if form_used(kind_id, procedure.kinds[kind_id], ladder, stage) == name
    )
    return next(used, stage_id)


def _labels(fields: Iterable[FormField]) -> str:
    return "; ".join(field.label.rstrip("?:") for field in fields) or "nothing"


def _from_to(labels: tuple[str, ...]) -> str:
    """Up to three by name, more by the first and the last."""
    return "; ".join(labels) if len(labels) <= 3 else f"{labels[0]} to {labels[-1]}"  # noqa: PLR2004


def _heading(one: CouncilForms, name: str) -> str:
    return f"{one.procedure.council}: {one.forms[name].title}"


def _anchor(heading: str) -> str:
    """How a heading is linked to in a page of Markdown."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
