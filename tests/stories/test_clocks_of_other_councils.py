"""Clocks that no council of ours uses: from which event they start, of what kind they are, what is late."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.took_place import record_step
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, Times
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import Desk, open_desk

ANSWER = "answer: {from: team_manager"


def sampleford(tmp_path: Path, stage: str, cap: str = "{within: 20 working days}") -> Desk:
    """A council of one stage and one above it; sent from Monday 2 June 2025."""
    before, after = PROCEDURE.split("    cap: {within: 20 working days}\n")[0], "referrals:\n"
    stages = f"id: stage-1\nlabel: Stage 1\n{stage.strip()}"
    first, *rest = stages.splitlines()
    lines = [f"      - {first}", *(f"        {line}" for line in rest)]
    above = "      - {id: stage-2, label: Stage 2, answer: {from: service_manager}}\n"
    ladder = f"    cap: {cap}\n    stages:\n" + "\n".join(lines) + f"\n{above}"
    furnished(tmp_path, before + ladder + after + PROCEDURE.split(after)[1])
    return open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)


def sent(desk: Desk, **changes: Any) -> Known:
    asking = replace(wanted(desk, "concern", "stage-1"), **changes)
    return raise_alert(desk.office, asking, desk.doing("iro"))


def recorded(desk: Desk, found: Known, step: str, on: str, outcome: str = "") -> Known:
    given = {"step": step, "took_place": "yes", "on": on, "at": "08:00", "text": "x"}
    result = {"outcome": outcome} if outcome else {}
    return record_step(desk.office, found.id, given | result, desk.doing("iro", found))


def bodies(desk: Desk) -> list[str]:
    return [" ".join(text.split()) for _, _, text in desk.mails()]


def stands(desk: Desk, found: Known, when: str) -> tuple[Standing, str, date | None]:
    desk.at(when)
    where = desk.see("iro", found).where
    return where.standing, where.sentence, where.by


TALK = "steps: [{id: talk, what: Talk, by: team_manager}]"


@pytest.mark.parametrize(("what", "times"), [("answer", Times.ANSWER), ("settle", Times.SETTLE)])
def test_a_clock_waits_for_what_it_is_counted_from(tmp_path: Path, what: str, times: Times) -> None:
    timed = "within: 5 working days, counted_from: talk}"
    written = f"{ANSWER}, {timed}" if what == "answer" else f"{ANSWER}}}\nsettle: {{{timed}"
    desk = sampleford(tmp_path, f"{written}\n{TALK}")
    found = sent(desk)
    clock = desk.see("iro", found).clocks.of(times)
    assert clock is not None
    assert (clock.day, clock.waits_for_start) == (None, True)
    assert "5 working days, once the talk has taken place" in desk.see("iro", found).where.sentence
    desk.at("Thu 2025-06-05 11:00")
    found = recorded(desk, found, "talk", "2025-06-05")
    clock = desk.see("iro", found).clocks.of(times)
    assert clock is not None
    assert clock.day == day("Thu 2025-06-12")


@pytest.mark.parametrize(
    ("within", "kind", "is_late"),
    [
        ("4 working days", ClockKind.DEADLINE, True),
        ("at most 4 working days", ClockKind.MAXIMUM, True),
        ("aim 4 working days", ClockKind.AIM, False),
    ],
)
@pytest.mark.parametrize(
    ("stage", "times", "late"),
    [
        (ANSWER + ", within: %s}", Times.ANSWER, Standing.NO_ANSWER),
        (ANSWER + "}\nsettle: {within: %s}", Times.SETTLE, Standing.NOT_PUT_RIGHT),
        (
            "steps: [{id: meeting, what: Meeting, by: team_manager, within: %s}]",
            *(Times.STEP, Standing.STEP_LATE),
        ),
    ],
)
def test_a_deadline_that_passes_is_late_whatever_it_times_and_an_aim_never_is(
    tmp_path: Path,
    stage: str,
    times: Times,
    late: Standing,
    within: str,
    kind: ClockKind,
    *,
    is_late: bool,
) -> None:
    desk = sampleford(tmp_path, stage % within)
    found = sent(desk)
    clock = desk.see("iro", found).clocks.of(times)
    assert clock is not None
    assert (clock.kind, clock.day) == (kind, day("Fri 2025-06-06"))
    assert stands(desk, found, "Fri 2025-06-06 12:00")[0] is Standing.WAITING
    standing, sentence, _ = stands(desk, found, "Mon 2025-06-09 12:00")
    assert standing is (late if is_late else Standing.WAITING)
    assert "Friday 6 June 2025" in sentence


@pytest.mark.parametrize("within", ["4 working days", "aim 4 working days"])
def test_nobody_is_told_to_answer_by_a_day_that_is_no_day_for_an_answer(
    tmp_path: Path, within: str
) -> None:
    desk = sampleford(tmp_path, f"{ANSWER}}}\nsettle: {{within: {within}}}")
    sent(desk)
    (body,) = [one for one in bodies(desk) if "Friday 6 June 2025" in one]
    assert "Please answer by" not in body
    assert "put right by Friday 6 June 2025" in body
    assert ("The aim" in body) == within.startswith("aim")


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("immediately", "The procedure asks for it at once."),
        ("by agreement", "Its day is by agreement, and none is agreed yet."),
        ("not stated", "The procedure sets no time for it."),
    ],
)
def test_what_has_no_day_says_why(tmp_path: Path, within: str, said: str) -> None:
    desk = sampleford(tmp_path, f"{ANSWER}, within: {within}}}")
    assert said in desk.see("iro", sent(desk)).where.sentence


def test_a_step_beside_an_answer_is_late_in_its_own_right(tmp_path: Path) -> None:
    step = "steps: [{id: meeting, what: Meeting, by: team_manager, within: 4 working days}]"
    desk = sampleford(tmp_path, f"{ANSWER}, within: 10 working days}}\n{step}")
    found = sent(desk)
    standing, sentence, by = stands(desk, found, "Tue 2025-06-03 12:00")
    assert (standing, by) == (Standing.WAITING, day("Fri 2025-06-06"))
    assert "the answer is due Monday 16 June 2025" in sentence
    standing, sentence, by = stands(desk, found, "Tue 2025-06-10 12:00")
    assert (standing, by) == (Standing.STEP_LATE, day("Fri 2025-06-06"))
    assert "not recorded: meeting; it was due Friday 6 June 2025" in sentence
    assert "The answer is due Monday 16 June 2025." in sentence
    desk.at("Mon 2025-06-09 12:00")
    remind(desk.office)
    assert any("a step was to take place by Friday 6 June 2025" in one for one in bodies(desk))
    found = recorded(desk, found, "meeting", "2025-06-09")
    assert desk.see("iro", found).where.by == day("Mon 2025-06-16")


BRANCHES = """
steps:
  - {id: talk, what: Talk, by: team_manager, outcomes: [settled, not settled]}
  - {id: meeting, what: Meeting, by: team_manager, if: talk.not settled, within: 5 working days, counted_from: talk}
  - {id: note, what: Note, by: team_manager, if: talk.settled, within: 1 working day, counted_from: talk}
