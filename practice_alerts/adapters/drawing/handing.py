"""How a connection passes from the process that answers to one that draws, with what was read from it.

Between the two lies a pair of sockets that only they hold. Nothing listens at any address, so nobody else can come in.
"""

import select
import socket
from typing import Final

LONGEST_HEAD: Final = 100_000
"""Bytes of an address with its headers."""

_READY: Final = b"r"
_BEFORE_HEAD: Final = b"+"  # what is empty says that the other side has ended


def pair() -> tuple[socket.socket, socket.socket]:
    """Ours, and that of the process that draws. Each message stays whole. Raises OSError where the machine has none."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def hand(control: socket.socket, connection: int, head: bytes) -> bool:
    """Whether the other side has it now; `connection` is still open here too.

    It does not wait: where nobody takes, nothing is given.
    """
    try:
        socket.send_fds(control, [_BEFORE_HEAD + head], [connection], socket.MSG_DONTWAIT)
    except OSError:
        return False
    return True


def taken(control: socket.socket) -> tuple[socket.socket, bytes] | None:
    """The next connection, and what was read from it; None where the other side has ended."""
    message, given, _, _ = socket.recv_fds(control, len(_BEFORE_HEAD) + LONGEST_HEAD + 1, 1)
    if not message:
        return None
    connection = socket.socket(fileno=given[0])
    connection.setblocking(False)
    return connection, message.removeprefix(_BEFORE_HEAD)


def say_ready(control: socket.socket) -> None:
    control.send(_READY)


def hears_ready(control: socket.socket) -> bool:
    """Waits for it; false where the other side has ended."""
    return bool(control.recv(len(_READY)))


def has_ended(control: socket.socket, patience: float) -> bool:
    """Of one that has said it is ready, so many seconds long: it says nothing more until its end."""
    watched = select.poll()
    watched.register(control, select.POLLIN)
    return bool(watched.poll(patience * 1000))
