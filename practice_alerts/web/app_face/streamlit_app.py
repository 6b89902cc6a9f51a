"""The app under /app: Streamlit, whose faults are written down as everybody else's are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import streamlit  # noqa: TID251 - it is mounted here; screens are made in pages/ and ui/
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import (  # noqa: TID251 - has no public name
    PagesManager,
)

from practice_alerts.adapters.links_and_sessions import PLAIN_COOKIE
from practice_alerts.domain.errors import trouble_in
from practice_alerts.web.app_face.app_page import OwnAppPage, app_page
from practice_alerts.web.app_face.last_runs import LastRuns
from practice_alerts.web.app_face.own_windows import OwnWindows
from practice_alerts.web.shell.error_reports import report, report_trouble
from practice_alerts.web.shell.gate import RefusalPage
from practice_alerts.web.shell.headers import inline_scripts
from practice_alerts.web.shell.html_pages import STATIC

App = streamlit.App

_SHIPPED: Final = Path(streamlit.__file__).parent / "static"
APP_FILES: Final = _SHIPPED / "static"
"""Streamlit's scripts, styles and fonts."""

# It fetches both at every first visit: 376 kB for a few signs, and 171 for what is set in our own letters afterwards.
_SMALLER: Final = {
    "MaterialSymbols-Rounded.*": "icons.woff2",
    "SourceSansVF-Upright.*": "regular.woff2",
}


def app_face(script: Path, refusal: RefusalPage, cookie: str = PLAIN_COOKIE) -> App:
    """One in a process, because Streamlit keeps one runtime. It reads .streamlit/config.toml beside the script.

    `refusal` says that there is no such page; `cookie` is the session's, to which each window belongs.
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
        middleware=[
            Middleware(OwnAppPage, own_page(), refusal),
            Middleware(windows.kept_apart),
            Middleware(last_runs.awaited),
        ],
        on_script_error=_show_reference,
    )


def smaller_fonts() -> list[tuple[str, Path]]:
    """Give the address of each of Streamlit's fonts that ours stands in for, and ours."""
    return [
        (f"/app/static/media/{found.name}", STATIC / "fonts" / ours)
        for pattern, ours in _SMALLER.items()
        for found in (APP_FILES / "media").glob(pattern)
    ]


def own_page() -> str:
    """The page that starts the app in the browser."""
    return app_page(_shipped_page())


def app_scripts() -> str:
    """Give the digests of the scripts written into Streamlit's own page, as this version ships it."""
    return inline_scripts(_shipped_page())


def _shipped_page() -> str:
    return (_SHIPPED / "index.html").read_text(encoding="utf-8")


def _show_reference(fault: Exception) -> bool:
    """Return True: the traceback is in the log, and the reader gets a sentence instead."""
    if trouble := trouble_in(fault):
        report_trouble(trouble)
        streamlit.error(f"{trouble} What you typed stays on this page while it is open.")
        return True
    reference = report(fault, "/app")
    streamlit.error(
        "Something went wrong on our side and has been written down. What you typed is kept. "
        f"If you ask for help, give this reference: **{reference}**"
    )
    return True
