"""Whether the store is still the one that was opened: its files, and what its witness saw."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, event

from practice_alerts.domain.errors import Storage, StorageTrouble

_Place = tuple[int, int]


class SameStore:
    """SQLite goes on with files that are gone, and whatever it writes into them is gone with them.

    So they are looked at before and after each writing, and before another connection is opened: that would find
    the new file, or make an empty one.
    """

    def __init__(self, engine: Engine, files: Callable[[], tuple[Path, ...]]) -> None:
        self.is_as_witnessed = True
        self._files = files
        self._opened: Mapping[Path, _Place] = {}
        self._connections = 0
        event.listen(engine, "do_connect", lambda *_: self.must_be_there())
        event.listen(engine, "connect", lambda *_: self._one_more())
        event.listen(engine, "close", lambda *_: self._one_less())

    def must_be_there(self) -> None:
        """Raises StorageTrouble where a file was taken away, or another put in its place."""
        if any(_place(file) != was for file, was in self._opened.items()):
            raise StorageTrouble(Storage.REPLACED)

    def must_be_the_one(self) -> None:
        """The same, and where its witness has seen another. Raises StorageTrouble."""
        self.must_be_there()
        if not self.is_as_witnessed:
            raise StorageTrouble(Storage.REPLACED)

    def _one_more(self) -> None:
        self._connections += 1
        if self._connections == 1:
            found = {file: _place(file) for file in self._files()}
            self._opened = {file: place for file, place in found.items() if place}

    def _one_less(self) -> None:
        self._connections -= 1
        if not self._connections:  # nothing is held: the next one finds what is there then
            self._opened = {}


def _place(file: Path) -> _Place | None:
    with suppress(OSError):
        found = file.stat()
        return found.st_dev, found.st_ino
    return None
