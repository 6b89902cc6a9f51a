"""Years of a made-up service: spread, of every kind, the same for the same seed, and sound."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.sample import sample_people
from practice_alerts.casework.sample.lifelike_years import Years, tell_years
from practice_alerts.domain.dates import london_date
from tests.helpers.product.office import Desk, made_up_desk

TWO = ("lambeth", "northamptonshire")
ALERTS, YEARS = 50, 2

Raised = list[tuple[str, str, date, bool, int]]


def filled(place: Path, alerts: int, seed: int) -> Desk:
    """Two councils in which so many alerts were raised over two years."""
    desk = made_up_desk(place, *TWO)
    everybody = tuple(sample_people.sample_people(desk.office.councils))
    told: list[int] = []
    tell_years(desk.office, everybody, Years(alerts, YEARS, seed), told.append)
    assert told == [alerts]
    return desk


def raised(desk: Desk) -> Raised:
    c = t.alerts.c
    query = select(c.reference, c.kind, c.raised_at, c.is_open, c.version).order_by(c.reference)
    with desk.office.database.reading() as tx:
        return [
            (one.reference, one.kind, london_date(one.raised_at), *one[3:])
            for one in tx.execute(query)
        ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = filled(tmp_path_factory.mktemp("years"), ALERTS, seed=7)
    yield made
    made.office.database.close()


def test_the_years_are_filled_and_most_of_it_is_over(desk: Desk) -> None:
    every = raised(desk)
    days = [day for _, _, day, _, _ in every]
    assert len(every) == ALERTS
    assert desk.office.today - timedelta(days=YEARS * 366) < min(days)
    assert max(days) <= desk.office.today
    assert len(set(days)) > ALERTS / 2
    assert 0 < sum(is_open for *_, is_open, _ in every) < ALERTS / 4
    assert len({kind for _, kind, _, _, _ in every}) > 1
    assert len({version for *_, version in every}) > 3


def test_each_goes_its_own_way_and_none_beyond_today(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        happened = [*tx.execute(select(t.events.c.kind, t.events.c.at))]
        assert list(event_store.verify(tx)) == []
    kinds = Counter(one.kind for one in happened)
    assert {"raised", "answered", "judged", "escalated", "held", "closed"} <= set(kinds)
    assert max(one.at for one in happened)[:10] <= desk.office.today.isoformat()
    sync_log.catch_up(desk.office)


def test_the_same_number_makes_the_same_years(tmp_path: Path) -> None:
    places = [(tmp_path / str(number), seed) for number, seed in enumerate((1, 1, 2))]
    desks = [filled(place, 5, seed) for place, seed in places]
    first, again, other = map(raised, desks)
    for one in desks:
        one.office.database.close()
    assert first == again
    assert first != other
