"""A draft on the screen: two windows on it, a newer edition behind it, and one answer at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.ui.page import session
from tests.casework.drafts.test_changed_since import CHILD_VIEW, FORM, changed
from tests.helpers.app.fragment_runs import Run, answer
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk

BODY: dict[str, Any] = {
    "step": 2,
    "council": "lambeth",
    "kind": "practice_alert",
    "entry_stage": "stage-1",
    "entry_reason": "It was talked about.",
    "answers": {"concerns": "No visit since May."},
}
TALKED = "Have you talked about it with the social worker or somebody else?"


@pytest.fixture
def draft(desk: Desk) -> str:
    kept_drafts.keep_draft(desk.office, "iro", "begun", BODY)
    return "begun"


def opened(desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return open_screen(desk, "iro", "raise_alert", monkeypatch, draft=draft)


def answers(desk: Desk, draft: str) -> dict[str, Any]:
    found = kept_drafts.my_draft(desk.office, "iro", draft)
    assert found is not None
    given: dict[str, Any] = found.body["answers"]
    return given


def shown(screen: Screen, label: str) -> Any:
    return next(one for one in screen.test.radio if one.label == label).value


def alone(screen: Screen, question: str, value: str) -> Run:
    """Choose as a browser does it."""
    widget = next(one for one in screen.test.radio if one.label == question)
    return answer(screen.test, widget.set_value(value))


# ------------------------------------------------------------------------------- two windows


def test_what_one_window_chooses_the_other_shows_and_says(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = opened(desk, draft, monkeypatch), opened(desk, draft, monkeypatch)
    here.choose(TALKED, "no")
    there.write("Practice concerns", "No visit since April.")
    assert "This draft was changed in another window" in there.words
    assert f"“{TALKED}” stands below as it was changed there." in there.words
    assert shown(there, TALKED) == "no"
    there.run()
    assert answers(desk, draft)["discussed"] == "no"
    assert answers(desk, draft)["concerns"] == "No visit since April."


def test_it_is_said_until_the_person_has_seen_it(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = opened(desk, draft, monkeypatch), opened(desk, draft, monkeypatch)
    here.choose(TALKED, "no")
    there.run().run()
    assert "This draft was changed in another window" in there.words
    there.press("I have seen it")
    assert "This draft was changed in another window" not in there.words
    assert "This draft was changed in another window" not in here.run().words


def test_where_both_chose_the_last_stands_and_the_other_is_shown(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = opened(desk, draft, monkeypatch), opened(desk, draft, monkeypatch)
    here.choose(TALKED, "no")
    there.choose(TALKED, "yes")
    assert answers(desk, draft)["discussed"] == "yes"
    there.run()
    assert "Yours stands; the other window said:" in there.words
    assert f"<dt>{TALKED}</dt>" in there.words
    there.press("I have seen it")
    assert "the other window said" not in there.words


def test_a_text_written_in_both_windows_is_lost_in_neither(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = opened(desk, draft, monkeypatch), opened(desk, draft, monkeypatch)
    here.write("Practice concerns", "Written in the first window.")
    there.write("Practice concerns", "Written in the second.")
    assert answers(desk, draft)["concerns"] == "Written in the second."
    assert "Written in the first window." in there.run().words


def test_each_window_stays_at_its_own_step(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = opened(desk, draft, monkeypatch), opened(desk, draft, monkeypatch)
    here.press("Back")
    assert "What do you raise?" in here.words
    there.choose(TALKED, "no")
    assert "The child and the case" in there.words


def test_a_draft_sent_or_thrown_away_elsewhere_is_told_and_what_stood_there_is_kept(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = opened(desk, draft, monkeypatch)
    kept_drafts.discard_draft(desk.office, "iro", draft)
    assert "sent or thrown away in another window" in there.run().words
    assert kept_drafts.my_draft(desk.office, "iro", draft) is None
    there.write("Practice concerns", "Still to be said.")
    assert answers(desk, draft)["concerns"] == "Still to be said."


def test_a_draft_begun_is_not_written_over_by_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    screen.choose("What do you raise?", "good_practice")
    (first,) = kept_drafts.my_drafts(desk.office, "iro")
    screen.test.query_params.clear()
    screen.run().choose("What do you raise?", "partner")
    assert len(kept_drafts.my_drafts(desk.office, "iro")) == 2
    assert kept_drafts.my_draft(desk.office, "iro", first.id) == first


# ----------------------------------------------------------------------------- a newer edition


def test_a_newer_edition_is_told_at_the_top_until_it_is_seen(
    desk: Desk, draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = changed(desk, tmp_path, (FORM, "label: Practice concerns", "label: What is wrong"))
    screen = opened(later, draft, monkeypatch)
    assert "The procedure has changed since you began this draft" in screen.words
    assert "“Practice concerns” is now worded “What is wrong”." in screen.words
    screen.press("I have seen what changed")
    assert "The procedure has changed" not in screen.words
    assert "The procedure has changed" not in opened(later, draft, monkeypatch).words


def test_an_answer_whose_question_is_gone_stands_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {**BODY["answers"], "child_view": "Nobody asked me."}
    kept_drafts.keep_draft(desk.office, "iro", "begun", {**BODY, "answers": given})
    later = changed(desk, tmp_path, (FORM, CHILD_VIEW, ""))
    screen = opened(later, "begun", monkeypatch)
    assert "No longer asked" in screen.words
    assert "Nobody asked me." in screen.words
    assert answers(later, "begun")["child_view"] == "Nobody asked me."


# ---------------------------------------------------------------------------- one answer at a time


def test_an_answer_runs_its_own_piece_of_the_page_and_is_kept(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch)
    run = alone(screen, TALKED, "no")
    assert (run.whole, run.pieces) == (0, 1)
    assert answers(desk, draft)["discussed"] == "no"
    run = alone(screen, "Raised as", "looked_after")
    assert (run.whole, run.pieces) == (0, 1)
    assert answers(desk, draft) | {"raised_as": "looked_after"} == answers(desk, draft)


def test_an_answer_that_opens_another_question_runs_the_whole_page(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch)
    run = alone(screen, TALKED, "yes")
    assert (run.whole, run.pieces) == (1, 1)
    assert "begun:discussed_with" in str(screen.test.get("bidi_component"))


def test_an_answer_that_puts_a_fault_right_takes_it_off_the_list(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch).press("Go on: who and when")
    assert f"{TALKED} Choose one." in screen.words
    run = alone(screen, TALKED, "no")
    assert (run.whole, run.pieces) == (1, 1)
    assert f"{TALKED} Choose one." not in screen.words
    assert "There is something to put right" in screen.words


def test_a_piece_keeps_nothing_once_the_session_has_ended(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch)
    before = answers(desk, draft)
    monkeypatch.setattr(session, "signed_in", lambda: None)
    run = alone(screen, TALKED, "no")
    assert run.whole == 1, "the whole page leads to signing in"
    assert "You are not signed in" in screen.words
    assert answers(desk, draft) == before


def test_a_piece_learns_what_another_window_has_written_meanwhile(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch)
    kept = answers(desk, draft)
    found = kept_drafts.my_draft(desk.office, "iro", draft)
    assert found is not None
    body = {**found.body, "answers": {**kept, "concerns": "Written elsewhere."}}
    kept_drafts.keep_draft(desk.office, "iro", draft, body)
    run = alone(screen, TALKED, "no")
    assert run.whole == 1
    assert "This draft was changed in another window" in screen.words
    assert answers(desk, draft)["concerns"] == "Written elsewhere."
    assert answers(desk, draft)["discussed"] == "no"


# ------------------------------------------------------------------------------- begun, and found again


def test_nothing_typed_is_nothing_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        screen = open_screen(desk, "iro", "raise_alert", monkeypatch).run()
        assert "Nothing typed yet." in screen.words
    assert kept_drafts.my_drafts(desk.office, "iro") == ()


def test_one_word_or_one_choice_begins_a_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    screen.choose("At which stage does it start?", "stage-1")
    screen.write("Why it starts at Stage One", "It was talked about.").run()
    (kept,) = kept_drafts.my_drafts(desk.office, "iro")
    assert kept.body["entry_reason"] == "It was talked about."


def test_whoever_comes_back_to_an_empty_form_is_shown_what_they_began(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {**BODY, "answers": {"child_name": "Robin Muestra", "case_number": "S-200001"}}
    kept_drafts.keep_draft(desk.office, "iro", "told", told)
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    assert "You have begun one already." in screen.words
    links = [one.proto.label for one in screen.test.get("page_link")]
    assert any(one.startswith("Practice alert for R. M. S-200001, step 2 of 4") for one in links)
    assert not any("Robin" in one for one in links)
    others = open_screen(desk, "qa", "work_tray", monkeypatch)
    assert "Drafts" not in others.words


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("1", "What do you raise?"),
        ("2", "The child and the case"),
        ("4", "The child and the case"),  # not reached yet
        ("two", "The child and the case"),
        ("", "The child and the case"),
    ],
)
def test_the_step_in_the_address_is_shown_as_far_as_it_was_reached(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch, asked: str, heading: str
) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch, draft=draft, step=asked)
    assert heading in screen.words


def test_going_back_a_step_in_the_browser_comes_to_the_same_draft(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(desk, draft, monkeypatch)
    screen.press("Back")
    assert _address(screen) == {"draft": draft, "step": "1"}
    screen.press("Go on to the form")
    assert _address(screen) == {"draft": draft, "step": "2"}
    screen.test.query_params["step"] = "1"
    assert "What do you raise?" in screen.run().words
    assert answers(desk, draft)["concerns"] == BODY["answers"]["concerns"]
    assert len(kept_drafts.my_drafts(desk.office, "iro")) == 1


def _address(screen: Screen) -> dict[str, str]:
    asked = screen.test.query_params
    return {name: said if isinstance(said, str) else said[-1] for name, said in asked.items()}


def _address_lags_behind(screen: Screen) -> None:
    """What is pressed next was pressed before the browser learnt that the draft is begun."""
    screen.test.query_params.clear()


def test_what_is_done_before_the_address_names_the_draft_is_done_in_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    screen.choose("At which stage does it start?", "informal")
    _address_lags_behind(screen)
    screen.choose("At which stage does it start?", "stage-2")
    (kept,) = kept_drafts.my_drafts(desk.office, "iro")
    assert kept.body["entry_stage"] == "stage-2"
    _address_lags_behind(screen)
    screen.choose("At which stage does it start?", "informal")
    _address_lags_behind(screen)
    screen.press("Go on to the form")
    (kept,) = kept_drafts.my_drafts(desk.office, "iro")
    assert (kept.body["entry_stage"], kept.body["step"]) == ("informal", 2)
    assert _address(screen) == {"draft": kept.id, "step": "2"}


def test_whoever_asks_for_a_new_form_gets_one_though_a_draft_was_worked_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "iro", "raise_alert", monkeypatch)
    screen.choose("At which stage does it start?", "informal")
    screen.press("Go on to the form")
    screen.test.query_params.clear()  # the link "Raise an alert"
    assert "You have begun one already." in screen.run().words


# ------------------------------------------------- begun with the texts of another alert, and gone


def test_what_began_with_another_alert_is_begun_anew_by_no_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1", concerns="Quetzalcoatlus waits.")
    begun = siblings.draft_for_sibling(desk.office, desk.actor("iro"), found)
    screen = opened(desk, begun, monkeypatch)
    assert "Quetzalcoatlus" in _typed(screen)
    kept_drafts.discard_draft(desk.office, "iro", begun)
    for _ in range(2):
        screen.run()
        assert "This draft is gone" in screen.words
        assert "Quetzalcoatlus" not in _typed(screen) + screen.words
    assert kept_drafts.my_drafts(desk.office, "iro") == ()


def _typed(screen: Screen) -> str:
    return "\n".join(one.proto.json for one in screen.test.get("bidi_component"))
