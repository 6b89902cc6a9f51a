"""Sentence by sentence of the five texts: who is asked, copied and told, and what their e-mails say of the day."""

from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import Raising, prepare
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_is_meant import posts_asked
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.office import Desk
from tests.helpers.product.run_command import said
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


def texts(desk: Desk, who: str) -> str:
    every = (text for person, _, text in desk.mails() if person == who)
    return " ".join(" ".join(every).split())


def answered(desk: Desk, found: Known, who: str) -> Known:
    said = act_answers.reply("It will be.", "will_be_done", "2025-06-20", "The worker")
    return answer(desk.office, found.id, said, desk.doing(who, found))


# -- one of two, or both ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "stage", "posts"),
    [
        ("unnamed-2015", "concern", "stage-2", ("deputy_head_operational", "head_operational")),
        ("unnamed-2015", "concern", "stage-4", ("service_director", "strategic_director")),
        ("northamptonshire", "escalation", "level-4", ("assistant_director", "director")),
    ],
)
def test_one_or_the_other_is_chosen_and_the_other_hears_nothing(
    tmp_path: Path, name: str, kind: str, stage: str, posts: tuple[str, str]
) -> None:
    desk = crowded(tmp_path, name)
    gate = {"gate": "yes", "gate_told": "Both"} if name == "unnamed-2015" else {}
    wish = changed(wanted(desk, kind, stage), **gate)
    with pytest.raises(BadAnswers, match=" or "):
        sent(desk, changed(wish, asked=()))
    with pytest.raises(BadAnswers, match="choose one of them"):
        sent(desk, changed(wish, asked=posts))
    first, other = posts
    found = sent(desk, asking(wish, first))
    assert [one.id for one in found.run.sent.asked] == [first]
    asked = [who for who, what in mails(desk) if what.startswith("asked")]
    assert asked == [first]
    assert other not in readers(desk, found)


@pytest.mark.parametrize(
    ("name", "kind", "stage", "words"),
    [
        ("northamptonshire", "escalation", "informal", "Social Worker and Practice Manager"),
        ("unnamed-2015", "concern", "issue-notification", "Social Worker and Team Manager"),
        ("merton", "practice_alert", "stage-1", "Social Worker or Assistant Team Manager"),
        ("lambeth", "practice_alert", "informal", "Social Worker or Team Manager"),
    ],
)
def test_and_is_told_as_and_and_or_as_or(name: str, kind: str, stage: str, words: str) -> None:
    procedure = council(name).procedure
    ladder = procedure.ladder_of(kind)
    assert ladder is not None
    assert posts_asked(procedure, ladder.stage(stage)).endswith(words)
    assert f": {words}" in said("ladder", name, "--from", "2025-06-02 09:00", "--entry", stage)


# -- copies and good practice ---------------------------------------------------------------------


def test_excellent_practice_goes_to_the_worker_and_their_manager(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "unnamed-2015")
    found = sent(desk, wanted(desk, "good_practice"))
    to = ["north_social_worker_2", "north_team_manager_2"]
    assert mails(desk) == [(who, "good_practice") for who in to]
    assert readers(desk, found) - OFFICE == {*to, "iro"}


def test_the_team_manager_of_an_informal_talk_stands_on_its_paper(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "northamptonshire")
    wish = replace(wanted(desk, "escalation", "informal"), settle_by=day("Fri 2025-06-13"))
    found = sent(desk, wish)
    (stage,) = printed(desk, found)["stages"]
    assert "north_team_manager_2 Sample, Team Manager" in stage["copied"]
    assert mails(desk, "copied") == [("north_team_manager_2", "copied")]
    assert {who for who in readers(desk, found) if "manager_1" in who} == set()


def test_knowsleys_three_copies_stand_on_the_paper_of_stage_2(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "knowsley", "head_of_service")
    found = sent(desk, asking(wanted(desk, "challenge", "stage-2"), "north_social_worker_2"))
    (stage,) = printed(desk, found)["stages"]
    copies = f"{stage['copied']}; {stage['by_hand']}"
    assert "Head of Service" in copies
    assert "Team Manager" in copies
    assert {who for who in readers(desk, found) if who.startswith(("south", "west"))} == set()


@pytest.mark.parametrize("name", IDS)
def test_whoever_is_copied_or_invited_at_any_stage_stands_on_its_paper(
    tmp_path: Path, name: str
) -> None:
    desk = crowded(tmp_path, name)
    procedure = desk.office.council(name).procedure
    kind = next(one for one, row in procedure.kinds.items() if row.ladder in procedure.ladders)
    gate = {"gate": "yes", "gate_told": "Both"} if procedure.gate else {}
    for stage in procedure.main_ladder.stages:
        wish = changed(wanted(desk, kind, stage.id), **gate, settle_by=day("Fri 2025-06-13"))
        found = sent(desk, changed(wish, asked=_first_asked(desk, wish)))
        (page,) = printed(desk, found)["stages"]
        places = ("received_by", "copied", "invited", "by_hand")
        on_paper = "; ".join(str(page[place]) for place in places)
        reached = {one.name for one in (*found.run.copied, *found.run.invited)}
        assert {one for one in reached if one not in on_paper} == set(), stage.label


