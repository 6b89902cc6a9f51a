"""How long records are kept, what holds them up, and destroying them by two people."""

from __future__ import annotations

import pytest

from practice_alerts.casework.acts import close
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest, record_keeping, second_person
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.directory.record_keeping import KeptWanted, RecordLine
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from tests.helpers.alerts.act_answers import ending
from tests.helpers.days import day
from tests.helpers.product.office import READERS, Desk

BORN = "2014-03-09"


@pytest.fixture
def keeping(desk: Desk) -> Desk:
    desk.with_readers()
    assert "records" in READERS
    return desk


def closed(desk: Desk, **answers: str) -> Known:
    found = desk.raised("stage-1", **answers)
    return close.close(
        desk.office, found.id, ending("put_right", "Better."), desk.doing("iro", found)
    )


def line(desk: Desk, found: Known) -> RecordLine:
    every = record_keeping.of_council(desk.office, desk.actor("records"), "lambeth")
    return next(one for one in every if one.reference == found.alert.reference)


def say(desk: Desk, found: Known | None, said: KeptSaid, **more: object) -> tuple[str, ...]:
    which = (found.alert.reference,) if found else ()
    wanted = KeptWanted(which, said, "Asked for by the solicitor.", **more)  # type: ignore[arg-type]
    return record_keeping.say(desk.office, desk.actor("records"), wanted)


def test_a_looked_after_childs_record_is_kept_to_the_75th_birthday(keeping: Desk) -> None:
    found = closed(keeping, date_of_birth=BORN)
    assert line(keeping, found).kept.due == day("Wed 2089-03-09")
    assert "75th birthday" in line(keeping, found).kept.rule


def test_a_death_before_eighteen_keeps_it_for_fifteen_years(keeping: Desk) -> None:
    found = closed(keeping, date_of_birth=BORN)
    say(keeping, found, KeptSaid.DIED, on=day("Mon 2025-06-02"))
    assert line(keeping, found).kept.due == day("Sat 2040-06-02")


def test_an_unknown_birth_date_is_listed_and_never_guessed(keeping: Desk) -> None:
    found = closed(keeping, date_of_birth="")
    before = line(keeping, found)
    assert before.kept.due is None
    assert before.held_up == "the date of birth is not known"
    say(keeping, found, KeptSaid.BORN, on=day("Sun 2014-03-09"))
    assert line(keeping, found).kept.due == day("Wed 2089-03-09")


def test_two_people_destroy_what_is_due_and_nobody_else(keeping: Desk) -> None:
    office, found, other = keeping.office, closed(keeping), closed(keeping)
    reference = found.alert.reference
    for one in (found, other):
        kept_drafts.keep(office, "manager", f"note:{one.id}", {"text": "Half a sentence"})
    with pytest.raises(NotPossible):
        record_keeping.propose(office, keeping.actor("records"), [reference], "Its time has come.")
    keeping.at("Mon 2089-03-14")
    for who in ("boss", "admin", "iro", "qa", "auditor"):
        with pytest.raises(NotYours):
            record_keeping.propose(office, keeping.actor(who), [reference], "Its time has come.")
    assert record_keeping.propose(office, keeping.actor("records"), [reference], "Due.") == 1
    (waits,) = second_person.look(office, keeping.actor("boss"), "lambeth").waiting
    for who in ("records", "admin", "iro"):
        with pytest.raises((NotYours, NotPossible)):
            second_person.confirm(office, keeping.actor(who), "lambeth", waits.number)
    second_person.confirm(office, keeping.actor("boss"), "lambeth", waits.number)
    with office.database.reading() as tx, pytest.raises(NotFound):
        load(office, tx, found.id)
    (told,) = [(who, said) for who, kind, said in keeping.mails() if kind == "draft_destroyed"]
    assert (told[0], reference in told[1]) == ("manager", False)
    assert line(keeping, other).kept.due == day("Wed 2089-03-09")
    assert prove(office).holds


