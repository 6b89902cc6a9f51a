"""Tables that are complete when they are made, or not made at all."""

from enum import Enum
from types import MappingProxyType

import pytest

from practice_alerts.domain.complete import complete


class Colour(Enum):
    RED = "red"
    BLUE = "blue"
    NONE = "none"


class Shade(Enum):
    PALE = "pale"


ALL: dict[Enum, int] = {Colour.RED: 1, Colour.BLUE: 2, Colour.NONE: 3}
EVERY: list[Enum] = list(Colour)


def test_a_table_with_a_row_for_each_member_is_given_back_in_its_own_order() -> None:
    assert list(complete(EVERY, dict(reversed(ALL.items()))).values()) == [3, 2, 1]


def test_a_missing_member_is_named() -> None:
    with pytest.raises(TypeError, match=r"missing \[<Colour\.BLUE: 'blue'>\], surplus \[\]"):
        complete(Colour, {Colour.RED: 1, Colour.NONE: 3})


def test_a_row_of_no_member_is_named() -> None:
    with pytest.raises(TypeError, match=r"missing \[\], surplus \[<Shade\.PALE: 'pale'>\]"):
        complete(EVERY, {**ALL, Shade.PALE: 4})


def test_members_left_out_on_purpose_need_no_row_and_may_have_none() -> None:
    table: dict[Enum, int] = {Colour.RED: 1, Colour.BLUE: 2}
    assert complete(EVERY, table, without=(Colour.NONE,)) == table
    with pytest.raises(TypeError, match=r"surplus \[<Colour\.NONE: 'none'>\]"):
        complete(EVERY, ALL, without=(Colour.NONE,))


def test_only_a_member_can_be_left_out() -> None:
    with pytest.raises(TypeError, match=r"surplus \[<Shade\.PALE: 'pale'>\]"):
        complete(EVERY, ALL, without=(Shade.PALE,))


def test_the_table_is_to_be_read_only() -> None:
    given = dict(ALL)
    table = complete(EVERY, given)
    given[Colour.RED] = 9
    assert isinstance(table, MappingProxyType)
    assert table[Colour.RED] == 1
