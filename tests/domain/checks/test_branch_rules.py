"""Branches: what each clock may be counted from on every way through its stage, the longest way, and words after `if`."""

from datetime import date
from typing import Any

import pytest

from practice_alerts.domain.checks import check
from practice_alerts.domain.checks.rule import Finding, Subject
from practice_alerts.domain.deadlines.branches import branches, left_out_in_words
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.deadlines.if_nobody_answers import Running
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.wording import forecast_words
from tests.domain.checks.test_clock_start_rules import found, stages
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import procedure_of

FIVE = {"within": "5 working days"}
ANSWER = {"from": "manager", **FIVE}
TALK = {"id": "talk", "what": "Talk", "by": "manager", "outcomes": ["agreed", "not agreed"], **FIVE}
NOTE = {"id": "note", "what": "Note", "by": "manager", "if": "talk.agreed", **FIVE}
MEETING = {"id": "meeting", "what": "Meeting", "by": "manager", "if": "talk.not agreed", **FIVE}
ASKED = {"id": "visit", "what": "Visit", "by": "manager", "ask": "Is a visit needed?", **FIVE}
IN_WORDS = {"id": "call", "what": "Call", "by": "manager", "if": "the child is moved", **FIVE}
STEPS = [TALK, NOTE, MEETING, ASKED, IN_WORDS]


# ------------------------------------------------------- every event by each thing that is timed

EARLIER = {"note": ["note", "talk"], "judged": ["judged", "sent"], "both": ["note", "meeting"]}
STARTS: dict[str, tuple[Any, set[str]]] = {
    # what starts the clock, and of what it is refused: of answer, settle, and steps in any case or on a branch
    "sent": ("sent", set()),
    "raised": ("raised", set()),
    "talk": ("talk", set()),
    "note": ("note", {"answer", "settle"}),
    "meeting": ("meeting", {"answer", "settle"}),
    "visit": ("visit", {"answer", "settle"}),
    "call": ("call", {"answer", "settle"}),
    "judged": ("judged", {"answer"}),
    "held": ("held", {"answer"}),
    "earlier: note, talk": ({"earlier_of": EARLIER["note"]}, set()),
    "earlier: judged, sent": ({"earlier_of": EARLIER["judged"]}, set()),
    "earlier: note, meeting": ({"earlier_of": EARLIER["both"]}, set()),
}


@pytest.mark.parametrize("timed", ["answer", "settle", "step", "step on that branch"])
@pytest.mark.parametrize("start", STARTS)
def test_a_clock_is_refused_exactly_where_one_way_gives_it_no_day(start: str, timed: str) -> None:
    written, refused = STARTS[start]
    clock = {**FIVE, "counted_from": written}
    stage: dict[str, Any] = {"answer": ANSWER, "steps": STEPS}
    if timed == "answer":
        stage["answer"] = {"from": "manager", **clock}
    elif timed == "settle":
        stage["settle"] = clock
    else:
        own = {"id": "own", "what": "Own", "by": "manager", **clock}
        branch = {"if": "talk.agreed"} if timed != "step" and start != "meeting" else {}
        stage["steps"] = [*STEPS, {**own, **branch}]
    told = found("PA216", stages(stage))
    assert bool(told) is (timed in refused)
    for one in told:
        assert one.severity == "error"
        assert "so this clock gives no day: count it from sent" in one.says


def test_the_way_without_a_day_is_named() -> None:
    (told,) = found(
        "PA216", stages({"answer": {**ANSWER, "counted_from": "note"}, "steps": [TALK, NOTE]})
    )
    assert told.says.startswith("where “Talk” ends in “not agreed”, nothing of 'note' comes")
    assert "write a step for the other way and {earlier_of: [note, ITS-ID]}" in told.says
    (told,) = found(
        "PA216", stages({"answer": {**ANSWER, "counted_from": "visit"}, "steps": [ASKED]})
    )
    assert told.says.startswith("where “Visit” is not needed, nothing of 'visit' comes")


def test_a_result_may_be_called_as_the_answer_to_a_question() -> None:
    need = {**TALK, "id": "need", "outcomes": ["needed", "not needed"]}
    steps = [
        need,
        {**MEETING, "id": "gathering", "if": "need.needed"},
        {**MEETING, "id": "without", "if": "need.not needed"},
    ]
    start = {"earlier_of": ["gathering", "without"]}
    stage = {"answer": {**ANSWER, **FIVE, "counted_from": start}, "steps": steps}
    assert found("PA216", stages(stage)) == []


def test_a_later_stage_cannot_rest_on_one_branch_of_an_earlier_one() -> None:
    first = {"answer": ANSWER, "steps": [TALK, NOTE]}
    for event, is_told in (
        ("note", True),
        ("talk", False),
        ("sent", False),
        ("escalated", False),
        ("held", True),
    ):
        second = {"answer": {**ANSWER, "counted_from": f"stage-1.{event}"}}
        assert bool(found("PA216", stages(first, second))) is is_told


