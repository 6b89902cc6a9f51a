"""The store, what lies beside it, and everything else in the data folder are for their owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.mail import FolderSender
from practice_alerts.adapters.private_files import OpenToOthers, keep_private
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs import morning, send_mail, sync_log
from practice_alerts.casework.sample.sample_people import IRO
from practice_alerts.cli.support.context import World
from tests.helpers.product.kept_stores import KEPT, unpacked
from tests.helpers.product.migrations import with_tomorrows_migration
from tests.helpers.product.run_command import NOW, refused, said

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
    shared_folder.chmod(0o700)
    keep_private(shared_folder.with_name("elsewhere"), database.files())
    assert mode(shared_folder / name) == 0o600
    assert f"could read ../data/{name} until now" in caplog.text
    caplog.clear()
    keep_private(shared_folder.with_name("elsewhere"), database.files())
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
    with pytest.raises(OpenToOthers) as found:
        keep_private(folder)
    command = str(found.value).partition("Run: ")[2]
    assert os.system(command) == 0  # noqa: S605 - the very sentence that an administrator copies
    assert mode(folder / STORE) == 0o600


def modes(folder: Path) -> dict[str, int]:
    """Of everything below and of the folder itself."""
    return {str(one.relative_to(folder)): mode(one) for one in (folder, *folder.rglob("*"))}


def right(folder: Path) -> dict[str, int]:
    each = (folder, *folder.rglob("*"))
    return {str(one.relative_to(folder)): 0o700 if one.is_dir() else 0o600 for one in each}


@pytest.mark.usefixtures("umask")
def test_whatever_a_running_office_makes_is_its_owners_alone(
    tmp_path: Path, shared_folder: Path
) -> None:
    """Store, helpers, keys, log, e-mails, the copy before a migration, and what is handed out."""
    kept = unpacked(KEPT[-1], tmp_path / "kept")
    for one in kept.parent.iterdir():
        one.rename(shared_folder / one.name)
    world = World(data=str(shared_folder), clock=lambda: NOW)
    office = world.office(world.settings(), migrate=True)
    sync_log.catch_up(office)
    morning.write_what_is_due(office)
    send_mail.send_waiting(office, FolderSender(shared_folder / "outbox", print))
    kept_drafts.keep_draft(office, IRO, "another", {"step": 1})
    days = ("--from", "2025-06-02", "--to", "2025-06-04")
    for into in ("handed-out", "handed-out.zip"):
        place = str(shared_folder / into)
        said("--data", str(shared_folder), "documents", "lambeth", *days, "--into", place)
    shared_folder.chmod(0o755)
    said("--data", str(shared_folder), "people", "list")
    assert modes(shared_folder) == right(shared_folder)
    made = " ".join(modes(shared_folder))
    for part in ("-wal", "-shm", "-before-", "keys/", "log/", ".eml", ".docx", ".zip"):
        assert part in made, part
    office.database.close()


def test_what_anybody_put_there_is_narrowed_with_one_line(
    shared_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Copies by hand, a backup, keys, log files, a folder in a folder; a link's end, and no link."""
    (shared_folder / "keys").mkdir(mode=0o755)
    elsewhere = shared_folder.with_name("elsewhere.db")
    elsewhere.touch(0o644)
    (shared_folder / "copy.db").symlink_to(elsewhere)
    for name in ("backup.db", "keys/session.key", "lock", "README.md"):
        (shared_folder / name).touch(0o644)
    keep_private(shared_folder)
    (shared_folder / "README.md").unlink()  # it came with the code, and says nothing of anybody
    assert modes(shared_folder) == right(shared_folder)
    assert len(caplog.records) == 1
    for name in ("backup.db", "keys", "keys/session.key", "lock", "copy.db"):
        assert name in caplog.text, name


def test_what_belongs_to_another_account_is_refused(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shared_folder / "copy.db").touch(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: shared_folder.stat().st_uid + 1)
    with pytest.raises(OpenToOthers, match=r"Run: chown \d+ .*copy\.db"):
        keep_private(shared_folder)


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


@pytest.mark.parametrize("name", ["what?now=1", "a%3Fb", "a#b", "with a space", "Straße"])
def test_a_folder_of_any_name_holds_its_own_store(tmp_path: Path, name: str) -> None:
    opened(tmp_path / name).close()
    assert mode(tmp_path / name / STORE) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_store_that_is_a_link_to_where_nothing_is_yet_is_its_owners_too(
    shared_folder: Path, tmp_path: Path, umask: int
) -> None:
    assert umask in {0o000, 0o022, 0o077}
    (shared_folder / STORE).symlink_to(tmp_path / "elsewhere.db")
    opened(shared_folder).close()
    assert (shared_folder / STORE).is_symlink()
    assert mode(tmp_path / "elsewhere.db") == 0o600
