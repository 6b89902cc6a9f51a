"""Years of very many alerts: what the verbs told is told again of other children, and each alert is sound by itself."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import current_state, event_store, word_rows
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.casework.core.record import current_row
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.sample import lifelike_years, sample_people
from practice_alerts.casework.sample.lifelike_years import Years, tell_years
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.standing.running_clocks import running_clocks
from tests.helpers.product.office import Desk, made_up_desk

TWO = ("lambeth", "merton")
BY_VERBS, ALERTS, YEARS = 40, 400, 3


def filled(place: Path, seed: int) -> Desk:
    desk = made_up_desk(place, *TWO)
    people = tuple(sample_people.sample_people(desk.office.councils))
    told: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lifelike_years, "_BY_VERBS", BY_VERBS)
        patch.setattr(lifelike_years, "_MODELS", BY_VERBS)
        tell_years(desk.office, people, Years(ALERTS, YEARS, seed), told.append)
    assert (told[0], told[-1]) == (BY_VERBS, ALERTS)
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = filled(tmp_path_factory.mktemp("again"), seed=5)
    yield made
    made.office.database.close()


@pytest.fixture(scope="module")
def every(desk: Desk) -> tuple[Known, ...]:
    with desk.office.database.reading() as tx:
        return tuple(load_in_turn(desk.office, tx, current_state.ids(tx)))


def test_as_many_as_wanted_are_spread_over_the_years_and_none_lies_ahead(
    desk: Desk, every: tuple[Known, ...]
) -> None:
    assert Counter(one.files.id for one in every) == dict.fromkeys(TWO, ALERTS // 2)
    raised = [one.alert.raised_at for one in every]
    latest = max(one.alert.happened[-1].at for one in every)
    assert london_date(latest) <= desk.office.today
    years = Counter((desk.office.today - london_date(at)).days // 365 for at in raised)
    assert min(years[n] for n in range(YEARS)) > ALERTS // 8
    assert min(raised) > desk.office.now() - timedelta(days=366 * YEARS)
    assert len(set(raised)) > ALERTS * 0.9
    still = [one for one in every if one.alert.is_open]
    assert ALERTS / 50 < len(still) < ALERTS / 3
    assert len({one.alert.reference for one in every}) == ALERTS


def test_each_is_of_a_child_of_its_own_or_of_one_who_comes_again(every: tuple[Known, ...]) -> None:
    children = Counter(
        (one.files.id, one.alert.answers["case_number"], one.alert.answers["child_name"])
        for one in every
    )
    numbers = {(council, number) for council, number, _ in children}
    assert len(numbers) == len(children), "a number is one child's"
    assert 1 < max(children.values()) < 8
    for one in every:
        said = " ".join(str(event.what) for event in one.alert.happened)
        others = {other.alert.reference for other in every} - {one.alert.reference}
        assert not any(other in said for other in others)


def test_its_row_its_words_and_its_chain_are_what_its_events_make_them(
    desk: Desk, every: tuple[Known, ...]
) -> None:
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
        assert desk.office.database.altered(tx) == ()
        for one in every:
            calendar = desk.office.calendar(one.files.id, tx)
            clocks = running_clocks(one.alert, one.ladder, calendar)
            kept_row = current_state.by_id(tx, one.id)
            assert kept_row is not None
            assert kept_row == current_row(one, clocks, kept_row.calendar)
            events = select(t.events.c.number, t.events.c.id).where(t.events.c.alert_id == one.id)
            ids = {row.number: row.id for row in tx.execute(events)}
            words = tx.execute(select(t.search_words).where(t.search_words.c.alert_id == one.id))
            kept = {(row.word, row.event_id, row.part) for row in words}
            assert kept == word_rows._rows(found_by.words_of(desk.office, one), ids)
    sync_log.catch_up(desk.office)


def test_who_is_asked_has_an_address_of_their_own(desk: Desk, every: tuple[Known, ...]) -> None:
    asked = 0
    with desk.office.database.reading() as tx:
        for one in every:
            here = [each for each in current_state.askings_of(tx, one.id) if each.is_present]
            if one.alert.is_open and one.alert.run and one.alert.run.sent.asked:
                people = {person.id for person in one.alert.run.sent.asked if person.id}
                assert people <= {each.person_id for each in here}
                asked += len(people)
    assert asked > 5


def test_the_same_number_tells_the_same_of_them_again(desk: Desk, tmp_path: Path) -> None:
    def told(one: Desk) -> list[tuple[str, str]]:
        with one.office.database.reading() as tx:
            rows = tx.execute(select(t.alerts.c.reference, t.alerts.c.raised_at))
            return sorted((row.reference, str(row.raised_at)) for row in rows)

    again = filled(tmp_path, seed=5)
    assert told(again) == told(desk)
    again.office.database.close()
