"""Backup and restore as an administrator gives the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.product.run_command import give, refused, said

STORE = "practice-alerts.db"


@pytest.fixture
def office(real_office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    (real_office / "witness").rename(tmp_path / "witness")
    recipient = said("backup", "new-key", str(tmp_path / "identity")).split("=")[1].strip()
    for name, value in (
        ("DATA", real_office),
        ("WITNESS", tmp_path / "witness"),
        ("BACKUPS", tmp_path / "backups"),
        ("BACKUP_RECIPIENTS", recipient),
    ):
        monkeypatch.setenv(f"PRACTICE_ALERTS_{name}", str(value))
    said("people", "list")
    return real_office


def restored(tmp_path: Path, *more: str) -> list[str]:
    (file,) = (tmp_path / "backups").iterdir()
    words = (
        "--with",
        str(tmp_path / "identity"),
        "--by",
        "Nia Fiction",
        "--why",
        "The disk broke.",
    )
    return ["restore", str(file), *words, *more]


def test_from_the_first_backup_to_the_restored_store(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "proved and read back" in said("backup")
    recipient = said("backup", "new-key", str(tmp_path / "other")).split("=")[1].strip()
    saved = said("backup", "keys", str(tmp_path / "keys"), "--recipient", recipient)
    assert "3 keys, read back" in saved
    said("people", "add", "Somebody Late", "--mail", "late@council.example",
         "--council", "lambeth", "--post", "iro")  # fmt: skip
    assert "There is a store already" in refused(*restored(tmp_path))
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(tmp_path / "new"))
    opens = ("--keys", str(tmp_path / "keys"), "--with", str(tmp_path / "other"))
    printed = said(*restored(tmp_path, *opens))
    assert "LOST: 2 events, recorded between" in printed
    assert "Restored. Start the product" in printed
    assert (tmp_path / "new" / STORE).stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in (tmp_path / "new").iterdir()) == ["keys", STORE]
    assert "Late" not in said("people", "list")
    assert "by Nia Fiction: The disk broke." in said("verify")
    assert office.exists()


def test_what_is_missing_is_said(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRACTICE_ALERTS_BACKUPS")
    assert "say with --to DIR" in refused("backup")
    assert "There is no folder" in refused("backup", "--to", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PRACTICE_ALERTS_BACKUP_RECIPIENTS", "nobody")
    assert "begins with age1" in refused("backup", "--to", str(tmp_path / "backups"))
    monkeypatch.setenv("PRACTICE_ALERTS_SESSION_KEY", "x" * 40)
    said("seals", "accept", "--by", "Nia Fiction", "--why", "The key comes from elsewhere now.")
    (office / "keys/session.key").unlink()
    recipient = said("backup", "new-key", str(tmp_path / "k")).split("=")[1].strip()
    saved = said("backup", "keys", str(tmp_path / "keys"), "--recipient", recipient)
    assert "PRACTICE_ALERTS_SESSION_KEY is in the environment and not in it" in saved
    assert give("restore", str(tmp_path / "not-there")).exit_code == 2
