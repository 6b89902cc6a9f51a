"""The built guide alone, served from its folder as the product serves it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from typing_extensions import override

from practice_alerts import ROOT
from practice_alerts.adapters.guide.build import build_guide
from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.web.shell.gate import SIGNED_IN
from practice_alerts.web.shell.html_pages import PlainPages
from tests.helpers.days import day
from tests.helpers.product.made_once import made_once


def our_guide(folders: pytest.TempPathFactory) -> Path:
    """The site of our councils' guide on a day in 2025: built once in a run, for tests that read."""

    def make(into: Path) -> None:
        build_guide(ROOT / "procedures", ROOT / "form_templates", into, day("Mon 2025-06-02"))

    return made_once(folders, "guide", make) / "site"


@contextmanager
def guide_alone(site: Path) -> Iterator[str]:
    """The address at which it stands."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    serving.join()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what is asked for is the test's own business."""

    @override
    def do_GET(self) -> None:
        """Answer as the product does for the longest header that there is."""
        if self.path != "/who":
            super().do_GET()
            return
        leader = SignedIn("quin", "Quin <i>Leader", frozenset({("lambeth", "qa_lead")}))
        here = HTTPConnection({"type": "http", "headers": [], SIGNED_IN: leader})
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        page = PlainPages(sample=True).render("_header.html", here, here="guide")
        self.wfile.write(bytes(page.body))
