"""A worked case goes by the rules of the app: what it refuses is refused with its sentence, and closed days count."""

from typing import Any, get_args

import pytest

from practice_alerts.domain.acts.worked_story import refused
from practice_alerts.domain.files.replay import comes_out, without_a_day
from practice_alerts.domain.files.worked_cases import (
    Do,
    WorkedCase,
    problems_in_case,
    unknown_in_story,
)
from practice_alerts.domain.procedure.ladder import Ladder
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import procedure_of

SENT = {"on": "Mon 2025-06-02 10:00", "do": "send", "stage": "stage-1"}
ANSWERED = {"on": "Tue 2025-06-03 10:00", "do": "answer"}
TALK = {"on": "Tue 2025-06-03 10:00", "do": "step", "step": "talk"}
LATER = "Wed 2025-06-04 10:00"
WRITTEN: dict[str, Any] = {
    "cap": {"within": "20 working days"},
    "hold": {"until": "5 working days"},
    "entry": {"any_stage": False},
    "stages": [
        {
            "id": "stage-1",
            "label": "Stage 1",
            "answer": {"from": "manager", "within": "5 working days"},
            "steps": [
                {"id": "talk", "what": "Talk", "outcomes": ["settled", "not settled"]},
                {
                    "id": "meeting",
                    "what": "Meeting",
                    "if": "talk.not settled",
                    "within": "1 week",
                    "counted_from": "talk",
                },
                {
                    "id": "minutes",
                    "what": "Minutes",
                    "within": "1 working day",
                    "counted_from": "meeting",
                },
            ],
        },
        {"id": "stage-2", "label": "Stage 2", "answer": {"from": "manager"}},
        {"id": "stage-3", "label": "Stage 3"},
    ],
}
MIXED = Ladder.model_validate(WRITTEN)
BEGUN_AT_THE_TOP = {**WRITTEN["stages"][2], "entry": {"direct": True, "ask": "At once?"}}
DIRECT = [*WRITTEN["stages"][:2], BEGUN_AT_THE_TOP]


def case(*story: dict[str, Any], **more: Any) -> WorkedCase:
    written = {"name": "A case", "story": story, "expect": {"cap": "not stated"}, **more}
    assert problems_in_case(written, 0) == ()
    return WorkedCase.model_validate(written)


