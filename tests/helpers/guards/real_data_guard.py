"""A guard around the folder in which a developer's own product may be keeping real things."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from practice_alerts import ROOT

REAL_DATA = ROOT / "data"
IN_STARTED_PROGRAMS = os.pathsep.join(
    (str(Path(__file__).with_name("started_programs")), str(ROOT))
)
"""A PYTHONPATH with which every Python keeps away from the real data, from its start to its end."""

_OPENINGS = {"open", "sqlite3.connect", "os.mkdir", "os.rename", "os.remove", "shutil.rmtree"}
_guarded: set[str] = set()


class RealData(AssertionError):
    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"a test reached for real data: {path}. Use tmp_path.")


def stay_away_from(folder: Path) -> None:
    """From now on, opening, making or removing anything in the folder fails (not its README)."""
    _install_once()
    _guarded.add(str(folder.resolve()))


@contextmanager
def keep_away_from(folder: Path) -> Iterator[None]:
    """The same for a while."""
    stay_away_from(folder)
    try:
        yield
    finally:
        _guarded.discard(str(folder.resolve()))


@cache  # Python can add such a hook and never take it off again
def _install_once() -> None:
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event in _OPENINGS and _guarded:
        for given in args:
            if isinstance(given, str | bytes | os.PathLike):
                _refuse_path(os.fsdecode(given))


def _refuse_path(given: str) -> None:
    name = given.removeprefix("file:").partition("?")[0]  # SQLite also takes addresses
    if name.startswith("/") and not any(one.rpartition("/")[2] in name for one in _guarded):
        return  # asked a million times: it is told from the text alone
    path = os.path.abspath(name)  # noqa: PTH100 - it must not look at the disk
    inside = any(path.startswith(folder + os.sep) for folder in _guarded)
    if inside and not path.endswith(f"{os.sep}README.md"):
        raise RealData(path)
