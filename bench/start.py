"""A cold start of the whole product to its first page, and the memory of its process.

The data folder and the guide are there already, as on every start but the first. The start takes
turns with a Python that only imports the two big libraries the product stands on.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.memory import share_of
from bench.turns import Row, seconds, timed, times
from practice_alerts import ROOT
from practice_alerts.casework.directory.signing_in.links_by_mail import sign_in_address
from practice_alerts.casework.sample.sample_people import IRO
from practice_alerts.office import Settings, open_office
from tests.helpers.app.app_session import AppSession
from tests.helpers.product.running_product import Served

ROUNDS = 5
SESSIONS = 10
IMPORTS = "import streamlit, datasette"


def measure() -> list[Row]:
    """Time to the first page, and memory with nobody, one and ten people in the app."""
    with TemporaryDirectory() as folder:
        product = Served(Path(folder) / "data")
        _start(product)  # makes the sample office, and the guide where it is not up to date
        product.stop()
        taken = [(timed(_import), *_start_again(product)) for _ in range(ROUNDS)]
        importing, starting, worked = (min(column) for column in zip(*taken, strict=True))
        _start(product)
        try:
            nobody, one, ten = _memory(product)
        finally:
            product.stop()
    return [
        Row(
            "Start of `serve --sample` to its first page: to importing Streamlit and Datasette",
            times(starting / importing),
            f"{seconds(starting)}, {seconds(worked)} of them at work, to {seconds(importing)}",
        ),
        Row(
            "Memory of the process, one person in the app: to nobody",
            times(one / nobody),
            f"{one:.0f} MB to {nobody:.0f} MB",
        ),
        Row(
            f"Memory of the process, {SESSIONS} people in the app: to one",
            times(ten / one),
            f"{ten:.0f} MB to {one:.0f} MB",
        ),
    ]


def _start(product: Served) -> None:
    product.start()
    httpx.get(product.origin, trust_env=False).raise_for_status()


def _start_again(product: Served) -> tuple[float, float]:
    """Seconds until the first page, and those in which a processor worked for it."""
    took = timed(lambda: _start(product))
    assert product.running is not None
    worked = _at_work(product.running.pid)
    product.stop()
    return took, worked


def _at_work(pid: int) -> float:
    """Its own time and the system's for it, from the fields that follow the name in brackets."""
    told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _import() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True)


def _memory(product: Served) -> tuple[float, float, float]:
    """Megabytes with nobody, one and ten people, each looking at the work tray and then the form."""
    assert product.running is not None
    settings = Settings.read(data=product.data, base_url=product.origin, sample=True)
    office, pid = open_office(settings), product.running.pid
    found = [share_of(pid)]
    with ExitStack() as open_tabs:
        for number in range(1, SESSIONS + 1):
            tab = AppSession(product.origin, sign_in_address(office, IRO), "tray")
            open_tabs.enter_context(tab)
            tab.draw("raise")
            if number in {1, SESSIONS}:
                found.append(share_of(pid))
    office.database.close()
    nobody, one, ten = found
    return nobody, one, ten