"""


def test_the_branch_taken_is_awaited_and_the_other_is_gone(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, BRANCHES)
    found = sent(desk)
    desk.at("Mon 2025-06-02 12:00")
    found = recorded(desk, found, "talk", "2025-06-02", "not settled")
    seen = desk.see("iro", found)
    assert seen.where.by == day("Mon 2025-06-09")
    assert [one.step.id for one in seen.steps] == ["talk", "meeting"]
    with pytest.raises(BadAnswers):
        recorded(desk, found, "note", "2025-06-02")
    assert stands(desk, found, "Mon 2025-06-16 12:00")[0] is Standing.STEP_LATE


def test_a_total_may_run_from_the_first_step_and_only_then(tmp_path: Path) -> None:
    cap = "{within: 20 working days, counted_from: stage-1.talk}"
    desk = sampleford(tmp_path, f"{ANSWER}}}\n{TALK}", cap=cap)
    found = sent(desk)
    assert desk.see("iro", found).clocks.time_limit is None
    desk.at("Thu 2025-06-05 11:00")
    found = recorded(desk, found, "talk", "2025-06-05")
    limit = desk.see("iro", found).clocks.time_limit
    assert limit is not None
    assert limit.by_day == day("Thu 2025-07-03")


def test_the_raisers_own_day_is_no_aim_and_nobody_is_late_by_it(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, f"{ANSWER}}}\nsettle: {{within: by agreement, set_by: raiser}}")
    found = sent(desk, settle_by=date(2025, 6, 6))
    for when in ("Thu 2025-06-05", "Fri 2025-06-06", "Mon 2025-06-09"):
        assert stands(desk, found, f"{when} 12:00")[0] is Standing.WAITING
        remind(desk.office)
    said = [one for one in bodies(desk) if "Friday 6 June 2025" in one]
    assert (
        len(said) == 5
    )  # asked, the day before, on it, and after it to those asked and to the officer
    assert all("aimed" not in one and "The aim" not in one for one in said)


@pytest.mark.parametrize(
    ("within", "said"),
    [("immediately", "immediately"), ("by agreement", "by agreement"), ("not stated", "talk.")],
)
def test_a_step_without_a_day_is_told_each_in_its_own_way(
    tmp_path: Path, within: str, said: str
) -> None:
    step = f"steps: [{{id: talk, what: Talk, by: team_manager, within: {within}}}]"
    desk = sampleford(tmp_path, step)
    where = desk.see("iro", sent(desk)).where
    assert said in where.sentence
    assert where.by is None


def test_an_abbreviation_keeps_its_capitals(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, "steps: [{id: told, what: SEN team told, by: team_manager}]")
    assert "next: SEN team told" in desk.see("iro", sent(desk)).where.sentence


def test_a_raiser_who_sets_the_day_is_asked_for_it(tmp_path: Path) -> None:
    stage = f"{ANSWER}}}\nsettle: {{within: by agreement, set_by: raiser}}"
    desk = sampleford(tmp_path, stage)
    with pytest.raises(BadAnswers) as refused:
        sent(desk, settle_by=None)
    assert set(refused.value.faults) == {"settle_by"}
