"""What all commands share: where they look, how they fail, and what they never do."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from practice_alerts import __version__
from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from tests.helpers.files.small_council import write_council
from tests.helpers.product.run_command import NOW, give, refused, said


def test_help_lists_every_verb() -> None:
    printed = said("--help")
    for verb in [
        "serve",
        "check",
        "templates",
        "due",
        "ladder",
        "guide",
        "documents",
        "log",
        "verify",
        "people",
        "calendar",
    ]:
        assert f"\n  {verb} " in printed


def test_the_version_is_the_package_s() -> None:
    assert said("--version").strip() == __version__


def test_it_runs_as_a_module_too() -> None:
    command = [sys.executable, "-m", "practice_alerts.cli", "--version"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == __version__


def test_the_option_before_the_command_comes_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_council(tmp_path).parent
    monkeypatch.setenv("PRACTICE_ALERTS_PROCEDURES", str(tmp_path / "nowhere"))
    sentence = refused("ladder", "lambeth", "--from", "2025-03-03")
    assert sentence.startswith("PRACTICE_ALERTS_PROCEDURES is ")
    words = ("ladder", "sampleford", "--from", "2025-03-03")
    assert said("--procedures", str(folder), *words).startswith("Sampleford, ")
    monkeypatch.setenv("PRACTICE_ALERTS_PROCEDURES", str(folder))
    assert said(*words).startswith("Sampleford, ")


def test_a_data_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    assert "a folder is needed" in refused("verify")
    assert refused("--data", str(tmp_path / "data"), "verify").startswith("--data is ")


def test_a_data_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    data = ("--data", str(tmp_path / "file/data"))
    words = (
        "people",
        "add",
        "Nia",
        "--mail",
        "n@c.example",
        "--council",
        "lambeth",
        "--post",
        "iro",
    )
    assert "the folder cannot be made" in refused(*data, *words)


def test_a_data_folder_is_made_for_its_user_alone(data: Path) -> None:
    words = ("--council", "lambeth", "--post", "administrator")
    said("people", "add", "Nia", "--mail", "nia@council.example", *words)
    assert data.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BASE_URL", "alerts.example", "give scheme and host"),
        ("BASE_URL", "https://alerts.example/practice", "give scheme and host"),
        ("BASE_URL", "ftp://alerts.example", "give scheme and host"),
        ("DATABASE_URL", "mysql://root:secret@db/alerts", "begins with sqlite:///"),
        ("DATABASE_URL", "postgresql://root:secret@db:x/alerts", "begins with sqlite:///"),
        ("DATABASE_URL", "postgresql+psycopg2://root:secret@db/alerts", "begins with sqlite:///"),
        ("DATABASE_OWNER_URL", "postgresql://owner:secret@db/alerts", "it goes with a"),
        ("DATABASE_OWNER_URL", "sqlite:///secret.db", "it goes with a"),
        ("DATABASE_URL", "somewhere", "begins with sqlite:///"),
    ],
)
def test_a_setting_that_nothing_can_be_done_with_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"PRACTICE_ALERTS_{name}", value)
    told = refused("people", "list")
    assert f"PRACTICE_ALERTS_{name}" in told
    assert sentence in told
    assert "secret" not in told


@pytest.mark.usefixtures("real_office")
def test_a_key_that_is_too_short_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_SESSION_KEY", "swordfish")
    told = refused("people", "list")
    assert "PRACTICE_ALERTS_SESSION_KEY" in told
    assert "swordfish" not in told


def test_faults_in_a_procedure_stop_whatever_rests_on_it_with_their_lines(tmp_path: Path) -> None:
    folder = write_council(tmp_path).parent
    (folder / "sampleford/procedure.yml").write_text("council: Sampleford\nbogus: 1\n", "utf-8")
    told = refused("--procedures", str(folder), "ladder", "sampleford", "--from", "2025-03-03")
    assert "procedure.yml:2: " in told


def test_a_fault_of_ours_shows_where_it_happened() -> None:
    def broken() -> None:
        raise ValueError("a fault of ours")

    world = World(clock=broken)  # type: ignore[arg-type]
    words = ["due", "1 week", "--from", "2025-06-05"]
    result = CliRunner().invoke(main, words, obj=world)
    assert isinstance(result.exception, ValueError)


def test_the_sample_office_has_a_log_that_can_be_made_anew(
    sample_office: Path, rows: Callable[..., list[int]]
) -> None:
    (count,) = rows("SELECT count(*) FROM alerts WHERE NOT is_restricted")
    assert count > 5
    printed = said("log", "rebuild")
    assert printed == f"Made the log anew: {count} alerts, in {sample_office / 'log'}\n"
    assert (sample_office / "log/lambeth.db").exists()


@pytest.mark.parametrize(
    "words", [("people", "list"), ("verify",), ("calendar", "list", "lambeth")]
)
def test_a_command_closes_the_store_it_opened(sample_office: Path, words: tuple[str, ...]) -> None:
    said(*words)
    # SQLite keeps a file beside the store for as long as anybody has it open.
    assert not list(sample_office.glob("practice-alerts.db-*"))


def test_a_store_that_is_refused_is_closed_as_well(sample_office: Path) -> None:
    with closing(sqlite3.connect(sample_office / "practice-alerts.db")) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (("people", "list"), ("verify",)):
        assert "brought to version 9999 by a newer product" in refused(*words)
        assert not list(sample_office.glob("practice-alerts.db-*"))


def test_on_an_empty_folder_there_is_no_log_to_rebuild(data: Path) -> None:
    assert "There is no database in" in refused("log", "rebuild")
    assert not data.exists()


def test_the_clock_of_the_tests_lies_within_the_calendar() -> None:
    assert give("due", "1 week", "--from", NOW.date().isoformat()).exit_code == 0
