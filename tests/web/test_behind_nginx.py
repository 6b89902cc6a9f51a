"""Debian's nginx in front, with the file of the page on deployment: HTTPS, websockets, and nothing in its logs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from practice_alerts import ROOT
from practice_alerts.cli import main
from practice_alerts.cli.support.context import World
from tests.helpers.product.nginx import DEPLOYMENT, Front
from tests.helpers.product.run_command import said
from tests.helpers.product.running_product import Served


@dataclass
class Behind:
    """The product, and the proxy in front of it."""

    product: Served
    front: Front

    @property
    def origin(self) -> str:
        return self.front.origin

    def asking(self) -> httpx.Client:
        return httpx.Client(base_url=self.origin, verify=self.front.trusts, trust_env=False)

    def link(self, person: str) -> str:
        words = ["--data", str(self.product.data), "people", "link", person]
        world = World(environment={**os.environ, "PRACTICE_ALERTS_BASE_URL": self.origin})
        done = CliRunner().invoke(main, words, obj=world, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout.strip()

    @property
    def logged(self) -> str:
        return self.front.logged


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("nginx")
    product = Served(folder / "data", options=())
    found = Behind(product, Front(folder, [product.port]))
    who = ("people", "add", "Nia Fiction", "--mail", "nia@council.example")
    said("--data", str(product.data), *who, "--council", "lambeth", "--post", "iro")
    with pytest.MonkeyPatch.context() as patch:
        found.front.told_to_products(patch)
        patch.setenv("PRACTICE_ALERTS_METRICS_TO", "127.0.0.1")
        product.start()
        with found.front.up():
            yield found
        product.stop()


@pytest.mark.nginx
def test_all_of_it_is_https_and_says_so(behind: Behind) -> None:
    plain = httpx.get(
        f"http://localhost:{behind.front.plain_port}/sign-in?next=/log/", trust_env=False
    )
    assert plain.status_code == 301
    assert plain.headers["location"] == f"{behind.origin}/sign-in?next=/log/"
    with behind.asking() as asking:
        for path in ("/", "/sign-in", "/healthz", "/readyz"):
            answer = asking.get(path)
            assert answer.status_code == 200, answer.text
        page = asking.get("/sign-in")
    assert "max-age" in page.headers["strict-transport-security"]
    assert page.headers["server"] == "nginx"
    assert "script-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.nginx
def test_figures_are_not_for_the_outside(behind: Behind) -> None:
    with behind.asking() as asking:
        assert asking.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    inside = httpx.get(f"http://127.0.0.1:{behind.product.port}/metrics", trust_env=False)
    assert inside.status_code == 200
    assert "practice_alerts_requests_total" in inside.text


@pytest.mark.nginx
def test_somebody_signs_in_and_the_app_opens_its_websocket(behind: Behind) -> None:
    address = behind.link("nia@council.example")
    assert address.startswith(f"{behind.origin}/sign-in/")
    token = address.rpartition("/")[2]
    own = {"origin": behind.origin}
    with behind.asking() as asking:
        assert asking.get(f"/sign-in/{token}").status_code == 200
        elsewhere = asking.post(
            "/sign-in/use", data={"token": token}, headers={"origin": "https://evil.example"}
        )
        assert elsewhere.status_code == 403
        entered = asking.post("/sign-in/use", data={"token": token}, headers=own)
        assert entered.status_code == 303
        assert entered.headers["set-cookie"].startswith("__Host-")
        assert "Secure" in entered.headers["set-cookie"]
        assert asking.get("/app/").status_code == 200
        cookie = "; ".join(f"{name}={value}" for name, value in asking.cookies.items())
    assert opens(behind, cookie) == 101
    assert opens(behind, "") == 403
    assert token not in behind.logged
    assert token not in behind.product.printed


def opens(behind: Behind, cookie: str) -> int:
    """What asking for the app's websocket is answered with."""
    address = f"wss://localhost:{behind.front.port}/app/_stcore/stream"
    try:
        with connect(
            address,
            ssl=behind.front.trusts,
            origin=Origin(behind.origin),
            additional_headers={"cookie": cookie} if cookie else {},
            subprotocols=[Subprotocol("streamlit")],
            proxy=None,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.nginx
def test_a_product_that_is_down_is_said_to_be_and_no_address_is_put_down(behind: Behind) -> None:
    """Last: it stops the product."""
    behind.product.stop()
    with behind.asking() as asking:
        assert asking.get("/sign-in/a-secret-of-somebody").status_code == 502
    assert "a-secret-of-somebody" not in behind.logged


SYSTEMD = shutil.which("systemd-analyze")


@pytest.mark.systemd
@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOYMENT.glob("practice-alerts*")))
def test_units_are_as_systemd_wants_them(unit: str, tmp_path: Path) -> None:
    """But for the program, which is not installed where the units say."""
    for path in DEPLOYMENT.glob("practice-alerts*"):
        text = re.sub(
            r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text("utf-8"), flags=re.MULTILINE
        )
        (tmp_path / path.name).write_text(text, "utf-8")
    command = [str(SYSTEMD), "verify", "--man=no", str(tmp_path / unit)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_each_setting_of_the_sample_environment_is_one() -> None:
    named = set(
        re.findall(
            r"^(PRACTICE_ALERTS_\w+)=",
            (DEPLOYMENT / "environment").read_text("utf-8"),
            re.MULTILINE,
        )
    )
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    assert named == {one for one in named if f"`{one}`" in page}
    assert named
