"""Which side of an alert a post stands on."""

from typing import Any

import pytest

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.procedure.posts import read_who
from practice_alerts.domain.procedure.procedure import Role
from tests.helpers.files.real_councils import ladder_of, procedure_of

SIDES: tuple[tuple[dict[str, Any], bool], ...] = (
    ({}, False),
    ({"in_iro_service": True}, True),
    ({"side": "challenging"}, True),
    ({"side": "challenged"}, False),
    ({"in_iro_service": True, "side": "challenged"}, False),
    ({"in_iro_service": False, "side": "challenging"}, True),
)


@pytest.mark.parametrize(("written", "own"), SIDES)
def test_a_post_stands_where_its_side_says_and_else_where_its_service_does(
    written: dict[str, Any], own: bool
) -> None:
    assert Role.model_validate({"title": "Head", **written}).own_side is own


@pytest.mark.parametrize(("written", "own"), SIDES)
def test_only_a_post_of_the_side_that_challenges_may_judge(
    written: dict[str, Any], own: bool
) -> None:
    procedure = procedure_of(
        ladder_of("5 working days"),
        roles={
            "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
            "manager": {"title": "Team Manager"},
            "head": {"title": "Head", **written},
        },
    )
    stage = procedure.main_ladder.stages[0].model_copy(update={"judged_by": read_who("head")})
    assert ("head" in Rules(procedure, procedure.main_ladder).posts_at(stage).reviewing) is own


def test_whoever_raises_alerts_is_of_the_side_that_challenges_whatever_their_service() -> None:
    procedure = procedure_of(
        roles={"chair": {"title": "Chair"}, "manager": {"title": "Team Manager"}},
        raised_by={"child_protection": "chair"},
    )
    assert procedure.own_side == {"chair"}
