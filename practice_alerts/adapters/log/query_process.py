"""Run as a program: a process that puts one reader's queries to one log, and may be killed at any moment.

The guard on a connection stands here too, since both sides of the pipe need it. Nothing but the standard
library is imported, so that a process is there within some twenty milliseconds.
"""

import base64
import json
import signal
import sqlite3
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Final

# A value, and with it a row that is sorted or kept, is at most this many bytes. The log's longest text is one line.
LONGEST_VALUE: Final = 20_000
LONGEST_QUERY: Final = 20_000
MOST_BYTES: Final = 4_000_000
MOST_CELLS: Final = 28_000
"""What comes back at most: a thousand rows of the widest table. While a page is drawn everybody waits."""

MOST_DRAWN: Final = 9_000
"""The same for a page that is drawn cell by cell; CSV and JSON are quicker made."""

GRACE: Final = 0.5
"""Seconds past its limit, after which a query that does not look at the clock is killed with its process."""

_MEMORY: Final = 100_000_000
_LOOK_EVERY: Final = 1000  # steps of SQLite's machine
_LENGTH: Final = struct.Struct(">I")

_LIMITS: Final = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LONGEST_QUERY,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 50_000,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

# Reading, and what reading needs. ATTACH would open any other file that the process may read.
_READING: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_PRAGMA,
    }
)

# What says something about tables, and neither where the file lies nor how it is kept.
_PRAGMAS: Final = frozenset(
    {"foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_xinfo"}
)
_VIRTUAL: Final = ("json_each", "json_tree", *sorted(f"pragma_{name}" for name in _PRAGMAS))
_TABLES_OF_SQLITE: Final = frozenset({"sqlite_master", "sqlite_schema", *_VIRTUAL})

# By their names within SQLite. Left out on purpose: printf and format, whose width and precision are worked
# off before any limit is looked at; zeroblob and randomblob, which make length out of a number; whatever
# loads, names files or tells of the machine.
_ALLOWED: Final = """
-> ->> abs char coalesce concat concat_ws glob hex if ifnull iif instr length like likelihood likely lower
ltrim nullif octet_length quote random replace round rtrim sign soundex substr substring trim typeof
unhex unicode unistr unlikely upper
avg count group_concat max median min percentile percentile_cont percentile_disc string_agg sum total
cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
current_date current_time current_timestamp date datetime julianday strftime time timediff unixepoch
acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi
pow power radians sin sinh sqrt tan tanh trunc
json json_array json_array_length json_error_position json_extract json_group_array json_group_object
json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type
json_valid
"""
FUNCTIONS: Final = frozenset(_ALLOWED.split())


class TooMuch(Exception):  # noqa: N818 - says what is wrong
    """More came back than a page shows, or a program should ask for in one go."""


_FAULTS: Final = (
    *(sqlite3.Error, sqlite3.Warning, TooMuch, MemoryError, OverflowError),
    *(ValueError, TypeError),  # what no text of SQLite's can hold, such as half a character
)


