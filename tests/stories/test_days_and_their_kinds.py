"""Small things about days: holds and days to spare, the paper's dates, whose day it is to set, what is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.casework.views import work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.act_rows import Act
from practice_alerts.domain.alert.events import Moved, Redated
from practice_alerts.domain.documents.alert_document import form_at, paper_on
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.wording.clock_lines import clock_lines
from practice_alerts.domain.wording.history import told
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.recorded_events import answered as answered_at_lambeth
from tests.helpers.alerts.recorded_events import closed, held
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.story_acts import VERBS
from tests.helpers.stories.tarnbrook import _typed, bent, files_as_written, open_tarnbrook, read
from tests.stories.test_begun_can_be_ended import IRO, answered, climb, do, raised

MAIN = ("ladders", "main", "stages")


@pytest.fixture
def lambeth(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def at_tarnbrook(data: Path, files: CouncilFiles | None = None) -> Desk:
    return open_tarnbrook(data, files or read(*files_as_written()))


# ------------------------------------------------------------------------------- holds and the limit


@pytest.mark.parametrize(
    ("until", "spare", "no_day_left", "leave"),
    [
        ("Thu 2025-06-05", 1, set(), "Friday 6 June 2025"),
        ("Fri 2025-06-06", 0, set(), "Friday 6 June 2025"),
        ("Thu 2025-06-12", -4, {"mine"}, "Friday 6 June 2025, before the hold ends"),
        ("Thu 2025-07-03", -19, {"mine"}, "Friday 6 June 2025, before the hold ends"),
    ],
)
def test_what_a_hold_takes_is_not_to_spare(
    lambeth: Desk, until: str, spare: int, no_day_left: set[str], leave: str
) -> None:
    """Four stages of four working days each are left, and the limit is Monday 30 June."""
    found = answered_at_lambeth(lambeth, lambeth.raised("stage-1"))
    found = held(lambeth, found, day(until))
    seen = lambeth.see("iro", found)
    assert seen.clocks.days_to_spare == spare
    lines = dict(clock_lines(seen.clocks, lambeth.office.now(), lambeth.office.calendar("lambeth")))
    assert lines["Escalate by, to keep the time limit"] == leave
    tray = work_tray.tray(lambeth.office, lambeth.actor("iro"), Wanted(Filters(no_slack=True)))
    assert {"mine" for part in tray.parts if part.count} == no_day_left


def test_at_the_top_a_hold_past_the_limit_leaves_nothing_to_spare(lambeth: Desk) -> None:
    found = answered_at_lambeth(lambeth, lambeth.raised("stage-6"))
    found = held(lambeth, found, day("Fri 2025-07-04"))
    clocks = lambeth.see("iro", found).clocks
    assert (clocks.if_hold_fails, clocks.days_to_spare) == (None, -4)


def test_once_the_promise_is_judged_the_hold_takes_no_more(lambeth: Desk) -> None:
    found = answered_at_lambeth(lambeth, lambeth.raised("stage-1"))
    found = held(lambeth, found, day("Thu 2025-06-12"))
    lambeth.at("Tue 2025-06-03")
    said = act_answers.outcome("not_satisfactory", "Not done.")
    found = VERBS[Act.REVIEW_RESPONSE](lambeth.office, found.id, said, lambeth.doing("iro", found))
    assert lambeth.see("iro", found).clocks.days_to_spare == 4  # it was answered on the day it came


# ---------------------------------------------------------------------------------------- on paper


def _stages_on_paper(desk: Desk, found: Known) -> dict[str, dict[str, Any]]:
    """By label, from the documents of all forms that were used."""
    forms = dict.fromkeys(form_at(found.alert, run) for run in found.alert.runs)
    papers = (
        paper_on(found.alert, name, sources(desk.office, found, name), date(2026, 7, 1))
        for name in forms
    )
    return {stage["label"]: stage for whole in papers for stage in whole["stages"]}


COUNTED = (
    ((*MAIN, 1, "answer", "counted_from"), "talk.answered", ""),
    ((*MAIN, 3, "answer", "counted_from"), "step-1.escalated", ""),
)


def test_the_paper_has_the_day_of_a_clock_that_is_counted_from_another_stage(
    tmp_path: Path,
) -> None:
    desk = at_tarnbrook(tmp_path / "data", bent(*COUNTED))
    found = raised(desk, "talk")
    found = answered(desk.at("Wed 2026-06-03"), found)
    found = climb(desk.at("Fri 2026-06-05"), found, "step-1")
    found = climb(desk.at("Tue 2026-06-09"), found, "step-3")
    on_paper = _stages_on_paper(desk, found)
    assert on_paper["First talk"]["due"] == "Thursday 4 June 2026"
    assert on_paper["STEP 1"]["due"] == "Wednesday 10 June 2026"
    assert on_paper["STEP 1"]["settle_by"] == "Monday 15 June 2026"
    assert on_paper["STEP 3"]["due"] == "Monday 15 June 2026"
    note = file_note(
        found.alert, sources(desk.office, found, found.alert.raised.form), desk.office.now()
    )
    assert "Answer due: Wednesday 10 June 2026." in note
    assert "To be put right by: Monday 15 June 2026." in note
    desk.office.database.close()


def test_while_nothing_has_started_it_the_paper_says_from_when_it_runs(tmp_path: Path) -> None:
    desk = at_tarnbrook(tmp_path / "data", bent(*COUNTED))
    found = raised(desk, "step-1")
    stage = _stages_on_paper(desk, found)["STEP 1"]
    said = "5 working days, once an answer has come at First talk"
    assert (stage["due"], stage["due_clause"]) == ("", said)
    desk.office.database.close()


def test_a_raiser_s_own_day_is_no_day_of_an_answer_in_the_file_note(tmp_path: Path) -> None:
    own = (
        ((*MAIN, 1, "settle"), {"set_by": "raiser"}, ""),
        ((*MAIN, 1, "answer", "within"), "not stated", ""),
    )
    desk = at_tarnbrook(tmp_path / "data", bent(*own))
    found = _up_to_step_1(desk, settle_by="2026-06-19")
    note = file_note(
        found.alert, sources(desk.office, found, found.alert.raised.form), desk.office.now()
    )
    assert "To be put right by: Friday 19 June 2026." in note
    assert "Answer due: Friday 19 June 2026" not in note
    desk.office.database.close()


# ------------------------------------------------------------------- a day that is the raiser's to set


def _up_to_step_1(desk: Desk, **said: Any) -> Known:
    found = answered(desk, raised(desk, "talk"))
    stage = found.ladder.stage("step-1") if found.ladder else None
    assert stage is not None
    form = escalate.form_at(desk.office, found, stage)
    typed = {k: v for k, v in _typed(form, "looked_after").items() if k != "settle_by"}
    why = {"ground": "other", "rationale": "Nothing moves.", "consultation": "discussed"}
    up = escalate.Climb("step-1", {**typed, **why, **said}, ("tm_a",))
    return escalate.escalate(desk.office, found.id, up, desk.doing(IRO, found))


@pytest.mark.parametrize("within", [None, "by agreement", "immediately"])
def test_a_stage_reached_by_escalation_asks_for_the_day_that_is_the_raisers(
    tmp_path: Path, within: str | None
) -> None:
    settle = {"set_by": "raiser", **({"within": within} if within else {})}
    desk = at_tarnbrook(tmp_path / "data", bent(((*MAIN, 1, "settle"), settle, "")))
    with pytest.raises(BadAnswers, match="To be put right by"):
        _up_to_step_1(desk)
    with pytest.raises(BadAnswers, match="choose today or a later day"):
        _up_to_step_1(desk, settle_by="2026-05-29")
    found = _up_to_step_1(desk, settle_by="2026-06-19")
    assert desk.see(IRO, found).clocks.settle_by == date(2026, 6, 19)
    desk.office.database.close()


def test_where_the_manager_sets_it_the_raiser_is_not_asked(tmp_path: Path) -> None:
    settle = ((*MAIN, 1, "settle"), {"set_by": "team_manager"}, "")
    desk = at_tarnbrook(tmp_path / "data", bent(settle))
    found = _up_to_step_1(desk)
    found = do(desk, found, Act.ANSWER, text="Soon.", response="other", settle_by="2026-06-19")
    assert desk.see(IRO, found).clocks.settle_by == date(2026, 6, 19)
    desk.office.database.close()


# -------------------------------------------------------------------------------- on page and record


def test_what_is_to_be_sent_by_hand_is_no_task_once_it_is_closed(
    lambeth: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = lambeth.raised("stage-1")
    screen = open_screen(lambeth, "iro", "alert", monkeypatch, reference=found.alert.reference)
    assert "To be sent by hand" in screen.words
    closed(lambeth, found)
    screen = open_screen(lambeth, "iro", "alert", monkeypatch, reference=found.alert.reference)
    assert "Closed on" in screen.words
    assert "To be sent by hand" not in screen.words


OUT_OF_TURN = (
    "Out of turn: from First talk the procedure leads to STEP 1; STEP 1 and STEP 2 are passed over"
)


def test_a_stage_that_is_passed_over_half_way_up_is_marked_on_page_and_in_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_tarnbrook(tmp_path / "data")
    found = answered(desk, raised(desk, "talk"))
    screen = open_screen(desk, IRO, "alert", monkeypatch, reference=found.alert.reference)
    assert "Out of turn" not in screen.words
    found = climb(desk, found, "step-3")
    said = [line.what for line in desk.see(IRO, found).history]
    assert f"Escalated to STEP 3. {OUT_OF_TURN}" in said
    screen = open_screen(desk, IRO, "alert", monkeypatch, reference=found.alert.reference)
    assert screen.words.count(OUT_OF_TURN) == 2
    assert screen.words.count("passed over, out of turn") == 2
    desk.office.database.close()


def test_what_goes_as_the_procedure_has_it_is_not_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_tarnbrook(tmp_path / "data")
    found = climb(desk, raised(desk, "step-1"), "step-2")
    assert not any("Out of turn" in line.what for line in desk.see(IRO, found).history)
    screen = open_screen(desk, IRO, "alert", monkeypatch, reference=found.alert.reference)
    assert "not used" in screen.words
    assert "out of turn" not in screen.words.lower()
    desk.office.database.close()


def test_a_date_that_moves_is_named_for_what_it_is() -> None:
    was, now = day("Mon 2025-06-09"), day("Tue 2025-06-10")
    moved = Moved(clock="answer", was=was, now=now, what="Next step due: Talk")
    limit = Moved(clock="cap", was=was, now=now)
    _, said = told(Redated(calendar="", moved=(moved, limit)), None)
    assert said.splitlines() == [
        "Next step due: Talk: Monday 9 June 2025, now Tuesday 10 June 2025",
        "Time limit: Monday 9 June 2025, now Tuesday 10 June 2025",
    ]
    as_kept_before = replace_what(moved)
    assert told(Redated(calendar="", moved=(as_kept_before,)), None)[1].startswith("Answer due: ")


def replace_what(moved: Moved) -> Moved:
    """As an earlier version kept it, without a word for the day."""
    return moved.model_copy(update={"what": ""})


def test_a_former_manager_is_not_asked_again_once_it_is_reopened(lambeth: Desk) -> None:
    found = lambeth.raised("stage-1")
    moved = {"since": "2025-06-02", "reason": "Cover.", "team_manager": "Nia Outside"}
    for act, said in (
        (Act.MOVE_CASE, moved),
        (Act.CLOSE, act_answers.ending("put_right", "Done.")),
        (Act.REOPEN, {"reason": "Too early."}),
    ):
        found = VERBS[act](lambeth.office, found.id, said, lambeth.doing("iro", found))
    assert [one.name for one in found.run.sent.asked] == ["Nia Outside"]
    with lambeth.office.database.reading() as tx:
        askings = current_state.askings_of(tx, found.id)
    assert [(one.person_id, one.is_present) for one in askings] == [("manager", False)]
