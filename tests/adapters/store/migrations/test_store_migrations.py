"""Migrations: frozen once they are out, preceded by a copy, and never tried on a store from the future."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from practice_alerts import PACKAGE
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines.address import sqlite_url
from tests.helpers.product.kept_stores import KEPT, unpacked
from tests.helpers.product.migrations import (
    FOLDER,
    NEWEST,
    TOMORROWS,
    apart,
    with_tomorrows_migration,
)
from tests.helpers.product.office import open_desk
from tests.helpers.product.postgresql import cluster

FROZEN = Path(__file__).parent.parent / "migrations.sha256"

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Turns the product into one with a further migration."""
    return lambda: with_tomorrows_migration(monkeypatch, tmp_path / "migrations")


def test_a_migration_that_is_out_is_never_edited() -> None:
    edited = {name for name, digest in _listed().items() if _digests().get(name) != digest}
    assert edited == set(), (
        "These are on the list of migrations that stores out there have gone through. A store that has will"
        " never get what was edited: put the file back, and write a new migration."
    )


def test_a_new_migration_is_put_on_the_list() -> None:
    assert set(_digests()) - set(_listed()) == set(), (
        f"Once it is right, add the line of each to {FROZEN.name}, as sha256sum prints it. It must not be"
        " edited from then on."
    )


def _listed() -> dict[str, str]:
    lines = FROZEN.read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def _digests() -> dict[str, str]:
    files = (FOLDER / "versions").glob("[0-9]*.py")
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_a_copy_of_everything_is_kept_before_the_tables_change(
    kept: Path, tmp_path: Path, tomorrow: Callable[[], None]
) -> None:
    path = unpacked(kept, tmp_path / "data")
    tables, rows, before = _tables(path), _rows(path), _version(path)
    tomorrow()
    _migrated(path)
    (copy,) = _copies(path)
    shape = rf"practice-alerts-{before}-before-{TOMORROWS}-\d{{8}}T\d{{6}}Z\.db"
    assert re.fullmatch(shape, copy.name)
    assert (_version(path), _version(copy)) == (TOMORROWS, before)
    assert (_tables(copy), _rows(copy)) == (tables, rows)
    assert _tables(path) != tables
    counted = {name: len(found) for name, found in _rows(path).items()}
    looked = len(rows.pop("viewings")) + len(rows.get("issues", ()))
    assert counted.pop("security_log") == looked, "who looked has moved there"
    assert {name: counted[name] for name in rows} == {
        name: len(them) for name, them in rows.items()
    }
    assert not any(counts for name, counts in counted.items() if name not in rows)


def test_a_copy_can_be_put_in_the_place_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked(KEPT[-1], tmp_path / "data")
    with monkeypatch.context() as ahead:
        with_tomorrows_migration(ahead, tmp_path / "migrations")
        _migrated(path)
    (copy,) = _copies(path)
    copy.replace(path)
    back = _migrated(path)
    back.must_be_current()
    with back.reading() as tx:
        assert apart(tx) == []
    back.close()


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_a_copy_is_for_the_eyes_of_its_owner_alone(
    tmp_path: Path, tomorrow: Callable[[], None], mode: int
) -> None:
    path = unpacked(KEPT[-1], tmp_path / "data")
    path.chmod(mode)
    tomorrow()
    _migrated(path)
    assert [copy.stat().st_mode & 0o777 for copy in _copies(path)] == [0o600]


