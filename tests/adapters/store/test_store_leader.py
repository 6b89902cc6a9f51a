"""Of all processes on one store one leads, and another as soon as that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core.leading import Leading
from practice_alerts.domain.errors import StorageTrouble
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_IN_REAL_USE, AS_PRODUCT, cluster


@pytest.fixture(params=AS_IN_REAL_USE)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    yield opened
    opened.office.database.close()


def test_one_leads_until_it_lets_go(desk: Desk, tmp_path: Path) -> None:
    one, two = (Leading(desk.office.database, tmp_path / "leading") for _ in range(2))
    for first, second in ((one, two), (two, one)):
        for _ in range(2):
            assert (first.of_store(), second.of_store()) == (True, False)
            assert (first.of_folder(), second.of_folder()) == (True, False)
        first.let_go()
    assert one.of_store()
    assert one.of_folder()
    one.let_go()


@pytest.mark.postgres
def test_on_a_server_one_leads_whatever_folder_it_has_and_each_folder_has_one(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path / "data", engine=AS_PRODUCT)
    one, two = (Leading(desk.office.database, tmp_path / name) for name in ("one", "two"))
    assert (one.of_store(), two.of_store()) == (True, False)
    assert (one.of_folder(), two.of_folder()) == (True, True)
    for each in (one, two):
        each.let_go()
    desk.office.database.close()


@pytest.mark.postgres
def test_whoever_is_cut_off_leads_no_more_and_says_so_once(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine=AS_PRODUCT)
    one, two = (Leading(desk.office.database, tmp_path / name) for name in ("one", "two"))
    assert one.of_store()
    assert not two.of_store()
    cluster().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks"
        " WHERE locktype = 'advisory' AND granted AND objid = 7316002"
    )
    while not two.of_store():  # the server is about to let go
        pass
    with pytest.raises(StorageTrouble):
        one.of_store()
    assert not one.of_store()
    for each in (one, two):
        each.let_go()
    desk.office.database.close()
