"""What lists know of a stage, without any alert: the same as each alert's own clocks say."""

from datetime import timedelta

import pytest

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.deadlines.forecast import escalate_by, time_limit_of
from practice_alerts.domain.deadlines.stage_facts import (
    is_hourly,
    is_open_ended,
    ladders_with,
    last_day_to_escalate,
    last_limit_with_none_to_spare,
)
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council

EVERY_LADDER = [(name, one) for name in IDS for one, _ in council(name).procedure.all_ladders()]


def procedure(name: str) -> Procedure:
    return council(name).procedure


def ladder(name: str, which: str) -> Ladder:
    return dict(procedure(name).all_ladders())[which]


@pytest.mark.parametrize(("name", "which"), EVERY_LADDER)
def test_a_stage_must_be_left_on_the_day_that_the_forecast_says(name: str, which: str) -> None:
    climbed = ladder(name, which)
    for sent in (day("Mon 2025-03-03"), day("Thu 2025-04-17"), day("Fri 2025-05-23")):
        time_limit = time_limit_of(climbed, sent, CALENDAR_2025)
        for stage in climbed.stages:
            expected = (
                escalate_by(climbed, stage.id, time_limit, CALENDAR_2025) if time_limit else None
            )
            found = last_day_to_escalate(
                climbed, stage.id, time_limit.by_day if time_limit else sent, CALENDAR_2025
            )
            assert found == expected


@pytest.mark.parametrize(("name", "which"), EVERY_LADDER)
def test_up_to_one_limit_today_is_too_late_to_leave_and_after_it_there_is_a_day_left(
    name: str, which: str
) -> None:
    climbed, today = ladder(name, which), day("Thu 2025-04-17")
    for stage in climbed.stages:
        last = last_limit_with_none_to_spare(climbed, stage.id, today, CALENDAR_2025)
        here = last_day_to_escalate(climbed, stage.id, last or today, CALENDAR_2025)
        if last is None:
            assert here is None
            continue
        after = last_day_to_escalate(climbed, stage.id, last + timedelta(days=1), CALENDAR_2025)
        assert here is not None
        assert after is not None
        assert here <= today < after


def test_at_lambeth_stage_one_of_an_alert_sent_today_need_not_be_left_before_the_answer_is_due() -> (
    None
):
    climbed = procedure("lambeth").main_ladder
    assert last_day_to_escalate(climbed, "stage-1", day("Mon 2025-06-30"), CALENDAR_2025) == day(
        "Fri 2025-06-06"
    )


def test_a_stage_that_is_only_a_choice_has_no_day_to_be_left_by() -> None:
    climbed = procedure("lambeth").main_ladder
    assert last_day_to_escalate(climbed, "stage-6", day("Mon 2025-06-30"), CALENDAR_2025) is None


def test_only_a_clock_in_hours_may_run_out_on_its_own_day() -> None:
    unnamed = procedure("unnamed-2015").main_ladder
    assert is_hourly(unnamed.stage("issue-notification"))
    assert is_hourly(unnamed.stage("stage-2")), "its discussion is to be recorded in 24 hours"
    assert not is_hourly(unnamed.stage("stage-1"))


def test_where_a_date_is_agreed_in_conversation_a_day_that_passes_is_not_late_by_itself() -> None:
    assert is_open_ended(procedure("northamptonshire").main_ladder.stage("informal"))
    assert is_open_ended(procedure("knowsley").main_ladder.stage("stage-1"))
    assert not is_open_ended(procedure("lambeth").main_ladder.stage("stage-1"))
    assert is_open_ended(procedure("knowsley").main_ladder.stage("stage-4"))
    assert not is_open_ended(procedure("unnamed-2015").main_ladder.stage("stage-1"))


def test_a_stage_of_an_agency_stands_on_several_ladders() -> None:
    assert len(ladders_with(procedure("lambeth"), "partner", "stage-1")) > 1
    assert len(ladders_with(procedure("lambeth"), "practice_alert", "stage-1")) == 1
    assert ladders_with(procedure("lambeth"), "good_practice", "stage-1") == ()
    assert ladders_with(procedure("lambeth"), "of another edition", "stage-1") == ()


def test_the_post_that_raises_is_not_named_to_review_for_another_officer() -> None:
    unnamed = procedure("unnamed-2015")
    climbed = unnamed.main_ladder
    named = Rules(unnamed, climbed).posts_at(climbed.stage("stage-1"))
    assert "deputy_head_iro" in named.here
    assert "iro" not in named.here
