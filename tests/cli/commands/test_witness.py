"""The witness outside the store: a store that is older, emptied or another is refused, and gone on with by name."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.witness_file import (
    Witness,
    WitnessLine,
    WitnessNotTold,
    WitnessUnreadable,
)
from practice_alerts.casework.proof import witness
from tests.helpers.product.office import open_desk
from tests.helpers.product.run_command import give, refused, said

STORE = "practice-alerts.db"


@pytest.fixture
def office(real_office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Its witness lies elsewhere."""
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(real_office))
    monkeypatch.setenv("PRACTICE_ALERTS_WITNESS", str(tmp_path / "witness"))
    (real_office / "witness").rename(tmp_path / "witness")
    said("people", "list")
    return real_office


def full(*_: object) -> int:
    raise OSError(ENOSPC, "No space left on device")


def lines(tmp_path: Path) -> list[dict[str, Any]]:
    text = (tmp_path / "witness/witness.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def add(number: int) -> None:
    said("people", "add", f"Person {number}", "--mail", f"p{number}@council.example",
         "--council", "lambeth", "--post", "iro")  # fmt: skip


def backup(office: Path, to: Path) -> Path:
    """As data/README.md says it is made."""
    with closing(sqlite3.connect(office / STORE)) as a, closing(sqlite3.connect(to)) as b:
        a.backup(b)
    return to


def restore(office: Path, copy: Path) -> None:
    for path in office.glob(f"{STORE}*"):
        path.unlink()
    shutil.copy(copy, office / STORE)


def accept() -> None:
    said("seals", "accept", "--by", "Nia Fiction", "--why", "Restored from Monday's copy.")


def test_each_command_that_wrote_is_witnessed_and_one_that_did_not_is_not(
    office: Path, tmp_path: Path
) -> None:
    before = len(lines(tmp_path))
    said("people", "list")
    assert len(lines(tmp_path)) == before
    add(1)
    last, former = lines(tmp_path)[-1], lines(tmp_path)[-2]
    assert last["event"] > former["event"]
    assert last["store"] == former["store"]
    assert (last["destroyed"], last["redacted"]) == ([], [])
    assert (tmp_path / "witness/witness.jsonl").stat().st_mode & 0o777 == 0o600
    assert "agrees with its witness" in said("doctor")
    assert office.exists()


def test_an_older_copy_is_refused_until_a_person_goes_on_with_it(
    office: Path, tmp_path: Path
) -> None:
    copy = backup(office, tmp_path / "copy.db")
    add(1)
    restore(office, copy)
    for words in (["people", "list"], ["remind"], ["serve", "--port", "18766"]):
        told = refused(*words)
        assert "is not where its witness saw it: it goes to event" in told
        assert "seals accept --by NAME" in told
    for words in (["verify"], ["doctor"]):
        result = give(*words)
        assert result.exit_code == 1
        assert "and the witness saw event" in result.stdout
    accept()
    add(2)
    printed = said("verify")
    assert "by Nia Fiction: Restored from Monday's copy." in printed
    (accepted,) = (one["accepted"] for one in lines(tmp_path) if one["accepted"])
    assert accepted == {"by": "Nia Fiction", "why": "Restored from Monday's copy."}


def test_an_emptied_store_is_refused_with_its_key_and_without(office: Path) -> None:
    for path in office.glob(f"{STORE}*"):
        path.unlink()
    (office / STORE).touch(0o600)
    for words in (["verify"], ["people", "list"]):
        assert "it was emptied, or is another. Put back the one that was there" in refused(*words)
    assert "in this one there is no seal" in refused("serve", "--port", "18767")
    (office / "keys/seal.key").unlink()
    assert "it is another store, or an empty one" in refused("serve", "--port", "18767")


@pytest.mark.parametrize("words", [["verify"], ["doctor"], ["people", "list"], ["serve"]])
def test_nobody_is_told_to_begin_where_a_store_was_lost(office: Path, words: list[str]) -> None:
    for path in office.glob(f"{STORE}*"):
        path.unlink()
    told = refused(*words, *(("--port", "18769") if words == ["serve"] else ()))
    assert "is gone, and " in told
    assert "restore a backup" in told
    assert "people add" not in told


def test_a_store_that_went_another_way_is_refused(office: Path, tmp_path: Path) -> None:
    copy = backup(office, tmp_path / "copy.db")
    shutil.copytree(tmp_path / "witness", tmp_path / "other")
    add(1)
    (tmp_path / "witness").rename(tmp_path / "aside")
    restore(office, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRACTICE_ALERTS_WITNESS", str(tmp_path / "other"))
        add(2)
        add(3)
    (tmp_path / "aside").rename(tmp_path / "witness")
    assert "it went another way than the witness saw" in refused("people", "list")


def test_a_witness_that_was_taken_away_is_missed(office: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "witness")
    result = give("verify")
    assert result.exit_code == 1
    gone = f"there is none in {tmp_path / 'witness'}, and there was one since"
    assert gone in result.stdout
    for words in (["people", "list"], ["remind"], ["serve", "--port", "18768"]):
        told = refused(*words)
        assert gone in told
        assert "Put witness.jsonl back there" in told
    assert f"Wrong: The witness of the store is gone: {gone}" in give("doctor").stdout
    assert not (tmp_path / "witness").exists()
    accept()
    add(1)
    assert "by Nia Fiction: Restored from Monday's copy." in said("verify")
    assert office.exists()


def test_a_command_whose_witness_cannot_be_told_is_done_and_says_so(
    office: Path, tmp_path: Path
) -> None:
    file, before = tmp_path / "witness/witness.jsonl", resource.getrlimit(resource.RLIMIT_FSIZE)
    file.write_bytes(b" " * 2**24 + b"\n" + file.read_bytes())
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, before[1]))
    result = give("people", "add", "Una Fiction", "--mail", "una@council.example", "--council", "lambeth",
                  "--post", "iro")  # fmt: skip
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.exit_code == 0, result.output
    assert f"The witness in {file} could not be told" in result.stderr
    assert "What was recorded is recorded." in result.stderr
    assert "Una Fiction" in said("people", "list")
    assert "agrees with its witness, which is 0 seals behind" in said("doctor")
    assert office.exists()


