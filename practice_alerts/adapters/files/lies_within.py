"""What a council's folders hold: ordinary files that lie in them, of a size that somebody reads."""

import errno
import stat
from pathlib import Path
from typing import Final

from practice_alerts.domain.errors import Fault

MOST_BYTES: Final = 1_000_000
MOST_TEMPLATE_BYTES: Final = 10_000_000


def lies_within(path: Path, folder: Path) -> bool:
    """A link may lead to another file of the same folder, as where folders are mounted, and nowhere else."""
    return path.resolve().is_relative_to(folder.resolve())


def content_of(path: Path) -> bytes:
    """Raises OSError, in words of ours where the machine would have opened it.

    A guide shows to everybody what stands in a page, so a link must not bring in a key.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no ordinary file")  # which may never end, or never begin
    if not lies_within(path, path.parent):
        raise OSError("a link that leads out of its folder")
    most = MOST_TEMPLATE_BYTES if path.suffix == ".docx" else MOST_BYTES
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(f"a file of more than {most:,} bytes")
    return content


def content_or_fault(path: Path, faults: list[Fault]) -> bytes | None:
    """The same; what it is instead is added to `faults`."""
    try:
        return content_of(path)
    except OSError as error:
        faults.append(Fault(str(path), 1, "", error.strerror or str(error), "a file to read"))
        return None
