"""Which side of an alert a post stands on."""

from typing import Any

import pytest

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.posts import Role, Who, read_who
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


def _asked(*steps: dict[str, Any], **stage: Any) -> Who:
    numbered = [
        {"id": f"step-{place}", "what": "Something", **step} for place, step in enumerate(steps, 1)
    ]
    written = {"id": "stage-1", "label": "Stage 1", "steps": numbered, **stage}
    procedure = procedure_of(
        Ladder.model_validate({"stages": [written]}),
        roles={
            "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
            "lead": {"title": "Lead for reviewing", "in_iro_service": True},
            "quality": {"title": "Head of Quality", "side": "challenging"},
            "director": {"title": "Director", "in_iro_service": True, "side": "challenged"},
            "worker": {"title": "Social Worker"},
            "manager": {"title": "Team Manager"},
        },
    )
    return procedure.asked_at(procedure.main_ladder.stages[0])


@pytest.mark.parametrize(
    ("steps", "asked"),
    [
        ([{"by": "manager", "with": "raiser"}], "manager"),
        ([{"by": "manager", "with": "worker"}], "manager"),
        ([{"by": "raiser", "with": "manager"}], "manager"),
        ([{"by": "lead", "with": "manager"}, {"by": "worker"}], "worker"),
        ([{"by": "quality", "with": "director"}], "director"),
        ([{"by": "iro"}, {"chair": "lead", "attend": ["raiser", "worker"]}], "worker"),
        ([{"chair": "director", "attend": ["raiser", "iro", "worker"]}], "director"),
        ([{"chair": "quality", "attend": ["raiser", "lead"]}], ""),
        ([{"by": "raiser", "with": "iro"}], ""),
        ([{"decides": "director"}], ""),
        ([], ""),
    ],
)
def test_a_stage_without_an_answer_asks_the_first_of_the_other_side_with_a_task(
    steps: list[dict[str, Any]], asked: str
) -> None:
    assert _asked(*steps).roles == ((asked,) if asked else ())


def test_a_group_keeps_its_way_of_being_asked_without_the_side_that_raises() -> None:
    any_of = _asked({"with": {"any_of": ["worker", "lead", "manager"]}})
    assert (any_of.how, any_of.roles) == ("any_of", ("worker", "manager"))
    nested = _asked({"by": [{"any_of": ["raiser", "iro"]}, "manager", "worker"]})
    assert (nested.how, nested.roles) == ("all_of", ("manager", "worker"))


def test_whoever_raises_is_never_asked_though_the_answer_names_them() -> None:
    answer = {"from": {"any_of": ["raiser", "iro", "manager"]}}
    assert _asked(answer=answer).roles == ("manager",)
    assert _asked(answer={"from": "iro"}).roles == ()
    assert _asked({"by": "worker"}, answer={"from": "not stated"}).roles == ("worker",)
