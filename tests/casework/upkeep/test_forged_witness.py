"""Whoever can write to the witness, and holds neither store nor key, has nothing destroyed, taken out or numbered by it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.witness_file import Witness
from practice_alerts.casework.directory import record_keeping, redaction, second_person
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.proof.came_back import (
    CameBack,
    NotToGoAgain,
    came_back,
    take_out_again,
)
from practice_alerts.casework.records import destroying
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.casework.upkeep.checks import Check, Level, look
from practice_alerts.casework.upkeep.restore import restore
from practice_alerts.domain.alert.destroyed import DestroyedRecord, KeptSaid
from practice_alerts.domain.alert.hearers import Person
from tests.casework.upkeep.test_backup_and_restore import Drill, begun
from tests.helpers.product.office import STORE, Desk
from tests.helpers.product.postgresql import ENGINES

ASKED, CONFIRMED = Person(id="records", name="Rae Sample"), Person(id="boss", name="Bea Sample")


@pytest.fixture(params=ENGINES)
def drill(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drill]:
    """Three alerts of two teams, each seen by the witness; one has a legal hold."""
    drill = begun(tmp_path, request.param)
    drill.desk.with_readers()
    for number in "ABC":
        drill.desk.raised(case_number=number)
        drill.witnessed()
        drill.desk.clock[0] += timedelta(minutes=5)
    hold(drill.desk, "LAM-2025-0002")
    drill.witnessed()
    yield drill
    drill.office.database.close()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Drill]:
    drill = begun(tmp_path)
    drill.desk.with_readers()
    for number in "ABC":
        drill.desk.raised(case_number=number)
        drill.witnessed()
    yield drill
    drill.office.database.close()


def hold(desk: Desk, reference: str) -> None:
    wanted = KeptWanted((reference,), KeptSaid.HELD, "The Ombudsman asks.", "COMP-7", None)
    record_keeping.say(desk.office, desk.actor("records"), wanted)


def references(drill: Drill) -> dict[str, str]:
    """Ids by reference."""
    with drill.office.database.reading() as tx:
        found = current_state.by_ids(tx, current_state.ids(tx, "lambeth"))
    return {one.reference: one.id for one in found.values()}


def destroyed(drill: Drill, *names: str) -> None:
    ids, office = references(drill), drill.office
    records = [DestroyedRecord(alert_id=ids[name], reference=name) for name in names]
    two = TwoPeople(ASKED, CONFIRMED, "Its time has come.")
    with office.database.writing() as tx:
        destroying.destroy(tx, "lambeth", records, two, office.now())
    drill.witnessed()


def kept_lines(drill: Drill) -> list[dict[str, Any]]:
    text = drill.office.settings.witness.file.read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def lay(drill: Drill, lines: list[dict[str, Any]]) -> None:
    """In place of what the witness says."""
    text = "".join(json.dumps(one) + "\n" for one in lines)
    drill.office.settings.witness.file.write_text(text, "utf-8")


def forge(drill: Drill, **says: Any) -> None:
    """As somebody does who can write to the file: the last line once more, with what they like; and the last line itself."""
    lines = kept_lines(drill)
    lay(drill, [*lines, lines[-1] | says, lines[-1]])


def back(drill: Drill, *again: str) -> CameBack:
    with drill.office.database.reading() as tx:
        return came_back(tx, drill.office.settings.witness, again)


def go_on(drill: Drill, *again: str) -> None:
    office = drill.office
    witness.accept(
        office.database, office.settings.witness, "Nia Fiction", "Restored.", office.now(),
        back=back(drill, *again),
    )  # fmt: skip


def put_back(drill: Drill, copy: Path) -> None:
    drill.office.database.close()
    for one in drill.office.settings.data.glob(f"{STORE}*"):
        one.unlink()
    shutil.copy(copy, drill.office.settings.data / STORE)


def copied(drill: Drill) -> Path:
    copy = drill.folder / "older.db"
    with closing(sqlite3.connect(drill.office.settings.data / STORE)) as store:
        store.execute("VACUUM INTO ?", (str(copy),))
    return copy


def said(drill: Drill) -> list[str]:
    return [one.says for one in prove(drill.office).differences if one.alert == "witness"]


def test_what_the_store_itself_went_past_is_named_and_never_done(drill: Drill) -> None:
    ids = references(drill)
    forge(drill, destroyed=[ids["LAM-2025-0001"], ids["LAM-2025-0002"]])
    named = said(drill)
    assert "1 line of it is not the product's" in named
    assert len([one for one in named if "this store went past it" in one]) == 2
    found = look(drill.office.settings, drill.office.database, drill.office.now())[Check.WITNESS]
    assert found.level is Level.MIND
    assert "not the product's" in found.says
    with pytest.raises(NotToGoAgain, match="TAMPERING: LAM-2025-0001"):
        back(drill, "LAM-2025-0001")
    go_on(drill)
    assert references(drill) == ids
    assert prove(drill.office).holds
    assert back(drill).alerts == {}


def test_the_next_restore_destroys_nothing_that_nobody_proved(drill: Drill) -> None:
    ids = references(drill)
    made, keys_file = drill.back_up(), drill.back_up_keys()
    drill.desk.raised(case_number="D")
    drill.witnessed()
    forge(drill, destroyed=[ids["LAM-2025-0001"]], references={"LAM-2025": 10**12})
    new = drill.empty_place()
    found = "\n".join(restore(new, drill.wanted(made, keys_file)))
    assert "NOT DONE: LAM-2025-0001: it was destroyed, says a line" in found
    assert "--again LAM-2025-0001" in found
    assert "destroyed again." not in found
    with new.database.reading() as tx:
        assert set(current_state.ids(tx)) == set(ids.values())
    anew = Desk(new, drill.desk.clock, "lambeth").raised(case_number="E")
    assert anew.alert.reference == "LAM-2025-0005"
    new.database.close()


def test_a_line_of_which_nothing_is_proved_is_done_again_by_name_alone(plain: Drill) -> None:
    """As lines from before there were proofs, or where the key is lost."""
    copy = copied(plain)
    plain.desk.raised(case_number="D")
    destroyed(plain, "LAM-2025-0001", "LAM-2025-0003")
    lay(plain, [one | {"key": "", "proof": "", "after": ""} for one in kept_lines(plain)])
    put_back(plain, copy)
    found = back(plain)
    assert (found.alerts, found.numbers) == ({}, {})
    listed = {one.name for one in found.doubted}
    assert listed == {"LAM-2025-0001", "LAM-2025-0003", "LAM-2025"}
    with pytest.raises(NotToGoAgain, match="Nothing of LAM-2025-0002 is doubted"):
        back(plain, "LAM-2025-0002")
    go_on(plain, "LAM-2025-0003", "LAM-2025")
    assert {*references(plain)} == {"LAM-2025-0001", "LAM-2025-0002"}
    assert plain.desk.raised(case_number="E").alert.reference == "LAM-2025-0005"
    assert prove(plain.office).holds


def test_what_old_lines_said_is_said_again_with_a_proof(plain: Drill) -> None:
    copy = copied(plain)
    destroyed(plain, "LAM-2025-0001")
    lay(plain, [one | {"key": "", "proof": "", "after": ""} for one in kept_lines(plain)])
    plain.witnessed()
    last = plain.office.settings.witness.last_proved()
    assert last is not None
    assert last.destroyed
    assert said(plain) == []
    put_back(plain, copy)
    assert set(back(plain).alerts.values()) == {"LAM-2025-0001"}


def test_a_new_key_proves_once_more_what_the_former_did(plain: Drill) -> None:
    copy = copied(plain)
    destroyed(plain, "LAM-2025-0001")
    plain.office.database.change_seal_key("Nia Fiction", plain.office.now())
    plain.witnessed()
    assert said(plain) == []
    put_back(plain, copy)
    assert set(back(plain).alerts.values()) == {"LAM-2025-0001"}


def test_what_has_a_legal_hold_in_the_older_store_waits_for_a_name(plain: Drill) -> None:
    hold(plain.desk, "LAM-2025-0002")
    plain.witnessed()
    copy = copied(plain)
    destroyed(plain, "LAM-2025-0001", "LAM-2025-0002")
    put_back(plain, copy)
    found = back(plain)
    assert set(found.alerts.values()) == {"LAM-2025-0001"}
    (held,) = found.doubted
    assert "LAM-2025-0002: it was destroyed, and it has a legal hold here (COMP-7)" in held.in_words
    go_on(plain, "LAM-2025-0002")
    assert {*references(plain)} == {"LAM-2025-0003"}


TAMPERED: dict[str, Callable[[list[dict[str, Any]], str], list[dict[str, Any]]]] = {
    "a word in it": lambda lines, other: [
        one | {"destroyed": [*one["destroyed"], other]} if one["destroyed"] else one
        for one in lines
    ],
    "a key of nobody": lambda lines, other: [
        one | {"key": "0" * 12, "destroyed": [other]} if one["destroyed"] else one for one in lines
    ],
    "another place": lambda lines, _: [lines[-2], *lines[:-2], lines[-1]],
    "a line between is gone": lambda lines, _: [*lines[:-2], lines[-1]],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_each_line_follows_from_the_one_before(plain: Drill, how: str) -> None:
    copy, ids = copied(plain), references(plain)
    destroyed(plain, "LAM-2025-0001")
    for number in "DE":
        plain.desk.raised(case_number=number)
        plain.witnessed()
    lay(plain, TAMPERED[how](kept_lines(plain), ids["LAM-2025-0003"]))
    put_back(plain, copy)
    assert back(plain).alerts == {}


def test_a_line_that_is_gone_is_missed_and_a_file_cut_at_its_beginning_is_not(plain: Drill) -> None:
    lines = kept_lines(plain)
    lay(plain, lines[2:])
    assert said(plain) == []
    lay(plain, [*lines[:-2], lines[-1]])
    (named,) = said(plain)
    assert "a line between others of it is gone" in named
    go_on(plain)
    assert said(plain) == []


ODD = (
    {"event": "x"}, {"seal": 10**30}, {"references": ["LAM-2025"]}, {"destroyed": "all"},
    {"references": {"LAM-2025": "9"}}, {"taken": [{"alert": {}, "what": 3}]}, {"at": "yesterday"},
    {"destroyed": [{"id": 1}, None]}, {"nobody": "knows"},
)  # fmt: skip


def test_lines_of_any_shape_stop_nobody_who_goes_on(drill: Drill) -> None:
    lines = kept_lines(drill)
    lay(drill, [*(lines[-1] | one for one in ODD), *lines])
    ids = references(drill)
    go_on(drill)
    assert references(drill) == ids
    assert prove(drill.office).holds


def test_a_line_longer_than_any_block_that_is_read_is_found(plain: Drill) -> None:
    kept = plain.office.settings.witness
    line = kept.last()
    assert line is not None
    many = tuple(f"{number:036}" for number in range(5000))
    kept.write(type(line)(**asdict(line) | {"destroyed": many}))
    last = kept.last()
    assert last is not None
    assert len(last.destroyed) == len(many)
    assert [one.at for one, _ in kept.latest_first()] == [one.at for one in [*kept.lines()][::-1]]


def test_without_a_key_nothing_is_proved(plain: Drill) -> None:
    kept = plain.office.settings.witness
    assert kept.last_proved() is not None
    bare = Witness(kept.folder)
    assert bare.last_proved() is None
    assert bare.amiss().forged == 0
    assert not any(is_proved for _, is_proved in bare.latest_first())


def test_texts_of_which_nothing_proves_that_they_were_taken_out_go_by_name(plain: Drill) -> None:
    copy, office, number = copied(plain), plain.office, "LAM-2025-0002"
    redaction.ask(office, plain.desk.actor("records"), number, "1:answers.concerns", "Of another.")
    (waits,) = redaction.of_council(office, plain.desk.actor("boss"), "lambeth")
    second_person.confirm(office, plain.desk.actor("boss"), "lambeth", waits.entry.number)
    plain.witnessed()
    lines = kept_lines(plain)
    lay(plain, [one | {"key": "", "proof": "", "after": ""} for one in lines])
    put_back(plain, copy)
    (doubted,) = back(plain).doubted
    assert f"{number}: 1 text of it was taken out, says a line" in doubted.in_words
    assert take_out_again(office, "Nia Fiction", "Restored.") == 0
    found = back(plain, number)
    assert [*found.in_words()] == [
        f"{number}: 1 text taken out since, by the witness; taken out again."
    ]
    go_on(plain)
    assert take_out_again(office, "Nia Fiction", "Restored.", found) == 1
    assert prove(office).holds
