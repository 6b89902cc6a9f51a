"""What an alert may be about, and what must be told: categories and significant changes."""

from practice_alerts.domain.guide.parts.markup import (
    Markup,
    facts,
    heading,
    link,
    listed,
    paragraph,
    silent,
    table,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import all_only_shown
from practice_alerts.domain.guide.parts.writing import GuideWriter, tag
from practice_alerts.domain.procedure.categories import Change, Example, SignificantChanges
from practice_alerts.domain.procedure.posts import Role
from practice_alerts.domain.procedure.procedure import AlertKind, Procedure
from practice_alerts.domain.text import capital, joined, sentence
from practice_alerts.domain.wording.definitions import cases_in_words


def categories_page(writing: GuideWriter) -> str:
    kinds = writing.procedure.kinds.items()
    said = facts((kind.title, kind_in_words(writing, name, kind)) for name, kind in kinds)
    categories = heading(2, "Categories", "categories") + _categories(writing)
    return heading(2, "Kinds of alert", "kinds") + said + categories


def kind_in_words(writing: GuideWriter, name: str, kind: AlertKind) -> Markup:
    parts = [text(sentence(kind.about))] if kind.about else []
    if kind.ladder is None:
        parts.append("No stages and no clock.")
    if kind.mandatory:
        parts.append("It must be raised whenever there is occasion.")
    if kind.raised_by:
        titles = [writing.procedure.title_of(role) for role in kind.raised_by]
        parts.append(f"Raised by: {text(joined(titles, 'or'))}.")
    if kind.cases:
        parts.append(text(f"{capital(cases_in_words(kind.cases, writing.procedure))}."))
    if kind.goes_to is not None:
        parts.append(f"Goes to: {writing.who(kind.goes_to)}.")
    if kind.form in writing.council.forms:
        parts.append(link("Its form", writing.links.to("forms", f"form-{kind.form}")))
    return " ".join(parts) + writing.marks.on(f"kinds.{name}", name)


def _categories(writing: GuideWriter) -> str:
    categories = writing.procedure.categories
    if not categories:
        return _grounds(writing) or silent("categories: an alert is about whatever the concern is")
    shown = ("Category.note", "Example.cases", "Example.responsible", "Example.note")
    parts = [
        paragraph("What an alert may be about, with the examples the procedure gives."),
        all_only_shown("remarks, and whom an example names.", *shown),
    ]
    for category in categories:
        signs = writing.marks.on(f"categories.{category.id}")
        note = text(sentence(category.note or "")) + signs
        parts.append(heading(3, category.title, f"category-{category.id}"))
        parts.append(paragraph(note, "aside") if note else "\n")
        examples = listed(_example(writing, one) for one in category.examples)
        parts.append(examples or silent("examples of this"))
    return "\n".join(parts)


def _grounds(writing: GuideWriter) -> Markup:
    """Where a procedure has grounds for its stages in place of categories: at which stages they stand."""
    ladders = writing.procedure.ladders.values()
    stages = [one for ladder in ladders for one in ladder.stages if one.criteria]
    each = [link(text(one.label), writing.links.to("stages", one.id)) for one in stages]
    said = f"The text has no categories. In their place it gives grounds for {joined(each)}."
    return paragraph(said) if each else ""


def _example(writing: GuideWriter, example: Example) -> Markup:
    said = text(capital(example.text)) + tag(example.cases, writing.procedure)
    if example.responsible is not None:
        said += f"<br>Responsible: {writing.who(example.responsible)}"
    if example.note:
        said += f"<br>{text(sentence(example.note))}"
    return said + listed(text(capital(one)) for one in example.examples)


def changes_page(writing: GuideWriter) -> str:
    procedure = writing.procedure
    above = all_only_shown("what is to be told.", "Procedure.significant_changes")
    parts = [above, *(_changes(writing, one) for one in procedure.significant_changes)]
    if not procedure.significant_changes:
        parts = [silent("significant changes that must be told")]
    parts.append(heading(2, "When a review must be held", "reviews-required"))
    required = listed(text(capital(one)) for one in procedure.reviews_required)
    signs = writing.marks.on("reviews_required")
    above = all_only_shown("when a review must be held.", "Procedure.reviews_required")
    parts.append(above + required + signs if required else silent("reviews that must be held"))
    return "\n".join(parts)


def _changes(writing: GuideWriter, changes: SignificantChanges) -> str:
    by, to = capital(writing.who(changes.by, "not said by whom")), writing.who(changes.to)
    told = f"{by} to {to}. By when: {writing.within(changes.within, 'significant_changes')}."
    items = listed((_change(one, writing.procedure) for one in changes.items), name="ol")
    return paragraph("Changes for the child that must be told.", "lead") + paragraph(told) + items


def _change(change: Change, procedure: Procedure) -> Markup:
    said = text(capital(change.text)) + tag(change.cases, procedure)
    said += f"<br>Threshold: {text(change.threshold)}" if change.threshold else ""
    return said + (f"<br>{text(sentence(change.note))}" if change.note else "")


def posts_page(writing: GuideWriter) -> str:
    """Every post the procedure names, with its other names. Who holds it is kept elsewhere."""
    procedure = writing.procedure
    rows = [
        (
            text(capital(role.title)) + writing.marks.on(f"roles.{name}"),
            text(joined([word for word in (role.short, *role.also_printed) if word])) or "–",
            _post_notes(writing, role),
        )
        for name, role in procedure.roles.items()
    ]
    said = "Posts, never people. Who holds a post is kept by an administrator."
    posts = table("Posts", ("Post", "Also called", "Note"), rows)
    keys = ("Role.note", "Role.short", "Role.also_printed", "Role.held_by")
    shown = all_only_shown(
        "other names and remarks, and that the council says which post it is.", *keys
    )
    return paragraph(said, "lead") + shown + posts + writing.marks.how_read("roles")


def _post_notes(writing: GuideWriter, role: Role) -> Markup:
    said = [sentence(role.note or "")]
    if role.stands_in:
        said.append(f"When empty: {writing.procedure.title_of(role.stands_in)}.")
    if role.team:
        said.append("A team with one address.")
    if role.held_by == "a setting":
        said.append("The council says once which post this is.")
    return text(" ".join(one for one in said if one)) or "–"
