"""What somebody has ended on the page stays ended, although the council's own system goes on saying it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.post_holders import PostGiven
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk, open_desk
from tests.helpers.product.scim_client import OtherSystem, made_token, scim_app
from tests.helpers.stories.sampleford import hire

SOUTH, WEST = "Sample Team South", "Sample Team West"
MAIL = "ash@council.example"
TM = {"title": "TM Safeguarding", "team": SOUTH}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two administrators."""
    opened = open_desk(tmp_path / "data")
    hire(opened, "admin_two", "administrator")
    yield opened
    opened.office.database.close()


@pytest.fixture
def system(desk: Desk) -> OtherSystem:
    return OtherSystem(scim_app(desk.office), desk.office.settings.base_url, made_token(desk))


def posts(desk: Desk) -> set[tuple[str, str]]:
    """Ash's, today; empty where there is no Ash."""
    with desk.office.database.reading() as tx:
        found = directory.by_mail(tx, MAIL)
        if not found:
            return set()
        held = directory.posts_of(tx, found[0].id, desk.office.today)
    return {(one.post, one.team) for one in held}


def ash(desk: Desk) -> str:
    with desk.office.database.reading() as tx:
        return directory.by_mail(tx, MAIL)[0].id


def end_now(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        held = directory.holdings_of(tx, "lambeth")
    number = next(
        one.id
        for one in held
        if one.person_id == ash(desk) and (one.until is None or one.until >= desk.office.today)
    )
    post_holders.end_post_now(desk.office, desk.actor("admin"), number, reason="Suspended.")


def waiting(desk: Desk) -> list[int]:
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    return [one.number for one in record.waiting]


def confirm(desk: Desk) -> None:
    (number,) = waiting(desk)
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", number)


def test_a_post_that_was_ended_is_not_given_back_by_the_next_message(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(**TM)
    assert posts(desk) == {("team_manager", SOUTH)}
    end_now(desk)
    for _ in range(2):
        assert system.replace(who, **TM).status_code == 200
        system.patch(who, {"op": "replace", "path": "displayName", "value": "Ash F"})
        assert posts(desk) == set()
    desk.at("Tue 2025-06-10")
    system.replace(who, **TM)
    assert posts(desk) == set()


def test_once_the_other_system_has_sent_them_without_it_it_may_give_it_again(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(**TM)
    end_now(desk)
    system.replace(who, title="Business Support")
    assert posts(desk) == set()
    system.replace(who, **TM)
    assert posts(desk) == {("team_manager", SOUTH)}


def test_another_post_that_it_says_is_given(desk: Desk, system: OtherSystem) -> None:
    who = system.made(**TM)
    end_now(desk)
    system.replace(who, title="TM Safeguarding", team=WEST)
    assert posts(desk) == {("team_manager", WEST)}


def test_an_administrator_may_give_it_again_and_the_system_then_ends_it(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(**TM)
    desk.at("Tue 2025-06-10")
    end_now(desk)
    given = PostGiven("lambeth", "team_manager", SOUTH)
    post_holders.give_post(desk.office, desk.actor("admin_two"), ash(desk), given)
    system.replace(who, **TM)
    assert posts(desk) == {("team_manager", SOUTH)}
    system.replace(who, title="TM Safeguarding", team=TEAM)
    assert posts(desk) == {("team_manager", TEAM)}


def test_a_last_day_set_by_hand_is_not_overrun(desk: Desk, system: OtherSystem) -> None:
    who = system.made(**TM)
    with desk.office.database.reading() as tx:
        held = next(o for o in directory.holdings_of(tx, "lambeth") if o.person_id == ash(desk))
    post_holders.end_post(desk.office, desk.actor("admin"), held.id, day("Fri 2025-06-06"))
    system.replace(who, **TM)
    assert posts(desk) == {("team_manager", SOUTH)}
    desk.at("Mon 2025-06-09")
    system.replace(who, **TM)
    assert posts(desk) == set()


def test_a_reviewing_post_that_was_ended_or_refused_is_not_asked_for_again(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(title="Reviewing Off.")
    confirm(desk)
    assert posts(desk) == {("iro", "")}
    end_now(desk)
    system.replace(who, title="Reviewing Off.")
    assert not waiting(desk)
    system.replace(who, title="Business Support")
    system.replace(who, title="Reviewing Off.")
    (number,) = waiting(desk)
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", number, reason="Not here.")
    for _ in range(2):
        system.replace(who, title="Reviewing Off.")
        assert not waiting(desk)


def test_what_the_system_took_back_itself_it_may_ask_for_again(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(title="Reviewing Off.")
    for title in ("Business Support", "Reviewing Off."):
        system.replace(who, title=title)
    assert len(waiting(desk)) == 1


def test_whoever_was_let_go_by_hand_stays_away_until_the_system_has_let_them_go_too(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(**TM)
    staff.leave(desk.office, desk.actor("admin"), ash(desk))
    for _ in range(2):
        answer = system.replace(who, **TM)
        assert answer.status_code == 200
        assert answer.json()["active"] is True, "it reads back what it said"
        assert posts(desk) == set()
    system.replace(who, **TM, active=False)
    system.replace(who, **TM)
    assert posts(desk) == {("team_manager", SOUTH)}


def test_whoever_was_entered_anew_by_hand_is_kept_by_the_system_again(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(**TM)
    staff.leave(desk.office, desk.actor("admin"), ash(desk))
    new = ("Ash Fiction", MAIL, PostGiven("lambeth", "team_manager", SOUTH))
    staff.add(desk.office, desk.actor("admin"), *new)
    system.replace(who, title="TM Safeguarding", team=WEST)
    assert ("team_manager", WEST) in posts(desk)


@pytest.mark.parametrize("act", ["end_post", "end_post_now", "leave"])
def test_the_page_says_so_of_whom_the_system_knows_alone(
    desk: Desk, system: OtherSystem, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    system.made(**TM)
    with desk.office.database.reading() as tx:
        held = {one.person_id: str(one.id) for one in directory.holdings_of(tx, "lambeth")}
    for person, said in ((ash(desk), True), ("manager", False)):
        of = person if act == "leave" else held[person]
        screen = open_screen(desk, "admin", "directory", monkeypatch, act=act, of=of)
        assert ("Your council’s own system says that they" in screen.words) is said
