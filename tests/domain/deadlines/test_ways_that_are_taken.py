"""Days, slack and 'escalate by' along the way that an alert takes: where it began, what was recorded, which branch."""

from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    Answered,
    DateAgreed,
    Escalated,
    Happened,
    Held,
    Person,
    Raised,
    Response,
    Sent,
    StepDone,
)
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import (
    Clocks,
    ahead_from,
    running_clocks,
    still_ahead,
)
from practice_alerts.domain.wording import forecast_words
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment

SENT = "Mon 2025-06-02 09:00"
TALK = {"id": "talk", "what": "Talk", "within": "2 working days", "outcomes": ["yes", "no"]}
Said = Sent | Escalated | Answered | StepDone | DateAgreed | Held
_NOBODY = Person(id="nobody", name="Nobody")


def ladder_of(*stages: dict[str, Any], **cap: str) -> Ladder:
    numbered = [
        {"id": f"stage-{number}", "label": f"Stage {number}", **one}
        for number, one in enumerate(stages, start=1)
    ]
    return Ladder.model_validate({"cap": {"within": "20 working days", **cap}, "stages": numbered})


def answered(within: str, counted_from: Any = "sent") -> dict[str, Any]:
    return {"answer": {"from": "manager", "within": within, "counted_from": counted_from}}


def alert_of(*events: tuple[str, Said], stage: str = "stage-1") -> Alert:
    raised = Raised(
        council="x",
        edition="x",
        reference="x",
        alert_kind="x",
        raised_as="x",
        raiser=_NOBODY,
        form="x",
        answers={},
    )
    every: tuple[tuple[str, Raised | Said], ...] = (
        (SENT, raised),
        (SENT, sent(stage)),
        *events,
    )
    return fold(
        Happened(number, moment(at), "nobody", what.kind, what)
        for number, (at, what) in enumerate(every, start=1)
    )


def sent(stage: str) -> Sent:
    return Sent(stage=stage, asked=(), answers={})


def done(step: str, at: str, outcome: str = "", *, needed: bool = True) -> tuple[str, StepDone]:
    took_place = moment(at) if needed else None
    return at, StepDone(
        stage="stage-1", step=step, took_place=took_place, outcome=outcome, needed=needed
    )


def reply(at: str) -> tuple[str, Answered]:
    return at, Answered(stage="stage-1", by=_NOBODY, response=Response.OTHER, text="x")


def standing(ladder: Ladder, *events: tuple[str, Said], stage: str = "stage-1") -> Clocks:
    return running_clocks(alert_of(*events, stage=stage), ladder, CALENDAR_2025)


# ------------------------------------------------------------------ where it begins above a stage

LEAVING_BELOW = [
    ("stage-1", "stage-2"),
    ("stage-1", "stage-3"),
    ("stage-2", "stage-3"),
]
"""The stage whose leaving starts the clock, and the stage at which the alert begins."""


@pytest.mark.parametrize("is_earlier_of", [False, True])
@pytest.mark.parametrize(("left", "entry"), LEAVING_BELOW)
def test_where_it_begins_above_a_stage_the_sending_stands_for_its_leaving(
    left: str, entry: str, *, is_earlier_of: bool
) -> None:
    event = f"{left}.escalated"
    start = {"earlier_of": [event, f"{left}.judged"]} if is_earlier_of else event
    stages = [answered("5 working days") for _ in range(3)]
    stages[int(entry[-1]) - 1] = answered("4 working days", start)
    ladder = ladder_of(*stages)
    running = standing(ladder, stage=entry).response
    ahead = forecast(ladder, moment(SENT), entry, CALENDAR_2025).stage(entry).due
    assert running is not None
    assert ahead is not None
    assert running.by == ahead.by == day("Fri 2025-06-06")


def test_further_up_the_clock_still_runs_from_when_it_began() -> None:
    ladder = ladder_of(
        answered("5 working days"),
        answered("2 working days"),
        answered("6 working days", "stage-1.escalated"),
    )
    on = ("Wed 2025-06-04 09:00", sent("stage-3"))
    running = standing(ladder, on, stage="stage-2").response
    ahead = forecast(ladder, moment(SENT), "stage-2", CALENDAR_2025).stage("stage-3").due
    assert running is not None
    assert ahead is not None
    assert running.by == ahead.by == day("Tue 2025-06-10")


