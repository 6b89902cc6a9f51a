"""An alert that ran on paper is entered here: the days that were given hold, and nobody is asked by a day gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.acts.raising.from_paper import officers
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import document_on_screen
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.errors import BadAnswers, NotAllowed
from practice_alerts.domain.log.log_rows import log_rows
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.restricting import restricted
from tests.helpers.stories.story import Story

NOW = "Mon 2025-06-16"
PAPER: dict[str, Any] = {
    "paper_reference": "QA/2025/17",
    "paper_raised_on": "2025-06-02",
    "paper_entered_stage-1": "2025-06-03",
    "paper_due_stage-1": "2025-06-09",
    "paper_sent_on": "2025-06-10",
    "paper_way": "email",
    "paper_due": "2025-06-13",
    "paper_answers": [{"on": "2025-06-06", "who": "Team manager", "text": "No worker is free."}],
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a cover for the officer, and support of the service."""
    desk.with_readers().at(NOW)
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, day("Mon 2025-12-01"))
    return desk


def on_paper(desk: Desk, stage: str = "stage-2", officer: str = "", **changes: Any) -> Raising:
    named = {f"paper_{name}": said for name, said in changes.items()}
    raising = desk.raising(stage)
    return replace(
        raising,
        answers={**raising.answers, **PAPER, **named},
        entry_reason="",
        on_paper=True,
        officer=officer,
    )


def enter(desk: Desk, who: str = "iro", **changes: Any) -> Known:
    return raise_alert(desk.office, on_paper(desk, **changes), desk.doing(who))


def faults(desk: Desk, who: str = "iro", **changes: Any) -> dict[str, str]:
    with desk.office.database.reading() as tx:
        return prepare(desk.office, tx, desk.actor(who), on_paper(desk, **changes)).faults


def rows(desk: Desk, found: Known) -> dict[str, Any]:
    form = desk.office.form(found.files, found.alert.form)
    calendar = desk.office.calendar("lambeth")
    return dict(log_rows(found.alert, found.files.procedure, form, calendar, "p").tables)


@pytest.mark.parametrize(
    ("who", "officer", "mark"),
    [
        ("iro", "", "Taken over from paper by {iro}, Independent Reviewing Officer, on Monday 16"),
        ("other_iro", "iro", "Taken over from paper by {who}, for {iro}, on Monday 16 June 2025"),
        ("support", "iro", "Taken over from paper by {who}, for {iro}, on Monday 16 June 2025"),
    ],
)
def test_whoever_may_enters_it_and_it_is_the_officers(
    desk: Desk, who: str, officer: str, mark: str
) -> None:
    found = enter(desk, who, officer=officer)
    alert = found.alert
    assert (alert.officer.id, alert.happened[0].by) == ("iro", who)
    said = mark.format(iro=desk.actor("iro").name, who=desk.actor(who).name)
    history = desk.see("iro", found).history
    assert history[0].what.startswith(said)
    assert history[0].who == desk.actor(who).name
    for line in ("QA/2025/17", "Raised on paper: Monday 2 June 2025", "No worker is free."):
        assert line in history[0].said
    page = document_on_screen(desk.office, found)
    assert said in page
    assert "Friday 13 June 2025 (as given on paper" in page
    told = {to for to, notice, _ in desk.mails() if notice == "entered_for"}
    assert told == {"iro": set(), "other_iro": {"iro"}, "support": {"iro", "other_iro"}}[who]


@pytest.mark.parametrize(
    ("who", "officer"),
    [
        *(("manager", ""), ("manager", "iro"), ("boss", "iro"), ("admin", "iro"), ("qa", "iro")),
        *(("auditor", "iro"), ("iro", "other_iro"), ("support", ""), ("support", "manager")),
    ],
)
def test_nobody_else_does(desk: Desk, who: str, officer: str) -> None:
    with pytest.raises(NotAllowed):
        enter(desk, who, officer=officer)
    assert desk.mails() == []


