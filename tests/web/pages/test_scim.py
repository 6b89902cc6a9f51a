"""A council's own system says by SCIM who works there: what holds at once, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk, open_desk
from tests.helpers.product.scim_client import (
    STAY,
    WORK,
    OtherSystem,
    made_token,
    scim_app,
)

SOUTH, WEST = "Sample Team South", "Sample Team West"
TODAY = day("Mon 2025-06-02")
BY = "SCIM of Lambeth"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two administrators, three teams, and an administrator of another council."""
    opened = open_desk(tmp_path / "data")
    with opened.office.database.writing() as tx:
        for name, council, post, team in (
            ("admin_two", "lambeth", "administrator", ""),
            ("west", "lambeth", "team_manager", WEST),
            ("far_admin", "merton", "administrator", ""),
        ):
            who = directory.DirectoryPerson(
                name, f"{name.title()} Sample", f"{name}@practice.invalid"
            )
            directory.add_person(tx, who, [(council, post, team)], day("Sat 2000-01-01"))
    yield opened
    opened.office.database.close()


@pytest.fixture
def system(desk: Desk) -> OtherSystem:
    app = scim_app(desk.office)
    return OtherSystem(app, desk.office.settings.base_url, made_token(desk))


def people(desk: Desk, council: str | None = None) -> dict[str, directory.DirectoryPerson]:
    with desk.office.database.reading() as tx:
        return {one.mail: one for one in directory.everybody(tx, council)}


def posts(desk: Desk, mail: str, when: date | None = None) -> set[tuple[str, str]]:
    who = people(desk).get(mail)
    with desk.office.database.reading() as tx:
        found = directory.posts_of(tx, who.id, when or desk.office.today) if who else ()
    return {(one.post, one.team) for one in found}


def record(desk: Desk) -> tuple[DirectoryEntry, ...]:
    desk.council = "lambeth"
    return second_person.look(desk.office, desk.actor("admin"), "lambeth").entries


def said(desk: Desk) -> list[str]:
    """What was done by the other system, the earliest first, and whether it waits."""
    look = second_person.look(desk.office, desk.actor("admin"), "lambeth")
    return [
        second_person.said(desk.office, "lambeth", one.what) + (" (waits)" if one.waits else "")
        for one in reversed(look.entries)
        if look.by(one) == BY
    ]


def confirm(desk: Desk, who: str = "admin") -> None:
    waits = next(one for one in record(desk) if one.waits)
    second_person.confirm(desk.office, desk.actor(who), "lambeth", waits.number)


# ------------------------------------------------------------------------------------------ stories


def test_a_manager_comes_moves_team_and_leaves(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team=SOUTH.upper())
    assert posts(desk, "ash@council.example") == {("team_manager", SOUTH)}
    answer = system.patch(who, {"op": "Replace", "path": f"{WORK}:department", "value": TEAM})
    assert (answer.status_code, answer.json()[WORK]["department"]) == (200, TEAM)
    assert posts(desk, "ash@council.example") == {("team_manager", TEAM)}
    ash = people(desk)["ash@council.example"].id
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(ash))
    assert isinstance(entered, Entered)
    answer = system.patch(who, {"op": "Replace", "path": "active", "value": "False"})
    assert answer.json()["active"] is False
    assert desk.office.sign_in.look_up(entered.session_token) is None
    assert "ash@council.example" not in people(desk)
    from_today = "from Monday 2 June 2025 until further notice"
    assert said(desk) == [
        "Ash Fiction is entered, ash@council.example",
        f"Ash Fiction: Team Manager ({SOUTH}), {from_today}",
        f"Ash Fiction: Team Manager ({SOUTH}), taken back",
        f"Ash Fiction: Team Manager ({TEAM}), {from_today}",
        "Ash Fiction has left",
    ]
    assert prove(desk.office).holds


@pytest.mark.parametrize("title", ["Reviewing Off.", "Independent Reviewing Officer"])
def test_a_reviewing_post_is_proposed_and_a_second_person_gives_it(
    desk: Desk, system: OtherSystem, title: str
) -> None:
    who = system.made(title=title)
    assert posts(desk, "ash@council.example") == set()
    told = {to for to, notice, _ in desk.mails() if notice == "directory_waits"}
    assert told == {"admin", "admin_two", "boss"}
    for _ in range(3):
        assert system.replace(who, title=title).status_code == 200
    assert [one for one in said(desk) if "waits" in one] == [
        "Ash Fiction: Independent Reviewing Officer, from Monday 2 June 2025 until further notice (waits)"
    ]
    confirm(desk, "boss")
    assert posts(desk, "ash@council.example") == {("iro", "")}
    assert system.replace(who, title=title).status_code == 200
    assert not any(one.waits for one in record(desk))
    assert system.ask("DELETE", f"Users/{who}").status_code == 204
    assert "ash@council.example" not in people(desk)


def test_what_is_proposed_no_longer_waits_no_longer(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="Reviewing Off.")
    system.replace(who, title="TM Safeguarding", team=WEST)
    assert not any(one.waits for one in record(desk))
    assert posts(desk, "ash@council.example") == {("team_manager", WEST)}


