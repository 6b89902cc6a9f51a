"""The cases that officials write: read with their weekdays, and never agreed with by mistake."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from practice_alerts.domain.files.replay import TELL, comes_out, differences, written_when
from practice_alerts.domain.files.worked_cases import (
    EXPECTED,
    CaseEvent,
    WorkedCase,
    problems_in_case,
    read_when,
    unknown_in_story,
)
from practice_alerts.domain.procedure.entry import may_enter, needs_reason, usual_entry, ways_on
from practice_alerts.domain.procedure.ladder import Ladder, StageEntry
from practice_alerts.domain.procedure.procedure import Gate, Procedure
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.wording.warnings import cautions
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council, ladder_of, procedure_of

FOUR_TIMES_FIVE = ladder_of(*["5 working days"] * 4)


def told(expect: dict[str, Any], *story: dict[str, Any], **more: Any) -> WorkedCase:
    sent = {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}
    written = {"name": "A case", "story": story or (sent,), "expect": expect, **more}
    return WorkedCase.model_validate(written)


def found(case: WorkedCase, procedure: Procedure | None = None) -> tuple[str, ...]:
    apart = differences(case, procedure or procedure_of(FOUR_TIMES_FIVE), CALENDAR_2025)
    return tuple(one.path[0] for one in apart)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("response_due", "Mon 2025-06-09", "Tue 2025-06-10"),
        ("settle_by", "not stated", "Mon 2025-06-09"),
        ("hold_until", "not stated", "Mon 2025-06-09"),
        ("cap", "Mon 2025-06-30", "not stated"),
        ("yardstick", "Mon 2025-06-30", "Tue 2025-07-01"),
        ("escalate_by", "Mon 2025-06-09", "Fri 2025-06-06"),
        ("slack", 0, 1),
        ("warns", [], ["the time limit has passed"]),
        ("ways_on", ["stage-2"], []),
        ("may_enter", ["stage-1", "stage-2", "stage-3", "stage-4"], ["stage-1"]),
        ("needs_reason", "no", "yes"),
        ("steps", {}, {"stage-1.meeting": "Mon 2025-06-09"}),
        ("steps_fall_on", {}, {"stage-1.meeting": "Sunday"}),
        ("falls_on", None, "Sunday"),
        ("stands", "waiting for an answer", "no answer"),
        ("awaits", [], ["meeting"]),
    ],
)
def test_a_wrong_expectation_is_never_agreed_with(key: str, right: Any, wrong: Any) -> None:
    assert found(told({key: right})) == ()
    assert found(told({key: wrong})) == (key,)


@pytest.mark.parametrize(("moved", "day"), [(False, "Mon 2025-06-30"), (True, "Wed 2025-07-02")])
def test_closed_days_move_the_yardstick_only_where_they_move_the_total(
    day: str, *, moved: bool
) -> None:
    limit = {"within": "20 working days", "moved_by_closures": moved}
    procedure = procedure_of(ladder_of(*["5 working days"] * 4, cap=limit))
    closed = ["Wed 2025-06-18", "Thu 2025-06-19"]
    assert found(told({"cap": day, "yardstick": day}, closed=closed), procedure) == ()


def test_the_first_kind_that_climbs_a_ladder_is_meant_unless_another_is_named() -> None:
    kinds = {
        "good_practice": {"title": "Good practice"},
        "concern": {"title": "Concern", "ladder": "main"},
    }
    procedure = procedure_of(FOUR_TIMES_FIVE, kinds=kinds)
    assert found(told({"cap": "Mon 2025-06-30"}), procedure) == ()
    assert found(told({"cap": "not stated"}, kind="good_practice"), procedure) == ()


def test_acts_of_one_day_happen_in_the_order_they_are_told() -> None:
    story = (
        {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"},
        {"on": "Mon 2025-06-02", "do": "answer", "promise_by": "Mon 2025-06-16"},
        {"on": "Mon 2025-06-02", "do": "hold", "until": "Mon 2025-06-16"},
    )
    assert found(told({"hold_until": "Mon 2025-06-16"}, *story)) == ()
    reviewed = {"on": "Mon 2025-06-02", "do": "judge", "verdict": "put_right"}
    assert found(told({"hold_until": "not stated"}, *story, reviewed)) == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("Tue 2025-06-02", "expected Mon 2025-06-02: 2025-06-02 is no Tue"),
        (date(2025, 6, 2), "expected Mon 2025-06-02: the weekday stands before the day"),
        (datetime(2025, 6, 2, 16, 45), "expected Mon 2025-06-02 16:45: the weekday stands before"),  # noqa: DTZ001 - as YAML reads it
        ("2025-06-02 10:00", "expected Mon 2025-06-02 10:00: the weekday stands before the day"),
        ("Tue 22 April 2025", "expected a day such as Wed 2025-04-16, or with the time of day"),
        ("Mon 2025-06-02 25:00", "there is no Mon 2025-06-02 25:00"),
        (20250602, "expected a day such as Wed 2025-04-16"),
        (["Mon 2025-06-02"], "expected a day such as Wed 2025-04-16"),
    ],
)
def test_a_day_that_is_no_day_with_its_weekday_is_refused(written: Any, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CaseEvent.model_validate({"on": written, "do": "send", "stage": "stage-1"})
    assert says in str(refused.value)


def test_a_weekday_may_be_written_out() -> None:
    assert read_when("Monday 2025-06-02") == read_when("mon 2025-06-02")


def test_days_and_moments_are_read_and_written_in_london_time() -> None:
    assert read_when("Fri 2025-06-06 16:45") == moment("Fri 2025-06-06 16:45")
    assert written_when(moment("Fri 2025-06-06 16:45")) == "Fri 2025-06-06 16:45"
    assert written_when(day("Fri 2025-06-06")) == "Fri 2025-06-06"


def test_whatever_a_case_may_expect_is_found_out() -> None:
    assert tuple(TELL) == EXPECTED


def test_an_expectation_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="expected no key respnse_due"):
        told({"respnse_due": "Mon 2025-06-09"})


@pytest.mark.parametrize(
    ("key", "slip", "path"),
    [
        ("story", [{"on": "Tue 2025-06-02", "do": "send"}], (3, "story", 0, "on")),
        ("story", [{"on": "Mon 2025-06-02", "do": "sent"}], (3, "story", 0, "do")),
        ("story", [], (3, "story")),
        ("expect", {"capp": "not stated"}, (3, "expect")),
        ("nmae", "A case", (3, "nmae")),
    ],
)
def test_a_slip_in_a_case_is_named_at_its_place_in_the_list(
    key: str, slip: Any, path: tuple[str | int, ...]
) -> None:
    sent = {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}
    written = {"name": "A case", "story": [sent], "expect": {"cap": "not stated"}}
    assert problems_in_case(written, 3) == ()
    assert [problem.path for problem in problems_in_case(written | {key: slip}, 3)] == [path]


def test_an_answer_at_the_gate_opens_every_stage_or_those_entered_directly() -> None:
    procedure = council("unnamed-2015").procedure
    ladder = procedure.main_ladder
    assert may_enter(ladder, procedure.gate, "yes") == ladder.stages
    opened = [stage.id for stage in may_enter(ladder, procedure.gate, "no")]
    assert opened == ["issue-notification", "stage-1"]


def test_without_a_gate_a_ladder_closed_to_entry_begins_at_its_first_stage() -> None:
    ladder = ladder_of("5 working days", "5 working days", entry={"any_stage": False})
    assert may_enter(ladder) == ladder.stages[:1]
    gate = Gate.model_validate(
        {"question": "Urgent?", "yes": {"then": "any stage"}, "no": {"then": "stage-2"}}
    )
    assert may_enter(ladder, gate, "no") == ladder.stages[1:]


USUAL = [
    ("yes", "stage-3", ["stage-3"]),
    ("no", "stage-3", ["stage-3"]),
    ("no", "stage-1", ["stage-1", "stage-2"]),
    ("yes", "any stage", ["stage-1", "stage-2", "stage-3"]),
]


@pytest.mark.parametrize(("answer", "leads", "where"), USUAL)
def test_an_answer_at_the_gate_that_leads_up_leads_there_alone(
    answer: str, leads: str, where: list[str]
) -> None:
    written = ladder_of(*["5 working days"] * 3, entry={"any_stage": False})
    direct = written.stages[1].model_copy(update={"entry": StageEntry(direct=True)})
    ladder = written.model_copy(update={"stages": (written.stages[0], direct, written.stages[2])})
    other = {"yes": {"then": "stage-2"}, "no": {"then": "stage-2"}}
    gate = Gate.model_validate({"question": "Urgent?", **other, answer: {"then": leads}})
    opened = may_enter(ladder, gate, answer)
    assert [one.id for one in opened] == where
    assert usual_entry(ladder, gate, opened, answer).id == where[0]


@pytest.mark.parametrize(
    ("reason", "first", "second"),
    [("always", True, True), ("never", False, False), ("when not the first", False, True)],
)
def test_a_reason_is_asked_for_as_the_ladder_says(reason: str, first: bool, second: bool) -> None:
    ladder = ladder_of("5 working days", "5 working days", entry={"reason": reason})
    assert needs_reason(procedure_of(ladder), ladder, "stage-1") is first
    assert needs_reason(procedure_of(ladder), ladder, "stage-2") is second


def test_outside_routes_follow_the_case_type_the_alert_was_raised_as() -> None:
    procedure = council("lambeth").procedure
    ladder = procedure.main_ladder
    assert ways_on(procedure, ladder, "stage-5", "looked_after") == ("cafcass", "stage-6")
    assert ways_on(procedure, ladder, "stage-5", "child_protection") == ("lscp", "stage-6")
    assert ways_on(procedure, ladder, "stage-1", "looked_after") == ("stage-2",)


def test_without_a_time_limit_there_is_nothing_to_warn_of() -> None:
    ladder: Ladder = council("unnamed-2015").procedure.main_ladder
    assert cautions(ladder, "stage-1", Clocks(), day("Mon 2025-06-02")) == ()


def test_a_hold_past_the_time_limit_and_stages_that_no_longer_fit_are_both_warned_of() -> None:
    until = f"{day('Mon 2025-06-30') + timedelta(days=1):%a %Y-%m-%d}"
    story = (
        {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"},
        {"on": "Tue 2025-06-10", "do": "send", "stage": "stage-2"},
        {"on": "Wed 2025-06-11", "do": "hold", "until": until},
    )
    warns = [
        "the time limit passes before the hold ends",
        "the stages left up to Stage 4 no longer fit the time limit",
    ]
    assert found(told({"warns": warns}, *story)) == ()


STEPPED = procedure_of(
    Ladder.model_validate(
        {
            "entry": {"any_stage": False},
            "stages": [
                {
                    "id": "stage-1",
                    "label": "Stage 1",
                    "steps": [
                        {"id": "talk", "what": "Talk", "outcomes": ["settled", "not settled"]},
                        {
                            "id": "note",
                            "what": "Note",
                            "within": "24 hours",
                            "counted_from": "talk",
                        },
                    ],
                },
                {"id": "stage-2", "label": "Stage 2"},
            ],
        }
    )
)
SENT = {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}
TALK = {"on": "Tue 2025-06-03 10:00", "do": "step", "step": "talk"}


def test_a_step_that_took_place_starts_its_clocks_and_is_awaited_no_more() -> None:
    expect = {"awaits": ["note"], "steps": {"stage-1.note": "Wed 2025-06-04 10:00"}}
    assert found(told(expect, SENT, {**TALK, "outcome": "settled"}), STEPPED) == ()


def test_a_step_that_was_not_needed_starts_no_clock_and_what_follows_it_is_not_awaited() -> None:
    expect: dict[str, Any] = {"awaits": [], "steps": {"stage-1.note": "not stated"}}
    assert found(told(expect, SENT, {**TALK, "needed": "no"}), STEPPED) == ()


@pytest.mark.parametrize(
    ("story", "path", "says"),
    [
        ([{**SENT, "stage": "stage-9"}], ("story", 0, "stage"), "stage-1, stage-2"),
        ([{**SENT, "stage": "stage-2"}], ("story", 0, "stage"), "lets an alert begin (stage-1)"),
        ([TALK], ("story", 0), "do: send with a stage before anything else"),
        ([SENT, {**TALK, "step": "tlak"}], ("story", 1, "step"), "a step of Stage 1 (talk, note)"),
        (
            [SENT, {**TALK, "outcome": "setled"}],
            ("story", 1, "outcome"),
            "a result of talk (settled, not settled)",
        ),
    ],
)
def test_a_story_of_what_the_procedure_has_not_is_not_replayed(
    story: list[dict[str, Any]], path: tuple[str | int, ...], says: str
) -> None:
    (problem,) = unknown_in_story(told({"cap": "not stated"}, *story), STEPPED)
    assert problem.path == path
    assert says in problem.expected


def test_a_kind_that_is_not_there_is_told_with_those_that_are() -> None:
    (problem,) = unknown_in_story(told({"cap": "not stated"}, kind="concrn"), STEPPED)
    assert (problem.path, problem.hint) == (("kind",), "did you mean concern?")


def test_what_comes_out_says_nothing_of_what_is_not_there() -> None:
    case = told({"cap": "not stated"}, SENT, TALK)
    assert comes_out(case, STEPPED, CALENDAR_2025) == {
        "yardstick": "Mon 2025-06-30",
        "ways_on": ["stage-2"],
        "may_enter": ["stage-1"],
        "needs_reason": "no",
        "stands": "waiting for an answer",
        "awaits": ["note"],
        "steps": {"stage-1.note": "Wed 2025-06-04 10:00"},
    }


def test_a_story_may_tell_that_the_alert_is_exceptional_where_there_is_a_longer_total() -> None:
    limit = {"within": "20 working days", "exceptional": "30 working days"}
    clocks = ["5 working days"] * 4
    longer = procedure_of(ladder_of(*clocks, cap=limit))
    sent = {"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}
    story = (sent, {"on": "Tue 2025-06-03", "do": "exceptional"})
    case = told({"cap": "Mon 2025-07-14", "slack": 10}, *story)
    assert unknown_in_story(case, longer) == ()
    assert found(case, longer) == ()
    assert found(told({"cap": "Mon 2025-06-30", "slack": 0}, sent), longer) == ()
    (refused,) = unknown_in_story(case, procedure_of(FOUR_TIMES_FIVE))
    assert (refused.path, refused.expected) == (
        ("story", 1, "do"),
        "a ladder whose time limit (cap) has an exceptional one beside it",
    )


def test_a_case_written_with_the_words_of_earlier_expects_what_is_said_now() -> None:
    expect = {"warns": ["the cap has passed"], "stands": "an answer to judge", "cap": "the cap"}
    story = [{"on": "Mon 2025-06-02", "do": "send", "stage": "stage-1"}]
    case = WorkedCase.model_validate({"name": "A case", "story": story, "expect": expect})
    assert case.expect == {
        "warns": ["the time limit has passed"],
        "stands": "a response to review",
        "cap": "the cap",
    }