def _first_asked(desk: Desk, wish: Raising) -> tuple[str, ...]:
    """Somebody where one has to be chosen; of the posts of a team, whom the form names."""
    with desk.office.database.reading() as tx:
        reached = prepare(desk.office, tx, desk.doing("iro").actor, changed(wish, asked=())).reached
    seat = next(line.seat for line in reached.lines if line.is_asked)
    options = seat.options or seat.candidates
    return (options[0].id,) if seat.is_open else ()


def test_lambeths_quality_service_gets_each_answer_and_how_it_ended(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "lambeth", "qa_service")
    found = sent(desk, asking(wanted(desk, "practice_alert", "stage-1"), "north_team_manager_2"))
    found = answered(desk, found, "north_team_manager_2")
    ending = act_answers.ending("withdrawn", "It is settled.")
    close(desk.office, found.id, ending, desk.doing("iro", found))
    told = [what for who, what in mails(desk) if who == "the_qa_service"]
    assert sorted(told) == ["answer_copied", "closed_copied", "copied"]


@pytest.mark.parametrize(
    ("agency", "stage", "posts"),
    [
        ("police", "stage-1", ["Missing Unit Sergeant", "CSE Sergeant"]),
        (
            *("health-cla-nurse", "stage-3"),
            ["Designated Nurse", "Designated Doctor for children looked after"],
        ),
        (
            *("nursing-safeguarding", "stage-2"),
            ["Line manager in health", "Safeguarding supervisor"],
        ),
    ],
)
def test_two_people_of_an_agency_stay_two(
    tmp_path: Path, agency: str, stage: str, posts: list[str]
) -> None:
    desk = crowded(tmp_path, "lambeth")
    wish = wanted(desk, "partner", stage, partner=agency, sent_to="One Outside; Two Outside")
    found = sent(desk, wish)
    assert [(one.name, one.post) for one in found.run.sent.asked] == [
        ("One Outside", posts[0]),
        ("Two Outside", posts[1]),
    ]
    tasks = {person.name for _, person in to_do_by_hand(found.alert)}
    assert {"One Outside", "Two Outside"} <= tasks
    with pytest.raises(BadAnswers, match="Who it goes to"):
        sent(desk, changed(wish, answers={**wish.answers, "sent_to": ""}))


# -- what is said of the day ------------------------------------------------------------------------


def test_knowsleys_times_are_aims_of_putting_right_in_every_sentence(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "knowsley", "assistant_director")
    found = sent(desk, wanted(desk, "challenge", "stage-3"))
    assert mails(desk, "asked") == [("the_assistant_director", "asked")]
    text = texts(desk, "the_assistant_director")
    assert "The aim is that what it asks for is put right by Monday 9 June 2025." in text
    assert "lease answer by" not in text
    sentence = desk.see("iro", found).where.sentence
    assert "the aim to put it right by Monday 9 June 2025" in sentence
    assert "due" not in sentence
    assert desk.at("Mon 2025-06-16").stands(found) is Standing.WAITING


def test_lambeths_informal_day_is_one_to_put_it_right_by_and_must_be_set(tmp_path: Path) -> None:
    desk = crowded(tmp_path, "lambeth", "qa_service")
    wish = asking(wanted(desk, "practice_alert", "informal"), "north_social_worker_2")
    with pytest.raises(BadAnswers) as refused:
        sent(desk, replace(wish, settle_by=None))
    assert set(refused.value.faults) == {"settle_by"}
    assert desk.mails() == []
    sent(desk, replace(wish, settle_by=day("Fri 2025-06-13")))
    text = texts(desk, "north_social_worker_2")
    assert "put right by Friday 13 June 2025" in text
    assert "lease answer by" not in text


@pytest.mark.parametrize("name", IDS)
def test_what_a_text_does_not_know_is_marked_as_ours(tmp_path: Path, name: str) -> None:
    """A hold is in Lambeth's text alone; everywhere it is offered, and elsewhere it says whose it is."""
    procedure = council(name).procedure
    assert Ours.HOLD in procedure.ours
    assert (procedure.main_ladder.hold is not None) is (name == "lambeth")
    kind = next(one for one, row in procedure.kinds.items() if row.ladder in procedure.ladders)
    desk = crowded(tmp_path, name)
    gate = {"gate": "no"} if procedure.gate else {}
    wish = changed(wanted(desk, kind), **gate, settle_by=day("Fri 2025-06-13"))
    found = sent(desk, asking(wish, "north_social_worker_2") if wish.asked else wish)
    offers = {one.act.value: one.mark for one in desk.see("iro", found).offers}
    assert bool(offers["hold"]) is (name != "lambeth")
