"""Backup files: a tar archive within the format of age, which other programs open as well.

Whoever makes one needs the recipient alone, which is no secret; to open it takes the identity that belongs to it.
"""

import errno
import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO, Any, Final

import pyrage
from pyrage import x25519

from practice_alerts.adapters.environment import listed, number, place
from practice_alerts.domain.errors import Expected

ENDING: Final = ".tar.age"
_CONTENTS: Final = "contents.json"
_LONGEST_CONTENTS: Final = 10_000_000  # bytes: names and digests of some ten thousand files
_OWNER_ALONE = 0o600
_PIECE = 1 << 20
_OF_NAMES = (errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR)
"""A name that no file can have, or a file and a folder of one name."""


class BadBackup(Expected):
    """A backup, or what opens one, that nothing can be done with; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Into which folder backups are put, and whom they are made out to, as age writes it."""

    folder: Path | None = None
    recipients: tuple[str, ...] = ()
    hours: int = 26
    """So old may the last one be before somebody is told."""
    days: int = 35
    """So long they are kept: what was destroyed is gone from all of them by then."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "BackupPlan":
        usual = cls()
        return cls(
            place("PRACTICE_ALERTS_BACKUPS", environment),
            listed("PRACTICE_ALERTS_BACKUP_RECIPIENTS", environment),
            number("PRACTICE_ALERTS_BACKUP_HOURS", environment, usual.hours, 24 * 31),
            number("PRACTICE_ALERTS_BACKUP_DAYS", environment, usual.days, 3650),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a backup: the files, unpacked and as they were put in, and what was said of them."""

    said: Mapping[str, Any]
    folder: Path
    names: tuple[str, ...]


def new_identity(file: Path) -> str:
    """Make what opens backups, in a file of its own, and give the recipient that belongs to it."""
    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
    except OSError as error:
        raise BadBackup(f"{file} cannot be made ({error.strerror}). Name another file.") from None
    with os.fdopen(made, "w", encoding="ascii") as out:
        out.write(f"# public key: {recipient}\n{identity}\n")
    return recipient


def write(
    target: Path, files: Mapping[str, Path], said: Mapping[str, Any], recipients: Sequence[str]
) -> None:
    """Under its name only once it was read back and is what was put in. Raises BadBackup, OSError.

    To read it back it is made out to one more, whom nobody but this run ever was.
    """
    reads_back = x25519.Identity.generate()
    to = [*(_recipient(one) for one in recipients), reads_back.to_public()]
    contents = {**said, "files": {name: _digest(path) for name, path in files.items()}}
    draft = target.with_name(f".{target.name}.part")
    try:
        with _private(draft) as out, _piped(lambda pipe: _pack(pipe, files, contents)) as tar:
            pyrage.encrypt_io(tar, out, to)
            out.flush()
            os.fsync(out.fileno())
        if _digests(draft, [reads_back]) != contents["files"]:
            raise BadBackup("It was not written as it is. Nothing was kept; try again.")
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def unpack(file: Path, identity_files: Iterable[Path], into: Path) -> Opened:
    """Everything in it, each file as it was put in. Raises BadBackup."""
    contents: dict[str, Any] = {}
    found: dict[str, str] = {}

    def take(name: str, part: IO[bytes]) -> None:
        if not contents:
            contents.update(_contents(name, part))
        elif name in contents["files"] and name not in found:
            found[name] = _put_down(part, into / name)
        else:
            raise _damaged(file)

    _take_each(file, [key for one in identity_files for key in _identities(one)], take)
    if not contents or found != contents["files"]:
        raise _damaged(file)
    return Opened(contents, into, tuple(found))


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip())
    except (pyrage.RecipientError, ValueError):
        raise BadBackup(
            f"{text[:80]!r} is not whom a backup can be made out to. Give what begins with age1, as"
            " practice-alerts backup new-key printed it."
        ) from None


