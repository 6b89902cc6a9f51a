"""What SQLite and the machine say of a disk, told as trouble of the storage. Anything else is a bug."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from practice_alerts.domain.errors import Storage, StorageTrouble

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Storage.FULL,
    sqlite3.SQLITE_READONLY: Storage.READ_ONLY,
    sqlite3.SQLITE_PERM: Storage.READ_ONLY,
    sqlite3.SQLITE_BUSY: Storage.BUSY,
    sqlite3.SQLITE_LOCKED: Storage.BUSY,
    sqlite3.SQLITE_PROTOCOL: Storage.BUSY,  # for ten seconds others were about to begin, or to tidy up
    sqlite3.SQLITE_CORRUPT: Storage.DAMAGED,
    sqlite3.SQLITE_NOTADB: Storage.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Storage.AWAY,
    sqlite3.SQLITE_IOERR: Storage.AWAY,
}
_BY_MACHINE = {
    errno.ENOSPC: Storage.FULL,
    errno.EDQUOT: Storage.FULL,
    errno.EFBIG: Storage.FULL,  # more than this account may write
    errno.EROFS: Storage.READ_ONLY,
    errno.EACCES: Storage.READ_ONLY,
    errno.EPERM: Storage.READ_ONLY,
    errno.EIO: Storage.AWAY,
    errno.EISDIR: Storage.AWAY,
    errno.ENOTDIR: Storage.AWAY,
    errno.ELOOP: Storage.AWAY,
}
_NO_ROOM = frozenset(number for number, what in _BY_MACHINE.items() if what is Storage.FULL)
_NEXT_TO_NOTHING = 64 * 1024  # bytes: less than SQLite wants beside a store


def of_sqlite(error: BaseException, place: Path) -> StorageTrouble | None:
    """`place` is the file that was to be read or written."""
    if not isinstance(error, sqlite3.Error):
        return None
    what = _BY_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if what is Storage.AWAY:  # so it is told before a page was written, whatever was in the way
        what = _in_its_folder(place)
    return StorageTrouble(what) if what else None


def of_machine(error: BaseException, place: Path) -> StorageTrouble | None:
    """The same of a file in that folder, whatever was to be done with it."""
    if not isinstance(error, OSError):
        return None
    if not error.filename:  # what was being written has no name by then
        return StorageTrouble(Storage.FULL) if error.errno in _NO_ROOM else None
    is_there = place.absolute() in (
        Path(str(error.filename)).absolute(),
        *Path(str(error.filename)).absolute().parents,
    )
    what = _BY_MACHINE.get(error.errno or 0) if is_there else None
    return StorageTrouble(what) if what else None


def _in_its_folder(place: Path) -> Storage:
    there = next((one for one in place.parents if one.is_dir()), None)
    if there is None:
        return Storage.AWAY
    if shutil.disk_usage(there).free < _NEXT_TO_NOTHING:
        return Storage.FULL
    return Storage.AWAY if os.access(there, os.W_OK) else Storage.READ_ONLY
