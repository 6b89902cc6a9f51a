"""The log under /log: who of those signed in reads which council's, and the header above it."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import HTTPConnection

from practice_alerts.adapters.log.datasette_app import DatasetteFace, LogFile, datasette_for
from practice_alerts.web.shell.addresses import LOG_READERS
from practice_alerts.web.shell.gate import signed_in
from practice_alerts.web.shell.html_pages import TEMPLATES, shared


def log_face(files: Sequence[LogFile], *, sample: bool) -> DatasetteFace:
    def values(scope: Any) -> Mapping[str, Any]:
        return {**shared(HTTPConnection(scope), sample=sample), "here": "log"}

    return datasette_for(
        files,
        reader=reader,
        values=values,
        templates=(TEMPLATES / "log", TEMPLATES),
    )


def reader(scope: Any) -> dict[str, Any] | None:
    """A reader of the log reads the logs of the councils in which they hold a reading post."""
    who = signed_in(HTTPConnection(scope))
    logs = who.councils_as(*LOG_READERS) if who is not None else frozenset()
    return {"id": who.person_id, "name": who.name, "logs": sorted(logs)} if who and logs else None
