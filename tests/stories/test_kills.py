"""Processes that record, killed at any moment, two at a time: nothing acknowledged is lost, nothing is half done.

A dozen kills with every run of the tests, two hundred with `make faults`.
"""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs import send_mail, sync_log
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.office import Office
from tests.helpers.product import killed_writer
from tests.helpers.product.killed_writer import Begun, Done, Kept, Post, Said, office_of
from tests.helpers.product.office import STORE, open_desk

KILLS = int(os.environ.get("PRACTICE_ALERTS_KILLS", "12"))
AT_ONCE = 2
EVENTS = {("raise", 2), ("answer", 1), ("review", 1)}
"""So many each act leaves behind, or none."""
WARMED = "tests.helpers.product.warmed_writer"  # not here: it does all that, to have done it once
MOST_HEARD = 16  # of what it says: two rounds and a half
LONGEST = 0.1  # seconds from there to the kill
PATIENCE = 60  # seconds until the next word, on a busy machine


@dataclass
class Seen:
    """What those who were killed had been told."""

    begun: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    drafts: dict[str, str] = field(default_factory=dict)

    def hear(self, said: Said) -> None:
        match said:
            case Begun(key):
                self.begun.add(key)
            case Done(key):
                self.done.add(key)
            case Kept(about, text):
                self.drafts[about] = text


@pytest.fixture(scope="module")
def forks() -> Iterator[Any]:
    """Children of a process that has done everything once, and has nothing open."""
    context = get_context("forkserver")
    context.set_forkserver_preload([WARMED])
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # Streamlit leaves a page there, which each child would run
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield context


@contextmanager
def writing(forks: Any, data: Path, url: str, name: str) -> Iterator[tuple[Any, Connection]]:
    here, there = forks.Pipe(duplex=False)
    child = forks.Process(target=killed_writer.write_until_killed, args=(data, url, name, there))
    child.start()
    there.close()
    try:
        yield child, here
    finally:
        child.kill()
        child.join()
        here.close()


def hear_all(here: Connection, seen: Seen) -> None:
    try:
        while True:
            seen.hear(here.recv())
    except (EOFError, OSError):  # it was killed, perhaps in mid-word
        return


def kill_some(forks: Any, data: Path, url: str, number: int, seen: Seen) -> None:
    """So many at once, each at a moment of its own."""
    moments = Random(number)  # noqa: S311 - the same each time
    with (
        writing(forks, data, url, f"{number}-a") as (first, of_first),
        writing(forks, data, url, f"{number}-b") as (second, of_second),
    ):
        for child, here in ((first, of_first), (second, of_second)):
            for _ in range(moments.randrange(MOST_HEARD)):
                assert here.poll(PATIENCE), "it says nothing more"
                seen.hear(here.recv())
            time.sleep(moments.uniform(0, LONGEST))
            child.kill()
        for child, here in ((first, of_first), (second, of_second)):
            child.join()
            assert child.exitcode == -signal.SIGKILL, "it had ended by itself"
            hear_all(here, seen)


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(forks: Any, tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite")
    data, url = desk.office.settings.data, desk.office.database.url
    desk.office.database.close()
    seen = Seen()
    for number in range(KILLS // AT_ONCE):
        kill_some(forks, data, url, number, seen)
    office = office_of(data, url)
    witness.must_agree(office.database, office.settings.witness)
    # No event without its payload, no row that does not follow from its events.
    assert prove(office).holds
    with office.database.reading() as tx:
        recorded = acts(tx)
    assert len(seen.done) > KILLS, "too little was done to say anything"
    assert seen.done <= recorded.keys() <= seen.begun
    assert {(key.split()[1], many) for key, many in recorded.items()} == EVENTS
    drafts_are_there(office, seen, recorded)
    each_email_goes_out(office)
    the_log_follows(office)
    office.database.close()


def acts(tx: Tx) -> dict[str, int]:
    """How many events each act has left."""
    found: dict[str, int] = {}
    for key in tx.execute(t.events.select().with_only_columns(t.events.c.act_key)).scalars():
        found[key] = found.get(key, 0) + 1
    return found


def drafts_are_there(office: Office, seen: Seen, recorded: dict[str, int]) -> None:
    """Of those whose answer is not recorded yet."""
    for about, text in seen.drafts.items():
        if f"{text} answer" not in recorded:
            assert kept_drafts.kept(office, "manager", about) == {"text": text}


def each_email_goes_out(office: Office) -> None:
    """What a killed process had in hand at once; none is marked as sent that nobody was handed."""
    post = Post(office.settings.data / "sent")
    while send_mail.send_waiting(office, post):
        pass
    with office.database.reading() as tx:
        rows = tx.execute(t.outbox.select()).all()
    handed = post.file.read_text("ascii").split()
    assert {one.id for one in rows if one.sent_at is not None} <= {*handed}
    assert not [one for one in rows if one.claimed_by and one.sent_at is None]


def the_log_follows(office: Office) -> None:
    sync_log.catch_up(office)
    before = logged(office)
    sync_log.rebuild_log(office)
    assert logged(office) == before
    assert before


def logged(office: Office) -> list[Any]:
    file = office.log.files()["lambeth"]
    with closing(sqlite3.connect(file)) as log:
        return log.execute("SELECT * FROM alerts ORDER BY reference").fetchall()


def test_what_a_killed_process_left_beside_the_store_is_missed(forks: Any, tmp_path: Path) -> None:
    """Somebody deletes it before the next start: the file alone is a store of some time ago."""
    desk = open_desk(tmp_path / "data", engine="sqlite")
    data, url = desk.office.settings.data, desk.office.database.url
    witness.note(desk.office.database, desk.office.settings.witness, desk.office.now())
    desk.office.database.close()
    with writing(forks, data, url, "a") as (_, here):
        while here.recv() != Begun("a-2 raise"):
            pass  # by then the witness was told of the first
    left = {one: one.read_bytes() for one in data.glob(f"{STORE}*")}
    beside = data / f"{STORE}-wal"
    for part in (None, 0, 0.5):  # it is deleted, or emptied, or only half of it was copied
        for file, content in left.items():
            file.write_bytes(content)
        (data / f"{STORE}-shm").unlink()
        if part is None:
            beside.unlink()
        else:
            beside.write_bytes(left[beside][: int(len(left[beside]) * part)])
        office = office_of(data, url)
        with pytest.raises(witness.NotAsWitnessed, match=r"it goes to event|it went another way"):
            witness.must_agree(office.database, office.settings.witness)
        office.database.close()
