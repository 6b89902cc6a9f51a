"""On the alert's page: a question is answered under its own words, and an answer from elsewhere is recorded."""

from __future__ import annotations

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

ASKS = "Which plan is *meant*? <b>That</b> of May?"


def test_the_officer_reads_the_question_where_they_answer_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    for text in (ASKS, "And by whom?"):
        doing = desk.doing("manager", found)
        found = VERBS[Act.ASK_QUESTION](desk.office, found.id, {"text": text}, doing)
    screen = open_screen(desk, "iro", "alert", monkeypatch, reference=found.alert.reference)
    assert "The Team Manager asks a question." in screen.words
    screen.press("Answer a question")

    screen.write("Your answer to it", "That of May.").press("Send the answer to it")
    assert "Whoever asked is told on Tuesday 3 June 2025, in the morning’s e-mail." in screen.words
    run = desk.see("iro", found).known.run
    assert list(run.open_questions) == [2]


def test_beside_the_sentence_that_it_is_not_theirs_a_button_leads_to_the_form_prefilled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.raised("stage-1")
    typed = {"text": "<b>Moved</b> in May.", "who_else": "Elsewhere Sample"}
    found = VERBS[Act.NOT_THEIRS](desk.office, found.id, typed, desk.doing("manager", found))
    screen = open_screen(desk, "iro", "alert", monkeypatch, reference=found.alert.reference)
    assert "The Team Manager says it is not theirs." in screen.words
    screen.test.button(key="beside:redirect").click().run()
    assert "&lt;b&gt;Moved&lt;/b&gt; in May." in screen.words
    screen.press("Redirect it")
    assert "It is redirected, and the date stands." in screen.words
    asked = desk.see("iro", found).known.run.sent.asked
    assert [one.id for one in asked] == ["elsewhere"]
    assert "beside:redirect" not in [one.key for one in screen.test.button]
