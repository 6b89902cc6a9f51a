"""What is refused: illegal acts, two people at once, the challenged chain; and nothing is lost by it."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import prepare, raise_alert
from practice_alerts.casework.acts.review_response import hold, review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import (
    BadAnswers,
    NotAllowed,
    NotFound,
    NotPossible,
    SomeoneWasFaster,
)
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import POSTS, Desk

DONE = act_answers.reply("It was done yesterday.", "done")
ENDING = act_answers.ending("put_right", "All is well.")


def _events(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        return event_store.head(tx)[0]


def test_a_closed_alert_takes_no_answer(desk: Desk) -> None:
    found = desk.raised()
    closed = close(desk.office, found.id, ENDING, desk.doing("iro", found))
    with pytest.raises(NotPossible, match="closed"):
        answer(desk.office, found.id, DONE, desk.doing("manager", closed))


def test_nothing_leads_past_the_top(desk: Desk) -> None:
    found = desk.raised("stage-6")
    with pytest.raises(NotPossible, match="top of the ladder"):
        escalate(
            desk.office, found.id, act_answers.climb("stage-6", "Again."), desk.doing("iro", found)
        )


def test_a_lower_stage_is_no_way_up(desk: Desk) -> None:
    found = desk.raised("stage-3")
    with pytest.raises(NotPossible, match="does not lead there"):
        escalate(
            desk.office, found.id, act_answers.climb("stage-2", "Back."), desk.doing("iro", found)
        )


def test_the_second_of_two_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    found = desk.raised()
    first, second = desk.doing("iro", found), desk.doing("iro", found)
    reviewed = answer(desk.office, found.id, DONE, desk.doing("manager", found))
    before = _events(desk)
    with pytest.raises(SomeoneWasFaster, match="Somebody else acted"):
        close(desk.office, found.id, ENDING, first)
    with pytest.raises(SomeoneWasFaster):
        review(
            desk.office, found.id, act_answers.outcome("not_satisfactory", "Too little."), second
        )
    assert _events(desk) == before
    assert reviewed.alert.is_open


def test_pressing_twice_acts_once(desk: Desk) -> None:
    doing = desk.doing("iro", act_key="pressed")
    first = raise_alert(desk.office, desk.raising(), doing)
    again = raise_alert(desk.office, desk.raising(), doing)
    assert (again.id, _events(desk)) == (first.id, 2)
    reply = desk.doing("manager", first, "also pressed")
    answer(desk.office, first.id, DONE, reply)
    answer(desk.office, first.id, DONE, reply)
    assert _events(desk) == 3


def test_of_many_at_once_one_is_recorded(desk: Desk) -> None:
    found = desk.raised()
    refused: list[Exception] = []

    def press(number: int) -> None:
        try:
            doing = desk.doing("manager", found, f"key {number}")
            answer(desk.office, found.id, DONE, doing)
        except SomeoneWasFaster as error:
            refused.append(error)

    people = [threading.Thread(target=press, args=(number,)) for number in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert (len(refused), _events(desk)) == (7, 3)
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []


Try = Callable[[Desk, Known, str], object]
RAISERS_ACTS: dict[str, Try] = {
    "judge": lambda d, f, who: review(
        d.office, f.id, act_answers.outcome("put_right", "Fine."), d.doing(who, f)
    ),
    "hold": lambda d, f, who: hold(
        d.office, f.id, act_answers.promise(day("Mon 2025-06-30"), "me"), d.doing(who, f)
    ),
    "escalate": lambda d, f, who: escalate(
        d.office, f.id, act_answers.climb("stage-3", "Why not."), d.doing(who, f)
    ),
    "refer": lambda d, f, who: VERBS[Act.REFER](
        d.office, f.id, act_answers.way_out("cafcass", "Now."), d.doing(who, f)
    ),
    "close": lambda d, f, who: close(d.office, f.id, ENDING, d.doing(who, f)),
    "note": lambda d, f, who: VERBS[Act.NOTE](d.office, f.id, {"text": "Seen."}, d.doing(who, f)),
}
THE_CHAIN = ("manager", "service", "assistant", "director", "strategic", "chief")


@pytest.mark.parametrize("who", THE_CHAIN)
@pytest.mark.parametrize("act", RAISERS_ACTS)
def test_nobody_of_the_challenged_chain_steers_the_alert(desk: Desk, act: str, who: str) -> None:
    found = desk.raised("stage-1")
    found = answer(desk.office, found.id, DONE, desk.doing("manager", found))
    found = escalate(
        desk.office, found.id, act_answers.climb("stage-2", "No."), desk.doing("iro", found)
    )
    found = answer(desk.office, found.id, DONE, desk.doing("service", found))
    before = _events(desk)
    with pytest.raises((NotAllowed, NotFound)):
        RAISERS_ACTS[act](desk, found, who)
    assert _events(desk) == before


@pytest.mark.parametrize("who", sorted(set(POSTS) - {"manager"}))
def test_only_who_is_asked_answers(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises((NotAllowed, NotFound)):
        answer(desk.office, found.id, DONE, desk.doing(who, found))


@pytest.mark.parametrize("who", ["other_iro", "elsewhere", "worker", "admin", "nobody at all"])
def test_a_stranger_learns_nothing_not_even_that_it_exists(desk: Desk, who: str) -> None:
    found = desk.raised("stage-1")
    with pytest.raises(NotFound) as real:
        alert_view.see(desk.office, who, found.alert.reference)
    with pytest.raises(NotFound) as made_up:
        alert_view.see(desk.office, who, "LAM-2025-9999")
    assert str(real.value) == str(made_up.value)


def test_a_post_that_nobody_holds_stops_nothing_and_is_reached_by_hand(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.person_id == "manager"))
        tx.execute(tables.holdings.delete().where(tables.holdings.c.person_id == "elsewhere"))
    found = desk.raised("stage-1", team_manager="T Typed")
    assert [(one.id, one.name) for one in found.run.sent.asked] == [("", "T Typed")]
    assert [to for to, notice, _ in desk.mails() if notice == "asked"] == []


def test_bad_answers_are_named_all_at_once_and_nothing_is_sent(desk: Desk) -> None:
    with pytest.raises(BadAnswers) as refused:
        desk.raised("stage-1", child_name="", concerns=" ", category=[])
    assert set(refused.value.faults) == {"child_name", "concerns", "category"}
    assert (_events(desk), desk.mails()) == (0, [])


def test_a_later_stage_wants_its_reason(desk: Desk) -> None:
    wanted = replace(desk.raising("stage-2"), entry_reason="  ")
    with pytest.raises(BadAnswers, match="Stage Two"):
        raise_alert(desk.office, wanted, desk.doing("iro"))


@pytest.mark.parametrize(
    "line",
    [
        "Kit has no plan",
        "no plan, see S-100001",
        "ask kit@home.example",
        "Toni Sample did nothing",
        "call 020 7946 0018",
    ],
)
def test_a_line_for_the_log_that_names_somebody_is_refused(desk: Desk, line: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        desk.raised(summary_for_log=line)
    assert set(refused.value.faults) == {"summary_for_log"}


def test_who_may_not_raise_is_refused_before_anything_is_read(desk: Desk) -> None:
    with desk.office.database.reading() as tx, pytest.raises(NotAllowed):
        prepare(desk.office, tx, desk.actor("manager"), desk.raising())


def test_a_draft_is_its_owners_alone_and_gone_once_sent(desk: Desk) -> None:
    draft_id = kept_drafts.new_draft_id()
    body = {"step": 2, "answers": {"concerns": "half a sentence"}}
    kept_drafts.keep_draft(desk.office, "iro", draft_id, body)
    kept = kept_drafts.my_draft(desk.office, "iro", draft_id)
    assert kept is not None
    assert kept.body == body
    assert kept_drafts.my_draft(desk.office, "other_iro", draft_id) is None
    raise_alert(desk.office, replace(desk.raising(), draft_id=draft_id), desk.doing("iro"))
    assert kept_drafts.my_drafts(desk.office, "iro") == ()
