"""Which of the product's processes draw the app, and for whom, as the machine knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from practice_alerts.cli.support import drawing_process

if TYPE_CHECKING:
    from tests.helpers.app.app_session import AppSession

_PROC = Path("/proc")
_LISTENS = "0A"


def that_draw(product: int) -> set[int]:
    """The processes that this one has begun to draw, by number."""
    return {
        pid
        for pid in (int(one.name) for one in _PROC.iterdir() if one.name.isdigit())
        if drawing_process.__name__ in _command(pid) and _parent(pid) == product
    }


def still_there(processes: set[int]) -> set[int]:
    return {pid for pid in processes if drawing_process.__name__ in _command(pid)}


def drawn_by(tab: AppSession, processes: set[int]) -> int:
    """The one that holds the other end of this window's connection."""
    ours = tab.local_port
    (inode,) = (
        found
        for local, remote, _, found in _connections()
        if remote.endswith(f":{ours:04X}") and not local.endswith(f":{ours:04X}") and found != "0"
    )
    (pid,) = (one for one in processes if inode in _sockets(one))
    return pid


def listening(process: int) -> set[str]:
    """Wherever it could be reached without being given a connection."""
    tcp = {inode for _, _, state, inode in _connections() if state == _LISTENS}
    at_a_path = {
        fields[6]
        for fields in map(str.split, (_PROC / "net/unix").read_text("utf-8").splitlines()[1:])
        if int(fields[3], 16) & _ACCEPTS
    }
    return _sockets(process) & (tcp | at_a_path)


_ACCEPTS = 0x10000  # __SO_ACCEPTCON


def holder_of(file: Path) -> int:
    """The process that holds this file locked."""
    inode = file.stat().st_ino
    for line in (_PROC / "locks").read_text("utf-8").splitlines():
        found = re.match(r"\d+: FLOCK +ADVISORY +WRITE (\d+) \S+:(\d+) ", line)
        if found and int(found.group(2)) == inode:
            return int(found.group(1))
    return 0


def _connections() -> Iterator[tuple[str, str, str, str]]:
    """Of each: where it is here, where there, its state and its inode."""
    for line in (_PROC / "net/tcp").read_text("utf-8").splitlines()[1:]:
        fields = line.split()
        yield fields[1], fields[2], fields[3], fields[9]


def _sockets(pid: int) -> set[str]:
    found = set()
    for one in (_PROC / str(pid) / "fd").iterdir():
        try:
            at = str(one.readlink())
        except OSError:
            continue
        if name := re.fullmatch(r"socket:\[(\d+)\]", at):
            found.add(name.group(1))
    return found


def _command(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "cmdline").read_text("utf-8").replace("\0", " ")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        told = (_PROC / str(pid) / "stat").read_text("utf-8")
    except OSError:
        return 0
    return int(told.rpartition(")")[2].split()[1])
