"""An office in which all that can be altered is there, on both engines; each test has a copy of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.office import Office
from tests.helpers.product.by_hand import Made, make_office
from tests.helpers.product.postgresql import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_office(tmp_path_factory.mktemp("made") / "data", request.param)


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Iterator[Office]:
    again = made.again(tmp_path / "again")
    yield again
    again.database.close()
