"""What every answer says to the browser: what it may load, who may frame it, what it may keep."""

import base64
import hashlib
import re
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice_alerts.web.shell.addresses import Place, Policy, place_of
from practice_alerts.web.shell.origin import Home

_ALWAYS: Final = "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'"

# A refusal, or the way to signing in, must be asked for again once the person is signed in.
_WORTH_KEEPING: Final = frozenset({200, 206, 304})

_ALIKE: Final = 40  # pages of one depth that are looked at, from the first to the last

_EVERYWHERE: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: a browser would then send "Origin: null" with our own forms, and the gate would
    # take them for a stranger's.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def inline_scripts(page: str) -> str:
    """Name the scripts written into a page by their digest, so that no other inline script may run."""
    scripts = dict.fromkeys(re.findall(r"<script>(.*?)</script>", page, re.DOTALL))
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def guide_scripts(guide: Path) -> str:
    """The scripts that the theme writes into each page; they name how deep the page lies, and nothing else of it.

    What stands in some pages of a depth alone is none of the theme's. The start and "not found" are nobody's but ours.
    """
    depths = defaultdict[int, list[Path]](list)
    for page in sorted(guide.rglob("*.html")):
        depths[len(page.relative_to(guide).parts)].append(page)
    named: dict[str, None] = {}
    for depth, pages in depths.items():
        of_some = map(_scripts_of, pages[:: -(-len(pages) // _ALIKE)])
        each = [found for found in of_some if found]  # a page that only leads on has none
        is_roots = depth == 1
        named |= {one: None for one in chain(*each) if is_roots or all(one in of for of in each)}
    return " ".join(named)


def _scripts_of(page: Path) -> list[str]:
    return inline_scripts(page.read_text("utf-8", errors="replace")).split()


def policies(app_scripts: str, guide_scripts: str = "") -> dict[Policy, str]:
    """What each place may load. Both are digests of inline scripts: Streamlit's own, and the guide's theme's."""
    return {
        # The plain pages and the log: no script at all.
        Policy.PLAIN: f"default-src 'self'; script-src 'none'; img-src 'self' data:; {_ALWAYS}",
        # One script of our own, which keeps what is typed.
        Policy.FORM: f"default-src 'self'; img-src 'self' data:; {_ALWAYS}",
        # Material writes small scripts and styles into each page. A council's own text holds no HTML, and would run none.
        Policy.GUIDE: (
            f"default-src 'self'; script-src 'self' {guide_scripts}; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; worker-src 'self' blob:; {_ALWAYS}"
        ),
        # Streamlit makes its styles while it runs, and draws some pictures itself.
        Policy.APP: (
            f"default-src 'self'; script-src 'self' {app_scripts}; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; {_ALWAYS}"
        ),
    }


class Headers:
    """Set on the way out, in place of whatever a face set itself: Datasette says no-referrer, say."""

    def __init__(self, app: ASGIApp, home: Home, by_policy: dict[Policy, str]) -> None:
        self._app = app
        self._policies = by_policy
        self._everywhere = dict(_EVERYWHERE)
        if home.secure:
            self._everywhere["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        place = place_of(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set(MutableHeaders(scope=message), place, message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _set(self, headers: MutableHeaders, place: Place, status: int) -> None:
        for name, value in self._everywhere.items():
            headers[name] = value
        headers["content-security-policy"] = self._policies[place.policy]
        if not place.kept or status not in _WORTH_KEEPING:
            headers["cache-control"] = "no-store"
