"""Two processes on one PostgreSQL store, as on two hosts: each with a data folder of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_alerts import ROOT
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import tables as t
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_PRODUCT

pytestmark = pytest.mark.postgres


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "one", engine=AS_PRODUCT)
    yield opened
    opened.office.database.close()


# ------------------------------------------------------------------------------------- writing at once


def writing(desk: Desk, name: str, *many: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.helpers.product.writing_process"]
    words += [str(desk.office.settings.data), desk.office.database.url, name, *many]
    return subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def begun_together(*each: subprocess.Popen[str]) -> None:
    for one in each:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in each:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()


def must_be_whole(desk: Desk) -> list[str]:
    """No gap, nothing twice, and every proof holds; the references that there are."""
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
        assert desk.office.database.altered(tx) == ()
        numbers = list(tx.execute(select(t.events.c.id).order_by(t.events.c.id)).scalars())
        seals = list(tx.execute(select(t.seals.c.id).order_by(t.seals.c.id)).scalars())
        references = sorted(
            one.reference for one in current_state.by_ids(tx, current_state.ids(tx)).values()
        )
        kinds = list(tx.execute(select(t.events.c.alert_id, t.events.c.kind)))
    assert numbers == list(range(1, len(numbers) + 1))
    assert seals == list(range(1, len(seals) + 1))
    assert references == [f"LAM-2025-{number:04}" for number in range(1, len(references) + 1)]
    assert len([one for one in kinds if one.kind == "raised"]) == len(references)
    answered = [one.alert_id for one in kinds if one.kind == "answered"]
    assert len(answered) == len({*answered})
    return references


def test_two_that_write_at_once_leave_no_gap_and_nothing_twice(desk: Desk) -> None:
    one, other = writing(desk, "one", "6"), writing(desk, "other", "6")
    begun_together(one, other)
    said = [process.communicate(timeout=240)[0].splitlines() for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0)
    raised = [[line.split()[1] for line in lines if line.startswith("raised")] for lines in said]
    both = {*raised[0]} & {*raised[1]}
    assert len(both) == 3  # pressed in both with one key: one act, told to both
    assert must_be_whole(desk) == sorted({*raised[0], *raised[1]})
    assert len({*raised[0], *raised[1]}) == 9


def test_one_that_is_killed_holds_nobody_up_and_what_it_was_told_is_there(desk: Desk) -> None:
    killed, other = writing(desk, "killed"), writing(desk, "other", "4")
    begun_together(killed, other)
    assert killed.stdout
    heard = [killed.stdout.readline() for _ in range(3)]
    killed.kill()
    told = [*heard, *killed.communicate(timeout=60)[0].splitlines()]
    said, _ = other.communicate(timeout=240)
    assert other.returncode == 0
    lines = [*told, *said.splitlines()]
    acknowledged = {line.split()[1] for line in lines if line.startswith("raised ")}
    assert acknowledged <= {*must_be_whole(desk)}
    desk.raised()
    must_be_whole(desk)