def test_half_a_line_is_none_and_the_next_begins_anew(tmp_path: Path) -> None:
    desk, kept = open_desk(tmp_path / "data"), Witness(tmp_path / "witness")
    database, now = desk.office.database, desk.office.now()
    desk.raised()
    assert witness.note(database, kept, now)
    whole = kept.last()
    with kept.file.open("ab") as file:
        file.write(b'{"store":"')
    assert kept.last() == whole
    desk.raised(case_number="X-2")
    assert witness.lag(database, kept)[0] == 1
    assert witness.note(database, kept, now)
    last = kept.last()
    assert last is not None
    assert last.references == {"LAM-2025": 2}
    assert witness.lag(database, kept)[0] == 0
    undated = json.loads(kept.file.read_bytes().splitlines()[-1]) | {"at": "yesterday"}
    for spoilt in (b"\x00garbage", json.dumps(undated).encode(), b""):
        kept.file.write_bytes(spoilt)
        with pytest.raises(WitnessUnreadable, match="move the file aside"):
            kept.last()
    kept.file.unlink()
    kept.file.mkdir()
    with pytest.raises(WitnessUnreadable):
        kept.last()
    database.close()


def test_whoever_looks_while_the_witness_is_told_for_the_first_time_finds_it(
    tmp_path: Path,
) -> None:
    """As a second process does that is begun with the first."""
    desk = open_desk(tmp_path / "data", engine="sqlite")
    desk.raised()
    with closing(desk.office.database) as database:

        class ToldMeanwhile(Witness):
            def last(self) -> WitnessLine | None:
                found = super().last()
                if found is None:
                    witness.note(database, Witness(self.folder), desk.office.now())
                return found

        witness.must_agree(database, ToldMeanwhile(tmp_path / "witness"))
        first, *_, last = lines(tmp_path)
        assert first["store"] == last["store"]
        (tmp_path / "witness/witness.jsonl").unlink()
        with pytest.raises(witness.NotAsWitnessed, match="gone"):
            witness.must_agree(database, Witness(tmp_path / "witness"))


def test_a_store_whose_witness_could_not_be_told_yet_has_none_to_miss(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite")
    desk.raised()
    kept = Witness(tmp_path / "witness")
    with closing(desk.office.database) as database:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "open", full)
            with pytest.raises(WitnessNotTold):
                witness.note(database, kept, desk.office.now())
        witness.must_agree(database, kept)
        assert witness.note(database, kept, desk.office.now())
    assert lines(tmp_path)


def test_a_heartbeat_is_written_though_nothing_happened(tmp_path: Path) -> None:
    desk, kept = open_desk(tmp_path / "data"), Witness(tmp_path / "witness")
    assert witness.note(desk.office.database, kept, desk.office.now())
    assert not witness.note(desk.office.database, kept, desk.office.now())
    desk.at("Mon 2025-06-02 09:10")
    assert witness.note(desk.office.database, kept, desk.office.now())
    desk.office.database.close()


