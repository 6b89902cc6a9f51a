"""Who enters what was sent on paper: the officer, who stands in for them, or the support of the service."""

import pytest

from practice_alerts.domain.acts.permissions import RULES, Act, Actor, Phase, Relation
from practice_alerts.domain.acts.way_in import may_enter_from_paper
from practice_alerts.domain.procedure.posts import OFFICE_POSTS

RAISING = frozenset({"iro", "cp_chair"})
OWN_SIDE = frozenset({"iro", "cp_chair", "iro_manager", "reserve_manager"})
OTHER_SIDE = frozenset({"team_manager", "service_manager"})


def somebody(who: str, *posts: str, covers: str = "", council: str = "lambeth") -> Actor:
    covered = frozenset({covers} - {""})
    return Actor(who, who.title(), council, frozenset(posts), covered)


OFFICER = somebody("iro", "iro")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (OFFICER, True),
        (somebody("other", "iro", covers="iro"), True),
        (somebody("chair", "cp_chair", covers="iro"), True),
        (somebody("support", "iro_support"), True),
        (somebody("other", "iro"), False),
        (somebody("other", "iro", covers="chair"), False),
        (somebody("team", "team_manager", covers="iro"), False),
        (somebody("boss", "iro_manager"), False),
        (somebody("boss", "iro_manager", covers="iro"), True),
        (somebody("nobody", covers="iro"), False),
        (somebody("support", "iro_support", "auditor"), False),
        (somebody("iro", "iro", "auditor"), False),
        (somebody("support", "iro_support", council="merton"), False),
        *((somebody("x", post), False) for post in sorted(set(OFFICE_POSTS) - {"iro_support"})),
    ],
)
def test_nobody_else_enters_it(who: Actor, *, may: bool) -> None:
    assert may_enter_from_paper(who, OFFICER, RAISING, OWN_SIDE) is may


def test_whoever_is_named_must_raise_alerts() -> None:
    manager = somebody("tm", "team_manager")
    for who in (manager, somebody("support", "iro_support"), somebody("x", "iro", covers="tm")):
        assert not may_enter_from_paper(who, manager, RAISING, OWN_SIDE)


def test_the_support_of_the_service_enters_nothing_against_it() -> None:
    """A manager raises against the service: its support stands on the side that is challenged."""
    manager, raising = somebody("tm", "team_manager"), frozenset({"team_manager"})
    assert may_enter_from_paper(manager, manager, raising, OTHER_SIDE)
    cover = somebody("sm", "service_manager", covers="tm")
    assert may_enter_from_paper(cover, manager, raising, OTHER_SIDE)
    assert not may_enter_from_paper(somebody("s", "iro_support"), manager, raising, OTHER_SIDE)
    assert not may_enter_from_paper(somebody("i", "iro", covers="tm"), manager, raising, OTHER_SIDE)


def test_the_rows_are_those_of_the_table_and_hold_before_it_is_raised_alone() -> None:
    rows = [one for one in RULES if one.act is Act.FROM_PAPER]
    assert {one.relation for one in rows} == {
        *(Relation.MAY_RAISE, Relation.COVERS_RAISER, Relation.IRO_SUPPORT)
    }
    assert {one.condition for one in rows} == {Phase.BEFORE}
    assert not [one for one in RULES if one.condition is Phase.BEFORE and one not in rows]
