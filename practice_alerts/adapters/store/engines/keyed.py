"""What either engine must know of a table to tell which of its rows were written."""

from typing import Protocol


class Keyed(Protocol):
    """By which columns a row is named, and a change of which matters."""

    @property
    def key(self) -> tuple[str, ...]: ...

    @property
    def columns(self) -> tuple[str, ...]: ...
