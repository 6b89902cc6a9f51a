"""An answer that came by e-mail, by telephone or another way: written down by the officer, counted from when it came."""

from __future__ import annotations

from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import document_on_screen
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.acts.acts import why_not
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import AnswerRecorded
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound
from practice_alerts.domain.log.event_rows import happenings
from practice_alerts.domain.log.log_rows import log_rows
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts import act_answers
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk

SAID = "The worker was named on Tuesday. <b>{{ 7*7 }}</b>"
CAME: dict[str, Any] = {
    "channel": "telephone",
    "on": "2025-06-03",
    "text": SAID,
    "response": "done",
    "task_owner": "Nadia Sample",
    "evidence": "CS-2025-77",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a cover for the officer, and one for the manager."""
    until = day("Mon 2025-06-30")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, until)
        directory.add_cover(tx, "manager", "elsewhere", LONG_AGO, until)
    return desk


def record(desk: Desk, found: Known, who: str = "iro", **changes: Any) -> Known:
    doing = desk.doing(who, found)
    return VERBS[Act.RECORD_ANSWER](desk.office, found.id, {**CAME, **changes}, doing)


def recorded(found: Known) -> AnswerRecorded:
    what = found.alert.happened[-1].what
    assert isinstance(what, AnswerRecorded)
    return what


@pytest.mark.parametrize("who", ["iro", "other_iro"])
def test_the_officer_or_their_cover_writes_it_down_and_everybody_reads_that_they_did(
    desk: Desk, who: str
) -> None:
    found = desk.raised("stage-1")
    desk.at("Fri 2025-06-06")
    found = record(desk, found, who)
    what = recorded(found)
    assert (what.by.id, what.whose and what.whose.id, what.recorded_by.id) == (
        *("manager", "manager", who),
    )
    assert what.evidence == "CS-2025-77"
    officer = desk.actor(who).name
    line = desk.see("manager", found).history[-1]
    assert line.who == officer
    assert "by telephone, received on Tuesday 3 June 2025, at Stage One" in line.what
    assert line.said.startswith(f"{SAID}\nEvidence in the case system: CS-2025-77\n")
    page = document_on_screen(desk.office, found)
    assert "by telephone, received on Tuesday 3 June 2025" in page
    assert f"recorded by the reviewing officer, {officer}" in page
    assert "<b>" not in page
    assert "CS-2025-77" in page
    assert audit_chain.prove(desk.office).holds


def test_it_counts_from_when_it_came_and_is_reviewed_from_when_it_was_written_down(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    desk.at("Mon 2025-06-30")
    assert desk.see("iro", found).where.standing is Standing.NO_ANSWER
    found = record(desk, found)
    seen = desk.see("iro", found)
    assert seen.where.standing is Standing.TO_REVIEW
    came = found.run.all_answered_at
    assert came == moment("Tue 2025-06-03 12:00")
    files, calendar = found.files, desk.office.calendar(found.files.id)
    form = files.forms[found.alert.form]
    rows = log_rows(found.alert, files.procedure, form, calendar, "somebody")
    (stage,) = rows.tables["stages"]
    assert (stage["answered_on"], stage["answered_in_time"]) == ("2025-06-03", "yes")
    kinds = list(happenings(found.alert, found.files.procedure, found.ladder))
    assert kinds[-1]["kind"] == "Answer recorded by the reviewing officer"
    assert kinds[-1]["detail"] == "It has been done; by telephone, received 2025-06-03"


def test_what_came_before_a_review_and_is_written_down_after_it_is_still_to_be_reviewed(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    reply = act_answers.reply("Nothing yet.", "other")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    desk.at("Thu 2025-06-05")
    outcome = act_answers.outcome("not_satisfactory", "No date.")
    found = VERBS[Act.REVIEW_RESPONSE](desk.office, found.id, outcome, desk.doing("iro", found))
    assert found.run.unreviewed is None
    desk.at("Fri 2025-06-06")
    found = record(desk, found)
    assert found.run.unreviewed is not None
    assert found.run.unreviewed.answer.text == SAID
    assert found.run.review is None
    assert found.run.all_answered_at == moment("Tue 2025-06-03 12:00")


def test_whoever_it_is_of_is_told_without_a_word_of_it_and_can_say_it_in_their_own_words(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    found = record(desk, found, answered_by="Nadia Sample, Head of Service")
    told = [(who, text) for who, what, text in desk.mails() if what == "answer_recorded"]
    assert sorted(who for who, _ in told) == ["elsewhere", "manager"]
    for _, text in told:
        assert "/respond/" in text
        assert SAID not in text
        assert "Nadia" not in text
    own = act_answers.reply("I said that it will be done.", "will_be_done", "2025-06-20")
    found = answer(desk.office, found.id, own, desk.doing("manager", found))
    first, second = found.run.answers
    assert (first.answer.text, first.answer.by.name) == (SAID, "Nadia Sample, Head of Service")
    assert (second.answer.text, second.answer.by.id) == ("I said that it will be done.", "manager")


def test_the_officer_hears_that_their_cover_has_written_one_down(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    record(desk, found, "other_iro")
    assert "iro" in {who for who, what, _ in desk.mails() if what == "answered"}


def test_the_officer_who_wrote_it_down_still_reviews_it_and_the_document_says_both(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    found = record(desk, found)
    outcome = act_answers.outcome("not_satisfactory", "No date.")
    found = VERBS[Act.REVIEW_RESPONSE](desk.office, found.id, outcome, desk.doing("iro", found))
    officer = found.alert.officer
    page = document_on_screen(desk.office, found)
    assert f"{officer.in_words}, who had recorded the answer" in page


@pytest.mark.parametrize(
    "who", ["manager", "elsewhere", "service", "boss", "qa", "admin", "worker"]
)
def test_nobody_else_writes_one_down(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    with pytest.raises((NotAllowed, NotFound)):
        record(desk, found, who)
    assert Act.RECORD_ANSWER not in {offer.act for offer in desk.see("manager", found).offers}


def test_a_cover_who_is_challenged_writes_none_down(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.give("team_manager", "other_iro")
    desk.at("Wed 2025-06-04")
    with pytest.raises(NotAllowed):
        record(desk, found, "other_iro")


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"on": "2025-06-05"}, "on", "choose a moment that has passed"),
        ({"on": "2025-06-01"}, "on", "choose that moment or a later one"),
        ({"on": ""}, "on", "When did it come"),
        ({"channel": ""}, "channel", "How did it come"),
        ({"channel": "pigeon"}, "channel", "Choose from the list"),
        ({"text": " "}, "text", "What they said"),
        (
            {"response": "will_be_done", "promise_by": "2025-06-02"},
            "promise_by",
            "choose that day or a later one",
        ),
    ],
)
def test_what_cannot_be_is_a_fault_with_its_cure(
    desk: Desk, changes: dict[str, str], field: str, says: str
) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    with pytest.raises(BadAnswers) as refused:
        record(desk, found, **changes)
    assert says in refused.value.faults[field]


def test_a_promise_that_has_passed_by_now_may_stand(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Mon 2025-06-09")
    found = record(desk, found, response="will_be_done", promise_by="2025-06-04")
    assert recorded(found).promise_by == day("Wed 2025-06-04")


def test_on_the_day_of_asking_it_came_after_it_was_asked_for(desk: Desk) -> None:
    desk.at("Mon 2025-06-02 15:00")
    found = desk.raised("stage-1")
    desk.at("Tue 2025-06-03 09:00")
    found = record(desk, found, on="2025-06-02")
    assert recorded(found).received == found.run.sent_at
    assert recorded(found).at == ""


def test_pressed_twice_it_is_written_down_once(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Wed 2025-06-04")
    doing = desk.doing("iro", found, "this page")
    once, twice = (VERBS[Act.RECORD_ANSWER](desk.office, found.id, CAME, doing) for _ in "12")
    assert once.alert.version == twice.alert.version
    assert len(twice.run.answers) == 1


def test_only_a_clock_of_hours_asks_for_the_time_of_day(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, found, Act.RECORD_ANSWER, desk.actor("iro"))
    asked = {one.id for one in form.fields()}
    assert {"on", "channel"} <= asked
    assert not {"at", "whose"} & asked
    assert why_not(Act.RECORD_ANSWER, found.alert, found.rules) is None
