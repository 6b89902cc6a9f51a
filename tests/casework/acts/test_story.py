"""One alert under Lambeth's procedure, from raising to closing, told as the procedure tells it."""

from dataclasses import replace
from datetime import date

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import hold, review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import Desk

TIME_LIMIT = day("Mon 2025-06-30")


def test_an_alert_climbs_is_held_referred_and_put_right(desk: Desk) -> None:
    found = _sent_at_stage_one(desk)
    found = _not_satisfactory_so_it_goes_to_the_service_manager(desk, found)
    found = _referred_to_cafcass_while_the_ladder_goes_on(desk, found)
    found = _held_until_the_promised_day(desk, found)
    found = _verified_and_closed(desk, found)
    assert not found.alert.is_open


def _sent_at_stage_one(desk: Desk) -> Known:
    """On a Monday: the team manager has four working days, the whole has twenty."""
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert desk.stands(found) is Standing.WAITING
    assert desk.dates(found) == (day("Fri 2025-06-06"), None, TIME_LIMIT)
    return found


def _not_satisfactory_so_it_goes_to_the_service_manager(desk: Desk, found: Known) -> Known:
    desk.at("Thu 2025-06-05")
    reply = act_answers.reply("We are looking into it.", "other")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    assert desk.stands(found) is Standing.TO_REVIEW
    reason = "It names nobody and no day."
    found = review(
        desk.office,
        found.id,
        act_answers.outcome("not_satisfactory", reason),
        desk.doing("iro", found),
    )
    assert desk.stands(found) is Standing.TO_ESCALATE
    climb = act_answers.climb("stage-2", "The first answer settles nothing.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    assert [person.id for person in found.run.sent.asked] == ["service"]
    assert desk.dates(found) == (day("Wed 2025-06-11"), None, TIME_LIMIT)
    return found


def _referred_to_cafcass_while_the_ladder_goes_on(desk: Desk, found: Known) -> Known:
    way_out = act_answers.way_out(
        "cafcass", "The child may lose the placement.", "Spoke with my manager."
    )
    found = VERBS[Act.REFER](desk.office, found.id, way_out, desk.doing("iro", found))
    assert desk.stands(found) is Standing.WAITING
    return found


def _held_until_the_promised_day(desk: Desk, found: Known) -> Known:
    """The hold moves neither the response date nor the time limit."""
    desk.at("Tue 2025-06-10")
    promise = act_answers.reply(
        "The search begins on Monday.", "will_be_done", "2025-07-31", "Sid Sample"
    )
    found = answer(desk.office, found.id, promise, desk.doing("service", found))
    until = day("Thu 2025-07-31")
    agreed = act_answers.promise(until, "Sid Sample", "The child can wait that long.")
    found = hold(desk.office, found.id, agreed, desk.doing("iro", found))
    assert desk.stands(found) is Standing.ON_HOLD
    assert desk.dates(found) == (day("Wed 2025-06-11"), until, TIME_LIMIT)
    return found


def _verified_and_closed(desk: Desk, found: Known) -> Known:
    where = desk.at("Fri 2025-08-01").see("iro", found).where
    assert (where.standing, where.turn) == (Standing.HOLD_ENDED, "raiser")
    ending = act_answers.ending("put_right", "A home has been found nearby.", "Kit likes it.")
    found = close(desk.office, found.id, ending, desk.doing("iro", found))
    assert desk.stands(found) is Standing.CLOSED
    told = [line.what for line in desk.see("iro", found).history]
    assert told[0] == "Raised the alert"
    assert told[-2:] == [
        "Reviewed the response: put right and verified",
        "Closed the alert: put right and verified",
    ]
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
    return found


def test_without_an_answer_it_is_the_reviewing_officers_turn(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    assert desk.at("Fri 2025-06-06 23:59").see("iro", found).where.turn == "asked"

    where = desk.at("Sat 2025-06-07 00:00").see("iro", found).where

    assert (where.standing, where.turn, where.next_act) == (
        Standing.NO_ANSWER,
        "raiser",
        "escalate",
    )
    assert "Stage Two" in where.sentence


def test_a_late_escalation_says_by_how_much_the_limit_is_missed(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")

    where = desk.at("Tue 2025-06-10").see("iro", found).where

    # Stage One should have been left on Friday 6 June: Monday and Tuesday are two working days.
    assert "through Stage Five the time limit is now missed by 2 working days" in where.sentence


def test_an_informal_alert_runs_on_the_raisers_own_day_and_no_time_limit(desk: Desk) -> None:
    desk.at("Mon 2025-06-02")
    by: date = day("Mon 2025-06-16")
    wanted = replace(desk.raising("informal"), settle_by=by)
    found = raise_alert(desk.office, wanted, desk.doing("iro"))

    clocks = desk.see("iro", found).clocks
    assert (clocks.response, clocks.settle_by, clocks.time_limit) == (None, by, None)
    assert {person.id for person in found.run.sent.asked} == {"worker"}


def test_the_stage_after_five_is_offered_by_choice_and_past_six_nothing_leads(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-5")
    climb = act_answers.climb("stage-6", "The director did not answer.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))

    offered = {offer.act.value: offer.not_now for offer in desk.see("iro", found).offers}

    assert "top of the ladder" in (offered["escalate"] or "")
    assert offered["refer"] is None