@pytest.mark.parametrize(
    ("event", "is_told"),
    [("note", True), ("visit", True), ("call", True), ("talk", False), ("sent", False)],
)
def test_a_time_limit_cannot_rest_on_one_branch(event: str, *, is_told: bool) -> None:
    cap = {"within": "20 working days", "counted_from": f"stage-1.{event}"}
    told = found("PA216", stages({"answer": ANSWER, "steps": STEPS}, cap=cap))
    assert bool(told) is is_told
    assert all("so the time limit gives no day" in one.says for one in told)


def test_a_ground_for_a_case_type_that_does_not_come_there_is_told_of() -> None:
    for case, is_told in (("child_protection", True), ("looked_after", False)):
        ground = {"id": "plan", "title": "Plan", "cases": [case]}
        assert bool(found("PA310", stages({"criteria": [ground]}))) is is_told


def test_without_an_answer_a_step_cannot_wait_for_the_review_that_waits_for_it() -> None:
    after = {"id": "after", "what": "After", "by": "manager", "counted_from": "judged", **FIVE}
    assert found("PA216", stages({"steps": [TALK, after]}))
    assert not found("PA216", stages({"answer": ANSWER, "steps": [TALK, after]}))


# ------------------------------------------------------------------------- the ways, and their length


def test_the_ways_through_a_stage_are_those_that_results_and_questions_leave() -> None:
    (stage,) = stages({"steps": STEPS}).stages
    ways = {tuple(step.id for step in one.steps) for one in branches(stage)}
    taken = {("talk", one, *more) for one in ("note", "meeting") for more in _some()}
    assert ways == taken
    assert len(branches(stages({"answer": ANSWER}).stages[0])) == 1


def _some() -> list[tuple[str, ...]]:
    return [(), ("visit",), ("call",), ("visit", "call")]


LONG = {**MEETING, "within": "18 working days", "counted_from": "talk"}


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([TALK, NOTE], None),
        (
            [TALK, NOTE, LONG],
            "takes 23 working days where “Talk” ends in “not agreed” at Stage 1, the time limit allows 20; 5 without",
        ),
        (
            [TALK, {**ASKED, "within": "25 working days"}],
            "takes 25 working days where “Visit” is needed at Stage 1, the time limit allows 20; 5 without",
        ),
    ],
)
def test_a_branch_longer_than_the_time_limit_is_found_and_named(
    steps: list[dict[str, Any]], says: str | None
) -> None:
    ladder = stages({"answer": ANSWER, "steps": steps}, cap={"within": "20 working days"})
    told = found("PA201", ladder)
    assert bool(told) is (says is not None)
    for one in told:
        assert says is not None
        assert says in one.says


def test_ladder_and_guide_name_the_steps_that_dates_leave_out() -> None:
    ladder = stages({"answer": ANSWER, "steps": [TALK, LONG]}, cap={"within": "20 working days"})
    said = "Dates and days to spare leave out what takes place only by a result or a question: “Meeting” (Stage 1)."
    assert left_out_in_words(ladder.stages) == said
    lines = forecast_words.days_to_spare(forecast(ladder, date(2025, 3, 3), None, CALENDAR_2025))
    assert said in lines
    assert left_out_in_words(stages({"answer": ANSWER, "steps": [TALK]}).stages) == ""


UNSTATED = {"from": "manager", "within": "5 days (unit not stated)"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10 calendar days", "10 calendar days"),
        ("1 calendar day", "1 calendar day"),
        ("aim 7 calendar days", "aim 7 calendar days"),
        ("10 working days", "10 working days"),
        ("5 days (unit not stated)", "5 days (unit not stated)"),
        ("2 weeks", "2 weeks"),
    ],
)
def test_the_ladder_says_which_days_are_meant(written: str, said: str) -> None:
    ladder = stages({"answer": {"from": "manager", "within": written}})
    (one,) = forecast(ladder, date(2025, 3, 3), None, CALENDAR_2025).stages
    assert forecast_words.row(one, ladder)[1] == said


def test_ladder_and_app_say_both_days_where_the_text_does_not_say_which_are_meant() -> None:
    steps = [{"id": "talk", "what": "Talk", "by": "manager", "within": UNSTATED["within"]}]
    ladder = stages({"answer": UNSTATED, "steps": steps})
    (one,) = (ahead := forecast(ladder, date(2025, 3, 3), None, CALENDAR_2025)).stages
    both = "Sat 8 Mar 2025, or Mon 10 Mar 2025 in working days"
    row = forecast_words.row(one, ladder)
    assert both in row
    assert "which days is not said: worked to the earlier" in row[-1]
    assert both in forecast_words.steps(ahead, ladder)[0]
    said = "the answer is due Saturday 8 March 2025, or Monday 10 March 2025 if working days are meant."
    assert forecast_words.if_sent(one, ladder) == said


