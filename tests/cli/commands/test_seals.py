"""`practice-alerts seals`: another key, a lost one, and what a person answers for by name."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.product.run_command import give, read, refused, said

BY = ("--by", "Nia Fiction")
WHY = ("--why", "The disk of the keys died.")


@pytest.fixture
def office(real_office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(real_office))
    return real_office


def another_person(number: int) -> None:
    said("people", "add", f"Person {number}", "--mail", f"p{number}@council.example",
         "--council", "lambeth", "--post", "iro")  # fmt: skip


def found() -> list[str]:
    result = give("verify", "--json")
    told = json.loads(result.stdout)
    return [one["says"] for one in (*told["broken"], *told["differences"])]


def by_hand(office: Path, statement: str) -> None:
    with closing(sqlite3.connect(office / "practice-alerts.db")) as store:
        store.execute(statement)
        store.commit()


def test_another_key_seals_on_and_what_was_before_still_verifies(office: Path) -> None:
    former = (office / "keys/seal.key").read_text()
    assert "Sealed with key" in said("seals", "rotate", *BY)
    assert (office / "keys/seal.key").read_text() != former
    another_person(1)
    said("seals", "rotate", *BY)
    another_person(2)
    assert read("verify")["differences"] == []
    assert {path.stat().st_mode & 0o777 for path in (office / "keys").iterdir()} == {0o600}


def test_a_key_that_was_given_up_seals_nothing_any_more(office: Path) -> None:
    former = (office / "keys/seal.key").read_text()
    said("seals", "rotate", *BY)
    another_person(1)
    seal_key = office / "keys/seal.key"
    (office / "keys/seal-other.key").write_text(seal_key.read_text())
    (office / "keys/seal-other.key").chmod(0o600)
    new = seal_key.read_text()
    seal_key.write_text(former)  # as whoever found the old one would
    told = refused(
        "people",
        "add",
        "Person 2",
        "--mail",
        "p2@council.example",
        "--council",
        "lambeth",
        "--post",
        "iro",
    )
    assert "is not the one that sealed this store, so nothing was recorded" in told
    seal_key.write_text(new)
    another_person(2)
    assert found() == []


def test_a_lost_key_is_told_and_a_person_goes_on_without_it(office: Path) -> None:
    (office / "keys/seal.key").unlink()
    told = refused("people", "list")
    assert "Put seal.key back there" in told
    assert "seals accept --by" in told
    assert not (office / "keys/seal.key").exists()
    said("seals", "accept", *BY, *WHY)
    another_person(1)
    printed = said("verify")
    assert "Accepted on Monday 15 June 2026 by Nia Fiction: The disk of the keys died." in printed
    by_hand(office, "UPDATE people SET name = 'Other' WHERE name = 'Person 1'")
    assert any("was changed past the product" in says for says in found())


def test_the_key_of_another_store_is_refused(office: Path) -> None:
    (office / "keys/seal.key").write_text("0" * 64)
    assert "is not the one that sealed this store" in refused("people", "list")


def test_a_store_without_its_seals_is_refused_where_the_key_is_there(office: Path) -> None:
    by_hand(office, "DROP TRIGGER seals_are_never_touched_by_delete")
    by_hand(office, "DELETE FROM seals")
    assert "in this one there is no seal" in refused("people", "list")
    assert "seals: there is none, and the key that made them is here" in found()


def test_the_key_may_lie_elsewhere(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(data))
    monkeypatch.setenv("PRACTICE_ALERTS_SEAL_KEYS", str(tmp_path / "safe"))
    said("people", "add", "Nia Fiction", "--mail", "nia@council.example", "--council", "lambeth",
         "--post", "administrator")  # fmt: skip
    assert not (data / "keys/seal.key").exists()
    assert (tmp_path / "safe/seal.key").stat().st_mode & 0o777 == 0o600
    assert read("verify")["differences"] == []


def test_what_was_altered_and_accepted_is_compared_from_then_on(office: Path) -> None:
    by_hand(office, "UPDATE people SET name = 'Other'")
    assert any("was changed past the product" in says for says in found())
    said("seals", "accept", *BY, *WHY)
    assert found() == []
    by_hand(office, "UPDATE people SET name = 'Somebody Else'")
    assert any("was changed past the product" in says for says in found())


@pytest.mark.parametrize("name", ["session", "pseudonym"])
@pytest.mark.parametrize("how", ["gone", "another", "another in the environment"])
def test_no_key_of_the_store_is_made_anew_or_changed_in_silence(
    office: Path, name: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office / f"keys/{name}.key"
    former = file.read_text()
    match how:
        case "gone":
            file.unlink()
        case "another":
            file.write_text("0" * 64)
        case _:
            monkeypatch.setenv(f"PRACTICE_ALERTS_{name.upper()}_KEY", "x" * 40)
    for _ in range(2):
        told = refused("people", "list")
        assert "this store goes by the one that it was begun with. Put that back." in told
        assert former.strip() not in told
    assert file.exists() is (how != "gone")
    said("seals", "accept", *BY, *WHY)
    another_person(1)
    assert file.exists()
    assert found() == []
    assert WHY[1] in said("verify")
    if how != "another in the environment":
        file.write_text(former)
        assert f"The key in {file} is another" in refused("people", "list")


def test_a_key_that_is_put_back_is_the_one(office: Path) -> None:
    file = office / "keys/pseudonym.key"
    file.rename(office / "kept-elsewhere")
    assert "is gone" in refused("people", "list")
    (office / "kept-elsewhere").rename(file)
    another_person(1)
    assert found() == []
