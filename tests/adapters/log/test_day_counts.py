"""Counts by day follow whatever is written into a log, and taken out of it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.domain.log.log_rows import log_rows
from practice_alerts.domain.log.measures.day_counts import DAY_COUNTS
from practice_alerts.domain.log.redaction import LogRows
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.files.real_councils import IDS
from tests.helpers.log.random_lives import Life

ALERTS, TURNS, MOST_ACTS = 6, 40, 14


def counts(folder: Path, council: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / f"{council}.db")) as log:
        key = ", ".join(DAY_COUNTS.key)
        return list(log.execute(f"select {key}, things from day_counts order by {key}"))  # noqa: S608 - names of ours


def at_random(council: str, number: int, rng: Random) -> LogRows:
    """The alert of that number, as it is after some acts or other."""
    life = Life(council, number, rng)
    alert = life.lived(rng.randrange(MOST_ACTS))
    procedure, form = life.files.procedure, life.files.forms[alert.form]
    return log_rows(alert, procedure, form, CALENDAR_2025, f"child-{number}")


@pytest.mark.parametrize("council", IDS)
def test_they_are_what_a_log_made_anew_would_count(council: str, tmp_path: Path) -> None:
    rng = Random(council)  # noqa: S311 - lives that can be lived again
    log, there = AlertLog(tmp_path / "followed"), dict[str, LogRows]()
    log.write(council)
    for _ in range(TURNS):
        some = [at_random(council, one, rng) for one in rng.sample(range(ALERTS), 2)]
        log.write(council, *some)
        there |= {one.reference: one for one in some}
        if gone := rng.sample(sorted(there), rng.randrange(2)):
            log.remove(council, *gone)
            there = {name: rows for name, rows in there.items() if name not in gone}
    AlertLog(tmp_path / "anew").rebuild(council, there.values())
    assert counts(tmp_path / "followed", council) == counts(tmp_path / "anew", council) != []


def test_what_is_taken_out_leaves_no_count_behind(tmp_path: Path) -> None:
    rng, log = Random(1), AlertLog(tmp_path)  # noqa: S311 - as above
    rows = [at_random("lambeth", one, rng) for one in range(ALERTS)]
    log.write("lambeth", *rows)
    assert counts(tmp_path, "lambeth")
    log.remove("lambeth", *(one.reference for one in rows))
    assert counts(tmp_path, "lambeth") == []
