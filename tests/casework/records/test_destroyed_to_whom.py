"""What is proposed and what was destroyed is listed to nobody to whom one of its records is, or was, closed."""

from __future__ import annotations

import pytest

from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import (
    declare_interest,
    destruction_certificate,
    record_keeping,
    redaction,
    second_person,
)
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.errors import NotFound
from tests.casework.directory.test_record_keeping import BORN, closed, keeping, say
from tests.casework.records.test_redacting import again, take_out
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import restricted

__all__ = ["keeping"]

WHY = "Its time has come."


def due(desk: Desk, **answers: str) -> Known:
    found = closed(desk, date_of_birth=BORN, **answers)
    say(desk, found, KeptSaid.DIED, on=day("Mon 2025-06-02"))
    return again(desk, found)


def proposed(desk: Desk, *every: Known) -> None:
    desk.at("Mon 2040-06-04")
    references = [one.alert.reference for one in every]
    record_keeping.propose(desk.office, desk.actor("records"), references, WHY)


def confirmed(desk: Desk, who: str = "boss") -> None:
    (waits,) = destruction_certificate.proposed(desk.office, desk.actor(who), desk.council)
    second_person.confirm(desk.office, desk.actor(who), desk.council, waits.number)


def listed(desk: Desk, who: str) -> tuple[int, int, int]:
    """How much of what is proposed, of what was destroyed, and of what was done to records."""
    office, by = desk.office, desk.actor(who)
    entries = second_person.look(office, by, desk.council).entries
    return (
        len(destruction_certificate.proposed(office, by, desk.council)),
        len(destruction_certificate.every(office, by, desk.council)),
        len([one for one in entries if one.what.records]),
    )


@pytest.fixture
def two_managers(keeping: Desk) -> Desk:
    keeping.give("iro_manager", "other_iro")
    return keeping


def test_of_a_child_in_whom_they_have_an_interest_they_find_none(two_managers: Desk) -> None:
    desk = two_managers
    found, other = due(desk), due(desk, case_number="S-100002", child_name="Lou Beispiel")
    for one in (found, other):
        take_out(desk, one, "concerns")
    child = ChildMeant(case_number=str(found.alert.answers["case_number"]))
    declare_interest.declare(desk.office, desk.actor("other_iro"), child)
    proposed(desk, found, other)
    assert (listed(desk, "boss"), listed(desk, "other_iro")) == ((1, 0, 3), (0, 0, 1))
    confirmed(desk)
    for who, is_told in {"boss": True, "auditor": True, "other_iro": False}.items():
        assert listed(desk, who) == ((0, 1, 0) if is_told else (0, 0, 0)), who
        assert redaction.of_council(desk.office, desk.actor(who), desk.council) == ()
    (done,) = destruction_certificate.every(desk.office, desk.actor("boss"), desk.council)
    by = desk.actor("other_iro")
    with pytest.raises(NotFound):
        destruction_certificate.certificate(desk.office, by, desk.council, done.number)
    assert prove(desk.office).holds


def test_a_restricted_one_is_decided_by_who_keeps_records_and_read_by_nobody_else(
    two_managers: Desk,
) -> None:
    desk = two_managers
    found = due(desk)
    found = restricted(desk, found, second="other_iro", stand_in="reserve")
    proposed(desk, found)
    assert {who: listed(desk, who) for who in ("boss", "auditor")} == {
        "boss": (1, 0, 1),
        "auditor": (0, 0, 0),
    }
    confirmed(desk)
    assert {who: listed(desk, who)[:2] for who in ("boss", "auditor")} == {
        "boss": (0, 1),
        "auditor": (0, 0),
    }
    (done,) = destruction_certificate.every(desk.office, desk.actor("boss"), desk.council)
    with pytest.raises(NotFound):
        destruction_certificate.certificate(
            desk.office, desk.actor("auditor"), desk.council, done.number
        )