def _identities(file: Path) -> list[x25519.Identity]:
    try:
        lines = file.read_text("ascii").splitlines()
        found = [x25519.Identity.from_str(one.strip()) for one in lines if _is_secret(one)]
    except (OSError, ValueError, pyrage.IdentityError):
        found = []
    if not found:
        raise BadBackup(
            f"{file} holds no key that opens backups. Name the file that practice-alerts backup new-key made."
        )
    return found


def _is_secret(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _pack(pipe: IO[bytes], files: Mapping[str, Path], contents: Mapping[str, Any]) -> None:
    with tarfile.open(fileobj=pipe, mode="w|") as tar:
        text = json.dumps(contents, indent=1, sort_keys=True).encode()
        tar.addfile(_entry(_CONTENTS, len(text)), BytesIO(text))
        for name, path in files.items():
            with path.open("rb") as source:
                tar.addfile(_entry(name, path.stat().st_size), source)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, _OWNER_ALONE
    return entry


def _digests(file: Path, identities: Sequence[x25519.Identity]) -> dict[str, str]:
    found: dict[str, str] = {}

    def take(name: str, part: IO[bytes]) -> None:
        found[name] = _digest_of(part)

    _take_each(file, identities, take)
    return {name: digest for name, digest in found.items() if name != _CONTENTS}


def _take_each(
    file: Path, identities: Sequence[x25519.Identity], take: Callable[[str, IO[bytes]], None]
) -> None:
    """Each file in it, by name, while it is passed by."""

    def opened(pipe: IO[bytes]) -> None:
        with file.open("rb") as source:
            pyrage.decrypt_io(source, pipe, identities)

    try:
        with _piped(opened) as pipe, tarfile.open(fileobj=pipe, mode="r|") as tar:
            for entry in tar:
                part = tar.extractfile(entry) if _is_plain(entry) else None
                if part is None or not _stays_within(entry.name):
                    raise _damaged(file)
                take(entry.name, part)
    except pyrage.DecryptError:
        raise BadBackup(
            f"{file} cannot be opened with that key: it is made out to another one, or it is damaged."
        ) from None
    except (tarfile.TarError, OSError) as error:
        if isinstance(error, OSError) and error.errno and error.errno not in _OF_NAMES:
            raise  # of the disk, and not of what is in the file
        raise _damaged(file) from error


def _is_plain(entry: tarfile.TarInfo) -> bool:
    """As it was packed here: one with holes would be as large as it says, whatever is in it."""
    return entry.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and not entry.issparse()


def _put_down(part: IO[bytes], at: Path) -> str:
    """In a file for this account alone; its digest."""
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with _private(at) as out:
        while piece := part.read(_PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def _contents(name: str, part: IO[bytes]) -> Mapping[str, Any]:
    try:
        text = part.read(_LONGEST_CONTENTS + 1) if name == _CONTENTS else b""
        found = json.loads(text) if len(text) <= _LONGEST_CONTENTS else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        raise BadBackup("This is no backup of this product.")
    return found


def _stays_within(name: str) -> bool:
    parts = name.split("/")
    return not {"\\", "\0"} & {*name} and all(part not in {"", ".", ".."} for part in parts)


def _damaged(file: Path) -> BadBackup:
    return BadBackup(f"{file} is damaged, and not all of it can be read. Take another backup.")


@contextmanager
def _piped(produce: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """What `produce` writes, to be read while it is written, so that nothing lies open on the disk."""
    reading, writing = os.pipe()
    failed: list[Exception] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                produce(out)
        except Exception as error:  # noqa: BLE001 - raised below, where somebody waits for it
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as source:
            yield source
            while source.read(_PIECE):  # what follows the archive's end
                pass
    except Exception:
        thread.join()
        if failed and not isinstance(failed[0], BrokenPipeError):
            raise failed[0] from None
        raise
    thread.join()
    if failed:
        raise failed[0]


def _private(file: Path) -> IO[bytes]:
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "wb")


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return _digest_of(source)


def _digest_of(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
