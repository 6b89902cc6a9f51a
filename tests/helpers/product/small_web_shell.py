"""The web shell around a small app, a small guide and a small log: everything real but the store.

Run as a program, `python -m tests.helpers.product.small_web_shell FOLDER PORT`, it serves and prints a sign-in link
for each person.
"""

import shutil
import sqlite3
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts import ROOT
from practice_alerts.adapters.links_and_sessions import SignIn
from practice_alerts.adapters.log.datasette_app import DatasetteFace, LogFile
from practice_alerts.domain.seeing.security_entries import SecurityEntry
from practice_alerts.web.application import Faces, build
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.log_app import LogPutDown, log_face
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.sign_in_rows import Person, SignInRows

TODAY = date(2025, 6, 11)
KEY = "a key for tests, long enough to pass"
PEOPLE = {
    "ros": Person("Ros Reviewer", frozenset({("lambeth", "iro")})),
    "quin": Person("Quin Leader", frozenset({("lambeth", "qa_lead"), ("merton", "social_worker")})),
    "mel": Person("Mel Merton", frozenset({("merton", "qa_lead")})),
}
START = {"ros": "/app/", "quin": "/log/", "mel": "/log/"}

APP = """
import time
from pathlib import Path

import streamlit as st
st.set_page_config(page_title="Small app")
st.title("Small app")
words = st.text_input("Words")
st.write("Heard: " + words)
if words == "break":
    raise ValueError("the words of the fault")
if name := st.query_params.get("keep"):
    here = Path(__file__).with_name(name)
    while not here.with_suffix(".go").exists():
        time.sleep(0.01)
    st.write("Streamlit stops a run whenever it writes")
    here.with_suffix(".kept").write_text(" ".join(st.context.cookies))
"""


@dataclass
class PutDown:
    """The security log, held in memory."""

    entries: list[SecurityEntry] = field(default_factory=list)

    def note(self, entry: SecurityEntry, *, once_in: timedelta = timedelta()) -> None:
        if not once_in or entry not in self.entries:
            self.entries.append(entry)


@dataclass
class SmallProduct:
    """`sent` holds what the sign-in page asked to have sent: (address as typed, path)."""

    folder: Path
    base_url: str = "http://testserver"
    sent: list[tuple[str, str]] = field(default_factory=list)
    put_down: PutDown = field(default_factory=PutDown)
    rows: SignInRows = field(default_factory=lambda: SignInRows(dict(PEOPLE)))

    def __post_init__(self) -> None:
        self.desk = SignIn(self.rows, KEY, lambda: datetime.now(UTC))  # noqa: TID251 - the clock itself
        self.log = self._log()

    def app(self) -> Starlette:
        (self.folder / "site").mkdir()
        (self.folder / "site" / "index.html").write_text("<h1>The guide</h1>", encoding="utf-8")
        (self.folder / "app.py").write_text(APP, encoding="utf-8")
        shutil.copytree(ROOT / ".streamlit", self.folder / ".streamlit")
        faces = Faces(
            self.folder / "app.py",
            self.folder / "site",
            LogPutDown(self.log, self.put_down),
            PlainPages(sample=True),
            more=self._more(),
            put_down=self.put_down,
        )
        return build(faces, self.desk, self._send, Home(self.base_url))

    def link(self, person: str, next_path: str | None = None) -> str:
        return f"/sign-in/{self.desk.issue_link(person, next_path or START[person])}"

    def _send(self, address: str, next_path: str) -> None:
        self.sent.append((address, next_path))

    def _more(self) -> list[BaseRoute]:
        async def faulty(_: Request) -> Response:
            raise ValueError("the words of the fault")

        return [Route("/documents/faulty", faulty, methods=["GET"])]

    def _log(self) -> DatasetteFace:
        files = []
        for stem, first in (("lambeth", "drift in care plan"), ("merton", "=cmd|' /C calc'!A0")):
            path = self.folder / f"{stem}.db"
            _fill(path, first)
            tables = {"alerts": {"columns": {"stage": "where it stands"}, "facets": ["stage"]}}
            queries = {"by_stage": {"title": "Alerts by stage", "sql": _BY_STAGE}}
            told = {"title": stem.title(), "description": "A small log."}
            files.append(LogFile(path, {**told, "tables": tables, "queries": queries}))
        return log_face(files, sample=True, today=lambda: TODAY)


_BY_STAGE = "select stage, count(*) as alerts from alerts where stage like :like group by stage"


def _fill(path: Path, first: str) -> None:
    with sqlite3.connect(path) as rows:
        rows.execute(
            "create table alerts (id integer primary key, stage text, slack int, line text)"
        )
        rows.execute("create table clocks (alert integer references alerts (id), clock text)")
        made = [(f"Stage {n % 3}", -n, first if n == 1 else f"line {n}") for n in range(1, 151)]
        rows.executemany("insert into alerts (stage, slack, line) values (?, ?, ?)", made)
        rows.execute("insert into clocks values (1, '4 working days')")
    rows.close()


def main(folder: Path, port: int) -> None:
    product = SmallProduct(folder, f"http://localhost:{port}")
    app = product.app()
    for person in PEOPLE:
        print(person, product.link(person), flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
