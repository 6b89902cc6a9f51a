"""Sockets that reach this machine and nothing else."""

import ipaddress
import socket

import pytest


class OutsideWorld(AssertionError):
    def __init__(self, address: object) -> None:
        self.address = address
        super().__init__(f"a test asked for {address!r}; tests stay on this machine")


def is_this_machine(address: object) -> bool:
    """Whether a socket's address is a loopback one; the path of a Unix socket is.

    A name other than localhost is not: looking it up would ask the outside.
    """
    if not isinstance(address, tuple):
        return True
    return _is_loopback(address[0])


def _is_loopback(host: object) -> bool:
    if host in {None, "", b"", "localhost", b"localhost"}:
        return True
    text = host.decode("ascii") if isinstance(host, bytes) else str(host)
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


def refuse_the_outside(patch: pytest.MonkeyPatch, kind: type[socket.socket]) -> None:
    real, real_ex, real_look_up = kind.connect, kind.connect_ex, socket.getaddrinfo

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        _stay(address)
        real(self, address)

    def connect_ex(self: socket.socket, address: tuple[str, int]) -> int:
        _stay(address)
        return real_ex(self, address)

    def look_up(
        host: bytes | str | None, port: int | str | None, *rest: int, **named: int
    ) -> object:
        if not _is_loopback(host):
            raise OutsideWorld(host)
        return real_look_up(host, port, *rest, **named)

    patch.setattr(kind, "connect", connect)
    patch.setattr(kind, "connect_ex", connect_ex)
    patch.setattr(socket, "getaddrinfo", look_up)


def _stay(address: object) -> None:
    if not is_this_machine(address):
        raise OutsideWorld(address)