def test_what_is_held_since_is_not_destroyed(keeping: Desk) -> None:
    office, found = keeping.office, closed(keeping)
    keeping.at("Mon 2089-03-14")
    record_keeping.propose(office, keeping.actor("records"), [found.alert.reference], "Due.")
    say(keeping, found, KeptSaid.HELD, reference="COMP-7")
    (waits,) = second_person.look(office, keeping.actor("boss"), "lambeth").waiting
    with pytest.raises(NotPossible, match="held"):
        second_person.confirm(office, keeping.actor("boss"), "lambeth", waits.number)
    assert line(keeping, found).held_up == "legal hold (COMP-7)"
    say(keeping, found, KeptSaid.HELD, reference="COMP-8")
    assert say(keeping, None, KeptSaid.RELEASED, reference="COMP-7") == (found.alert.reference,)
    assert line(keeping, found).held_up == "legal hold (COMP-8)"
    say(keeping, None, KeptSaid.RELEASED, reference="COMP-8")
    with pytest.raises(NotFound):
        say(keeping, None, KeptSaid.RELEASED, reference="COMP-8")
    second_person.confirm(office, keeping.actor("boss"), "lambeth", waits.number)
    assert record_keeping.of_council(office, COMMAND_LINE, "lambeth") == ()


def confirm(desk: Desk, who: str = "boss") -> None:
    (waits,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").waiting
    second_person.confirm(desk.office, desk.actor(who), "lambeth", waits.number)


@pytest.mark.parametrize(
    ("said", "on", "why"),
    [
        (KeptSaid.BORN, "Wed 1930-01-01", "its form says"),
        (KeptSaid.DIED, "Thu 1931-01-01", "before the day of birth"),
        (KeptSaid.DIED, "Sun 2025-06-01", "was raised later"),
        (KeptSaid.ADOPTED, "Sat 2014-03-08", "before the day of birth"),
    ],
)
def test_a_day_that_cannot_be_lets_no_record_fall_due(
    keeping: Desk, said: KeptSaid, on: str, why: str
) -> None:
    found = closed(keeping, date_of_birth=BORN)
    with pytest.raises(BadAnswers, match=why):
        say(keeping, found, said, on=day(on))
    assert line(keeping, found).kept.due == day("Wed 2089-03-09")


def test_of_an_unknown_birth_no_day_is_believed_that_nobody_under_care_has(keeping: Desk) -> None:
    found = closed(keeping, date_of_birth="")
    with pytest.raises(BadAnswers, match="26 or more"):
        say(keeping, found, KeptSaid.BORN, on=day("Wed 1930-01-01"))


def test_whoever_confirms_a_destruction_is_told_its_days_and_who_said_them(keeping: Desk) -> None:
    found = closed(keeping, date_of_birth=BORN)
    say(keeping, found, KeptSaid.DIED, on=day("Mon 2025-06-02"))
    keeping.at("Mon 2040-06-04")
    record_keeping.propose(
        keeping.office, keeping.actor("records"), [found.alert.reference], "Due."
    )
    (waits,) = second_person.look(keeping.office, keeping.actor("boss"), "lambeth").waiting
    told, last = record_keeping.told_of(keeping.office, keeping.actor("boss"), waits)
    assert "nothing brings them back" in last
    for part in ("raised on Monday 2 June 2025", "closed on", "kept until Saturday 2 June 2040"):
        assert part in told
    assert "that the child died, Monday 2 June 2025, said by Records Sample" in told
    with pytest.raises(NotYours):
        record_keeping.told_of(keeping.office, keeping.actor("iro"), waits)


@pytest.mark.parametrize("post", ["team_manager", "service_manager"])
@pytest.mark.parametrize("said", list(KeptSaid))
def test_whom_an_alert_challenges_says_nothing_of_its_record(
    keeping: Desk, said: KeptSaid, post: str
) -> None:
    found = closed(keeping)
    keeping.give(post, "records")
    wanted = KeptWanted((found.alert.reference,), said, "So.", "x", on=keeping.office.today)
    with pytest.raises((NotPossible, NotFound), match=r"challenges you|record of that reference"):
        record_keeping.say(keeping.office, keeping.actor("records"), wanted)


@pytest.mark.parametrize("who", ["records", "boss"])
def test_whom_an_alert_challenges_neither_proposes_nor_confirms_that_it_is_destroyed(
    keeping: Desk, who: str
) -> None:
    office, found = keeping.office, closed(keeping)
    keeping.at("Mon 2089-03-14")
    record_keeping.propose(office, keeping.actor("records"), [found.alert.reference], "Due.")
    keeping.give("service_manager", who)
    with pytest.raises(NotPossible, match=r"challenges you|may ask for this no longer"):
        confirm(keeping)
    if who == "records":
        with pytest.raises(NotPossible, match="challenges you"):
            record_keeping.propose(office, keeping.actor(who), [found.alert.reference], "Due.")
    assert line(keeping, found).kept.is_due(office.today)


def test_an_open_alert_is_locked_apart_by_nobody(keeping: Desk) -> None:
    found = keeping.raised("stage-1")
    with pytest.raises(NotPossible, match="is open"):
        say(keeping, found, KeptSaid.ADOPTED, on=keeping.office.today)
    assert keeping.can_open("iro", found)


def test_two_people_lock_a_record_apart_and_two_put_it_back(keeping: Desk) -> None:
    found, today = closed(keeping), keeping.office.today
    with pytest.raises(NotFound):
        say(keeping, found, KeptSaid.RETURNED)
    say(keeping, found, KeptSaid.ADOPTED, on=today)
    assert keeping.can_open("iro", found)
    assert "boss" in {to for to, notice, _ in keeping.mails() if notice == "directory_waits"}
    (told,) = [mail for mail in keeping.mails() if mail[1] == "lock_apart_asked"]
    assert (told[0], found.alert.reference in told[2], "adopt" in told[2]) == ("iro", True, False)
    for who in ("records", "admin", "iro"):
        with pytest.raises((NotYours, NotPossible)):
            confirm(keeping, who)
    confirm(keeping)
    assert not any(keeping.can_open(who, found) for who in ("iro", "boss", "auditor"))
    say(keeping, found, KeptSaid.RETURNED)
    assert not keeping.can_open("iro", found)
    confirm(keeping)
    assert all(keeping.can_open(who, found) for who in ("iro", "boss", "auditor"))
    assert not line(keeping, found).kept.is_apart
    assert prove(keeping.office).holds


@pytest.mark.parametrize("change", ["adopted", "destroyed"])
def test_of_a_record_stands_nothing_in_the_directory_for_whom_it_is_not(
    keeping: Desk, change: str
) -> None:
    """An administrator keeps people; and whoever has an interest in the child reads nothing about it."""
    office, found = keeping.office, closed(keeping)
    if change == "adopted":
        say(keeping, found, KeptSaid.ADOPTED, on=keeping.office.today)
    else:
        keeping.at("Mon 2089-03-14")
        record_keeping.propose(office, keeping.actor("records"), [found.alert.reference], "Due.")
    keeping.give("auditor", "service")
    number = str(found.answers["case_number"])
    declare_interest.declare(office, keeping.actor("service"), ChildMeant(case_number=number))

    def of_records(who: str) -> int:
        every = second_person.look(office, keeping.actor(who), "lambeth").entries
        return len([one for one in every if one.what.records])

    read = {who: of_records(who) for who in ("boss", "auditor", "admin", "service")}
    assert read == {"boss": 1, "auditor": 1, "admin": 0, "service": 0}
    assert len(second_person.look(office, keeping.actor("admin"), "lambeth").entries) == 1


def test_an_adopted_childs_record_is_locked_apart(keeping: Desk) -> None:
    found = closed(keeping)
    assert keeping.can_open("iro", found)
    say(keeping, found, KeptSaid.ADOPTED, on=day("Mon 2025-06-02"))
    confirm(keeping)
    assert not any(keeping.can_open(who, found) for who in ("iro", "boss", "manager", "auditor"))
    assert keeping.can_open("records", found)
    keeping.at("Mon 2089-03-14")
    assert not line(keeping, found).kept.is_due(keeping.office.today)
    assert prove(keeping.office).holds


@pytest.mark.parametrize("said", list(KeptSaid))
def test_nothing_is_said_without_why_and_by_nobody_else(keeping: Desk, said: KeptSaid) -> None:
    found = closed(keeping)
    wanted = KeptWanted((found.alert.reference,), said, " ", on=day("Mon 2025-06-02"))
    with pytest.raises(BadAnswers):
        record_keeping.say(keeping.office, keeping.actor("records"), wanted)
    for who in ("boss", "admin", "iro", "auditor"):
        with pytest.raises(NotYours):
            record_keeping.say(keeping.office, keeping.actor(who), wanted)
