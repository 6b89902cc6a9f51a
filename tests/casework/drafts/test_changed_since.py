"""A draft taken up again: under a newer edition, and after another window has changed it."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.adapters.store.alerts import editions
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.drafts import changed_since, kept_drafts
from tests.helpers.product.office import Desk

BODY: dict[str, Any] = {
    "step": 2,
    "council": "lambeth",
    "kind": "practice_alert",
    "entry_stage": "stage-1",
    "answers": {"concerns": "No visit since May.", "child_view": "Nobody asked me."},
}


def changed(desk: Desk, folder: Path, *edits: tuple[str, str, str]) -> Desk:
    """The same office after the council edited these files, each given with an old text and a new one."""
    rooms = [
        shutil.copytree(ROOT / room, folder / room, dirs_exist_ok=True)
        for room in ("procedures", "form_templates")
    ]
    for name, old, new in edits:
        file = folder / name
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times"
        file.write_text(text.replace(old, new), "utf-8")
    return replace(desk, office=replace(desk.office, councils=load_all(*rooms)))


FORM = "form_templates/lambeth/practice_alert.yml"
CHILD_VIEW = (
    "      - {id: child_view, label: What the child says about it, type: long_text,"
    " each_child: true, ours: true}\n"
    "      - {id: child_view_not_passed_on, label: Are these words not to be passed on?,"
    ' hint: "Yes: they stay on your own side. Whoever is asked or gets a copy reads none of it",'
    ' type: yes_no, when: {child_view: {answered: "yes"}}, each_child: true, ours: true}\n'
)
"""With the question that keeps them back."""
PROCEDURE = "procedures/lambeth/procedure.yml"


def begun(desk: Desk) -> dict[str, Any]:
    kept_drafts.keep_draft(desk.office, "iro", "draft", BODY)
    return kept(desk)


def kept(desk: Desk) -> dict[str, Any]:
    found = kept_drafts.my_draft(desk.office, "iro", "draft")
    assert found is not None
    return found.body


def test_a_draft_keeps_the_edition_it_was_begun_under(desk: Desk) -> None:
    body = begun(desk)
    digest = desk.office.council("lambeth").digest
    assert body["edition"] == digest
    with desk.office.database.reading() as tx:
        assert editions.files(tx, digest)


def test_under_the_same_edition_there_is_nothing_to_say(desk: Desk) -> None:
    body = begun(desk)
    assert changed_since.new_edition(desk.office, body) is None
    assert changed_since.no_longer_asked(desk.office, body) == ()


def test_a_newer_edition_is_told_of_until_somebody_has_seen_it(desk: Desk, tmp_path: Path) -> None:
    body = begun(desk)
    later = changed(
        desk, tmp_path, (FORM, "label: Practice concerns", "label: What is not as it should be")
    )
    found = changed_since.new_edition(later.office, body)
    assert found is not None
    assert found.lines == ("“Practice concerns” is now worded “What is not as it should be”.",)
    seen = changed_since.accepted(later.office, body)
    kept_drafts.keep_draft(later.office, "iro", "draft", seen, body)
    assert changed_since.new_edition(later.office, kept(later)) is None
    assert kept(later)["edition"] == body["edition"], "it still knows under which it was begun"


def test_what_was_answered_to_a_question_that_is_gone_is_kept_shown_and_never_sent(
    desk: Desk, tmp_path: Path
) -> None:
    body = begun(desk)
    later = changed(desk, tmp_path, (FORM, CHILD_VIEW, ""))
    found = changed_since.new_edition(later.office, body)
    assert found is not None
    kept_here = "is no longer asked. What you answered stays in this draft and is not sent."
    assert [line.endswith(kept_here) for line in found.lines] == [True, True]
    ((_, words),) = changed_since.no_longer_asked(later.office, body)
    assert words == "Nobody asked me."
    asked = later.raising(child_view="Nobody asked me.")
    sent = raise_alert.raise_alert(later.office, asked, later.doing("iro"))
    assert "child_view" not in sent.alert.raised.answers


def test_another_time_for_the_answer_is_told_of_too(desk: Desk, tmp_path: Path) -> None:
    four, six = (f"from: team_manager, within: {number} working days" for number in (4, 6))
    later = changed(desk, tmp_path, (PROCEDURE, four, six))
    found = changed_since.new_edition(later.office, begun(desk))
    assert found is not None
    assert found.lines == (
        "The time for an answer at Stage One is now 6 working days, before 4 working days.",
    )


def test_a_change_that_does_not_touch_the_draft_is_not_told(desk: Desk, tmp_path: Path) -> None:
    text = (ROOT / PROCEDURE).read_text("utf-8")
    later = changed(desk, tmp_path, (PROCEDURE, text, text + "# Looked through in June.\n"))
    body = begun(desk)
    assert later.office.council("lambeth").digest != body["edition"]
    assert changed_since.new_edition(later.office, body) is None


def test_two_windows_write_side_by_side(desk: Desk) -> None:
    base = begun(desk)
    one = {**base, "answers": {**base["answers"], "concerns": "No visit since April."}}
    other = {**base, "answers": {**base["answers"], "child_view": "I want to stay."}}
    kept_drafts.keep_draft(desk.office, "iro", "draft", one, base)
    put = kept_drafts.keep_draft(desk.office, "iro", "draft", other, base)
    assert put.elsewhere == ("answers.concerns",)
    assert kept(desk)["answers"] == {
        "concerns": "No visit since April.",
        "child_view": "I want to stay.",
    }


def test_what_one_window_wrote_over_is_set_aside_in_the_other_s_words(desk: Desk) -> None:
    base = begun(desk)
    for text in ("Written in the first.", "Written in the second."):
        mine = {**base, "answers": {**base["answers"], "concerns": text}}
        kept_drafts.keep_draft(desk.office, "iro", "draft", mine, base)
    body = kept(desk)
    assert body["answers"]["concerns"] == "Written in the second."
    assert changed_since.in_words(desk.office, body, body["aside"]) == (
        ("Practice concerns", "Written in the first."),
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("answers.concerns", "Practice concerns"),
        ("kind", "What you raise"),
        ("answers.of_another_kind", "An answer that is not asked for here"),
    ],
)
def test_what_changed_elsewhere_is_named_by_its_question(desk: Desk, name: str, label: str) -> None:
    assert changed_since.labels(desk.office, BODY, [name, name]) == (label,)
