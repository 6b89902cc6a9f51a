"""Whom the procedure wants told is told, once, and can read it; nobody else is, and nobody else can."""

from pathlib import Path

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import sources
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.log.event_rows import happenings
from practice_alerts.domain.wording.history import history
from tests.helpers.alerts import act_answers
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.stories.crowded import (
    OFFICE,
    asking,
    changed,
    crowded,
    mails,
    printed,
    readers,
    sent,
    wanted,
)


def test_good_practice_goes_to_the_service_and_to_those_it_praises(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "lambeth", "qa_service")
    found = sent(desk, wanted(desk, "good_practice", team_manager=""))
    to = ["north_social_worker_2", "the_qa_service"]
    assert mails(desk) == [(who, "good_practice") for who in to]
    assert readers(desk, found) - OFFICE == {*to, "iro"}
    assert "Sample" not in "".join(text for *_, text in desk.mails())
    assert printed(desk, found)["copied"] == (
        "north_social_worker_2 Sample, Social Worker; The qa_service,"
        f" {found.files.procedure.title_of('qa_service')}"
    )
    (line,) = history(found.alert, None)
    assert line.what.startswith("Raised the alert. Sent to: the Social Worker and the ")
    (row,) = happenings(found.alert, found.files.procedure, None)
    assert row["detail"] == (
        f"Sent to: Social Worker; {found.files.procedure.title_of('qa_service')}"
    )


def test_somebody_praised_whom_the_directory_does_not_know_is_told_by_hand(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "lambeth", "qa_service")
    found = sent(desk, wanted(desk, "good_practice", social_worker="Una Typed", team_manager=""))
    assert mails(desk) == [("the_qa_service", "good_practice")]
    assert printed(desk, found)["by_hand"] == "Una Typed, Social Worker"
    (line,) = history(found.alert, None)
    assert line.said.endswith("To be told by hand: Una Typed, Social Worker")


def test_where_the_procedure_names_no_addressee_good_practice_goes_to_nobody(
    tmp_path: Path,
) -> None:
    desk = crowded(tmp_path, "northamptonshire")
    found = sent(desk, wanted(desk, "good_practice", raised_as="child_protection"), "cp_chair")
    assert mails(desk) == []
    assert found.alert.told == ()
    assert readers(desk, found) - OFFICE == {"cp_chair"}


def test_alerts_answers_and_outcomes_are_copied_to_those_who_watch(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "merton", "safeguarding_manager", "qa_administrator")
    found = sent(desk, asking(wanted(desk, "practice_alert", "stage-2"), "north_team_manager_2"))
    watching = ["the_qa_administrator", "the_safeguarding_manager"]
    assert mails(desk, "copied") == [(who, "copied") for who in watching]
    found = _answered(desk, found, "north_team_manager_2")
    assert mails(desk, "answer_copied") == [(who, "answer_copied") for who in watching]
    found = _closed(desk, found)
    assert mails(desk, "closed_copied") == [(who, "closed_copied") for who in watching]
    assert mails(desk, "closed") == [("north_team_manager_2", "closed")]
    assert len(mails(desk)) == len({*mails(desk)})
    assert readers(desk, found) - OFFICE == {*watching, "iro", "north_team_manager_2"}
    said = [line.what for line in history(found.alert, found.ladder)]
    assert any("Sent a copy of the answer: the Safeguarding Manager" in one for one in said)
    assert any("Told how it ended: the Safeguarding Manager" in one for one in said)


def test_an_informal_talk_is_copied_to_nobody_unless_the_stage_says_so(tmp_path: Path) -> None:
    merton = crowded(tmp_path / "m", "merton", "safeguarding_manager", "qa_administrator")
    talk = asking(wanted(merton, "practice_alert", "informal"), "north_social_worker_2")
    found = _answered(merton, sent(merton, talk), "north_social_worker_2")
    _closed(merton, found)
    assert {who for who, _ in mails(merton)} == {"north_social_worker_2", "iro"}
    lambeth = crowded(tmp_path / "l", "lambeth", "qa_service")
    talk = asking(wanted(lambeth, "practice_alert", "informal"), "north_social_worker_2")
    _answered(lambeth, sent(lambeth, talk), "north_social_worker_2")
    assert mails(lambeth, "copied", "answer_copied") == [
        ("the_qa_service", "answer_copied"),
        ("the_qa_service", "copied"),
    ]


