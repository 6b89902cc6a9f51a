"""A store that a newer product has brought further: every command says so in one sentence, and touches nothing."""

from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from tests.helpers.product.migrations import NEWEST, TOMORROWS, with_tomorrows_migration
from tests.helpers.product.run_command import refused
from tests.helpers.product.running_product import free_port

_NIA = ("Nia Fiction", "--mail", "nia@council.example", "--post", "administrator")
_QUARTER = ("--from", "2026-01-01", "--to", "2026-03-31", "--into", "build/never-made")
COMMANDS = (
    ("serve", "--sample"),
    ("verify",),
    ("people", "list"),
    ("people", "add", *_NIA, "--council", "lambeth"),
    ("remind",),
    ("log", "rebuild"),
    ("calendar", "list", "lambeth"),
    ("due", "5 working days", "--from", "2026-06-15", "--council", "lambeth"),
    ("documents", "lambeth", *_QUARTER),
)


@pytest.fixture
def from_the_future(sample_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = Database(sqlite_url(sample_office))
    with monkeypatch.context() as ahead:
        with_tomorrows_migration(ahead, tmp_path / "migrations")
        database.migrate()
    database.close()
    return sample_office / "practice-alerts.db"


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_every_command_refuses_it(from_the_future: Path, words: tuple[str, ...]) -> None:
    before = from_the_future.read_bytes()
    port = ("--port", str(free_port())) if words[0] == "serve" else ()
    sentence = refused(*words, *port)
    assert f"brought to version {TOMORROWS} by a newer product; this one knows {NEWEST}" in sentence
    assert "Install the newer product again, or restore a backup" in sentence
    assert from_the_future.read_bytes() == before
