"""What a log keeps of its own rows beside them: counts by day for the figures, and for SQLite how much there is of what."""

import json
import sqlite3
from collections.abc import Collection
from typing import Final

from practice_alerts.domain.log.measures.day_counts import (
    COUNTING,
    DAY_COUNTS,
    OF_THESE,
    THINGS,
    TIMES,
)

_ENOUGH: Final = 50
"""Alerts: with fewer any way is a short one."""


def count_rows_of(log: sqlite3.Connection, references: Collection[str], times: int) -> None:
    """Add what these alerts have in the log, `times` 1: once their rows are there; or take it out, -1: before they go."""
    these = {OF_THESE: json.dumps(sorted(references)), TIMES: times}
    for one in COUNTING:
        log.execute(one, these)
    # Of what is nowhere any more no row is to say that it was.
    log.execute(f"DELETE FROM {DAY_COUNTS.name} WHERE {THINGS} = 0")  # noqa: S608 - names of ours


def keep_statistics(log: sqlite3.Connection) -> None:
    """Have SQLite count anew where the log has twice as many alerts as when it was counted last.

    Without it the questions that join a large log to itself take the wrong index: at 100,000 alerts minutes in place of half a
    second, and so would what a reader writes.
    """
    (newest,) = log.execute("SELECT coalesce(max(rowid), 0) FROM alerts").fetchone()
    if newest >= max(_ENOUGH, 2 * _counted(log)):
        log.execute("ANALYZE")
        # Some builds keep values of rows there, which would stay when an alert goes.
        log.execute("DROP TABLE IF EXISTS sqlite_stat4")


def _counted(log: sqlite3.Connection) -> int:
    if not log.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").fetchone():
        return 0
    query = "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'alerts'"
    return int(log.execute(query).fetchone()[0] or 0)