@pytest.mark.parametrize("title", ["Administrator", "QA lead", "iro manager", "administrator"])
def test_no_job_title_gives_a_post_of_running_the_office(
    desk: Desk, system: OtherSystem, title: str
) -> None:
    system.made(title=title)
    assert "ash@council.example" not in people(desk)
    assert said(desk) == []


def test_another_address_waits_and_the_other_system_reads_what_it_said(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(title="TM Safeguarding", team=WEST)
    new = {"mail": "ash.new@council.example", "title": "TM Safeguarding", "team": WEST}
    for _ in range(2):
        answer = system.replace(who, **new)
        assert answer.json()["emails"][0]["value"] == "ash.new@council.example"
    assert {"ash@council.example"} == {one for one in people(desk) if one.startswith("ash")}
    assert [one for one in said(desk) if "waits" in one] == [
        "Ash Fiction: ash.new@council.example in place of ash@council.example (waits)"
    ]
    confirm(desk)
    assert "ash.new@council.example" in people(desk)
    assert system.replace(who, **new).status_code == 200
    assert not any(one.waits for one in record(desk))


def test_a_name_is_mended_at_once(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team=WEST)
    system.patch(who, {"op": "replace", "value": {"displayName": "Ash Married"}})
    assert people(desk)["ash@council.example"].name == "Ash Married"


def test_agency_staff_end_on_their_day(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team=WEST, until="2025-06-30")
    last = day("Mon 2025-06-30")
    assert posts(desk, "ash@council.example", last) == {("team_manager", WEST)}
    assert posts(desk, "ash@council.example", last + timedelta(days=1)) == set()
    system.patch(who, {"op": "Replace", "path": f"{STAY}:until", "value": "2025-06-13"})
    assert posts(desk, "ash@council.example", day("Sat 2025-06-14")) == set()


def test_somebody_who_is_here_already_is_found_by_address_and_keeps_other_posts(
    desk: Desk, system: OtherSystem
) -> None:
    desk.give("social_worker", "west")
    before = people(desk)["west@practice.invalid"].id
    who = system.made(
        name="West Sample", mail="WEST@practice.invalid", title="TM Safeguarding", team=SOUTH
    )
    assert people(desk)["west@practice.invalid"].id == before
    assert posts(desk, "west@practice.invalid") == {
        *(("team_manager", SOUTH), ("team_manager", WEST), ("social_worker", "")),
    }
    system.replace(who, name="West Sample", mail="west@practice.invalid", title="Business Support")
    assert posts(desk, "west@practice.invalid") == {("team_manager", WEST), ("social_worker", "")}


def test_a_title_that_nobody_knows_changes_nothing(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team=WEST)
    system.replace(who, title="Head of Odd Things", team=WEST)
    assert posts(desk, "ash@council.example") == {("team_manager", WEST)}
    system.made(name="Bea Fiction", mail="bea@council.example", title="Gardener")
    assert "bea@council.example" not in people(desk)


def test_whoever_comes_back_is_entered_anew(desk: Desk, system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team=WEST)
    first = people(desk)["ash@council.example"].id
    system.patch(who, {"op": "Replace", "path": "active", "value": False})
    system.patch(who, {"op": "Replace", "path": "active", "value": "True"})
    assert people(desk)["ash@council.example"].id != first
    assert posts(desk, "ash@council.example") == {("team_manager", WEST)}


def test_of_whoever_works_elsewhere_too_posts_here_alone_end(
    desk: Desk, system: OtherSystem
) -> None:
    who = system.made(name="West Sample", mail="west@practice.invalid", title="TM Safeguarding",
                      team=WEST)  # fmt: skip
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding("west", "merton", "iro"), TODAY)
    answer = system.replace(who, name="Westerly", mail="west@practice.invalid", active=False)
    assert answer.status_code == 200
    assert people(desk)["west@practice.invalid"].name == "West Sample"
    assert posts(desk, "west@practice.invalid") == {("iro", "")}


@pytest.mark.parametrize("how", ["DELETE", "inactive"])
@pytest.mark.parametrize("who", ["admin", "admin_two", "boss", "qa"])
def test_whoever_runs_the_office_is_let_go_by_two(
    desk: Desk, system: OtherSystem, who: str, how: str
) -> None:
    """A token alone takes nobody out of it, be it the last of them or not; signed out they are at once."""
    mail = "admin@council.example" if who == "admin" else f"{who}@practice.invalid"
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link(who))
    assert isinstance(entered, Entered)
    name = people(desk)[mail].name
    one = system.made(name=name, mail=mail)
    held = posts(desk, mail)
    if how == "DELETE":
        assert system.ask("DELETE", f"Users/{one}").status_code == 204
    else:
        system.patch(one, {"op": "replace", "path": "active", "value": False})
    assert posts(desk, mail) == held
    assert desk.office.sign_in.look_up(entered.session_token) is None
    assert f"{name} has left (waits)" in said(desk)
    with pytest.raises((NotPossible, NotYours)):
        confirm(desk, who)
    confirm(desk, "boss" if who != "boss" else "admin")
    assert mail not in people(desk)
    assert prove(desk.office).holds


