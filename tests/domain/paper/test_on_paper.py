"""What was sent on paper: which days can be, what is kept, and which clocks then run from when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import Escalated, Happened, Person, Raised, Sent
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, Times
from practice_alerts.domain.paper.on_paper import OnPaper, paper_lines
from practice_alerts.domain.paper.paper_form import PaperForm, due_id, entered_id
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import running_clocks, still_ahead
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council, ladder_of

NOW = moment("Mon 2025-06-16 09:00")
WITH_STEPS = ladder_of(
    *("2 working days", "3 working days", "4 working days"),
    time_limit="15 working days",
)
LADDERS: dict[str, tuple[Ladder, str]] = {
    "lambeth": (council("lambeth").procedure.ladders["resolution"], "stage-2"),
    "northamptonshire": (council("northamptonshire").procedure.ladders["resolution"], "level-2"),
    "made up": (WITH_STEPS, "stage-2"),
}


def form_at(name: str) -> PaperForm:
    ladder, stage = LADDERS[name]
    return PaperForm(ladder, ladder.stage(stage))


def given(form: PaperForm, **changes: Any) -> dict[str, Any]:
    """Raised on Monday 2 June, a stage further on Thursday 5 June, where it stands since Wednesday 11 June."""
    before = form.before[-1]
    days = {
        "paper_reference": "QA/2025/17",
        "paper_raised_on": "2025-06-02",
        entered_id(before): "2025-06-05",
        due_id(before): "2025-06-10",
        "paper_sent_on": "2025-06-11",
        "paper_way": "email",
        "paper_due": "2025-06-18",
        "paper_answers": [
            {"on": "2025-06-09", "who": "Team manager", "text": "A worker is sought."},
            {"on": "", "who": " ", "text": ""},
        ],
    }
    own = {entered_id(before): "entered", due_id(before): "due_then"}
    named = {name: changes.pop(word) for name, word in own.items() if word in changes}
    return {**days, **named, **{f"paper_{name}": said for name, said in changes.items()}}


def faults(form: PaperForm, **changes: Any) -> dict[str, str]:
    calendar = CALENDAR_2025
    return form.faults(given(form, **changes), NOW, calendar.first, calendar.last)


def entered(name: str, **changes: Any) -> tuple[Alert, Ladder]:
    """The alert as it stands once that was entered on Monday 16 June."""
    form = form_at(name)
    assert faults(form, **changes) == {}
    paper = form.kept(given(form, **changes), "Ines Okoro, IRO")
    return alert_of(paper, form.stage.id), form.ladder


def alert_of(paper: OnPaper, stage: str) -> Alert:
    raised = Raised(
        council="x",
        edition="e",
        reference="X-1",
        alert_kind="k",
        raised_as="looked_after",
        raiser=Person(id="iro", name="Ines Okoro"),
        form="f",
        answers={},
        entry_stage=stage,
        paper=paper,
    )
    sent = Sent(stage=stage, asked=(Person(id="m", name="M"),), answers={})
    return fold([Happened(1, NOW, "iro", "raised", raised), Happened(2, NOW, "iro", "sent", sent)])


@pytest.mark.parametrize("name", LADDERS)
def test_nothing_is_wrong_with_days_in_their_order(name: str) -> None:
    assert faults(form_at(name)) == {}
    assert faults(form_at(name), due="", due_then="", entered="", reference="") == {}


@pytest.mark.parametrize("name", LADDERS)
@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"raised_on": ""}, "paper_raised_on", "give a date"),
        ({"raised_on": "31/6/2025"}, "paper_raised_on", "there is no such day"),
        ({"raised_on": "2025-06-17"}, "paper_raised_on", "a day that has been"),
        ({"raised_on": "2024-12-31"}, "paper_raised_on", "from Wednesday 1 January 2025 on"),
        ({"raised_on": "2025-06-06"}, "entered", "it was raised on Friday 6 June 2025"),
        ({"entered": "2025-06-12"}, "paper_sent_on", "on Thursday 12 June 2025"),
        ({"sent_on": "2025-06-17"}, "paper_sent_on", "a day that has been"),
        ({"sent_on": "2025-06-04"}, "paper_sent_on", "on Thursday 5 June 2025"),
        ({"sent_on": ""}, "paper_sent_on", "give a date"),
        ({"way": "pigeon"}, "paper_way", "choose from the list"),
        ({"due": "2025-06-10"}, "paper_due", "it came there on Wednesday 11 June 2025"),
        ({"due": "2027-06-10"}, "paper_due", "days are known here up to"),
        ({"entered": ""}, "entered", "give the day, or take out"),
        (
            {"answers": [{"on": "2025-06-01", "who": "A", "text": "B"}]},
            *("paper_answers", "number 1. It was raised on Monday 2 June 2025"),
        ),
        (
            {"answers": [{"on": "2025-06-17", "who": "A", "text": "B"}]},
            *("paper_answers", "number 1. Choose today"),
        ),
        ({"answers": [{"on": "", "who": "A", "text": "B"}]}, "paper_answers", "give a date"),
    ],
)
def test_a_day_that_cannot_be_is_told_in_a_sentence_at_its_question(
    name: str, changes: dict[str, Any], field: str, says: str
) -> None:
    form = form_at(name)
    asked = entered_id(form.before[-1]) if field == "entered" else field
    found = faults(form, **changes)
    assert says in found[asked], found
    assert found[asked].endswith(".")
    assert next(iter(found)) == asked


@pytest.mark.parametrize("name", LADDERS)
def test_the_day_given_on_paper_holds_and_ours_stands_beside_it(name: str) -> None:
    alert, ladder = entered(name, due="2025-06-27")
    clocks = running_clocks(alert, ladder, CALENDAR_2025)
    answer = clocks.of(Times.ANSWER)
    assert answer is not None
    assert answer.day == clocks.answer_due == day("Fri 2025-06-27")
    assert answer.reckoned == answer.due.by if answer.due else None
    assert answer.kind is ClockKind.DEADLINE
    assert not answer.is_late(moment("Fri 2025-06-27 23:59"))
    assert answer.is_late(moment("Sat 2025-06-28 00:00"))
    assert answer.start == moment("Wed 2025-06-11 00:00")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("lambeth", "Tue 2025-06-17"),
        ("northamptonshire", "Wed 2025-06-18"),
        ("made up", "Mon 2025-06-16"),
    ],
)
def test_without_a_day_the_clock_runs_from_the_day_it_was_sent(name: str, ours: str) -> None:
    alert, ladder = entered(name, due="")
    answer = running_clocks(alert, ladder, CALENDAR_2025).of(Times.ANSWER)
    assert answer is not None
    assert (answer.day, answer.reckoned) == (day(ours), None)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        # 20 working days from the first formal stage, entered on Thursday 5 June.
        ("lambeth", "Thu 2025-07-03"),
        ("northamptonshire", "Thu 2025-07-03"),
        ("made up", "Thu 2025-06-26"),
    ],
)
def test_the_time_limit_runs_from_the_day_that_is_stated(name: str, limit: str) -> None:
    alert, ladder = entered(name)
    clocks = running_clocks(alert, ladder, CALENDAR_2025)
    assert clocks.time_limit is not None
    assert clocks.time_limit.by_day == day(limit)
    assert clocks.escalate_by is not None
    ahead = still_ahead(alert, ladder, CALENDAR_2025)
    assert ahead is not None
    assert ahead.time_limit == clocks.time_limit
    following = ahead.stages[1]
    assert following.sent_on == day("Wed 2025-06-18")


@pytest.mark.parametrize("name", LADDERS)
def test_a_day_gone_by_then_is_late_at_once(name: str) -> None:
    alert, ladder = entered(name, due="2025-06-13")
    assert running_clocks(alert, ladder, CALENDAR_2025).answer_is_late(NOW)


def test_an_aim_given_on_paper_stays_an_aim() -> None:
    ladder = ladder_of("aim 5 working days", "aim 5 working days")
    form = PaperForm(ladder, ladder.stage("stage-2"))
    alert = alert_of(form.kept(given(form, due="2025-06-13"), "Ines Okoro"), "stage-2")
    clocks = running_clocks(alert, ladder, CALENDAR_2025)
    assert clocks.waits_for_answer_aim
    assert not clocks.late(NOW)


def test_where_a_clock_counts_hours_the_time_of_day_is_asked_and_counts() -> None:
    ladder = council("unnamed-2015").procedure.ladders["concern"]
    form = PaperForm(ladder, ladder.stages[0])
    days = {"paper_raised_on": "2025-06-13", "paper_sent_on": "2025-06-13", "paper_way": "paper"}
    calendar = CALENDAR_2025

    def wrong(at: str) -> dict[str, str]:
        return form.faults({**days, "paper_at": at}, NOW, calendar.first, calendar.last)

    assert "fill this in" in wrong("")["paper_at"]
    assert "14:30" in wrong("half past two")["paper_at"]
    assert wrong("9:15") == {}
    paper = form.kept({**days, "paper_at": "9:15"}, "Ines Okoro")
    assert paper.sent == datetime(2025, 6, 13, 9, 15, tzinfo=LONDON)
    clocks = running_clocks(alert_of(paper, ladder.stages[0].id), ladder, calendar)
    assert clocks.answer_until == moment("Mon 2025-06-16 09:15")
    today = {**days, "paper_raised_on": "2025-06-16", "paper_sent_on": "2025-06-16"}
    late = form.faults({**today, "paper_at": "09:30"}, NOW, calendar.first, calendar.last)
    assert "a time that has been" in late["paper_at"]


def test_what_is_kept_is_the_stages_where_it_was_and_the_answers_that_were_typed() -> None:
    alert, ladder = entered("lambeth")
    paper = alert.raised.paper
    assert paper is not None
    assert [(one.stage, one.due) for one in paper.earlier] == [("stage-1", day("Tue 2025-06-10"))]
    assert [one.who for one in paper.answers] == ["Team manager"]
    assert paper.is_taken_over
    assert alert.raised_at == moment("Mon 2025-06-02 00:00")
    assert [run.stage for run in alert.runs] == ["stage-2"]
    assert dict(paper_lines(paper, NOW, ladder)) == {
        "From paper": "Taken over from paper by Ines Okoro, IRO, on Monday 16 June 2025",
        "Its reference on paper": "QA/2025/17",
        "Raised on paper": "Monday 2 June 2025",
        "Stage One": "came there Thursday 5 June 2025; answer due Tuesday 10 June 2025, as given then",
        "Answer of Team manager, Monday 9 June 2025": "A worker is sought.",
        "Sent on": "Wednesday 11 June 2025: by e-mail",
        "Entered on": "Monday 16 June 2025",
        "Answer due, as given on paper": "Wednesday 18 June 2025",
    }


def test_at_the_first_stage_with_nothing_answered_it_was_entered_late() -> None:
    form = PaperForm(WITH_STEPS, WITH_STEPS.stages[0])
    days = {"paper_raised_on": "2025-06-11", "paper_sent_on": "2025-06-11", "paper_way": "paper"}
    paper = form.kept(days, "Ines Okoro")
    assert not paper.is_taken_over
    assert paper.mark(NOW) == "Sent on paper and entered late by Ines Okoro, on Monday 16 June 2025"
    alert = alert_of(paper, "stage-1")
    assert alert.raised_at == alert.runs[0].sent_at == moment("Wed 2025-06-11 00:00")


def test_the_stage_after_it_begins_here() -> None:
    alert, ladder = entered("lambeth", due="2025-06-13")
    later = moment("Tue 2025-06-17 10:00")
    person = Person(id="s", name="S")
    climbed = fold(
        [
            *alert.happened,
            Happened(
                3,
                later,
                "iro",
                "escalated",
                Escalated(stage="stage-2", to="stage-3", rationale="r"),
            ),
            Happened(4, later, "iro", "sent", Sent(stage="stage-3", asked=(person,), answers={})),
        ]
    )
    run = climbed.runs[-1]
    assert (run.sent_at, run.given_due, run.entered_at) == (later, None, None)
    answer = running_clocks(climbed, ladder, CALENDAR_2025).of(Times.ANSWER)
    assert answer is not None
    assert (answer.day, answer.as_given) == (day("Mon 2025-06-23"), False)
