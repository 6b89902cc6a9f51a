"""Queries in processes of their own: one that will not end is killed, and nobody else waits for it.

A reader has one query running at a time, and an allowance of computing time that fills up again. A council's
readers share as many processes as there may be readers at once; another council has its own.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from practice_alerts.adapters.log import query_process
from practice_alerts.adapters.log.query_process import GRACE, length_of, packed, unpacked_answer

AT_ONCE: Final = 8
"""Queries of one council's readers that run at the same time."""

ALLOWANCE: Final = 20.0
REFILL: Final = 0.5
"""Seconds of computing that a reader may use in one go, and what comes back of it in each second."""

_TO_DRAW: Final = 5e-6  # seconds for a cell, during which the server does nothing else
_KEPT: Final = 2  # processes that wait for a council's next query
_IDLE: Final = 300.0  # seconds, after which they end
_ENVIRONMENT: Final = (
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)  # what Python may need; no secret of ours


class Interrupted(Exception):  # noqa: N818 - says what happened
    """The query took too long, and perhaps its process was killed for it."""


class Refused(Exception):  # noqa: N818 - says what happened
    """SQLite will not run the query, and says why."""


class LogBroken(Exception):  # noqa: N818 - says what happened
    """The log cannot be read: no fault of the query."""


class UsedUp(Exception):  # noqa: N818 - says what happened
    """The reader's allowance is spent for now."""


_FAILURES: Final = {"interrupted": Interrupted, "refused": Refused, "broken": LogBroken}


@dataclass(frozen=True, slots=True)
class Query:
    """`most`: how many rows are wanted; None for all."""

    sql: str
    params: Sequence[Any] | dict[str, Any]
    seconds: float
    most: int | None
    cells: int = query_process.MOST_CELLS


def which_file(path: str) -> tuple[int, int]:
    """Another one where the file was replaced; what was opened before goes on with the one that is gone."""
    try:
        found = Path(path).stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


@dataclass(slots=True)
class _Reader:
    now: Callable[[], float]
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    left: float = ALLOWANCE
    seen: float = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.now()

    def has_time(self) -> bool:
        now = self.now()
        self.left = min(ALLOWANCE, self.left + (now - self.seen) * REFILL)
        self.seen = now
        return self.left > 0

    def spend(self, seconds: float) -> None:
        self.left -= seconds


class QueryPool:
    """For all logs together, within one event loop. `stop` may be called from anywhere, at any time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._readers: dict[str, _Reader] = defaultdict(lambda: _Reader(now))
        self._councils: dict[str, _Council] = {}

    async def rows(self, log: str, reader: str, query: Query) -> dict[str, Any]:
        """Give columns, rows and whether there are more; else one of this module's exceptions."""
        council = self._councils.setdefault(log, _Council(log))
        who = self._readers[reader]
        async with who.alone:
            if not who.has_time():
                raise UsedUp
            async with council.process() as process:
                found = await _timed(process, who, query)
        if failed := found.get("failed"):
            raise _FAILURES[failed](found["says"])
        return found

    def has_time(self, reader: str) -> bool:
        """Whether anything is left of the reader's allowance."""
        return self._readers[reader].has_time()

    def stop(self) -> None:
        """Kill what runs, at once."""
        for council in self._councils.values():
            council.stop()


async def _timed(process: "_Process", who: _Reader, query: Query) -> dict[str, Any]:
    try:
        found = await process.answer(query)
    except (Interrupted, LogBroken):
        who.spend(query.seconds + GRACE)
        raise
    cells = len(found.get("columns", ())) * len(found.get("rows", ()))
    who.spend(found["spent"] + cells * _TO_DRAW)
    return found


class _Council:
    def __init__(self, log: str) -> None:
        self._log = log
        self._room = asyncio.Semaphore(AT_ONCE)
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()

    @asynccontextmanager
    async def process(self) -> AsyncIterator["_Process"]:
        """One for this query alone; it is used again unless it was killed."""
        async with self._room:
            process = self._waiting() or await _Process.start(self._log)
            self._busy.add(process)
            try:
                yield process
            except BaseException:
                process.kill()
                raise
            finally:
                self._busy.discard(process)
            self._put_back(process)

    def _waiting(self) -> "_Process | None":
        while self._idle:
            process = self._idle.pop()
            process.is_wanted()
            if process.lives() and process.file == which_file(self._log):
                return process
            process.kill()
        return None

    def _put_back(self, process: "_Process") -> None:
        if len(self._idle) >= _KEPT or not process.lives():
            process.kill()
            return
        self._idle.append(process)
        process.end_unless_wanted(self._ended)

    def _ended(self, process: "_Process") -> None:
        self._idle.remove(process)
        process.kill()

    def stop(self) -> None:
        for process in (*self._busy, *self._idle):
            process.kill()
        self._idle.clear()


class _Process:
    def __init__(
        self,
        popen: subprocess.Popen[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        file: tuple[int, int],
    ) -> None:
        self.file = file
        self._popen = popen
        self._reader = reader
        self._writer = writer
        self._end: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, log: str) -> "_Process":
        file = which_file(log)
        ours, its = socket.socketpair()
        with its:
            popen = subprocess.Popen(  # noqa: ASYNC220, S603 - our own file; it returns at once
                [sys.executable, "-I", "-S", query_process.__file__, log],
                stdin=its.fileno(),
                stdout=its.fileno(),
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,  # a Ctrl-C is for the server
            )
        return cls(popen, *await asyncio.open_connection(sock=ours), file)

    async def answer(self, query: Query) -> dict[str, Any]:
        asked = {
            "sql": query.sql,
            "params": query.params,
            "seconds": query.seconds,
            "most": query.most,
            "cells": query.cells,
        }
        try:
            async with asyncio.timeout(query.seconds + GRACE):
                self._writer.write(packed(asked))
                head = await self._reader.readexactly(4)
                return unpacked_answer(await self._reader.readexactly(length_of(head)))
        except TimeoutError as fault:
            raise Interrupted("interrupted") from fault
        except (asyncio.IncompleteReadError, ConnectionError) as fault:
            if self._popen.wait() < 0:  # by its own alarm, or by the machine for want of memory
                raise Interrupted("interrupted") from fault
            raise LogBroken(f"the process for {self._popen.args!r} ended by itself") from fault

    def lives(self) -> bool:
        return self._popen.poll() is None and not self._reader.at_eof()

    def end_unless_wanted(self, end: Callable[["_Process"], None]) -> None:
        self._end = asyncio.get_running_loop().call_later(_IDLE, end, self)

    def is_wanted(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None

    def kill(self) -> None:
        self.is_wanted()
        self._popen.kill()
        self._popen.wait()
        self._writer.transport.abort()