def test_the_last_two_copies_are_kept(tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    path = unpacked(KEPT[-1], tmp_path / "data")
    older = [path.with_name(f"practice-alerts-000{n}-before-000{n + 1}-2.db") for n in (1, 2)]
    other = path.with_name("practice-alerts-mine.db")
    for place, copy in enumerate((*older, other)):
        copy.touch()
        os.utime(copy, (place, place))
    tomorrow()
    _migrated(path)
    assert len(_copies(path)) == 2
    assert [copy.exists() for copy in (*older, other)] == [False, True, True]


def test_a_new_store_and_one_that_is_up_to_date_are_not_copied(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, engine="sqlite")
    desk.office.database.migrate()
    desk.office.database.close()
    assert [path.name for path in tmp_path.glob("*.db")] == ["practice-alerts.db"]


def test_nothing_is_changed_where_no_copy_can_be_made(
    tmp_path: Path, tomorrow: Callable[[], None]
) -> None:
    path = unpacked(KEPT[-1], tmp_path / "data")
    before, tables = _version(path), _tables(path)
    in_the_way = f".practice-alerts-{before}-before-{TOMORROWS}.part"
    (path.parent / in_the_way).mkdir()
    tomorrow()
    with pytest.raises(DatabaseNotReady, match=r"could not be copied .* nothing was changed"):
        _migrated(path)
    assert (_tables(path), _version(path)) == (tables, before)


def test_a_copy_that_does_not_fit_is_taken_away_again(
    tmp_path: Path, tomorrow: Callable[[], None]
) -> None:
    path = unpacked(KEPT[-1], tmp_path / "data")
    before, tables = _version(path), _tables(path)
    tomorrow()
    with _no_room_for_more_than(100_000), pytest.raises(DatabaseNotReady, match="Make room"):
        _migrated(path)
    assert (_tables(path), _version(path)) == (tables, before)
    assert {one.name for one in path.parent.iterdir()} == {path.name, "keys"}


@contextmanager
def _no_room_for_more_than(size: int) -> Iterator[None]:
    """No file can be made longer than that: SQLite is told the same as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_store_of_a_newer_product_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = _made_tomorrow(sqlite_url(tmp_path), tmp_path / "migrations", monkeypatch)
    for said in _refusals(ahead):
        assert f"to version {TOMORROWS} by a newer product; this one knows {NEWEST}" in said


@pytest.mark.postgres
def test_so_is_one_in_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = _made_tomorrow(cluster().empty(), tmp_path / "migrations", monkeypatch)
    for said in _refusals(ahead):
        assert f"to version {TOMORROWS} by a newer product; this one knows {NEWEST}" in said


def _made_tomorrow(url: str, folder: Path, patch: pytest.MonkeyPatch) -> Database:
    database = Database(url)
    with patch.context() as ahead:
        with_tomorrows_migration(ahead, folder)
        database.migrate()
    return database


def _refusals(database: Database) -> list[str]:
    """By a command that only opens the store, and by the start."""
    said = []
    for open_it in (database.must_be_current, database.migrate):
        with pytest.raises(DatabaseNotReady) as refused:
            open_it()
        said.append(str(refused.value))
    database.close()
    return said


DIALECT = re.compile(r"dialects|dialect\.name|PRAGMA|\bpg_|sqlite_master|sqlite3|psycopg|plpgsql")


def test_what_is_of_one_engine_alone_stands_in_the_folder_of_engines() -> None:
    home = PACKAGE / "adapters" / "store"
    files = [
        path
        for path in home.rglob("*.py")
        if path.parent.name
        not in {"engines", "versions"}  # migrations that are out stay as they are
    ]
    assert [path.name for path in files if DIALECT.search(path.read_text("utf-8"))] == []
    assert len(files) > 15
    newer = [path for path in (FOLDER / "versions").glob("*.py") if path.name[:4] > "0003"]
    assert [path.name for path in newer if DIALECT.search(path.read_text("utf-8"))] == []


def _migrated(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    try:
        database.migrate()
    finally:
        database.close()
    return database


def _copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("practice-alerts-*-before-*.db"))


def _version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as rows:
        (found,) = rows.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as rows:
        return [sql for (sql,) in rows.execute("SELECT sql FROM sqlite_master ORDER BY type, name")]


def _rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as rows:
        names = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: rows.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608 - the names come from the database
            for (name,) in names
            if name != "alembic_version"
        }
