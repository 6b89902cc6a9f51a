"""A measure's rows as a table to be read: a row, its number of this period, and what it is compared with."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from practice_alerts.domain.log.measures.behind import BEHIND
from practice_alerts.domain.log.measures.day_counts import A_DEADLINE
from practice_alerts.domain.log.measures.measure import THIS_PERIOD
from practice_alerts.domain.reports.figure_tables import (
    BEFORE,
    FIGURE_TABLES,
    MEASURE_CALLED,
    NOW,
    THIS,
    YEAR_EARLIER,
    FigureTable,
)
from practice_alerts.domain.text import capital

NOTHING = "–"
"""Where there is no number, as of a share of nothing."""
BEFORE_KEY, EARLIER_KEY = "before", "year_earlier"
_NAMED = {THIS_PERIOD: NOW, "the one before": BEFORE_KEY, "a year earlier": EARLIER_KEY}
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_STAGES = ("stage", "highest_stage")
"""Columns that name a stage."""

CountedRow = Mapping[str, Any]
"""A row as the log gives it."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    which: str
    cells: Mapping[str, str]
    """By their keys, as a template finds them."""
    key: str = ""
    """What it is called in full, by which it is found in another year; empty where it was issued without."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`heads` leads from the key of a column to its words, without that of the row itself."""

    name: str
    title: str
    counted: str
    of: str
    heads: Mapping[str, str]
    rows: tuple[ShownRow, ...]

    def number(self, which: str, key: str) -> str | None:
        return next((row.cells.get(key) for row in self.rows if row.which == which), None)

    def like(self, other: ShownRow) -> ShownRow | None:
        """The row that counts the same, though it may be called otherwise beside others."""
        by_key = (row for row in self.rows if row.key and row.key == other.key)
        by_name = (
            row
            for row in self.rows
            if is_called(row.which, other.which) and not (row.key and other.key)
        )
        return next(by_key, None) or next(by_name, None)


def is_called(one: str, other: str) -> bool:
    """The same, though in what was issued earlier a comma stood where a colon stands now."""
    return one.replace(": ", ", ", 1) == other.replace(": ", ", ", 1)


def heads_of(table: FigureTable) -> dict[str, str]:
    """The columns of a table, by their keys."""
    if table.is_turned:
        return {NOW: THIS, BEFORE_KEY: BEFORE, EARLIER_KEY: YEAR_EARLIER}
    beside = {BEFORE_KEY: BEFORE, EARLIER_KEY: YEAR_EARLIER} if table.compared else {}
    if beside and len(table.numbers) > 1:
        what = table.numbers[table.compared].lower()
        beside = {key: f"{words}: {what}" for key, words in beside.items()}
    return {**table.numbers, **beside}


def shown(name: str, counted: Sequence[CountedRow], stages: Sequence[str] = ()) -> ShownTable:
    """The table of the measure of that name; rows of `stages` stand as they follow one another there."""
    table, measure = FIGURE_TABLES[name], MEASURE_CALLED[name]
    periods: dict[str, list[CountedRow]] = {key: [] for key in _NAMED.values()}
    for row in counted:
        periods[_NAMED[row["period"].partition(",")[0]]].append(row)
    rows = _turned(table, periods) if table.is_turned else _rows(table, periods, stages)
    return ShownTable(name, measure.title, measure.counted, table.of, heads_of(table), tuple(rows))


def _turned(table: FigureTable, periods: Mapping[str, list[CountedRow]]) -> Iterable[ShownRow]:
    for column, words in table.numbers.items():
        cells = {
            key: said(column, rows[0][column]) if rows else NOTHING for key, rows in periods.items()
        }
        yield ShownRow(words, cells, words)


def _rows(
    table: FigureTable, periods: Mapping[str, list[CountedRow]], stages: Sequence[str]
) -> Iterable[ShownRow]:
    """Those of this period, and what there only was before."""
    telling = _telling(table, [row for rows in periods.values() for row in rows])
    found = {key: {_key(row, table.by): row for row in rows} for key, rows in periods.items()}
    beside = (BEFORE_KEY, EARLIER_KEY) if table.compared else ()
    for key in _in_order(table, [found[one] for one in (NOW, *beside)], stages):
        now = found[NOW].get(key)
        cells = {one: said(one, now[one]) if now else _none(one) for one in table.numbers}
        cells |= {
            one: said(table.compared, row[table.compared])
            if (row := found[one].get(key))
            else _none(table.compared)
            for one in beside
        }
        row = next(rows[key] for rows in found.values() if key in rows)
        yield ShownRow(_which(row, telling), cells, key)