def test_who_is_offered_is_who_may_be_entered_for(desk: Desk) -> None:
    def offered(who: str) -> set[str]:
        with desk.office.database.reading() as tx:
            return set(officers(desk.office, tx, desk.actor(who)))

    assert offered("iro") == {"iro"}
    assert offered("other_iro") == {"iro", "other_iro"}
    assert {"iro", "other_iro"} <= offered("support")
    assert offered("manager") == offered("boss") == offered("auditor") == set()


def test_the_day_that_was_given_is_late_at_once_and_nobody_is_asked_by_a_day_gone(
    desk: Desk,
) -> None:
    found = enter(desk)
    seen = desk.see("iro", found)
    assert seen.where.standing is Standing.NO_ANSWER
    assert seen.clocks.answer_due == day("Fri 2025-06-13")
    # 20 working days from the first formal stage, entered on 3 June.
    assert seen.clocks.time_limit is not None
    assert seen.clocks.time_limit.by_day == day("Tue 2025-07-01")
    asked = {one.id for one in found.run.sent.asked}
    assert asked
    mails = desk.mails()
    assert {to for to, notice, _ in mails if notice == "now_here"} == asked
    assert not any("Please answer by" in text or "13 June" in text for _, _, text in mails)
    for when in (NOW, "Tue 2025-06-17"):
        desk.at(when)
        remind(desk.office)
    told = [(to, notice) for to, notice, _ in desk.mails()]
    assert [notice for to, notice in told if to in asked] == ["now_here"] * len(asked)
    assert ("iro", "no_answer") in told


def test_a_day_to_come_is_reminded_of_as_any_other(desk: Desk) -> None:
    found = enter(desk, due="2025-06-18")
    desk.at("Tue 2025-06-17")
    remind(desk.office)
    asked = {one.id for one in found.run.sent.asked}
    assert {to for to, notice, _ in desk.mails() if notice == "due_soon"} == asked


def test_the_log_says_so_and_earlier_stages_are_in_no_figure(desk: Desk) -> None:
    told = rows(desk, enter(desk))
    alert, stages = told["alerts"][0], told["stages"]
    assert (alert["from_paper"], alert["raised_on"], alert["entered_on"]) == (
        *("yes", "2025-06-02", "2025-06-16"),
    )
    assert (alert["entry_stage"], alert["stages_used"]) == ("Stage One", 2)
    assert [(one["stage"], one["sent_on"], one["due_on"]) for one in stages] == [
        ("stage-2", "2025-06-10", "2025-06-13")
    ]
    assert told["happenings"][0]["detail"] == (
        "taken over from paper; raised 2025-06-02, sent 2025-06-10"
    )
    assert "QA/2025/17" not in str(told)
    assert "No worker is free" not in str(told)


def test_one_reference_on_paper_is_entered_once_in_a_council(desk: Desk) -> None:
    found = enter(desk)
    for typed in ("QA/2025/17", " qa 2025-17 "):
        said = faults(desk, reference=typed)["paper_reference"]
        assert f"it is {found.alert.reference}" in said
        with pytest.raises(BadAnswers):
            enter(desk, reference=typed)
    hidden = faults(desk, who="support", officer="iro", reference="QA/2025/17")
    assert found.alert.reference in hidden["paper_reference"]  # who may open it is told which
    assert faults(desk, reference="QA/2025/18") == {}
    assert faults(desk, reference="") == {}


@pytest.mark.parametrize("typed", ["Q\u0410/2025/17", "QA\u200b/2025/17", "\uff31A 2025 17"])
def test_a_reference_is_the_same_however_it_is_drawn(desk: Desk, typed: str) -> None:
    found = enter(desk)
    assert f"it is {found.alert.reference}" in faults(desk, reference=typed)["paper_reference"]


@pytest.mark.parametrize("field", ["paper_reference", "case_number"])
def test_digits_of_another_script_are_refused_in_a_sentence(desk: Desk, field: str) -> None:
    given = on_paper(desk)
    given = replace(given, answers={**given.answers, field: "S-\u0661\u0660\u0660"})
    with desk.office.database.reading() as tx:
        said = prepare(desk.office, tx, desk.actor("iro"), given).faults
    assert said[field].endswith("write its digits as 0 to 9.")


