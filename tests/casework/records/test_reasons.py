"""Why something was asked for about a record: it names nobody, and goes with the record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import (
    declare_interest,
    destruction_certificate,
    record_keeping,
    redaction,
    second_person,
)
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.directory.redaction import SaidOfIt
from practice_alerts.casework.disclosure import disclose
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import destroying
from practice_alerts.domain.alert.destroyed import DestroyedRecord, KeptSaid
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from practice_alerts.domain.errors import BadAnswers
from tests.casework.directory.test_record_keeping import closed, line
from tests.casework.records.test_destroying import TWO, rows_with
from tests.helpers.product.office import Desk, open_desk

NAMES = "Asked for by Maya Quetzal."
PLANTED = "Quetzal"


@pytest.fixture
def desk(desk_of_records: Desk) -> Desk:
    return desk_of_records


def ask_to_take_out(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> int:
    by, reference = desk.actor("records"), found.alert.reference
    said = SaidOfIt(names_nobody=nobody)
    redaction.ask(desk.office, by, reference, "1:answers.concerns", reason, said=said)
    return waiting(desk)


def ask_to_lock(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> int:
    wanted = KeptWanted(
        (found.alert.reference,),
        KeptSaid.ADOPTED,
        reason,
        on=desk.office.today,
        names_nobody=nobody,
    )
    record_keeping.say(desk.office, desk.actor("records"), wanted)
    return waiting(desk)


def waiting(desk: Desk) -> int:
    """The number of what was asked for last."""
    return second_person.look(desk.office, desk.actor("boss"), desk.council).waiting[0].number


def end(desk: Desk, number: int, refused: str = "", who: str = "boss") -> None:
    by = desk.actor(who)
    if refused:
        second_person.refuse(
            desk.office, by, desk.council, number, reason=refused, names_nobody=True
        )
    else:
        second_person.confirm(desk.office, by, desk.council, number)


def destroy(desk: Desk, *every: Known) -> None:
    records = [DestroyedRecord(alert_id=one.id, reference=one.alert.reference) for one in every]
    with desk.office.database.writing() as tx:
        destroying.destroy(tx, desk.council, records, TWO, desk.office.now())
    proof = prove(desk.office)
    assert (proof.broken, proof.differences) == ((), ())


@pytest.mark.parametrize("asks", [ask_to_take_out, ask_to_lock])
@pytest.mark.parametrize("refused", ["", f"Not for {PLANTED}."])
def test_what_was_typed_goes_with_the_record_and_who_acted_stays(
    desk: Desk, asks: Callable[..., int], refused: str
) -> None:
    found, other = closed(desk), closed(desk)
    number = asks(desk, found, NAMES, nobody=True)
    end(desk, number, refused, "other_iro")
    asks(desk, other, "It must go.")
    destroy(desk, other)
    assert "payloads" in rows_with(desk, PLANTED)
    destroy(desk, found)
    assert rows_with(desk, PLANTED) == set()
    with desk.office.database.reading() as tx:
        happened = directory_events.happened(tx, desk.council)
    by = {one.number: one.by for one in happened}
    assert (by[number], by[number + 1]) == ("records", "other_iro")
    assert next(one for one in happened if one.number == number).what is None
    assert second_person.look(desk.office, desk.actor("boss"), desk.council).waiting == ()


def test_what_was_said_of_several_goes_with_the_last_of_them(desk: Desk) -> None:
    found, other = closed(desk), closed(desk)
    references = (found.alert.reference, other.alert.reference)
    wanted = KeptWanted(
        references, KeptSaid.ADOPTED, NAMES, on=desk.office.today, names_nobody=True
    )
    record_keeping.say(desk.office, desk.actor("records"), wanted)
    end(desk, waiting(desk), f"Not for {PLANTED}.")
    destroy(desk, found)
    assert rows_with(desk, PLANTED) == {"payloads"}
    destroy(desk, other)
    assert rows_with(desk, PLANTED) == set()


def test_what_another_council_asked_for_stays(desk: Desk) -> None:
    """Also where one of its records is gone: each council's office is looked through when its own records are destroyed."""
    asked = DirectoryChanged(
        change=DirectoryChange.REDACTION,
        person="",
        name="MER-2025-0001",
        reason=f"Of {PLANTED}.",
        records=(DestroyedRecord(alert_id="gone", reference="MER-2025-0001"),),
        waits=True,
    )
    with desk.office.database.writing() as tx:
        directory_events.append(tx, "merton", asked, "records", desk.office.now())
    destroy(desk, closed(desk))
    assert rows_with(desk, PLANTED) == {"payloads"}


