"""What a newer edition says to whoever has begun under an older one."""

from typing import Any

import pytest

from practice_alerts.domain.forms.edition_changes import compare, compare_ways, gone
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.files.real_councils import ladder_of, procedure_of

OLD: dict[str, Any] = {"id": "seen", "label": "Who was seen?", "type": "text"}


def form(*fields: dict[str, Any]) -> Form:
    return Form.model_validate(
        {"title": "Concern", "sections": [{"title": "All", "fields": fields}]}
    )


def said(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return list(compare(form(old), form(new)))


def test_nothing_is_said_where_nothing_changed() -> None:
    assert said(OLD, OLD) == []


def test_a_new_question_says_whether_it_must_be_answered() -> None:
    new = {"id": "when", "label": "When?", "type": "date"}
    assert compare(form(OLD), form(OLD, new)) == ("“When?” is asked now.",)
    assert compare(form(OLD), form(OLD, {**new, "required": True})) == (
        "“When?” is asked now, and must be answered.",
    )


def test_a_question_that_is_gone_says_what_becomes_of_its_answer() -> None:
    other = {"id": "when", "label": "When?", "type": "date"}
    assert compare(form(OLD, other), form(other)) == (
        "“Who was seen?” is no longer asked. What you answered stays in this draft and is not sent.",
    )
    assert [field.id for field in gone(form(OLD, other), form(other))] == ["seen"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"required": True}, "“Who was seen?” must be answered now."),
        ({"required_from": "stage-2"}, "“Who was seen?” must be answered from another stage on."),
        ({"label": "Whom did you see?"}, "“Who was seen?” is now worded “Whom did you see?”."),
        ({"type": "long_text"}, "“Who was seen?” now takes a text, not a line of text."),
        ({"most": 80}, "“Who was seen?” takes at most 80 now."),
        ({"goes_to": "log"}, "“Who was seen?” goes to the log now, and may name nobody."),
        ({"when": {"other": "yes"}}, "“Who was seen?” is asked in other cases than before."),
        (
            {"pattern": "[0-9]+", "pattern_says": "digits alone"},
            "“Who was seen?” asks for another form of answer: digits alone.",
        ),
    ],
)
def test_each_rule_that_changes_is_said(changed: dict[str, Any], sentence: str) -> None:
    assert said(OLD, {**OLD, **changed}) == [sentence]


def test_a_question_that_may_be_left_empty_now_says_so() -> None:
    assert said({**OLD, "required": True}, OLD) == ["“Who was seen?” may be left empty now."]


def test_choices_that_come_go_and_change_their_words_are_named() -> None:
    old = {**OLD, "type": "one_of", "options": {"a": "Alone", "b": "Both", "c": "Child"}}
    new = {**OLD, "type": "one_of", "options": {"a": "On their own", "b": "Both", "d": "Dog"}}
    assert said(old, new) == [
        "“Who was seen?” offers more: Dog.",
        "“Who was seen?” no longer offers: Child. Choose again if that was your answer.",
        "“Who was seen?”: the choice “Alone” is now worded “On their own”.",
    ]


def test_questions_inside_a_block_are_compared_too() -> None:
    inner = {"id": "name", "label": "Name", "type": "text"}
    block = {"id": "people", "label": "People", "type": "group", "fields": [inner]}
    other = {"id": "post", "label": "Post", "type": "text"}
    assert said(block, {**block, "fields": [{**inner, "required": True}, other]}) == [
        "In “People”: “Name” must be answered now.",
        "In “People”: “Post” is asked now.",
    ]
    (line,) = said({**block, "fields": [inner, other]}, block)
    assert line.startswith("In “People”: “Post” is no longer asked.")


def test_what_is_answered_by_others_is_none_of_the_raiser_s_business() -> None:
    section = {"title": "Reply", "filled_by": "answerer", "fields": [OLD]}
    old = Form.model_validate({"title": "Concern", "sections": [section]})
    new = Form.model_validate(
        {"title": "Concern", "sections": [{**section, "fields": [{**OLD, "required": True}]}]}
    )
    assert compare(old, new) == ()


# ----------------------------------------------------------------------------- before the form


def ways(new: Procedure, kind: str = "concern", stage: str | None = "stage-1") -> tuple[str, ...]:
    return compare_ways(procedure_of(), new, kind, None, stage)


def test_a_kind_that_can_no_longer_be_raised_is_to_be_chosen_again() -> None:
    new = procedure_of(kinds={"worry": {"title": "Worry", "ladder": "main", "form": "concern"}})
    assert ways(new) == ("“Concern” can no longer be raised. Choose again what you raise.",)


def test_a_stage_that_is_gone_and_one_with_another_clock_are_named() -> None:
    assert ways(procedure_of(ladder_of("5 working days")), stage="stage-2") == (
        "“Stage 2” is no longer a stage. Look again at which stage it starts.",
    )
    assert ways(procedure_of(ladder_of("3 working days", "5 working days"))) == (
        "The time for an answer at Stage 1 is now 3 working days, before 5 working days.",
    )


def test_nothing_is_said_of_ways_that_stand() -> None:
    assert ways(procedure_of()) == ()
    assert ways(procedure_of(), kind="never there") == ()
    assert ways(procedure_of(), stage=None) == ()


def test_an_agency_that_is_no_longer_listed_is_to_be_chosen_again() -> None:
    kinds = {"partner": {"title": "Partner", "ladder": "partners", "form": "concern"}}
    ladder = ladder_of("5 working days", title="General practice")
    old = procedure_of(kinds=kinds, partners={"gp": ladder, "police": ladder_of("1 week")})
    new = procedure_of(kinds=kinds, partners={"police": ladder_of("1 week")})
    assert compare_ways(old, new, "partner", "gp", "stage-1") == (
        "“General practice” is no longer among the agencies. Choose another.",
    )
