"""Piles as the database tells them apart."""

from practice_alerts.adapters.store.alerts import late_or_waiting_sql
from practice_alerts.domain.standing.standings import Pile
from tests.helpers.days import day


def test_the_database_can_tell_every_pile() -> None:
    told = (
        late_or_waiting_sql.pile(late_or_waiting_sql.DayContext(day("Mon 2025-06-02")))
        .compile()
        .params.values()
    )
    assert {one.value for one in Pile} <= set(told)
