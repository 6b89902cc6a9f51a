"""One document and a thousand of each template, ours and by plain docxtpl: time, and memory at its peak.

Each runs in a process of its own, whose peak is its memory; beside a thousand stands the peak for one.
Plain docxtpl takes minutes.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.memory import peak_here
from bench.turns import Row, seconds, timed, times
from bench.word_templates import Template, plainly, templates
from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate

NUMBERS = (1, 1_000)


class Batch(NamedTuple):
    seconds: float
    megabytes: float


def measure() -> list[Row]:
    """For each template plain docxtpl to ours."""
    return [row for template in templates() for row in _rows(template)]


def _rows(template: Template) -> Iterator[Row]:
    (one, many) = NUMBERS
    ours = {number: _apart("ours", template, number) for number in NUMBERS}
    plain = {number: _apart("plain", template, number) for number in NUMBERS}
    yield Row(
        f"{many:,} documents of {template.name}, time: plain docxtpl to ours",
        times(plain[many].seconds / ours[many].seconds),
        f"{seconds(plain[many].seconds)} to {seconds(ours[many].seconds)}",
    )
    yield Row(
        f"{many:,} documents of {template.name}, memory: plain docxtpl to ours",
        times(plain[many].megabytes / ours[many].megabytes),
        f"{plain[many].megabytes:.0f} MB to {ours[many].megabytes:.0f} MB;"
        f" for one {plain[one].megabytes:.0f} MB to {ours[one].megabytes:.0f} MB",
    )


def _apart(way: str, template: Template, number: int) -> Batch:
    command = [sys.executable, "-m", "bench.word_batch", way, template.name, str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    took, megabytes = done.stdout.split()[-2:]
    return Batch(float(took), float(megabytes))


def _make(way: str, name: str, number: int) -> Batch:
    template = Template(name)
    context = template.context()
    made: Callable[[dict[str, Any]], bytes] = partial(plainly, template.path)
    if way == "ours":
        made = WordTemplate.read(template.path).render
    with TemporaryDirectory() as folder:

        def make() -> None:
            for place in range(number):
                (Path(folder) / f"{place}.docx").write_bytes(made(context))

        return Batch(timed(make), peak_here())


if __name__ == "__main__":
    print(*_make(sys.argv[1], sys.argv[2], int(sys.argv[3])))
