"""Whether the store is still the one that was opened: its files, and what its witness saw."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from practice_alerts.adapters.store.engines import Dialect
from practice_alerts.domain.errors import Storage, StorageTrouble

_Place = tuple[int, int]
_READ_THROUGH = "read_through"


class SameStore:
    """SQLite goes on with files that are gone, and whatever it writes into them is gone with them.

    So they are looked at before and after each writing, and before another connection is opened: that would find
    the new file, or make an empty one. Where one is written over in its place, it goes on by what it remembers of
    it; then the store is read through anew, as soon as it shows that somebody else has written.
    """

    def __init__(self, engine: Engine, dialect: Dialect, at: URL) -> None:
        self.is_as_witnessed = True
        self._dialect, self._at = dialect, at
        self._opened: Mapping[Path, _Place] = {}
        self._written = (0, 0)
        self._is_written_over = False
        self._connections = self._times_read_through = 0
        event.listen(engine, "do_connect", lambda *_: self.must_be_there())
        event.listen(engine, "connect", lambda *_: self._one_more())
        event.listen(engine, "checkout", lambda one, record, _: self._read_anew(one, record.info))
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

    def must_be_sound(self, tx: Connection) -> None:
        """The same, and where a file was written over and does not hold together. Raises StorageTrouble."""
        self.must_be_there()
        if not self._may_be_written_over():
            return
        written, is_sound = self._last_written(), False
        try:
            is_sound = self._dialect.is_sound(tx)
        finally:
            self.is_as_witnessed &= is_sound
        if not is_sound:
            raise StorageTrouble(Storage.REPLACED)
        self._times_read_through += 1
        self._written, self._is_written_over = written, False

    @contextmanager
    def ours(self) -> Iterator[None]:
        """What is written meanwhile is ours."""
        self._is_written_over = self._may_be_written_over()
        yield
        self._written = self._last_written()

    def _may_be_written_over(self) -> bool:
        """By somebody else, if only by another process of ours."""
        (before, longest), (now, length) = self._written, self._last_written()
        return self._is_written_over or before != now or length < longest

    def _last_written(self) -> tuple[int, int]:
        """When the store itself was, which SQLite does now and then, and how long is what is not yet in it."""
        try:
            store, beside, *_ = (file.stat() for file in self._opened)
        except (OSError, ValueError):
            return self._written
        return store.st_mtime_ns, beside.st_size

    def _read_anew(self, connection: DBAPIConnection, known: dict[str, int]) -> None:
        """Any of the others may remember what stood there meanwhile."""
        if known.get(_READ_THROUGH, 0) != self._times_read_through:
            self._dialect.remember_nothing(connection)
            known[_READ_THROUGH] = self._times_read_through

    def _one_more(self) -> None:
        self._connections += 1
        if self._connections == 1:
            found = {file: _place(file) for file in self._dialect.must_stay(self._at)}
            self._opened = {file: place for file, place in found.items() if place}
            self._written, self._is_written_over = self._last_written(), False

    def _one_less(self) -> None:
        self._connections -= 1
        if not self._connections:  # nothing is held: the next one finds what is there then
            self._opened = {}


def _place(file: Path) -> _Place | None:
    with suppress(OSError):
        found = file.stat()
        return found.st_dev, found.st_ino
    return None
