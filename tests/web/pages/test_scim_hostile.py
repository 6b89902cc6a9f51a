"""What is tried at the door for other systems, and what each attempt gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from practice_alerts.adapters.scim import protocol as scim
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.domain.errors import Expected, NotFound, NotPossible
from practice_alerts.web.shell import html_pages
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.scim_client import (
    CORE,
    OLA,
    PATCH,
    WORK,
    OtherSystem,
    made_token,
    person,
    scim_app,
)


def in_a_thread(do: Callable[[], int]) -> int:
    """As another process would; none of this thread's transaction is open there."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(do).result()


WHERE = ("Users", "Users/x", "Schemas", "ResourceTypes", "ServiceProviderConfig", "", "Groups")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    with opened.office.database.writing() as tx:
        for name, council, post in (
            ("admin_two", "lambeth", "administrator"),
            ("far", "merton", "iro"),
        ):
            who = directory.DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, who, [(council, post, "")], day("Sat 2000-01-01"))
    yield opened
    opened.office.database.close()


def at_the_door(desk: Desk, token: str = "", **more: Any) -> OtherSystem:
    return OtherSystem(scim_app(desk.office), desk.office.settings.base_url, token, **more)


@pytest.fixture
def system(desk: Desk) -> OtherSystem:
    return at_the_door(desk, made_token(desk))


