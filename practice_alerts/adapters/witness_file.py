"""The witness: a file outside the store, only ever added to, that says how far the store went.

A line is a JSON object, with a proof under the key of the seals. What a crash left half written is no line.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from practice_alerts.adapters.keys import SealKey, SealKeys
from practice_alerts.domain.alert.hash_chain import keyed
from practice_alerts.domain.errors import Expected, Storage, StorageTrouble

_OWNER_ALONE = 0o600
_HIGHEST = 2**63 - 1  # that a store counts to
_BLOCK = 65536  # bytes; a line has some hundred, and a few for each council and year


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
    after: str = ""
    """The proof of the line since which it says what is gone; empty of one that says all that ever was."""
    key: str = ""
    """Of the seals, by its id, under which it was written; empty of lines from before there were proofs."""
    proof: str = ""

    def expected(self, key: SealKey) -> str:
        """Of all that it says; a field that came later and says nothing changes none."""
        said = {name: one for name, one in asdict(self).items() if one and name != "proof"}
        return keyed(key.secret, "witness", said)


@dataclass(frozen=True, slots=True)
class Amiss:
    forged: int
    """Lines that nobody wrote who has the key."""
    is_missing: bool = False
    """Is a line gone that a later one names, and others from before it are there?"""


class Witness:
    def __init__(self, folder: Path, keys: SealKeys | None = None) -> None:
        """Without keys nothing that it says is proved, nor what is added."""
        self.folder = folder
        self.file = folder / "witness.jsonl"
        self._keys = keys

    def last(self) -> WitnessLine | None:
        """The last whole line; None where there is no file. Raises WitnessUnreadable."""
        try:
            with self.file.open("rb") as file:
                found = next(_latest_first(file), None)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WitnessUnreadable(self.file) from error
        if found is None:
            raise WitnessUnreadable(self.file)
        return found

    def latest_first(self) -> Iterator[tuple[WitnessLine, bool]]:
        """Every whole line, and whether it is proved: under today's key, and named by the proved line after it.

        So neither what somebody else wrote is, nor what they put elsewhere or brought from a copy of the store.
        """
        key, named = self._key(), None
        if not self.file.exists():
            return
        with self.file.open("rb") as file:
            for line in _latest_first(file):
                is_named = named is None or line.proof == named
                is_proved = is_named and _is_of(line, key)
                named = line.after if is_proved else named
                yield line, is_proved

    def last_proved(self) -> WitnessLine | None:
        if not self.could_prove():
            return None
        return next((line for line, is_proved in self.latest_first() if is_proved), None)

    def could_prove(self) -> bool:
        """Is there a key?"""
        return self._key() is not None

    def amiss(self, most: int | None = None) -> Amiss:
        """Of the last lines, since a person went on by name.

        Lines from before there were proofs are nothing amiss, nor those of a key that is not here.
        """
        key, known = self._key(), self._keys.known() if self._keys else {}
        bare = forged = beside = read = 0
        named = ""
        for line, is_proved in islice(self.latest_first(), most):
            read += 1
            if is_proved:
                forged, bare, beside, named = forged + bare, 0, 0, line.after
                if line.accepted:
                    return Amiss(forged)
            elif not line.key:
                bare += 1
            elif line.key in known:
                forged += not _is_of(line, known[line.key])
                beside += _is_of(line, key)
        return Amiss(forged, is_missing=bool(named and beside) and read != most)

    def _key(self) -> SealKey | None:
        return self._keys.current() if self._keys else None

    def lines(self) -> Iterator[WitnessLine]:
        """Every whole line, the earliest first."""
        if self.file.exists():
            with self.file.open("rb") as file:
                yield from filter(None, map(_read, file))

    def write(self, line: WitnessLine) -> None:
        """Added at the end, with its proof, and on the disk before this returns. Raises WitnessNotTold."""
        key = self._key()
        named = replace(line, key=key.id if key else "", proof="")
        try:
            self._add(replace(named, proof=named.expected(key)) if key else named)
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
    with suppress(ValueError, TypeError, AttributeError):
        found = WitnessLine(**json.loads(line))
        for moment in filter(None, (found.at, found.began)):
            datetime.fromisoformat(moment)
        return found if _is_as_written(found) else None
    return None


def _is_of(line: WitnessLine, key: SealKey | None) -> bool:
    return key is not None and line.key == key.id and line.proof == line.expected(key)


def _latest_first(file: BinaryIO) -> Iterator[WitnessLine]:
    """Whole lines, from its end as it is now."""
    at, size, rest = file.seek(0, os.SEEK_END), _BLOCK, b""
    while at:
        begin = max(0, at - size)
        file.seek(begin)
        rest, *lines = (file.read(at - begin) + rest).split(b"\n")
        at, size = begin, _BLOCK if lines else size * 2
        yield from filter(None, map(_read, reversed(lines)))
    yield from filter(None, map(_read, [rest]))


def _is_as_written(line: WitnessLine) -> bool:
    """Of the types that are read from it: whoever adds to the file need not keep to them."""
    numbers: tuple[object, ...] = (line.event, line.seal, *line.references.values())
    lists: tuple[object, ...] = (line.destroyed, line.redacted, line.taken, line.besides)
    return all(isinstance(one, int) and 0 <= one <= _HIGHEST for one in numbers) and all(
        isinstance(one, list | tuple) for one in lists
    )
