"""Which questions are about the child follows from the form's file, whatever its questions are called."""

from typing import Any

from practice_alerts.domain.forms.each_child import (
    answers_of,
    children_in,
    differing,
    name_in,
    names_of_others,
    own_questions,
    with_children,
)
from practice_alerts.domain.forms.form import Form

FIELDS: list[dict[str, Any]] = [
    {"id": "who", "label": "Who", "type": "text", "identifies": "child"},
    {"id": "number", "label": "Number", "type": "reference", "identifies": "child"},
    {"id": "placement_area", "label": "Where", "type": "text", "identifies": "child"},
    {"id": "mother", "label": "Mother", "type": "text", "identifies": "adult"},
    {"id": "case_status", "label": "Is", "type": "many_of", "options": {"cin": "in need"}},
    {"id": "plan", "label": "Plan", "type": "text", "cases": ["cin"]},
    {"id": "keyworker", "label": "Key worker", "type": "person", "role": "social_worker"},
    {"id": "addressee", "label": "To whom", "type": "person"},
    {"id": "unit", "label": "Unit", "type": "team"},
    {"id": "voice", "label": "In its words", "type": "long_text", "each_child": True},
    {"id": "moved", "label": "Moved?", "type": "yes_no", "each_child": True},
    {"id": "moved_on", "label": "When", "type": "date", "when": {"moved": "yes"}},
    {"id": "wrong", "label": "What is wrong", "type": "long_text"},
]
COMMON = {"mother", "addressee", "wrong"}


def form(*, status_of_each: bool = True) -> Form:
    fields = [
        {**one, "each_child": status_of_each} if one["id"] == "case_status" else one
        for one in FIELDS
    ]
    return Form.model_validate({"title": "Any", "sections": [{"title": "All", "fields": fields}]})


def test_who_it_is_its_people_its_team_its_words_and_what_follows_from_them_are_its_own() -> None:
    every = {str(one["id"]) for one in FIELDS}
    assert own_questions(form()) == every - COMMON


def test_what_follows_from_a_common_answer_is_common() -> None:
    assert {"case_status", "plan"} & own_questions(form(status_of_each=False)) == set()


def test_a_question_follows_the_answer_of_its_own_child() -> None:
    answers = {"moved": "yes", "case_status": [], "moved@b": "no", "case_status@b": ["cin"]}
    put = {one.id: one.asked(answers) for one in with_children(form(), answers, ["b"]).fields()}
    assert (put["moved_on"], put["moved_on@b"]) == (True, False)
    assert (put["plan"], put["plan@b"]) == (False, True)


def test_nothing_of_the_first_child_stands_in_for_what_was_not_said_of_another() -> None:
    answers = {"who": "Kit", "voice": "Mine.", "keyworker": "Sid", "keyworker.id": "1"}
    answers |= {"wrong": "All.", "who@b": "Lou", "keyworker@b": "Bo", "keyworker@b.id": "2"}
    of_lou = {"who": "Lou", "wrong": "All.", "keyworker": "Bo", "keyworker.id": "2"}
    assert answers_of(form(), answers, "b") == of_lou


def test_a_common_question_answered_otherwise_is_put_for_that_child_as_well() -> None:
    answers = {"wrong": "All.", differing("b"): ["wrong"], "wrong@b": "Less."}
    labels = [one.label for one in with_children(form(), answers, ["b"]).fields()]
    assert labels.count("Child 2: What is wrong") == 1
    assert labels.count("What is wrong") == 1
    assert answers_of(form(), answers, "b")["wrong"] == "Less."


def test_without_another_child_the_form_is_as_written() -> None:
    assert with_children(form(), {}, ()) == form()


def test_children_stand_in_the_order_in_which_they_were_added() -> None:
    body = {"child@zz": 2, "child@aa": 3, "child@gone": None, "kind": "x"}
    assert children_in(body) == ("zz", "aa")


def test_a_name_is_found_with_its_capital_and_a_family_name_is_nobodys_alone() -> None:
    one = {"who": "Kit Muster", "number": "S-1", "placement_area": "Leeds"}
    other = {"who": "May Muster", "number": "S-2", "placement_area": "Derby"}
    names = tuple(names_of_others(form(), one, [other]))
    assert name_in("It may be that Ms Muster of Derby knows.", names) == ""
    assert name_in(["It is said", {"x": "of May’s plan"}], names) == "May’s"
    assert name_in("See S-2 as well.", names) == "S-2"
