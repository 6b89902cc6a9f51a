"""The store, what SQLite lays beside it, and its copies are for their owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.database import Database, DatabaseNotReady, sqlite_url
from tests.helpers.product.migrations import with_tomorrows_migration
from tests.helpers.product.run_command import refused, said

STORE = "practice-alerts.db"
BESIDE = (STORE, f"{STORE}-wal", f"{STORE}-shm")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def shared_folder(tmp_path: Path) -> Path:
    """As an installer makes one."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(folder: Path) -> Database:
    database = Database(sqlite_url(folder))
    database.migrate()
    return database


@pytest.mark.usefixtures("umask")
def test_the_store_is_for_its_owner_alone(shared_folder: Path) -> None:
    database = opened(shared_folder)
    with database.writing():  # the helpers are there while somebody works
        assert {name: mode(shared_folder / name) for name in BESIDE} == dict.fromkeys(BESIDE, 0o600)
    database.close()


@pytest.mark.usefixtures("umask")
def test_a_folder_that_the_product_makes_is_its_owners_too(tmp_path: Path) -> None:
    opened(tmp_path / "made").close()
    assert mode(tmp_path / "made") == 0o700


def test_from_the_first_byte(shared_folder: Path) -> None:
    """Also when nothing but a question was asked, and no table is there."""
    database = Database(sqlite_url(shared_folder))
    assert not (shared_folder / STORE).exists()
    with pytest.raises(DatabaseNotReady, match="no tables yet"):
        database.must_be_current()
    assert mode(shared_folder / STORE) == 0o600
    database.close()


def test_a_copy_before_a_migration_is_its_owners_too(
    shared_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shared_folder).close()
    with_tomorrows_migration(monkeypatch, tmp_path / "migrations")
    opened(shared_folder).close()
    (copy,) = shared_folder.glob("practice-alerts-*-before-*.db")
    assert mode(copy) == 0o600


@pytest.mark.parametrize("loose", [0o644, 0o640, 0o604, 0o660, 0o620, 0o666], ids=oct)
@pytest.mark.parametrize("name", [*BESIDE, "practice-alerts-0001-before-0002-20260101T000000Z.db"])
def test_what_others_could_read_is_narrowed_and_said(
    shared_folder: Path, name: str, loose: int, caplog: pytest.LogCaptureFixture
) -> None:
    opened(shared_folder).close()
    (shared_folder / name).touch()
    (shared_folder / name).chmod(loose)
    database = Database(sqlite_url(shared_folder))
    database.must_be_private()
    assert mode(shared_folder / name) == 0o600
    assert f"could read {name} until now" in caplog.text
    caplog.clear()
    database.must_be_private()
    assert not caplog.text
    database.close()


@pytest.fixture
def not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files belong to somebody else, who alone may narrow them."""

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)


def test_what_cannot_be_narrowed_is_refused_with_a_command_to_copy(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path / "Alerts; of 'ours'"
    opened(folder).close()
    (folder / STORE).chmod(0o644)
    request.getfixturevalue("not_ours")
    with pytest.raises(DatabaseNotReady) as found:
        Database(sqlite_url(folder)).must_be_private()
    command = str(found.value).partition("Run: ")[2]
    assert os.system(command) == 0  # noqa: S605 - the very sentence that an administrator copies
    assert mode(folder / STORE) == 0o600


def test_every_start_narrows_it_or_says_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    data = tmp_path / "kept"
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(data))
    said("people", "add", "Nia Fiction", "--mail", "nia@council.example", "--council", "lambeth",
         "--post", "administrator")  # fmt: skip
    for words in (["people", "list"], ["verify"], ["remind"]):
        (data / STORE).chmod(0o644)
        said(*words)
        assert mode(data / STORE) == 0o600
    (data / STORE).chmod(0o644)
    request.getfixturevalue("not_ours")
    for words in (["people", "list"], ["verify"], ["remind"], ["serve", "--port", "18765"]):
        assert "Other people of this machine can read" in refused(*words)
