"""CSV that a spreadsheet may open: no cell of it is run as a formula."""

import csv
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
"""By which a spreadsheet knows that it is UTF-8."""
_STARTS = (
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    *("\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}"),
    "\N{FULLWIDTH COMMERCIAL AT}",
)


_PART_ELSEWHERE = (";", "\t")
"""Where a machine's language parts cells by these, what follows one would be a cell of its own, and so a formula."""


class FileCutShortError(Exception):
    """The rows stopped before the last one."""


def harmless_csv(send: Send, path: str) -> Send:
    """A spreadsheet runs a cell that begins with = + - or @, so such a cell gets an apostrophe in front.

    Datasette sends one row in each piece of the body. What ends without an end of line is the fault that
    stopped it: the answer is then broken off, so that no file looks whole that is not.
    """
    if not path.endswith(".csv"):
        return send

    mark = [BYTE_ORDER_MARK]
    is_file = False

    async def guarded(message: Message) -> None:
        nonlocal is_file
        if message["type"] == "http.response.start":
            is_file = message["status"] == HTTPStatus.OK
        elif is_file and message.get("body"):
            row = message["body"].decode()
            if not row.endswith("\n"):
                raise FileCutShortError
            said = (mark.pop() if mark else "") + _harmless_row(row)
            message = {**message, "body": said.encode()}
        await send(message)

    return guarded


def harmless_row(cells: Iterable[str]) -> str:
    """One line, with its end."""
    out = io.StringIO(newline="")
    row = [_harmless(cell) for cell in cells]
    parts = any(sign in cell for cell in row for sign in _PART_ELSEWHERE)
    csv.writer(out, quoting=csv.QUOTE_ALL if parts else csv.QUOTE_MINIMAL).writerow(row)
    return out.getvalue()


def _harmless_row(row: str) -> str:
    return "".join(map(harmless_row, csv.reader(io.StringIO(row, newline=""))))


def _harmless(cell: str) -> str:
    if not cell.startswith(_STARTS):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