def refusals(*story: dict[str, Any], **changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    procedure = procedure_of(changes.pop("ladder", MIXED), **changes)
    return [(one.path, one.says) for one in refused(case(*story), procedure, CALENDAR_2025)]


REFUSED: list[tuple[str, list[dict[str, Any]], dict[str, Any], str]] = [
    ("send", [SENT, {"on": LATER, "do": "send", "stage": "stage-3"}], {}, "does not lead there"),
    ("send", [SENT, {"on": LATER, "do": "send", "stage": "stage-1"}], {}, "does not lead there"),
    (  # that an alert may begin there leads nowhere on the way up
        "send",
        [SENT, {"on": LATER, "do": "send", "stage": "stage-3"}],
        {"ladder": {"stages": DIRECT}},
        "does not lead there",
    ),
    (
        "send",
        [{**SENT, "settle_by": "Fri 2025-05-30"}],
        {},
        "To be put right by: choose today or a later day.",
    ),
    (
        "answer",
        [SENT, {**ANSWERED, "promise_by": "Mon 2025-06-02"}],
        {},
        "By when: choose today or a later day.",
    ),
    ("judge", [SENT, {"on": LATER, "do": "judge"}], {}, "No answer has come at this stage yet."),
    (
        "hold",
        [SENT, ANSWERED, {"on": LATER, "do": "hold", "until": "Tue 2025-06-03"}],
        {},
        "Hold until: choose today or a later day.",
    ),
    (
        "hold",
        [SENT, ANSWERED, {"on": LATER, "do": "hold", "until": "Thu 2025-06-12"}],
        {},
        "the procedure allows no hold beyond Wednesday 11 June 2025.",
    ),
    (
        "hold",
        [SENT, ANSWERED, {"on": LATER, "do": "hold", "until": "Tue 2025-06-10"}],
        {"ladder": {"hold": None}, "ours": []},
        "This procedure knows no such thing.",
    ),
    (
        "step",
        [SENT, {**TALK, "needed": "no"}],
        {},
        "The procedure asks for this step in any case",
    ),
    (
        "step",
        [SENT, TALK],
        {},
        "another step follows from it. Choose settled or not settled.",
    ),
    (
        "step",
        [
            SENT,
            {**TALK, "outcome": "settled"},
            {"on": LATER, "do": "step", "step": "meeting"},
        ],
        {},
        "What this one follows ended otherwise, or was not needed.",
    ),
    (  # before anybody knows which branch is taken
        "step",
        [SENT, {"on": LATER, "do": "step", "step": "meeting"}],
        {},
        "What this one follows is not recorded yet: record that first.",
    ),
    (
        "step",
        [
            SENT,
            {**TALK, "outcome": "settled"},
            {"on": LATER, "do": "step", "step": "minutes"},
        ],
        {},
        "Which step: choose from the list.",
    ),
    (
        "exceptional",
        [SENT, {"on": LATER, "do": "exceptional"}, {"on": LATER, "do": "exceptional"}],
        {"ladder": {"cap": {"within": "20 working days", "exceptional": "30 working days"}}},
        "recorded already that this alert is exceptional",
    ),
    (
        "gate",
        [SENT, {"on": "Mon 2025-06-02 09:00", "do": "gate", "answer": "yes"}],
        {},
        "before the line",
    ),
]


@pytest.mark.parametrize(("does", "story", "changes", "says"), REFUSED)
def test_what_the_app_refuses_is_refused_with_its_sentence(
    does: str, story: list[dict[str, Any]], changes: dict[str, Any], says: str
) -> None:
    if "ladder" in changes:
        ladder = Ladder.model_validate({**WRITTEN, **changes["ladder"]})
        changes = {**changes, "ladder": ladder}
    ((path, told),) = refusals(*story, **changes)
    assert story[-1]["do"] == does
    assert path[:2] == ("story", len(story) - 1)
    assert says in told


def test_every_kind_of_line_has_a_refusal_in_the_table() -> None:
    assert {does for does, *_ in REFUSED} == set(get_args(Do))


@pytest.mark.parametrize(
    "story",
    [
        [SENT, ANSWERED, {"on": LATER, "do": "judge"}],
        [SENT, ANSWERED, {"on": LATER, "do": "hold", "until": "Wed 2025-06-11"}],
        [SENT, {"on": LATER, "do": "send", "stage": "stage-2"}],
        [SENT, {**TALK, "outcome": "not settled"}, {"on": LATER, "do": "step", "step": "meeting"}],
        [
            SENT,
            {**TALK, "outcome": "not settled"},
            {"on": LATER, "do": "step", "step": "meeting"},
            {"on": LATER, "do": "step", "step": "minutes"},
            {"on": LATER, "do": "answer", "promise_by": LATER},
        ],
    ],
)
def test_what_the_app_allows_is_played(story: list[dict[str, Any]]) -> None:
    assert refusals(*story) == []


def test_a_line_about_another_stage_than_the_alert_s_is_refused() -> None:
    on = {"on": LATER, "do": "send", "stage": "stage-2"}
    ((path, told),) = refusals(SENT, on, {"on": LATER, "do": "answer", "stage": "stage-1"})
    assert (path, told.partition(":")[0]) == (("story", 2), "The alert is at Stage 2")


def test_a_hold_without_a_day_is_no_line_of_a_story() -> None:
    (problem,) = unknown_in_story(case(SENT, {"on": LATER, "do": "hold"}), procedure_of(MIXED))
    assert (problem.path, problem.expected) == (("story", 1, "do"), "until: the agreed day")


# ---------------------------------------------------------------- closed days, and branches not taken


def test_closed_days_of_a_case_count_as_those_of_an_office_do() -> None:
    procedure = procedure_of(MIXED)
    usual = comes_out(case(SENT), procedure, CALENDAR_2025)
    closed = comes_out(case(SENT, closed=["Wed 2025-06-04"]), procedure, CALENDAR_2025)
    assert (usual["response_due"], closed["response_due"]) == ("Mon 2025-06-09", "Tue 2025-06-10")
    assert (usual["cap"], closed["cap"]) == ("Mon 2025-06-30", "Mon 2025-06-30")
    held = {"on": LATER, "do": "hold", "until": "Thu 2025-06-12"}
    told = case(SENT, ANSWERED, held, closed=["Thu 2025-06-05"])
    assert refused(told, procedure, CALENDAR_2025) == ()


def test_a_closed_day_with_a_false_weekday_is_refused() -> None:
    written = {"name": "A", "story": [SENT], "expect": {"cap": "x"}, "closed": ["Tue 2025-06-04"]}
    (problem,) = problems_in_case(written, 0)
    assert problem.path == (0, "closed", 0)


BRANCHES: list[tuple[dict[str, str] | None, set[str]]] = [
    (None, set()),
    ({"outcome": "not settled"}, {"stage-1.meeting", "stage-1.minutes"}),
    ({"outcome": "settled"}, set()),
]


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(("ended", "dated"), BRANCHES)
def test_a_branch_that_was_not_taken_has_no_day_and_neither_has_what_follows_it(
    ended: dict[str, str] | None, dated: set[str], *, later: bool
) -> None:
    story = [SENT] if ended is None else [SENT, {**TALK, **ended}]
    if dated:
        story.append({"on": LATER, "do": "step", "step": "meeting"})
    if later:
        story.append({"on": "Thu 2025-06-05 10:00", "do": "send", "stage": "stage-2"})
    found = comes_out(case(*story), procedure_of(MIXED), CALENDAR_2025).get("steps", {})
    assert set(found) == dated


def test_a_step_that_was_not_needed_has_no_day() -> None:
    asked = {
        "id": "visit",
        "what": "Visit",
        "ask": "Is a visit needed?",
        "within": "2 working days",
    }
    ladder = Ladder.model_validate(
        {"stages": [{"id": "stage-1", "label": "Stage 1", "steps": [asked]}]}
    )
    line = {"on": LATER, "do": "step", "step": "visit"}
    taken = comes_out(case(SENT, line), procedure_of(ladder), CALENDAR_2025)
    assert taken["steps"] == {"stage-1.visit": "Wed 2025-06-04"}
    left = comes_out(case(SENT, {**line, "needed": "no"}), procedure_of(ladder), CALENDAR_2025)
    assert "steps" not in left


def test_a_clock_that_has_not_started_is_told_in_a_sentence() -> None:
    ladder = Ladder.model_validate(
        {
            "stages": [
                {"id": "stage-1", "label": "Stage 1", "answer": {"from": "manager"}},
                {
                    "id": "stage-2",
                    "label": "Stage 2",
                    "answer": {
                        "from": "manager",
                        "within": "5 working days",
                        "counted_from": "stage-1.answered",
                    },
                },
            ]
        }
    )
    there = {**SENT, "stage": "stage-2"}
    said = "5 working days, once an answer has come at Stage 1."
    assert without_a_day(case(there), procedure_of(ladder), CALENDAR_2025) == (
        f"Stage 2, answer due: no day yet. The procedure gives {said}",
    )
    assert without_a_day(case(SENT), procedure_of(ladder), CALENDAR_2025) == ()
    on = {"on": LATER, "do": "send", "stage": "stage-2"}
    known = case(SENT, ANSWERED, on)
    assert without_a_day(known, procedure_of(ladder), CALENDAR_2025) == ()
    assert comes_out(known, procedure_of(ladder), CALENDAR_2025)["response_due"] == (
        f"{day('Tue 2025-06-10'):%a %Y-%m-%d}"
    )


# ---------------------------------------------------------------- several who each answer

JOINT = Ladder.model_validate(
    {
        "stages": [
            {
                "id": "stage-1",
                "label": "Stage 1",
                "answer": {"from": ["manager", "nurse"], "within": "5 working days"},
                "steps": [
                    {
                        "id": "talk",
                        "what": "Talk",
                        "within": "2 working days",
                        "counted_from": "answered",
                    }
                ],
            }
        ]
    }
)
NURSE = {
    "roles": {
        "iro": {"title": "IRO", "in_iro_service": True},
        "manager": {"title": "Team Manager"},
        "nurse": {"title": "Nurse"},
    }
}


@pytest.mark.parametrize(
    ("lines", "stands", "talk"),
    [
        ([{"by": "manager"}], "waiting for an answer", None),
        ([{"by": "manager"}, {"by": "manager"}], "waiting for an answer", None),
        ([{"by": "manager"}, {"by": "nurse"}], "a response to review", "Fri 2025-06-06"),
        ([{}], "a response to review", "Thu 2025-06-05"),
    ],
)
def test_where_each_has_to_answer_it_waits_until_each_has(
    lines: list[dict[str, str]], stands: str, talk: str | None
) -> None:
    days = ("Tue 2025-06-03", "Wed 2025-06-04")
    answers = [{"on": on, "do": "answer", **more} for on, more in zip(days, lines, strict=False)]
    told, procedure = case(SENT, *answers), procedure_of(JOINT, **NURSE)
    assert unknown_in_story(told, procedure) == ()
    assert refused(told, procedure, CALENDAR_2025) == ()
    found = comes_out(told, procedure, CALENDAR_2025)
    assert (found["stands"], found.get("steps", {}).get("stage-1.talk")) == (stands, talk)


@pytest.mark.parametrize("act", [{"do": "answer", "by": "head"}, {"do": "judge", "by": "manager"}])
def test_nobody_answers_whom_the_stage_does_not_ask(act: dict[str, str]) -> None:
    told = case(SENT, {"on": LATER, **act})
    (problem,) = unknown_in_story(told, procedure_of(JOINT, **NURSE))
    assert problem.path == ("story", 1, "by")
    assert problem.expected == "with do: answer, a post that Stage 1 asks (manager, nurse)"