def test_of_what_is_destroyed_the_certificate_alone_says_why(desk: Desk) -> None:
    found = closed(desk, date_of_birth="2014-03-09")
    desk.at("Mon 2089-03-14")
    office, by = desk.office, desk.actor("admin")
    record_keeping.propose(office, by, [found.alert.reference], NAMES, names_nobody=True)
    end(desk, waiting(desk), f"Not yet for {PLANTED}.")
    record_keeping.propose(office, by, [found.alert.reference], "Its time has come.")
    end(desk, waiting(desk), who="other_iro")
    assert rows_with(desk, PLANTED) == set()
    (done,) = destruction_certificate.every(office, desk.actor("boss"), desk.council)
    assert (done.what.reason, done.what.asked_by.id) == ("Its time has come.", "admin")
    assert prove(office).holds


def test_an_interest_that_goes_takes_with_it_why_it_was_withdrawn(desk: Desk) -> None:
    found = desk.raised("stage-1", case_number="X-1")
    declare_interest.declare(desk.office, desk.actor("worker"), ChildMeant(case_number="X-1"))
    by = desk.actor("worker")
    declare_interest.ask_to_withdraw(desk.office, by, 1, NAMES, names_nobody=True)
    end(desk, waiting(desk))
    assert rows_with(desk, PLANTED) == {"payloads"}
    destroy(desk, found)
    assert rows_with(desk, PLANTED) == set()


def disclosed(desk: Desk, found: Known) -> int:
    meant = PersonMeant(about=AboutWhom.CHILD, case_number=found.alert.answers["case_number"])
    wanted = disclose.DisclosureWanted("court", meant, "C 7", desk.office.today)
    return disclose.begin(desk.office, desk.actor("boss"), wanted)[0]


def drop(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> None:
    number = disclosed(desk, found)
    disclose.drop(desk.office, desk.actor("boss"), number, reason, names_nobody=nobody)


def propose(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> None:
    desk.at("Mon 2089-03-14")
    which = [found.alert.reference]
    by = desk.actor("records")
    record_keeping.propose(desk.office, by, which, reason, names_nobody=nobody)


def hold(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> None:
    which = (found.alert.reference,)
    wanted = KeptWanted(which, KeptSaid.HELD, reason, "COMP-7", names_nobody=nobody)
    record_keeping.say(desk.office, desk.actor("records"), wanted)


def refuse(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> None:
    with_record = [
        one
        for one in second_person.look(desk.office, desk.actor("boss"), desk.council).waiting
        if one.what.records
    ]
    number = with_record[0].number if with_record else ask_to_take_out(desk, found, "It must go.")
    by = desk.actor("boss")
    second_person.refuse(desk.office, by, desk.council, number, reason=reason, names_nobody=nobody)


def withdraw(desk: Desk, found: Known, reason: str, *, nobody: bool = False) -> None:
    by, meant = desk.actor("worker"), ChildMeant(case_number=found.alert.answers["case_number"])
    if not declare_interest.own(desk.office, by):
        declare_interest.declare(desk.office, by, meant)
        by = desk.actor("worker")
    (mine,) = declare_interest.own(desk.office, by)
    declare_interest.ask_to_withdraw(desk.office, by, mine.number, reason, names_nobody=nobody)


@pytest.mark.parametrize(
    "asks", [ask_to_take_out, ask_to_lock, propose, hold, refuse, withdraw, drop]
)
def test_a_reason_that_may_name_somebody_is_asked_about_whoever_the_record_is_about(
    tmp_path: Path, asks: Callable[..., object]
) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite").with_readers()
    found = closed(desk, date_of_birth="2014-03-09")
    for typed, said in {
        NAMES: "'Maya' and 'Quetzal'",
        "It is about M.Q., no doubt.": "'M.Q.'",
        "Somebody rang from 020 7946 0000.": "the long number",
        "Somebody wrote from maya@example.org.": "the e-mail address",
    }.items():
        with pytest.raises(BadAnswers, match=f"{said}.* may tell who somebody is"):
            asks(desk, found, typed)
    asks(desk, found, NAMES, nobody=True)
    desk.office.database.close()


def test_what_names_nobody_is_asked_nothing(desk: Desk) -> None:
    for why in (
        "The Ombudsman asks; see the reference of the complaint.",
        "Its team has moved: Stage Two was not reached.",
    ):
        found = closed(desk)
        hold(desk, found, why)
        assert line(desk, found).held_up == "legal hold (COMP-7)"
