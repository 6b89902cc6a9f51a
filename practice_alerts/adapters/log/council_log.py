"""One council's log as Datasette's `Database`: whatever a reader's address asks of it runs in a process of its own.

What Datasette asks about tables and their columns (`execute_fn`) stays in this process: its words are Datasette's
own, and the guard is on those connections too.
"""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any, Final

from practice_alerts.adapters.log.query_pool import (
    Interrupted,
    LogBroken,
    Query,
    QueryPool,
    Refused,
    UsedUp,
    which_file,
)
from practice_alerts.adapters.log.query_process import LONGEST_QUERY, MOST_CELLS, MOST_DRAWN
from practice_alerts.adapters.log.slim_imports import kept_out
from practice_alerts.domain.dates import read_day, why_no_day
from practice_alerts.domain.log.log_tables import TABLES
from practice_alerts.domain.log.measures.measure import DAYS, FROM, TO

with kept_out("numpy"):
    from datasette.database import Database, QueryInterrupted, Results
    from datasette.views.base import DatasetteError

READER: Final[ContextVar[str]] = ContextVar("reader of the log", default="")
"""Whose allowance a query is taken from: set for each request."""

AS_CSV: Final[ContextVar[bool]] = ContextVar("whether a CSV is asked for", default=False)
"""Datasette would answer a query that failed with an empty one."""

DRAWN: Final[ContextVar[bool]] = ContextVar("whether a page is drawn", default=False)


_KEYS: Final = {one.name: one.key for one in TABLES}
_FIRST_PAGE: Final = re.compile(
    r"(select ([\w\[\], ]+) from (\w+) (?:where .*)?order by [\w\[\]]+(?: desc)?)( limit \d+)",
    re.DOTALL,
)
_NO_SINGLE_ROWS: Final = re.compile(
    r"\b(distinct|group by|union|except|intersect)\b", re.IGNORECASE
)


def _in_one_order(sql: str) -> str:
    """Datasette begins a sorted table without its key and goes on by it: of rows that sort alike some would come in no page."""
    found = _FIRST_PAGE.fullmatch(sql)
    key = _KEYS.get(found[3], ()) if found else ()
    if found is None or not key or _NO_SINGLE_ROWS.search(sql):
        return sql
    if not {*key} <= {*re.findall(r"\w+", found[2])}:
        return sql
    return f"{found[1]}, {', '.join(key)}{found[4]}"


class UnfitQuery(sqlite3.OperationalError):
    """SQLite will not run what an address asks for; the message is SQLite's."""


def unfit(says: str) -> DatasetteError:
    """In Datasette's own words for it."""
    return DatasetteError(says, title="Invalid SQL", status=HTTPStatus.BAD_REQUEST)


def used_up() -> DatasetteError:
    """For whoever has nothing left of their allowance."""
    return DatasetteError(
        "Your queries have used up their time for now. Wait half a minute, and ask for less at once",
        title="Too much at once",
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )


class NamedRow(tuple[Any, ...]):  # noqa: SLOT001 - a tuple has no slots to give
    """What `sqlite3.Row` offers, without a cursor: by place, by name, and `keys()`."""

    _columns: Sequence[str]

    @classmethod
    def of(cls, columns: Sequence[str], values: Sequence[Any]) -> "NamedRow":
        row = cls(values)
        row._columns = columns
        return row

    def keys(self) -> list[str]:
        return list(self._columns)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for place, name in enumerate(self._columns):
            if name.lower() == key.lower():
                return super().__getitem__(place)
        raise IndexError(f"no column {key}")


class CouncilLog(Database):  # type: ignore[misc] # Datasette has no types
    def __init__(self, datasette: Any, path: str, pool: QueryPool) -> None:
        super().__init__(datasette, path)
        self._pool = pool
        self._own = threading.local()

    async def execute_fn(self, fn: Any) -> Any:
        """On this thread's connection, opened anew where the file was replaced: an open one goes on reading the old."""

        def in_thread() -> Any:
            file = which_file(self.path)
            if getattr(self._own, "file", None) != file:
                self._own.connection = self.connect()
                self.ds._prepare_connection(self._own.connection, self.name)  # noqa: SLF001 - as Datasette does it
                self._own.file = file
            return fn(self._own.connection)

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)

    async def execute(  # noqa: PLR0917 - Datasette's own signature
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,  # noqa: FBT001, FBT002 - Datasette's own signature
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,  # noqa: ARG002, FBT001, FBT002 - no query is written down
    ) -> Any:
        longest = self.ds.sql_time_limit_ms
        limit = max(1, min(custom_time_limit or longest, longest))
        most = self._most(page_size) if truncate else None
        query = Query(
            _in_one_order(sql),
            _with_days(_plain(params)),
            limit / 1000,
            most,
            MOST_DRAWN if DRAWN.get() else MOST_CELLS,
        )
        found = await self._found(query)
        if found["more"] and AS_CSV.get() and truncate and page_size is None:
            raise unfit(
                f"More than {most:,} rows came, and a file of a query holds no more: narrow it down, or take the"
                " rows away from the page of a table, which gives all of them"
            )
        columns = found["columns"]
        rows = [NamedRow.of(columns, values) for values in found["rows"]]
        return Results(rows, found["more"], tuple((name,) for name in columns))

    def _most(self, page_size: int | None) -> int:
        """A table's page asks for one row more than it shows, to know whether there is a next page."""
        most: int = self.ds.max_returned_rows
        return most + 1 if most == (page_size or self.ds.page_size) else most

    async def _found(self, query: Query) -> dict[str, Any]:
        try:
            _must_fit(query)
            return await self._pool.rows(self.path, READER.get(), query)
        except Interrupted as fault:
            raise QueryInterrupted(fault, query.sql, query.params) from fault
        except Refused as fault:
            if AS_CSV.get() and query.most is not None:
                raise unfit(str(fault)) from fault
            raise UnfitQuery(str(fault)) from fault
        except UsedUp as fault:
            raise used_up() from fault
        except LogBroken as fault:
            raise RuntimeError(f"The log {self.path} cannot be read: {fault}") from fault

    async def attached_databases(self) -> list[Any]:
        """None: nothing can be attached, and the question would tell where the file lies."""
        return []


def _plain(params: Any) -> Sequence[Any] | dict[str, Any]:
    if isinstance(params, Mapping):
        return dict(params)
    return list(params or ())


def _with_days(params: Sequence[Any] | dict[str, Any]) -> Sequence[Any] | dict[str, Any]:
    """The days that a measure asks for as SQLite compares them. Raises a DatasetteError for what is no day."""
    if not isinstance(params, dict):
        return params
    days: dict[str, str] = {}
    for name, label in DAYS.items():
        typed = str(params.get(name) or "").strip()
        day = read_day(typed)
        if typed and day is None:
            raise _no_day(f"{label}: {why_no_day(typed).rstrip('.')}. Nothing was counted")
        days |= {name: day.isoformat() if day else ""} if name in params else {}
    since, until = days.get(FROM), days.get(TO)
    if since and until and since > until:
        raise _no_day(f"{DAYS[TO]} must not be before {DAYS[FROM]}. Nothing was counted")
    return {**params, **days}


def _no_day(says: str) -> DatasetteError:
    return DatasetteError(says, title="No such day", status=HTTPStatus.BAD_REQUEST)


def _must_fit(query: Query) -> None:
    if len(query.sql) > LONGEST_QUERY:
        raise Refused("query string is too large")
