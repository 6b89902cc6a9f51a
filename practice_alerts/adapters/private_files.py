"""What a running system keeps is for its own account alone, whoever made it: files 0600, folders 0700."""

import logging
import os
import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from practice_alerts.domain.errors import Expected

_log = logging.getLogger(__name__)

_OTHERS = 0o077
_FOLDER, _FILE = 0o700, 0o600
_CAME_WITH_THE_CODE = frozenset({"README.md", ".gitignore"})


class OpenToOthers(Expected):
    """Other accounts of the machine can read what is kept, and it is not ours to change that."""


def keep_private(data: Path, others: Iterable[Path] = ()) -> None:
    """Narrow everything in the folder, and what lies elsewhere. Raises OpenToOthers."""
    found = tuple(open_to_others(data, others))
    for one in found:
        with suppress(OSError):  # looked at again below
            one.chmod(_FOLDER if one.is_dir() else _FILE)
    if left := [one for one in found if _is_open(one) or not _is_ours(one)]:
        raise OpenToOthers(
            "Other people of this machine can read what is kept of children here, and only the account"
            f" that owns it can change that. Run: {_narrowing(left)}"
        )
    if found:
        inside = (os.path.relpath(one, data) for one in found)
        names = ", ".join("the data folder" if one == os.curdir else one for one in inside)
        _log.warning("Other accounts of this machine could read %s until now", names)


def open_to_others(data: Path, others: Iterable[Path] = ()) -> Iterator[Path]:
    """Whatever another account may look into, or that is another account's."""
    each = dict.fromkeys((*_everything(data), *others))
    yield from (one for one in each if _is_open(one) or not _is_ours(one))


def ours_within(folder: Path) -> Iterator[Path]:
    """A folder elsewhere with all that is in it, as far as it is this account's: another's is not ours to change."""
    if folder.exists():
        yield from (one for one in _everything(folder) if _is_ours(one))


def _everything(data: Path) -> Iterator[Path]:
    """Links are followed to a file or a folder, and no further."""
    yield data
    for folder, folders, files in os.walk(data):
        yield from (Path(folder, name) for name in (*folders, *files))


def _is_open(path: Path) -> bool:
    with suppress(FileNotFoundError):  # what comes and goes beside a store
        return path.name not in _CAME_WITH_THE_CODE and bool(path.stat().st_mode & _OTHERS)
    return False


def _is_ours(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.name in _CAME_WITH_THE_CODE or path.stat().st_uid == os.geteuid()
    return True


def _narrowing(left: Iterable[Path]) -> str:
    """What its owner, or the machine's administrator, is to run."""
    each = tuple(left)
    lines = []
    if theirs := [one for one in each if not _is_ours(one)]:
        lines.append(f"chown {os.geteuid()} {_quoted(theirs)}")
    if folders := [one for one in each if one.is_dir()]:
        lines.append(f"chmod 700 {_quoted(folders)}")
    if files := [one for one in each if not one.is_dir()]:
        lines.append(f"chmod 600 {_quoted(files)}")
    return " && ".join(lines)


def _quoted(paths: Iterable[Path]) -> str:
    return " ".join(shlex.quote(str(one)) for one in paths)
