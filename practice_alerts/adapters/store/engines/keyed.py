"""What either engine must know of a table to tell which of its rows were written, and how JSON is."""

import json
from typing import NamedTuple, Protocol

from practice_alerts.domain.text import all_as_kept


def as_json(said: object) -> str:
    """The same in either store, though a server takes no NUL and no half character: a draft has whatever was typed."""
    return json.dumps(all_as_kept(said))


class Keyed(Protocol):
    """By which columns a row is named, and a change of which matters."""

    @property
    def key(self) -> tuple[str, ...]: ...

    @property
    def columns(self) -> tuple[str, ...]: ...


class Touched(NamedTuple):
    """A row that was written: of which table, by which key (a JSON list), and what it was before (a JSON object by column)."""

    name: str
    key: str
    was: str | None
    """None of one that was not there."""
