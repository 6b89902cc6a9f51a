"""Every kind of clock for everything that is timed: its day, how it is called, whether anybody can be late, and since when."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import pytest

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import Happened, Person, Raised, Sent
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.deadlines.stage_clocks import (
    ClockKind,
    StageClock,
    Times,
    anchors_of,
    kind_of,
    stage_clock,
    start_of,
)
from practice_alerts.domain.guide.parts.stage_times import times
from practice_alerts.domain.procedure.clock import parse_clock
from practice_alerts.domain.procedure.ladder import Ladder, Settle, Stage, Timed
from practice_alerts.domain.procedure.procedure import Duty
from practice_alerts.domain.standing import waiting_words
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.standing.status import Where, where
from practice_alerts.domain.wording.clock_lines import clock_lines
from practice_alerts.domain.wording.definitions import clock_in_words
from practice_alerts.domain.wording.forecast_words import row, time_limit
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment

SENT = moment("Mon 2025-06-02 09:00")
LONG_AFTER = moment("Fri 2025-08-29 09:00")
FRIDAY = "Friday 6 June 2025"


@dataclass(frozen=True)
class Kind:
    """One way of writing a clock; `day` is that of four working days from sending."""

    written: str
    kind: ClockKind
    day: date | None = None
    binding: bool = False

    @property
    def counts(self) -> bool:
        return self.day is not None


KINDS = {
    "deadline": Kind("4 working days", ClockKind.DEADLINE, day("Fri 2025-06-06"), binding=True),
    "maximum": Kind(
        "at most 4 working days", ClockKind.MAXIMUM, day("Fri 2025-06-06"), binding=True
    ),
    "aim": Kind("aim 4 working days", ClockKind.AIM, day("Fri 2025-06-06")),
    "agreed": Kind("by agreement", ClockKind.AGREED),
    "at once": Kind("immediately", ClockKind.AT_ONCE),
    "not stated": Kind("not stated", ClockKind.NOT_STATED),
}

WHAT = {"answer": Times.ANSWER, "settle": Times.SETTLE, "step": Times.STEP}
LATE = {
    "answer": Standing.NO_ANSWER,
    "settle": Standing.NOT_PUT_RIGHT,
    "step": Standing.STEP_LATE,
}
STARTS = (
    "sent",
    "answered",
    "judged",
    "held",
    "raised",
    "talk",
    "stage-0.escalated",
    "stage-0.talk",
)


def ladder_of(what: str, written: str, start: str = "sent", cap: Any = "not stated") -> Ladder:
    """A stage in which one thing is timed, before it another with a talk of its own."""
    talk = {"id": "talk", "what": "Talk", "by": "manager"}
    clock = {"within": written, "counted_from": start}
    timed: dict[str, Any] = {"steps": [talk]}
    if what == "step":
        timed["steps"] = [talk, {"id": "meeting", "what": "Meeting", "by": "manager", **clock}]
    elif what:
        timed[what] = clock
    if what == "settle":
        timed["answer"] = {"from": "manager"}
    before = {"id": "stage-0", "label": "Stage 0", "formal": False, "steps": [talk]}
    stages = [before, {"id": "stage-1", "label": "Stage 1", **timed}]
    return Ladder.model_validate({"cap": cap, "stages": stages})


def timed_of(stage: Stage, what: str) -> Timed:
    found = {"answer": stage.answer, "settle": stage.settle, "step": stage.steps[-1]}[what]
    assert found is not None
    return found


def clock_of(what: str, kind: str, start: str = "sent", **happened: str) -> StageClock:
    stage = ladder_of(what, KINDS[kind].written, start).stage("stage-1")
    known = {"stage-1.sent": SENT, **{name: moment(at) for name, at in happened.items()}}
    return stage_clock(timed_of(stage, what), stage, known, CALENDAR_2025)


CELLS = list(product(WHAT, KINDS))


@pytest.mark.parametrize(("what", "kind"), CELLS)
def test_each_clock_has_its_kind_its_day_and_its_start(what: str, kind: str) -> None:
    clock, wish = clock_of(what, kind), KINDS[kind]
    assert (clock.times, clock.kind, clock.day) == (WHAT[what], wish.kind, wish.day)
    assert clock.counted_from == ("stage-1.sent",)
    assert clock.start == SENT
    assert clock.is_binding is wish.binding
    assert not clock.waits_for_start


@pytest.mark.parametrize(("what", "kind"), CELLS)
def test_a_deadline_and_a_maximum_are_late_the_day_after_and_nothing_else_ever_is(
    what: str, kind: str
) -> None:
    clock = clock_of(what, kind)
    assert not clock.is_late(moment("Fri 2025-06-06 23:59"))
    assert clock.is_late(moment("Sat 2025-06-07 00:01")) is KINDS[kind].binding
    assert clock.is_late(LONG_AFTER) is KINDS[kind].binding


WORDS = {
    ("answer", True): (f"waiting for Team Manager, due {FRIDAY}", f"the answer is due {FRIDAY}"),
    ("answer", False): (
        f"waiting for Team Manager; the aim is {FRIDAY}",
        f"the aim of the answer is {FRIDAY}",
    ),
    ("settle", True): (
        f"with Team Manager, to be put right by {FRIDAY}",
        f"to be put right by {FRIDAY}",
    ),
    ("settle", False): (
        f"with Team Manager, with the aim to put it right by {FRIDAY}",
        f"the aim is to put it right by {FRIDAY}",
    ),
    ("step", True): (f"next: meeting, by {FRIDAY}", f"next: meeting, by {FRIDAY}"),
    ("step", False): (
        f"next: meeting, as an aim by {FRIDAY}",
        f"next: meeting, as an aim by {FRIDAY}",
    ),
}
HEADS = {
    ("answer", True): "Answer due",
    ("answer", False): "Answer, as an aim,",
    ("settle", True): "To be put right by",
    ("settle", False): "Aim: to be put right by",
    ("step", True): "Next step due",
    ("step", False): "Next step, as an aim,",
}


@pytest.mark.parametrize(("what", "kind"), [cell for cell in CELLS if KINDS[cell[1]].counts])
def test_a_day_is_called_what_it_is(what: str, kind: str) -> None:
    clock, binds = clock_of(what, kind), KINDS[kind].binding
    said = (waiting_words.with_day(clock, "Team Manager"), waiting_words.beside(clock))
    assert said == WORDS[what, binds]
    assert clock.head == HEADS[what, binds]


NO_DAY = {
    "agreed": "Its day is by agreement, and none is agreed yet.",
    "at once": "The procedure asks for it at once.",
    "not stated": "The procedure sets no time for it.",
}


@pytest.mark.parametrize(("what", "kind"), [cell for cell in CELLS if not KINDS[cell[1]].counts])
def test_what_has_no_day_says_why(what: str, kind: str) -> None:
    ladder = ladder_of(what, KINDS[kind].written)
    assert waiting_words.no_day(clock_of(what, kind), ladder) == NO_DAY[kind]


ONCE = {
    "sent": "once it is sent",
    "answered": "once an answer has come",
    "judged": "once the response is reviewed",
    "held": "once a hold is agreed",
    "raised": "once it is raised",
    "talk": "once the talk has taken place",
    "stage-0.escalated": "once it has gone on at Stage 0",
    "stage-0.talk": "once the talk has taken place at Stage 0",
}


@pytest.mark.parametrize(("what", "start"), [*product(WHAT, STARTS)])
def test_a_clock_runs_from_its_own_event_and_waits_for_it_in_words(what: str, start: str) -> None:
    ladder = ladder_of(what, "4 working days", start)
    stage = ladder.stage("stage-1")
    timed = timed_of(stage, what)
    (name,) = anchors_of(timed, stage)
    assert name == (start if "." in start or start == "raised" else f"stage-1.{start}")
    waiting = stage_clock(timed, stage, {}, CALENDAR_2025)
    assert (waiting.day, waiting.waits_for_start, waiting.is_late(LONG_AFTER)) == (
        None,
        True,
        False,
    )
    assert waiting_words.from_when(waiting, ladder) == f"4 working days, {ONCE[start]}"
    thursday = moment("Thu 2025-06-05 16:00")
    running = stage_clock(timed, stage, {name: thursday}, CALENDAR_2025)
    assert (running.start, running.day) == (thursday, day("Wed 2025-06-11"))
    assert start_of(timed, stage, {name: thursday, "stage-1.other": SENT}) == thursday


@pytest.mark.parametrize("what", WHAT)
def test_hours_run_over_the_weekend_and_days_do_not(what: str) -> None:
    stage = ladder_of(what, "72 hours").stage("stage-1")
    friday = {"stage-1.sent": moment("Fri 2025-06-06 16:45")}
    clock = stage_clock(timed_of(stage, what), stage, friday, CALENDAR_2025)
    assert clock.day == day("Mon 2025-06-09")
    assert not clock.is_late(moment("Mon 2025-06-09 16:45"))
    assert clock.is_late(moment("Mon 2025-06-09 16:46"))


def test_a_day_set_by_people_stands_for_the_clock_of_an_answer_alone() -> None:
    stage = ladder_of("settle", "4 working days").stage("stage-1")
    known, agreed = {"stage-1.sent": SENT}, day("Fri 2025-06-20")
    assert stage.answer is not None
    answer = stage_clock(stage.answer, stage, known, CALENDAR_2025, agreed)
    assert (answer.kind, answer.day, answer.is_late(LONG_AFTER)) == (ClockKind.AGREED, agreed, True)
    assert stage.settle is not None
    settle = stage_clock(stage.settle, stage, known, CALENDAR_2025, agreed)
    assert (settle.kind, settle.day) == (ClockKind.DEADLINE, day("Fri 2025-06-06"))
    own = stage_clock(Settle(), stage, known, CALENDAR_2025, agreed)
    assert (own.kind, own.day, own.is_late(LONG_AFTER)) == (ClockKind.AGREED, agreed, False)


# -- while an alert stands at the stage ---------------------------------------------------------------


def alert_at(stage: str = "stage-1") -> Alert:
    nobody = Person(id="nobody", name="Nobody")
    raised = Raised(
        council="sample", edition="", reference="SAM-2025-0001", alert_kind="concern",
        raised_as="looked_after", raiser=nobody, form="concern", answers={},
    )  # fmt: skip
    sent = Sent(stage=stage, asked=(nobody,), answers={})
    both = ((1, raised), (2, sent))
    return fold(Happened(number, SENT, "nobody", one.kind, one) for number, one in both)


def standing(ladder: Ladder, at: str) -> tuple[Where, Clocks]:
    clocks = running_clocks(alert_at(), ladder, CALENDAR_2025)
    return where(alert_at(), ladder, clocks, moment(at)), clocks


@pytest.mark.parametrize(("what", "kind"), CELLS)
def test_an_alert_stands_late_by_what_can_be_missed_and_waits_for_the_rest(
    what: str, kind: str
) -> None:
    ladder, row = ladder_of(what, KINDS[kind].written), KINDS[kind]
    stands, _ = standing(ladder, "Mon 2025-06-09 09:00")
    assert stands.standing is (LATE[what] if row.binding else Standing.WAITING)
    assert (FRIDAY in stands.sentence) is row.counts
    assert "overdue" not in stands.sentence
    assert not stands.time_limit_passed


@pytest.mark.parametrize("what", ["answer", "settle"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_ladder_prints_what_stands_in_place_of_an_amount(what: str, kind: str) -> None:
    ladder = ladder_of(what, KINDS[kind].written)
    found = forecast(ladder, SENT, "stage-1", CALENDAR_2025).stage("stage-1")
    assert row(found, ladder)[1] == KINDS[kind].written


# -- the total --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_total_has_its_day_its_words_and_is_passed_only_where_it_limits(kind: str) -> None:
    row = KINDS[kind]
    ladder = ladder_of("", "", cap={"within": row.written})
    assert ladder.cap is not None
    assert kind_of(ladder.cap.within) is row.kind
    stands, clocks = standing(ladder, "Mon 2025-06-09 09:00")
    limit, aim = clocks.time_limit, clocks.aim_for_whole
    assert (limit.by_day if limit else None) == (row.day if row.binding else None)
    assert (aim.by_day if aim else None) == (row.day if row.kind is ClockKind.AIM else None)
    assert stands.time_limit_passed is row.binding
    lines = dict(clock_lines(clocks, LONG_AFTER, CALENDAR_2025))
    assert ("Time limit" in lines) is row.binding
    assert ("Aim for the whole" in lines) is (row.kind is ClockKind.AIM)


TOTALS = {
    "deadline": f"Time limit: {FRIDAY} (4 working days over the formal stages; counted from: {{}}).",
    "maximum": f"Time limit: {FRIDAY} (at most 4 working days over the formal stages; counted from: {{}}).",
    "aim": f"Aim for the whole: {FRIDAY} (aim 4 working days over the formal stages; counted from: {{}}).",
    "agreed": "Time limit: by agreement over the formal stages; no date follows.",
    "at once": "Time limit: immediately over the formal stages; no date follows.",
    "not stated": "Time limit: not stated over the formal stages; no date follows.",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("first formal stage sent", "first formal stage sent"),
        ("raised", "raised"),
        ("stage-1.sent", "being sent at Stage 1"),
    ],
)
def test_a_total_says_from_what_it_is_counted(kind: str, start: str, said: str) -> None:
    ladder = ladder_of("", "", cap={"within": KINDS[kind].written, "counted_from": start})
    found = forecast(ladder, SENT, "stage-1", CALENDAR_2025)
    assert time_limit(ladder, found) == TOTALS[kind].format(said)


# -- a duty, and what the guide prints of all -----------------------------------------------------------

IN_GUIDE = {
    "deadline": "4 working days",
    "maximum": "at most 4 working days",
    "aim": "aim: 4 working days",
    "agreed": "by an agreed date",
    "at once": "immediately",
    "not stated": "no time stated",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_duty_has_its_kind_and_its_words_and_belongs_to_no_alert(kind: str) -> None:
    written = {"id": "papers", "what": "Papers", "counted_from": "the review"}
    duty = Duty.model_validate({**written, "within": KINDS[kind].written})
    assert kind_of(duty.within) is KINDS[kind].kind
    assert clock_in_words(duty.within) == IN_GUIDE[kind]


def test_only_a_duty_is_counted_back_and_its_day_comes_before() -> None:
    assert clock_in_words(parse_clock("5 working days before")) == "5 working days before"


STARTS_IN_GUIDE = {
    "sent": "being sent",
    "answered": "the answer",
    "judged": "the response being reviewed",
    "held": "a hold being agreed",
    "raised": "the alert being raised",
    "talk": "“Talk”",
    "stage-0.escalated": "its going on at Stage 0",
    "stage-0.talk": "“Talk” at Stage 0",
}


@pytest.mark.parametrize("start", STARTS)
def test_the_guide_says_in_words_from_what_a_clock_is_counted(start: str) -> None:
    ladder = ladder_of("answer", "4 working days", start)
    answer, *_ = times("main", ladder, ladder.stage("stage-1"))
    assert answer.start == STARTS_IN_GUIDE[start]


@pytest.mark.parametrize(("what", "kind"), CELLS)
def test_the_guide_prints_each_clock_as_it_is_meant(what: str, kind: str) -> None:
    ladder = ladder_of(what, KINDS[kind].written)
    whole = {"answer": "to answer", "settle": "to put it right", "step": "Meeting"}
    every = {one.what: one for one in times("main", ladder, ladder.stage("stage-1"))}
    printed = every[whole[what]]
    assert (clock_in_words(printed.clock), printed.start) == (IN_GUIDE[kind], "being sent")
