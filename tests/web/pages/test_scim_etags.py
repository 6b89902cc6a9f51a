"""Versions of people by SCIM: what was changed meanwhile is not changed by whoever has not seen it (RFC 7644, 3.14)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.scim_client import OtherSystem, made_token, person, scim_app

WORKS = [{"op": "replace", "path": "displayName", "value": "Ash Changed"}]


@pytest.fixture
def system(tmp_path: Path) -> Iterator[OtherSystem]:
    desk: Desk = open_desk(tmp_path / "data")
    home = desk.office.settings.base_url
    yield OtherSystem(scim_app(desk.office), home, made_token(desk))
    desk.office.database.close()


def version(system: OtherSystem, who: str) -> str:
    answer = system.get(f"Users/{who}")
    assert answer.headers["etag"] == answer.json()["meta"]["version"]
    return answer.headers["etag"]


def seen(system: OtherSystem, how: str, *versions: str) -> OtherSystem:
    return system.with_(headers={how: ", ".join(versions)})


def test_each_change_gives_another_weak_version_and_reading_does_not(system: OtherSystem) -> None:
    made = system.create()
    who = made.json()["id"]
    first = version(system, who)
    assert first == made.headers["etag"] == version(system, who)
    assert first.startswith('W/"')
    changed = system.patch(who, *WORKS)
    assert changed.headers["etag"] == version(system, who) != first
    listed = system.found(f'id eq "{who}"')
    assert listed[0]["meta"]["version"] == version(system, who)
    assert system.get("ServiceProviderConfig").json()["etag"]["supported"] is True


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_what_was_changed_meanwhile_is_left_as_it_is(system: OtherSystem, method: str) -> None:
    who = system.made()
    old = version(system, who)
    system.patch(who, *WORKS)
    before = system.get(f"Users/{who}").json()

    def tried(asking: OtherSystem) -> int:
        match method:
            case "PUT":
                return asking.replace(who, name="Ash Other").status_code
            case "PATCH":
                return asking.patch(who, {**WORKS[0], "value": "Ash Other"}).status_code
            case _:
                return asking.ask("DELETE", f"Users/{who}").status_code

    for stale in ((old,), ('W/"nothing"', old), ("nonsense",)):
        assert tried(seen(system, "if-match", *stale)) == 412
        assert system.get(f"Users/{who}").json() == before
    now = version(system, who)
    assert tried(seen(system, "if-match", old, now)) in {200, 204}


@pytest.mark.parametrize("written", ["*", "as it is", "strong"])
def test_any_and_the_version_however_written_will_do(system: OtherSystem, written: str) -> None:
    who = system.made()
    now = version(system, who)
    said = {"*": "*", "as it is": now, "strong": now.removeprefix("W/")}[written]
    assert seen(system, "if-match", said).patch(who, *WORKS).status_code == 200


def test_what_is_known_is_not_sent_again(system: OtherSystem) -> None:
    who = system.made()
    now = version(system, who)
    again = seen(system, "if-none-match", now).get(f"Users/{who}")
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", now)
    system.ask("PUT", f"Users/{who}", person(name="Ash Changed"))
    other = seen(system, "if-none-match", now).get(f"Users/{who}")
    assert (other.status_code, other.json()["displayName"]) == (200, "Ash Changed")
