"""A desk to work at, and one with a second council beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.guards.read_anew import ask_the_store_too
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.two_councils import TwoCouncils, open_two_councils
from tests.helpers.stories.restricting import enter_seconds


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_the_store_too(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Everybody at work on Monday 2 June 2025, on a store of their own."""
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[TwoCouncils]:
    """Two councils; at the first two holders for each post, three teams and covers of each kind."""
    opened = open_two_councils(tmp_path / "data")
    enter_seconds(opened.desk)
    yield opened
    opened.desk.office.database.close()
