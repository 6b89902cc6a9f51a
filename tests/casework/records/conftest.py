"""What tests of records share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES


@pytest.fixture(params=ENGINES)
def desk_of_records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """With everybody who reads and keeps records, two for the posts that decide, on both engines."""
    opened = open_desk(tmp_path / "data", engine=request.param).with_readers()
    opened.give("information_officer", "admin")
    opened.give("iro_manager", "other_iro")
    yield opened
    opened.office.database.close()