def test_that_a_closed_alert_bears_a_reference_nobody_learns_to_whom_it_is_closed(
    desk: Desk,
) -> None:
    found = enter(desk)
    enter(desk, reference="QA/2025/30", case_number="S-9")
    restricted(desk, found, second="boss", stand_in="reserve")
    for who, officer in (("support", "iro"), ("other_iro", "other_iro")):
        free = faults(desk, who=who, officer=officer, reference="QA/2025/99")
        assert faults(desk, who=who, officer=officer, reference="QA/2025/17") == free
        taken = faults(desk, who=who, officer=officer, reference="QA/2025/30")
        assert "paper_reference" in taken
    assert found.alert.reference in faults(desk, reference="QA/2025/17")["paper_reference"]


def test_whoever_is_to_answer_does_not_enter_it_for_another(desk: Desk) -> None:
    """Nobody of the other side may at all; one of the own side who is asked is refused as well."""
    asked = next(one.id for one in enter(desk).run.sent.asked)
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding(asked, "lambeth", "iro_support"), LONG_AGO)
    said = faults(desk, who=asked, officer="iro", reference="Another")
    assert "you are to answer it yourself" in said["asked"]


def test_the_form_is_filled_as_far_as_it_is_known(desk: Desk) -> None:
    raising = on_paper(desk)
    few = {name: raising.answers[name] for name in ("child_name", "case_number", "team")}
    kept = {name: said for name, said in raising.answers.items() if name.startswith("paper_")}
    with desk.office.database.reading() as tx:
        prepared = prepare(
            desk.office, tx, desk.actor("iro"), replace(raising, answers={**few, **kept})
        )
    wanted = {one.id for one in prepared.form.fields(filled_by="raiser") if one.required}
    assert wanted
    assert set(prepared.faults) <= wanted - set(few)
    without = {name: said for name, said in raising.answers.items() if name != "case_number"}
    with desk.office.database.reading() as tx:
        again = prepare(desk.office, tx, desk.actor("iro"), replace(raising, answers=without))
    assert "case_number" in again.faults


def test_sent_while_the_system_was_down_it_is_entered_late_and_the_clock_runs_from_that_day(
    desk: Desk,
) -> None:
    without: dict[str, Any] = dict.fromkeys(("entered_stage-1", "due_stage-1", "due", "answers"))
    days: dict[str, Any] = {"raised_on": "2025-06-12", "sent_on": "2025-06-12", "way": "paper"}
    found = enter(desk, stage="stage-1", **days, **without)
    seen = desk.see("iro", found)
    assert seen.clocks.answer_due == day("Wed 2025-06-18")
    line = seen.history[0]
    assert line.what.startswith("Sent on paper and entered late by ")
    assert "Sent on: Thursday 12 June 2025: on paper, by post or by hand" in line.said
    assert "Entered on: Monday 16 June 2025" in line.said


def test_from_paper_to_closing_no_day_that_stands_here_is_moved(desk: Desk) -> None:
    found = enter(desk, due="2025-06-18")
    story = Story(desk, "iro", found)
    asked = next(iter(found.run.sent.asked)).id
    story.on("Thu 2025-06-19").answered(asked, "It is done.", "done")
    assert rows(desk, story.found)["stages"][0]["answered_in_time"] == "no"
    story.not_satisfactory("It is not.")
    story.on("Fri 2025-06-20").escalated("stage-3", "No worker is named.")
    assert story.found.run.entered_at is None
    assert story.due == day("Thu 2025-06-26")
    for run in story.found.alert.runs[:1]:
        assert run.given_due == day("Wed 2025-06-18")
    asked = next(iter(story.found.run.sent.asked)).id
    story.answered(asked, "A worker is named.", "done").put_right("Seen in the record.")
    story.closed("put_right", "She has a worker.")
    told = rows(desk, story.found)
    assert told["alerts"][0]["closed_within_cap"] == "yes"
    assert [one["stage"] for one in told["stages"]] == ["stage-2", "stage-3"]
    assert audit_chain.prove(desk.office).holds