RECEIPT = {"id": "receipt", "what": "Receipt", "by": "manager", "within": "1 working day"}
ON_ITS_LAST_DAY = "if the receipt takes place on its last day"
NOT_YET = "no day yet for the answer: 4 working days, once the receipt has taken place"
FORECASTS = [  # what the answer is counted from; what stands of the stage; what is said of sending it now
    ("sent", "", "the answer is due Friday 7 March 2025."),
    (
        "receipt",
        ON_ITS_LAST_DAY,
        f"{NOT_YET}. I{ON_ITS_LAST_DAY[1:]}, the answer is due Monday 10 March 2025.",
    ),
    ({"earlier_of": ["receipt", "sent"]}, "", "the answer is due Friday 7 March 2025."),
    (
        "visit",
        "no date before “Visit”",
        "no day yet for the answer: 4 working days, once the visit has taken place.",
    ),
]


@pytest.mark.parametrize(("start", "noted", "said"), FORECASTS)
def test_a_day_that_rests_on_a_step_says_so_and_one_that_rests_on_none_is_not_made_up(
    start: Any, noted: str, said: str
) -> None:
    answer = {"from": "manager", "within": "4 working days", "counted_from": start}
    ladder = stages({"answer": answer, "steps": [RECEIPT, ASKED]})
    (one,) = forecast(ladder, date(2025, 3, 3), None, CALENDAR_2025).stages
    assert forecast_words.row(one, ladder)[-1].removeprefix("informal, ") == noted
    assert forecast_words.if_sent(one, ladder) == said
    taken = {"stage-1.receipt": date(2025, 3, 3)}
    running = Running(tuple(ladder.stages[0].steps[1:]))
    (one,) = forecast(
        ladder, date(2025, 3, 3), None, CALENDAR_2025, happened=taken, running=running
    ).stages
    assert ON_ITS_LAST_DAY not in forecast_words.row(one, ladder)[-1]


# ----------------------------------------------------------------------------- words after `if`

WRITTEN = [
    ("talk.agreed", "", ""),
    ("talk.Not  agreed", "", ""),
    ("tlak.not agreed", "PA306", "did you mean talk.not agreed?"),
    ("tlak.agreed", "PA306", "did you mean talk.agreed?"),
    ("talk not agreed", "PA306", "did you mean talk.not agreed?"),
    ("talk is not agreed", "PA306", "did you mean talk.not agreed?"),
    ("not agreed", "PA306", "did you mean talk.not agreed?"),
    ("Not agreed", "PA306", "did you mean talk.not agreed?"),
    ("talk: agreed", "PA306", "did you mean talk.agreed?"),
    ("talk.not agred", "PA306", "did you mean not agreed?"),
    ("other.refused", "PA306", "for a condition on which people decide write words"),
    ("the child is moved", "PA308", "awaited of nobody"),
    ("something else, e.g. an illness", "PA308", "awaited of nobody"),
]


@pytest.mark.parametrize(("written", "rule", "says"), WRITTEN)
def test_what_looks_like_a_step_and_its_result_is_one_or_is_refused(
    written: str, rule: str, says: str
) -> None:
    steps = [TALK, {"id": "own", "what": "Own", "by": "manager", "if": written}]
    told = [one for each in ("PA306", "PA308") for one in found(each, stages({"steps": steps}))]
    assert [one.rule for one in told] == ([rule] if rule else [])
    assert all(says in one.says for one in told)


# ------------------------------------------------------- clocks that stand beside the stages

CLOCKS = [
    "10 working days",
    "at most 10 working days",
    "aim 10 working days",
    "72 hours",
    "2 weeks",
    "10 days",
    "10 days (unit not stated)",
    "5 working days before",
    "immediately",
    "by agreement",
    "not stated",
]
REFUSED = {
    "hold": {"aim 10 working days", "10 days", "5 working days before", "immediately"},
    "cap": {"10 days", "5 working days before"},
    "consult": {"10 days", "5 working days before"},
    "overrides": {"10 days", "5 working days before"},
}


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("place", REFUSED)
def test_each_clock_beside_the_stages_is_one_that_can_act_there(place: str, clock: str) -> None:
    stage: dict[str, Any] = {"answer": ANSWER}
    ladder: dict[str, Any] = {}
    more: dict[str, Any] = {}
    if place == "hold":
        ladder["hold"] = {"until": clock}
    elif place == "cap":
        ladder["cap"] = {"within": clock}
    elif place == "consult":
        stage["consult"] = {"with": "manager", "within": clock}
    else:
        told = {"events": ["a death"], "tell": "manager", "by": "whoever knows"}
        more["overrides"] = {**told, "within": {"within": clock}}
    made: Ladder = stages(stage, **ladder)
    told_of = [one for rule in ("PA209", "PA219") for one in found(rule, made, **more)]
    assert bool(told_of) is (clock in REFUSED[place])