def untouched(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.office.database.reading() as tx:
        return [
            tuple(row)
            for table in (tables.people, tables.holdings, tables.scim_people)
            for row in tx.execute(table.select())
        ]


# ---------------------------------------------------------------------------------------- who it is


def _taken_back(desk: Desk, good: str) -> OtherSystem:
    [one] = scim_tokens.listed(desk.office, OLA, "lambeth")
    scim_tokens.revoke(desk.office, OLA, "lambeth", one.id)
    return at_the_door(desk, good)


def _over(desk: Desk, good: str) -> OtherSystem:
    desk.at("Tue 2025-09-02 00:00")
    return at_the_door(desk, good)


def _session(desk: Desk, _: str) -> OtherSystem:
    entered: Any = desk.office.sign_in.use(desk.office.sign_in.issue_link("admin"))
    return at_the_door(desk, headers={"cookie": f"practice_alerts={entered.session_token}"})


WRONG: Mapping[str, Callable[[Desk, str], OtherSystem]] = {
    "none": lambda desk, _: at_the_door(desk),
    "made up": lambda desk, _: at_the_door(desk, "pa-scim-" + "A" * 43),
    "of another council": lambda desk, _: at_the_door(desk, made_token(desk, "merton")),
    "no such council": lambda desk, good: at_the_door(desk, good, council="atlantis"),
    "taken back": _taken_back,
    "over": _over,
    "cut short": lambda desk, good: at_the_door(desk, good[:-1]),
    "its digest": lambda desk, good: at_the_door(desk, scim_tokens.digest(good)),
    "very long": lambda desk, good: at_the_door(desk, good + "x" * 5000),
    "as a password": lambda desk, good: at_the_door(
        desk, headers={"authorization": f"Basic {good}"}
    ),
    "in the address": lambda desk, good: at_the_door(
        desk, council=f"lambeth/Users?access_token={good}&x="
    ),
    "a session": _session,
}


@pytest.mark.parametrize("kind", WRONG)
def test_whoever_has_no_token_of_this_council_learns_and_changes_nothing(
    desk: Desk, kind: str
) -> None:
    system, said = WRONG[kind](desk, made_token(desk)), set[str]()
    before = untouched(desk)
    for method in METHODS:
        for where in WHERE:
            answer = system.ask(method, where, person())
            assert answer.status_code == 401, (method, where)
            assert answer.headers["www-authenticate"] == "Bearer"
            said.add(answer.text)
    assert len(said) == 1
    assert untouched(desk) == before


def test_it_is_shut_until_a_token_is_made_and_holds_to_its_last_day(desk: Desk) -> None:
    assert at_the_door(desk).get("Users").status_code == 401
    system = at_the_door(desk, made_token(desk, until="Mon 2025-09-01"))
    desk.at("Mon 2025-09-01 23:59")
    assert system.get("Users").status_code == 200
    desk.at("Tue 2025-09-02 00:00")
    assert system.get("Users").status_code == 401


def test_the_token_itself_is_kept_nowhere(desk: Desk, tmp_path: Path) -> None:
    token = made_token(desk)
    desk.office.database.close()
    kept = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    assert not any(token.encode() in one for one in kept)
    assert any(scim_tokens.digest(token).encode() in one for one in kept)


@pytest.mark.parametrize("who", ["admin", "boss", "iro"])
def test_tokens_are_made_by_a_command_and_told_of(desk: Desk, who: str) -> None:
    with pytest.raises(NotPossible, match="by a command"):
        scim_tokens.make(desk.office, desk.actor(who), "lambeth", day("Mon 2025-09-01"), None)
    for until in ("Sun 2025-06-01", "Thu 2026-06-04"):
        with pytest.raises(NotPossible, match="at most a year from now"):
            scim_tokens.make(desk.office, OLA, "lambeth", day(until), None)
    made_token(desk)
    told = [to for to, notice, _ in desk.mails() if notice == "directory_by_command"]
    assert sorted(told) == ["admin", "admin_two", "boss"]
    [entry] = second_person.look(desk.office, desk.actor("admin"), "lambeth").entries
    words = second_person.said(desk.office, "lambeth", entry.what)
    assert words.startswith("Token ")
    assert "lets another system say who works here, from Monday 2 June 2025 until" in words
    token_id = entry.what.name.removeprefix("Token ")
    with pytest.raises(NotFound):
        scim_tokens.revoke(desk.office, OLA, "merton", token_id)
    with pytest.raises(Expected):
        scim_tokens.make(desk.office, OLA, "atlantis", day("Mon 2025-09-01"), None)


# ------------------------------------------------------------------------------------- what is sent


BOMB = "(" * 150 + 'userName eq "a"' + ")" * 150

MESSAGES: tuple[tuple[str, str, bytes | object, int], ...] = (
    ("POST", "Users", b"", 400),
    ("POST", "Users", b"{", 400),
    ("POST", "Users", b"[" * 60_000, 400),
    ("POST", "Users", b'{"a":' * 10_000, 400),
    ("POST", "Users", b"\xff\xfe", 400),
    ("POST", "Users", b"[]", 400),
    ("POST", "Users", b"x" * 64_001, 413),
    ("POST", "Users", {}, 400),
    ("POST", "Users", {"schemas": [WORK], "userName": "a@council.example"}, 400),
    ("POST", "Users", {"schemas": [CORE], "userName": ""}, 400),
    ("POST", "Users", {"schemas": [CORE], "userName": 7}, 400),
    ("POST", "Users", {"schemas": [CORE], "userName": ["a"]}, 400),
    ("POST", "Users", person(name="", title="TM Safeguarding"), 400),
    ("POST", "Users", person(name="A" * 300), 400),
    ("POST", "Users", person(name="A\nB"), 400),
    ("POST", "Users", person(name="A\x00B"), 400),
    ("POST", "Users", person(mail="not an address", title="TM Safeguarding"), 400),
    ("POST", "Users", person(mail="a@b.example,c@d.example", title="Reviewing Off."), 400),
    ("POST", "Users", person(title="TM Safeguarding", team="N" * 101), 400),
    ("POST", "Users", person(title="T" * 300), 400),
    ("POST", "Users", person(externalId="e" * 300), 400),
    ("POST", "Users", person(until="tomorrow"), 400),
    ("POST", "Users", person(active="perhaps"), 400),
    ("POST", "Users", person(emails="a@b.example"), 400),
    ("POST", "Users", person(mail="far@practice.invalid"), 409),
    ("POST", "Users", person(mail="iro@practice.invalid", name="Another"), 409),
    ("POST", "Users", person(emails=[{"value": f"{one}@b.example"} for one in range(51)]), 400),
    ("POST", "Users", person() | {f"a{one}": 1 for one in range(300)}, 400),
    ("POST", "Users", person() | {"a" * 401: 1}, 400),
    ("POST", "Users/x", person(), 405),
    ("PUT", "Users", person(), 405),
    ("DELETE", "Users", None, 405),
    ("POST", "Schemas", {}, 405),
    ("POST", "Bulk", {}, 501),
    ("POST", "Users/.search", {}, 501),
    ("GET", "Bulk", None, 501),
    ("GET", "Groups", None, 404),
    ("GET", "Me", None, 404),
    ("GET", "", None, 404),
    ("GET", "Users/none", None, 404),
    ("GET", "Users/none/more", None, 404),
    ("GET", "Schemas/none", None, 404),
    ("GET", 'Users?filter=userName co "a"', None, 400),
    ("GET", 'Users?filter=userName eq "a" or userName eq "b"', None, 400),
    ("GET", f"Users?filter={BOMB}", None, 400),
    ("GET", f"Users?filter={'not (' * 60}userName pr{')' * 60}", None, 400),
    ("GET", 'Users?filter=emails[type eq "work"]', None, 400),
    ("GET", 'Users?filter=password eq "a"', None, 400),
    ("GET", f'Users?filter=userName eq "{"a" * 400}"', None, 400),
    ("GET", "Users?filter=' or 1=1 --", None, 400),
    ("GET", "Users?count=many", None, 400),
    ("GET", "Users?startIndex=99999999999999999999", None, 400),
)


@pytest.mark.parametrize(
    ("method", "where", "content", "status"), MESSAGES, ids=lambda one: str(one)[:50]
)
def test_what_cannot_be_read_is_refused_in_the_protocols_words(
    desk: Desk, system: OtherSystem, method: str, where: str, content: Any, status: int
) -> None:
    before = untouched(desk)
    sent = {"content": content} if isinstance(content, bytes) else {"said": content}
    answer = system.ask(method, where, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/scim+json"
    assert answer.json()["status"] == str(status)
    assert "Traceback" not in answer.text
    assert "Far" not in answer.text
    assert untouched(desk) == before


MANY = [{"op": "replace", "path": "displayName", "value": "A"}] * 51
TWICE = 'emails[value ne "a" and value ne "b"].type'
ADDED = [{"op": "add", "path": "emails", "value": [{"value": f"{one}{two}@b.example"} for two in range(30)]} for one in "ab"]  # fmt: skip

PATCHES: tuple[tuple[Any, int], ...] = (
    ({"schemas": [PATCH], "Operations": MANY}, 400),
    ({"schemas": [PATCH], "Operations": ADDED}, 400),
    ({"schemas": [PATCH], "operations": [{"op": "replace", "Path": TWICE, "value": "w"}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "replace", "value": {TWICE: "w"}}]}, 400),
    (
        {
            "schemas": [PATCH],
            "Operations": [{"op": "replace", "path": "x[" + "a" * 500, "value": 1}],
        },
        400,
    ),
    *(
        ({"schemas": [PATCH], "Operations": [{"op": "replace", "path": path, "value": value}]}, 400)
        for path, value in (
            ("title", "a\0"),
            ("title", "\ud800"),
            ("externalId", "a\0"),
            ("a\0", 1),
        )
    ),
    ({}, 400),
    ({"schemas": [PATCH], "Operations": []}, 400),
    ({"schemas": [PATCH], "Operations": "active"}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "move", "path": "active", "value": 1}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "remove"}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "remove", "path": "userName"}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "replace", "path": "id", "value": "x"}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": "?"}]}, 400),
    ({"schemas": [PATCH], "Operations": [{"op": "replace", "path": "((((", "value": 1}]}, 400),
    (
        {
            "schemas": [PATCH],
            "Operations": [
                {"op": "replace", "path": f"emails[{'(' * 100}type pr{')' * 100}]", "value": 1}
            ],
        },
        400,
    ),
    (
        {
            "schemas": [PATCH],
            "Operations": [{"op": "replace", "path": "userName", "value": "IRO@practice.invalid"}],
        },
        409,
    ),
)


