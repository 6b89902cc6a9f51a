"""A council's desk, with somebody in each of its posts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.guards.read_anew import ask_the_store_too
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_IN_REAL_USE

OpenDesk = Callable[[str], Desk]


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_the_store_too(monkeypatch)


@pytest.fixture(params=AS_IN_REAL_USE)
def at_council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens the desk of a council, by its id; what is told there is told on each engine."""
    opened: list[Desk] = []

    def at(council: str) -> Desk:
        opened.append(
            open_desk(tmp_path / f"data-{len(opened)}", council=council, engine=request.param)
        )
        return opened[-1]

    yield at
    for desk in opened:
        desk.office.database.close()
