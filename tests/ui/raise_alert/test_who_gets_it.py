"""Who must answer and who gets a copy, in the app: one of several is one choice, and a copy asks for no answer."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from practice_alerts.casework.drafts import kept_drafts
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.tarnbrook import files_as_written, open_tarnbrook
from tests.helpers.stories.tarnbrook import read as read_files


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_tarnbrook(tmp_path, read_files(*files_as_written()))
    yield desk
    desk.office.database.close()


def third_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str, form: str, step: int = 3
) -> Screen:
    asked = filled(desk.office.form(desk.office.council(desk.council), form))
    typed = {"case_number": "1234", "team": TEAM, "raised_as": "looked_after", "social_worker": ""}
    at_gate = {"gate": "yes", "gate_told": "The Head", "entry_reason": "Now."}
    body = {
        "step": step,
        "kind": "concern",
        "entry_stage": stage,
        "council": desk.council,
        **at_gate,
    }
    answers = {**asked, **typed, "copy_to_head": "no"}
    kept_drafts.keep_draft(desk.office, "iro_a", "begun", {**body, "answers": answers})
    return open_screen(desk, "iro_a", "raise_alert", monkeypatch, draft="begun")


def labels(fields: object) -> list[str]:
    return [one.label for one in fields if one.label.startswith("Who must answer")]  # type: ignore[attr-defined]  # of Streamlit's test


def test_where_one_of_several_is_asked_one_is_chosen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = third_step(desk, monkeypatch, "step-1", "formal")
    assert labels(screen.test.multiselect) == []
    assert labels(screen.test.selectbox) == ["Who must answer: Team Manager"]
    assert screen.asked() == []
    screen.ask("tm_b")
    assert screen.asked() == ["tm_b"]
    assert "Tm_B Sample (Team Manager): STEP 1 asks Team Manager." in screen.words


def test_who_gets_a_copy_by_hand_is_not_said_to_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = third_step(desk, monkeypatch, "step-1", "formal")
    said = [one for one in screen.words.splitlines() if one.startswith("By hand:")]
    assert len(said) == 1
    assert said[0].startswith("By hand: Director of Education. They get a copy and are not in")
    assert said[0].endswith("record that you did. No answer is asked of them.")


def test_whether_somebody_gets_a_copy_is_asked_where_the_alert_begins(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = third_step(desk, monkeypatch, "step-1", "formal", step=2)
    assert "Who else is told" in screen.words
    assert "Left open, no copy goes there" in screen.words


def test_a_copy_by_hand_that_nobody_chose_follows_whom_the_form_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure, forms = deepcopy(files_as_written())
    procedure["ladders"]["main"]["stages"][1]["copy"] = "social_worker"
    named = {"label": "Social worker", "type": "person", "role": "social_worker"}
    forms["formal"]["sections"][0]["fields"].append({"id": "social_worker", **named})
    desk = open_tarnbrook(tmp_path, read_files(procedure, forms))
    third_step(desk, monkeypatch, "step-1", "formal").press("Check your answers")
    found = kept_drafts.my_draft(desk.office, "iro_a", "begun")
    assert found is not None
    left = dict(found.body)
    assert left["copied"] == []
    left = {**left, "step": 3, "answers": {**left["answers"], "social_worker": "Sw_A Sample"}}
    kept_drafts.keep_draft(desk.office, "iro_a", "named", left)
    screen = open_screen(desk, "iro_a", "raise_alert", monkeypatch, draft="named")
    assert "Sw_A Sample (Social Worker): STEP 1 copies Social Worker." in screen.words
    assert "Why it goes to others" not in screen.words
    desk.office.database.close()