def test_whoever_attends_the_meeting_with_the_director_is_invited(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "knowsley", "service_manager", "head_of_service")
    found = sent(desk, wanted(desk, "challenge", "stage-4"))
    come = ["north_social_worker_2", "the_head_of_service", "the_service_manager"]
    assert mails(desk, "invited") == [(who, "invited") for who in come]
    assert {who for who, _ in mails(desk)} == {*come, "director"}
    (stage,) = printed(desk, found)["stages"]
    assert stage["invited"].startswith("north_social_worker_2 Sample, Social Worker; ")
    note = file_note(found.alert, sources(desk.office, found), desk.office.now())
    assert "To attend: north_social_worker_2 Sample" in note


def test_a_meeting_that_may_not_be_needed_is_said_to_be_one(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "unnamed-2015")
    wish = wanted(desk, "concern", "stage-3")
    gate = {"gate": "yes", "gate_told": "Deputy_Head_Iro Sample, by telephone"}
    found = sent(desk, changed(wish, **gate))
    come = ["head_quality", "north_social_worker_2", "north_team_manager_2"]
    assert mails(desk, "invited_if_held") == [(who, "invited_if_held") for who in come]
    assert mails(desk, "told_at_once") == [("deputy_head_iro", "told_at_once")]
    assert mails(desk, "asked", "asked_without_date") == [("head_operational", "asked")]
    assert not readers(desk, found) & {"north_social_worker_1", "deputy_head_operational"}


BRANCHES = """\
        steps:
          - {id: talk, what: Talk, by: team_manager, outcomes: [settled, not settled]}
          - {id: meeting, what: Meeting, by: team_manager, attend: [service_manager], if: talk.not settled}
"""


@pytest.mark.parametrize(
    ("outcome", "come"), [("settled", []), ("not settled", ["service_manager"])]
)
def test_whoever_attends_on_a_branch_is_invited_once_it_is_taken(
    tmp_path: Path, outcome: str, come: list[str]
) -> None:
    first = "        answer: {from: team_manager, within: 5 working days}\n"
    furnished(tmp_path / "rooms", PROCEDURE.replace(first, first + BRANCHES))
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path / "rooms")
    found = sent(desk, wanted(desk, "concern", "stage-1", team_manager="team_manager Sample"))
    assert mails(desk, "invited") == []
    talk = {"step": "talk", "took_place": "yes", "on": "2025-06-02", "at": "08:59", "text": "x"}
    found = VERBS[Act.STEP](
        desk.office, found.id, {**talk, "outcome": outcome}, desk.doing("iro", found)
    )
    assert mails(desk, "invited") == [(who, "invited") for who in come]
    desk.office.database.close()


def test_whoever_attends_and_is_not_in_the_directory_stays_a_task_until_they_are(
    tmp_path: Path,
) -> None:
    steps = "        steps: [{id: talk, what: Talk, by: team_manager, attend: [service_manager]}]\n"
    first = "        answer: {from: team_manager, within: 5 working days}\n"
    furnished(tmp_path / "rooms", PROCEDURE.replace(first, first + steps))
    desk = open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path / "rooms")
    held = tables.holdings.c
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(held.post == "service_manager"))
    found = sent(desk, wanted(desk, "concern", "stage-1", team_manager="Team_Manager Sample"))
    ((run, person),) = to_do_by_hand(found.alert)
    assert (person.id, person.name) == ("", "Service Manager")
    with desk.office.database.writing() as tx:
        new = DirectoryPerson("sm", "Service Manager", "sm@practice.invalid")
        directory.add_person(tx, new, [("sampleford", "service_manager", "")], LONG_AGO)
    assert "sm" not in readers(desk, found)
    whom = f"{run.number}:Service Manager, Service Manager"
    answers = {"whom": whom, "on": "2025-06-02", "entered": "yes"}
    found = VERBS[Act.BY_HAND](desk.office, found.id, answers, desk.doing("iro", found))
    assert to_do_by_hand(found.alert) == ()
    assert [one.id for one in found.run.invited] == ["sm"]
    assert "sm" in readers(desk, found)
    assert mails(desk, "copied") == [("sm", "copied")]
    desk.office.database.close()


