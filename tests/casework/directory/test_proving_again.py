"""Whatever decides who signs in, or in which post, takes somebody who has lately proved who they are."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import (
    DirectoryAct,
    ProveAgain,
    asks_to_prove,
)
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk

Act = Callable[[Desk, Actor], object]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def _holding(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        held = directory.holdings_of(tx, "lambeth")
    return next(one.id for one in held if one.person_id == "manager")


def _cover(desk: Desk) -> int:
    """Somebody stands in already, set by somebody who had lately proved who they are."""
    with desk.office.database.writing() as tx:
        if not directory.coverings(tx, desk.office.today):
            directory.add_cover(tx, "iro", "other_iro", desk.office.today, day("Fri 2025-06-06"))
        return directory.coverings(tx, desk.office.today)[0].id


def _waiting(desk: Desk) -> int:
    """An address that the IRO manager has asked for."""
    staff.change(desk.office, desk.actor("boss"), "iro", "Iro Sample", "new@practice.invalid")
    seen = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    return seen.waiting[0].number


ACTS: dict[str, Act] = {
    "enter": lambda desk, by: staff.add(
        desk.office, by, "New", "new@practice.invalid", PostGiven("lambeth", "social_worker")
    ),
    "address": lambda desk, by: staff.change(
        desk.office, by, "manager", "Manager Sample", "m@practice.invalid"
    ),
    "name": lambda desk, by: staff.change(
        desk.office, by, "manager", "Other", "manager@practice.invalid"
    ),
    "leave": lambda desk, by: staff.leave(desk.office, by, "manager"),
    "give": lambda desk, by: post_holders.give_post(
        desk.office, by, "worker", PostGiven("lambeth", "iro")
    ),
    "end": lambda desk, by: post_holders.end_post(
        desk.office, by, _holding(desk), day("Fri 2025-06-06")
    ),
    "end now": lambda desk, by: post_holders.end_post_now(desk.office, by, _holding(desk)),
    "confirm": lambda desk, by: second_person.confirm(desk.office, by, "lambeth", _waiting(desk)),
    "cover": lambda desk, by: absence_cover.set_cover(
        desk.office, by, Cover("iro", "other_iro", None, day("Fri 2025-06-06"))
    ),
    "sign out": lambda desk, by: staff.sign_out(desk.office, by, "manager"),
    "end cover": lambda desk, by: absence_cover.end_cover(
        desk.office, by, _cover(desk), desk.office.today
    ),
}


FORM_OF = {
    "enter": DirectoryAct.ADD_PERSON,
    "address": DirectoryAct.CHANGE_PERSON,
    "name": DirectoryAct.CHANGE_PERSON,
    "leave": DirectoryAct.LEAVE,
    "sign out": DirectoryAct.SIGN_OUT,
    "give": DirectoryAct.GIVE_POST,
    "end": DirectoryAct.END_POST,
    "end now": DirectoryAct.END_POST_NOW,
    "confirm": DirectoryAct.CONFIRM,
    "cover": DirectoryAct.SET_COVER,
    "end cover": DirectoryAct.END_COVER,
}


def test_every_act_of_the_page_that_asks_for_it_is_tried_here() -> None:
    assert {*ACTS} == {*FORM_OF}
    # With the accounts, and with the interests.
    elsewhere = {DirectoryAct.UNLINK_ACCOUNT, DirectoryAct.INTEREST_OF}
    asking = {one for one in DirectoryAct if asks_to_prove(one)}
    assert asking == {*FORM_OF.values()} | elsewhere


@pytest.mark.parametrize("act", ACTS)
def test_it_is_asked_for_and_nothing_is_done_without(desk: Desk, act: str) -> None:
    by = desk.actor("admin")
    before = len(second_person.look(desk.office, by, "lambeth").entries)
    with pytest.raises(ProveAgain):
        ACTS[act](desk, replace(by, must_prove_again=True))
    asked = {"confirm": 1}.get(act, 0)
    assert len(second_person.look(desk.office, by, "lambeth").entries) == before + asked
    if act == "confirm":
        second_person.refuse(desk.office, by, "lambeth", _last(desk))
    ACTS[act](desk, by)
    assert len(second_person.look(desk.office, by, "lambeth").entries) > before + asked


def _last(desk: Desk) -> int:
    return second_person.look(desk.office, desk.actor("admin"), "lambeth").waiting[0].number


def test_refusing_and_looking_ask_for_nothing(desk: Desk) -> None:
    old = replace(desk.actor("admin"), must_prove_again=True)
    number = _waiting(desk)
    assert second_person.refuse(desk.office, old, "lambeth", number).what.person == "iro"
    assert second_person.look(desk.office, old, "lambeth").waiting == ()
