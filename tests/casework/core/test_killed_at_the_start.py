"""A first start after an update, killed in the midst of its work, is gone on with by the next: nothing twice, nothing left out."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import closures, office_settings
from practice_alerts.adapters.store.office.closures import Closure
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core import found_by
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.alert.events import Redated, kind_of
from tests.helpers.days import day
from tests.helpers.product.killed_writer import office_of
from tests.helpers.product.office import Desk, open_desk

ALERTS, AT_ONCE, KILLED_AFTER = 11, 3, 7


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    for number in range(ALERTS):
        opened.raised(
            "stage-1", case_number=f"S-30{number:04d}", concerns=f"Nothing. Quagga{number}."
        )
    yield opened
    opened.office.database.close()


def killed_after(done: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work, and after so many times nobody does anything any more."""
    times = count(1)

    def last(*given: Any) -> Any:
        if next(times) > done:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*given)

    return last


def read_words(data: Path, url: str) -> None:
    event_store._AT_ONCE = AT_ONCE
    found_by.keep_words = killed_after(KILLED_AFTER, found_by.keep_words)
    found_by.read_all_anew(office_of(data, url))


def work_days_out(data: Path, url: str) -> None:
    recalculate._redate = killed_after(KILLED_AFTER, recalculate._redate)
    recalculate.redate_all(office_of(data, url))


def is_killed(desk: Desk, start: Callable[[Path, str], None]) -> bool:
    office = desk.office
    one = get_context("spawn").Process(
        target=start, args=(office.settings.data, office.database.url)
    )
    # A test of a page leaves that there, and a process that is spawned would run it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        one.start()
    one.join()
    return one.exitcode == -signal.SIGKILL


def test_words_to_search_by_are_read_on_from_where_it_was(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        before = words(desk)
        tx.execute(tables.search_words.delete())
        office_settings.put_fact(tx, found_by._READ_BY, "rules of an earlier state")
    assert is_killed(desk, read_words)
    done = KILLED_AFTER // AT_ONCE * AT_ONCE
    assert len(found(desk, "nothing")) == done, "what was read is found while the rest is waiting"
    assert found_by.read_all_anew(desk.office) == ALERTS - done
    assert words(desk) == before
    assert len(found(desk, "nothing")) == ALERTS
    assert found_by.read_all_anew(desk.office) == 0, "once is enough"


def test_rules_that_change_again_meanwhile_are_read_by_from_the_beginning(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        last = current_state.ids(tx)[AT_ONCE]
        office_settings.put_fact(tx, found_by._READ_BY, f"rules of an earlier state up to {last}")
    assert found_by.read_all_anew(desk.office) == ALERTS


def test_what_an_earlier_state_said_of_its_reading_is_understood(desk: Desk) -> None:
    """It said how much had been destroyed by then."""
    with desk.office.database.writing() as tx:
        office_settings.put_fact(tx, found_by._READ_BY, f"{found_by.READ}, 12 destroyed")
    assert found_by.read_all_anew(desk.office) == 0


def test_days_are_worked_out_on_from_where_it_was_and_told_once(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        closures.put_down(tx, [Closure(desk.council, day("Thu 2025-06-05"), "Burst pipes")])
    assert is_killed(desk, work_days_out)
    assert redated(desk) == KILLED_AFTER
    assert recalculate.redate_all(desk.office) == ALERTS - KILLED_AFTER
    assert redated(desk) == ALERTS
    assert recalculate.redate_all(desk.office) == 0


def words(desk: Desk) -> set[tuple[Any, ...]]:
    with desk.office.database.reading() as tx:
        return {tuple(row) for row in tx.execute(select(tables.search_words))}


def found(desk: Desk, typed: str) -> list[str]:
    listed = work_tray.search(desk.office, desk.actor("iro"), typed, most=ALERTS)
    return [one.row.reference for one in listed]


def redated(desk: Desk) -> int:
    e = tables.events.c
    with desk.office.database.reading() as tx:
        return len(tx.execute(select(e.id).where(e.kind == kind_of(Redated))).all())
