"""The page that starts the app in the browser: Streamlit's own, without what we have no use for."""

import re
from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from practice_alerts.casework.views.app_pages import APP_PAGES
from practice_alerts.web.shell.addresses import READ, place_of
from practice_alerts.web.shell.gate import RefusalPage
from practice_alerts.web.shell.html_pages import NOT_FOUND

# What it holds -> what stands there instead.
CHANGES: Final = {
    # A font that no text of ours is set in.
    r'<link\s+rel="preload"[^>]*SourceSans[^>]*>': "",
    # An interface that we have shut.
    r"<!--(?:(?!-->).)*agent API.*?-->\s*<link[^>]*openapi\.json[^>]*>": "",
    r"<noscript>.*?</noscript>": "<noscript><p>This part of the service needs JavaScript. The guide, the pages on"
    " which answers are given and the log do without.</p></noscript>",
    r"<title>Streamlit</title>": "<title>Practice alerts</title>",
    r'<html lang="en">': '<html lang="en-GB">',
}


def app_page(shipped: str) -> str:
    """`shipped` as it comes with this version of Streamlit."""
    for found, instead in CHANGES.items():
        shipped = re.sub(found, instead, shipped, flags=re.DOTALL)
    return shipped


class OwnAppPage:
    """Wherever Streamlit would answer with its page; its files and its connection are left to it.

    It would answer so at an address that no page of ours has, too, and show the first one there.
    """

    def __init__(self, app: ASGIApp, page: str, refusal: RefusalPage) -> None:
        self._app = app
        self._page = page
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_a_page(scope):
            await self._app(scope, receive, send)
            return
        is_known = str(scope["path"]).rpartition("/")[2] in {"", *APP_PAGES}
        missing = None if is_known else self._refusal(HTTPConnection(scope), NOT_FOUND)
        answer = missing or HTMLResponse(self._page)
        await GZipMiddleware(answer)(scope, receive, send)


def _is_a_page(scope: Scope) -> bool:
    path = str(scope["path"])
    return scope["method"] in READ and place_of(path).pages and "." not in path
