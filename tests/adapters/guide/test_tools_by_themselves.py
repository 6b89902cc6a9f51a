"""MkDocs, Streamlit and Datasette by their own commands: each does the right thing, or says what to run."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.log.alert_log import AlertLog
from tests.helpers.files.small_council import furnished

BIN = Path(sys.executable).parent


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What git has of this tree, as it stands on the disk; a small council in place of the five."""
    kept = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    home = tmp_path / "clone"
    for name in kept:
        left_out = name.startswith(("tests/", "docs/screens/", "procedures/", "form_templates/"))
        if name and (ROOT / name).is_file() and not left_out:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, home / name)
    (home / "docs/screens").mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "form_templates/common", home / "form_templates/common")
    furnished(home)
    shutil.copyfile(ROOT / "procedures/law.yml", home / "procedures/law.yml")
    return home


def environment(clone: Path) -> dict[str, str]:
    own = {key: each for key, each in os.environ.items() if not key.startswith("PRACTICE_ALERTS")}
    return {**own, "PYTHONPATH": str(clone), "PYTHONDONTWRITEBYTECODE": "1"}


def run(clone: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=clone,
        env=environment(clone),
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def started(clone: Path, *command: str) -> Iterator[None]:
    process = subprocess.Popen(
        [BIN / command[0], *command[1:]],
        cwd=clone,
        env=environment(clone),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def got(address: str) -> str:
    for _ in range(150):
        try:
            found = httpx.get(address, trust_env=False)
            if found.status_code == httpx.codes.OK:
                return found.text
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_mkdocs_builds_the_guide_in_a_fresh_clone(clone: Path) -> None:
    built = run(clone, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    page = clone / "build/site/sampleford/stages/index.html"
    assert "What holds for every stage" in page.read_text("utf-8").replace("what", "What")
    assert (clone / "build/site/law/index.html").exists()


def test_mkdocs_says_what_is_wrong_in_a_councils_file(clone: Path) -> None:
    file = clone / "procedures/sampleford/procedure.yml"
    file.write_text(file.read_text("utf-8").replace("council:", "counsel:", 1), "utf-8")
    built = run(clone, "mkdocs", "build")
    assert built.returncode != 0
    assert "procedure.yml" in built.stderr
    assert "Traceback" not in built.stderr


def test_mkdocs_serves_the_guide_in_a_fresh_clone(clone: Path) -> None:
    at = f"127.0.0.1:{free_port()}"
    with started(clone, "mkdocs", "serve", "--dev-addr", at):
        assert "Sampleford" in got(f"http://{at}/")


def test_the_successor_builds_what_was_compiled(clone: Path) -> None:
    run(clone, "mkdocs", "build")
    built = run(clone, "zensical", "build", "--config-file", "build/mkdocs.yml")
    assert built.returncode == 0, built.stdout + built.stderr
    assert (clone / "build/site/sampleford/index.html").exists()


def test_streamlit_by_its_own_command_listens_here_alone_and_leaves_nothing_behind(
    clone: Path,
) -> None:
    port = free_port()
    before = sorted((clone / "data").rglob("*"))
    with started(clone, "streamlit", "run", "app.py", "--server.port", str(port)):
        got(f"http://127.0.0.1:{port}/healthz")
        others = socket.gethostbyname_ex(socket.gethostname())[2]
        for other in set(others) - {"127.0.0.1", "127.0.1.1"}:
            with pytest.raises(ConnectionRefusedError), socket.create_connection((other, port), 2):
                pass
    assert sorted((clone / "data").rglob("*")) == before


def test_datasette_by_its_own_command_gives_titles_and_descriptions(clone: Path) -> None:
    log = AlertLog(clone / "data/log")
    log.rebuild("sampleford", [])
    told = run(clone, "datasette", "data/log/sampleford.db", "--get", "/-/metadata.json")
    assert told.returncode == 0, told.stderr
    metadata = json.loads(told.stdout)
    own = metadata["databases"]["sampleford"]
    assert own["title"] == "Alert log of Sampleford"
    assert own["tables"]["alerts"]["description"]
    page = run(clone, "datasette", "data/log/sampleford.db", "--get", "/sampleford").stdout
    assert "Alert log of Sampleford" in page


def test_datasette_says_nothing_of_files_that_are_none_of_ours(clone: Path) -> None:
    sqlite3.connect(clone / "other.db").execute("create table one (two)").connection.close()
    told = run(clone, "datasette", "other.db", "--get", "/-/metadata.json")
    assert json.loads(told.stdout) == {}
