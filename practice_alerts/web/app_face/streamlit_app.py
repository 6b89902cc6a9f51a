"""The app under /app: Streamlit, whose faults are written down as everybody else's are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit  # noqa: TID251 - it is mounted here; screens are made in pages/ and ui/
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import (  # noqa: TID251 - has no public name
    PagesManager,
)

from practice_alerts.adapters.sign_in_links import PLAIN_COOKIE
from practice_alerts.web.app_face.last_runs import LastRuns
from practice_alerts.web.app_face.own_windows import OwnWindows
from practice_alerts.web.shell.error_reports import report
from practice_alerts.web.shell.headers import inline_scripts

App = streamlit.App


def app_face(script: Path, cookie: str = PLAIN_COOKIE) -> App:
    """One in a process, because Streamlit keeps one runtime. It reads .streamlit/config.toml beside the script.

    `cookie` is the session's, to which each window belongs.
    """
    # The folder pages/ is ours and not Streamlit's: before our first navigation it would take the folder's
    # file names for addresses, and answer the first visitor after a start with "page not found".
    PagesManager.uses_pages_directory = False
    last_runs, windows = LastRuns(), OwnWindows(cookie)

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        async with windows.lifespan(app), last_runs.lifespan(app):
            yield

    return streamlit.App(
        script.resolve(),
        lifespan=lifespan,
        middleware=[Middleware(windows.kept_apart), Middleware(last_runs.awaited)],
        on_script_error=_show_reference,
    )


def app_scripts() -> str:
    """Give the digests of the scripts written into Streamlit's own page, as this version ships it."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    return inline_scripts(page.read_text(encoding="utf-8"))


def _show_reference(fault: Exception) -> bool:
    """Return True: the traceback is in the log, and the reader gets a sentence instead."""
    reference = report(fault, "/app")
    streamlit.error(
        "Something went wrong on our side and has been written down. What you typed is kept. "
        f"If you ask for help, give this reference: **{reference}**"
    )
    return True
