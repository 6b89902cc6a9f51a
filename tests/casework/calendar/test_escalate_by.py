"""The day to escalate by says why it is that day, and when it can be kept no more; a day that was met steps back."""

from dataclasses import replace
from datetime import timedelta

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.wording.clock_lines import ESCALATE_BY, clock_lines, why_escalate_by
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk


def lines_of(desk: Desk, found: Known, *, is_answered: bool = False) -> dict[str, str]:
    clocks = desk.see("iro", found).clocks
    calendar = desk.office.calendar("lambeth")
    return dict(clock_lines(clocks, desk.office.now(), calendar, is_answered=is_answered))


def test_it_says_why_and_once_it_has_passed_that_it_has(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    said = lines_of(desk, found)[ESCALATE_BY]
    assert said == "Friday 6 June 2025"
    limit = desk.see("iro", found).clocks.time_limit
    assert limit is not None
    assert found.ladder is not None
    first, *stages = why_escalate_by(found.ladder, "stage-1", limit)
    assert first.startswith("Counted back from the time limit, Monday 30 June 2025")
    assert [one.partition(":")[0] for one in stages] == [
        *("Stage Two", "Stage Three", "Stage Four", "Stage Five")
    ]
    for weekend in (
        "Sat 2025-06-07",
        "Sun 2025-06-08 23:30",
    ):  # what is sent then counts from Monday, as Friday's
        assert lines_of(desk.at(weekend), found)[ESCALATE_BY] == said
    desk.at("Mon 2025-06-09")
    assert lines_of(desk, found)[ESCALATE_BY] == f"{said}, which has passed"


def test_before_the_answer_is_due_it_cannot_be_kept_by_waiting(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    clocks = desk.see("iro", found).clocks
    assert clocks.escalate_by is not None
    sooner = replace(clocks, escalate_by=clocks.escalate_by - timedelta(days=1))
    calendar, now = desk.office.calendar("lambeth"), desk.office.now()
    said = dict(clock_lines(sooner, now, calendar))[ESCALATE_BY]
    assert said == (
        "Thursday 5 June 2025, before the answer is due: waiting for it, the day cannot be kept any more"
    )
    answered = dict(clock_lines(sooner, now, calendar, is_answered=True))
    assert answered[ESCALATE_BY] == "Thursday 5 June 2025"


def test_a_day_that_was_met_steps_back(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert next(iter(lines_of(desk, found))) == "Answer due"
    reply = act_answers.reply("It is done.", "done")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    lines = lines_of(desk, found, is_answered=True)
    assert list(lines)[-1] == "Answer was due"
    assert lines["Answer was due"] == "Friday 6 June 2025; an answer has come"
