"""A conversation with a mail server that comes to an end: in so many seconds and so many bytes, as a whole.

The library waits so long for each piece of an answer, and gathers its lines for as long as there are any.
"""

import io
import smtplib
import socket
import ssl
from time import monotonic
from typing import Any, Final

_PATIENCE: Final = 20.0  # seconds for a mail server's next word
_WHOLE: Final = 120.0  # seconds for all of it
_LONGEST: Final = 65_536  # bytes of all that it says: what a server can do is said in some hundreds
_PIECE: Final = 16_384  # bytes sent before the clock is looked at again


class _Heard(io.RawIOBase):
    """What the server says, read through a connection that may be encrypted."""

    def __init__(self, connection: socket.socket, bounds: "Bounds") -> None:
        self._connection = connection
        self._bounds = bounds

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._connection.settimeout(self._bounds.patience())
        count = self._connection.recv_into(into)
        self._bounds.has_heard(count)
        return count


class Bounds:
    """How long a conversation still goes on, and how much was heard."""

    def __init__(self, patience: float = _PATIENCE, whole: float = _WHOLE) -> None:
        self._patience = patience
        self._until = monotonic() + whole
        self._heard = 0

    def patience(self) -> float:
        """Seconds for the next step. Raises TimeoutError at the end."""
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self._patience, left)

    def has_heard(self, count: int) -> None:
        """Raises ConnectionAbortedError where it is more than any server has to say."""
        self._heard += count
        if self._heard > _LONGEST:
            raise ConnectionAbortedError


class _Bounded(smtplib.SMTP):
    """Raises OSError, or what the library makes of it, at its bounds."""

    def __init__(self, host: str, port: int, bounds: Bounds, **how: Any) -> None:
        self._bounds = bounds
        super().__init__(host, port, timeout=bounds.patience(), **how)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:  # anew, too, once it is encrypted
            self.file = io.BufferedReader(_Heard(self.sock, self._bounds))
        return super().getreply()

    def send(self, s: Any) -> None:
        if self.sock is None:
            super().send(s)  # which says that nobody is there
            return
        whole = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        for begin in range(0, len(whole), _PIECE):
            self.sock.settimeout(self._bounds.patience())
            super().send(whole[begin : begin + _PIECE])


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


def reached(
    host: str, port: int, trust: ssl.SSLContext | None, bounds: Bounds | None = None
) -> smtplib.SMTP:
    """Connected; with `trust`, encrypted from the first byte. Raises SMTPException or OSError."""
    bounds = bounds or Bounds()
    if trust is None:
        return _Bounded(host, port, bounds)
    return _BoundedTls(host, port, bounds, context=trust)
