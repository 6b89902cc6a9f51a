"""An alert that is not theirs and one that does not exist: the same words, by the same way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from practice_alerts.casework.views.alert_view import see
from practice_alerts.domain.errors import NotFound
from tests.helpers.product.office import Desk, open_desk

NOWHERE = ("", "LAM-2026-9999", "AAA-1999-0001", "zzz", "LAM-2025-0001'", "%", "\ufffd" * 300)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def asked_of_the_store(desk: Desk, person: str, reference: str) -> tuple[list[str], str]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with pytest.raises(NotFound) as refused:
            see(desk.office, person, reference)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return statements, str(refused.value)


@pytest.mark.parametrize("person", ["elsewhere", "admin", "nobody at all"])
def test_what_is_forbidden_and_what_is_not_there_are_asked_for_alike(
    desk: Desk, person: str
) -> None:
    found = desk.raised("stage-1")
    forbidden = asked_of_the_store(desk, person, found.alert.reference)
    assert forbidden[0]
    for reference in NOWHERE:
        assert asked_of_the_store(desk, person, reference) == forbidden, reference


def test_another_reference_never_opens_what_is_next_to_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert see(desk.office, "iro", found.alert.reference).known.id == found.id
    for reference in (
        found.alert.reference.lower(),
        f" {found.alert.reference}. ",
    ):  # as people type it
        assert see(desk.office, "iro", reference).known.id == found.id
    for reference in (*NOWHERE, found.alert.reference[:-1], f"{found.alert.reference}0"):
        with pytest.raises(NotFound):
            see(desk.office, "iro", reference)


def test_an_empty_store_has_nothing_to_tell(desk: Desk) -> None:
    with pytest.raises(NotFound):
        see(desk.office, "iro", "LAM-2026-0001")