def test_a_stage_that_is_passed_over_on_the_way_is_left_by_passing_it() -> None:
    ladder = ladder_of(
        {**answered("5 working days"), "then": ["stage-3"]},
        answered("5 working days"),
        answered("4 working days", "stage-2.escalated"),
    )
    on = ("Wed 2025-06-04 09:00", sent("stage-3"))
    due = standing(ladder, on).response
    assert due is not None
    assert due.by == day("Tue 2025-06-10")
    assert standing(ladder).days_to_spare == 20 - 9
    assert standing(ladder).escalate_by == day("Tue 2025-06-24")


def test_where_it_came_from_below_the_leaving_is_what_starts_it() -> None:
    ladder = ladder_of(answered("5 working days"), answered("4 working days", "stage-1.escalated"))
    at = "Thu 2025-06-05 09:00"
    left = Escalated(stage="stage-1", to="stage-2", rationale="x")
    due = standing(ladder, (at, left), (at, sent("stage-2"))).response
    assert due is not None
    assert due.by == day("Wed 2025-06-11")


# ----------------------------------------------------------------------- what holds the stage up

MEETING = {"id": "meeting", "what": "Meeting", "within": "8 working days", "counted_from": "talk"}
NOTE = {"id": "note", "what": "Note", "within": "3 working days", "counted_from": "meeting"}

TAKEN = [
    # the steps, what is recorded, working days from sending to the end of the stage
    ([TALK, MEETING], [], 10),
    ([TALK, MEETING, NOTE], [], 13),
    ([TALK, MEETING, NOTE], [done("talk", "Mon 2025-06-02 15:00", "no")], 11),
    ([TALK, MEETING, NOTE], [done("talk", "Fri 2025-06-06 15:00", "no")], 15),
    ([TALK, {**MEETING, "if": "talk.no"}], [], 5),
    ([TALK, {**MEETING, "if": "talk.no"}], [done("talk", "Wed 2025-06-04 10:00", "no")], 10),
    ([TALK, {**MEETING, "if": "talk.no"}], [done("talk", "Wed 2025-06-04 10:00", "yes")], 5),
    ([TALK, {**MEETING, "if": "talk.no"}, NOTE], [done("talk", "Wed 2025-06-04 10:00", "no")], 13),
    ([TALK, {**MEETING, "if": "talk.no"}, NOTE], [done("talk", "Wed 2025-06-04 10:00", "yes")], 5),
    ([TALK, {**MEETING, "ask": "Is it needed?"}, NOTE], [], 5),
    (
        [TALK, {**MEETING, "ask": "Is it needed?"}, NOTE],
        [
            done("talk", "Mon 2025-06-02 10:00", "no"),
            done("meeting", "Mon 2025-06-09 10:00"),
        ],
        8,
    ),
    (
        [TALK, {**MEETING, "ask": "Is it needed?"}, NOTE],
        [
            done("talk", "Mon 2025-06-02 10:00", "no"),
            done("meeting", "Mon 2025-06-09 10:00", needed=False),
        ],
        5,
    ),
    ([{**TALK, "within": "not stated"}, MEETING], [], 8),
    ([{**TALK, "within": "by agreement"}, MEETING, NOTE], [], 11),
    ([{**TALK, "within": "immediately"}, MEETING, NOTE], [], 11),
    (
        [{**TALK, "within": "not stated"}, MEETING],
        [done("talk", "Wed 2025-06-04 10:00", "no")],
        10,
    ),
    ([], [reply("Mon 2025-06-02 16:00")], 0),
    ([], [reply("Wed 2025-06-11 10:00")], 7),
    ([{**TALK, "counted_from": "answered"}], [], 7),
    ([{**TALK, "counted_from": "answered"}], [reply("Wed 2025-06-04 10:00")], 4),
]


@pytest.mark.parametrize(("steps", "recorded", "taken"), TAKEN)
def test_the_slack_of_a_running_stage_follows_chains_branches_and_what_is_recorded(
    steps: list[dict[str, Any]], recorded: list[tuple[str, Said]], taken: int
) -> None:
    ladder = ladder_of({**answered("5 working days"), "steps": steps}, answered("6 working days"))
    assert standing(ladder, *recorded).days_to_spare == 20 - taken - 6


