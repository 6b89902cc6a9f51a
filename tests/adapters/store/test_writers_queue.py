"""Whoever writes waits for their turn: in the order they came, holding nothing that a reader needs, and not for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from practice_alerts.adapters.store.core import writers_queue
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.writers_queue import MOST_WAITING, WritersQueue
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES

LONG = 60.0  # seconds, on a busy machine
MANY = MOST_WAITING * 2


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    yield opened
    opened.office.database.close()


@contextmanager
def another_writes(database: Database) -> Iterator[None]:
    """As another process does, of whose queue nobody here knows."""
    with closing(Database(database.url)) as another, another.writing():
        yield


def write(database: Database, patience: float = LONG) -> str:
    """What came of it."""
    try:
        with database.writing(patience):
            return "written"
    except StorageTrouble as told:
        return told.what.value


def until(is_so: Callable[[], bool]) -> None:
    over = monotonic() + LONG
    while not is_so():
        assert monotonic() < over
        sleep(0.005)


class Writing:
    """So many, each as soon as the one before has joined the queue; who wrote, in that order, and who was told."""

    def __init__(self, queue: WritersQueue, many: int, patience: float = LONG) -> None:
        self.queue, self.go = queue, Event()
        self.wrote, self.told = list[int](), list[int]()
        self._threads = ThreadPoolExecutor(many)
        for number in range(many):
            before = len(queue._waiting) + len(self.told)
            self._threads.submit(self._one, number, patience)
            until(lambda: len(queue._waiting) + len(self.told) > before)  # noqa: B023 - waited for

    def _one(self, number: int, patience: float) -> None:
        try:
            with self.queue.turn(patience):
                self.wrote.append(number)
                self.go.wait(LONG)
        except StorageTrouble:
            self.told.append(number)

    def goes_on(self) -> None:
        self.go.set()
        self._threads.shutdown()


def test_while_another_process_writes_everybody_reads_and_whoever_would_write_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers_queue, "PATIENCE", 1.0)
    monkeypatch.setattr(writers_queue, "A_MOMENT", 0.1)
    database = desk.office.database
    with another_writes(database), ThreadPoolExecutor(MANY) as threads:
        told = [threads.submit(write, database) for _ in range(MANY)]
        for _ in range(MANY):
            with database.reading() as tx:
                assert tx.execute(text("SELECT 1")).scalar_one() == 1
        assert {one.result() for one in told} == {Storage.BUSY.value}
    assert write(database) == "written"


def test_whoever_waited_writes_as_soon_as_the_other_process_has(desk: Desk) -> None:
    database = desk.office.database
    with ThreadPoolExecutor(3) as threads:
        with another_writes(database):
            waiting = [threads.submit(write, database) for _ in range(3)]
            until(lambda: len(database._queue._waiting) == len(waiting))
        assert [one.result() for one in waiting] == ["written"] * 3


def test_a_writing_that_can_be_left_undone_waits_no_longer_than_it_says(desk: Desk) -> None:
    with another_writes(desk.office.database):
        began = monotonic()
        assert write(desk.office.database, 0.1) == Storage.BUSY.value
        assert monotonic() - began < writers_queue.PATIENCE


def test_whoever_has_a_turn_waits_for_other_locks_as_long_as_anybody(desk: Desk) -> None:
    asks = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with desk.office.database.writing(0.5) as tx:
        assert tx.exec_driver_sql(asks[tx.dialect.name]).scalar_one() in {30_000, "30s"}


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    them = Writing(WritersQueue(), MANY)
    them.goes_on()
    assert them.wrote == [*range(MANY)]


def test_while_nobody_gets_on_so_many_wait_and_the_others_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever came last, so that those who wait are still in their order; and nobody while each gets on."""
    monkeypatch.setattr(writers_queue, "A_MOMENT", 0.1)
    them = Writing(WritersQueue(), MANY)
    until(lambda: len(them.told) == MANY - 1 - MOST_WAITING)
    with pytest.raises(StorageTrouble) as told, them.queue.turn():
        raise AssertionError("there is no room")
    assert told.value.what is Storage.BUSY
    them.goes_on()
    assert them.wrote == [*range(1 + MOST_WAITING)]
    assert sorted(them.told) == [*range(1 + MOST_WAITING, MANY)]


def test_where_all_have_waited_in_vain_nobody_begins_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seconds in which nobody got on count for whoever comes then; with the next who does, they are over."""
    monkeypatch.setattr(writers_queue, "PATIENCE", 0.5)
    queue = WritersQueue()
    them = Writing(queue, 1)
    sleep(0.6)
    before = monotonic()
    with pytest.raises(StorageTrouble), queue.turn(LONG):
        raise AssertionError("nobody gets on")
    assert monotonic() - before < 0.5
    them.goes_on()
    with queue.turn(LONG) as left:
        assert left() > 0


def test_whoever_gives_up_lets_the_next_go_on() -> None:
    queue = WritersQueue()
    with ThreadPoolExecutor(1) as threads:
        with queue.turn():
            with pytest.raises(StorageTrouble), queue.turn(0.01):
                raise AssertionError("it is another's turn")
            later = threads.submit(queue.turn(LONG).__enter__)
            until(lambda: len(queue._waiting) == 2)
        assert 0 < later.result()() <= LONG
