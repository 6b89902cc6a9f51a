"""What each council's forms are: on what they are raised, what they ask, and the document they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure

_TITLES = ("council", "form", "raised as", "stages", "fields", "required", "ours", "Word template")


_ACT_TITLES = ("form", "act", "fields", "required", "document", "served by")


@dataclass(frozen=True)
class CouncilForms:
    """One council's forms by name, and the names of those that have a Word template.

    `acts` are the forms of later acts; `own` the names of the files in the council's own folder.
    """

    procedure: Procedure
    forms: Mapping[str, Form]
    templates: frozenset[str]
    acts: Mapping[str, Form] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


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


def acts_table(common: Mapping[str, Form], councils: Mapping[str, CouncilForms]) -> str:
    """Every form of a later act in one table, and for each which councils have their own."""
    rows = ([*_act_row(name, common[name], councils)] for name in common)
    return "\n".join((_line(_ACT_TITLES), _line(["---"] * len(_ACT_TITLES)), *map(_line, rows)))


def acts_shown(common: Mapping[str, Form]) -> str:
    """Each common form of a later act that has a document: what it requires, and the picture."""
    lines = (
        line
        for name, form in common.items()
        if ACT_FORMS[name].printed
        for line in _act_shown(name, form)
    )
    return "\n".join(lines)


def _act_row(name: str, form: Form, councils: Mapping[str, CouncilForms]) -> Iterator[str]:
    printed = ACT_FORMS[name].printed
    yield f"[{form.title}](#{_anchor(form.title)})" if printed else form.title
    yield ACT_FORMS[name].title
    yield str(len(asked(form)))
    yield str(sum(one.required for one in form.fields()))
    file = f"common/{name}.docx"
    yield f"[{file}](../form_templates/{file})" if printed else "none"
    own = [
        f"{one.procedure.council} by its own {' and '.join(sorted(mine))}"
        for one in councils.values()
        if (mine := one.own & {f"{name}.yml", f"{name}.docx"})
    ]
    yield (
        "; ".join([*own, "the others by the common ones"])
        if own
        else "every council by the common one"
    )


def _act_shown(name: str, form: Form) -> Iterator[str]:
    fields = asked(form)
    yield f"### {form.title}"
    yield ""
    yield f"`form_templates/common/{name}.yml`, `form_templates/common/{name}.docx`"
    yield ""
    yield f"- **Required:** {_labels(each for each in fields if each.required)}."
    yield f"- **Besides:** {_labels(each for each in fields if not each.required)}."
    yield ""
    yield f"![First page of the document: {form.title}](forms/{picture('common', name)})"
    yield ""


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
    ours = "Ours, not on the paper form" if form.paper_seen else "Ours"
    yield f"- **{ours}:** {_labels(each for each in fields if each.ours)}."
    yield ""
    if name in one.templates:
        file = picture(council_id, name)
        yield f"![First page of the document of {one.procedure.council}'s {form.title}](forms/{file})"
        yield ""


def _from_stages(fields: Iterable[FormField]) -> dict[str, list[FormField]]:
    found: dict[str, list[FormField]] = {}
    for one in fields:
        if one.required_from is not None:
            found.setdefault(one.required_from, []).append(one)
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
    return "; ".join(labels) if len(labels) <= 3 else f"{labels[0]} to {labels[-1]}"  # noqa: PLR2004 - the three above


def _heading(one: CouncilForms, name: str) -> str:
    return f"{one.procedure.council}: {one.forms[name].title}"


def _anchor(heading: str) -> str:
    """How a heading is linked to in a page of Markdown."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