@pytest.mark.parametrize(
    ("came", "taken"), [(None, 5), ("Mon 2025-06-02 11:00", 5), ("Thu 2025-06-05 11:00", 8)]
)
def test_an_answer_counted_from_its_receipt_runs_from_the_day_recorded(
    came: str | None, taken: int
) -> None:
    receipt = {"id": "receipt", "what": "Received", "within": "not stated"}
    ladder = ladder_of(
        {**answered("5 working days", "receipt"), "steps": [receipt]}, answered("6 working days")
    )
    recorded = [done("receipt", came)] if came else []
    assert standing(ladder, *recorded).days_to_spare == 20 - taken - 6


@pytest.mark.parametrize(
    ("answer", "came", "taken"),
    [
        ("not stated", None, 7),
        ("not stated", "Wed 2025-06-04 10:00", 7),
        ("not stated", "Mon 2025-06-16 10:00", 10),
        ("3 working days", None, 3),
        ("3 working days", "Tue 2025-06-03 10:00", 1),
    ],
)
def test_what_paces_a_stage_goes_on_when_an_answer_without_a_time_has_come(
    answer: str, came: str | None, taken: int
) -> None:
    stage = {**answered(answer), "settle": {"within": "7 working days"}}
    ladder = ladder_of(stage, answered("6 working days"))
    assert standing(ladder, *([reply(came)] if came else [])).days_to_spare == 20 - taken - 6


def test_another_day_agreed_for_the_answer_leaves_so_much_less_until_it_has_come() -> None:
    ladder = ladder_of(answered("5 working days"), answered("6 working days"))
    agreed = DateAgreed(
        stage="stage-1", until=day("Thu 2025-06-12"), agreed_with="manager", reason="x"
    )
    on = ("Tue 2025-06-03 09:00", agreed)
    assert standing(ladder, on).days_to_spare == 20 - 8 - 6
    assert standing(ladder, on, reply("Wed 2025-06-11 10:00")).days_to_spare == 20 - 7 - 6
    early = reply("Mon 2025-06-02 16:00")
    assert standing(ladder, early, on).days_to_spare == 20 - 8 - 6


def test_a_stage_that_is_come_back_to_begins_anew() -> None:
    ladder = ladder_of(
        {**answered("2 working days"), "steps": [TALK]},
        {**answered("2 working days"), "then": ["stage-1"]},
    )
    back = (("Wed 2025-06-04 09:00", sent("stage-2")), ("Fri 2025-06-06 09:00", sent("stage-1")))
    first = done("talk", "Mon 2025-06-02 15:00", "no")
    assert standing(ladder, first, *back).days_to_spare == 20 - 4 - 2 - 2


# -------------------------------------------------------------------- by when the stage is to be left

LATER_STAGES: list[tuple[tuple[dict[str, Any], ...], int]] = [
    # the stages after the first, and the working days that they take from leaving it
    ((answered("6 working days"),), 6),
    ((answered("6 working days", "stage-1.escalated"),), 6),
    ((answered("2 working days"), answered("9 working days", "stage-1.escalated")), 9),
    ((answered("2 working days"), answered("3 working days", "stage-1.escalated")), 3),
    ((answered("2 working days"), answered("9 working days", "stage-2.sent")), 9),
    ((answered("2 working days"), answered("9 working days", "stage-2.answered")), 11),
    (({**answered("2 working days"), "steps": [TALK, MEETING, NOTE]},), 13),
    (({"steps": [{**TALK, "within": "not stated"}, MEETING, NOTE]},), 11),
    (({"steps": [{**TALK, "within": "immediately"}, MEETING, NOTE]},), 11),
    (({**answered("4 working days", "talk"), "steps": [TALK]},), 6),
    (
        (
            {**answered("1 working day"), "steps": [TALK]},
            answered("6 working days", "stage-2.talk"),
        ),
        8,
    ),
    (({**answered("not stated"), "steps": [{**TALK, "counted_from": "answered"}]},), 2),
]


