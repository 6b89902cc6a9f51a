"""What machines ask: readiness for everybody, figures for the scraper alone, lines with an id; nothing of a person."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from practice_alerts.adapters.drawing.drawing_processes import DrawingProcesses, Draws
from practice_alerts.adapters.metrics import Metrics, WatchPlan
from practice_alerts.casework.upkeep.checks import Check
from practice_alerts.web.pages.watching import WatchPages
from practice_alerts.web.shell.request_log import JsonLines, Requests
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk

SCRAPER, STRANGER = "192.0.2.10", "192.0.2.11"
TOKEN = "a-secret-of-somebody"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine="sqlite")
    watching = WatchPlan((SCRAPER, "2001:db8::/64"))
    settings = replace(
        opened.office.settings, watching=watching, witness_folder=tmp_path / "witness"
    )
    opened.office = replace(opened.office, settings=settings)
    opened.raised(case_number="X-SECRET-77")
    yield opened
    opened.office.database.close()


def app(desk: Desk, *, told: bool = False, draws: Draws | None = None) -> Starlette:
    metrics = Metrics()

    async def link(_: Request) -> Response:
        logging.getLogger("practice_alerts.of_a_test").warning("Something of this request")
        return PlainTextResponse("used", 410)

    routes = [*WatchPages(desk.office, metrics, draws).routes(), Route("/sign-in/{token}", link)]
    return Starlette(routes=routes, middleware=[Middleware(Requests, metrics, told=told)])


def asking(whole: Starlette, host: str = STRANGER) -> Asking:
    return Asking(whole, "http://testserver", client=(host, 50000))


def test_it_is_ready_and_names_each_check_and_no_folder(desk: Desk) -> None:
    answer = asking(app(desk)).get("/readyz")
    assert answer.status_code == 200
    lines = dict(line.split(": ") for line in answer.text.splitlines())
    assert set(lines) == set(Check)
    assert set(lines.values()) <= {"well", "mind", "wrong"}
    assert lines["backup"] == "mind"
    assert str(desk.office.settings.data) not in answer.text


class OfThree(DrawingProcesses):
    """So many of them draw now; none is begun."""

    def __init__(self, there: int) -> None:
        super().__init__(3, "none", {})
        self._there = there

    def at_work(self) -> tuple[int, int]:
        return self._there, super().at_work()[1]


@pytest.mark.parametrize(
    ("there", "level", "state"), [(3, "well", 0), (1, "mind", 1), (0, "wrong", 2)]
)
def test_how_many_draw_the_app_is_told_and_sends_nobody_away(
    desk: Desk, there: int, level: str, state: int
) -> None:
    whole = app(desk, draws=OfThree(there))
    ready = asking(whole).get("/readyz")
    assert (ready.status_code, f"drawing: {level}" in ready.text.splitlines()) == (200, True)
    figures = asking(whole, SCRAPER).get("/metrics").text.splitlines()
    assert f"practice_alerts_drawing {there}.0" in figures
    assert f'practice_alerts_check{{check="drawing"}} {state}.0' in figures


def test_it_is_not_ready_while_nothing_can_be_recorded(desk: Desk) -> None:
    (desk.office.settings.seal_keys.folder / "seal.key").unlink()
    answer = asking(app(desk)).get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert "guards: wrong\nwrite: wrong\n" in answer.text


def test_figures_are_for_the_scraper_alone(desk: Desk) -> None:
    whole = app(desk)
    assert asking(whole).get(f"/sign-in/{TOKEN}").status_code == 410
    for host in (STRANGER, "2001:db8:1::5", "testclient"):
        assert asking(whole, host).get("/metrics").status_code == 404
    for host in (f"::ffff:{SCRAPER}", "2001:db8::5"):
        assert asking(whole, host).get("/metrics").status_code == 200
    answer = asking(whole, SCRAPER).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in (
        'practice_alerts_requests_total{method="GET",place="/sign-in",status="410"} 1.0',
        'practice_alerts_requests_total{method="GET",place="/metrics",status="404"} 3.0',
        'practice_alerts_check{check="write"} 0.0',
        'practice_alerts_check{check="backup"} 1.0',
        "practice_alerts_outbox_given_up 0.0",
    ):
        assert line in answer.text
    for secret in (TOKEN, "X-SECRET-77", "LAM-2025", "Sample", "lambeth"):
        assert secret not in answer.text


def test_nobody_reads_figures_where_no_scraper_is_named(desk: Desk) -> None:
    settings = replace(desk.office.settings, watching=WatchPlan())
    desk.office = replace(desk.office, settings=settings)
    assert asking(app(desk), "127.0.0.1").get("/metrics").status_code == 404


def test_each_line_bears_the_id_of_its_request(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    lines = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    kept, log = Kept(), logging.getLogger("practice_alerts")
    log.addHandler(kept)
    with caplog.at_level(logging.INFO, "practice_alerts"):
        answer = asking(app(desk, told=True)).get(f"/sign-in/{TOKEN}")
        log.warning("Beside any request")
    log.removeHandler(kept)
    said, answered, beside = (json.loads(line) for line in lines)
    its_id = answer.headers["x-request-id"]
    assert said["message"] == "Something of this request"
    assert said["request_id"] == answered["request_id"] == its_id
    assert (answered["place"], answered["method"], answered["status"]) == ("/sign-in", "GET", 410)
    assert answered["milliseconds"] >= 0
    assert "request_id" not in beside
    assert TOKEN not in "\n".join(lines)
