"""Piles as the database tells them apart."""

from practice_alerts.adapters.store import stands
from practice_alerts.domain.piles import Pile
from tests.helpers.days import day


def test_the_database_can_tell_every_pile() -> None:
    told = stands.pile(stands.Day(day("Mon 2025-06-02"))).compile().params.values()
    assert {one.value for one in Pile} <= set(told)