@pytest.mark.parametrize(("message", "status"), PATCHES)
def test_a_change_that_cannot_be_read_changes_nothing(
    desk: Desk, system: OtherSystem, message: Any, status: int
) -> None:
    system.made(name="Iro Sample", mail="iro@practice.invalid")
    who, before = system.made(), untouched(desk)
    answer = system.ask("PATCH", f"Users/{who}", message)
    assert answer.status_code == status, answer.text
    assert untouched(desk) == before


READINGS = ("created", "replaced", "patched")


@pytest.mark.parametrize("reading", READINGS)
def test_while_a_message_is_worked_out_another_council_writes(
    desk: Desk, system: OtherSystem, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    who, worked_out = system.made(), getattr(scim, reading)
    entered = []

    def slowly(*asked: Any) -> Any:
        there = at_the_door(desk, made_token(desk, "merton"), council="merton")
        monkeypatch.setattr(scim, reading, worked_out)
        entered.append(in_a_thread(lambda: there.create(mail="nia@practice.invalid").status_code))
        return worked_out(*asked)

    monkeypatch.setattr(scim, reading, slowly)
    words = {"op": "replace", "path": "displayName", "value": "Ash Changed"}
    answer = {
        "created": lambda: system.create(mail="bea@practice.invalid"),
        "replaced": lambda: system.replace(who, name="Ash Changed"),
        "patched": lambda: system.patch(who, words),
    }[reading]()
    assert entered == [201]
    assert answer.status_code in {200, 201}


def test_what_another_changed_while_a_message_was_worked_out_stands_too(
    desk: Desk, system: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, worked_out = system.made(), scim.patched
    name = {"op": "replace", "path": "displayName", "value": "Ash Changed"}

    def meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(scim, "patched", worked_out)
        assert in_a_thread(lambda: system.patch(who, name).status_code) == 200
        return worked_out(*asked)

    monkeypatch.setattr(scim, "patched", meanwhile)
    title = {"op": "replace", "path": "title", "value": "Business Support"}
    said = system.patch(who, title).json()
    assert (said["displayName"], said["title"]) == ("Ash Changed", "Business Support")


def test_what_is_changed_again_and_again_is_given_up_for_now(
    desk: Desk, system: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, worked_out = system.made(), scim.patched
    changed: list[int] = []

    def meanwhile(*asked: Any) -> Any:
        name = {"op": "replace", "path": "displayName", "value": f"Ash {len(changed)}"}
        monkeypatch.setattr(scim, "patched", worked_out)
        changed.append(in_a_thread(lambda: system.patch(who, name).status_code))
        monkeypatch.setattr(scim, "patched", meanwhile)
        return worked_out(*asked)

    monkeypatch.setattr(scim, "patched", meanwhile)
    answer = system.patch(who, {"op": "replace", "path": "title", "value": "Business Support"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert set(changed) == {200}
    assert "title" not in system.get(f"Users/{who}").json()


@pytest.mark.parametrize("mail", ["ash@council.example", "ASH@Council.example"])
def test_one_name_is_one_person_however_it_is_written(system: OtherSystem, mail: str) -> None:
    system.made(title="TM Safeguarding", team="West")
    again = system.create(mail=mail, name="Ash Fiction")
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")
    other = system.create(
        name="Ash Fiction", userName="a-2", mail=mail, title="TM Safeguarding", team="West"
    )
    assert (other.status_code, other.json()["scimType"]) == (409, "uniqueness")


def test_removing_the_mark_of_having_left_lets_nobody_back(system: OtherSystem) -> None:
    who = system.made(title="TM Safeguarding", team="West", active=False)
    answer = system.patch(who, {"op": "remove", "path": "active"})
    assert answer.json()["active"] is False


def test_no_page_of_another_site_speaks_here_whatever_it_holds(system: OtherSystem) -> None:
    for origin in ("https://elsewhere.example", "null", system.home):
        page = system.with_(headers={"origin": origin})
        assert {page.ask(method, "Users", person()).status_code for method in METHODS} == {403}


def test_it_is_asked_so_often_and_no_oftener(desk: Desk) -> None:
    app = scim_app(desk.office, Limiter(5, 60.0, lambda: 0.0), Limiter(3, 60.0, lambda: 0.0))
    system = OtherSystem(app, desk.office.settings.base_url, made_token(desk))
    wrong = system.with_(token="pa-scim-wrong")
    assert [wrong.get("Users").status_code for _ in range(5)] == [401] * 3 + [429] * 2
    asked = [system.get("Users") for _ in range(7)]
    assert [one.status_code for one in asked] == [200] * 5 + [429] * 2
    assert asked[-1].headers["retry-after"] == "60"
    other = system.with_(token=made_token(desk, "merton"), council="merton")
    assert other.get("Users").status_code == 200, "each system has its own count"


def test_a_token_taken_back_while_a_message_is_on_its_way_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, read = at_the_door(desk, made_token(desk)), html_pages.read_body
    before = untouched(desk)

    async def taken_back(request: Request, *, longest: int) -> bytes:
        [one] = scim_tokens.listed(desk.office, OLA, "lambeth")
        scim_tokens.revoke(desk.office, OLA, "lambeth", one.id)
        return await read(request, longest=longest)

    monkeypatch.setattr("practice_alerts.web.pages.scim.read_body", taken_back)
    assert system.create().status_code == 401
    assert untouched(desk) == before


def test_nothing_of_any_case_is_in_an_answer(desk: Desk, system: OtherSystem) -> None:
    found = desk.raised(concerns="Lanternfish", child_name="Q. Child")
    system.made(name="Iro Sample", mail="iro@practice.invalid")
    for where in WHERE:
        said = system.get(where).text
        assert not any(word in said for word in ("Lanternfish", "Q. Child", found.alert.reference))
