"""A question of every type, with an answer to it and a piece of how that stands in HTML."""

from typing import Any

from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import FormField

ANSWERS: dict[FieldType, tuple[Any, str, str]] = dict(
    complete(
        FieldType,
        {  # the answer, as it stands in HTML, as it is printed
            FieldType.TEXT: ("A line", 'value="A line"', "A line"),
            FieldType.LONG_TEXT: ("Two\nlines", "Two\nlines", "Two\nlines"),
            FieldType.DATE: ("2025-06-05", 'value="2025-06-05"', "Thursday 5 June 2025"),
            FieldType.YES_NO: ("no", 'value="no"', "No"),
            FieldType.ONE_OF: ("b", 'value="b"', "The second"),
            FieldType.MANY_OF: (["a", "b"], 'value="b"', "The first; The second"),
            FieldType.PERSON: ("Kit Muster", 'value="Kit Muster"', "Kit Muster"),
            FieldType.TEAM: ("North", 'value="North"', "North"),
            FieldType.REFERENCE: ("C-1", 'value="C-1"', "C-1"),
            FieldType.NUMBER: ("12", 'value="12"', "12"),
            FieldType.GROUP: ([{"line": "A line"}], "A line", "A line"),
        },
    )
)


def made_up(kind: FieldType) -> tuple[FormField, Any, str]:
    """The question, an answer to it, and a piece of how that answer stands in HTML."""
    more: dict[str, Any] = {}
    if kind.facts.needs_options:
        more["options"] = {"a": "The first", "b": "The second"}
    if kind.facts.has_fields:
        more["fields"] = [{"id": "line", "label": "A line", "type": "text"}]
    field = FormField.model_validate(
        {"id": f"asked_{kind}", "label": "Asked", "type": kind, **more}
    )
    answer, in_html, _ = ANSWERS[kind]
    return field, answer, in_html
