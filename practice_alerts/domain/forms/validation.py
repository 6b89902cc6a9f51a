"""One validation of what people answered on a form, for every face."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from practice_alerts.domain.dates import as_answer, read_day
from practice_alerts.domain.forms.answer_pattern import fits
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import NOBODY, Answers, FormField, id_key, is_answered
from practice_alerts.domain.forms.names_in_text import what_identifies
from practice_alerts.domain.text import capital

Faults = dict[str, str]
"""Field id -> what to do about it, in one sentence. Empty when all is well."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def faults_in(
    fields: Iterable[FormField],
    answers: Answers,
    *,
    reached: Collection[str] = (),
    known: Collection[str] = (),
    today: date | None = None,
) -> Faults:
    """Every fault in these answers, in the order of the fields.

    `reached`: ids of the stages already reached, for `required_from`. `known`: names and numbers from the
    directory, which a line for the log must not hold, besides those from the form itself. `today`: a birthday
    lies no later.
    """
    fields = tuple(fields)
    faults: Faults = {}
    for field in fields:
        if not field.asked(answers):
            continue
        said = _fault(field, answers.get(field.id), reached) or _ahead(field, answers, today)
        if said is None and field.goes_to == "log":
            given = [_name(answers.get(one.id)) for one in fields if one.is_person]
            named = what_identifies(str(answers.get(field.id, "")), (*given, *known), given)
            said = named and says(field, f"take out {named}")
        if said is not None:
            faults[field.id] = said
    return faults


def _ahead(field: FormField, answers: Answers, today: date | None) -> str | None:
    """A day that tells who somebody is is a birthday."""
    if field.type is not FieldType.DATE or field.identifies is None or today is None:
        return None
    day = read_day(str(answers.get(field.id) or ""))
    return says(field, "give a day that has been.") if day and day > today else None


def _name(value: Any) -> str:
    return "" if value == NOBODY else str(value or "")


def sendable(form_fields: Iterable[FormField], answers: Answers) -> dict[str, Any]:
    """What is sent: answers to questions that are asked. What a condition hides stays in the draft."""
    fields = [one for one in form_fields if one.asked(answers) and is_answered(answers.get(one.id))]
    ids = (id_key(one.id) for one in fields if one.type is FieldType.PERSON)
    return {
        **{field.id: _tidy(field, answers[field.id]) for field in fields},
        **{key: answers[key] for key in ids if answers.get(key)},
    }


def control_characters(text: str) -> list[str]:
    """Characters that cannot stand in a document: control characters but tab and newline, lone surrogates."""
    return sorted(set(_CONTROL.findall(text)))


def _fault(field: FormField, value: Any, reached: Collection[str]) -> str | None:
    if not is_answered(value):
        needed = field.required or (
            field.required_from is not None and field.required_from in reached
        )
        needed = needed and field.optional_from not in reached
        return says(field, field.type.facts.asks) if needed else None
    if field.fields:
        return _group_fault(field, value, reached)
    texts = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    for text in texts:
        if control_characters(text):
            return says(
                field, "take out characters that cannot be printed (they often come from copying)."
            )
    return _typed_fault(field, texts)


def says(field: FormField, what_to_do: str) -> str:
    """The fault as a sentence: the question, then what to do."""
    if field.label.endswith(("?", ".")):
        return f"{field.label} {capital(what_to_do)}"
    return f"{field.label}: {what_to_do}"


def _typed_fault(field: FormField, texts: list[str]) -> str | None:
    said, text = field.type.facts.wrong(texts, field.choices), texts[0]
    if said is None and len(text) > field.limit:
        over = len(text) - field.limit
        said = f"shorten it by {over:,} characters (at most {field.limit:,})."
    elif said is None and field.pattern and not fits(field.pattern, text.strip()):
        said = f"{field.pattern_says or 'this does not look right; check it'}."
    return said and says(field, said)


def _group_fault(field: FormField, value: Any, reached: Collection[str]) -> str | None:
    for place, item in enumerate(value, start=1):
        for inner in field.fields:
            said = _fault(inner, item.get(inner.id) if isinstance(item, Mapping) else None, reached)
            if said is not None:
                return f"{field.label}, number {place}. {said}"
    return None


def _tidy(field: FormField, value: Any) -> Any:
    """Newlines one way, days as they are kept; nothing else of what was typed is touched."""
    if field.type is FieldType.DATE:
        return as_answer(str(value))
    if field.fields:
        return [
            {
                **item,
                **{one.id: _tidy(one, item[one.id]) for one in field.fields if item.get(one.id)},
            }
            for item in value
        ]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value
