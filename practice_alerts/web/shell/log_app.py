"""The log under /log: who of those signed in reads which council's, and the header above it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from practice_alerts.adapters.log.datasette_app import DatasetteFace, LogFile, datasette_for
from practice_alerts.domain.log.log_queries import FIRST_SQL
from practice_alerts.domain.log.log_tables import TABLES
from practice_alerts.domain.log.measures.all_measures import MEASURES
from practice_alerts.domain.log.measures.measure import DAYS
from practice_alerts.domain.log.measures.periods import one_click
from practice_alerts.domain.reports.charts import CHARTS
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.web.shell.addresses import LOG_READERS
from practice_alerts.web.shell.gate import signed_in
from practice_alerts.web.shell.html_pages import TEMPLATES, shared
from practice_alerts.web.shell.ports import PutsDown

_FILES: Final = frozenset({"csv", "json", "blob"})
_TABLES: Final = frozenset(one.name for one in TABLES)


def log_face(files: Sequence[LogFile], *, sample: bool, today: Callable[[], date]) -> DatasetteFace:
    def values(scope: Any) -> Mapping[str, Any]:
        return {
            **shared(HTTPConnection(scope), sample=sample),
            "here": "log",
            "day_fields": DAYS,
            "spans": one_click(today()),
            "logs_called": {file.stem: file.told["title"] for file in files},
            "questions": {file.stem: _questions(file) for file in files},
            "first_sql": FIRST_SQL,
            "drawn": frozenset(CHARTS),
            "few_columns": {one.name: one.few for one in TABLES},
            "rows_behind": {one.name: one.rows for one in MEASURES if one.rows},
        }

    return datasette_for(
        files,
        reader=reader,
        values=values,
        templates=(TEMPLATES / "log", TEMPLATES),
    )


def _questions(file: LogFile) -> dict[str, str]:
    return {name: asked["title"] for name, asked in file.told["queries"].items()}


class LogPutDown:
    """The log, with each page, query and file that somebody asks of it put down in the security log."""

    def __init__(self, face: DatasetteFace, log: PutsDown) -> None:
        self.start, self.stop = face.start, face.stop
        self._face = face
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        for entry in _entries(HTTPConnection(scope)) if scope["type"] == "http" else ():
            await run_in_threadpool(self._log.note, entry)
        await self._face(scope, receive, send)


def _entries(asked: HTTPConnection) -> list[SecurityEntry]:
    """One for each log of which something is shown: none for its look, and for another council's, which is refused.

    The list of them is a page of each, and as a file it says how many rows there are.
    """
    who = signed_in(asked)
    path = asked.scope["path"].removeprefix("/log/")
    council = path.split("/")[0].split(".")[0]
    theirs = who.councils_as(*LOG_READERS) if who is not None else frozenset()
    if who is None or council not in {"", *theirs}:
        return []
    query = unquote_plus(asked.scope["query_string"].decode("latin-1"))
    kind = SecurityKind.LOG_QUERIED if "sql" in asked.query_params else SecurityKind.LOG_READ
    ending = path.rpartition(".")[2]
    if ending in _FILES:
        kind = SecurityKind.EXPORTED
    table = path.split("/")[1].split(".")[0] if "/" in path else ""
    what = table if table in _TABLES else ""
    if kind is SecurityKind.EXPORTED:
        what = f"log: {what}" if what else "log"
    return [
        SecurityEntry(kind, who.person_id, one, what=what, typed=query)
        for one in ([council] if council else sorted(theirs))
    ]


def reader(scope: Any) -> dict[str, Any] | None:
    """A reader of the log reads the logs of the councils in which they hold a reading post."""
    who = signed_in(HTTPConnection(scope))
    logs = who.councils_as(*LOG_READERS) if who is not None else frozenset()
    return {"id": who.person_id, "name": who.name, "logs": sorted(logs)} if who and logs else None
