"""A post of the reviewing service takes two people, whichever way it is given; at the first set-up one, loudly."""

import logging
from datetime import timedelta

import pytest

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, another_system
from practice_alerts.domain.errors import BadAnswers, NotPossible
from tests.helpers.product.office import Desk
from tests.helpers.stories.sampleford import hire

OF_SERVICE = ("iro", "cp_chair", "iro_manager", "reserve_manager")
SYSTEM = another_system("lambeth", "SCIM of Lambeth")
RUNS_COMMANDS = Actor("", "Root Sample", "*", COMMAND_LINE.posts)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second administrator and a second manager of the service."""
    hire(desk, "admin_two", "administrator")
    hire(desk, "boss_two", "iro_manager")
    return desk


def give(desk: Desk, by: Actor, who: str, post: str) -> None:
    post_holders.give_post(desk.office, by, who, PostGiven("lambeth", post))


def waiting(desk: Desk) -> tuple[DirectoryEntry, ...]:
    return second_person.look(desk.office, COMMAND_LINE, "lambeth").waiting


def confirm(desk: Desk, by: str) -> None:
    (entry,) = waiting(desk)
    second_person.confirm(desk.office, desk.actor(by), "lambeth", entry.number)


def alone(desk: Desk, *without: str) -> None:
    """Nobody has ever held one of these posts but the administrator."""
    with desk.office.database.writing() as tx:
        held = t.holdings.c
        theirs = (held.council == "lambeth", held.post.in_(without), held.person_id != "admin")
        tx.execute(t.holdings.delete().where(*theirs))


def test_one_administrator_alone_makes_nobody_the_cover_of_an_officer(desk: Desk) -> None:
    by = desk.actor("admin")
    mole = staff.add(
        desk.office, by, "Mole Sample", "mole@practice.invalid", PostGiven("lambeth", "iro")
    )
    until = desk.office.today + timedelta(days=5)
    with pytest.raises(BadAnswers, match="choose somebody of this council"):
        absence_cover.set_cover(desk.office, by, Cover("iro", mole.id, None, until))
    with pytest.raises(NotPossible, match="somebody else has to confirm it"):
        confirm(desk, "admin")
    confirm(desk, "boss")
    absence_cover.set_cover(desk.office, by, Cover("iro", mole.id, None, until))
    assert desk.actor(mole.id).covers_for == {"iro"}


@pytest.mark.parametrize("post", OF_SERVICE)
@pytest.mark.parametrize("by", ["admin", "a command"])
def test_every_post_of_the_service_waits_on_the_page_and_by_a_command(
    desk: Desk, by: str, post: str
) -> None:
    give(desk, RUNS_COMMANDS if by == "a command" else desk.actor(by), "worker", post)
    assert post not in desk.actor("worker").posts
    confirm(desk, "boss")
    assert post in desk.actor("worker").posts


def test_other_posts_of_the_procedure_take_one_person(desk: Desk) -> None:
    give(desk, desk.actor("admin"), "worker", "team_manager")
    assert "team_manager" in desk.actor("worker").posts
    assert not waiting(desk)


def test_whoever_ran_the_command_does_not_confirm_it_under_their_own_name(desk: Desk) -> None:
    ran = Actor("", "admin sample", "*", COMMAND_LINE.posts)
    give(desk, ran, "worker", "iro")
    with pytest.raises(NotPossible, match="You asked for this change"):
        confirm(desk, "admin")
    confirm(desk, "admin_two")


def test_at_the_first_set_up_one_person_gives_the_first_post_and_no_second(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    alone(desk, "administrator", "iro_manager", "iro", "cp_chair", "iro_lead", "reserve_manager")
    with caplog.at_level(logging.WARNING):
        give(desk, desk.actor("admin"), "qa", "iro_manager")
    assert "by admin alone" in caplog.text
    assert "iro_manager" in desk.actor("qa").posts
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    assert record.entries[0].what.alone
    give(desk, desk.actor("admin"), "worker", "iro")
    assert "iro" not in desk.actor("worker").posts
    confirm(desk, "qa")


def test_where_nobody_may_confirm_and_officers_are_there_a_command_alone_gives_it_loudly(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    alone(desk, "iro_manager", "administrator")
    give(desk, desk.actor("admin"), "worker", "iro")
    assert "iro" not in desk.actor("worker").posts, "the officers are there already"
    with desk.office.database.writing() as tx:
        for one in directory.holdings_of(tx, "lambeth"):
            if one.person_id == "admin":
                directory.end_post(tx, one.id, desk.office.today - timedelta(days=1))
    with caplog.at_level(logging.WARNING):
        give(desk, RUNS_COMMANDS, "manager", "iro")
    assert "by Root Sample alone" in caplog.text
    assert "iro" in desk.actor("manager").posts


def test_whoever_was_entered_for_a_post_that_is_refused_may_be_entered_anew(desk: Desk) -> None:
    new = ("Nia Sample", "nia@practice.invalid", PostGiven("lambeth", "iro"))
    staff.add(desk.office, desk.actor("admin"), *new)
    (entry,) = waiting(desk)
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", entry.number)
    again = staff.add(desk.office, desk.actor("admin_two"), *new)
    confirm(desk, "boss")
    assert desk.actor(again.id).posts == {"iro"}


def test_refusing_a_further_post_takes_nobody_out(desk: Desk) -> None:
    give(desk, desk.actor("admin"), "worker", "iro")
    (entry,) = waiting(desk)
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", entry.number)
    assert desk.actor("worker").posts


@pytest.mark.parametrize("post", ["team_manager", "chief_executive"])
@pytest.mark.parametrize(
    ("mail", "waits"), [("new@practice.invalid", False), ("new@elsewhere.example", True)]
)
@pytest.mark.parametrize("by", ["page", "another system", "command"])
def test_a_mailbox_outside_the_council_is_put_into_no_post_by_one_hand(
    desk: Desk, by: str, mail: str, waits: bool, post: str
) -> None:
    actors = {"page": desk.actor("admin"), "another system": SYSTEM, "command": RUNS_COMMANDS}
    given = PostGiven("lambeth", post, "Sample Team East")
    said = post_holders.waits(desk.office, actors[by], given, "", mail)
    new = enter(desk, actors[by], mail, given)
    assert said == bool(waiting(desk)) == (waits and by != "command")
    assert (post in desk.actor(new).posts) != said
    if said:
        confirm(desk, "boss")
        assert post in desk.actor(new).posts


@pytest.mark.parametrize("by", ["page", "another system"])
@pytest.mark.parametrize(
    ("team", "mail", "later", "waits"),
    [
        ("Sample Team North", "new@practice.invalid", 0, {"page", "another system"}),
        ("sample team north", "new@practice.invalid", 1, {"another system"}),
        ("Sample Team North", "new@practice.invalid", 2, set()),
        ("Sample Team East", "new@practice.invalid", 0, set()),
        ("Sample Team North", "MANAGER@practice.invalid", 0, set()),
    ],
)
def test_nobody_new_takes_the_place_of_who_has_just_left_by_one_hand(
    desk: Desk, by: str, team: str, mail: str, later: int, waits: set[str]
) -> None:
    actor = desk.actor("admin") if by == "page" else SYSTEM
    staff.leave(desk.office, desk.actor("admin"), "manager")
    desk.clock[0] += timedelta(days=later)
    new = enter(desk, actor, mail, PostGiven("lambeth", "team_manager", team))
    assert bool(waiting(desk)) == (by in waits)
    assert ("team_manager" in desk.actor(new).posts) == (by not in waits)


def enter(desk: Desk, by: Actor, mail: str, post: PostGiven) -> str:
    """As pages, commands and a council's own system enter somebody: their id."""
    office, new = desk.office, DirectoryPerson("new", "New Sample", mail)
    with office.database.writing() as tx:
        staff.write_entered(office, tx, by, "lambeth", new)
        post_holders.enter(office, tx, by, new, post)
    return new.id
