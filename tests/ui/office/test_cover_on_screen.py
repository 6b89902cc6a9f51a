"""Cover, duty and handing over on the screen: each seen and done by those who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def test_somebody_is_signed_out_everywhere_and_it_stands_among_the_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = open_screen(desk, "boss", "directory", monkeypatch, part="people")
    assert "act=sign_out&amp;of=manager" in people.words
    form = open_screen(desk, "boss", "directory", monkeypatch, act="sign_out", of="manager")
    form.write("Why (optional)", "A telephone was lost.").press("Sign them out")
    assert "Manager Sample is signed out everywhere." in form.words
    record = open_screen(desk, "boss", "directory", monkeypatch, part="record")
    assert "A telephone was lost." in record.words
