"""One row for each type of question: through every place that a field passes, none is left without words."""

from typing import Any

import pytest

from practice_alerts.domain.complete import complete
from practice_alerts.domain.documents.alert_document import said, shown
from practice_alerts.domain.forms.edition_changes import compare
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, is_answered
from practice_alerts.domain.forms.validation import faults_in, sendable
from tests.helpers.alerts.every_field import ANSWERS, made_up

WRONG = complete(
    FieldType,
    {  # an answer that no such question takes, and what is said of it
        FieldType.TEXT: ("x" * 301, "shorten it by 1 characters (at most 300)."),
        FieldType.LONG_TEXT: ("x" * 20_001, "shorten it by 1 characters (at most 20,000)."),
        FieldType.DATE: ("31 June", "there is no such day as 31 June; give a real date."),
        FieldType.YES_NO: ("perhaps", "choose yes or no."),
        FieldType.ONE_OF: ("c", "choose from the list."),
        FieldType.MANY_OF: (["a", "c"], "choose from the list."),
        FieldType.PERSON: ("x" * 301, "shorten it by 1 characters (at most 300)."),
        FieldType.TEAM: ("x" * 301, "shorten it by 1 characters (at most 300)."),
        FieldType.REFERENCE: ("x" * 301, "shorten it by 1 characters (at most 300)."),
        FieldType.NUMBER: ("1.5", "give a whole number."),
        FieldType.REFERENCE: ("S-\u0661", "write its digits as 0 to 9."),
        FieldType.GROUP: ([{"line": "x" * 301}], "shorten it by 1 characters (at most 300)."),
    },
)
LEFT_OUT_OF_ACTS = {FieldType.DATE, FieldType.YES_NO, FieldType.NUMBER}


def form_of(field: FormField) -> Form:
    section = {"title": "The alert", "fields": [field]}
    return Form.model_validate({"title": "Alert", "sections": [section]})


@pytest.mark.parametrize("kind", FieldType)
def test_an_answer_of_every_type_is_taken_kept_and_printed(kind: FieldType) -> None:
    field, answer, _ = made_up(kind)
    assert faults_in([field], {field.id: answer}) == {}
    assert is_answered(sendable([field], {field.id: answer})[field.id])
    printed = ANSWERS[kind][2]
    if field.fields:
        assert shown(field, {field.id: answer}) == [{"line": printed}]
    else:
        assert said(field, answer) == printed


@pytest.mark.parametrize("kind", FieldType)
def test_what_no_question_of_a_type_takes_is_refused_in_a_sentence(kind: FieldType) -> None:
    field, _, _ = made_up(kind)
    answer, what_to_do = WRONG[kind]
    assert faults_in([field], {field.id: answer})[field.id].endswith(what_to_do)


@pytest.mark.parametrize("kind", FieldType)
def test_an_empty_answer_of_every_type_is_asked_for(kind: FieldType) -> None:
    field = made_up(kind)[0].model_copy(update={"required": True})
    assert faults_in([field], {}) == {field.id: f"{field.label}: {kind.facts.asks}"}


@pytest.mark.parametrize("kind", FieldType)
def test_a_newer_form_says_what_a_question_of_every_type_takes_now(kind: FieldType) -> None:
    field, _, _ = made_up(kind)
    before = FieldType.TEXT if kind is not FieldType.TEXT else FieldType.DATE
    old = made_up(before)[0].model_copy(update={"id": field.id})
    takes = f"“Asked” now takes {kind.facts.takes}, not {before.facts.takes}."
    assert takes in compare(form_of(old), form_of(field))


def test_every_type_has_words_and_no_two_have_the_same_in_the_guide() -> None:
    assert len({kind.facts.in_guide for kind in FieldType}) == len(FieldType)
    assert {kind for kind in FieldType if not kind.facts.told_in} == LEFT_OUT_OF_ACTS


@pytest.mark.parametrize("kind", [one for one in FieldType if one.facts.needs_options])
def test_a_choice_without_choices_is_no_question(kind: FieldType) -> None:
    written: dict[str, Any] = {"id": "asked", "label": "Asked", "type": kind}
    with pytest.raises(ValueError, match=f"a field of type {kind} needs options or options_from"):
        FormField.model_validate(written)
