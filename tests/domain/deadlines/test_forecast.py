"""The figures of the forecast: dates, time limit, days to spare and the day by which to escalate."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.forecast import (
    Forecast,
    days_to_spare,
    escalate_by,
    forecast,
    price_of_hold,
    step_forecasts,
    time_limit_of,
)
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.errors import BeyondCalendar, NeedsATime
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.wording.clock_lines import price_in_words
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council, ladder_of

SENT = day("Mon 2025-03-03")


def climbed(council_id: str, sent: date | datetime = SENT, entry: str | None = None) -> Forecast:
    ladder = council(council_id).procedure.main_ladder
    return forecast(ladder, sent, entry, CALENDAR_2025)


def time_limit(ladder: Ladder, sent: date = SENT) -> Due:
    found = time_limit_of(ladder, sent, CALENDAR_2025)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("council_id", "on_the_path", "with_all"),
    [("merton", 0, 0), ("northamptonshire", 0, 0), ("lambeth", 0, -4), ("knowsley", 5, 5)],
)
def test_days_to_spare_of_the_four_that_have_a_time_limit(
    council_id: str, on_the_path: int, with_all: int
) -> None:
    found = climbed(council_id)
    assert (found.days_to_spare, found.to_spare_with_all) == (on_the_path, with_all)
    assert found.time_limit is not None
    assert found.time_limit.by_day == day("Mon 2025-03-31")


def test_knowsley_leaves_stage_2_by_17_march() -> None:
    assert climbed("knowsley").stage("stage-2").escalate_by == day("Mon 2025-03-17")


def test_lambeth_keeps_its_time_limit_to_stage_five_and_passes_it_with_six() -> None:
    stages = climbed("lambeth").stages
    assert [one.past_time_limit for one in stages] == [False] * 5 + [True]
    assert stages[4].due is not None
    assert stages[4].due.by_day == day("Mon 2025-03-31")
    assert stages[5].due is not None
    assert stages[5].due.by_day == day("Fri 2025-04-04")


def test_stage_six_is_reached_by_choice_and_has_no_day_to_escalate_by() -> None:
    six = climbed("lambeth").stage("stage-6")
    assert six.by_choice
    assert six.escalate_by is None


def test_each_stage_is_sent_on_the_day_the_clock_before_it_ended() -> None:
    stages = climbed("merton").stages
    for before, after in pairwise(stages):
        assert before.due is not None
        assert after.sent_on == before.due.by_day


def test_the_council_without_a_time_limit_has_no_days_to_spare() -> None:
    found = climbed("unnamed-2015")
    assert (found.time_limit, found.days_to_spare, found.to_spare_with_all) == (None, None, None)
    assert all(one.escalate_by is None and not one.past_time_limit for one in found.stages)


def test_days_are_known_up_to_the_first_stage_without_a_clock() -> None:
    sent = {one.stage.id: one.sent_on for one in climbed("unnamed-2015").stages}
    assert sent["stage-2"] == day("Mon 2025-03-17")
    assert sent["stage-3"] is None


def test_an_informal_stage_with_a_clock_comes_before_the_time_limit_begins() -> None:
    found = climbed("merton", entry="informal")
    assert found.stage("stage-1").sent_on == day("Wed 2025-03-05")
    assert found.time_limit is not None
    assert found.time_limit.by_day == day("Wed 2025-04-02")
    assert found.days_to_spare == 0
    assert found.stage("informal").escalate_by is None


def test_after_an_informal_stage_without_a_clock_no_day_is_invented() -> None:
    found = climbed("lambeth", entry="informal")
    assert found.time_limit is None
    assert [one.sent_on for one in found.stages] == [SENT] + [None] * 6


def test_entered_higher_up_there_is_more_room() -> None:
    found = climbed("lambeth", day("Tue 2025-06-03"), "stage-3")
    assert found.days_to_spare == 8
    assert [one.stage.id for one in found.stages] == ["stage-3", "stage-4", "stage-5", "stage-6"]


def test_a_stage_the_ladder_has_not_is_a_bug() -> None:
    with pytest.raises(KeyError):
        climbed("lambeth", entry="stage-9")


def test_a_forecast_past_the_calendar_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        climbed("lambeth", day("Mon 2026-12-14"))


def test_hours_from_a_date_alone_ask_for_the_time() -> None:
    with pytest.raises(NeedsATime):
        climbed("unnamed-2015", entry="issue-notification")


def test_the_time_of_day_is_carried_on_to_the_next_stage() -> None:
    found = climbed("unnamed-2015", moment("Fri 2025-06-06 16:45"), "issue-notification")
    assert found.stage("stage-1").sent == moment("Mon 2025-06-09 16:45")
    assert found.stage("stage-2").sent == moment("Mon 2025-06-23 16:45")


def test_steps_wait_for_the_event_they_are_counted_from() -> None:
    steps = climbed("unnamed-2015").stage("stage-2").steps
    assert [(step.step.id, step.counted_from, step.due) for step in steps] == [
        ("discussion", "stage-1.discussion", None),
        ("record", "stage-2.discussion", None),
        ("plan", "stage-2.sent", None),
        ("actions", "stage-2.discussion", None),
    ]


def test_two_clocks_and_the_next_stages_meeting_run_from_one_discussion() -> None:
    ladder = council("unnamed-2015").procedure.main_ladder
    anchors = {"stage-2.discussion": moment("Tue 2025-06-17 11:00")}
    ends = {
        (stage, step.step.id): step.due.by if step.due else None
        for stage in ("stage-2", "stage-3")
        for step in step_forecasts(ladder, stage, anchors, CALENDAR_2025)
    }
    assert ends["stage-2", "record"] == moment("Wed 2025-06-18 11:00")
    assert ends["stage-2", "actions"] == day("Tue 2025-06-24")
    assert ends["stage-3", "meeting"] == day("Tue 2025-06-24")
    assert ends["stage-2", "plan"] is None
    assert ends["stage-3", "actions"] is None


def test_of_two_possible_starts_the_earlier_counts() -> None:
    step = {
        "id": "record",
        "what": "record",
        "within": "1 week",
        "counted_from": {"earlier_of": ["meeting", "sent"]},
    }
    stage = {"id": "stage-1", "label": "Stage 1", "steps": [step]}
    ladder = Ladder.model_validate({"stages": [stage]})
    anchors = {
        "stage-1.sent": day("Wed 2025-06-04"),
        "stage-1.meeting": moment("Tue 2025-06-03 09:00"),
    }
    (found,) = step_forecasts(ladder, "stage-1", anchors, CALENDAR_2025)
    assert found.counted_from == "stage-1.meeting or stage-1.sent"
    assert found.due is not None
    assert found.due.by == day("Tue 2025-06-10")


def test_going_on_a_working_day_late_uses_up_a_day() -> None:
    ladder = ladder_of("5 working days", "5 working days", "5 working days", "5 working days")
    ends = time_limit(ladder)
    assert days_to_spare(ladder, "stage-1", SENT, ends, CALENDAR_2025) == 0
    assert days_to_spare(ladder, "stage-2", day("Tue 2025-03-11"), ends, CALENDAR_2025) == -1


def test_an_answer_read_sooner_gives_days_back() -> None:
    ladder = ladder_of("5 working days", "5 working days")
    assert (
        days_to_spare(ladder, "stage-2", day("Wed 2025-03-05"), time_limit(ladder), CALENDAR_2025)
        == 13
    )


def test_the_last_stage_of_the_path_is_left_by_the_time_limit_itself() -> None:
    ladder = ladder_of("5 working days", "5 working days")
    assert escalate_by(ladder, "stage-2", time_limit(ladder), CALENDAR_2025) == day(
        "Mon 2025-03-31"
    )


def test_weeks_hours_and_days_are_counted_back_as_they_run() -> None:
    ladder = ladder_of(
        "5 working days", "72 hours", "1 week", "3 days", time_limit="20 working days"
    )
    ends = time_limit(ladder)
    assert escalate_by(ladder, "stage-3", ends, CALENDAR_2025) == day("Fri 2025-03-28")
    assert escalate_by(ladder, "stage-2", ends, CALENDAR_2025) == day("Fri 2025-03-21")
    assert escalate_by(ladder, "stage-1", ends, CALENDAR_2025) == day("Tue 2025-03-18")


def test_a_time_limit_that_ends_on_a_sunday_is_counted_back_from_friday() -> None:
    ladder = ladder_of("2 working days", "1 working day", time_limit="20 days")
    ends = time_limit(ladder)
    assert ends.by_day == day("Sun 2025-03-23")
    assert escalate_by(ladder, "stage-1", ends, CALENDAR_2025) == day("Thu 2025-03-20")


def test_a_stage_without_a_clock_takes_up_none_of_the_days_to_spare() -> None:
    ladder = ladder_of("5 working days", "not stated", "5 working days")
    assert days_to_spare(ladder, "stage-1", SENT, time_limit(ladder), CALENDAR_2025) == 10


def test_a_way_on_that_names_one_stage_only_is_no_choice() -> None:
    stages = [
        {"id": "one", "label": "One", "then": ["three"]},
        {"id": "two", "label": "Two"},
        {"id": "three", "label": "Three"},
    ]
    ladder = Ladder.model_validate({"stages": stages})
    assert [stage.id for stage in ladder.usual_way_up()] == ["one", "three"]


def test_stages_that_name_one_another_end_the_path() -> None:
    stages = [
        {"id": "one", "label": "One", "then": ["two"]},
        {"id": "two", "label": "Two", "then": ["one"]},
    ]
    ladder = Ladder.model_validate({"stages": stages})
    assert [stage.id for stage in ladder.usual_way_up()] == ["one", "two"]


CLOCKS = st.sampled_from(("2 working days", "5 working days", "1 week", "3 days"))


def last_day(ladder: Ladder, left_stage_1: date) -> date:
    last = forecast(ladder, left_stage_1, "stage-2", CALENDAR_2025).stages[-1]
    assert last.due is not None
    return last.due.by_day


@settings(deadline=None)
@given(st.lists(CLOCKS, min_size=2, max_size=6), st.integers(90, 400))
def test_leaving_on_the_last_day_keeps_the_time_limit_and_a_day_later_breaks_it(
    clocks: list[str], later: int
) -> None:
    sent = day("Wed 2025-01-01") + timedelta(days=later)
    ladder = ladder_of(*clocks, time_limit="90 working days")
    ends = time_limit(ladder, sent)
    leave = escalate_by(ladder, "stage-1", ends, CALENDAR_2025)
    assert leave is not None
    a_day_late = add_working_days(leave, 1, CALENDAR_2025)
    assert last_day(ladder, leave) <= ends.by_day < last_day(ladder, a_day_late)


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(90, 400))
def test_days_to_spare_are_the_days_left_less_the_clocks_still_to_run(
    days: list[int], later: int
) -> None:
    sent = day("Wed 2025-01-01") + timedelta(days=later)
    ladder = ladder_of(*(f"{number} working days" for number in days), time_limit="20 working days")
    found = forecast(ladder, sent, None, CALENDAR_2025.without_closures)
    assert found.days_to_spare == 20 - sum(days)


@pytest.mark.parametrize(
    ("moved", "ends", "to_spare"), [(False, "Mon 2025-06-30", 9), (True, "Tue 2025-07-01", 10)]
)
def test_a_closed_day_lengthens_the_total_only_where_the_file_says_so(
    moved: bool, ends: str, to_spare: int
) -> None:
    """The day costs those who answer nothing, and the child nothing."""
    calendar = replace(CALENDAR_2025, closures={day("Thu 2025-06-05"): "Burst pipes"})
    ladder = ladder_of("5 working days", "5 working days")
    assert ladder.cap is not None
    cap = ladder.cap.model_copy(update={"moved_by_closures": moved})
    found = forecast(ladder.model_copy(update={"cap": cap}), day("Mon 2025-06-02"), None, calendar)
    answer = found.stage("stage-1").due
    assert answer is not None
    assert answer.by == day("Tue 2025-06-10")
    assert found.time_limit is not None
    assert (found.time_limit.by, found.days_to_spare) == (day(ends), to_spare)


def with_steps(*steps: dict[str, str], **stage: object) -> Ladder:
    stages = [
        {"id": "stage-1", "label": "Stage 1", "steps": list(steps), **stage},
        {
            "id": "stage-2",
            "label": "Stage 2",
            "answer": {"from": "manager", "within": "2 working days"},
        },
    ]
    return Ladder.model_validate({"cap": {"within": "20 working days"}, "stages": stages})


def test_the_days_to_spare_and_the_next_stage_count_the_clocks_of_steps() -> None:
    ladder = with_steps({"id": "m", "what": "Meeting", "within": "25 working days"})
    found = forecast(ladder, day("Mon 2025-06-02"), None, CALENDAR_2025)
    assert found.stage("stage-2").sent_on == day("Mon 2025-07-07")
    assert found.days_to_spare == -7


def test_a_step_counted_from_another_takes_its_time_after_it() -> None:
    talk = {"id": "talk", "what": "Talk", "within": "3 working days"}
    meeting = {"id": "m", "what": "Meeting", "within": "5 working days", "counted_from": "talk"}
    found = forecast(with_steps(meeting, talk), day("Mon 2025-06-02"), None, CALENDAR_2025)
    assert found.stage("stage-2").sent_on == day("Thu 2025-06-12")
    assert found.days_to_spare == 20 - 8 - 2


def test_the_day_to_escalate_leaves_room_for_the_steps_of_the_stages_after() -> None:
    stages = [
        {"id": "stage-1", "label": "Stage 1"},
        {
            "id": "stage-2",
            "label": "Stage 2",
            "steps": [{"id": "m", "what": "Meeting", "within": "5 working days"}],
        },
    ]
    ladder = Ladder.model_validate({"cap": {"within": "20 working days"}, "stages": stages})
    assert escalate_by(ladder, "stage-1", time_limit(ladder), CALENDAR_2025) == day(
        "Mon 2025-03-24"
    )


def test_a_hold_that_fails_costs_the_stages_left() -> None:
    ladder = ladder_of("5 working days", "5 working days", "5 working days")
    limit = time_limit(ladder, day("Mon 2025-06-02"))
    price = price_of_hold(ladder, "stage-1", day("Wed 2025-06-25"), limit, CALENDAR_2025)
    assert price is not None
    assert (price.ends, price.past_limit) == (day("Wed 2025-07-09"), 7)
    assert price_in_words(price) == (
        "if it fails on Wednesday 25 June 2025, the stages left end on Wednesday 9 July 2025, "
        "7 working days past the time limit"
    )
    assert price_of_hold(ladder, "stage-3", day("Wed 2025-06-25"), limit, CALENDAR_2025) is None
