"""What rests on a text goes on without it: who is shut out, a legal hold, whoever joined since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import (
    declare_interest,
    record_keeping,
    redaction,
    second_person,
)
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.directory.redaction import SaidOfIt
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import of_the_office, redacting
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import REMOVED, Kept, KeptSaid, Redacted, TakenOut
from practice_alerts.domain.alert.events import DoneByHand, Happened, Person
from practice_alerts.domain.seeing.taking_out import removable
from practice_alerts.domain.standing.how_long_kept import holds
from tests.casework.records.test_redacting import (
    WHY,
    again,
    corrected,
    desk,
    key_of,
    plain,
    raised,
    take_out,
)
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk
from tests.helpers.stories.restricting import restricted

__all__ = ["desk", "plain"]

BY_NUMBER = ChildMeant(case_number="s 100001", reason="My niece.")
BY_NAME = ChildMeant(child="Muster, Kit", born=date(2014, 3, 9))
ALL = ("case_number", "child_name", "date_of_birth")


def declare(desk: Desk, who: str, child: ChildMeant) -> int:
    declare_interest.declare(desk.office, desk.actor(who), child)
    return declare_interest.own(desk.office, desk.actor(who))[-1].number


def of_another(desk: Desk, found: Known, place: str) -> None:
    key = key_of(desk, found, place)
    office, reference = desk.office, found.alert.reference
    redaction.ask(office, desk.actor("records"), reference, key, WHY, said=SaidOfIt(another=True))
    waits = redaction.of_council(office, desk.actor("boss"), desk.council)[0].entry
    assert "another child" in second_person.said(office, desk.council, waits.what)
    _, texts = redaction.to_go(office, desk.actor("boss"), waits.number)
    assert texts, "whoever confirms it reads it"
    second_person.confirm(office, desk.actor("boss"), desk.council, waits.number)


def withdrawn(desk: Desk, who: str, number: int) -> None:
    office = desk.office
    declare_interest.ask_to_withdraw(office, desk.actor(who), number, "She has moved.")
    waiting = second_person.look(office, desk.actor("boss"), desk.council).waiting
    second_person.confirm(office, desk.actor("boss"), desk.council, waiting[0].number)


@pytest.mark.parametrize(
    ("child", "places"), [(BY_NUMBER, ALL), (BY_NAME, ALL), (BY_NAME, ("date_of_birth",))]
)
def test_who_is_shut_out_stays_so_whatever_said_which_child_it_is(
    desk: Desk, child: ChildMeant, places: tuple[str, ...]
) -> None:
    found = raised(desk)
    number = declare(desk, "other_iro", child)
    assert not desk.can_open("other_iro", found)
    for place in places:
        take_out(desk, found, place)
        assert again(desk, found).shut_out == {"other_iro"}
        assert not desk.can_open("other_iro", found)
        assert prove(desk.office).holds
    # Each later act works it out anew.
    found = VERBS[Act.NOTE](
        desk.office,
        found.id,
        {"text": "Seen.", "part": "shared"},
        desk.doing("iro", again(desk, found)),
    )
    assert found.shut_out == {"other_iro"}
    with desk.office.database.reading() as tx:
        assert of_the_office.without_records(tx, desk.council, date(2045, 1, 1)) == ()
    withdrawn(desk, "other_iro", number)
    assert again(desk, found).shut_out == frozenset()
    assert prove(desk.office).holds


def test_of_another_child_it_shuts_nobody_out_once_two_people_have_said_so(desk: Desk) -> None:
    found = raised(desk)
    declare(desk, "other_iro", BY_NUMBER)
    declare(desk, "service", BY_NAME)
    of_another(desk, found, "case_number")
    assert again(desk, found).shut_out == {"service"}
    assert desk.can_open("other_iro", found)
    assert prove(desk.office).holds


def test_what_tells_no_child_cannot_be_said_to_be_anothers(plain: Desk) -> None:
    found = raised(plain)
    key = key_of(plain, found, "concerns")
    redaction.ask(
        plain.office,
        plain.actor("records"),
        found.alert.reference,
        key,
        WHY,
        said=SaidOfIt(another=True),
    )
    (line,) = redaction.of_council(plain.office, plain.actor("boss"), plain.council)
    assert [one.another for one in line.entry.what.taken] == [False]


def test_one_that_waited_then_shuts_out_when_it_is_confirmed(plain: Desk) -> None:
    found = raised(plain)
    admin = plain.actor("admin")
    assert declare_interest.declare_for(plain.office, admin, "qa", BY_NUMBER)[1]
    take_out(plain, found, "case_number")
    assert again(plain, found).shut_out == frozenset()
    waiting = second_person.look(plain.office, plain.actor("boss"), plain.council).waiting
    second_person.confirm(plain.office, plain.actor("boss"), plain.council, waiting[0].number)
    assert again(plain, found).shut_out == {"qa"}
    assert prove(plain.office).holds


def test_emptying_it_by_a_correction_lets_nobody_in_and_another_child_does(plain: Desk) -> None:
    found = raised(plain)
    declare(plain, "other_iro", BY_NAME)
    found = corrected(plain, again(plain, found), "date_of_birth", "")
    assert found.shut_out == {"other_iro"}
    assert prove(plain.office).holds
    found = corrected(plain, found, "date_of_birth", "2012-01-01")
    assert found.shut_out == frozenset()


@pytest.mark.parametrize("shut", ["restricted", "locked apart"])
def test_neither_locking_apart_nor_a_restriction_rests_on_what_can_be_taken_out(
    plain: Desk, shut: str
) -> None:
    found = raised(plain)
    if shut == "restricted":
        found = restricted(plain, found, second="other_iro", stand_in="reserve")
    else:
        found = locked_apart(plain, found)
    everybody = ("iro", "boss", "qa", "manager", "told", "records", "other_iro", "service")
    before = {who: plain.can_open(who, found) for who in everybody}
    assert set(before.values()) == {True, False}
    two = TwoPeople(Person(id="x", name="X"), Person(id="boss", name="Boss"), WHY)
    for one in removable(found.alert, lambda name: plain.office.form(found.files, name)):
        with plain.office.database.writing() as tx:
            redacting.take_out(plain.office, tx, load(plain.office, tx, found.id), one.taken, two)
    assert before == {who: plain.can_open(who, found) for who in everybody}
    assert again(plain, found).alert.restriction is not None


def locked_apart(desk: Desk, found: Known) -> Known:
    said = act_answers.ending("put_right", "Better.")
    found = VERBS[Act.CLOSE](desk.office, found.id, said, desk.doing("iro", found))
    day = desk.office.today
    adopted = KeptWanted((found.alert.reference,), KeptSaid.ADOPTED, "Adopted.", on=day)
    record_keeping.say(desk.office, desk.actor("records"), adopted)
    waiting = second_person.look(desk.office, desk.actor("boss"), desk.council).waiting
    second_person.confirm(desk.office, desk.actor("boss"), desk.council, waiting[0].number)
    return again(desk, found)


def test_a_legal_hold_is_not_lifted_because_references_were_taken_out(plain: Desk) -> None:
    found = raised(plain)
    reference = found.alert.reference
    by, office = plain.actor("records"), plain.office

    def say(said: KeptSaid, of: str) -> None:
        record_keeping.say(office, by, KeptWanted((reference,), said, "Asked for.", of))

    say(KeptSaid.HELD, "COM-1")
    say(KeptSaid.HELD, "COM-2")
    say(KeptSaid.RELEASED, "COM-1")
    now = again(plain, found)
    assert [one.reference for one in holds(now.alert)] == ["COM-2"]
    kept = [one.number for one in now.alert.happened if isinstance(one.what, Kept)]
    for number in kept:
        take_out(plain, found, f"{number}:reference")
        assert holds(again(plain, found).alert), "one complaint is open still"
    assert prove(office).holds
    say(KeptSaid.RELEASED, REMOVED)
    assert holds(again(plain, found).alert) == ()


def test_whoever_was_reached_by_hand_and_joined_is_no_text_to_take_out(plain: Desk) -> None:
    found = raised(plain)
    done = DoneByHand(sent=2, name="Ada Fiction", post="Solicitor", on=date(2025, 6, 3))
    last = found.alert.happened[-1]
    event = Happened(last.number + 1, last.at, "iro", "done_by_hand", done)
    alert = replace(found.alert, happened=(*found.alert.happened, event))
    every = removable(alert, lambda name: plain.office.form(found.files, name))
    assert f"{event.number}:name" not in {one.key for one in every}


def test_what_an_earlier_version_took_out_is_read_as_it_was() -> None:
    said = {"number": 1, "place": "answers.case_number", "label": "Case number", "instead": ""}
    assert TakenOut.model_validate(said).another is False
    assert "interests" in Redacted.model_fields
