"""A draft for a brother or sister ends where its writer may no longer open the alert with whose texts it began."""

from __future__ import annotations

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import declare_interest, staff
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.casework.records import drafts_gone
from practice_alerts.casework.records.clear_up import clear_up
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import NotFound
from tests.casework.records.test_destroying import rows_with
from tests.casework.records.test_redacting_lets_nobody_in import locked_apart
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import enter_seconds, restricted

PLANTED = "Quetzalcoatlus"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    enter_seconds(desk)
    return desk.with_readers()


def begun(desk: Desk, found: Known, who: str = "iro") -> str:
    return siblings.draft_for_sibling(desk.office, desk.actor(who), found)


def given_on(desk: Desk, found: Known) -> Known:
    said = {"to": "other_iro", "reason": "A new officer."}
    return VERBS[Act.HAND_ON](desk.office, found.id, said, desk.doing("boss", found))


def shut(desk: Desk, found: Known, how: str) -> None:
    if how == "locked apart":
        locked_apart(desk, found)
    elif how == "restricted":
        restricted(desk, given_on(desk, found), second="boss", stand_in="reserve")
    else:
        child = ChildMeant(case_number=str(found.alert.answers["case_number"]))
        declare_interest.declare(desk.office, desk.actor("iro"), child)


@pytest.mark.parametrize("how", ["locked apart", "restricted", "interest"])
def test_it_is_neither_read_nor_kept_nor_sent_and_its_writer_is_told(desk: Desk, how: str) -> None:
    office = desk.office
    found = desk.raised("stage-1", concerns=f"{PLANTED} waits.")
    other = desk.raised("stage-1", case_number="S-7", child_name="Lou Beispiel")
    draft, stays = begun(desk, found), begun(desk, other)
    body = dict(kept_drafts.my_draft(office, "iro", draft).body)  # type: ignore[union-attr]
    assert PLANTED in str(body)
    shut(desk, found, how)
    assert not desk.can_open("iro", found)
    assert kept_drafts.my_draft(office, "iro", draft) is None
    assert [one.id for one in kept_drafts.my_drafts(office, "iro")] == [stays]
    with pytest.raises(NotFound):
        kept_drafts.keep_draft(office, "iro", draft, {**body, "step": 3}, body)
    clear_up(office)
    assert "drafts" not in rows_with(desk, PLANTED)
    ((told, said),) = [(who, text) for who, kind, text in desk.mails() if kind == "draft_closed"]
    assert told == "iro"
    assert found.alert.reference not in said
    # A window that has it still begins it anew nowhere.
    with pytest.raises(NotFound):
        kept_drafts.keep_draft(office, "iro", draft, body, body)
    assert "drafts" not in rows_with(desk, PLANTED)
    assert drafts_gone.let_go(office) == 0
    assert kept_drafts.my_draft(office, "iro", stays) is not None


def test_who_has_left_has_it_no_longer_and_nobody_is_written_to(desk: Desk) -> None:
    found = desk.raised("stage-1", concerns=f"{PLANTED} waits.")
    draft, office = begun(desk, found), desk.office
    with office.database.writing() as tx:
        person = directory.person(tx, "iro")
        assert person is not None
        staff.let_go(office, tx, person)
    desk.at("Wed 2025-06-04")
    assert kept_drafts.my_draft(office, "iro", draft) is None
    assert drafts_gone.let_go(office) == 1
    assert "draft_closed" not in {kind for _, kind, _ in desk.mails()}


def test_another_draft_is_begun_anew_by_an_open_window_as_before(desk: Desk) -> None:
    body = {"step": 2, "council": "lambeth", "answers": {"concerns": "Mine."}}
    kept_drafts.keep_draft(desk.office, "iro", "mine", body)
    kept_drafts.discard_draft(desk.office, "iro", "mine")
    kept_drafts.keep_draft(desk.office, "iro", "mine", {**body, "step": 3}, body)
    assert kept_drafts.my_draft(desk.office, "iro", "mine") is not None
