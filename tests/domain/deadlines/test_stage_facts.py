"""What lists know of a stage, without any alert."""

from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.deadlines.forecast import escalate_by, time_limit_of
from practice_alerts.domain.deadlines.stage_facts import (
    is_hourly,
    ladders_with,
)
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import council


def procedure(name: str) -> Procedure:
    return council(name).procedure


def ladder(name: str, which: str) -> Ladder:
    return dict(procedure(name).all_ladders())[which]


def test_at_lambeth_stage_one_of_an_alert_sent_today_need_not_be_left_before_the_answer_is_due() -> (
    None
):
    climbed = procedure("lambeth").main_ladder
    limit = time_limit_of(climbed, day("Mon 2025-06-02"), CALENDAR_2025)
    assert limit is not None
    assert limit.by_day == day("Mon 2025-06-30")
    assert escalate_by(climbed, "stage-1", limit, CALENDAR_2025) == day("Fri 2025-06-06")


def test_a_stage_that_is_only_a_choice_has_no_day_to_be_left_by() -> None:
    climbed = procedure("lambeth").main_ladder
    limit = time_limit_of(climbed, day("Mon 2025-06-02"), CALENDAR_2025)
    assert limit is not None
    assert escalate_by(climbed, "stage-6", limit, CALENDAR_2025) is None


def test_only_a_clock_in_hours_may_run_out_on_its_own_day() -> None:
    unnamed = procedure("unnamed-2015").main_ladder
    assert is_hourly(unnamed.stage("issue-notification"))
    assert is_hourly(unnamed.stage("stage-2")), "its discussion is to be recorded in 24 hours"
    assert not is_hourly(unnamed.stage("stage-1"))


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