@pytest.mark.parametrize(("later", "taken"), LATER_STAGES)
def test_the_day_to_escalate_leaves_room_for_chains_within_and_across_stages(
    later: tuple[dict[str, Any], ...], taken: int
) -> None:
    """The total ends on Monday 30 June; from the day to escalate it still holds, and to the slack it is the same."""
    ladder = ladder_of(answered("5 working days"), *later)
    clocks = standing(ladder)
    days = CALENDAR_2025.working_days
    limit = days.index(day("Mon 2025-06-30"))
    assert clocks.escalate_by == days[limit - taken]
    assert clocks.days_to_spare == 20 - 5 - taken


def test_a_way_that_leads_back_is_counted_once() -> None:
    ladder = ladder_of(
        answered("5 working days"),
        answered("3 working days", {"earlier_of": ["sent", "stage-3.answered"]}),
        {**answered("3 working days"), "then": ["stage-2"]},
    )
    assert standing(ladder).escalate_by == day("Fri 2025-06-20")


# ------------------------------------------------------------------- what is left, on the alert's page


@pytest.mark.parametrize(("steps", "recorded", "taken"), TAKEN)
def test_the_stages_left_are_foreseen_from_what_is_recorded(
    steps: list[dict[str, Any]], recorded: list[tuple[str, Said]], taken: int
) -> None:
    """Where a step has no time and is not recorded, no day follows beyond what else holds the stage up."""
    ladder = ladder_of({**answered("5 working days"), "steps": steps}, answered("6 working days"))
    found = still_ahead(alert_of(*recorded), ladder, CALENDAR_2025)
    assert found is not None
    due = found.stage("stage-2").due
    assert due is not None
    days = CALENDAR_2025.working_days
    is_open = any(one["within"] in ("not stated", "by agreement") for one in steps) and not recorded
    begun = days.index(day("Mon 2025-06-02")) + (5 if is_open else taken)
    assert due.by == days[begun + 6]


@pytest.mark.parametrize("start", ["sent", "stage-1.talk", "stage-1.escalated", "raised"])
def test_after_a_hold_the_stages_left_still_know_what_happened_before(start: str) -> None:
    ladder = ladder_of(
        {**answered("5 working days"), "steps": [TALK]}, answered("9 working days", start)
    )
    held = Held(stage="stage-1", until=day("Tue 2025-06-10"), task_owner="manager")
    talked = done("talk", "Wed 2025-06-04 10:00", "no")
    on = (talked, ("Wed 2025-06-04 11:00", held))
    found = still_ahead(alert_of(*on), ladder, CALENDAR_2025)
    assert found is not None
    due = found.stage("stage-2").due
    assert due is not None
    expected = {"stage-1.talk": "Tue 2025-06-17", "raised": "Fri 2025-06-13"}
    assert due.by == day(expected.get(start, "Mon 2025-06-23"))


@pytest.mark.parametrize(
    ("today", "reached", "when"),
    [
        ("Mon 2025-06-09", "Mon 2025-06-09", "if nobody answers"),
        ("Tue 2025-06-10", "Tue 2025-06-10", "if it goes on today and nobody answers"),
        ("Mon 2025-06-23", "Mon 2025-06-23", "if it goes on today and nobody answers"),
    ],
)
def test_no_stage_is_foreseen_for_a_day_that_has_passed(
    today: str, reached: str, when: str
) -> None:
    ladder = ladder_of(*[answered("5 working days")] * 3)
    found, said = ahead_from(alert_of(), ladder, moment(f"{today} 10:00"), CALENDAR_2025)
    assert found is not None
    assert (found.stage("stage-2").sent_on, said) == (day(reached), when)


def test_a_day_to_escalate_by_that_is_gone_before_the_stage_is_reached_says_so() -> None:
    ladder = ladder_of(*(answered(f"{days} working days") for days in (9, 2, 12)))
    found = forecast(ladder, day("Mon 2025-06-02"), None, CALENDAR_2025)
    late = {one.stage.id: one.is_reached_too_late for one in found.stages}
    assert late == {"stage-1": False, "stage-2": True, "stage-3": False}
    notes = [forecast_words.row(one, ladder)[-1] for one in found.stages]
    assert notes == ["", "too late to escalate in time", "past the time limit"]


def test_an_alert_without_stages_has_none_left() -> None:
    ladder = ladder_of(answered("5 working days"))
    alert = alert_of()
    assert still_ahead(replace(alert, runs=()), ladder, CALENDAR_2025) is None
