"""The port to answer at: taken before anything is made, so that a taken one costs no wait."""

import errno
import socket
from ipaddress import ip_address

from practice_alerts.domain.errors import Expected


class NotFree(Expected):
    """The port cannot be had; `why` is a full sentence."""

    def __init__(self, host: str, port: int, why: str) -> None:
        self.host = host
        self.port = port
        super().__init__(why)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach it. A name other than localhost may mean anything."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_every_address(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def address(host: str, port: int) -> str:
    """The base URL that follows from host and port, as browsers show it."""
    name = "localhost" if is_loopback(host) else f"[{host}]" if ":" in host else host
    return f"http://{name}" if port == 80 else f"http://{name}:{port}"  # noqa: PLR2004 - the port of http


def take(host: str, port: int) -> socket.socket:
    """Bind, and do not listen yet: until all is ready, a browser is told that nobody answers."""
    # Browsers try both for localhost; the one that every machine has is taken.
    name = "127.0.0.1" if host == "localhost" else host
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        why = f"This machine knows no address {host}. Give another --host."
        raise NotFree(host, port, why) from None
    family, kind, protocol, _, where = found[0]
    taken = socket.socket(family, kind, protocol)
    try:
        # A start right after a stop must not wait until the last connections are forgotten.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(where)
    except OSError as error:
        taken.close()
        raise NotFree(host, port, _why(error, host, port)) from None
    return taken


def listen(taken: socket.socket, host: str) -> None:
    """Begin to answer. Two that start at once may both bind; only the first may listen."""
    try:
        taken.listen()
    except OSError as error:
        port = taken.getsockname()[1]
        raise NotFree(host, port, _why(error, host, port)) from None


def _why(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} is taken, perhaps by another practice-alerts. Stop that program, or"
                f" choose another port with --port {port + 1}."
            )
        case errno.EACCES:
            return f"Only an administrator of this machine may take port {port}. Choose one above 1023."
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine. Give another --host."
        case _:
            return f"{host}, port {port}, cannot be had: {error.strerror}."