@pytest.mark.parametrize("title", ["TM Safeguarding", "Chief Executive"])
def test_a_mailbox_elsewhere_waits_for_a_second_person(
    desk: Desk, system: OtherSystem, title: str
) -> None:
    mail = "stranger@elsewhere.example"
    system.made(title=title, team=WEST, mail=mail)
    assert posts(desk, mail) == set()
    assert any("waits" in one for one in said(desk))
    confirm(desk, "boss")
    assert posts(desk, mail) != set()


# --------------------------------------------------------------------------- what other systems send


OFF: tuple[dict[str, Any], ...] = (
    {"op": "Replace", "path": "active", "value": "False"},
    {"op": "replace", "path": "active", "value": False},
    {"op": "Replace", "value": {"active": "False"}},
    {"op": "replace", "value": {"active": False}},
    {"op": "Add", "path": "active", "value": "false"},
    {"op": "Replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active", "value": "False"},
)  # fmt: skip


@pytest.mark.parametrize("operation", OFF, ids=str)
def test_every_way_of_saying_that_somebody_has_left(
    desk: Desk, system: OtherSystem, operation: dict[str, Any]
) -> None:
    who = system.made(title="TM Safeguarding", team=WEST)
    assert system.patch(who, operation).json()["active"] is False
    assert "ash@council.example" not in people(desk)
    assert system.get(f"Users/{who}").json()["active"] is False


@pytest.mark.parametrize(
    ("operation", "where", "now"),
    [
        ({"op": "Replace", "path": 'emails[type eq "work"].value', "value": "n@c.example"},
         ("emails", 0, "value"), "n@c.example"),
        ({"op": "Replace", "value": {"name.familyName": "Z", f"{WORK}:department": WEST}},
         (WORK, "department"), WEST),
        ({"op": "Add", "path": "nickName", "value": "Ashy"}, ("displayName",), "Ash Fiction"),
        ({"op": "Add", "path": f"{WORK}:manager", "value": "x"}, ("displayName",), "Ash Fiction"),
        ({"op": "Replace", "path": "title", "value": "Business Support"},
         ("title",), "Business Support"),
    ],
)  # fmt: skip
def test_parts_are_changed_as_other_systems_say_it(
    system: OtherSystem, operation: dict[str, Any], where: tuple[Any, ...], now: str
) -> None:
    who = system.made(title="TM Safeguarding", team=SOUTH)
    answer = system.patch(who, operation)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    for step in where:
        found = found[step]
    assert found == now


def test_they_are_found_by_name_and_number_and_listed_in_pages(system: OtherSystem) -> None:
    for number in range(5):
        system.made(
            name=f"N{number} Fiction", mail=f"N{number}@council.example", externalId=f"e-{number}"
        )
    [one] = system.found('userName eq "n3@COUNCIL.example"')
    assert one["userName"] == "N3@council.example"
    assert [each["id"] for each in system.found('externalId eq "e-3"')] == [one["id"]]
    assert system.found('externalId eq "E-3"') == []
    assert [each["userName"] for each in system.found(f'id eq "{one["id"]}"')] == [one["userName"]]
    page = system.get("Users?startIndex=2&count=2").json()
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (5, 2, 2)
    pages = [system.get(f"Users?startIndex={start}&count=2").json() for start in (1, 3, 5, 7)]
    assert [one["itemsPerPage"] for one in pages] == [2, 2, 1, 0]
    listed = [each["externalId"] for one in pages for each in one["Resources"]]
    assert sorted(listed) == [f"e-{number}" for number in range(5)]
    assert system.get("Users?count=0").json()["totalResults"] == 5
    assert one["meta"]["location"].endswith(f"/scim/v2/lambeth/Users/{one['id']}")


def test_it_says_what_it_offers(system: OtherSystem) -> None:
    offered = system.get("ServiceProviderConfig").json()
    assert offered["patch"]["supported"]
    assert not offered["bulk"]["supported"]
    kinds = system.get("ResourceTypes").json()["Resources"]
    assert [(one["id"], one["endpoint"]) for one in kinds] == [("User", "/Users")]
    schemas = system.get("Schemas").json()["Resources"]
    for one in (*schemas, *kinds):
        address = one["meta"]["location"].partition("/lambeth/")[2]
        assert system.get(address).json() == one
    assert system.get("ResourceTypes").headers["content-type"] == "application/scim+json"


def test_a_council_sees_its_own_people_alone(desk: Desk, system: OtherSystem) -> None:
    there = system.with_(token=made_token(desk, "merton"), council="merton")
    who = system.made(title="TM Safeguarding", team=WEST)
    assert there.get("Users").json()["totalResults"] == 0
    for method, said_ in (("GET", None), ("PUT", {}), ("PATCH", {}), ("DELETE", None)):
        answer = there.ask(method, f"Users/{who}", said_)
        assert answer.status_code == 404, method
    taken = there.create(name="Ash Fiction", mail="ash@council.example", title="Social Worker")
    assert taken.status_code == 409
    assert "Ash" not in taken.text
    assert posts(desk, "ash@council.example") == {("team_manager", WEST)}
