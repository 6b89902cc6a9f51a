"""A council that uses every key, played from raising to closing: each day, each e-mail and each reader at each moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.office import Office
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO
from tests.helpers.stories.odd_councils import files_of, people_of
from tests.helpers.stories.played import Played
from tests.helpers.stories.tarnbrook import ID, bent, open_tarnbrook

MAIN = ("ladders", "main", "stages")
JUDGED_TOGETHER = ((*MAIN, 2, "judged_by"), ["raiser", "iro_lead"], "")
COPIED_OF_TALK = ((*MAIN, 0, "answer", "to"), ["social_worker", "empty_post"], "")
BESIDE = "harbour"
"""Another council in the same office; its people bear the same names and hold posts of the same teams."""


def _at(said: tuple[str, str], stage: str) -> tuple[str, str]:
    return said[0], said[1].format(stage)


@pytest.fixture
def played(tmp_path: Path) -> Played:
    desk = open_tarnbrook(tmp_path, bent(JUDGED_TOGETHER, COPIED_OF_TALK))
    office = desk.office
    both = {**office.councils, BESIDE: files_of(BESIDE)}
    desk.office = Office(office.settings, both, office.database, office.keys, office.now)
    with office.database.writing() as tx:
        for who, (post, team) in people_of(BESIDE).items():
            name = f"{who.title()} Sample"
            person = DirectoryPerson(f"h_{who}", name, f"h_{who}@practice.invalid")
            directory.add_person(tx, person, [(BESIDE, post, team)], LONG_AGO)
        every = [*directory.everybody(tx, ID), *directory.everybody(tx, BESIDE)]
    return Played(desk, everybody=tuple(one.id for one in every))


READ_BY_OFFICE = {"boss"}
"""Who manages the reviewing service reads every alert."""
A_COPY = "It has been sent at {}. The procedure asks that you are told. Nothing is asked of you."
AN_ANSWER = ("an answer has come", "An answer to It has come at {}.")
ATTEND = "It has come to STEP 2. The procedure names you among those who attend there, if it is held: Meeting of all."


ACCEPTED = (
    "The answer to It at STEP 1 was accepted: the task is to be done by Friday 26 June 2026. "
    "After that day it will be looked at whether it was."
)


def refused(who: str, stage: str, onward: str) -> tuple[str, str, str]:
    by = "Iro_A Sample, Independent Reviewing Officer (Tarnbrook)"
    said = f"{by} found the answer to It at {stage} not satisfactory. The alert is still at this stage, and it may go on to {onward}."
    return who, "the answer was not satisfactory", said


def gone_on(who: str, stage: str) -> tuple[str, str, str]:
    said = f"It (Tarnbrook), on which you were asked, has gone on to {stage}. Others are asked now. Nothing more is asked of you."
    return who, f"has gone on to {stage}", said


def copy_at(stage: str, *people: str) -> set[tuple[str, str, str]]:
    return {(who, "a copy for your information", A_COPY.format(stage)) for who in people}


def invited(*people: str) -> set[tuple[str, str, str]]:
    return {(who, "you may be asked to attend at STEP 2", ATTEND) for who in people}


def asked_to_judge(*people: str) -> set[tuple[str, str, str]]:
    said = (
        "It can be reviewed at STEP 2. The procedure has several review it there together, and you are one"
        " of them. Iro_A Sample, Independent Reviewing Officer, whose alert it is, may go on without waiting."
    )
    return {(who, "your word is asked for", said) for who in people}


def raised(played: Played) -> Played:
    """One of two posts asked, a worker who is not in the directory, and an empty post whose stand-in gets the copy."""
    desk = played.desk
    form = desk.office.form(desk.office.council(ID), "concern")
    typed = {
        "raised_as": "looked_after",
        "case_number": "1234",
        "risk": "low",
        "council": "Tarnbrook",
    }
    answers = {**filled(form), **typed, "social_worker": "Tess Typed"}
    who: dict[str, Any] = {"asked": ("tm_b",), "copied": ("service_manager_b",)}
    day_set = day("Fri 2026-06-05")
    wish = Raising(ID, "concern", answers, "talk", gate="no", settle_by=day_set, **who)
    with pytest.raises(BadAnswers, match="Team Manager"):
        raise_alert(desk.office, replace(wish, asked=()), desk.doing("iro_a"))
    played.found = raise_alert(desk.office, wish, desk.doing("iro_a"))
    return played


def test_from_raising_to_closing(played: Played) -> None:
    """At each moment: who was written to and what they were asked by when, who can read it, which days run."""
    raised(played)
    at_talk = {"iro_a", "tm_b", "service_manager_b"} | READ_BY_OFFICE
    assert played.heard() == {
        ("tm_b", "your answer is asked for", "Please answer by Thursday 4 June 2026."),
        *copy_at("First talk", "service_manager_b"),
    }
    assert played.readers() == at_talk
    assert played.by_hand() == {"Tess Typed, Social Worker"}
    assert played.days() == {"answer": "deadline Thu 2026-06-04", "settle": "agreed Fri 2026-06-05"}

    played.on("Tue 2026-06-02").does("tm_b", Act.ANSWER, text="We talked.", response="other")
    assert played.heard() == {("iro_a", *_at(AN_ANSWER, "First talk"))}
    played.on("Wed 2026-06-03").judged("iro_a", "not_satisfactory")
    assert played.heard() == {refused("tm_b", "First talk", "STEP 1")}
    assert played.readers() == at_talk

    at_step_1 = at_talk | {
        "tm_a",
        "head_a",
        "other_a",
        "qa_service_a",
        "qa_service_b",
        "lead_a",
        "lead_b",
    }
    _to_step_1(played, at_step_1)
    _held_and_moved(played, at_step_1)
    at_step_2 = at_step_1 - {"tm_a", "tm_b"} | {"tm_c", "head_b"}
    _to_step_2(played, at_step_2)
    _closed(played, at_step_2 | {"sw_d", "director_a"})


def _to_step_1(played: Played, readers: set[str]) -> None:
    """A form of its own; copies by a question, by "tell" and by the ladder; putting right from the earlier of two."""
    copied = ("head_a", "other_a")
    played.on("Thu 2026-06-04")
    played.goes_on(
        "iro_a", "step-1", "tm_a", copied=copied, copy_to_head="yes", rationale="No date."
    )
    assert played.heard() == {
        gone_on("tm_b", "STEP 1"),
        ("tm_a", "your answer is asked for", "Please answer by Thursday 11 June 2026."),
        *copy_at("STEP 1", *copied, "qa_service_a", "qa_service_b"),
    }
    assert played.readers() == readers
    days = {"answer": "deadline Thu 2026-06-11", "settle": "aim Fri 2026-06-12"}
    assert played.days() == {**days, "total": "Thu 2026-07-02", "escalate by": "Wed 2026-06-24"}
    played.on("Wed 2026-06-10")
    due = "What It asks of you at STEP 1 is {} Thursday 11 June 2026."
    assert played.heard() == {("tm_a", "due by Thursday 11 June 2026", due.format("due by"))}
    played.on("Thu 2026-06-11")
    aim = "What It asks of you at STEP 1 is aimed to be done by Friday 12 June 2026."
    assert played.heard() == {
        ("tm_a", "due today", due.format("due today,")),
        ("tm_a", "the aim is Friday 12 June 2026", aim),
    }
    promise = {"response": "will_be_done", "promise_by": "2026-06-26", "task_owner": "The worker"}
    played.does("tm_a", Act.ANSWER, text="It will be.", **promise)
    assert played.heard() == {("iro_a", *_at(AN_ANSWER, "STEP 1"))}


def _held_and_moved(played: Played, readers: set[str]) -> None:
    """The child's new team: its manager has it in place of the former ones, and holds on to what was promised."""
    hold = {"until": "2026-06-26", "task_owner": "the team manager", "reason": "It can wait."}
    played.on("Fri 2026-06-12").does("iro_a", Act.HOLD, **hold)
    assert played.heard() == {("tm_a", "accepted until Friday 26 June 2026", ACCEPTED)}
    assert played.days()["hold"] == "Fri 2026-06-26"
    played.on("Mon 2026-06-15").moved(team="Sample Team South", social_worker="Sw_C Sample")
    assert played.heard() == copy_at("STEP 1", "tm_c")
    assert played.readers() == readers - {"tm_a", "tm_b"} | {"tm_c"}
    played.on("Thu 2026-06-25")
    held = "It is on hold at STEP 1 until Friday 26 June 2026."
    promised = (
        "On It it was accepted at STEP 1 that the task will be done by Friday 26 June 2026."
        " After that day it will be looked at whether it was."
    )
    assert played.heard() == {
        ("iro_a", "the hold ends on Friday 26 June 2026", held),
        ("tm_c", "to be done by Friday 26 June 2026", promised),
    }
    played.on("Mon 2026-06-29")
    passed = (
        "It had to be settled at STEP 1 or go on by Wednesday 24 June 2026, so that the stages still"
        " ahead fit the time limit, Thursday 2 July 2026. It is still there."
    )
    ended = "The hold on It at STEP 1 ended on Friday 26 June 2026."
    assert played.heard() == {
        ("iro_a", "the day to go on from STEP 1 has passed", passed),
        ("iro_a", "the hold has ended", ended),
    }


