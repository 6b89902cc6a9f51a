"""`practice-alerts documents` for a hundred alerts and for a thousand: time for one, and memory at its peak.

Each runs in a process of its own, whose peak is its memory.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.memory import peak_here
from bench.turns import Row, milliseconds, timed, times
from practice_alerts import ROOT
from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from tests.helpers.product.office import open_desk

COUNCIL = "lambeth"
DAYS = {100: "Mon 2025-06-02", 1_000: "Tue 2025-06-03"}
"""How many alerts are raised on which day."""


class Made(NamedTuple):
    seconds: float
    megabytes: float


def measure() -> list[Row]:
    """A thousand against a hundred."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _raise(data)
        few, many = (_apart(data, number, Path(folder) / f"{number}.zip") for number in DAYS)
    (hundred, thousand) = DAYS
    each_few, each_many = few.seconds / hundred, many.seconds / thousand
    return [
        Row(
            f"`documents` for {thousand:,} alerts into a zip, time for one: for {hundred}",
            times(each_many / each_few),
            f"{milliseconds(each_many)} to {milliseconds(each_few)}, start and recording included",
        ),
        Row(
            f"`documents` for {thousand:,} alerts, memory at its peak: for {hundred}",
            times(many.megabytes / few.megabytes),
            f"{many.megabytes:.0f} MB to {few.megabytes:.0f} MB",
        ),
    ]


def _raise(data: Path) -> None:
    desk = open_desk(data)
    for number, day in DAYS.items():
        desk.at(day)
        for _ in range(number):
            desk.raised()
    desk.office.database.close()


def _apart(data: Path, number: int, into: Path) -> Made:
    command = [sys.executable, "-m", "bench.documents", str(data), DAYS[number][4:], str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    took, megabytes = done.stdout.split()[-2:]
    assert f"Made {number:,} documents" in done.stdout.replace(f"{number} ", f"{number:,} ")
    return Made(float(took), float(megabytes))


def _make(data: str, day: str, into: str) -> Made:
    words = ["--data", data, "documents", COUNCIL, "--from", day, "--to", day, "--into", into]

    def make() -> None:
        main(words, obj=World(), standalone_mode=False)

    return Made(timed(make), peak_here())


if __name__ == "__main__":
    print(*_make(*sys.argv[1:]))
