"""What a table of the alert log is made of: columns, each with its sentence, and the tables they stand in."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

ColumnType = Literal["text", "number"]

DAY_UNIT = "year-month-day"
LONDON_UNIT = "year-month-day hour:minute, London time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what it says in one sentence; `unit` where there is a number."""

    name: str
    says: str
    type: ColumnType = "text"
    unit: str = ""
    may_be_empty: bool = False

    @property
    def is_day(self) -> bool:
        return self.unit in (DAY_UNIT, LONDON_UNIT)

    @property
    def in_words(self) -> str:
        """With its unit in the sentence: Datasette's own `units` knows metres, and no working days."""
        return f"{self.says} (unit: {self.unit})" if self.unit else self.says


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names its rows; `of` is the table it belongs to, found by that table's key.

    Every column to filter or count by is in `indexed`: without an index a count over a million rows
    comes back empty and says nothing about it. Columns that a question looks at in one go are in `together`.
    """

    name: str
    title: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    of: str | None = None
    few: tuple[str, ...] = ()
    """The columns that its page shows first, where it has too many to be read across; empty: all."""
    facets: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    sort: str | None = None
    newest_first: bool = False
    hidden: bool = False

    @property
    def sortable(self) -> tuple[str, ...]:
        by_index = (*self.key, *self.indexed, *(columns[0] for columns in self.together))
        return tuple(dict.fromkeys(by_index))

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


count = partial(Column, type="number", unit="count")
day = partial(Column, unit=DAY_UNIT)
day_or_none = partial(Column, unit=DAY_UNIT, may_be_empty=True)
text_or_none = partial(Column, may_be_empty=True)
number_or_none = partial(Column, type="number", may_be_empty=True)

REFERENCE = Column("reference", "Which alert.")
STAGE_ORDER = count("stage_order", "The how-manyth stage of this alert, from 1 on.")
NUMBER = count("number", "Its place in the alert's history, from 1 on.")

each_time = partial(Table, key=(REFERENCE.name, NUMBER.name), of="alerts", newest_first=True)
"""A table with a row for each time that something happened to an alert: its columns begin with these two."""
