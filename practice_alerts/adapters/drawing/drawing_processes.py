"""The processes that draw: begun, begun again when one ends, and ended with the one that answers."""

import hashlib
import json
import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import Any, Final, NamedTuple, Protocol

from practice_alerts.adapters.drawing import handing
from practice_alerts.domain.errors import Expected

_LONGEST_START: Final = 120.0  # seconds, on a busy machine
_LONGEST_END: Final = 14.0  # seconds: those who still type have their last run
_FIRST_PAUSE: Final = (
    0.3  # seconds until one is begun again; each time twice as long while they end as they begin
)
_LONGEST_PAUSE: Final = 30.0
_SOUND: Final = 60.0  # seconds: one that ran so long has begun well
_LONGEST_ANSWER: Final = 10.0  # seconds, for a file
_ASKED_EVERY: Final = 10.0  # seconds: whether one still answers anything at all
_LONGEST_SILENCE: Final = 30.0  # seconds, after which it never will
_STRANGER: Final = [("host", "app")]
_BEFORE_ASKED_AGAIN: Final = 1.0  # seconds, where it takes nothing just now

_log = logging.getLogger(__name__)


class CannotDraw(Expected):
    """No process that draws can be had at the start."""


class NobodyDraws(Exception):  # noqa: N818 - says what is missing
    """None of them can now; it passes within seconds."""


class Relayed(NamedTuple):
    """The answer of one of them to a request."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Draws(Protocol):
    """Whoever draws the app's pages, as the process that answers knows them."""

    def hand(self, person_id: str, connection: int, head: bytes) -> bool:
        """Give a connection away with what was read from it; false where nobody takes it."""
        ...

    def ask(
        self, person_id: str, method: str, target: str, headers: Sequence[tuple[str, str]]
    ) -> Relayed:
        """What the one that draws for this person answers. Raises NobodyDraws."""
        ...

    def at_work(self) -> tuple[int, int]:
        """How many draw now, and how many are to."""
        ...


class _Process:
    """One of them, from its beginning to its end."""

    def __init__(self, module: str, told: bytes) -> None:
        """Raises OSError."""
        self._control, its = handing.pair()
        with its:
            self._popen = subprocess.Popen(  # noqa: S603 - our own module
                # -P: whatever lies in the folder it was started in is no part of it
                [sys.executable, "-P", "-m", module, str(its.fileno())],
                stdin=subprocess.PIPE,
                pass_fds=[its.fileno()],
                start_new_session=True,  # a Ctrl-C is for the one that answers
            )
        self._began = time.monotonic()
        with suppress(BrokenPipeError):
            self._tell(told)

    def _tell(self, told: bytes) -> None:
        if (given := self._popen.stdin) is not None:
            with given:
                given.write(told)

    def becomes_ready(self) -> bool:
        """False where it ended instead."""
        self._control.settimeout(_LONGEST_START)
        try:
            return handing.hears_ready(self._control)
        except OSError:
            return False
        finally:
            self._control.settimeout(None)

    def ended(self) -> str:
        """Waits for it, and says how; where it goes on and answers nothing, it is ended here."""
        while not handing.has_ended(self._control, _ASKED_EVERY):
            if not self._answers():
                self._popen.kill()
                self._popen.wait()
                self._control.close()
                return "here, since it answered nothing any more"
        try:
            status = self._popen.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            status = self._popen.wait()
        self._control.close()
        return f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"

    def _answers(self) -> bool:
        """Whatever it says to a stranger; true too of one that ends meanwhile, which is told by its end."""
        until = time.monotonic() + _LONGEST_SILENCE
        while time.monotonic() < until:
            with suppress(NobodyDraws):
                _ask(self.hand, "GET", "/app/", _STRANGER, _LONGEST_SILENCE)
                return True
            if handing.has_ended(self._control, _BEFORE_ASKED_AGAIN):
                return True
        return False

    def let_go(self) -> None:
        """It sees that, has its last runs and ends."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def hand(self, connection: int, head: bytes) -> bool:
        return handing.hand(self._control, connection, head)

    @property
    def was_sound(self) -> bool:
        return time.monotonic() - self._began > _SOUND


class _Place:
    """Where one of them stands after the other."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.process: _Process | None = None
        self.is_ready = False
        self.first_time = Event()
        """Over, well or not."""


