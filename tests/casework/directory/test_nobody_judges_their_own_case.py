"""Whoever an alert challenges, has challenged or is still to challenge decides nothing about it."""

from datetime import date, timedelta

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import act_form, answer, close
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import post_holders, second_person
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import BadAnswers, Expected
from tests.helpers.alerts.act_answers import ending, reply
from tests.helpers.days import day
from tests.helpers.product.office import Desk

FRIDAY = day("Fri 2025-06-06")
DECIDING = {Act.REVIEW_RESPONSE, Act.CLOSE, Act.ESCALATE, Act.OVERRIDE, Act.HAND_ON, Act.MOVE_CASE}


def acts(desk: Desk, who: str, found: Known) -> set[Act]:
    actor = desk.actor(who)
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
    return {act for act in Act if known.may(actor, act)}


def stand_in(desk: Desk, by: str, away: str, present: str) -> None:
    absence_cover.set_cover(desk.office, desk.actor(by), Cover(away, present, None, FRIDAY))


def as_before(desk: Desk, away: str, present: str, until: date = FRIDAY) -> None:
    """A cover of one who is asked by one who reviews, as an earlier version let it stand."""
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, away, present, desk.office.today, until)


@pytest.mark.parametrize("present", ["boss", "other_iro", "reserve"])
@pytest.mark.parametrize("away", ["manager", "service", "director"])
@pytest.mark.parametrize("by", ["admin", "command"])
def test_nobody_who_reviews_stands_in_for_one_who_is_asked(
    desk: Desk, away: str, present: str, by: str
) -> None:
    """They would never review again what was sent to them: one hand could take the say from everybody so."""
    found = desk.raised("stage-1")
    desk.with_readers()
    actor = desk.actor(by) if by == "admin" else COMMAND_LINE
    with pytest.raises(BadAnswers, match="reviews alerts"):
        absence_cover.set_cover(desk.office, actor, Cover(away, present, None, FRIDAY))
    assert Act.ANSWER not in acts(desk, present, found)


@pytest.mark.parametrize("present", ["boss", "other_iro"])
@pytest.mark.parametrize("post", ["team_manager", "service_manager"])
def test_a_post_that_is_asked_is_given_to_one_who_reviews_by_two(
    desk: Desk, present: str, post: str
) -> None:
    given = PostGiven("lambeth", post, until=desk.office.today)
    found = desk.raised("stage-1")
    before = acts(desk, present, found)
    post_holders.give_post(desk.office, desk.actor("admin"), present, given)
    assert acts(desk, present, found) == before
    (waits,) = second_person.look(desk.office, desk.actor("admin"), "lambeth").waiting
    assert waits.what.post == post
    post_holders.give_post(desk.office, desk.actor("admin"), "worker", given)
    assert len(second_person.look(desk.office, desk.actor("admin"), "lambeth").waiting) == 1


@pytest.mark.parametrize("post_holder", ["service", "assistant", "director"])
def test_a_manager_of_a_later_stage_decides_nothing_before_it(desk: Desk, post_holder: str) -> None:
    found = desk.raised("stage-1")
    desk.give("iro_manager", post_holder)
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("put_right", "x"), desk.doing(post_holder, found))
    assert not acts(desk, post_holder, found) & DECIDING
    assert Act.SEE in acts(desk, post_holder, found)
    assert acts(desk, "boss", found) >= {Act.HAND_ON, Act.NOTE}


def test_nobody_who_stands_in_for_a_later_stage_decides(desk: Desk) -> None:
    found = desk.raised("stage-1")
    as_before(desk, "service", "boss")
    assert not acts(desk, "boss", found) & DECIDING


def test_nobody_judges_their_own_answer(desk: Desk) -> None:
    found = desk.raised("stage-1")
    as_before(desk, "manager", "boss", desk.office.today)
    found = answer.answer(
        desk.office, found.id, reply("It is all done.", "done"), desk.doing("boss", found)
    )
    desk.at("Tue 2025-06-03")
    assert not acts(desk, "boss", found) & DECIDING
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("put_right", "x"), desk.doing("boss", found))
    stand_in(desk, "admin", "iro", "boss")
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("put_right", "x"), desk.doing("boss", found))


def test_standing_in_while_it_ran_counts_though_nothing_was_answered(desk: Desk) -> None:
    found = desk.raised("stage-1")
    as_before(desk, "manager", "boss", desk.office.today)
    desk.at("Wed 2025-06-04")
    later = desk.raised("stage-1")
    assert not acts(desk, "boss", found) & DECIDING
    assert acts(desk, "boss", later) >= {Act.HAND_ON, Act.NOTE}, "it was over before this one"


def test_the_raiser_and_a_cover_of_their_own_side_decide_as_before(desk: Desk) -> None:
    found = desk.raised("stage-1")
    stand_in(desk, "admin", "iro", "other_iro")
    for who in ("iro", "other_iro"):
        assert acts(desk, who, found) >= {Act.REVIEW_RESPONSE, Act.CLOSE, Act.ESCALATE}
    assert desk.office.today + timedelta(days=4) == FRIDAY


def test_the_raiser_does_not_answer_as_cover_of_the_manager(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(BadAnswers):
        stand_in(desk, "admin", "manager", "iro")
    as_before(desk, "manager", "iro")
    assert Act.ANSWER not in acts(desk, "iro", found)
    with pytest.raises(Expected):
        answer.answer(desk.office, found.id, reply("Done.", "done"), desk.doing("iro", found))


@pytest.mark.parametrize("challenged_as", ["asked once", "cover", "later stage", "answered"])
def test_an_alert_is_handed_to_nobody_it_challenges(desk: Desk, challenged_as: str) -> None:
    found = desk.raised("stage-1")
    match challenged_as:
        case "asked once":
            desk.give("iro", "manager")
        case "cover":
            as_before(desk, "manager", "other_iro")
        case "later stage":
            desk.give("iro", "director")
        case _:
            as_before(desk, "manager", "other_iro", desk.office.today)
            answer.answer(
                desk.office, found.id, reply("Done.", "done"), desk.doing("other_iro", found)
            )
            desk.at("Tue 2025-06-03")
    desk.give("iro", "boss")
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
        offered = act_form.officers(desk.office, tx, known)
    left = {"boss"} if challenged_as in {"cover", "answered"} else {"boss", "other_iro"}
    assert set(offered) == left


def test_a_manager_of_the_service_who_was_asked_reads_on_as_manager_and_decides_nothing(
    desk: Desk,
) -> None:
    """Once being asked lets them read no more, lists and page go by their post."""
    found = desk.raised("stage-1")
    desk.give("iro_manager", "manager")
    found = close.close(desk.office, found.id, ending("withdrawn", "x"), desk.doing("iro", found))
    desk.at("Mon 2026-06-01")
    assert Act.SEE in acts(desk, "manager", found)
    assert not acts(desk, "manager", found) & {*DECIDING, Act.REOPEN, Act.NOTE}


@pytest.mark.parametrize(("covering", "records"), [("other_iro", True), ("director", False)])
def test_whoever_a_later_stage_asks_records_no_answer_as_the_raisers_cover(
    desk: Desk, covering: str, records: bool
) -> None:
    """The answer of somebody outside the directory is written down by the officer's side."""
    found = desk.raised("stage-1", team_manager="Tilda Outside")
    desk.give("iro", "director")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", covering, desk.office.today, FRIDAY)
    assert (Act.ANSWER in acts(desk, covering, found)) is records