def guard(connection: sqlite3.Connection) -> None:
    """Let a connection read this one file, in reasonable pieces, and nothing else."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for virtual in _VIRTUAL:  # the first look makes it, which nobody may do afterwards
        connection.execute(f"SELECT 1 FROM {virtual} LIMIT 0").fetchall()  # noqa: S608 - our own names
    for what, most in _LIMITS.items():
        connection.setlimit(what, most)
    connection.set_authorizer(_only_reading(tables | _TABLES_OF_SQLITE))


def _only_reading(tables: frozenset[str] | set[str]) -> Callable[..., int]:
    known = {name.lower() for name in tables}

    def judge(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        return sqlite3.SQLITE_OK if may(action, first, second) else sqlite3.SQLITE_DENY

    def may(action: int, first: str | None, second: str | None) -> bool:
        if action == sqlite3.SQLITE_FUNCTION:  # its name is the second argument
            return second in FUNCTIONS
        if action == sqlite3.SQLITE_PRAGMA:
            return first in _PRAGMAS
        if (
            action == sqlite3.SQLITE_READ
        ):  # without a column it only counts, and WITH's own names come so
            return not second or (first or "").lower() in known
        return action in _READING

    return judge


def opened(path: str) -> sqlite3.Connection:
    """One log, for reading; what a query has to put by goes into memory, never onto the disk."""
    connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = lambda text: str(text, "utf-8", "replace")
    connection.execute("PRAGMA temp_store = MEMORY")
    guard(connection)
    return connection


def answer(connection: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
    """The rows, or why there are none: `interrupted`, `refused` (the query's fault), `broken` (ours)."""
    began = time.process_time()
    until = time.monotonic() + asked["seconds"]
    connection.set_progress_handler(lambda: time.monotonic() > until, _LOOK_EVERY)
    try:
        found = _rows(connection, asked)
    except _FAULTS as fault:
        found = {"failed": _kind(fault), "says": str(fault) or "out of memory"}
    return found | {"spent": time.process_time() - began}


def _rows(connection: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
    # A cursor left open would keep the write-ahead file, and old lines in it, from being emptied.
    with closing(connection.cursor()) as cursor:
        cursor.execute(asked["sql"], asked["params"])
        columns = [column[0] for column in cursor.description or ()]
        rows = list(_counted(cursor, asked["most"], asked.get("cells", MOST_CELLS)))
    most = asked["most"]
    more = most is not None and len(rows) > most
    return {"columns": columns, "rows": rows[:most], "more": more}


def _counted(cursor: sqlite3.Cursor, most: int | None, fit: int) -> Iterator[tuple[Any, ...]]:
    """One row more than may be shown tells that there are more."""
    cells = size = 0
    for number, row in enumerate(cursor, start=1):
        cells += len(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if cells > fit or size > MOST_BYTES:
            raise TooMuch("more than a page can show: ask for fewer columns or rows")
        yield row
        if most is not None and number > most:
            return


def _kind(fault: BaseException) -> str:
    code = getattr(fault, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_INTERRUPT:
        return "interrupted"
    ours = {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
    }
    return "broken" if code is not None and code & 0xFF in ours else "refused"


def packed(what: dict[str, Any]) -> bytes:
    """One message of the pipe: its length, and JSON."""
    body = json.dumps(what, default=_plain, separators=(",", ":")).encode()
    return _LENGTH.pack(len(body)) + body


def length_of(head: bytes) -> int:
    """How much follows the first four bytes."""
    (length,) = _LENGTH.unpack(head)
    return int(length)


def unpacked(body: bytes) -> dict[str, Any]:
    """What was asked: names and texts alone, whatever they are."""
    found: dict[str, Any] = json.loads(body)
    return found


def unpacked_answer(body: bytes) -> dict[str, Any]:
    """An answer as it was packed, its bytes as bytes again: no cell of a row is anything else with names."""
    found: dict[str, Any] = json.loads(body, object_hook=_as_it_was)
    return found


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return str(value)


def _as_it_was(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["base64"]) if list(found) == ["base64"] else found


def serve(
    path: str, asking: BinaryIO, answering: BinaryIO, alarm: Callable[[float], object]
) -> None:
    """Answer one query after another, until nobody is left to ask."""
    with closing(opened(path)) as connection:
        while head := asking.read(_LENGTH.size):
            asked = unpacked(asking.read(length_of(head)))
            alarm(asked["seconds"] + GRACE)
            answering.write(packed(answer(connection, asked)))
            answering.flush()
            alarm(0)


def _kill_yourself_in(seconds: float) -> None:
    """Should nobody be there any more to do it: SQLite looks at no clock within one function."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # The limit holds for the whole process, whichever connection sets it.
    with closing(sqlite3.connect(":memory:")) as any_connection:
        any_connection.execute(f"PRAGMA hard_heap_limit = {_MEMORY}")
    with open(0, "rb") as asking, open(1, "wb") as answering:
        serve(sys.argv[1], asking, answering, _kill_yourself_in)
