"""What starts a clock: every event by every kind of stage, every branch, every way in, and the gate by its ladders."""

from typing import Any

import pytest

from practice_alerts.domain.checks import check
from practice_alerts.domain.checks.rule import Finding, Subject
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.anchors import RECORDED
from tests.helpers.days import day
from tests.helpers.files.real_councils import procedure_of

SPAN = {"from": "manager", "within": "5 working days"}
TALK = {"id": "talk", "what": "Talk", "outcomes": ["settled", "not settled"]}


def stages(*written: dict[str, Any], **more: Any) -> Ladder:
    numbered = [
        {"id": f"stage-{number}", "label": f"Stage {number}", **stage}
        for number, stage in enumerate(written, start=1)
    ]
    return Ladder.model_validate({"stages": numbered, **more})


def found(rule: str, ladder: Ladder | None = None, **changes: Any) -> list[Finding]:
    procedure = procedure_of(ladder, **changes)
    subject = Subject("sampleford", procedure, day("Mon 2025-06-02"))
    return [one for one in check(subject) if one.rule == rule]


# ------------------------------------------------------------------ events, by what the stage has

OTHER = {"id": "visit", "what": "Visit"}
STAGES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "an answer": {"answer": SPAN},
    "putting right": {"settle": {"within": "5 working days"}},
    "a step": {"steps": [TALK]},
}
NEVER = {("answered", name) for name in STAGES if name != "an answer"} | {("judged", "nothing")}
"""What cannot happen at which stage. Holds are offered unless `ours` says otherwise."""


@pytest.mark.parametrize("where", ["here", "at the next stage"])
@pytest.mark.parametrize("kind", STAGES)
@pytest.mark.parametrize("event", RECORDED)
def test_each_event_starts_a_clock_only_where_it_can_happen(
    event: str, kind: str, where: str
) -> None:
    if event == "escalated" and where == "here":
        return  # another clock's: what ends a stage starts nothing in it
    clock = {**OTHER, "within": "2 working days", "counted_from": event}
    stage = dict(STAGES[kind])
    if where == "here":
        stage["steps"] = [*stage.get("steps", []), clock]
        ladder = stages(stage)
    else:
        ladder = stages(stage, {"steps": [{**clock, "counted_from": f"stage-1.{event}"}]})
    is_never = (event, kind) in NEVER
    if where == "here" and event == "judged":
        is_never = False  # the step itself is there to be judged
    told = found("PA208", ladder)
    assert bool(told) is is_never
    if is_never:
        (one,) = told
        assert "give it an answer" in one.says


@pytest.mark.parametrize(
    ("name", "says"), [("meeting", "count from a step of it (talk)"), ("", "a step that you add")]
)
def test_a_stage_without_an_answer_says_from_what_to_count_instead(name: str, says: str) -> None:
    steps = {"steps": [TALK]} if name else {}
    settle = {"settle": {"within": "5 working days", "counted_from": "answered"}}
    (one,) = found("PA208", stages({**settle, **steps}))
    assert says in one.says


@pytest.mark.parametrize("clock", ["answered", {"earlier_of": ["sent", "answered"]}])
def test_one_event_of_several_is_judged_like_one_alone(clock: Any) -> None:
    assert found("PA208", stages({"settle": {"within": "1 week", "counted_from": clock}}))


@pytest.mark.parametrize(("step", "is_found"), [("withheld", False), ("held", True)])
def test_a_step_that_only_sounds_like_a_hold_is_a_step(step: str, *, is_found: bool) -> None:
    steps = [{"id": "withheld", "what": "Withheld"}]
    clock = {"answer": {**SPAN, "counted_from": step}, "steps": steps}
    assert bool(found("PA208", stages(clock), ours=[])) is is_found


# ----------------------------------------------------------------------------- steps, by branches

BRANCHES: list[tuple[list[dict[str, Any]], set[str]]] = [
    ([TALK, {**OTHER, "if": "talk.settled"}], set()),
    ([TALK, {**OTHER, "if": "visit.settled", "outcomes": ["settled"]}], {"visit"}),
    (
        [
            TALK,
            {"id": "one", "what": "One", "if": "talk.settled"},
            {**OTHER, "if": "talk.not settled", "counted_from": "one"},
        ],
        {"visit"},
    ),
    (
        [
            TALK,
            {"id": "one", "what": "One", "if": "talk.settled"},
            {**OTHER, "if": "talk.not settled", "counted_from": {"earlier_of": ["one", "talk"]}},
        ],
        set(),
    ),
    (
        [
            TALK,
            {"id": "one", "what": "One", "if": "talk.settled", "outcomes": ["yes"]},
            {"id": "two", "what": "Two", "if": "one.yes"},
            {**OTHER, "if": "talk.not settled", "counted_from": "two"},
        ],
        {"visit"},
    ),
    (
        [
            TALK,
            {"id": "one", "what": "One", "if": "talk.settled", "outcomes": ["yes"]},
            {**OTHER, "if": "one.yes", "counted_from": "talk"},
        ],
        set(),
    ),
    ([TALK, {**OTHER, "if": "the child is moved"}], set()),
]


