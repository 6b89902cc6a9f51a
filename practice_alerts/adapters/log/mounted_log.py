"""What Datasette forgets under a mount put right, on the way in and on the way out."""

from collections.abc import MutableMapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from practice_alerts.adapters.log.harmless_csv import Message, Send

MOUNT: Final = "/log"
INTERNAL: Final = "_internal"
"""Its own notes about the schemas, which it writes itself."""

Scope = MutableMapping[str, Any]


def without_mount(scope: Scope) -> Scope | None:
    """Datasette adds its base_url to every link, and twice if it finds the mount in a path as well.

    It routes by raw_path, so that one has to agree with the decoded path, which the gate has judged.
    """
    raw = scope.get("raw_path") or scope["path"].encode()
    prefix = MOUNT.encode()
    if scope["type"] != "http" or not raw.startswith(prefix + b"/"):
        return None
    path = scope["path"].removeprefix(MOUNT)
    return {**scope, "path": path, "raw_path": raw[len(prefix) :], "root_path": ""}


def whole_file(scope: Scope) -> Scope:
    """All rows that its address means, and not those of one page."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    kept = [(name, said) for name, said in asked if name not in {"_next", "_stream", "_trace"}]
    return {**scope, "query_string": urlencode([*kept, ("_stream", "on")]).encode("latin-1")}


def offered(path: str) -> bool:
    """Everything but Datasette's own rooms, which tell of paths, versions and permissions."""
    return not path.startswith(("/-/", f"/{INTERNAL}"))


def with_mount(send: Send) -> Send:
    """Its redirects that only take a slash away, or mend an encoding, forget base_url.

    It also writes header names with capitals, which ASGI forbids: whoever replaces one would miss it.
    """

    async def mended(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name.lower(), _mended(name, value)) for name, value in message["headers"]]
            message = {**message, "headers": headers}
        await send(message)

    return mended


def _mended(name: bytes, value: bytes) -> bytes:
    prefix = MOUNT.encode()
    local = value.startswith(b"/") and not value.startswith(prefix + b"/")
    return prefix + value if name.lower() == b"location" and local else value
