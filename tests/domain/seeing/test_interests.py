"""Whether an alert is about the child that somebody has declared an interest in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from practice_alerts.domain.directory.directory_acts import DirectoryHappened, interests
from practice_alerts.domain.seeing.interests import (
    InterestDeclared,
    InterestEnded,
    faults_of,
    is_about,
    whose,
)

TODAY = date(2025, 6, 2)
BORN = date(2014, 3, 9)
ANSWERS = {
    "child_name": "Zoë O’Brien",
    "case_number": "S-100001",
    "date_of_birth": "2014-03-09",
}


def declared(who: str = "kim", **said: Any) -> InterestDeclared:
    return InterestDeclared(person=who, name=who.title(), **said)


@pytest.mark.parametrize("number", ["S-100001", "s100001", " S 100 001 ", "s/100.001"])
def test_a_case_number_is_the_same_with_spaces_strokes_and_capitals_or_without(
    number: str,
) -> None:
    assert is_about(declared(case_number=number), ANSWERS)


@pytest.mark.parametrize("number", ["S-100002", "S-10000", "100001", ""])
def test_another_case_number_is_another_child(number: str) -> None:
    assert not is_about(declared(case_number=number), ANSWERS)


def test_no_case_number_is_like_no_other() -> None:
    assert not is_about(declared(case_number="-"), {"case_number": ""})
    assert not is_about(declared(), {})


@pytest.mark.parametrize(
    "name", ["Zoë O’Brien", "zoe o'brien", "O'BRIEN, Zoe", "Zoe Marie O'Brien", "Zoe  OBrien"]
)
def test_a_name_is_the_same_however_it_is_written(name: str) -> None:
    assert is_about(declared(child=name, born=BORN), ANSWERS)


@pytest.mark.parametrize("name", ["Zoe", "O'Brien", "Zoe Byrne", "Kit O'Brien", ""])
def test_part_of_a_name_or_another_is_another_child(name: str) -> None:
    assert not is_about(declared(child=name, born=BORN), ANSWERS)


def test_the_same_name_on_another_birthday_is_another_child() -> None:
    assert not is_about(declared(child="Zoe O'Brien", born=date(2014, 3, 10)), ANSWERS)
    without = {**ANSWERS, "date_of_birth": ""}
    assert not is_about(declared(child="Zoe O'Brien", born=BORN), without)


def test_either_number_or_name_is_enough_where_both_are_given() -> None:
    assert is_about(declared(case_number="S-9", child="Zoe O'Brien", born=BORN), ANSWERS)
    assert is_about(declared(case_number="S-100001", child="Kit Else", born=BORN), ANSWERS)


def test_an_interest_holds_until_that_very_one_is_ended() -> None:
    at = datetime(2025, 6, 2, 9, tzinfo=UTC)
    said = [
        DirectoryHappened(number, at, who, declared(who, case_number="S-100001"))
        for number, who in ((3, "kim"), (5, "lee"), (8, "kim"))
    ]
    ended = [DirectoryHappened(9, at, "boss", InterestEnded(number=3))]
    assert whose(interests(said, ended), ANSWERS) == {"kim", "lee"}
    ended.append(DirectoryHappened(10, at, "boss", InterestEnded(number=8)))
    assert whose(interests(said, ended), ANSWERS) == {"lee"}
    assert [one.number for one in interests(said, ended)] == [5]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({}, {"case_number"}),
        ({"reason": "My niece."}, {"case_number"}),
        ({"child": "Kit Muster"}, {"born"}),
        ({"born": BORN}, {"child"}),
        ({"child": "…", "born": BORN}, {"child"}),
        ({"child": "Kit Muster", "born": date(2025, 6, 3)}, {"born"}),
        ({"case_number": "9" * 201}, {"case_number"}),
        ({"case_number": "S-1", "reason": "x\x07"}, {"reason"}),
        ({"case_number": "S-1"}, set()),
        ({"child": "Kit Muster", "born": BORN, "reason": "My niece."}, set()),
    ],
)
def test_a_number_or_a_name_with_its_birthday_has_to_be_given(
    said: dict[str, Any], where: set[str]
) -> None:
    assert set(faults_of(declared(**said), TODAY)) == where
