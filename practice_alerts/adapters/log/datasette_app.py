"""The log as people browse it: Datasette behind our gate. Datasette is imported here and in `council_log`.

Datasette shows everything to everyone unless told otherwise, so four things stand in its way: the gate in
front (who may come at all), the permissions given here (which council's log), a guard on every SQLite
connection (what a query may do), and processes that can be killed (how long it may). Datasette's plug-in register is one for the whole process; what belongs
to one log hangs on its own Datasette.
"""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from practice_alerts.adapters.log.council_log import (
    AS_CSV,
    DRAWN,
    READER,
    CouncilLog,
    UnfitQuery,
    unfit,
    used_up,
)
from practice_alerts.adapters.log.harmless_csv import Message, Send, harmless_csv
from practice_alerts.adapters.log.mounted_log import (
    INTERNAL,
    MOUNT,
    Scope,
    offered,
    whole_file,
    with_mount,
    without_mount,
)
from practice_alerts.adapters.log.query_pool import QueryPool
from practice_alerts.adapters.log.query_process import guard
from practice_alerts.adapters.log.slim_imports import kept_out

# For its units of measure, of which the log has none, it would take numpy along: 30 MB.
with kept_out("numpy"):
    from datasette import facets, hookimpl
    from datasette.app import Datasette
    from datasette.database import QueryInterrupted
    from datasette.plugins import pm
    from datasette.utils.asgi import Base400, Request, Response
    from datasette.views.base import DatasetteError

facets.detect_json1 = cache(facets.detect_json1)  # leaves a connection open, so not at every table

_log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[Message]]

_LINK: Final = Markup('<a href="{}">{}</a>')
_STAGES: Final = {"stage", "label", "entry_stage", "highest_stage", "went_to"}

_SETTINGS: Final = {
    "base_url": f"{MOUNT}/",
    "suggest_facets": False,  # at 100,000 rows a page took 442 ms with it and 33 without
    "allow_download": False,  # a whole file outlives the permission to read it
    "max_csv_mb": 0,  # a file never ends early
    "sql_time_limit_ms": 1000,
    "force_https_urls": False,
    "num_sql_threads": 3,
}


@dataclass(frozen=True, slots=True)
class LogFile:
    """One council's log; the file's name without its ending is the council, and the address under /log/."""

    path: Path
    told: Mapping[str, Any]
    """What Datasette tells of it, in its own words: title, description, tables, queries."""
    guide: Mapping[str, str] = field(default_factory=dict)
    """Where the guide tells of each stage, by its label."""

    @property
    def stem(self) -> str:
        return self.path.stem


LogReader = Callable[[Scope], dict[str, Any] | None]
"""Who looks at the log, for Datasette: id, name, and as `logs` the stems of those they may read."""


@dataclass(frozen=True, slots=True)
class _Setup:
    reader: LogReader
    values: Callable[[Scope], Mapping[str, Any]]
    templates: Sequence[Path]
    guide: Mapping[str, Mapping[str, str]]
    pool: QueryPool = field(default_factory=QueryPool)
    opened: list[sqlite3.Connection] = field(default_factory=list)  # Datasette closes only a part


_SETUPS: "WeakKeyDictionary[Any, _Setup]" = WeakKeyDictionary()


def datasette_for(
    files: Sequence[LogFile],
    *,
    reader: LogReader,
    values: Callable[[Scope], Mapping[str, Any]],
    templates: Sequence[Path],
) -> "DatasetteFace":
    """`reader` says who a request comes from; `values` are the header's; `templates` come before Datasette's own.

    The files must exist. One that is replaced later on is opened anew.
    """
    _register()
    datasette = Datasette(
        [str(file.path) for file in files],
        metadata=_metadata(files),
        settings=dict(_SETTINGS),
        cache_headers=False,
    )
    setup = _SETUPS[datasette] = _Setup(
        reader, values, templates, {file.stem: file.guide for file in files}
    )
    for file in files:
        datasette.remove_database(file.stem)
        datasette.add_database(CouncilLog(datasette, str(file.path), setup.pool), name=file.stem)
    datasette.refresh_schemas = _nothing_to_refresh
    # It copies what it was told of every council for each table of each page, and is told nothing else later.
    allows = lru_cache(maxsize=256)(datasette._table_permission_allows)  # noqa: SLF001 - there is no other way in
    datasette._table_permission_allows = allows  # noqa: SLF001 - as above
    return DatasetteFace(datasette)


async def _nothing_to_refresh() -> None:
    """Only pages that are shut here show Datasette's notes on schemas; it would ask every log for each page."""


def _metadata(files: Sequence[LogFile]) -> dict[str, Any]:
    """Nobody sees anything, but the readers of a log that log."""
    stems = [file.stem for file in files]
    return {
        "title": "Alert log",
        "allow": {"logs": stems} if stems else False,
        "allow_sql": False,
        "databases": {
            file.stem: {
                **file.told,
                "allow": {"logs": [file.stem]},
                "allow_sql": {"logs": [file.stem]},
            }
            for file in files
        },
    }


