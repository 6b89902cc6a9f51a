"""Whoever knows the recipient, which is no secret, can make a backup of anything: nothing of it is put down or set off."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyrage
import pytest
from pyrage import x25519

from practice_alerts.adapters import backup_file
from practice_alerts.adapters.backup_file import BadBackup, Opened
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.casework.upkeep.backup import BackupMade
from practice_alerts.casework.upkeep.restore import restore
from practice_alerts.casework.upkeep.restoring import NotRestored
from practice_alerts.domain.errors import Expected, ToldPlainly
from tests.adapters.store.test_nothing_besides import ON_POSTGRESQL, ON_SQLITE, put_there
from tests.casework.upkeep.test_backup_and_restore import Drill, begun
from tests.helpers.product.postgresql import ENGINES

Entries = list[tuple[str, bytes]]


@dataclass
class Forging:
    """A genuine backup, its parts, and what somebody makes of them."""

    drill: Drill
    made: BackupMade
    keys: Path
    opened: Opened

    @property
    def identity(self) -> x25519.Identity:
        lines = self.drill.identity.read_text().splitlines()
        return x25519.Identity.from_str(lines[-1])

    def files(self) -> dict[str, Path]:
        return {name: self.opened.folder / name for name in self.opened.names}

    def of(self, files: dict[str, Path], **said: object) -> Path:
        target = self.drill.folder / "forged.tar.age"
        backup_file.write(target, files, {**self.opened.said, **said}, [self.drill.recipient])
        return target

    def archive(self, entries: Entries, said: object = None) -> Path:
        """As no program of ours would write it."""
        named = {
            **self.opened.said,
            "files": {name: sha256(body).hexdigest() for name, body in entries},
        }
        text = json.dumps(named if said is None else said).encode()
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name, body in [("contents.json", text), *entries]:
                entry = tarfile.TarInfo(name)
                entry.size = len(body)
                tar.addfile(entry, io.BytesIO(body))
        target = self.drill.folder / "forged.tar.age"
        to = [x25519.Recipient.from_str(self.drill.recipient)]
        target.write_bytes(pyrage.encrypt(out.getvalue(), to))
        return target

    def refused(self, file: Path, why: type[ToldPlainly] = BadBackup) -> str:
        """What is said; nothing is left of it."""
        new = self.drill.empty_place()
        wanted = replace(self.drill.wanted(self.made, self.keys), file=file)
        with pytest.raises(why) as said:
            restore(new, wanted)
        assert new.database.is_empty()
        assert list(new.settings.data.iterdir()) == []
        new.database.close()
        return str(said.value)


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Forging:
    return _forging(begun(tmp_path, request.param))


@pytest.fixture
def forging(tmp_path: Path) -> Forging:
    return _forging(begun(tmp_path))


def _forging(drill: Drill) -> Forging:
    drill.desk.raised()
    drill.witnessed()
    made, saved = drill.back_up(), drill.back_up_keys()
    opened = backup_file.unpack(made.file, [drill.identity], drill.folder / "out")
    return Forging(drill, made, saved, opened)


def test_what_acts_by_itself_is_refused_before_anything_is_written(either: Forging) -> None:
    """On a server somebody has dumped a database into which it was put; a file can be written to as it lies there."""
    drill = either.drill
    if drill.engine == "sqlite":
        put_in = (
            ON_SQLITE["trigger tidy on outbox"] + ";" + ON_SQLITE["trigger hush on SECURITY_LOG"]
        )
        with closing(sqlite3.connect(either.opened.folder / "store")) as store:
            store.executescript(put_in)
    else:
        put_there(drill.office.database, ON_POSTGRESQL["trigger tidy on outbox"])
        put_there(drill.office.database, ON_POSTGRESQL["view everybody"])
        with drill.office.database.saved(either.opened.folder / "store"):
            pass
    said = either.refused(either.of(either.files()), Expected)
    assert "the product did not make" in said
    assert "trigger tidy on outbox" in said or "trigger outbox tidy" in said


ODD = {
    "made_at": ("yesterday", 3, "2025-06-02T09:00:00"),
    "event": ("5", -5, None),
    "counts": (3, {"events": "many"}, None),
    "procedures": ([], {"lambeth": 3}),
    "document": ([], {"alert": "x"}, {"alert": 1, "parts": "x"}),
    "hash": (None,),
    "tables": (None, 7),
    "store": (None, []),
    "product": ({},),
    "kind": (None, []),
}


@pytest.mark.parametrize(
    ("name", "odd"), [(name, odd) for name, each in ODD.items() for odd in each]
)
def test_what_it_says_of_itself_is_taken_on_no_trust(
    forging: Forging, name: str, odd: object
) -> None:
    said = forging.refused(forging.of(forging.files(), **{name: odd}))
    assert "Take another backup" in said or "not of the kind" in said


@pytest.mark.parametrize("tables", ["0016", "", "0001\x1b[2J"])
def test_it_is_of_the_version_that_it_names(forging: Forging, tables: str) -> None:
    """Of an earlier one its rows would not be counted."""
    said = forging.refused(forging.of(forging.files(), tables=tables), NotRestored)
    assert "not of the version" in said
    assert said.isprintable()


@pytest.mark.parametrize(
    "contents", ["[]", '{"files": []}', '{"files": {}}', "[" * 100_000, "{", '{"files": 3}']
)
def test_contents_that_are_none(forging: Forging, contents: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo("contents.json")
        entry.size = len(contents)
        tar.addfile(entry, io.BytesIO(contents.encode()))
    file = forging.drill.folder / "forged.tar.age"
    to = [x25519.Recipient.from_str(forging.drill.recipient)]
    file.write_bytes(pyrage.encrypt(out.getvalue(), to))
    said = forging.refused(file)
    assert "no backup of this product" in said or "not of the kind" in said


def _twice(store: bytes) -> Entries:
    return [("store", b"junk"), ("store", store)]


ARCHIVES: Final[dict[str, Callable[[bytes], Entries]]] = {
    "the store twice": _twice,
    "no store": lambda _: [("files/a", b"x")],
    "a name that no file can have": lambda store: [("store", store), ("files/" + "a" * 5000, b"x")],
    "a file and a folder of one name": lambda store: [
        ("store", store), ("files/a", b"x"), ("files/a/b", b"x")
    ],
    "a folder and a file of one name": lambda store: [
        ("store", store), ("files/a/b", b"x"), ("files/a", b"x")
    ],
    "out of its folder": lambda store: [("store", store), ("files/../../evil", b"x")],
    "from the root": lambda store: [("store", store), ("/evil", b"x")],
}  # fmt: skip


@pytest.mark.parametrize("how", ARCHIVES)
def test_an_archive_that_no_program_of_ours_writes(forging: Forging, how: str) -> None:
    entries = ARCHIVES[how]((forging.opened.folder / "store").read_bytes())
    assert forging.refused(forging.archive(entries)).endswith("Take another backup.")


HOLES: Final = b"\0" * 1_000_000


def _old_holes(name: str) -> bytes:
    """As GNU tar wrote them first: nothing but how long it would be, and where nothing lies."""
    header = bytearray(tarfile.TarInfo(name).tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    length = b"%011o\0" % len(HOLES)
    header[386:410] = length + b"0" * 11 + b"\0"
    header[483:495] = length
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    return bytes(header)


def _new_holes(name: str) -> bytes:
    entry = tarfile.TarInfo(name)
    size = str(len(HOLES))
    entry.pax_headers = {
        "GNU.sparse.map": f"{size},0", "GNU.sparse.size": size, "GNU.sparse.numblocks": "1"
    }  # fmt: skip
    return entry.tobuf(tarfile.PAX_FORMAT)


@pytest.mark.parametrize("holes", [_old_holes, _new_holes])
def test_a_file_of_holes_is_not_written_out(
    forging: Forging, holes: Callable[[str], bytes]
) -> None:
    """A few bytes would fill the disk; what is in it would be as it says."""
    store = (forging.opened.folder / "store").read_bytes()
    whole = forging.archive([("store", store), ("files/a", HOLES)])
    archive = pyrage.decrypt(whole.read_bytes(), [forging.identity])
    assert archive.count(HOLES) == 1
    start = archive.index(b"files/a\0")
    assert archive[start:].startswith(b"files/a\0")
    forged = archive[:start] + holes("files/a") + b"\0" * 1024
    with tarfile.open(fileobj=io.BytesIO(forged)) as tar:
        assert tar.getmember("files/a").size == len(HOLES)
    to = [x25519.Recipient.from_str(forging.drill.recipient)]
    whole.write_bytes(pyrage.encrypt(forged, to))
    assert forging.refused(whole).endswith("Take another backup.")


def test_what_it_says_of_itself_is_no_longer_than_it_can_be(forging: Forging) -> None:
    files = forging.files()
    most = backup_file._LONGEST_CONTENTS
    fits = forging.of(files, more=" " * (most - 100_000))
    assert backup_file.unpack(fits, [forging.drill.identity], forging.drill.folder / "fits").names
    said = forging.refused(forging.archive([("store", b"x")], {"files": {}, "more": " " * most}))
    assert "no backup of this product" in said


ENDLESS = (
    "WITH RECURSIVE c(x) AS (SELECT '0016' UNION ALL SELECT x FROM c)"
    " SELECT x AS version_num FROM c WHERE x = 'nope'"
)
VERSIONS = {
    "a view without end": f"DROP TABLE alembic_version; CREATE VIEW alembic_version AS {ENDLESS};",
    "no table": "DROP TABLE alembic_version;",
    "two of them": "INSERT INTO alembic_version VALUES ('0001');",
}


@pytest.mark.parametrize("how", VERSIONS)
def test_what_it_bears_as_its_version_is_taken_on_no_trust(forging: Forging, how: str) -> None:
    with closing(sqlite3.connect(forging.opened.folder / "store")) as store:
        store.executescript(VERSIONS[how])
    said = forging.refused(forging.of(forging.files()), Expected)
    assert "version" in said


@pytest.mark.parametrize("store", [b"", b"hello" * 1000])
def test_a_store_that_is_none(forging: Forging, store: bytes) -> None:
    assert forging.refused(forging.archive([("store", store), ("files/a", b"x")]), ToldPlainly)


@pytest.mark.parametrize("name", ["keys", "other/session.key", "keys/deep/session.key"])
def test_keys_that_are_none(forging: Forging, name: str) -> None:
    drill = forging.drill
    forged = drill.folder / "keys.forged"
    one = drill.folder / "a key"
    one.write_text("secret")
    said = {**forging.opened.said, "kind": "practice-alerts keys"}
    backup_file.write(forged, {"seal-keys/first.key": one, name: one}, said, [drill.recipient])
    forging.keys = forged
    assert "Take another backup" in forging.refused(forging.made.file)


def test_a_store_without_a_table_is_not_filled(forging: Forging) -> None:
    empty = forging.drill.folder / "empty.db"
    with closing(Database(f"sqlite:///{empty}")) as database:
        assert database.is_empty()
    with closing(sqlite3.connect(empty)) as store:
        store.execute("VACUUM")
    files = {**forging.files(), "store": empty}
    assert "not of the version" in forging.refused(forging.of(files), NotRestored)
