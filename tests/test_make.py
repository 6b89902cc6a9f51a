"""What a newcomer's first command says when something it needs is not there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from practice_alerts import ROOT

_OF_MAKE = {"MAKELEVEL", "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES"}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """As after cloning: what `make install` reads, and no environment yet."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "tools"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def install(fresh: Path, python: Path) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "install", f"PYTHON={python}"]
    # As a newcomer's own make, also when make runs these tests: it would say that it is the second.
    env = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
    return subprocess.run(command, cwd=fresh, env=env, capture_output=True, text=True, check=False)


def a_python(folder: Path, script: str) -> Path:
    path = folder / "some-python"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_a_python_that_is_too_old_is_told_in_one_line(fresh: Path) -> None:
    run = install(fresh, a_python(fresh, "exit 1"))
    first, *rest = run.stderr.splitlines()
    assert first.startswith("practice-alerts needs Python 3.11 or newer, and ")
    assert "make install PYTHON=" in first
    assert all(line.startswith("make: ***") for line in rest)
    assert run.returncode != 0


def test_a_python_without_venv_names_the_package_to_install(fresh: Path) -> None:
    no_venv = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv[:] = sys.argv[1:]; "
    no_venv += "runpy.run_path(sys.argv[0], run_name='__main__')"
    script = (
        f'[ "$1" = -c ] && exec {sys.executable} "$@"; exec {sys.executable} -c "{no_venv}" "$@"'
    )
    run = install(fresh, a_python(fresh, script))
    assert "apt install python3-venv" in run.stderr.splitlines()[0]
    assert not (fresh / ".venv").exists()
    assert run.returncode != 0


def test_a_set_up_that_is_done_is_not_done_again(fresh: Path) -> None:
    (fresh / ".venv").mkdir()
    (fresh / ".venv/.ready").touch()
    run = install(fresh, Path("/bin/false"))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_each_fault_is_played_by_tests_that_there_are() -> None:
    """`make faults` finds them by what stands in the table's last column."""
    lines = (ROOT / "docs/reliability.md").read_text("utf-8").splitlines()
    _, _, *rows = (line for line in lines if line.startswith("|"))
    assert rows
    for row in rows:
        _, *what, played_by, _ = row.split("|")
        tests = re.findall(r"`(tests/[a-z_/]*[.]py)`", played_by)
        assert tests, what
        assert [one for one in tests if not (ROOT / one).is_file()] == []