class DrawingProcesses:
    """So many of them. Each person's pages are drawn by one, and by another only while that is away."""

    def __init__(self, many: int, module: str, told: Mapping[str, Any]) -> None:
        """`module` is run as a program: its argument is its end of the pair, its input what it is told, as JSON."""
        self._module, self._told = module, json.dumps(told).encode()
        self._places = [_Place(number) for number in range(many)]
        self._ending = Event()
        self._threads = [Thread(target=self._keep, args=(one,)) for one in self._places]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def must_be_ready(self) -> None:
        """Waits for each. Raises CannotDraw."""
        for place in self._places:
            place.first_time.wait()
        if not all(place.is_ready for place in self._places):
            self.end()
            raise CannotDraw(
                "A process that draws the app's pages did not begin; what it said stands above. With --processes 1"
                " there is none of them."
            )

    def end(self) -> None:
        """Returns when none runs any more."""
        self._ending.set()
        for place in self._places:
            if place.process is not None:
                place.process.let_go()
        for thread in self._threads:
            thread.join()

    def at_work(self) -> tuple[int, int]:
        return sum(one.is_ready for one in self._places), len(self._places)

    def hand(self, person_id: str, connection: int, head: bytes) -> bool:
        return any(one.hand(connection, head) for one in self._in_order(person_id))

    def ask(
        self, person_id: str, method: str, target: str, headers: Sequence[tuple[str, str]]
    ) -> Relayed:
        return _ask(partial(self.hand, person_id), method, target, headers, _LONGEST_ANSWER)

    def _in_order(self, person_id: str) -> list[_Process]:
        """Those that draw now, for this person: the first is always the same while the same ones are there."""

        def weight(place: _Place) -> bytes:
            return hashlib.sha256(f"{place.number} {person_id}".encode()).digest()

        ready = (one for one in self._places if one.is_ready)
        found = sorted(ready, key=weight, reverse=True)
        return [one.process for one in found if one.process is not None]

    def _keep(self, place: _Place) -> None:
        """One after the other, until all is to end."""
        pause = _FIRST_PAUSE
        while not self._ending.is_set():
            how, was_sound = self._one_time(place)
            if self._ending.is_set():
                return
            pause = _FIRST_PAUSE if was_sound else min(2 * pause, _LONGEST_PAUSE)
            _log.warning("A process that draws pages ended %s, and is begun again", how)
            self._ending.wait(pause)

    def _one_time(self, place: _Place) -> tuple[str, bool]:
        try:
            process = _Process(self._module, self._told)
        except OSError as fault:
            place.first_time.set()
            return f"before it began ({fault.strerror})", False
        place.process = process
        if self._ending.is_set():
            process.let_go()
        place.is_ready = process.becomes_ready()
        place.first_time.set()
        if not place.is_ready:
            process.let_go()  # it may be on its way for ever
        how = process.ended()
        place.is_ready = False
        return how, process.was_sound


def _ask(
    hand: Callable[[int, bytes], bool],
    method: str,
    target: str,
    headers: Sequence[tuple[str, str]],
    patience: float,
) -> Relayed:
    """Raises NobodyDraws, after so many seconds of silence too."""
    ours, its = socket.socketpair()
    with ours:
        with its:
            if not hand(its.fileno(), b""):
                raise NobodyDraws
        ours.settimeout(patience)
        try:
            return _asked(ours, method, target, headers)
        except (OSError, HTTPException) as fault:
            raise NobodyDraws from fault


def _asked(
    connection: socket.socket, method: str, target: str, headers: Sequence[tuple[str, str]]
) -> Relayed:
    asking = HTTPConnection("app")
    asking.sock = connection
    asking.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        asking.putheader(name, value)
    asking.endheaders()
    with asking.getresponse() as answer:
        return Relayed(answer.status, answer.getheaders(), answer.read())