def _in_order(
    table: FigureTable, every: Sequence[Mapping[str, CountedRow]], stages: Sequence[str]
) -> Iterable[str]:
    """What rows are called in every period; those broken down by one thing stand together."""
    if table.largest_first:
        return _merged(every, at_end=True)
    by, *_ = table.by
    groups = _merged(([str(row[by]) for row in rows.values()] for rows in every), at_end=False)
    return [
        key
        for group in groups
        for key in _up_the_ladder(
            table,
            [{k: r for k, r in rows.items() if str(r[by]) == group} for rows in every],
            stages,
        )
    ]


def _up_the_ladder(
    table: FigureTable, every: Sequence[Mapping[str, CountedRow]], stages: Sequence[str]
) -> list[str]:
    """Of one kind: by the stage, as the procedure has it, and what is no stage of today's as it came."""
    merged = _merged(every, at_end=False)
    column = next((one for one in table.by if one in _STAGES), "")
    if not column:
        return merged
    at = {key: str(row[column]) for rows in every for key, row in rows.items()}
    return sorted(merged, key=lambda key: [*stages, at[key]].index(at[key]))


def _merged(orders: Iterable[Iterable[str]], *, at_end: bool) -> list[str]:
    """Each once: what an earlier order lacks stands behind what it follows in its own, or at the end."""
    merged: list[str] = []
    for order in orders:
        place = 0
        for one in order:
            if one not in merged:
                merged.insert(len(merged) if at_end else place, one)
            place = merged.index(one) + 1
    return merged


def called_in(name: str, counted: Sequence[CountedRow]) -> Callable[[CountedRow], str]:
    """What a row of that measure's table is called."""
    telling = _telling(FIGURE_TABLES[name], counted)
    return lambda row: _which(row, telling)


def column_of(name: str, which: str, key: str) -> str:
    """The measure's column behind a cell of its table; nothing where alerts do not stand behind it one by one."""
    table, sql = FIGURE_TABLES[name], BEHIND.get(name, "")
    column = key
    if table.is_turned:
        found = (one for one, words in table.numbers.items() if words == which and key == NOW)
        column = next(found, "")
    return column if column in table.numbers and f" as {column}" in sql else ""


def _none(column: str) -> str:
    """Of a row that there only was before: none were counted, and of none there is no share and no middle."""
    return NOTHING if column.startswith(("per_cent", "median", "oldest")) else "0"


def _telling(table: FigureTable, rows: Sequence[CountedRow]) -> tuple[str, ...]:
    """The columns that say which row it is."""
    return tuple(
        one for one in table.by if one not in table.aside or len({row[one] for row in rows}) > 1
    )


def _which(row: CountedRow, by: Sequence[str]) -> str:
    """As it is read: what it is broken down by, then what it is of that."""
    first, *others = _values(row, by) or ["not said"]
    return capital(": ".join(filter(None, (first, ", ".join(others)))))


def _key(row: CountedRow, by: Sequence[str]) -> str:
    """By which a row is found in another year, so that it is never written otherwise."""
    return capital(", ".join(_values(row, by))) or "Not said"


def _values(row: CountedRow, by: Sequence[str]) -> list[str]:
    # A deadline is not named, so that a row's name is the same in every year.
    values = [_in_words(row[one]) for one in by if row[one] not in {None, A_DEADLINE}]
    return list(dict.fromkeys(values))


def _in_words(value: Any) -> str:
    text = str(value)
    if month := _MONTH.fullmatch(text):
        return f"{date(int(month[1]), int(month[2]), 1):%B %Y}"
    return text.replace("_", " ")


def count_in(text: str) -> int | None:
    """The count that a cell prints; None for a share, a text, and nothing."""
    digits = text.replace(",", "")
    return int(digits) if digits.isdecimal() else None


def said(column: str, value: Any) -> str:
    """A number as it is printed."""
    if value is None:
        return NOTHING
    if column.startswith("per_cent"):
        return f"{value:g}%"
    return f"{value:,}" if isinstance(value, int) else str(value)
