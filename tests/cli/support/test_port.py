"""The port: whose it is, and what follows from it."""

import subprocess
import sys

import pytest

from practice_alerts.cli.support.port import NotFree, address, is_loopback, listen, take
from tests.helpers.product.running_product import free_port


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.9", "::1"])
def test_what_only_this_machine_reaches(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "localhost.example", ""])  # noqa: S104 - asked about, not bound
def test_what_others_may_reach(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "port", "shown"),
    [
        ("127.0.0.1", 8000, "http://localhost:8000"),
        ("localhost", 80, "http://localhost"),
        ("192.0.2.1", 8000, "http://192.0.2.1:8000"),
        ("2001:db8::1", 8000, "http://[2001:db8::1]:8000"),
    ],
)
def test_the_address_is_the_one_that_browsers_show(host: str, port: int, shown: str) -> None:
    assert address(host, port) == shown


def test_of_two_that_start_at_once_the_second_is_told() -> None:
    port = free_port()
    with take("127.0.0.1", port) as first, take("localhost", port) as second:
        listen(first, "127.0.0.1")
        with pytest.raises(NotFree, match=f"Port {port} is taken"):
            listen(second, "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("192.0.2.1", "192.0.2.1 is no address of this machine."),
        ("a" * 64 + ".example", "This machine knows no address aaa"),
    ],
)
def test_an_address_that_is_not_this_machine_s_is_refused(host: str, sentence: str) -> None:
    # As a program of its own, because here nobody may look an address up.
    command = [sys.executable, "-m", "practice_alerts.cli", "serve", "--host", host]
    run = subprocess.run(
        [*command, "--port", str(free_port())], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.startswith(sentence)
    assert len(run.stderr.splitlines()) == 1
