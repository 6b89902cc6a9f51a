"""Piles as the database tells them apart: what a row keeps, and what that passes into by itself."""

from practice_alerts.adapters.store.alerts import late_or_waiting_sql
from practice_alerts.domain.standing.standings import PASSES_INTO
from tests.helpers.days import day, moment


def test_the_database_knows_what_every_pile_passes_into() -> None:
    now = late_or_waiting_sql.DayContext(moment("Mon 2025-06-02 09:00"), day("Mon 2025-06-02"))
    told = late_or_waiting_sql.pile(now).compile().params.values()
    assert {one.value for pair in PASSES_INTO.items() for one in pair} <= set(told)


def test_no_pile_passes_on_twice() -> None:
    """One moment in a row would not say the second."""
    assert PASSES_INTO
    assert not PASSES_INTO.keys() & set(PASSES_INTO.values())