@pytest.mark.parametrize(("steps", "never"), BRANCHES)
def test_a_step_that_no_branch_reaches_is_found_and_so_is_a_clock_counted_from_it(
    steps: list[dict[str, Any]], never: set[str]
) -> None:
    at = {
        f"ladders.main.stages[0].steps[{n}].if" for n, one in enumerate(steps) if one["id"] in never
    }
    assert {one.where for one in found("PA306", stages({"steps": steps}))} == at
    for event in ("visit", "stage-1.visit"):
        clock = {**SPAN, "counted_from": event}
        ladder = (
            stages({"steps": steps, "answer": clock})
            if event == "visit"
            else stages({"steps": steps}, {"answer": clock})
        )
        told = found("PA208", ladder)
        assert ["no branch reaches 'visit'" in one.says for one in told] == [True] * bool(never)
    cap = {"within": "20 working days", "counted_from": "stage-1.visit"}
    assert bool(found("PA208", stages({"steps": steps}, cap=cap))) is bool(never)


# -------------------------------------------------------------------- where an alert may begin

CLOSED = {"any_stage": False}
DIRECT = {"entry": {"direct": True}}
GATE = {"question": "Urgent?", "yes": {"then": "stage-2"}, "no": {"then": "stage-1"}}

WAYS_IN: list[tuple[str, dict[str, Any], dict[str, Any], Any, bool]] = [
    # what starts the clock of Stage 2, its entry, the ladder's, the gate, is it told
    ("stage-1.answered", {}, {}, None, True),
    ("stage-1.judged", {}, {}, None, True),
    ("stage-1.held", {}, {}, None, True),
    ("stage-1.sent", {}, {}, None, True),
    ("stage-1.talk", {}, {}, None, True),
    ("stage-1.escalated", {}, {}, None, False),
    ("sent", {}, {}, None, False),
    ("raised", {}, {}, None, False),
    ("stage-1.answered", {}, CLOSED, None, False),
    ("stage-1.answered", DIRECT, CLOSED, None, True),
    ("stage-1.answered", {}, CLOSED, GATE, True),
    ("stage-1.escalated", DIRECT, CLOSED, GATE, False),
]


@pytest.mark.parametrize(("event", "stage", "entry", "gate", "is_told"), WAYS_IN)
def test_a_clock_that_gives_no_day_where_an_alert_begins_is_noted_with_what_would(
    event: str, stage: dict[str, Any], entry: dict[str, Any], gate: Any, *, is_told: bool
) -> None:
    first = {"answer": SPAN, "steps": [TALK]}
    second = {**stage, "answer": {**SPAN, "counted_from": event}}
    ladder = stages(first, second, entry={"any_stage": True, **entry})
    told = found("PA215", ladder, **({"gate": gate} if gate else {}))
    assert bool(told) is is_told
    if is_told:
        (one,) = told
        assert "begins at Stage 2" in one.says
        assert f"{{earlier_of: [{event}, sent]}}" in one.says
        assert one.severity == "note"


def test_the_earlier_of_two_is_noted_only_where_neither_happens() -> None:
    first = {"answer": SPAN, "steps": [TALK]}
    for other, is_told in (("sent", False), ("stage-1.talk", True)):
        start = {"earlier_of": ["stage-1.answered", other]}
        told = found("PA215", stages(first, {"answer": {**SPAN, "counted_from": start}}))
        assert bool(told) is is_told


@pytest.mark.parametrize(
    ("start", "is_told"),
    [("stage-1.sent", True), ("stage-1.talk", True), ("stage-2.sent", False), ("raised", False)],
)
def test_a_total_without_a_day_where_an_alert_begins_is_noted(start: str, *, is_told: bool) -> None:
    cap = {"within": "20 working days", "counted_from": start}
    ladder = stages({"answer": SPAN, "steps": [TALK]}, {"answer": SPAN}, cap=cap)
    told = found("PA215", ladder)
    assert bool(told) is is_told
    assert all("begins at Stage 2" in one.says for one in told)


# ----------------------------------------------------------------------- the gate, by its ladders

LADDERS = {
    "main": {"stages": [{"id": "talk", "label": "Talk"}, {"id": "top", "label": "Top"}]},
    "back": {"stages": [{"id": "talk", "label": "Talk"}, {"id": "lead", "label": "Lead"}]},
    "unused": {"stages": [{"id": "other", "label": "Other"}]},
}
KINDS = {
    "concern": {"title": "Concern", "ladder": "main"},
    "return": {"title": "Return", "ladder": "back"},
    "police": {"title": "To the police", "ladder": "partners"},
}
POLICE = {"police": {"title": "Police", "stages": [{"id": "desk", "label": "Desk"}]}}


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize(
    ("then", "says"),
    [
        ("any stage", None),
        ("talk", None),
        ("top", "is no stage of the ladder back:"),
        ("lead", "is no stage of the ladder main:"),
        ("other", "is no stage:"),
        ("desk", "is no stage:"),
        ("nowhere", "is no stage:"),
    ],
)
def test_a_gate_leads_to_a_stage_of_each_ladder_that_it_stands_before(
    answer: str, then: str, says: str | None
) -> None:
    gate = {"question": "Urgent?", **{one: {"then": "any stage"} for one in ("yes", "no")}}
    gate[answer] = {"then": then}
    rule = "PA307" if says and "ladder" in says else "PA305"
    told = found(rule, None, ladders=LADDERS, kinds=KINDS, partners=POLICE, gate=gate)
    assert len(told) == (says is not None)
    for one in told:
        assert says is not None
        assert says in one.says
        assert one.where == f"gate.{answer}.then"
