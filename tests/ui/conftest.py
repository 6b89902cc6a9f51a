"""A desk to work at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.app.streamlit_app import look_for_components_once
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Everybody at work on Monday 2 June 2025, on a store of their own."""
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


@pytest.fixture(autouse=True)
def components_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    look_for_components_once(monkeypatch)
