"""The forms: which questions, who fills them in, and which of them are ours."""

from collections.abc import Iterator

from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.form_by_rule import OURS_OF_ACT
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.forms.form import Form, FormField, FormSection
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    element,
    heading,
    link,
    listed,
    paragraph,
    silent,
    table,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.page import blank_form
from practice_alerts.domain.guide.parts.writing import GuideWriter, tag
from practice_alerts.domain.procedure.beside_text import is_offered
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital, joined
from practice_alerts.domain.wording.conditions import only_if


def forms_page(writing: GuideWriter) -> str:
    forms = writing.council.forms
    if not forms:
        return silent("a form")
    said = (
        "What each form asks. Questions marked “ours” are asked by this product: where we have seen the council's"
        " paper form they are not on it, and where we have not, its text does not name them."
    )
    parts = [paragraph(said, "lead")]
    for name, form in _in_order(writing):
        parts += [heading(2, form.title, f"form-{name}"), _form(writing, name, form)]
    if writing.council.acts:
        parts += [heading(2, "What is asked later", "forms-later"), _later(writing)]
    return "\n".join(parts)


def _later(writing: GuideWriter) -> str:
    """The forms of what comes after raising, one line each; not of what this procedure does not offer."""
    rows, acts, procedure = [], writing.council.acts, writing.procedure
    ladders = (None, *(ladder for _, ladder in procedure.all_ladders()))
    off = {
        ACTS[act].form
        for act, ours in OURS_OF_ACT.items()
        if not any(is_offered(procedure, ladder, ours) for ladder in ladders)
    }
    for name, act in ACT_FORMS.items():
        if name in acts and name not in off:
            asked = "; ".join(field.label.rstrip("?") for field in acts[name].fields())
            printed = "yes" if act.printed else "no"
            rows.append((text(acts[name].title), text(asked), printed))
    said = paragraph("Each act after that has a short form of its own.")
    columns = ("Form", "What it asks", "A document of its own")
    return said + table("Forms of later acts", columns, rows)


def _in_order(writing: GuideWriter) -> Iterator[tuple[str, Form]]:
    """The forms of the kinds in the order of the kinds, then those of stages and later acts."""
    forms, procedure = writing.council.forms, writing.procedure
    first = [kind.form for kind in procedure.kinds.values()]
    first += [stage.form for _, ladder in procedure.all_ladders() for stage in ladder.stages]
    for name in dict.fromkeys([*first, *forms]):
        if name is not None and name in forms:
            yield name, forms[name]


def _form(writing: GuideWriter, name: str, form: Form) -> str:
    ours = "The source has no such form on paper; this one is ours."
    told = f"On paper: {text(form.paper or '')}.{only_shown('Form.paper')}{_seen(form)}"
    paper = told if form.paper else ours
    parts = [paragraph(paper + writing.marks.on(f"forms.{name}")), _blank(writing, name)]
    if form.shows:
        shown = text(joined([*map(shown_in_words, form.shows)]))
        said = f"Printed on it without being asked: {shown}.{only_shown('Form.shows')}"
        parts.append(paragraph(said))
    filled = with_choices(form, writing.procedure, name)
    sections = (_section(one, filled, writing.procedure) for one in form.sections)
    return "".join((*parts, *sections))


def _blank(writing: GuideWriter, name: str) -> Markup:
    if name not in writing.council.blanks:
        return ""
    to = writing.links.file(blank_form(name))
    said = "to fill in by hand, for a day on which this service cannot be reached"
    return paragraph(f"{link('Blank form to download (Word)', to)}, {said}.")


def _seen(form: Form) -> Markup:
    """What is not known of a form on paper that was never seen."""
    if form.paper_seen:
        return ""
    said = " We have not seen it, so what stands on it is not known but for what the text names."
    return said + only_shown("Form.paper_seen")


def _section(section: FormSection, form: Form, procedure: Procedure) -> Markup:
    each = ", once for each stage" if section.repeats == "stage" else ""
    caption = f"{section.title} (filled in by {section.filled_by.words}{each})"
    said = text(joined([*map(shown_in_words, section.shows)]))
    shown = f"Shown here: {said}.{only_shown('FormSection.shows')}" if section.shows else ""
    if not section.fields:
        return paragraph(element("strong", text(caption)) + (shown and f"<br>{shown}"))
    rows = [_row(one, form, procedure) for one in section.fields]
    asked = table(caption, ("Question", "Answer", "Needed"), rows)
    return asked + (paragraph(shown, "aside") if shown else "")


def _row(field: FormField, form: Form, procedure: Procedure) -> tuple[Markup, Markup, Markup]:
    mark = ' <span class="tag">ours</span>'
    ours, advice = (mark, "") if field.ours else ("", mark)  # said once of a question of ours
    hint = element("div", text(field.hint) + advice, class_="hint") if field.hint else ""
    question = text(field.label) + ours + tag(field.cases, procedure) + hint
    needed = [*needed_in_words(field, form, procedure)]
    needed += ["Kept out of the log"] if field.identifies else []
    needed += ["Shown in the log"] if field.goes_to == "log" else []
    return question, _answer(field), "<br>".join(map(text, needed))


def _answer(field: FormField) -> Markup:
    said = capital(field.type.facts.in_guide)
    if field.options_from:
        said += f": {field.options_from.words}"
    elif field.examples_of:
        said += ": the examples of that category"
    inside = listed(text(capital(option)) for option in (field.options or {}).values())
    inside += listed(text(one.label) for one in field.fields)
    return text(said) + inside


def needed_in_words(field: FormField, form: Form, procedure: Procedure) -> Iterator[str]:
    if field.required_from:
        yield f"From {_label(field.required_from, procedure)} on"
    elif field.optional_from:
        yield f"Until {_label(field.optional_from, procedure)}; from there on if known"
    else:
        yield "Always" if field.required else "If known"
    if said := only_if(form, field):
        yield said
    if field.role and (field.cases or field.when):
        yield "Not asked: whoever holds the post is meant"


def _label(stage_id: str, procedure: Procedure) -> str:
    named = (ladder for _, ladder in procedure.all_ladders() if ladder.has(stage_id))
    return label_of(next(named, None), stage_id)


_SHOWN = {
    "level": "the stage",
    "raiser": "who raised it",
    "raised_on": "the day it was raised",
    "verdict": "whether it is good enough",
    "settled_on": "the day it was put right",
    "escalated_on": "the day it went on",
    "escalated_to": "where it went",
    "judged_by": "who reviewed it",
}


def shown_in_words(name: str) -> str:
    """What a form prints without asking for it; a name that we do not know, as it is written."""
    return _SHOWN.get(name) or name.replace("_", " ").replace("-", " ")
