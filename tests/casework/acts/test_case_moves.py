"""The case moves to another worker, manager or team: the new ones are asked, the former read no further."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer, case_moves, escalate, raise_alert
from practice_alerts.casework.acts.act_form import people_on_form
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_is_meant import asked_of, candidates, scene_of
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound
from practice_alerts.domain.forms.form import id_key
from practice_alerts.domain.wording.history import told
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.stories.sampleford import TEAMS, hire

NORTH, SOUTH, EAST = TEAMS
COUNCILS = {"merton": "practice_alert", "northamptonshire": "escalation"}


@pytest.fixture(params=COUNCILS)
def desk(request: pytest.FixtureRequest, tmp_path: Any) -> Desk:
    """Two workers and one manager in each of three teams."""
    desk = open_desk(tmp_path, council=request.param)
    for team in TEAMS:
        short = team.split()[-1].lower()
        for number in (1, 2):
            hire(desk, f"sw_{short}_{number}", "social_worker", team)
        hire(desk, f"tm_{short}", "team_manager", team)
    return desk


def raised(desk: Desk, stage: str | None = None, asked: tuple[str, ...] = ()) -> Known:
    kind = COUNCILS[desk.council]
    typed = {
        "team": NORTH,
        "social_worker": "sw_north_1 Sample",
        "team_manager": "tm_north Sample",
    }
    wish = wanted(desk, kind, stage, **typed)
    wish = replace(wish, asked=wish.asked and asked)  # chosen only where one of several is asked
    return raise_alert.raise_alert(desk.office, wish, desk.doing("iro"))


def moved(desk: Desk, found: Known, who: str = "iro", **changes: str) -> Known:
    kept = {
        name: str(found.alert.answers.get(name) or "")
        for name in people_on_form(desk.office, found)
    }
    typed = {**kept, "since": "2025-06-02", "reason": "They moved house.", **changes}
    return case_moves.move_case(desk.office, found.id, typed, desk.doing(who, found))


def asked(found: Known) -> set[str]:
    return {one.id for one in found.run.sent.asked}


def mails(desk: Desk) -> Counter[tuple[str, str]]:
    """To whom each notice went."""
    return Counter((who, kind) for who, kind, _ in desk.mails())


def respond_address(desk: Desk, found: Known, who: str) -> current_state.Asking:
    with desk.office.database.reading() as tx:
        every = current_state.askings_of(tx, found.id)
    return next(one for one in every if one.person_id == who)


def asked_view(desk: Desk, found: Known, who: str) -> answer.AskedView:
    address = respond_address(desk, found, who)
    with desk.office.database.reading() as tx:
        return answer.asked(desk.office, tx, who, address.id)


@pytest.fixture
def found(desk: Desk) -> Known:
    """Asked are the child's worker and, where the stage wants one, a manager for every team."""
    return raised(desk, asked=("sw_north_1",))


def test_a_new_worker_is_asked_in_place_of_the_one_before(desk: Desk, found: Known) -> None:
    before, dates = mails(desk), desk.dates(found)
    assert "sw_north_1" in asked(found)
    found = moved(desk, found, social_worker="sw_north_2 Sample")
    assert "sw_north_2" in asked(found)
    assert "sw_north_1" not in asked(found)
    told_of_it = mails(desk) - before
    assert [who for who, kind in told_of_it if kind == "asked"] == ["sw_north_2"]
    assert "sw_north_1" not in {who for who, _ in told_of_it}
    assert desk.dates(found) == dates, "the clocks run on"
    assert found.alert.answers["social_worker"] == "sw_north_2 Sample"
    assert found.may(desk.actor("sw_north_2"), Act.ANSWER)
    done = act_answers.reply("Done.", "done")
    found = answer.answer(desk.office, found.id, done, desk.doing("sw_north_2", found))
    assert found.run.answers[-1].answer.by.id == "sw_north_2"


def test_the_former_worker_reads_what_they_were_asked_and_nothing_since(
    desk: Desk, found: Known
) -> None:
    said = act_answers.reply("I am at it.", "other")
    found = answer.answer(desk.office, found.id, said, desk.doing("sw_north_1", found))
    found = moved(desk, found, social_worker="sw_north_2 Sample")
    later = act_answers.reply("Only I know this.", "done")
    found = answer.answer(desk.office, found.id, later, desk.doing("sw_north_2", found))
    with pytest.raises(NotFound):
        desk.see("sw_north_1", found)
    with pytest.raises((NotFound, NotAllowed)):
        answer.answer(desk.office, found.id, said, desk.doing("sw_north_1", found))
    view = asked_view(desk, found, "sw_north_1")
    assert not view.is_present
    assert [one.answer.text for one in view.known.run.answers] == ["I am at it."]
    assert view.known.alert.answers["social_worker"] == "sw_north_1 Sample"
    tray = work_tray.search(desk.office, desk.actor("sw_north_1"), found.alert.reference)
    assert tray == ()


