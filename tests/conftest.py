"""What every test stands on: no real data, no outside world, and nothing left out in silence."""

import gc
import os
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.guards.network_guard import refuse_the_outside
from tests.helpers.guards.real_data_guard import IN_STARTED_PROGRAMS, REAL_DATA, keep_away_from
from tests.helpers.guards.skipped_tests import LeftOut, Need
from tests.helpers.product import postgresql
from tests.helpers.product.one_compiling import compiled_once

# An example has no limit in time: on a busy machine the second is not the test's. The full check tries the
# same examples each time, so that what it says is about the commit; a person's run tries others.
settings.register_profile("house", deadline=None)
settings.register_profile("check", deadline=None, derandomize=True)
settings.load_profile("check" if os.environ.get("PRACTICE_ALERTS_CI") == "1" else "house")

# A test's folder lies in memory where there is room: a store waits for the disk at every act. (Docker gives
# 64 MB, which is none.) pytest removes the folders of tests that pass.
MEMORY, ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108 - what is made there is its user's alone
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    os.environ.setdefault("TMPDIR", str(MEMORY))

# What takes longest comes first, so that no process is left alone with it in the end.
LONGEST_FIRST = ("browser", "web", "procedures", "stories", "ui", "cli", "adapters", "casework")

if sys.version_info >= (3, 13):  # it says aloud which connections Datasette, once each, leaves open
    with warnings.catch_warnings(action="ignore"):
        from datasette.utils.sqlite import sqlite_version

        from practice_alerts.adapters.log.datasette_app import facets

        facets.detect_json1()
        sqlite_version()
        gc.collect()

TESTS = Path(__file__).parent
# The shell is Chromium without its own window, which costs half as much again and which nobody here looks at.
_CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _CHROMIUMS if (path := shutil.which(name))), None)
LIBREOFFICE = shutil.which("soffice")

NEEDS = {
    "browser": Need(CHROMIUM, "no Chromium was found. Install Debian's chromium-headless-shell."),
    "office": Need(
        LIBREOFFICE, "no LibreOffice was found. Install Debian's libreoffice-writer-nogui."
    ),
    "systemd": Need(
        shutil.which("systemd-analyze"), "no systemd-analyze was found. Install Debian's systemd."
    ),
    "nginx": Need(
        shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"),
        "no nginx was found. Install Debian's nginx-light.",
    ),
    "postgres": Need(str(postgresql.programs() or ""), postgresql.OTHERWISE),
}


def pytest_configure(config: pytest.Config) -> None:
    everything = os.environ.get("PRACTICE_ALERTS_CI") == "1"
    config.pluginmanager.register(LeftOut(NEEDS, is_a_failure=everything))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(_folder(item)))


def pytest_collection_finish() -> None:
    """What stands until the end is looked through by no collection of rubbish, and the rest more seldom.

    Together that saves a third of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def _place(folder: str) -> int:
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def pytest_unconfigure() -> None:
    postgresql.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; for tests marked `browser`."""
    assert CHROMIUM, "mark this test with pytest.mark.browser"
    return CHROMIUM


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of soffice; for tests marked `office`."""
    assert LIBREOFFICE, "mark this test with pytest.mark.office"
    return LIBREOFFICE


@pytest.fixture(scope="session", autouse=True)
def no_outside_world() -> Iterator[None]:
    """Connections and look-ups stay on this machine; a test that asks elsewhere fails."""
    with pytest.MonkeyPatch.context() as patch:
        refuse_the_outside(patch, socket.socket)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_real_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Opening anything in data/ fails, here and in programs started here, whatever lies in it."""
    with pytest.MonkeyPatch.context() as patch, keep_away_from(REAL_DATA):
        patch.setenv("PYTHONPATH", IN_STARTED_PROGRAMS)
        patch.setenv("PRACTICE_ALERTS_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_compiling() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(autouse=True)
def data_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(tmp_path / "data"))
