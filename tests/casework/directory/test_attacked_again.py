"""What somebody who had not seen the product got through with, and no longer does."""

from datetime import timedelta

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import hand_over
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.directory import (
    declare_interest,
    directory_acts,
    post_holders,
    second_person,
    staff,
)
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.office_permissions import NotYours, another_system
from practice_alerts.domain.errors import BadAnswers, NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import restricted


def own_side_posts(desk: Desk, who: str = "") -> list[int]:
    of_side = own_side_of(desk.office.council(desk.council).procedure)
    with desk.office.database.reading() as tx:
        held = directory.holdings_of(tx, desk.council)
    return [
        one.id
        for one in held
        if one.post in of_side and not one.until and who in {"", one.person_id}
    ]


def test_ending_every_post_of_the_reviewing_side_makes_nobody_alone_again(desk: Desk) -> None:
    by = desk.actor("admin")
    for number in own_side_posts(desk):
        post_holders.end_post_now(desk.office, by, number)
    assert not own_side_posts(desk)
    post_holders.give_post(desk.office, by, "worker", PostGiven(desk.council, "iro_manager"))
    assert not own_side_posts(desk)
    waiting = second_person.look(desk.office, by, desk.council).waiting
    assert [one.what.person for one in waiting] == ["worker"]


@pytest.mark.parametrize("how", ["left", "post over"])
def test_who_is_challenged_chooses_no_cover_for_an_officer_whose_post_is_over(
    desk: Desk, how: str
) -> None:
    desk.raised("stage-1")
    desk.give("administrator", "manager")
    if how == "left":
        staff.leave(desk.office, desk.actor("admin"), "iro")
    else:
        for number in own_side_posts(desk, "iro"):
            post_holders.end_post_now(desk.office, desk.actor("admin"), number)
    desk.at("Thu 2025-06-05")
    cover = Cover("iro", "other_iro", None, day("Fri 2025-06-13"))
    with pytest.raises(NotPossible, match="somebody else says"):
        absence_cover.set_cover(desk.office, desk.actor("manager"), cover)


@pytest.mark.parametrize("who", ["iro", "boss", "qa", "worker"])
def test_who_is_challenged_enters_no_interest_for_anybody(desk: Desk, who: str) -> None:
    desk.raised("stage-1")
    desk.give("administrator", "manager")
    with pytest.raises(NotPossible, match="somebody else says"):
        declare_interest.declare_for(
            desk.office, desk.actor("manager"), who, ChildMeant(case_number="S-1")
        )


@pytest.mark.parametrize("number", ["---", "–", " / "])
def test_an_interest_names_a_child(desk: Desk, number: str) -> None:
    with pytest.raises(BadAnswers, match="Case number"):
        declare_interest.declare(desk.office, desk.actor("iro"), ChildMeant(case_number=number))


@pytest.mark.parametrize("name", ["assistant sample", "Assistant  Sample", "ASSISTANT SAMPLE"])
def test_a_name_typed_otherwise_is_still_that_person(desk: Desk, name: str) -> None:
    found = desk.raised("stage-1")
    said = {"text": "She moved in the summer."}
    found = VERBS[Act.NOT_THEIRS](desk.office, found.id, said, desk.doing("manager", found))
    found = VERBS[Act.REDIRECT](
        desk.office, found.id, {"whose": "manager", "name": name}, desk.doing("iro", found)
    )
    assert [one.id for one in found.run.sent.asked] == ["assistant"]


def test_a_restricted_alert_is_not_given_with_the_others(desk: Desk) -> None:
    first, other = desk.raised("stage-1"), desk.raised("stage-1")
    shut = restricted(desk, first, second="boss")
    seen = hand_over.look(desk.office, desk.actor("boss"), "iro")
    (line,) = [one for one in seen.alerts if one.id == shut.id]
    assert line.why_not.startswith("it is restricted to named people")
    done = hand_over.hand_over(
        desk.office,
        "iro",
        {one.id: "other_iro" for one in seen.alerts},
        "Ill.",
        desk.doing("boss", other),
    )
    assert list(done.given) == [other.alert.reference]
    assert desk.see("iro", shut).known.alert.officer.id == "iro"


def _two_ask_and_confirm(desk: Desk) -> int:
    """An administrator and a second one; the first has asked for another address of the manager's."""
    desk.give("administrator", "assistant")
    said = ("manager", "Manager Sample", "second-box@practice.invalid")
    staff.change(desk.office, desk.actor("admin"), *said)
    (waiting,) = second_person.look(desk.office, desk.actor("admin"), desk.council).waiting
    return waiting.number


def _mail(desk: Desk, who: str) -> str:
    with desk.office.database.reading() as tx:
        return directory.mails(tx, [who])[who]


@pytest.mark.parametrize("change", ["mail", "leaving"])
@pytest.mark.parametrize("goes", ["works there too", "works there alone"])
def test_who_works_elsewhere_by_now_is_reached_by_no_change_that_waited(
    desk: Desk, change: str, goes: str
) -> None:
    number = _two_ask_and_confirm(desk)
    if change == "leaving":
        with desk.office.database.writing() as tx:
            leaves = DirectoryChanged(
                change=DirectoryChange.LEFT, person="manager", name="Manager Sample", waits=True
            )
            by = another_system(desk.council, "SCIM of Lambeth")
            directory_acts.record(desk.office, tx, by, (desk.council,), leaves)
        waiting = second_person.look(desk.office, desk.actor("admin"), desk.council).waiting
        number = max(one.number for one in waiting)
    with desk.office.database.writing() as tx:
        there = directory.PostHolding("manager", "merton", "team_manager", "Team West")
        directory.give_post(tx, there, desk.office.today)
        for one in directory.holdings_of(tx, desk.council):
            if one.person_id == "manager" and goes == "works there alone":
                directory.end_post(tx, one.id, desk.office.today - timedelta(days=1))
    before = _mail(desk, "manager")
    with pytest.raises(NotPossible, match="other councils"):
        second_person.confirm(desk.office, desk.actor("assistant"), desk.council, number)
    assert _mail(desk, "manager") == before
    second_person.refuse(desk.office, desk.actor("assistant"), desk.council, number)


def test_two_who_do_not_keep_the_office_s_posts_do_not_reach_who_runs_it_by_now(desk: Desk) -> None:
    desk.give("iro_manager", "other_iro")
    said = ("worker", "Worker Sample", "second-box@practice.invalid")
    staff.change(desk.office, desk.actor("boss"), *said)
    (waiting,) = second_person.look(desk.office, desk.actor("admin"), desk.council).waiting
    desk.give("administrator", "worker")
    with pytest.raises(NotYours):
        second_person.confirm(desk.office, desk.actor("other_iro"), desk.council, waiting.number)
    second_person.confirm(desk.office, desk.actor("admin"), desk.council, waiting.number)
    assert _mail(desk, "worker") == "second-box@practice.invalid"