def _to_step_2(played: Played, readers: set[str]) -> None:
    """The lead of the reviewers escalates; steps that branch, the clock of one from the other in hours."""
    played.judged("iro_a", "not_satisfactory")
    told = {"copied": ("lead_a",), "rationale": "", "remarks": "None."}
    played.goes_on("lead_a", "step-2", "head_b", **told)
    talk = "Talk of the leads. It is for: Reviewing Lead."
    step = f"The next step at this stage is to take place by Wednesday 1 July 2026: {talk}"
    assert played.heard() == {
        refused("tm_c", "STEP 1", "STEP 2"),
        gone_on("tm_c", "STEP 2"),
        ("head_b", "a step is asked for", step),
        *copy_at("STEP 2", "qa_service_a", "qa_service_b"),
    }
    assert played.readers() == readers
    assert played.by_hand() == {"Tess Typed, Social Worker"}
    days = {"total": "Thu 2026-07-02", "escalate by": "Fri 2026-06-26"}
    steps = {"discussion": "deadline Wed 2026-07-01", "note": "deadline none yet"}
    assert played.days() == {**days, **steps}
    played.on("Tue 2026-06-30").took_place("lead_a", "discussion", "not settled")
    soon = f"At STEP 2 of It a step is to take place by Wednesday 1 July 2026: {talk}"
    assert played.heard() == {
        ("head_b", "a step is due by Wednesday 1 July 2026", soon),
        *invited("head_b", "sw_c", "tm_c"),
    }
    assert played.readers() == readers | {"sw_c"}
    days["meeting"] = "Tue 2026-07-07"
    assert played.days() == {**days, "note": "deadline Wed 2026-07-01 08:30"}
    played.took_place("lead_a", "note")
    assert played.heard() == asked_to_judge("lead_b"), "nothing else is awaited in any case"
    assert played.days() == days


