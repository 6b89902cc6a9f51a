"""CSV that a spreadsheet may open: no cell of it is run as a formula."""

import csv
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


def harmless_csv(send: Send, path: str) -> Send:
    """A spreadsheet runs a cell that begins with = + - or @, so such a cell gets an apostrophe in front.

    Datasette sends one row in each piece of the body.
    """
    if not path.endswith(".csv"):
        return send

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.body" and message.get("body"):
            message = {**message, "body": _harmless_row(message["body"].decode()).encode()}
        await send(message)

    return guarded


def harmless_row(cells: Iterable[str]) -> str:
    """One line, with its end."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless_row(row: str) -> str:
    return "".join(map(harmless_row, csv.reader(io.StringIO(row, newline=""))))


def _harmless(cell: str) -> str:
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