@pytest.mark.parametrize("usual", ["20 working days", "aim 20 working days"])
@pytest.mark.parametrize("longer", ["30 working days", "aim 30 working days"])
def test_the_exceptional_time_limit_is_of_the_kind_of_the_usual_one(
    usual: str, longer: str
) -> None:
    told = found("PA219", stages({"answer": ANSWER}, cap={"within": usual, "exceptional": longer}))
    assert bool(told) is (("aim" in usual) != ("aim" in longer))


# ------------------------------------------------------------------------------- standing in

RINGS = [
    ({"one": "two", "two": "one"}, 1),
    ({"one": "two", "two": "three", "three": "one"}, 1),
    ({"one": "two", "two": "three"}, 0),
    ({"one": "two", "two": "three", "three": "two"}, 1),
    ({"one": "one"}, 1),
]


@pytest.mark.parametrize(("stands_in", "rings"), RINGS)
def test_posts_that_stand_in_for_one_another_in_a_ring_are_told_once(
    stands_in: dict[str, str], rings: int
) -> None:
    iro = {"title": "Officer", "in_iro_service": True}
    roles: dict[str, Any] = {"iro": iro, "manager": {"title": "Team Manager"}}
    for name in ("one", "two", "three"):
        other = {"stands_in": stands_in[name]} if name in stands_in else {}
        roles[name] = {"title": name.capitalize(), **other}
    assert len(found("PA410", roles=roles)) == rings


# --------------------------------------------------------------- what is kept, and who raises

KEPT: list[tuple[dict[str, Any], set[str]]] = [
    ({"raised_by": {"looked_after": "iro"}}, set()),
    ({"raised_by": {"child_in_need": "iro"}}, {"raised_by.child_in_need"}),
    ({"raised_by": {"child_in_need": "iro"}, "keep": {"child_in_need": "for good"}}, set()),
    (
        {"raised_by": {"carer": "iro"}, "case_types": {"carer": {"title": "a carer"}}},
        {"case_types.carer"},
    ),
    (
        {
            "raised_by": {"carer": "iro"},
            "case_types": {"carer": {"title": "a carer", "keep": "6 years after closing"}},
        },
        set(),
    ),
]


@pytest.mark.parametrize(("changes", "where"), KEPT)
def test_each_case_type_says_how_long_its_records_are_kept_or_is_told_of(
    changes: dict[str, Any], where: set[str]
) -> None:
    assert {one.where for one in found("PA706", **changes)} == where


def test_what_is_about_nobody_is_kept_until_no_birthday() -> None:
    for about, is_told in (("nobody", True), ("adult", False), ("child", False)):
        one = {"title": "the service", "about": about, "keep": "until their 25th birthday"}
        told = found("PA705", raised_by={"service": "iro"}, case_types={"service": one})
        assert bool(told) is is_told


def test_a_question_for_a_case_type_that_is_not_raised_on_its_form_is_told_of() -> None:
    for case, is_told in (("child_protection", True), ("looked_after", False)):
        field = {"id": "why", "label": "Why", "type": "text", "cases": [case]}
        form = Form.model_validate({"title": "C", "sections": [{"title": "S", "fields": [field]}]})
        subject = Subject(
            "sampleford", procedure_of(), day("Mon 2025-06-02"), forms={"concern": form}
        )
        assert any(one.rule == "PA509" for one in check(subject)) is is_told


def test_a_case_type_that_nobody_raises_is_told_of() -> None:
    types = {"carer": {"title": "a carer", "keep": "for good"}}
    (told,) = found("PA309", case_types=types)
    assert told.says == "nobody raises alerts for a carer: name who does under raised_by"


def test_an_empty_file_of_worked_cases_is_not_said_to_be_missing() -> None:
    rooms = frozenset({"forms", "templates", "pages"})
    subject = Subject("sampleford", procedure_of(), day("Mon 2025-06-02"), rooms=rooms)
    assert "not found: the worked cases" in _only(subject).says
    empty = Subject(
        *("sampleford", procedure_of(), day("Mon 2025-06-02")),
        rooms=rooms,
        texts={"examples.yml": "# to come\n"},
    )
    assert _only(empty).says.startswith(
        "examples.yml holds no worked case yet; practice-alerts example"
    )


def _only(subject: Subject) -> Finding:
    (one,) = (each for each in check(subject) if each.rule == "PA904")
    return one
