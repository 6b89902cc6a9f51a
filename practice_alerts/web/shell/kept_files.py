"""Files that do not change while we run, sent compressed to whoever takes it: each is compressed once."""

import re
from functools import lru_cache
from gzip import compress as compressed
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_EVER: Final = "public, immutable, max-age=31536000"  # a year, as long as browsers believe

# Below this a header more weighs as much as is saved.
_WORTH_IT: Final = 1024  # bytes
_MOST: Final = 1024  # files; those asked for longest ago are compressed anew
_OFFERED: Final = re.compile(r"(?:^|,)\s*gzip\s*(?:$|,|;\s*q\s*=\s*(?:1|0\.0*[1-9]))")
_TEXT: Final = ("text/", "application/javascript", "application/json", "image/svg+xml")


class KeptFiles(StaticFiles):
    """Nothing here is anybody's own, so that its length on the wire gives nothing away.

    `for_ever`: a file's name changes with its content, and browsers need not ask again.
    """

    def __init__(self, directory: Path, *, html: bool = False, for_ever: bool = False) -> None:
        super().__init__(directory=directory, html=html)
        self._for_ever = for_ever

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if self._for_ever:
            response.headers["cache-control"] = FOR_EVER
        if not isinstance(response, FileResponse) or not _is_worth_it(response):
            return response
        response.headers["vary"] = "Accept-Encoding"
        if not _takes_it(scope):
            return response
        return await _in_fewer_bytes(response)


def _is_worth_it(found: FileResponse) -> bool:
    size = found.stat_result.st_size if found.stat_result else 0
    return size >= _WORTH_IT and str(found.media_type).startswith(_TEXT)


def _takes_it(scope: Scope) -> bool:
    """A part of a file is a part of the file as it is; "gzip;q=0" says no."""
    asked = Headers(scope=scope)
    is_offered = _OFFERED.search(asked.get("accept-encoding", "").lower())
    return bool(is_offered) and scope["method"] == "GET" and "range" not in asked


async def _in_fewer_bytes(found: FileResponse) -> Response:
    """The same headers; the tag is a weak one, because the bytes are others and the content is the same."""
    stat = found.stat_result
    assert stat is not None  # noqa: S101 - it was worth it by its size
    body = await run_in_threadpool(_smaller, str(found.path), stat.st_mtime_ns, stat.st_size)
    headers: dict[str, Any] = dict(found.headers)
    headers |= {"content-encoding": "gzip", "content-length": str(len(body))}
    headers["etag"] = f"W/{found.headers['etag']}"
    headers.pop("accept-ranges", None)
    return Response(body, found.status_code, headers)


@lru_cache(maxsize=_MOST)
def _smaller(path: str, changed: int, size: int) -> bytes:  # noqa: ARG001 - another file, another answer
    return compressed(Path(path).read_bytes(), compresslevel=9, mtime=0)
