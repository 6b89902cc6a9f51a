"""A large log's questions go by the right index, because SQLite is told how much there is of what."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.log.redaction import LogRows
from tests.helpers.alerts.alert_for_log import rows, story

ALERTS = 60
SPAN = {"from_day": "2025-01-01", "to_day": "2025-12-31"}


def numbered(number: int) -> LogRows:
    return rows(story(reference=f"LAM-2025-{number:04d}"))


@pytest.fixture
def log(tmp_path: Path) -> AlertLog:
    return AlertLog(tmp_path / "log")


@pytest.fixture
def file(log: AlertLog) -> Iterator[sqlite3.Connection]:
    log.write("lambeth", *(numbered(place) for place in range(ALERTS)))
    with closing(sqlite3.connect(log.files()["lambeth"])) as opened:
        yield opened


def counted(file: sqlite3.Connection) -> int:
    query = "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'alerts'"
    return int(file.execute(query).fetchone()[0])


def test_it_is_counted_anew_once_there_are_twice_as_many(
    log: AlertLog, file: sqlite3.Connection
) -> None:
    assert counted(file) == ALERTS
    log.write("lambeth", *(numbered(place) for place in range(ALERTS, 2 * ALERTS - 1)))
    assert counted(file) == ALERTS
    log.write("lambeth", numbered(2 * ALERTS))
    assert counted(file) == 2 * ALERTS


def test_a_small_log_is_not_counted(log: AlertLog) -> None:
    log.write("lambeth", numbered(1))
    with closing(sqlite3.connect(log.files()["lambeth"])) as opened:
        assert not opened.execute(
            "SELECT 1 FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'"
        ).fetchall()


@pytest.mark.parametrize(
    ("question", "goes_by"),
    [
        (
            "raised_again",
            "before USING INDEX idx_alerts_pseudonym_raised_on (pseudonym=? AND raised_on>? AND",
        ),
        (
            "our_own_side",
            "standings USING INDEX idx_standings_turn_until_on_since_on (turn=? AND until_on>?",
        ),
        ("open_at_end", "standings USING INDEX idx_standings_"),
    ],
)
def test_what_joins_much_with_much_goes_by_the_index_made_for_it(
    file: sqlite3.Connection, question: str, goes_by: str
) -> None:
    (sql,) = (one.sql for one in QUESTIONS if one.name == question)
    plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {sql}", SPAN)]
    assert any(f"SEARCH {goes_by}" in line for line in plan), plan
