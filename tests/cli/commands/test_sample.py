"""`practice-alerts sample`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.product.run_command import refused, said

FEW = ("--alerts", "4", "--years", "1")


@pytest.mark.usefixtures("lambeth_alone")
def test_a_new_folder_is_filled_once(data: Path) -> None:
    out = said("--data", str(data), "sample", *FEW)
    assert "4 of 4 alerts" in out
    assert f"--data {data} serve --sample" in out
    with closing(sqlite3.connect(data / "practice-alerts.db")) as store:
        ((mails,),) = store.execute("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
    assert mails == 0  # nothing of the past is sent today
    assert "Name a new or empty folder" in refused("--data", str(data), "sample", *FEW)
    assert "each as its events say" in said("--data", str(data), "verify")


def test_a_folder_of_real_people_is_refused(real_office: Path) -> None:
    assert "holds real people" in refused("--data", str(real_office), "sample", *FEW)
