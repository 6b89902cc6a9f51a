"""One validation for every face: each fault names its field and says what to do."""

from datetime import date
from typing import Any

import pytest

from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, id_key, with_new
from practice_alerts.domain.forms.validation import faults_in, sendable

FORM = Form.model_validate(
    {
        "title": "Sample",
        "sections": [
            {
                "title": "All kinds",
                "fields": [
                    {"id": "child_name", "label": "Name", "type": "text", "identifies": "child"},
                    {"id": "why", "label": "Why", "type": "long_text", "required": True},
                    {"id": "born", "label": "Born", "type": "date"},
                    {"id": "talked", "label": "Talked", "type": "yes_no"},
                    {
                        "id": "with_whom",
                        "label": "With whom",
                        "type": "text",
                        "required": True,
                        "when": {"talked": "yes"},
                    },
                    {
                        "id": "kind",
                        "label": "Kind",
                        "type": "many_of",
                        "options": {"drift": "Drift", "visits": "Visits"},
                    },
                    {"id": "days", "label": "Days", "type": "number"},
                    {
                        "id": "number",
                        "label": "Number",
                        "type": "reference",
                        "pattern": "[A-Z]-[0-9]+",
                        "pattern_says": "write it like S-12",
                    },
                    {
                        "id": "reason",
                        "label": "Reason",
                        "type": "text",
                        "required_from": "stage-2",
                    },
                    {
                        "id": "cp_only",
                        "label": "Plan",
                        "type": "text",
                        "required": True,
                        "cases": ["child_protection"],
                    },
                    {"id": "line", "label": "Line", "type": "text", "goes_to": "log"},
                ],
            }
        ],
    }
)
GOOD: dict[str, Any] = {"why": "It drifts.", "kind": ["drift"], "number": "S-12"}


def faults(**changes: Any) -> dict[str, str]:
    return faults_in(FORM.fields(), {**GOOD, **changes})


def test_good_answers_have_no_fault() -> None:
    assert faults() == {}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("why", "  ", "fill this in"),
        ("born", "2025-02-30", "give a real date"),
        ("talked", "maybe", "choose yes or no"),
        ("kind", ["gossip"], "choose from the list"),
        ("days", "three", "give a whole number"),
        ("number", "12", "write it like S-12"),
        ("child_name", "x" * 301, "shorten it by 1 characters"),
        ("why", "a\x00b", "take out characters"),
    ],
)
def test_a_fault_names_its_field_and_says_what_to_do(field: str, value: Any, says: str) -> None:
    found = faults(**{field: value})
    assert set(found) == {field}
    assert found[field].startswith(FORM.field(field).label)
    assert says in found[field]


def test_a_question_is_asked_only_under_its_condition() -> None:
    assert set(faults(talked="yes")) == {"with_whom"}
    assert faults(talked="no") == {}


def test_what_a_condition_hides_is_not_sent_and_stays_with_the_draft() -> None:
    draft = {**GOOD, "talked": "no", "with_whom": "the worker"}
    assert "with_whom" not in sendable(FORM.fields(), draft)
    assert draft["with_whom"] == "the worker"


def test_a_field_is_required_from_its_stage_on() -> None:
    answers = dict(GOOD)
    assert faults_in(FORM.fields(), answers, reached=("stage-1",)) == {}
    reached = ("stage-1", "stage-2")
    assert set(faults_in(FORM.fields(), answers, reached=reached)) == {"reason"}


def test_a_field_for_one_kind_of_case_is_asked_of_that_kind_alone() -> None:
    assert set(faults(case_status=["child_protection"])) == {"cp_only"}
    assert faults(case_status=["looked_after"]) == {}


@pytest.mark.parametrize(
    "line",
    ["Ann waits", "ann waits", "Ann's plan, Ann", "O'Neill late", "see S-12", "write to x@y.z"],
)
def test_the_line_for_the_log_names_nobody_known_from_the_form(line: str) -> None:
    found = faults(child_name="Ann O'Neill", line=line)
    assert set(found) == {"line"}


@pytest.mark.parametrize(
    "line", ["The child waits for a plan", "No visit in 12 weeks", "Anniversary contact missed"]
)
def test_a_line_that_names_nobody_may_stand(line: str) -> None:
    assert faults(child_name="Ann Child", line=line) == {}


TODAY = date(2026, 11, 27)
BORN = FormField(id="born", label="Date of birth", type=FieldType.DATE, identifies="child")
AGREED = FormField(id="agreed", label="To be done by", type=FieldType.DATE)


@pytest.mark.parametrize(
    ("typed", "is_fault"),
    [("27/11/2026", False), ("28/11/2026", True), ("2035-01-01", True), ("1/1/2012", False)],
)
def test_a_birthday_lies_no_later_than_today(typed: str, is_fault: bool) -> None:
    said = {"born": typed, "agreed": typed}
    assert set(faults_in((BORN, AGREED), said, today=TODAY)) == ({"born"} if is_fault else set())


def test_a_day_is_sent_as_it_is_kept_however_it_was_typed() -> None:
    block = FormField(id="each", label="Each", type=FieldType.GROUP, fields=(AGREED,))
    typed = {"born": "1 May 2012", "each": [{"agreed": "3.12.2026"}, {}]}
    assert faults_in((BORN, block), typed, today=TODAY) == {}
    sent = sendable((BORN, block), typed)
    assert sent == {"born": "2012-05-01", "each": [{"agreed": "2026-12-03"}, {}]}


@pytest.mark.parametrize("typed", ["31/04/2012", "1/5/12", "a fortnight"])
def test_a_day_that_is_none_is_a_fault_wherever_it_is_asked(typed: str) -> None:
    block = FormField(id="each", label="Each", type=FieldType.GROUP, fields=(AGREED,))
    assert set(faults_in((BORN, block), {"born": typed, "each": [{"agreed": typed}]})) == {
        "born",
        "each",
    }


@pytest.mark.parametrize("nothing", [None, "", "  ", [], ()])
def test_an_answer_corrected_to_nothing_is_as_one_that_was_never_given(nothing: object) -> None:
    before = {"why": "It drifts.", "worker": "Sam Sample", id_key("worker"): "sam"}
    assert with_new(before, {"why": nothing}) == {
        "worker": "Sam Sample",
        id_key("worker"): "sam",
    }
    assert with_new(before, {"worker": nothing}) == {"why": "It drifts."}
    assert with_new(before, {"worker": "Sam Sample"}) == before
