"""Which questions are about the child follows from the form's file, whatever its questions are called."""

from typing import Any

import pytest

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


@pytest.mark.parametrize(
    "said",
    [
        "and lou waits",
        "LOU waits",
        "Lou's room",
        "lou’s room",
        "Lou`s room",
        "Lous room",
        "L\u00adou waits",
        "L\u200bou waits",
        "we told\u200blou of it",
        "L\u043eu waits",
        "L\u03bfu waits",
        "\uff2c\uff4f\uff55 waits",
        "Lo\u0301u waits",
    ],
)
def test_a_name_is_found_however_it_is_typed(said: str) -> None:
    assert name_in(said, ("lou",)), said


@pytest.mark.parametrize(
    "said", ["See s-3.", "S-\u0663", "s-\uff13", "S\u200b-3", "\u0405-3", "It is S\u2011\u0663"]
)
def test_a_number_is_found_in_any_digits(said: str) -> None:
    names = tuple(names_of_others(form(), {"who": "Kit"}, [{"who": "", "number": "S-3"}]))
    assert name_in(said, names), names


@pytest.mark.parametrize(
    "said",
    [
        "It may be that nobody will go; it is her best hope.",
        "a kit for school, with grace and joy, in summer",
        "a young child long waits for the young officer",
        "Ed psych was asked; jo-jo and al fresco",
    ],
)
def test_ordinary_words_are_nobodys_name(said: str) -> None:
    names = ("may", "will", "hope", "kit", "grace", "joy", "summer", "young", "long", "jo", "al")
    assert name_in(said, names) == ""


def test_with_its_capital_an_ordinary_word_is_a_name() -> None:
    assert name_in("We told Hope of it.", ("hope",)) == "Hope"


def test_a_name_that_is_written_in_other_letters_is_found_in_those_and_in_ours() -> None:
    names = tuple(names_of_others(form(), {"who": "Kit"}, [{"who": "\u0410\u043dn\u0430"}]))
    assert names
    assert name_in("\u0410\u043dn\u0430 waits", names)
