"""A window that closes in the instant in which it has sent something: what it asked for is still done."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 - what a window says

from practice_alerts.adapters.links_and_sessions import cookie_name
from tests.helpers.product.asgi_client import Asking
from tests.web.conftest import Running, started


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with started(tmp_path) as running:
        yield running


def _opened(running: Running, window: Asking, *says: bytes) -> str:
    """Open the app and close it at once; whatever it says comes in between."""
    return window.websocket("/app/_stcore/stream", running.product.base_url, says)


def _keep(name: str) -> bytes:
    """Ask for a run that waits for NAME.go, and then keeps the names of its cookies as NAME.kept."""
    asked = BackMsg()
    asked.rerun_script.query_string = f"keep={name}"
    said: bytes = asked.SerializeToString()
    return said


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < until, f"{file.name} did not come about"
        time.sleep(0.05)


def test_the_run_that_a_closing_window_asks_for_is_carried_to_its_end_as_the_same_person(
    running: Running,
) -> None:
    folder = running.product.folder

    _opened(running, running.signed_in("ros"), _keep("closing"))
    (folder / "closing.go").touch()

    _wait_for(folder / "closing.kept")
    assert cookie_name(running.product.base_url) in (folder / "closing.kept").read_text("utf-8")


def test_the_next_window_of_that_browser_waits_for_the_run_and_no_other_does(
    running: Running,
) -> None:
    folder, ros, quin = running.product.folder, running.signed_in("ros"), running.signed_in("quin")
    _opened(running, ros, _keep("anew"))

    with ThreadPoolExecutor() as pool:
        anew = pool.submit(_opened, running, ros)
        assert _opened(running, quin) == "websocket.accept"
        assert not anew.done()
        (folder / "anew.go").touch()
        assert anew.result() == "websocket.accept"

    assert (folder / "anew.kept").exists()


def test_the_service_stops_when_the_last_run_is_over(tmp_path: Path) -> None:
    with started(tmp_path) as running:
        _opened(running, running.signed_in("ros"), _keep("stopping"))
        (tmp_path / "stopping.go").touch()

    assert (tmp_path / "stopping.kept").exists()
