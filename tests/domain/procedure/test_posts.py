"""The short ways of naming who acts, and what is none of them."""

from typing import Any

import pytest

from practice_alerts.domain.procedure.posts import NOBODY_NAMED, Of, Post, Who, read_who


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("team_manager", Who(how="one", posts=(Post(role="team_manager"),))),
        ("not stated", NOBODY_NAMED),
        (
            {"role": "team_manager", "of": "raiser"},
            Who(how="one", posts=(Post(role="team_manager", of=Of.RAISER),)),
        ),
        (
            {"any_of": ["social_worker", "team_manager"]},
            Who(how="any_of", posts=(Post(role="social_worker"), Post(role="team_manager"))),
        ),
        (["iro"], Who(how="all_of", posts=(Post(role="iro"),))),
    ],
)
def test_each_short_way_is_read(written: Any, who: Who) -> None:
    assert read_who(written) == who


def test_a_group_may_stand_in_a_list() -> None:
    who = read_who(["iro", {"any_of": ["head", "deputy"]}])
    assert who.roles == ("iro", "head", "deputy")


@pytest.mark.parametrize(
    "written",
    [None, 5, [None], {"any_of": None}, {"any_of": "iro"}, {"normally": [{"all_of": None}]}, {}],
)
def test_anything_else_is_refused_with_what_was_expected(written: Any) -> None:
    with pytest.raises(ValueError, match="expected a role id"):
        read_who(written)


@pytest.mark.parametrize(
    ("meant", "left"),
    [
        ("head", "head"),
        ("iro", "not stated"),
        (["iro", "head"], ["head"]),
        (["head", {"any_of": ["iro", "deputy"]}], ["head"]),
        (["iro", {"any_of": ["head", "deputy"]}], [{"any_of": ["head", "deputy"]}]),
        ({"any_of": ["iro", "head"]}, "not stated"),
        ({"role": "iro", "of": "raiser"}, {"role": "iro", "of": "raiser"}),
    ],
)
def test_who_is_meant_beside_those_asked_anyhow(meant: Any, left: Any) -> None:
    assert read_who(meant).beside((Post(role="iro"),)) == read_who(left)


def test_of_two_posts_of_which_one_is_taken_out_the_other_is_meant() -> None:
    assert read_who({"any_of": ["iro", "head"]}).without({"iro"}) == read_who("head")
    assert read_who(["iro", {"any_of": ["iro", "head"]}]).without({"iro"}).posts == (
        read_who("head"),
    )