def test_the_former_team_is_told_nothing_of_what_comes_after(desk: Desk, found: Known) -> None:
    south = {"social_worker": "sw_south_1 Sample", "team_manager": "tm_south Sample"}
    found = moved(desk, found, team=SOUTH, **south)
    before, stage = mails(desk), found.ways_up[0]
    with desk.office.database.reading() as tx:
        asks = found.files.procedure.asked_at(stage)
        scene = scene_of(desk.office, tx, found)
        able = candidates(scene, asked_of(scene, asks))
    climb = climbing(desk, found, stage.id, "It settles nothing.")
    if asks.how == "any_of":
        of_council = [one.person.id for one in able if one.person.id == one.role]
        climb = replace(climb, asked=(of_council[-1],))
    found = escalate.escalate(desk.office, found.id, climb, desk.doing("iro", found))
    told_of_it = {who for who, _ in mails(desk) - before}
    assert told_of_it
    assert not {who for who in told_of_it if "north" in who or "east" in who}
    with pytest.raises(NotFound):
        desk.see("sw_north_1", found)


def test_somebody_to_whom_the_case_comes_back_is_let_in_again(desk: Desk, found: Known) -> None:
    found = moved(desk, found, social_worker="sw_north_2 Sample")
    found = moved(desk, found, social_worker="sw_north_1 Sample")
    assert desk.see("sw_north_1", found).asking_id is not None
    with pytest.raises(NotFound):
        desk.see("sw_north_2", found)


def test_another_team_takes_its_people_with_it_and_the_others_stay(
    desk: Desk, found: Known
) -> None:
    everybody_else = asked(found) - {"sw_north_1"}
    found = moved(
        desk,
        found,
        team=SOUTH,
        social_worker="sw_south_2 Sample",
        team_manager="tm_south Sample",
    )
    assert asked(found) == {"sw_south_2", *everybody_else} - {"tm_north"}
    reached = asked(found) | {one.id for one in found.run.sent.copied}
    assert not reached & {"sw_north_1", "sw_north_2", "sw_south_1", "tm_north", "tm_east"}
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
    assert row is not None
    assert row.team == SOUTH


def test_it_is_one_line_of_the_history_with_both_names(desk: Desk, found: Known) -> None:
    found = moved(desk, found, who="iro", social_worker="sw_east_1 Sample", team=EAST)
    what = found.alert.happened[-1].what
    assert what is not None
    title, said = told(what, found.ladder)
    assert title == "The case moved, from Monday 2 June 2025"
    assert "sw_east_1 Sample in place of sw_north_1 Sample" in said
    assert "They moved house." in said


def test_nobody_of_the_team_moves_the_case(desk: Desk, found: Known) -> None:
    for who in ("sw_north_1", "tm_north", "sw_south_1"):
        assert not found.may(desk.actor(who), Act.MOVE_CASE)
    assert found.may(desk.actor("boss"), Act.MOVE_CASE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "nobody is another than before"),
        ({"social_worker": "sw_north_2 Sample", "since": "2025-06-03"}, "a day that has come"),
    ],
)
def test_a_move_that_says_nothing_new_or_lies_ahead_is_refused(
    desk: Desk, found: Known, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadAnswers) as refused:
        moved(desk, found, **changes)
    assert sentence in " ".join(refused.value.faults.values())


def test_a_worker_outside_the_directory_gets_neither_link_nor_access(
    desk: Desk, found: Known
) -> None:
    before = mails(desk)
    found = moved(desk, found, social_worker="Robin Outside")
    names = [(one.id, one.name) for one in found.run.sent.asked]
    assert ("", "Robin Outside") in names
    assert mails(desk) == before


def test_of_two_of_one_name_it_is_who_was_picked(desk: Desk, found: Known) -> None:
    with desk.office.database.writing() as tx:
        for who in ("kim_1", "kim_2"):
            person = DirectoryPerson(who, "Kim Sample", f"{who}@practice.invalid")
            directory.add_person(tx, person, [(desk.council, "social_worker", NORTH)], LONG_AGO)
    with pytest.raises(BadAnswers, match="two people here are called Kim Sample"):
        moved(desk, found, social_worker="Kim Sample")
    for who in ("kim_2", "kim_1"):
        picked = {"social_worker": "Kim Sample", id_key("social_worker"): who}
        found = moved(desk, found, **picked)
        assert asked(found) & {"kim_1", "kim_2", "sw_north_1"} == {who}


def test_the_history_tells_two_of_one_name_apart_by_post_and_team(desk: Desk, found: Known) -> None:
    held = {"kim_1": NORTH, "kim_2": SOUTH, "kim_3": SOUTH}
    with desk.office.database.writing() as tx:
        for who, team in held.items():
            person = DirectoryPerson(who, "Kim Sample", f"{who}@practice.invalid")
            directory.add_person(tx, person, [(desk.council, "social_worker", team)], LONG_AGO)
    lines = []
    for who in held:
        picked = {"social_worker": "Kim Sample", id_key("social_worker"): who}
        found = moved(desk, found, **picked)
        lines.append(desk.see("iro", found).history[-1].said.splitlines()[0])
    post = desk.office.council(desk.council).procedure.title_of("social_worker")
    north, south = f"Kim Sample ({post}, {NORTH})", f"Kim Sample ({post}, {SOUTH})"
    assert lines[1].endswith(f": {south} in place of {north}")
    assert lines[2].endswith(f": {south}, another person of that name in place of {south}")


def test_a_new_worker_is_not_asked_again_what_the_former_has_answered(
    desk: Desk, found: Known
) -> None:
    said = act_answers.reply("It is done.", "done")
    found = answer.answer(desk.office, found.id, said, desk.doing("sw_north_1", found))
    before = mails(desk)
    found = moved(desk, found, social_worker="sw_north_2 Sample")
    assert mails(desk) - before == Counter([("sw_north_2", "copied")])
    assert found.may(desk.actor("sw_north_2"), Act.ANSWER)
