"""The guards that every test stands on do hold."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.guards.network_guard import OutsideWorld
from tests.helpers.guards.real_data_guard import REAL_DATA, RealData

CONFTEST = """
from tests.helpers.guards.skipped_tests import LeftOut, Need
def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs one")
    need = Need(None, "no Chromium was found. Install Debian's chromium.")
    config.pluginmanager.register(LeftOut({{"browser": need}}, is_a_failure={failure}))
"""


def test_a_test_cannot_open_the_real_data() -> None:
    with pytest.raises(RealData, match="Use tmp_path"):
        (REAL_DATA / "practice-alerts.db").open("w")
    with pytest.raises(RealData):
        (REAL_DATA / "keys").mkdir()


def test_a_test_cannot_make_or_query_a_database_in_the_real_data() -> None:
    with pytest.raises(RealData):
        sqlite3.connect(REAL_DATA / "practice-alerts.db")
    with pytest.raises(RealData):
        sqlite3.connect(f"file:{REAL_DATA}/practice-alerts.db?mode=ro", uri=True)


def test_a_program_started_by_a_test_is_pointed_away_from_the_real_data(tmp_path: Path) -> None:
    assert Path(os.environ["PRACTICE_ALERTS_DATA"]).is_relative_to(tmp_path)


def test_a_program_started_by_a_test_cannot_open_the_real_data() -> None:
    opening = f"import sqlite3; sqlite3.connect({str(REAL_DATA / 'practice-alerts.db')!r})"
    run = subprocess.run(
        [sys.executable, "-c", opening], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "a test reached for real data" in run.stderr


def test_a_test_cannot_reach_another_machine() -> None:
    with socket.socket() as outgoing, pytest.raises(OutsideWorld, match="stay on this machine"):
        outgoing.connect(("192.0.2.1", 80))
    with pytest.raises(OutsideWorld):
        socket.create_connection(("example.org", 80))


def test_a_test_may_speak_to_a_server_on_this_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(("localhost", server.getsockname()[1])) as there,
    ):
        assert there.getpeername()[0] == "127.0.0.1"


def run_pytest(
    folder: Path, *options: str, body: str, failure: bool
) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST.format(failure=failure), "utf-8")
    (folder / "test_some.py").write_text(body, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", ".", "."]
    command += options
    # The other plug-ins take longer than the tests; ours are found from anywhere.
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}
    alone = os.environ | ours
    return subprocess.run(
        command, cwd=folder, env=alone, capture_output=True, text=True, check=False
    )


ONE_NEEDS_A_BROWSER = """
import pytest
@pytest.mark.browser
def test_in_browser(): assert True
def test_plain(): assert True
"""


WORKERS = ((), ("-p", "xdist", "-n", "2"))


@pytest.mark.parametrize("workers", WORKERS)
def test_tests_without_their_browser_are_left_out_and_named(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    run = run_pytest(tmp_path, *workers, body=ONE_NEEDS_A_BROWSER, failure=False)
    assert run.returncode == 0
    assert (
        "LEFT OUT: 1 browser test, because no Chromium was found. Install Debian's chromium."
        in run.stdout
    )


@pytest.mark.parametrize("workers", WORKERS)
def test_in_ci_a_test_left_out_fails_the_run(tmp_path: Path, workers: tuple[str, ...]) -> None:
    run = run_pytest(tmp_path, *workers, body=ONE_NEEDS_A_BROWSER, failure=True)
    assert run.returncode == 1
    assert "PRACTICE_ALERTS_CI=1 wants every test" in run.stdout


@pytest.mark.parametrize("workers", WORKERS)
def test_in_ci_a_skipped_test_fails_the_run(tmp_path: Path, workers: tuple[str, ...]) -> None:
    body = "import pytest\ndef test_later(): pytest.skip('later')\ndef test_now(): assert True\n"
    run = run_pytest(tmp_path, *workers, body=body, failure=True)
    assert run.returncode == 1
    assert "SKIPPED: test_some.py::test_later" in run.stdout


@pytest.mark.parametrize("workers", WORKERS)
def test_in_ci_a_skipped_file_fails_the_run(tmp_path: Path, workers: tuple[str, ...]) -> None:
    skipped = "import pytest\npytest.skip('later', allow_module_level=True)\n"
    (tmp_path / "test_other.py").write_text(skipped, "utf-8")
    run = run_pytest(tmp_path, *workers, body="def test_now(): assert True\n", failure=True)
    assert run.returncode == 1
    assert run.stdout.count("SKIPPED: test_other.py") == 1


CHANCE = """
from pathlib import Path
def test_in_browser(where={where!r}):
    marks = Path(where)
    tries = len(marks.read_text()) if marks.exists() else 0
    marks.write_text("x" * (tries + 1))
    assert tries >= {passes_at}
"""


@pytest.mark.parametrize(
    ("folder", "passes_at", "status", "tries"),
    [
        ("browser", 0, 0, 1),
        ("browser", 1, 0, 2),
        ("browser", 2, 1, 2),  # what fails twice has failed
        ("stories", 1, 1, 1),  # and what fails elsewhere has failed at once
    ],
)
@pytest.mark.parametrize("workers", WORKERS)
def test_only_what_drives_several_programs_has_a_second_try_and_it_is_told(
    tmp_path: Path, workers: tuple[str, ...], folder: str, passes_at: int, status: int, tries: int
) -> None:
    marks, tests = tmp_path / "marks", tmp_path / "tests" / folder
    tests.mkdir(parents=True)
    body = CHANCE.format(where=str(marks), passes_at=passes_at)
    (tests / "test_chance.py").write_text(body, "utf-8")
    second = ("-p", "tests.helpers.guards.second_try", *workers)
    run = run_pytest(tmp_path, *second, body="def test_now(): assert True\n", failure=True)
    assert (run.returncode, len(marks.read_text())) == (status, tries)
    assert ("UNSTEADY: " in run.stdout) == ((status, tries) == (0, 2))


def test_a_second_try_hides_nothing_else_that_failed(tmp_path: Path) -> None:
    (tmp_path / "tests/browser").mkdir(parents=True)
    body = CHANCE.format(where=str(tmp_path / "marks"), passes_at=1)
    (tmp_path / "tests/browser/test_chance.py").write_text(body, "utf-8")
    second = ("-p", "tests.helpers.guards.second_try")
    run = run_pytest(tmp_path, *second, body="def test_now(): assert False\n", failure=True)
    assert (run.returncode, (tmp_path / "marks").read_text()) == (1, "x")


def test_a_run_that_leaves_rules_unchecked_fails() -> None:
    counting = ("-p", "tests.helpers.guards.branches", "--numprocesses=1")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            *counting,
            "tests/domain/test_once.py",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "which is less than 98" in run.stdout
    (of_once,) = (line for line in run.stdout.splitlines() if "domain/once.py" in line)
    assert int(of_once.split()[2]) < 5  # what the worker ran was counted