def test_an_override_and_a_referral_are_told_and_the_rest_is_for_the_telephone(
    tmp_path: Path,
) -> None:
    desk = crowded(tmp_path, "lambeth", "qa_service", "statutory_dcs")
    found = sent(desk, asking(wanted(desk, "practice_alert", "stage-1"), "north_team_manager_2"))
    event = {
        "event": "a child has died",
        "told": "Both by telephone.",
        "on": desk.office.today.isoformat(),
        "at": "08:30",
        "by": "The officer",
    }
    found = VERBS[Act.OVERRIDE](desk.office, found.id, event, desk.doing("iro", found))
    assert mails(desk, "told_at_once") == [("the_statutory_dcs", "told_at_once")]
    last = history(found.alert, found.ladder)[-1]
    assert "To be told by hand: " in last.said
    found = VERBS[Act.REFER](
        desk.office, found.id, act_answers.way_out("cafcass", "Now."), desk.doing("iro", found)
    )
    assert mails(desk, "told") == [("director", "told")]
    assert {"director", "the_statutory_dcs"} <= readers(desk, found)
    assert "chief" not in readers(desk, found)


def test_the_paper_prints_to_whom_it_was_sent_and_who_is_to_answer(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "merton", "safeguarding_manager", "qa_administrator")
    wish = asking(wanted(desk, "practice_alert", "stage-1"), "north_social_worker_2")
    found = sent(desk, wish)
    (stage,) = printed(desk, found)["stages"]
    assert "north_social_worker_2 Sample, Social Worker" in stage["received_by"]
    assert "Team Manager" in stage["received_by"]
    assert "Assistant" not in stage["received_by"]
    assert "Safeguarding Manager" in stage["copied"]
    assert "Safeguarding Manager" not in stage["received_by"]


def test_whoever_is_invited_and_copied_gets_one_mail_and_a_cover_who_could_not_open_it_none(
    tmp_path: Path,
) -> None:
    desk = crowded(tmp_path, "knowsley", "service_manager", "head_of_service")
    today = desk.office.today
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "the_service_manager", "the_head_of_service", today, today)
        directory.add_cover(tx, "the_service_manager", "west_team_manager_1", today, today)
    sent(desk, wanted(desk, "challenge", "stage-4"))
    told = [who for who, what in mails(desk, "invited")]
    assert told == ["north_social_worker_2", "the_head_of_service", "the_service_manager"]
    assert "west_team_manager_1" not in {who for who, _, _ in desk.mails()}


@pytest.mark.parametrize(
    ("council", "kind", "stage", "title"),
    [
        ("northamptonshire", "escalation", "level-1", "Escalation"),
        ("merton", "practice_alert", "stage-2", "Practice alert"),
    ],
)
def test_a_mail_calls_the_alert_what_the_council_calls_it(
    tmp_path: Path, council: str, kind: str, stage: str, title: str
) -> None:
    desk = crowded(tmp_path, council)
    wish = asking(wanted(desk, kind, stage), "north_team_manager_2")
    found = sent(desk, wish)
    text = next(text for _, what, text in desk.mails() if what == "asked")
    assert text.startswith(f"{title} {found.alert.reference}: your answer is asked for")
    assert ("ractice alert" in text) == (title == "Practice alert")


def _answered(desk: Desk, found: Known, who: str) -> Known:
    reply = act_answers.reply("It will be.", "will_be_done", "2025-06-20", "The worker")
    return answer(desk.office, found.id, reply, desk.doing(who, found))


def _closed(desk: Desk, found: Known) -> Known:
    ending = act_answers.ending("withdrawn", "It is settled.")
    return close(desk.office, found.id, ending, desk.doing("iro", found))