def test_no_number_is_given_twice_and_nobody_stays_signed_in(tmp_path: Path) -> None:
    """After a restore that was accepted: the number that the lost alert had is left out."""
    data = tmp_path / "data"
    desk = open_desk(data, engine="sqlite")
    kept = Witness(tmp_path / "witness", desk.office.settings.seal_keys)
    entered = desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    desk.raised()
    copy = backup(data, tmp_path / "copy.db")
    lost = desk.raised(case_number="X-2").alert.reference
    witness.note(desk.office.database, kept, desk.office.now())
    desk.office.database.close()
    restore(data, copy)
    database = desk.office.database
    with pytest.raises(witness.NotAsWitnessed):
        witness.must_agree(database, kept)
    with pytest.raises(witness.NotAsWitnessed):
        witness.note(database, kept, desk.office.now())
    witness.accept(database, kept, "Nia Fiction", "Restored.", desk.office.now())
    witness.must_agree(database, kept)
    assert desk.raised(case_number="X-3").alert.reference != lost
    assert desk.office.sign_in.look_up(entered.session_token) is None
    database.close()


def raised_and_forged(data: Path) -> tuple[str, str]:
    """The references of an alert that is said to be destroyed by a proved line, and of one by somebody else's."""
    desk = open_desk(data, engine="sqlite")
    one, other, _ = (desk.raised(case_number=number) for number in "ABC")
    kept = desk.office.settings.witness
    witness.note(desk.office.database, kept, desk.office.now())
    desk.office.database.close()
    last = kept.last()
    assert last is not None
    kept.write(replace(last, after=last.proof, destroyed=(one.id,)))
    forged = asdict(last) | {"destroyed": [other.id], "event": last.event + 9, "proof": "f" * 64}
    with kept.file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(forged) + "\n")
    return one.alert.reference, other.alert.reference


def test_what_will_go_is_said_first_and_looking_does_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(data))
    name, its_name = raised_and_forged(data)
    words = ("seals", "accept", "--by", "Nia Fiction", "--why", "Restored.")
    looked = said(*words, "--look")
    assert f"{name}: destroyed since, by the witness; it is destroyed again." in looked
    assert f"NOT DONE: {its_name}: it was destroyed, says a line of the witness" in looked
    assert looked.endswith("Nothing was done.\n")
    assert "Nothing of LAM-1999-0001 is doubted" in refused(*words, "--again", "LAM-1999-0001")
    assert left(data) >= {name, its_name}
    assert said(*words).index(name) == 0
    assert left(data) & {name, its_name} == {its_name}
    said(*words, "--again", its_name)
    assert left(data) & {name, its_name} == set()
    assert "each following from the one before" in said("verify")


def left(data: Path) -> set[str]:
    with closing(sqlite3.connect(data / STORE)) as store:
        return {row[0] for row in store.execute("SELECT reference FROM alerts")}


def test_doctor_says_what_is_open_and_where_the_witness_lies(
    real_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(real_office))
    assert "Mind: the witness lies on the store's own volume" in said("doctor")
    (real_office / STORE).chmod(0o644)
    result = give("doctor")
    assert result.exit_code == 1
    assert f"other accounts may read {real_office / STORE}" in result.stdout
    assert (real_office / STORE).stat().st_mode & 0o777 == 0o644


def test_a_start_narrows_keys_and_witness_that_lie_elsewhere(
    real_office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As doctor promises."""
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(real_office))
    (tmp_path / "seal").mkdir()
    (real_office / "witness").rename(tmp_path / "witness")
    for name, setting in (("seal", "SEAL_KEYS"), ("witness", "WITNESS")):
        monkeypatch.setenv(f"PRACTICE_ALERTS_{setting}", str(tmp_path / name))
    (real_office / "keys/seal.key").rename(tmp_path / "seal/seal.key")
    said("people", "list")
    places = [tmp_path / "seal", tmp_path / "witness"]
    files = [tmp_path / "seal/seal.key", tmp_path / "witness/witness.jsonl"]
    for path in (*places, *files):
        path.chmod(0o755)
    result = give("doctor")
    assert all(str(path) in result.stdout for path in (*places, *files))
    said("people", "list")
    assert "nothing that is kept is open to other accounts" in said("doctor")
    assert {path.stat().st_mode & 0o777 for path in places} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
