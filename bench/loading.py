"""Reading and checking the councils' files, which every start begins with."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.many_councils import NUMBERS, many_councils
from bench.turns import Row, in_turns, seconds, times
from practice_alerts.adapters.files.procedures import load_all

ROUNDS = 3


def measure() -> list[Row]:
    """More councils against the first few."""
    with TemporaryDirectory() as folder:
        rooms = [many_councils(Path(folder) / str(number), number) for number in NUMBERS]
        taken = in_turns(
            ROUNDS, *((lambda room=room: load_all(*room), 1) for room in rooms), of=min
        )
    few, *more = zip(NUMBERS, taken, strict=True)
    return [
        Row(
            f"Reading the files of {number} councils: to {few[0]}",
            times(took / few[1]),
            f"{seconds(took)} to {seconds(few[1])}",
        )
        for number, took in more
    ]
