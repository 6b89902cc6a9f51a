"""The witness: a file outside the store, only ever added to, that says how far the store went.

A line is a JSON object. What a crash left half written is no line.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Any

from practice_alerts.domain.errors import Expected, Storage, StorageTrouble

_OWNER_ALONE = 0o600
_TAIL = 65536  # bytes; a line has some hundred, and a few for each council and year


class WitnessUnreadable(Expected):
    """The file is there, and no line of it can be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The witness in {file} cannot be read, so nothing says how far the store went. Put back what"
            " was there; if there is nothing to put back, move the file aside."
        )


class WitnessNotTold(StorageTrouble):
    """What was recorded is recorded; the witness does not know of it yet."""

    def __init__(self, file: Path, error: OSError) -> None:
        what = Storage.FULL if error.errno in {ENOSPC, EDQUOT, EFBIG} else Storage.READ_ONLY
        super().__init__(
            what,
            f"The witness in {file} could not be told how far the store is ({error.strerror}). What was recorded is"
            " recorded. Let the file be written to; until then nobody would notice that an older store was put back.",
        )


@dataclass(frozen=True, slots=True)
class WitnessLine:
    """How far a store had come. `store` names it; `seal` and `mac` are its last seal."""

    store: str
    event: int
    hash: str
    seal: int
    mac: str
    references: Mapping[str, int]
    """The last number given, by prefix and year."""
    at: str
    destroyed: tuple[str, ...] = ()
    """The ids of alerts that were destroyed since the line before."""
    redacted: tuple[int, ...] = ()
    """The events of the chain that were redacted since."""
    taken: tuple[Mapping[str, Any], ...] = ()
    """What was taken out of which of them since, by the event's hash: where it stood, and nothing of what it said."""
    besides: tuple[Mapping[str, Any], ...] = ()
    """By which events since something was closed to somebody, or taken out beside figures: ids, choices and places."""
    boot: str = ""
    """Of which start of the machine it was told."""
    began: str = ""
    """When that start was, by the clock that was believed then."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """By whom and why, where somebody went on with a store that had parted from the line before."""


class Witness:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "witness.jsonl"

    def last(self) -> WitnessLine | None:
        """The last whole line; None where there is no file. Raises WitnessUnreadable."""
        try:
            found = self._last()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WitnessUnreadable(self.file) from error
        if found is None:
            raise WitnessUnreadable(self.file)
        return found

    def _last(self) -> WitnessLine | None:
        """From its end on, further and further back until there is one: a line is as long as what it tells."""
        size, tail = self.file.stat().st_size, _TAIL
        while True:
            with self.file.open("rb") as file:
                file.seek(max(0, size - tail))
                found = next(filter(None, map(_read, reversed(file.read().splitlines()))), None)
            if found is not None or tail >= size:
                return found
            tail *= 4

    def lines(self) -> Iterator[WitnessLine]:
        """Every whole line, the earliest first."""
        if self.file.exists():
            with self.file.open("rb") as file:
                yield from filter(None, map(_read, file))

    def write(self, line: WitnessLine) -> None:
        """Added at the end, and on the disk before this returns. Raises WitnessNotTold."""
        try:
            self._add(line)
        except OSError as error:
            raise WitnessNotTold(self.file, error) from error

    def _add(self, line: WitnessLine) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(asdict(line), separators=(",", ":"), sort_keys=True)
        place = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, _OWNER_ALONE)
        with os.fdopen(place, "r+b") as file:
            end = file.seek(0, os.SEEK_END)
            torn = end > 0 and os.pread(place, 1, end - 1) != b"\n"
            file.write(b"\n" * torn + text.encode() + b"\n")
            file.flush()
            os.fsync(place)

    def lies_with(self, store: Path) -> bool:
        """On the volume of the store: what takes one away takes the other."""
        here = next(one for one in (self.folder, *self.folder.parents) if one.exists())
        there = next(one for one in (store, *store.parents) if one.exists())
        return here.stat().st_dev == there.stat().st_dev


def _read(line: bytes) -> WitnessLine | None:
    """None for what is no whole line, or was never written as one."""
    with suppress(ValueError, TypeError):
        found = WitnessLine(**json.loads(line))
        for moment in filter(None, (found.at, found.began)):
            datetime.fromisoformat(moment)
        return found
    return None
