"""Files put together to be handed over: into one zip in memory, or one by one into a folder or a zip.

What is written to disk is for its owner alone: it is what children's records are made of.
"""

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.errors import Expected

Put = Callable[[str, bytes], None]
"""Takes a file's name and what it holds."""

_PACKED = (".docx", ".zip")  # a zip already: pressing it again saves nothing
_OWNER_ALONE = 0o600


class CannotWrite(Expected):
    """The folder or file cannot be written."""

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"{place}: {why}")


def in_one_zip(files: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """The files as one zip, all of them dated `at`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, body in files:
            _add(archive, name, body, at)
    return held.getvalue()


@contextmanager
def parcel(into: Path, at: datetime) -> Iterator[Put]:
    """A way to put files one by one into a new zip (`into` ends in .zip) or an empty folder.

    The zip gets its name when it is whole; whatever goes wrong before leaves none behind. Raises
    NoPlace for what exists already or cannot be written.
    """
    try:
        with _zip(into, at) if into.suffix.casefold() == ".zip" else _folder(into) as put:
            yield put
    except OSError as error:
        raise CannotWrite(into, f"this cannot be written ({error.strerror}).") from error


@contextmanager
def _zip(into: Path, at: datetime) -> Iterator[Put]:
    if into.exists():
        raise CannotWrite(into, "this file exists already. Name one that does not.")
    unfinished = into.with_name(f"{into.name}.part")
    try:
        with open(_new(unfinished), "wb") as file, zipfile.ZipFile(file, "w") as archive:
            yield lambda name, body: _add(archive, name, body, at)
        unfinished.rename(into)
    except FileExistsError:
        raise CannotWrite(
            unfinished, "left by a run before, or being written. Remove it."
        ) from None
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def _folder(into: Path) -> Iterator[Put]:
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(into.iterdir()):
        raise CannotWrite(into, "this folder is not empty. Name one that is, or a new one.")

    def put(name: str, body: bytes) -> None:
        with open(_new(into / name), "wb") as file:
            file.write(body)

    yield put


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)


def _add(archive: zipfile.ZipFile, name: str, body: bytes, at: datetime) -> None:
    info = zipfile.ZipInfo(name, at.astimezone(LONDON).timetuple()[:6])
    info.external_attr = _OWNER_ALONE << 16
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    archive.writestr(info, body)
