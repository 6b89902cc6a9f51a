"""An alert that is not theirs and one that does not exist: the same words, by the same way."""

import pytest

from practice_alerts.casework.views.alert_view import see
from practice_alerts.domain.errors import NotFound
from tests.helpers.product.office import Desk
from tests.helpers.product.statements import statements

NOWHERE = ("", "LAM-2026-9999", "AAA-1999-0001", "zzz", "LAM-2025-0001'", "%", "\ufffd" * 300)


def asked_of_the_store(desk: Desk, person: str, reference: str) -> tuple[list[str], str]:
    with statements() as asked, pytest.raises(NotFound) as refused:
        see(desk.office, person, reference)
    return asked, str(refused.value)


@pytest.mark.parametrize("person", ["elsewhere", "admin", "nobody at all"])
def test_what_is_forbidden_and_what_is_not_there_are_asked_for_alike(
    desk: Desk, person: str
) -> None:
    found = desk.raised("stage-1")
    forbidden = asked_of_the_store(desk, person, found.alert.reference)
    assert forbidden[0]
    for reference in filter(None, NOWHERE):  # where nothing was typed, no words are kept
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
