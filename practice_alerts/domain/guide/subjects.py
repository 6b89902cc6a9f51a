"""What an alert may be about, and what must be told: categories and significant changes."""

from __future__ import annotations

from collections.abc import Iterable

from practice_alerts.domain.guide.markup import Markup, heading, listed, paragraph, silent, text
from practice_alerts.domain.guide.wording import capital, sentence
from practice_alerts.domain.guide.writing import Writing, tag
from practice_alerts.domain.procedure import Change, Example, SignificantChanges


def categories_page(writing: Writing) -> str:
    categories = writing.procedure.categories
    if not categories:
        return silent("categories: an alert is about whatever the concern is")
    parts = [
        paragraph("What an alert may be about, with the examples the procedure gives.", "lead")
    ]
    for category in categories:
        signs = writing.marks.on(f"categories.{category.id}")
        note = paragraph(text(sentence(category.note)) + signs, "aside") if category.note else signs
        parts += [
            heading(2, category.title, f"category-{category.id}"),
            note,
            _examples(writing, category.examples),
        ]
    return "\n".join(parts)


def _examples(writing: Writing, examples: Iterable[Example]) -> Markup:
    return listed(_example(writing, one) for one in examples) or silent("examples of this")


def _example(writing: Writing, example: Example) -> Markup:
    said = text(capital(example.text)) + tag(example.cases)
    if example.responsible is not None:
        said += f"<br>Responsible: {writing.who(example.responsible)}"
    if example.note:
        said += f"<br>{text(sentence(example.note))}"
    return said + listed(text(capital(one)) for one in example.examples)


def changes_page(writing: Writing) -> str:
    procedure = writing.procedure
    parts = [_changes(writing, one) for one in procedure.significant_changes]
    if not parts:
        parts = [silent("significant changes that must be told")]
    parts.append(heading(2, "When a review must be held", "reviews-required"))
    required = listed(text(capital(one)) for one in procedure.reviews_required)
    parts.append(
        required + writing.marks.on("reviews_required")
        if required
        else silent("reviews that must be held")
    )
    return "\n".join(parts)


def _changes(writing: Writing, changes: SignificantChanges) -> str:
    by, to = capital(writing.who(changes.by, "not said by whom")), writing.who(changes.to)
    told = f"{by} to {to}. Time: {writing.within(changes.within, 'significant_changes')}."
    items = listed(map(_change, changes.items), name="ol")
    return (
        f"{paragraph('Changes for the child that must be told.', 'lead')}{paragraph(told)}{items}"
    )


def _change(change: Change) -> Markup:
    said = text(capital(change.text)) + tag(change.cases)
    said += f"<br>Threshold: {text(change.threshold)}" if change.threshold else ""
    return said + (f"<br>{text(sentence(change.note))}" if change.note else "")
