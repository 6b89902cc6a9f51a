"""Data folders in the states in which a command may find them, each made once and then copied."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.casework.sample.sample_office import make_sample_office
from practice_alerts.cli.support.context import World
from tests.helpers.product.made_once import made_once
from tests.helpers.product.run_command import NOW, said


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the commands of this test keep what they keep; there is nothing yet."""
    return tmp_path / "data"


@pytest.fixture
def sample_office(data: Path, made_sample_office: Path) -> Path:
    """The sample office, as `serve --sample` makes it."""
    return shutil.copytree(made_sample_office, data)


Rows = Callable[..., list[Any]]


@pytest.fixture
def rows(sample_office: Path) -> Rows:
    """What the sample office's store says: the first column of what a query finds."""

    def found(query: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(sample_office / "practice-alerts.db")) as store:
            return [row[0] for row in store.execute(query, values)]

    return found


@pytest.fixture
def in_lambeth(rows: Rows) -> list[str]:
    """The references of that council's alerts of which documents are handed out by a command, in order."""
    return rows(
        "SELECT reference FROM alerts WHERE council = 'lambeth' AND NOT is_restricted"
        " ORDER BY reference"
    )


@pytest.fixture
def real_office(data: Path, made_real_office: Path) -> Path:
    """One administrator, and no alert yet."""
    return shutil.copytree(made_real_office, data)


@pytest.fixture
def lambeth_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One council's procedure in place of five: each command reads them all."""
    for room in ("procedures", "form_templates"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "lambeth").symlink_to(ROOT / room / "lambeth")
    monkeypatch.setenv("PRACTICE_ALERTS_PROCEDURES", str(tmp_path / "procedures"))


@pytest.fixture(scope="package")
def made_sample_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(data: Path) -> None:
        world = World(data=str(data), clock=lambda: NOW)
        office = world.office(world.settings(sample=True), migrate=True)
        assert make_sample_office(office)
        office.database.close()

    return made_once(tmp_path_factory, "sample-office", make)


@pytest.fixture(scope="package")
def made_real_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("real")
    post = ("--council", "lambeth", "--post", "administrator")
    words = ("people", "add", "Nia Fiction", "--mail", "nia@council.example", *post)
    said("--data", str(data), *words)
    return data
