"""A ladder looked ahead along clocks that start from steps, answers, leaving the stage before, and raising."""

from typing import Any

import pytest

from practice_alerts.domain.deadlines.forecast import Forecast, days_to_spare, forecast
from practice_alerts.domain.procedure.ladder import Ladder
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment

SENT = moment("Mon 2025-06-02 09:00")
TALK = {"id": "talk", "what": "Talk", "within": "2 working days"}


def ladder_of(*stages: dict[str, Any], **cap: str) -> Ladder:
    numbered = [
        {"id": f"stage-{number}", "label": f"Stage {number}", **one}
        for number, one in enumerate(stages, start=1)
    ]
    whole = {"within": "20 working days", **cap}
    return Ladder.model_validate({"cap": whole, "stages": numbered})


def ahead(*stages: dict[str, Any], **cap: str) -> Forecast:
    return forecast(ladder_of(*stages, **cap), SENT, None, CALENDAR_2025)


def answered(within: str, counted_from: str = "sent") -> dict[str, Any]:
    return {"answer": {"from": "manager", "within": within, "counted_from": counted_from}}


@pytest.mark.parametrize("key", ["answer", "settle"])
def test_hours_from_a_step_at_no_known_hour_give_no_date_and_still_take_their_days(
    key: str,
) -> None:
    clock = {"within": "48 hours", "counted_from": "talk"}
    found = ahead({key: clock, "steps": [TALK]}, answered("2 working days"))
    assert found.stage("stage-1").due is None
    assert found.stage("stage-2").sent == moment("Fri 2025-06-06 09:00")
    assert found.days_to_spare == 20 - 6


def test_a_total_in_hours_from_a_step_waits_for_its_hour() -> None:
    total = {"within": "72 hours", "counted_from": "stage-1.talk"}
    assert ahead({"steps": [TALK]}, **total).time_limit is None


def test_a_clock_runs_from_the_leaving_of_the_stage_before() -> None:
    found = ahead(answered("5 working days"), answered("4 working days", "stage-1.escalated"))
    second = found.stage("stage-2")
    assert second.due is not None
    assert second.due.by == day("Fri 2025-06-13")
    assert found.days_to_spare == 20 - 9
    assert found.stage("stage-1").escalate_by == day("Tue 2025-06-24")


def test_what_was_due_before_a_stage_is_reached_is_done_there_at_once() -> None:
    found = ahead(
        answered("5 working days"),
        answered("2 working days", "raised"),
        answered("3 working days", "stage-2.answered"),
    )
    assert found.stage("stage-2").due is not None
    assert found.stage("stage-3").sent_on == day("Mon 2025-06-09")
    third = found.stage("stage-3").due
    assert third is not None
    assert third.by == day("Thu 2025-06-12")


def test_the_days_to_spare_count_what_runs_from_before_the_formal_stages() -> None:
    informal = {"formal": False, **answered("3 working days")}
    ladder = ladder_of(informal, answered("5 working days", "stage-1.answered"))
    found = forecast(ladder, SENT, "stage-1", CALENDAR_2025)
    second = found.stage("stage-2").due
    assert second is not None
    assert second.by == day("Thu 2025-06-12")
    assert found.days_to_spare == 20 - 5


def test_the_days_to_spare_of_a_running_stage_go_by_when_its_steps_took_place() -> None:
    clock = {"answer": {"from": "manager", "within": "5 working days", "counted_from": "talk"}}
    ladder = ladder_of({**clock, "steps": [TALK]}, answered("5 working days"))
    limit = forecast(ladder, SENT, None, CALENDAR_2025).time_limit
    assert limit is not None

    def to_spare(**happened: str) -> int | None:
        known = {f"stage-1.{name}": moment(at) for name, at in happened.items()}
        return days_to_spare(ladder, "stage-1", SENT, limit, CALENDAR_2025, happened=known)

    assert to_spare() == 20 - 12
    assert to_spare(talk="Mon 2025-06-02 10:00") == 20 - 10
    assert to_spare(talk="Fri 2025-06-06 10:00") == 20 - 14
