"""`make bench`: measures everything here, one subject after another, and prints one table.

make bench                           everything; thousands of documents and many councils take minutes
make bench ARGS=--quick              all but those
make bench ARGS="raising loading"    these alone
"""

import argparse
import os
import platform
import sqlite3
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module

from bench.turns import Row

QUICK = (
    "word_document",
    "documents",
    "raising",
    "form_page",
    "log_delay",
    "start",
    "loading",
    "rights",
)
SUBJECTS = (*QUICK, "lists", "list_verbs", "log_size", "guide", "word_batch")
"""Files beside this one; what takes minutes comes last."""

_WHAT, _FIGURE = 88, 9


def main() -> None:
    """Print each subject's rows as soon as they are there."""
    asked = _asked()
    print(f"Measured with {_machine()}. One run, sides in turns; × is a ratio.\n")
    for subject in asked:
        measure: Callable[[], list[Row]] = import_module(f"bench.{subject}").measure
        for row in measure():
            print("\n".join(_lines(row)), flush=True)


def _asked() -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    given = parser.parse_args()
    if unknown := sorted(set(given.subjects) - set(SUBJECTS)):
        parser.error(f"there is no {', '.join(unknown)}; there are: {', '.join(SUBJECTS)}")
    wanted = given.subjects or SUBJECTS
    return [name for name in wanted if name in QUICK or not given.quick]


def _machine() -> str:
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    return f"{os.cpu_count()} cores, {platform.system()}, Python {python}, SQLite {sqlite}"


def _lines(row: Row) -> Iterator[str]:
    first, *rest = textwrap.wrap(row.what, _WHAT)
    yield f"{row.figure:>{_FIGURE}}  {first}"
    for line in (*rest, *textwrap.wrap(row.note, _WHAT - 2)):
        yield " " * (_FIGURE + 4) + line


if __name__ == "__main__":
    main()