def _closed(played: Played, readers: set[str]) -> None:
    """Referred, moved once more before the meeting, judged by two, and closed."""
    spoken = {"consulted": "Lead_A Sample; Director_A Sample told", "consultation": "discussed"}
    played.does("iro_a", Act.REFER, route="cafcass", reason="It takes long.", **spoken)
    known = (
        "On It something is recorded of which the procedure has you told. Nothing is asked of you."
    )
    assert played.heard() == {("director_a", "for you to know", known)}
    played.on("Thu 2026-07-02").moved(social_worker="Sw_D Sample")
    assert played.heard() == invited("sw_d")
    assert played.readers() == readers
    played.on("Mon 2026-07-06").took_place("iro_a", "meeting")
    played.judged("lead_a", "put_right")
    assert played.stands == Standing.STEPS_DONE.value, "one of two has said so"
    played.on("Tue 2026-07-07").judged("iro_a", "put_right")
    assert played.stands == Standing.PUT_RIGHT.value
    word = "At STEP 2 of It somebody who reviews the response with you has recorded their word."
    word += " Yours stands at once, whatever they said."
    assert played.heard() == {
        ("iro_a", "another word is recorded", word),
        *asked_to_judge("lead_a", "lead_b"),
    }
    played.does(
        "iro_a", Act.CLOSE, ending="put_right", what_changed="All of it.", changes=["safer"]
    )
    asked = "It, on which you were asked, is closed. Nothing more is asked of you."
    told = "It, of which you were told, is closed. How it ended stands here: http"
    ended = {(who, what, said.partition("://")[0]) for who, what, said in played.heard()}
    copied = ("lead_a", "lead_b", "qa_service_a", "qa_service_b", "sw_d", "tm_c")
    assert ended == {("head_b", "is closed", asked)} | {(who, "is closed", told) for who in copied}
    assert played.readers() == readers
    assert played.days() == {}
