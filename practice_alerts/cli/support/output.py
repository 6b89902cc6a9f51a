"""How answers are printed: JSON for programs, and tables of plain text that can be read aloud."""

import json
import shlex
import shutil
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from practice_alerts.cli.support.date_options import plain
from practice_alerts.domain.text import plural

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Answer in JSON, for a program to read."
)


def echo_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=plain))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns under their headings, two spaces apart. No rules and no boxes: they are read aloud too."""
    lines = [tuple(headings), *(tuple(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headings))]
    printed = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    return "\n".join(printed)


def number(count: int, one: str) -> str:
    """`number(1, "event")` is 1 event, `number(2, "event")` 2 events."""
    return f"{count:,} {plural(count, one)}"


def as_given(command: str, *, here: Sequence[str] = ("procedures", "data")) -> str:
    """A command of ours as it can be typed here: with its folder, where the shell would not find it by name.

    `here` are those of the main options that are to be given to it as they were given to this one.
    """
    return " ".join([_program(), *_given(here), command])


def _program() -> str:
    name = "practice-alerts"
    program = Path(sysconfig.get_path("scripts")) / name
    if shutil.which(name) or not program.exists():
        return name
    return shlex.quote(from_here(program))


def from_here(file: str | Path) -> str:
    """As it can be opened from where the command was given, where that is shorter.

    From the root of the machine, where a service runs, it would be no shorter, and right there alone.
    """
    here, path = Path.cwd(), Path(file)
    is_below = here != here.parent and path.is_relative_to(here)
    return str(path.relative_to(here) if is_below else path)


def _given(options: Sequence[str]) -> Iterator[str]:
    running = click.get_current_context(silent=True)
    given = {} if running is None else running.find_root().params
    for option in options:
        if value := given.get(option):
            yield f"--{option} {shlex.quote(value)}"
