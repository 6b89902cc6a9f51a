"""Which processes still run, and which of them leads: the machine lets go of a locked file however its process ends."""

import fcntl
import os
import secrets
import weakref
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock


class ProcessNames:
    """The processes that share this folder, each under a name of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def name(self) -> str:
        """This process's, from now on until it ends."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._forget_ended()
        name = secrets.token_hex(8)
        held = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        weakref.finalize(self, os.close, held)
        return name

    def has_ended(self, name: str) -> bool:
        """Whether that one is known to run no more. Of a process elsewhere, which has no file here, nothing is."""
        try:
            place = _locked(self._folder / name, os.O_RDWR)
        except OSError:
            return False
        if place is not None:
            os.close(place)
        return place is not None

    def _forget_ended(self) -> None:
        """What bears the name of one that runs no more was looked at before one begins to do anything."""
        for file in self._folder.glob("*"):
            if self.has_ended(file.name):
                with suppress(OSError):
                    file.unlink()


class OnlyOne:
    """Of the processes that share this file one at a time; another as soon as that has ended, or let go."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._place: int | None = None
        self._looking = Lock()

    def is_us(self) -> bool:
        """From now on until we let go, if it is."""
        with self._looking:
            if self._place is None:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._place = _locked(self._file, os.O_RDWR | os.O_CREAT)
            return self._place is not None

    def let_go(self) -> None:
        with self._looking:
            if self._place is not None:
                os.close(self._place)
                self._place = None


def _locked(file: Path, how: int) -> int | None:
    """Opened and held locked; None where another process holds it."""
    place = os.open(file, how, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        return None
    return place
