"""`practice-alerts serve`: what it refuses before it makes anything, and a whole start to its end."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from practice_alerts.casework.sample.sample_people import sample_people
from tests.helpers.files.real_councils import council
from tests.helpers.product.drawing import that_draw
from tests.helpers.product.run_command import refused, said
from tests.helpers.product.running_product import Served, free_port

pytestmark = pytest.mark.usefixtures("lambeth_alone")


# ------------------------------------------------------------------------- refused before anything is made


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def test_a_taken_port_gets_one_line_that_says_what_to_do_before_anything_is_made(
    taken: int, data: Path
) -> None:
    sentence = refused("serve", "--sample", "--port", str(taken))
    assert sentence == (
        f"Port {taken} is taken, perhaps by another practice-alerts. Stop that program, or choose"
        f" another port with --port {taken + 1}."
    )
    assert not data.exists()


def test_on_an_empty_folder_it_names_the_command_for_the_first_administrator(data: Path) -> None:
    sentence = refused("serve", "--port", str(free_port()))
    assert f"There is nobody in {data} yet." in sentence
    assert (
        'practice-alerts people add "NAME" --mail ADDRESS --council COUNCIL --post administrator'
        in sentence
    )
    assert not data.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "alerts.example"])  # noqa: S104 - asked for, not bound
def test_sample_data_is_shown_to_this_machine_alone(host: str, data: Path) -> None:
    sentence = refused("serve", "--sample", "--host", host, "--port", str(free_port()))
    assert "it is for this machine alone" in sentence
    assert not data.exists()


@pytest.mark.usefixtures("real_office")
def test_a_folder_with_real_people_gets_no_sample_data() -> None:
    sentence = refused("serve", "--sample", "--port", str(free_port()))
    assert "This data folder holds real people" in sentence
    assert "Nia Fiction" in said("people", "list")


@pytest.mark.usefixtures("sample_office")
def test_the_sample_office_is_not_served_as_if_it_were_real() -> None:
    sentence = refused("serve", "--port", str(free_port()))
    assert "holds the sample office" in sentence
    assert "practice-alerts serve --sample" in sentence


def test_answering_at_every_address_needs_the_name_that_people_use() -> None:
    sentence = refused("serve", "--host", "0.0.0.0", "--port", str(free_port()))  # noqa: S104 - asked for, not bound
    assert "PRACTICE_ALERTS_BASE_URL=https://" in sentence


@pytest.mark.usefixtures("real_office")
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BASE_URL", "localhost:8000", "give scheme and host"),
        ("SMTP_HOST", "mail.council.example", "PRACTICE_ALERTS_SMTP_FROM"),
        ("SESSION_KEY", "short", "needs at least 32"),
        ("PROCEDURES", "/nowhere/at/all", "there is no such folder"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"PRACTICE_ALERTS_{name}", value)
    assert sentence in refused("serve", "--port", str(free_port()))


# ----------------------------------------------------------------------------------------- whole starts


@pytest.fixture
def product(data: Path) -> Iterator[Served]:
    served = Served(data)
    yield served
    served.kill()


@contextmanager
def entered(product: Served, link: str) -> Iterator[httpx.Client]:
    """Open a one-time link as a browser does, and press its button."""
    with httpx.Client(base_url=product.origin, trust_env=False) as browser:
        assert browser.get(link).is_success
        pressed = browser.post(
            "/sign-in/use",
            data={"token": link.rpartition("/")[2]},
            headers={"Origin": product.origin},
        )
        assert pressed.status_code == httpx.codes.SEE_OTHER
        yield browser


def references(product: Served) -> set[str]:
    """The alerts in the log, as the QA lead finds them."""
    link = next(link for person, link in product.links().items() if "QA lead" in person)
    with entered(product, link) as browser:
        rows = browser.get("/log/lambeth/alerts.json?_shape=objects", follow_redirects=True)
        return {row["reference"] for row in rows.json()["rows"]}


def test_the_sample_office_from_an_empty_folder_to_its_second_start(product: Served) -> None:
    product.start()
    first = product.links()
    people = list(sample_people({"lambeth": council("lambeth")}))
    assert len(first) == len(people)
    assert any("Team Manager" in person for person in first)
    assert all(link.startswith(f"{product.origin}/sign-in/") for link in first.values())
    assert said("people", "link", "sample-admin").startswith(f"{product.origin}/sign-in/")
    found = references(product)
    assert len(found) > 5
    assert product.running
    assert (
        that_draw(product.running.pid) == set()
    )  # one process does everything, unless more are asked for
    product.stop()
    assert product.printed.endswith("Stopped.\n")

    before = len(product.printed)
    product.start()
    again = product.printed[before:]
    second = product.links()
    assert "Building the guide" not in again
    assert "Made a sample office" not in again
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())
    assert references(product) == found


def test_it_stops_within_seconds_although_a_page_is_open(product: Served) -> None:
    product.start()
    link = next(link for person, link in product.links().items() if "Reviewing" in person)
    with entered(product, link) as browser:
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    with socket.create_connection(("127.0.0.1", product.port)) as tab:
        asked = (
            "GET /app/_stcore/stream HTTP/1.1",
            f"Host: localhost:{product.port}",
            f"Origin: {product.origin}",
            f"Cookie: {cookie}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        )
        tab.sendall("\r\n".join((*asked, "", "")).encode())
        assert tab.recv(100).startswith(b"HTTP/1.1 101 ")
        product.stop()  # fails when it has not ended within half a minute
    assert product.printed.endswith("Stopped.\n")


def a_link_for(person: str, product: Served) -> str:
    """By the command, with the clock that the product has too."""
    command = [sys.executable, "-m", "practice_alerts.cli", "--data", str(product.data)]
    env = os.environ | {"PRACTICE_ALERTS_BASE_URL": product.origin}
    run = subprocess.run(
        [*command, "people", "link", person], env=env, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.mark.usefixtures("real_office")
def test_a_real_office_is_served_without_a_link_and_lets_people_in_by_theirs(data: Path) -> None:
    product = Served(data, options=())
    product.start()
    try:
        assert "/sign-in/" not in product.printed
        with entered(product, a_link_for("nia@council.example", product)) as nia:
            assert nia.get("/app/").is_success
        with httpx.Client(base_url=product.origin, trust_env=False) as nobody:
            assert not nobody.get("/app/").is_success
    finally:
        product.stop()