class DatasetteFace:
    """An ASGI application for a mount at /log, with what Datasette forgets there put right."""

    def __init__(self, datasette: Any) -> None:
        self.datasette = datasette
        self._app = datasette.app()
        self._setup = _SETUPS[datasette]

    async def start(self) -> None:
        await self.datasette.invoke_startup()

    def stop(self) -> None:
        self._setup.pool.stop()
        for connection in self._setup.opened:
            connection.close()
        if self.datasette.executor is not None:
            self.datasette.executor.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inner = without_mount(scope)
        if inner is None or not offered(inner["path"]):
            await Response.text("There is no page here.\n", status=404).asgi_send(send)
            return
        who = self._setup.reader(inner)
        READER.set(str(who["id"]) if who else "")
        AS_CSV.set(inner["path"].endswith(".csv"))
        if AS_CSV.get():
            inner = whole_file(inner)
        DRAWN.set(not inner["path"].endswith((".csv", ".json")))
        if not self._setup.pool.has_time(READER.get()):
            asked = Request({**inner, "csrftoken": str}, receive)  # which Datasette sets later on
            answer = await _explain(self.datasette, asked, used_up())
            await answer.asgi_send(send)
            return
        mended = with_mount(send)
        await self._app(inner, receive, harmless_csv(mended, inner["path"]))


def _register() -> None:
    if not pm.is_registered(_PLUGIN):
        pm.register(_PLUGIN, "practice_alerts")
        # Its own answer to a fault is run even when ours comes first, and prints every local variable.
        pm.unregister(name="datasette.handle_exception")


_F = TypeVar("_F", bound=Callable[..., Any])
_hook = cast("Callable[[_F], _F]", hookimpl)
_hook_first = cast("Callable[[_F], _F]", hookimpl(tryfirst=True))


class _Plugin:
    """What Datasette asks while it serves; a Datasette that is not ours gets no answer."""

    # Datasette takes every plug-in for a module and looks for a folder beside one of this name.
    __name__ = "practice_alerts_log"

    @_hook
    def actor_from_request(self, datasette: Any, request: Any) -> dict[str, Any] | None:
        setup = _SETUPS.get(datasette)
        return setup.reader(request.scope) if setup else None

    @_hook
    def extra_template_vars(self, datasette: Any, request: Any) -> dict[str, Any]:
        setup = _SETUPS.get(datasette)
        return dict(setup.values(request.scope)) if setup and request else {}

    @_hook
    def prepare_jinja2_environment(self, env: Environment, datasette: Any) -> None:
        setup = _SETUPS.get(datasette)
        if setup is not None and env.loader is not None:
            env.loader = ChoiceLoader([FileSystemLoader(setup.templates), env.loader])

    @_hook
    def prepare_connection(
        self, conn: sqlite3.Connection, database: str | None, datasette: Any
    ) -> None:
        if datasette in _SETUPS:
            _SETUPS[datasette].opened.append(conn)
            if database != INTERNAL:
                guard(conn)

    @_hook
    def render_cell(self, value: Any, column: str, database: str, datasette: Any) -> Any:
        """A reference leads to the alert, a stage to the guide."""
        setup = _SETUPS.get(datasette)
        if setup is None or not isinstance(value, str):
            return None
        if column == "reference":
            return _LINK.format(f"/app/alert?{urlencode({'reference': value})}", value)
        to = setup.guide.get(database, {}).get(value) if column in _STAGES else None
        return _LINK.format(to, value) if to else None

    @_hook_first
    def handle_exception(self, datasette: Any, request: Any, exception: Exception) -> Any:
        return _explain(datasette, request, exception) if datasette in _SETUPS else None


_PLUGIN: Final = _Plugin()


async def _explain(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say what people can cause; a fault of ours goes on to `bugs.py`, with its traceback."""
    complaint = _complaint(request, exception)
    if complaint is None:
        raise exception
    title, message = _words(complaint)
    if request.path.endswith(".json"):
        return Response.json(
            {"ok": False, "error": message, "status": complaint.status, "title": title},
            status=complaint.status,
        )
    page = await datasette.render_template(
        "error.html", {"title": title, "error": message}, request=request
    )
    return Response.html(page, status=complaint.status)


def _complaint(request: Any, exception: Exception) -> Any:
    """What can be said to whoever wrote the address; None where the fault is ours."""
    said: Any = exception
    match exception:
        case UnfitQuery():
            return unfit(str(exception))
        case QueryInterrupted():
            return DatasetteError("", title="SQL Interrupted", status=HTTPStatus.BAD_REQUEST)
        case DatasetteError():
            if (
                said.status == HTTPStatus.INTERNAL_SERVER_ERROR
            ):  # what it says without a number, such as of _sort
                said.status = HTTPStatus.BAD_REQUEST
            return said
        case Base400():
            return said
        case LookupError() | TypeError() | ValueError() | AttributeError() if _asks(request):
            _log.warning(
                "An address of the log that Datasette cannot read: %s", type(said).__name__
            )
            return Base400("What stands behind the question mark of this address cannot be read")
    return None


def _asks(request: Any) -> bool:
    """Whether anything stands behind the address that Datasette had to make out; a CSV of a query wants one."""
    return bool(request.query_string) or request.path.endswith(".csv")


def _words(exception: Any) -> tuple[str, str]:
    """A heading and a sentence. What SQLite says of a query is shown to whoever wrote the query."""
    if exception.status == HTTPStatus.NOT_FOUND:
        return "There is no page here", "The log has no table, row or question at this address."
    title = exception.title if isinstance(exception, DatasetteError) else None
    said = exception.message if isinstance(exception, DatasetteError) else str(exception)
    if title == "SQL Interrupted":
        return "This took too long", "A query has one second. Narrow it down, or give it a limit."
    if title == "Invalid SQL":
        return "This query cannot be run", f"{str(said).rstrip('.')}."
    return "This cannot be shown", f"{str(said).rstrip('.')}."
