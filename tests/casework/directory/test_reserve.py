"""Where an alert challenges every manager of the service, whoever the council holds in reserve acts in their place."""

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import escalate, hand_over
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.escalate import Climb
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import post_holders, second_person
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.views import service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import Expected, NotFound, NotPossible
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.days import day, moment
from tests.helpers.product.office import LONG_AGO, Desk

FRIDAY = day("Fri 2025-06-06")
MANAGES = {
    *(Act.SEE, Act.NOTE, Act.SIGN_OFF, Act.HAND_ON, Act.MOVE_CASE, Act.REMIND, Act.LINK),
    *(Act.RESTRICT, Act.LIFT_RESTRICTION),
}
RESERVE = "reserve_manager"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two managers of the service; the neighbour's manager and one of our own officers are in reserve for them."""
    more = (
        ("boss_two", "lambeth", "iro_manager", ""),
        ("third_iro", "lambeth", "iro", ""),
        ("west", "lambeth", "team_manager", "Sample Team West"),
        ("neighbour", "merton", "iro_manager", ""),
        ("own_reserve", "lambeth", RESERVE, ""),
    )
    with desk.office.database.writing() as tx:
        for name, council, post, team in more:
            one = DirectoryPerson(name, f"{name.title()} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, one, [(council, post, team)], LONG_AGO)
    desk.give(RESERVE, "neighbour")
    return desk


def bar(desk: Desk, *managers: str) -> None:
    """They hold, too, a post that a later stage asks."""
    for one in managers:
        desk.give("assistant_director", one)


def now(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def acts(desk: Desk, who: str, found: Known) -> set[Act]:
    known, actor = now(desk, found), desk.actor(who)
    return {act for act in Act if known.may(actor, act)}


def told(desk: Desk) -> list[str]:
    return sorted(to for to, notice, _ in desk.mails() if notice == "reserve_acts")


def in_reserve(desk: Desk, who: str, found: Known) -> str:
    return " ".join(desk.see(who, found).of_service)


def listed(desk: Desk, who: str) -> list[str]:
    wanted = Wanted(Filters(whose="service"))
    tray = work_tray.tray(desk.office, desk.actor(who), wanted)
    return [line.row.reference for part in tray.parts for line in part.lines]


@pytest.mark.parametrize("who", ["neighbour", "own_reserve"])
def test_while_one_manager_is_left_who_is_in_reserve_neither_sees_nor_does_anything(
    desk: Desk, who: str
) -> None:
    found = desk.raised("stage-1")
    assert acts(desk, who, found) == set()
    bar(desk, "boss")
    assert acts(desk, who, found) == set()
    assert (listed(desk, who), told(desk)) == ([], [])
    assert not desk.can_open(who, found)


@pytest.mark.parametrize("who", ["neighbour", "own_reserve"])
def test_where_every_manager_is_barred_they_act_as_manager_on_that_alert(
    desk: Desk, who: str
) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    assert not acts(desk, "boss", found) & MANAGES - {Act.SEE}
    assert acts(desk, who, found) == MANAGES
    assert listed(desk, who) == [found.alert.reference]
    given = {"to": "third_iro", "reason": "Both managers hold a post on the ladder."}
    done = VERBS[Act.HAND_ON](desk.office, found.id, given, desk.doing(who, found))
    assert done.alert.officer.id == "third_iro"
    with pytest.raises(Expected):
        VERBS[Act.HAND_ON](desk.office, found.id, given, desk.doing("boss", done))


def test_it_is_judged_for_each_alert_by_itself(desk: Desk) -> None:
    """One manager stood in for whoever is asked in one alert; over the next one she has a say."""
    with desk.office.database.writing() as tx:
        for one in ("boss", "boss_two"):
            directory.add_cover(tx, "manager", one, desk.office.today, desk.office.today)
    barred = desk.raised("stage-1")
    desk.at("Tue 2025-06-03")
    free = desk.raised("stage-1")
    assert acts(desk, "neighbour", barred) == MANAGES
    assert acts(desk, "neighbour", free) == set()
    assert listed(desk, "neighbour") == [barred.alert.reference]


def test_it_ends_when_somebody_becomes_manager_who_is_not_barred(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    desk.give("iro_manager", "third_iro")
    assert acts(desk, "neighbour", found) == set()
    assert acts(desk, "third_iro", found) >= MANAGES


def test_where_nobody_is_manager_at_all_they_act_too(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        for one in ("boss", "boss_two"):
            directory.remove_person(tx, one, moment("Sun 2025-06-01 10:00"))
    assert acts(desk, "neighbour", found) == MANAGES


def test_whoever_is_challenged_is_no_way_round_the_bar(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    desk.give(RESERVE, "director")
    desk.give(RESERVE, "manager")
    assert acts(desk, "director", found) == set()
    assert acts(desk, "manager", found) == {
        *(Act.SEE, Act.ANSWER, Act.NOT_THEIRS, Act.NAME_DRAFTER, Act.ASK_QUESTION)
    }


def test_they_are_told_once_for_each_alert(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    assert told(desk) == ["neighbour", "own_reserve"]
    text = next(text for to, name, text in desk.mails() if name == "reserve_acts")
    assert found.alert.reference in text
    assert "Sample" not in text
    desk.raised("stage-1")
    assert len(told(desk)) == 4


def test_the_page_says_who_acts_to_the_service_and_to_nobody_else(desk: Desk) -> None:
    free = desk.raised("stage-1")
    assert in_reserve(desk, "iro", free) == ""
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    for who in ("iro", "boss", "neighbour"):
        said = in_reserve(desk, who, found)
        assert said.startswith("This alert challenges whoever is IRO manager here")
        assert "Neighbour Sample and Own_Reserve Sample, in reserve, act as IRO manager." in said
    assert in_reserve(desk, "manager", found) == ""


def test_the_page_says_that_nobody_is_named(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        for one in ("neighbour", "own_reserve"):
            directory.remove_person(tx, one, moment("Sun 2025-06-01 10:00"))
    said = in_reserve(desk, "iro", found)
    assert "ask an administrator to name a reserve IRO manager" in said


def test_in_reserve_one_sees_nothing_else_of_the_council(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    desk.raised("stage-1")
    actor = desk.actor("neighbour")
    with pytest.raises(NotYours):
        service.service(desk.office, actor)
    with pytest.raises(NotFound):
        hand_over.look(desk.office, actor, "iro")
    with pytest.raises(NotYours):
        second_person.look(desk.office, actor, "lambeth")


# --------------------------------------------------------------------------------------- naming them


def give(desk: Desk, by: Actor, who: str) -> None:
    post_holders.give_post(desk.office, by, who, PostGiven("lambeth", RESERVE))


def test_an_administrator_names_one_of_our_own_and_a_second_person_confirms(desk: Desk) -> None:
    give(desk, desk.actor("admin"), "third_iro")
    assert RESERVE not in desk.actor("third_iro").posts
    (entry,) = second_person.look(desk.office, desk.actor("admin"), "lambeth").waiting
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", entry.number)
    assert RESERVE in desk.actor("third_iro").posts


@pytest.mark.parametrize("who", ["boss", "iro", "manager", "qa"])
def test_nobody_else_names_them(desk: Desk, who: str) -> None:
    with pytest.raises(NotYours):
        give(desk, desk.actor(who), "third_iro")


def test_whoever_alerts_are_sent_to_names_nobody(desk: Desk) -> None:
    desk.give("administrator", "director")
    with pytest.raises(NotPossible, match="somebody else says"):
        give(desk, desk.actor("director"), "third_iro")


def test_a_neighbouring_councils_manager_is_named_by_a_command(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        other = DirectoryPerson("farther", "Farther Sample", "farther@practice.invalid")
        directory.add_person(tx, other, [("knowsley", "iro_manager", "")], LONG_AGO)
    with pytest.raises(Expected):
        give(desk, desk.actor("admin"), "farther")
    give(desk, COMMAND_LINE, "farther")
    assert RESERVE not in desk.actor("farther").posts, "an administrator has to confirm it"
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    second_person.confirm(desk.office, desk.actor("admin"), "lambeth", record.waiting[0].number)
    assert RESERVE in desk.actor("farther").posts


def test_going_up_the_ladder_does_not_tell_them_again(desk: Desk) -> None:
    bar(desk, "boss", "boss_two")
    found = desk.raised("stage-1")
    desk.at("Mon 2025-06-09")
    climb = Climb("stage-2", {"rationale": "No answer came."})
    escalate.escalate(desk.office, found.id, climb, desk.doing("iro", found))
    assert told(desk) == ["neighbour", "own_reserve"]
