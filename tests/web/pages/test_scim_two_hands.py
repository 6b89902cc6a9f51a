"""One person is not both hands through a council's own system: whoever had its token made confirms nothing of it."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.casework.directory.in_bulk.people_import import SavedTable
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryEntry, entries
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.scim_client import TITLES, OtherSystem, scim_app
from tests.helpers.stories.sampleford import hire

MOLE = {"name": "Mole Sample", "mail": "mole@elsewhere.example", "title": "Reviewing Off."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two administrators and two managers of the service."""
    desk = open_desk(tmp_path / "data")
    hire(desk, "admin_two", "administrator")
    hire(desk, "boss_two", "iro_manager")
    return desk


@pytest.fixture
def app(desk: Desk) -> Starlette:
    return scim_app(desk.office)


def token(desk: Desk, name: str) -> str:
    """Made by a command that somebody ran under this name."""
    ran, titles = Actor("", name, "*", COMMAND_LINE.posts), SavedTable("t.csv", TITLES.encode())
    until = day("Mon 2025-09-01")
    return scim_tokens.make(desk.office, ran, "lambeth", until, titles)[0]


def system(desk: Desk, app: Starlette, secret: str) -> OtherSystem:
    return OtherSystem(app, desk.office.settings.base_url, secret)


def waiting(desk: Desk) -> DirectoryEntry:
    (found,) = second_person.look(desk.office, COMMAND_LINE, "lambeth").waiting
    return found


def confirm(desk: Desk, who: str) -> None:
    second_person.confirm(desk.office, desk.actor(who), "lambeth", waiting(desk).number)


def works_here(desk: Desk, mail: str) -> bool:
    with desk.office.database.reading() as tx:
        found = {one.mail: one.id for one in directory.everybody(tx)}
        return mail in found and bool(directory.posts_of(tx, found[mail], desk.office.today))


@pytest.mark.parametrize(
    "name", ["Admin Sample", " admin  sample", "admin@practice.invalid", "admin"]
)
def test_whoever_had_the_token_made_is_not_the_second_person(
    desk: Desk, app: Starlette, name: str
) -> None:
    system(desk, app, token(desk, name)).made(**MOLE)
    with pytest.raises(NotPossible, match="You had the token made"):
        confirm(desk, "admin")
    assert not works_here(desk, MOLE["mail"])
    confirm(desk, "boss")
    assert works_here(desk, MOLE["mail"])


def test_their_own_system_gives_them_no_other_name_to_confirm_it_under(
    desk: Desk, app: Starlette
) -> None:
    them = system(desk, app, token(desk, "Admin Sample"))
    who = them.made(name="Admin Sample", mail="admin@practice.invalid")
    them.replace(who, name="Ada Muster", mail="admin@practice.invalid")
    assert desk.actor("admin").name == "Ada Muster"
    them.made(**MOLE)
    with pytest.raises(NotPossible, match="You had the token made"):
        confirm(desk, "admin")
    confirm(desk, "admin_two")


def test_it_is_the_maker_of_the_token_that_was_used_and_no_other(
    desk: Desk, app: Starlette
) -> None:
    """Two had one made each; with hers whoever made the other one is a second person."""
    hers, other = token(desk, "Admin Sample"), token(desk, "Admin_Two Sample")
    staff.change(desk.office, COMMAND_LINE, "admin_two", "Admin_Two Sample", "two@practice.invalid")
    system(desk, app, other).made(**MOLE)
    with pytest.raises(NotPossible, match="You had the token made"):
        confirm(desk, "admin_two")
    confirm(desk, "admin")
    system(desk, app, hers).made(**MOLE | {"mail": "mole2@elsewhere.example"})
    with pytest.raises(NotPossible, match="You had the token made"):
        confirm(desk, "admin")
    confirm(desk, "admin_two")


def test_of_what_says_no_token_every_maker_by_then_is_kept_from_confirming(
    desk: Desk, app: Starlette
) -> None:
    """So it was kept in an earlier version."""
    system(desk, app, token(desk, "Admin Sample")).made(**MOLE)
    with desk.office.database.writing() as tx:
        asked = next(one for one in entries(directory_events.happened(tx, "lambeth")) if one.waits)
        by = runs_commands(tx, desk.office.now())
        earlier = asked.what.model_copy(update={"token": ""})
        directory_events.append(tx, "lambeth", earlier, by, desk.office.now())
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", asked.number)
    with pytest.raises(NotPossible, match="You had the token made"):
        confirm(desk, "admin")
    token(desk, "Admin_Two Sample")
    again = waiting(desk)
    second_person.refuse(desk.office, desk.actor("admin_two"), "lambeth", again.number)


@pytest.mark.parametrize("how", ["taken back", "over"])
def test_what_was_asked_for_with_a_token_taken_back_is_not_made(
    desk: Desk, app: Starlette, how: str
) -> None:
    """Of one that came to its end it is: that says nothing against what was asked for before."""
    secret = token(desk, "Ola Sample")
    system(desk, app, secret).made(**MOLE)
    if how == "over":
        desk.at("Tue 2025-09-02")
        confirm(desk, "boss")
        return
    (made,) = scim_tokens.listed(desk.office, COMMAND_LINE, "lambeth")
    scim_tokens.revoke(desk.office, COMMAND_LINE, "lambeth", made.id)
    with pytest.raises(NotPossible, match="a token that was taken back"):
        confirm(desk, "boss")
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", waiting(desk).number)
    with desk.office.database.reading() as tx:
        who = next(one.id for one in directory.everybody(tx) if one.mail == MOLE["mail"])
        assert directory.posts_of(tx, who, desk.office.today) == ()
    post = PostGiven("lambeth", "iro")
    post_holders.give_post(desk.office, Actor("", "Ola Sample", "*", COMMAND_LINE.posts), who, post)
    confirm(desk, "boss")
    assert works_here(desk, MOLE["mail"])
