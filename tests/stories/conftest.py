"""A council's desk, with somebody in each of its posts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.desk import Desk, open_desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def at_council(tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens the desk of a council, by its id."""
    opened: list[Desk] = []

    def at(council: str) -> Desk:
        opened.append(open_desk(tmp_path / f"data-{len(opened)}", council=council))
        return opened[-1]

    yield at
    for desk in opened:
        desk.office.database.close()
