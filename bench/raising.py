"""Raising and answering an alert, against the same rows written by raw sqlite3.

Both write to stores with the same tables, indexes, foreign keys, triggers and pragmas. The raw side
repeats, under new ids, the rows that the product wrote for the same act: it checks and decides
nothing, and reads nothing.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.turns import Row, milliseconds, timed, times
from practice_alerts.casework.acts import answer, raise_alert
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk, open_desk

ROUNDS = 60
REPLY = act_answers.reply("A home has been found.", "done", "", "Toni Sample")
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
"""As the product's own (adapters/store/core/database.py)."""

KEYS = {"events": "id", "payloads": "event_id", "alerts": "id", "askings": "id", "outbox": "id"} | {
    "search_words": "word || event_id"
}
"""The tables an act writes to, in an order that suits their foreign keys, and what names a row."""

NAMES = {"id", "event_id", "alert_id", "act_key", "hash", "reference"}
"""Columns that no two alerts share."""

Kept = dict[tuple[str, Any], dict[str, Any]]
Statement = tuple[str, dict[str, Any]]


def measure() -> list[Row]:
    """The product's act to its rows, raw, for the two commonest acts."""
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "ours")
        sample = open_desk(Path(folder) / "raw")
        with closing(_connect(Path(folder) / "raw" / "practice-alerts.db")) as raw:
            raised, answered = _written(raw, sample)
            taken: list[tuple[float, ...]] = [
                (*_ours(desk), _without_words(desk), *_raw(raw, number, raised, answered))
                for number in range(1, ROUNDS + 1)
            ]
    ours_raised, ours_answered, wordless, raw_raised, raw_answered = (
        median(column) for column in zip(*taken, strict=True)
    )
    return [
        _row("Raising an alert", len(raised), ours_raised, raw_raised),
        _row("Answering an alert", len(answered), ours_answered, raw_answered),
        Row(
            "Raising an alert: to the same without the words it is found by",
            times(ours_raised / wordless),
            f"{milliseconds(ours_raised)} to {milliseconds(wordless)}",
        ),
    ]


def _row(what: str, rows: int, ours: float, raw: float) -> Row:
    note = f"{milliseconds(ours)} to {milliseconds(raw)}"
    return Row(f"{what}: to its {rows} rows by raw sqlite3", times(ours / raw), note)


def _ours(desk: Desk) -> tuple[float, float]:
    found: list[Known] = []
    what, who = desk.raising(), desk.doing("iro")
    raised = timed(lambda: found.append(raise_alert.raise_alert(desk.office, what, who)))
    asked = desk.doing("manager", found[0])
    return raised, timed(lambda: answer.answer(desk.office, found[0].id, REPLY, asked))


def _without_words(desk: Desk) -> float:
    what, who, keep_words = desk.raising(), desk.doing("iro"), found_by.keep_words
    found_by.keep_words = lambda *_: None
    try:
        return timed(lambda: raise_alert.raise_alert(desk.office, what, who))
    finally:
        found_by.keep_words = keep_words


def _raw(
    raw: sqlite3.Connection, number: int, raised: list[Statement], answered: list[Statement]
) -> tuple[float, float]:
    first, second = _renamed(raised, number), _renamed(answered, number)
    return timed(lambda: _write(raw, first)), timed(lambda: _write(raw, second))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _write(raw: sqlite3.Connection, statements: list[Statement]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        raw.execute(sql, values)
    raw.execute("COMMIT")


def _written(raw: sqlite3.Connection, sample: Desk) -> tuple[list[Statement], list[Statement]]:
    """What the product writes for the two acts. The first alert is not counted: it keeps the edition."""
    sample.raised()
    before = _all_rows(raw)
    found = sample.raised()
    raised = _all_rows(raw)
    answer.answer(sample.office, found.id, REPLY, sample.doing("manager", found))
    answered = _all_rows(raw)
    sample.office.database.close()
    number = "UPDATE reference_numbers SET last = last + 1 WHERE prefix = 'LAM' AND year = 2025"
    return [(number, {}), *_statements(before, raised)], _statements(raised, answered)


def _all_rows(raw: sqlite3.Connection) -> Kept:
    return {
        (table, row["its_key"]): {
            name: value for name, value in dict(row).items() if name != "its_key"
        }
        for table, key in KEYS.items()
        for row in raw.execute(f"SELECT *, {key} AS its_key FROM {table}")  # noqa: S608 - the names stand above
    }


def _statements(before: Kept, after: Kept) -> list[Statement]:
    """Insert what is new, update what changed."""
    found: list[Statement] = []
    for (table, its_key), row in after.items():
        if (table, its_key) not in before:
            places = ", ".join(f":{name}" for name in row)
            found.append((f"INSERT INTO {table} VALUES ({places})", row))  # noqa: S608 - as above
        elif row != before[table, its_key]:
            sets = ", ".join(f"{name} = :{name}" for name in row)
            which = f"{KEYS[table]} = :{KEYS[table]}"
            found.append((f"UPDATE {table} SET {sets} WHERE {which}", row))  # noqa: S608 - as above
    return found


def _renamed(statements: list[Statement], number: int) -> list[Statement]:
    return [
        (sql, {name: _new(name, value, number) for name, value in row.items()})
        for sql, row in statements
    ]


def _new(name: str, value: Any, number: int) -> Any:
    if name not in NAMES or value is None:
        return value
    return value + 10 * number if isinstance(value, int) else f"{value}-{number}"
