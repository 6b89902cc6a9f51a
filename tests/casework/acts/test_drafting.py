"""Whoever is asked has somebody draft the answer: that person writes, and only whoever is asked sends."""

from __future__ import annotations

from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state, drafts
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.answer import AskedView, asked, draft_name
from practice_alerts.casework.acts.answering.drafting import drafted_for
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act, is_challenged
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk
from tests.helpers.stories.played import Played
from tests.helpers.stories.restricting import enter_seconds, restricted

TYPED = {"text": "Ravendraft: the plan is under way.", "response": "done"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post, three teams; `elsewhere` covers `manager`, `iro_2` the officer."""
    enter_seconds(desk)
    return desk


def do(desk: Desk, act: Act, found: Known, who: str, **typed: Any) -> Known:
    return VERBS[act](desk.office, found.id, typed, desk.doing(who, found))


def named(desk: Desk, who: str = "manager", name: str = "", **more: str) -> Known:
    found = desk.raised("stage-1")
    return do(desk, Act.NAME_DRAFTER, found, who, name=name or name_of(desk, "worker"), **more)


def name_of(desk: Desk, who: str) -> str:
    return desk.actor(who).name


def page_of(desk: Desk, found: Known, who: str) -> AskedView:
    with desk.office.database.reading() as tx:
        every = current_state.askings_of(tx, found.id)
        address = next(one for one in reversed(every) if one.person_id == who)
        return asked(desk.office, tx, who, address.id)


def drafted(desk: Desk, found: Known, who: str) -> dict[str, dict[str, Any]]:
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
        every = drafted_for(tx, known, desk.actor(who))
    return {one.id: dict(body) for one, body in every.items()}


def test_who_drafts_it_is_told_reads_the_shared_record_and_types_it(desk: Desk) -> None:
    found = named(desk, text="Ask the school.")
    assert [who for who, kind, _ in desk.mails() if kind == "drafting"] == ["worker"]
    assert not any("Ask the school" in text for _, _, text in desk.mails())
    seen = page_of(desk, found, "worker")
    assert (seen.is_present, seen.answers, seen.steps, seen.beside) == (False, False, (), ())
    assert seen.drafts_for is not None
    assert seen.drafts_for.id == "manager"
    kept_drafts.keep(desk.office, "worker", draft_name(found.id), TYPED)
    assert drafted(desk, found, "manager") == {"worker": TYPED}
    assert drafted(desk, found, "elsewhere") == {"worker": TYPED}, "who stands in for the manager"
    for other in ("iro", "boss", "service", "worker"):
        assert drafted(desk, found, other) == {}


@pytest.mark.parametrize("act", [Act.ANSWER, Act.NOT_THEIRS, Act.ASK_QUESTION, Act.NAME_DRAFTER])
def test_who_drafts_it_sends_nothing(desk: Desk, act: Act) -> None:
    found = named(desk)
    given = {
        Act.ANSWER: TYPED,
        Act.NAME_DRAFTER: {"name": name_of(desk, "worker_2")},
    }.get(act, {"text": "No."})
    with pytest.raises(NotAllowed):
        do(desk, act, found, "worker", **given)


def test_who_drafts_it_reads_nothing_that_is_kept_on_the_officers_side(desk: Desk) -> None:
    kept = {"child_view": "Wrenchild", "child_view_not_passed_on": "yes"}
    found = desk.raised("stage-1", **kept)
    found = do(desk, Act.NOTE, found, "iro", text="Wrennote", part="own")
    found = do(desk, Act.NOTE, found, "iro", text="Kestrelnote")
    found = do(desk, Act.NAME_DRAFTER, found, "manager", name=name_of(desk, "worker"))
    told = repr(page_of(desk, found, "worker").known.alert) + repr(desk.see("worker", found))
    assert "Wren" not in told
    assert "Kestrelnote" in told
    assert "Wrenchild" in repr(desk.see("iro", found))


def test_the_record_names_who_drafted_and_by_whose_word(desk: Desk) -> None:
    found = named(desk, "elsewhere")
    line = desk.see("iro", found).history[-1]
    assert line.what.startswith(f"Has the answer drafted by {name_of(desk, 'worker')}, ")
    assert name_of(desk, "elsewhere") in line.what


def test_with_the_answer_it_ends_and_the_draft_is_gone(desk: Desk) -> None:
    found = named(desk)
    address = page_of(desk, found, "worker").asking.id
    kept_drafts.keep(desk.office, "worker", draft_name(found.id), TYPED)
    found = do(desk, Act.ANSWER, found, "manager", **TYPED)
    assert not desk.can_open("worker", found)
    with desk.office.database.reading() as tx:
        assert drafts.of_person(tx, "worker") == ()
        with pytest.raises(NotFound):
            asked(desk.office, tx, "worker", address)
    assert is_challenged(desk.actor("worker"), found.alert)


@pytest.mark.parametrize("how", ["another", "up", "recorded", "closed"])
def test_it_ends_as_well_with_another_drafter_and_with_the_asking(desk: Desk, how: str) -> None:
    found = named(desk)
    assert desk.can_open("worker", found)
    match how:
        case "another":
            name = name_of(desk, "worker_2")
            found = do(desk, Act.NAME_DRAFTER, found, "manager", name=name)
            assert page_of(desk, found, "worker_2").drafts_for is not None
        case "up":
            found = Played(desk, found).goes_on("iro", "stage-2", "service").alert
        case "recorded":
            came = {"channel": "email", "on": desk.office.today.isoformat(), **TYPED}
            found = do(desk, Act.RECORD_ANSWER, found, "iro", **came)
        case _:
            found = do(desk, Act.CLOSE, found, "iro", **act_answers.ending("withdrawn", "Nothing."))
    assert not desk.can_open("worker", found)


def test_a_name_is_taken_as_it_is_written_and_an_address_for_one_of_two(desk: Desk) -> None:
    found = named(desk, name=name_of(desk, "worker").upper())
    assert found.run.drafters[0].to.id == "worker"
    with desk.office.database.reading() as tx:
        everybody = directory.everybody(tx, desk.council)
    mail = next(one.mail for one in everybody if one.id == "worker_2")
    found = do(desk, Act.NAME_DRAFTER, found, "manager", name=mail)
    assert [one.to.id for one in found.run.drafters] == ["worker_2"]


@pytest.mark.parametrize(
    "who", ["iro", "other_iro", "boss", "manager", "qa", "admin", "qa_lead_nobody"]
)
def test_nobody_drafts_who_reviews_or_is_asked_or_is_not_there(desk: Desk, who: str) -> None:
    name = "Robin Nobody" if who == "qa_lead_nobody" else name_of(desk, who)
    with pytest.raises(BadAnswers) as refused:
        named(desk, name=name)
    assert refused.value.faults["name"].startswith("Who drafts it: nobody of that name")


def test_nobody_drafts_who_has_an_interest_in_the_child(desk: Desk) -> None:
    found = desk.raised("stage-1")
    child = ChildMeant(case_number=str(found.alert.answers["case_number"]))
    declare_interest.declare(desk.office, desk.actor("worker"), child)
    with pytest.raises(BadAnswers):
        do(desk, Act.NAME_DRAFTER, found, "manager", name=name_of(desk, "worker"))


def test_a_restricted_alert_is_opened_to_nobody_by_it(desk: Desk) -> None:
    found = named(desk)
    found = restricted(desk, found)
    assert not desk.can_open("worker", found)
    assert Act.NAME_DRAFTER not in [act for act, _ in page_of(desk, found, "manager").beside]
    with pytest.raises(NotPossible):
        do(desk, Act.NAME_DRAFTER, found, "manager", name=name_of(desk, "worker_2"))


def test_it_stands_in_no_list_of_who_drafts_it(desk: Desk) -> None:
    found = named(desk)
    lines = repr(work_tray.tray(desk.office, desk.actor("worker")))
    assert found.alert.reference not in lines
