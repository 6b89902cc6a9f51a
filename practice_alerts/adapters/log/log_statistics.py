"""How SQLite knows which index of a log is worth going by.

Without it the questions that join a large log to itself take the wrong one: at 100,000 alerts minutes in place of half a second,
and so would what a reader writes.
"""

import sqlite3
from typing import Final

_ENOUGH: Final = 50
"""Alerts: with fewer any way is a short one."""


def keep_statistics(log: sqlite3.Connection) -> None:
    """Have SQLite count anew where the log has twice as many alerts as when it was counted last."""
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
