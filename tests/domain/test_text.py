"""Words put together, as every face puts them."""

import pytest

from practice_alerts.casework.records.reasons import fault_of_reason
from practice_alerts.domain.forms.form import is_answered
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.text import (
    as_latin,
    can_be_seen,
    capital,
    is_no_name,
    joined,
    plain_number,
    plural,
    sentence,
    sentences,
    small,
    told_apart,
    whole_number,
    working_days,
)
from tests.helpers.files.real_councils import council


def test_only_the_first_letter_changes_so_that_names_in_capitals_stay() -> None:
    assert capital("referral to CAFCASS") == "Referral to CAFCASS"
    assert small("Referral to CAFCASS") == "referral to CAFCASS"
    assert capital("") == small("") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("SEN team told", "SEN team told"),
        ("I.T. told", "I.T. told"),
        ("O’Brien heard", "O’Brien heard"),
        ("PEPs seen", "PEPs seen"),
        ("S47 enquiry", "S47 enquiry"),
        ("Team Manager told", "Team Manager told"),
        ("Head of Service told", "Head of Service told"),
        ("A Head of Service told", "a Head of Service told"),
        ("Ofsted told", "Ofsted told"),
        ("Monday meeting", "Monday meeting"),
        ("Marching on", "marching on"),
        ("May be put off", "may be put off"),
        ("Meeting with the Head of Service", "meeting with the Head of Service"),
        ("A meeting", "a meeting"),
    ],
)
def test_an_abbreviation_a_name_and_a_title_keep_their_capital_inside_a_sentence(
    words: str, said: str
) -> None:
    assert small(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [("at any point", "At any point."), (" is it so? ", "Is it so?"), ("", "")],
)
def test_a_sentence_begins_with_a_capital_and_ends_once(words: str, said: str) -> None:
    assert sentence(words) == said


def test_a_list_is_joined_as_it_is_read_aloud() -> None:
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a", "b"], "or") == "a or b"
    assert joined(["a"]) == "a"
    assert joined([]) == ""


def test_one_thing_is_said_otherwise_than_several_or_none() -> None:
    assert [working_days(number) for number in (0, 1, 2)] == [
        "0 working days",
        "1 working day",
        "2 working days",
    ]
    assert plural(2, "post stands", "posts stand") == "posts stand"


def test_a_stage_that_a_ladder_does_not_have_is_called_by_its_id() -> None:
    ladder = council("lambeth").procedure.main_ladder
    assert label_of(ladder, "stage-1") == "Stage One"
    assert label_of(ladder, "stage-99") == label_of(None, "stage-99") == "stage-99"


def test_choices_in_the_same_words_are_told_apart_and_the_rest_is_left() -> None:
    options = {"a": "Sam Sample", "b": "Toni Sample", "c": "Sam Sample", "d": "Sam Sample"}
    assert told_apart(options) == {
        "a": "Sam Sample, 1 of 3",
        "b": "Toni Sample",
        "c": "Sam Sample, 2 of 3",
        "d": "Sam Sample, 3 of 3",
    }
    assert told_apart({}) == {}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["Their post"], "Their post"),
        (["Their post", "For example, 27 3 2026."], "Their post. For example, 27 3 2026."),
        (["As agreed.", "", "Where it lies"], "As agreed. Where it lies."),
        (["When it began", "(Not on the paper form.)"], "When it began. (Not on the paper form.)"),
        ([], ""),
    ],
)
def test_hints_of_several_parts_are_a_sentence_each(parts: list[str], said: str) -> None:
    assert sentences(parts) == said


@pytest.mark.parametrize(
    ("written", "read"),
    [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999), ("1000000000", None), ("9" * 5_000, None),
     ("", None), (" 7", None), ("-7", None), ("7.0", None), ("\u0667", None), ("\u00b2", None), ("x", None)],
)  # fmt: skip
def test_a_whole_number_has_nine_plain_digits_at_most(written: str, read: int | None) -> None:
    assert whole_number(written) == read


@pytest.mark.parametrize(
    ("name", "is_none"),
    [
        *((one, False) for one in ("Ada Fiction", "Ó Núáin-Sample", "李 Sample", "नमूना", "Na\u200cm Sample")),
        *((one, True) for one in ("", " ", "\u200b", "123", "...", "Ada\u202e noitciF", "Ada\u2028F", "A\x00", "=?utf-8?q?Ada?=")),
    ],
)  # fmt: skip
def test_a_name_has_a_letter_and_nothing_that_nobody_sees(name: str, is_none: bool) -> None:
    assert is_no_name(name) is is_none


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", False),
        (" \t\n\u00a0\u2003", False),
        ("\u200b\u2060\u200d", False),  # blanks and joiners without width
        ("\ufeff\u00ad\u202e", False),  # a mark of order, a soft hyphen, a turn of direction
        ("\u3164\u2800\u115f", False),  # fillers, which count as letters and signs
        ("\u0301\ufe0f", False),  # what stands on another character, and there is none
        (".", True),
        ("e\u0301", True),
        ("\u200b7", True),
        ("\u2714", True),
    ],
)
def test_what_nobody_can_see_says_nothing(text: str, seen: bool) -> None:
    assert can_be_seen(text) is seen
    assert is_answered(text) is seen
    assert (fault_of_reason(text) == {}) is seen


@pytest.mark.parametrize(
    "typed",
    [
        "s 100001",
        "S\u2011100001",
        "S-\u0661\u0660\u0660\u0660\u0660\u0661",
        "\uff33-\uff11\uff10\uff10\uff10\uff10\uff11",
        "\u0405-100001",
        "S-1000\u200b01",
    ],
)
def test_a_case_number_is_the_same_in_any_digits_and_letters_drawn_alike(typed: str) -> None:
    assert plain_number(typed) == plain_number("S-100001")
    assert plain_number(typed) != plain_number("S-100002")


def test_what_is_written_in_our_own_letters_stays_as_it_is() -> None:
    for said in ("Zo\u00eb Muster", "Stra\u00dfe 3", "\u00d8rsted", ""):
        assert as_latin(said) == said
