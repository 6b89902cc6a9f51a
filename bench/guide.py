"""Building the guide for more and more councils: how time and memory grow.

Each build runs in a process of its own, whose peak is its memory.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.many_councils import NUMBERS, many_councils
from bench.memory import peak_here
from bench.turns import Row, seconds, timed, times
from practice_alerts import ROOT

TODAY = date(2026, 1, 5)


class Build(NamedTuple):
    seconds: float
    megabytes: float
    pages: int


def measure() -> list[Row]:
    """More councils against the first few."""
    few, *more = ((number, _build_apart(number)) for number in NUMBERS)
    rows = []
    for number, build in more:
        rows += [
            Row(
                f"Guide for {number} councils, time: to {few[0]}",
                times(build.seconds / few[1].seconds),
                f"{seconds(build.seconds)} for {build.pages:,} pages"
                f" to {seconds(few[1].seconds)} for {few[1].pages}",
            ),
            Row(
                f"Guide for {number} councils, memory at its peak: to {few[0]}",
                times(build.megabytes / few[1].megabytes),
                f"{build.megabytes:,.0f} MB to {few[1].megabytes:,.0f} MB",
            ),
        ]
    return rows


def _build_apart(number: int) -> Build:
    command = [sys.executable, "-m", "bench.guide", str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    took, megabytes, pages = done.stdout.split()[-3:]
    return Build(float(took), float(megabytes), int(pages))


def _build(number: int) -> Build:
    from practice_alerts.adapters.guide.build import build_guide

    built = []
    with TemporaryDirectory() as folder:
        procedures, forms = many_councils(Path(folder), number)
        into = Path(folder) / "build"
        took = timed(lambda: built.append(build_guide(procedures, forms, into, TODAY)))
    return Build(took, peak_here(), built[0].pages)


if __name__ == "__main__":
    print(*_build(int(sys.argv[1])))
