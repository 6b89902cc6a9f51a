"""Many changes at once take two people: one asks by a command, another confirms the very same on a page."""

from __future__ import annotations

import logging

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import post_holders, second_person, staff
from practice_alerts.casework.directory.in_bulk import people_import
from practice_alerts.casework.directory.in_bulk.people_import import (
    PeopleCompared,
    PeopleList,
    SavedTable,
)
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import NotFound, NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk

SOUTH = "Sample Team South"
DOMAINS = ("practice.invalid", "borough.example")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two administrators and two IRO managers, and somebody of another council."""
    with desk.office.database.writing() as tx:
        for name, council, post in (
            ("admin_two", "lambeth", "administrator"),
            ("boss_two", "lambeth", "iro_manager"),
            ("far_admin", "merton", "administrator"),
        ):
            mail = f"{name}@practice.invalid"
            person = directory.DirectoryPerson(name, f"{name.title()} Sample", mail)
            directory.add_person(tx, person, [(council, post, "")], day("Sat 2000-01-01"))
    return desk


def by(name: str) -> Actor:
    return Actor("", name, "*", COMMAND_LINE.posts)


def ask(
    desk: Desk, *lines: str, name: str = "Root Sample", council: str = "lambeth"
) -> PeopleCompared:
    content = "\n".join(("name,mail,post,team", *lines)).encode()
    wanted = PeopleList(council, SavedTable("people.csv", content))
    return people_import.take_over(desk.office, by(name), wanted)


ASH = "Ash Fiction,ash@council.example,iro,"
BEA = "Bea Fiction,bea@council.example,social_worker,Sample Team North"
MOVED = f"Worker Sample,worker@practice.invalid,social_worker,{SOUTH}"


def waiting(desk: Desk, council: str = "lambeth") -> tuple[DirectoryEntry, ...]:
    desk.council = council
    return second_person.look(
        desk.office, desk.actor("boss_two" if council == "lambeth" else "far_admin"), council
    ).waiting


def confirm(desk: Desk, who: str, number: int) -> DirectoryEntry:
    return second_person.confirm(desk.office, desk.actor(who), "lambeth", number)


def names(desk: Desk) -> set[str]:
    with desk.office.database.reading() as tx:
        return {one.name for one in directory.everybody(tx, "lambeth")}


@pytest.mark.parametrize("second", ["admin", "admin_two", "boss", "boss_two"])
def test_nothing_holds_until_another_has_confirmed_it(desk: Desk, second: str) -> None:
    asked = ask(desk, ASH, BEA)
    [entry] = waiting(desk)
    assert {"Ash Fiction", "Bea Fiction"}.isdisjoint(names(desk))
    told = [to for to, notice, _ in desk.mails() if notice == "directory_waits"]
    assert sorted(told) == ["admin", "admin_two", "boss", "boss_two"]
    assert second_person.said(desk.office, "lambeth", entry.what) == (
        f"people import people.csv: 4 changes at once, known as {asked.mark}"
    )
    assert second_person.each_said(desk.office, "lambeth", entry.what)[:2] == (
        "Ash Fiction is entered, ash@council.example",
        "Ash Fiction: Independent Reviewing Officer, from Monday 2 June 2025 until further notice",
    )
    confirm(desk, second, entry.number)
    assert names(desk) >= {"Ash Fiction", "Bea Fiction"}
    assert waiting(desk) == ()
    assert prove(desk.office).holds
    with pytest.raises(NotFound):
        confirm(desk, second, entry.number)


@pytest.mark.parametrize(
    "name", ["Admin Sample", "admin sample", " ADMIN  Sample ", "admin@practice.invalid", "admin"]
)
def test_whoever_ran_the_command_does_not_confirm_it(desk: Desk, name: str) -> None:
    ask(desk, ASH, name=name)
    [entry] = waiting(desk)
    with pytest.raises(NotPossible, match="You asked for these changes"):
        confirm(desk, "admin", entry.number)
    assert "Ash Fiction" not in names(desk)
    confirm(desk, "admin_two", entry.number)
    assert "Ash Fiction" in names(desk)


@pytest.mark.parametrize("who", ["iro", "qa", "manager", "director", "worker"])
def test_whoever_runs_no_office_confirms_nothing(desk: Desk, who: str) -> None:
    ask(desk, ASH)
    [entry] = waiting(desk)
    with pytest.raises(NotYours):
        confirm(desk, who, entry.number)


def test_another_councils_administrator_sees_and_confirms_nothing(desk: Desk) -> None:
    ask(desk, ASH)
    [entry] = waiting(desk)
    assert waiting(desk, "merton") == ()
    with pytest.raises(NotYours):
        second_person.confirm(desk.office, desk.actor("far_admin"), "lambeth", entry.number)
    with pytest.raises(NotFound):
        second_person.confirm(desk.office, desk.actor("far_admin"), "merton", entry.number)


def test_nobody_confirms_what_is_about_themselves(desk: Desk) -> None:
    ask(desk, "Boss Married,boss@practice.invalid,,", ASH)
    [entry] = waiting(desk)
    assert entry.concerns("boss")
    with pytest.raises(NotPossible, match="about you"):
        confirm(desk, "boss", entry.number)
    confirm(desk, "boss_two", entry.number)
    assert "Boss Married" in names(desk)


def test_what_was_confirmed_bears_both_names(desk: Desk) -> None:
    ask(desk, ASH, MOVED)
    confirm(desk, "admin_two", waiting(desk)[0].number)
    record = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    *single, asked = record.entries
    both = "Root Sample, confirmed by Admin_Two Sample, by a command"
    assert {record.by(one) for one in single} == {both}
    assert record.by(asked) == "Root Sample, by a command"
    assert record.ended_by(asked) == "Admin_Two Sample"


def test_a_refused_list_changes_nothing(desk: Desk) -> None:
    ask(desk, ASH)
    [entry] = waiting(desk)
    second_person.refuse(
        desk.office, desk.actor("admin"), "lambeth", entry.number, reason="Too old."
    )
    assert (waiting(desk), "Ash Fiction" in names(desk)) == ((), False)


def test_asked_for_twice_it_waits_once_and_another_list_waits_beside_it(desk: Desk) -> None:
    marks = {ask(desk, ASH).mark, ask(desk, ASH, name="Ola Sample").mark}
    assert len(marks) == len(waiting(desk)) == 1
    assert ask(desk, ASH, BEA).mark not in marks
    assert len(waiting(desk)) == 2


@pytest.mark.parametrize("what", ["a name", "a post", "another list", "the day"])
def test_of_another_directory_or_day_nothing_is_confirmed(desk: Desk, what: str) -> None:
    ask(desk, ASH, MOVED)
    number = waiting(desk)[0].number
    match what:
        case "a name":
            staff.change(desk.office, desk.actor("admin"), "iro", "Iro New", "iro@practice.invalid")
        case "a post":
            given = PostGiven("lambeth", "team_manager", TEAM)
            post_holders.give_post(desk.office, desk.actor("admin"), "worker", given)
        case "another list":
            ask(desk, BEA)
            confirm(desk, "admin", waiting(desk)[0].number)
        case _:
            desk.at("Tue 2025-06-03")
    with pytest.raises(NotPossible, match="no longer be those that were looked at"):
        confirm(desk, "admin", number)
    assert "Ash Fiction" not in names(desk)
    second_person.refuse(desk.office, desk.actor("admin"), "lambeth", number)
    ask(desk, ASH, MOVED)
    confirm(desk, "admin", waiting(desk)[0].number)
    assert "Ash Fiction" in names(desk)


def test_whoever_alerts_are_sent_to_confirms_nobody_of_the_reviewing_service(desk: Desk) -> None:
    desk.give("team_manager", "admin")
    ask(desk, ASH)
    number = waiting(desk)[0].number
    with pytest.raises(NotPossible, match="Alerts are sent to you as"):
        confirm(desk, "admin", number)
    confirm(desk, "admin_two", number)


def test_what_could_not_be_made_is_not_asked_for(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        directory.remove_person(tx, "admin_two", desk.office.now())
    content = b"name,mail,post\nIro Sample,iro@practice.invalid,iro\n"
    wanted = PeopleList("lambeth", SavedTable("people.csv", content), None, with_leavers=True)
    with pytest.raises(NotPossible, match="nobody would be administrator"):
        people_import.take_over(desk.office, by("Root Sample"), wanted, even_so=True)
    assert (waiting(desk), desk.mails()) == ((), [])


def test_at_the_first_set_up_one_person_does_it_loudly(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.council == "merton"))
    with caplog.at_level(logging.WARNING):
        asked = ask(desk, "Ash Fiction,ash@council.example,iro,", council="merton")
    assert asked.mark == ""
    assert "were made by one person, because nobody of merton may confirm any yet" in caplog.text
    with desk.office.database.reading() as tx:
        assert [one.name for one in directory.everybody(tx, "merton")] == ["Ash Fiction"]
    asked = ask(desk, "Bea Fiction,bea@council.example,iro,")
    assert asked.mark, "another council's people are not without anybody"


@pytest.mark.parametrize("second", ["admin_two", "boss"])
def test_that_all_get_another_domain_is_confirmed_by_one_of_them(desk: Desk, second: str) -> None:
    moved = people_import.new_domain(
        desk.office, by("Admin Sample"), "lambeth", DOMAINS, is_meant=True
    )
    [entry] = waiting(desk)
    assert entry.what.after == moved.mark
    with pytest.raises(NotPossible, match="You asked for these changes"):
        confirm(desk, "admin", entry.number)
    confirm(desk, second, entry.number)
    with desk.office.database.reading() as tx:
        mails = {one.mail.partition("@")[2] for one in directory.everybody(tx, "lambeth")}
    assert mails == {"borough.example"}
