"""Addresses that a command prints are those of the service as it runs, and commands can be typed as printed."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.cli.support.context import SERVED_AT
from practice_alerts.cli.support.output import as_given
from tests.helpers.product.run_command import refused, said
from tests.helpers.product.running_product import free_port

WHO = "nia@council.example"


@pytest.fixture
def served_elsewhere(data: Path) -> None:
    said(
        *("people", "add", "Nia Fiction", "--mail", WHO, "--council", "lambeth"),
        *("--post", "administrator"),
    )
    store = Database(sqlite_url(data))
    with store.writing() as tx:
        office_settings.put_fact(tx, SERVED_AT, "http://localhost:8123")
    store.close()


@pytest.mark.usefixtures("served_elsewhere")
def test_a_link_leads_to_where_the_service_was_last_started() -> None:
    assert said("people", "link", WHO).startswith("http://localhost:8123/sign-in/")


@pytest.mark.usefixtures("served_elsewhere")
def test_a_setting_goes_before_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_BASE_URL", "https://alerts.example")
    assert said("people", "link", WHO).startswith("https://alerts.example/sign-in/")


def test_from_the_root_of_the_machine_a_program_is_named_in_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There a service runs, and the command is typed elsewhere."""
    monkeypatch.setenv("PATH", "/usr/bin")
    program = Path(sysconfig.get_path("scripts")) / "practice-alerts"
    for here, printed in (
        (program.parent, "practice-alerts"),
        (program.parent.parent, f"{program.parent.name}/practice-alerts"),
        (Path("/"), str(program)),
    ):
        monkeypatch.chdir(here)
        assert as_given("people list") == f"{printed} people list"


def test_a_command_is_printed_with_its_folder_where_the_shell_would_not_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / ".venv/bin/practice-alerts"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(program.parent))
    monkeypatch.setenv("PATH", "")
    assert as_given("people list") == f"{program} people list"
    monkeypatch.chdir(tmp_path)
    assert as_given("people list") == ".venv/bin/practice-alerts people list"
    monkeypatch.setenv("PATH", str(program.parent))
    assert as_given("people list") == "practice-alerts people list"


def test_a_command_is_printed_with_the_folders_that_were_given(tmp_path: Path) -> None:
    data = tmp_path / "what is kept"
    here = f"--data '{data}'"
    adding = 'people add "NAME" --mail ADDRESS --council COUNCIL --post administrator'
    told = refused("--data", str(data), "serve", "--port", str(free_port()))
    assert f"practice-alerts {here} {adding}\n" in told
    # The sample is not for the folder in which real people are to work.
    assert told.endswith("practice-alerts serve --sample")
    assert f"practice-alerts {here} {adding}" in refused("--data", str(data), "people", "list")
    added = said(
        *("--data", str(data), "people", "add", "Nia Fiction", "--mail", WHO),
        *("--council", "lambeth", "--post", "administrator"),
    )
    assert f"practice-alerts {here} people link {WHO}\n" in added


def test_a_new_council_is_checked_with_the_folder_of_procedures_that_was_given(
    tmp_path: Path,
) -> None:
    rules = tmp_path / "rules of ours"
    rules.mkdir()
    told = said("--procedures", str(rules), "new", "sampleford")
    assert f"practice-alerts --procedures '{rules}' check '{rules}/sampleford'\n" in told
