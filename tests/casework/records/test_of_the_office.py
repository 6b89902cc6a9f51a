"""What the office keeps that names a child goes with the last record about it, and no sooner."""

from __future__ import annotations

from datetime import date

import pytest

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import declare_interest, second_person, staff
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.disclosure import disclose
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import destroying
from practice_alerts.domain.alert.destroyed import DestroyedRecord
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.disclosure.disclosed import DisclosureBegun, PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from tests.casework.records.test_destroying import TWO, rows_with
from tests.helpers.product.office import Desk

CHILD = "X-PLANTED-1"
BORN = {"date_of_birth": "2014-03-09", "child_name": "Anna Planted"}


def destroy(desk: Desk, found: Known) -> None:
    record = DestroyedRecord(alert_id=found.id, reference=found.alert.reference)
    with desk.office.database.writing() as tx:
        destroying.destroy(tx, "lambeth", [record], TWO, desk.office.now())
    assert prove(desk.office).holds


def disclosed(desk: Desk) -> int:
    meant = PersonMeant(about=AboutWhom.CHILD, case_number=CHILD)
    wanted = disclose.DisclosureWanted("court", meant, "C 7", desk.office.today)
    return disclose.begin(desk.office, desk.actor("boss"), wanted)[0]


def test_a_disclosure_goes_with_the_last_alert_in_it(desk: Desk) -> None:
    first, second = (desk.raised("stage-1", case_number=CHILD) for _ in range(2))
    number = disclosed(desk)
    disclose.mark(desk.office, desk.actor("boss"), number, {}, number)
    destroy(desk, first)
    assert rows_with(desk, CHILD) >= {"payloads", "alerts"}
    assert len(disclose.listed(desk.office, desk.actor("boss"))) == 1
    destroy(desk, second)
    assert rows_with(desk, CHILD) == set()
    assert disclose.listed(desk.office, desk.actor("boss")) == ()


def test_a_disclosure_in_which_no_alert_stands_goes_with_the_child_s_last_record(
    desk: Desk,
) -> None:
    """As they were begun once, where all that was found was restricted to others."""
    found, other = desk.raised("stage-1", case_number=CHILD), desk.raised("stage-1")
    disclosed(desk)
    with desk.office.database.writing() as tx:
        last = directory_events.happened(tx, desk.council)[-1].what
        assert isinstance(last, DisclosureBegun)
        bare = last.model_copy(update={"alerts": (), "hidden": 1})
        directory_events.append(tx, desk.council, bare, "boss", desk.office.now())
    destroy(desk, other)
    assert len(disclose.listed(desk.office, desk.actor("boss"))) == 2
    destroy(desk, found)
    assert rows_with(desk, CHILD) == set()


@pytest.mark.parametrize("why", ["left", "withdrawn", "grown up"])
def test_an_interest_goes_once_it_can_shut_nobody_out(desk: Desk, why: str) -> None:
    found, other = desk.raised("stage-1", case_number=CHILD, **BORN), desk.raised("stage-1")
    by_name = ChildMeant(child="Anna Planted", born=date(2014, 3, 9))
    child = by_name if why == "grown up" else ChildMeant(case_number=CHILD)
    declare_interest.declare(desk.office, desk.actor("worker"), child)
    looked_for = "Anna Planted" if why == "grown up" else CHILD
    if why == "left":
        staff.leave(desk.office, COMMAND_LINE, "worker")
    if why == "withdrawn":
        declare_interest.ask_to_withdraw(desk.office, desk.actor("worker"), 1, "No more.")
        (waits,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
        second_person.confirm(desk.office, desk.actor("boss"), "lambeth", waits.number)
    if why == "grown up":
        desk.at("Thu 2039-03-10")
    destroy(desk, other)
    assert rows_with(desk, looked_for)
    destroy(desk, found)
    assert rows_with(desk, looked_for) == set()


def test_an_interest_that_guards_a_child_still_stays(desk: Desk) -> None:
    found = desk.raised("stage-1", case_number=CHILD)
    declare_interest.declare(desk.office, desk.actor("worker"), ChildMeant(case_number=CHILD))
    destroy(desk, found)
    assert rows_with(desk, CHILD) == {"payloads"}
    again = desk.raised("stage-1", case_number=CHILD)
    assert not desk.can_open("worker", again)
