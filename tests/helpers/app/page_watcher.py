"""Browser pages that tell on themselves: other origins asked, errors on the console, errors thrown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket

_INSIDE = ("data:", "blob:", "about:", "chrome-error:")
# What Streamlit and the browser say while nobody answers; which of it comes first is chance.
_SERVER_GONE = r"(Failed to load|Client Error|Is Streamlit still running|WebSocket|Cannot send)"


@dataclass
class Watch:
    """What the pages of one test did that they should not have done.

    A test that brings an error about on purpose says so beforehand, with a pattern that the
    finding must contain: `watch.expect(r"console error: .*status of 403")`.
    """

    origin: str
    found: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        self.expected.append(re.compile(pattern))

    def expect_the_server_to_go(self) -> None:
        self.expect(f"console error: {_SERVER_GONE}")

    def add(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("page", self._on_page)
        context.on("console", self._on_console)
        context.on("weberror", lambda thrown: self._note(f"thrown: {thrown.error.message}"))

    def unexpected(self) -> list[str]:
        return [note for note in self.found if not any(e.search(note) for e in self.expected)]

    def _on_page(self, page: Page) -> None:
        page.on("websocket", self._on_websocket)

    def _on_request(self, request: Request) -> None:
        if not self._is_ours(request.url):
            self._note(f"another origin: {request.url}")

    def _on_websocket(self, websocket: WebSocket) -> None:
        if not self._is_ours("http" + websocket.url.removeprefix("ws")):
            self._note(f"another origin: {websocket.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console error: {message.text} at {message.location.get('url')}")

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.origin + "/", *_INSIDE)) or url == self.origin

    def _note(self, finding: str) -> None:
        self.found.append(finding)


def chromium_arguments() -> Iterable[str]:
    """Nothing in the background, and no name but this machine's can be looked up."""
    yield from (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    )
