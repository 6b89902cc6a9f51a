"""Lists sort alerts by their columns alone. They must come to what the events of each alert say."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.alerts import current_state, late_or_waiting_sql
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.core.list_status import last_day, may_go_on, reckon, waits_for_answer
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.standings import UNANSWERED, Pile, Standing
from practice_alerts.domain.standing.status import Where, where
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.generated_alert import MOVES, Move, played, raised_anywhere, raised_at

LATER = (0, 3, 20, 49, 73, 24 * 8, 24 * 15, 24 * 29, 24 * 70)  # hours
EXAMPLES = 15  # of each council
SETTLED = {Standing.ON_HOLD, Standing.PUT_RIGHT}
"""Where going on to the next stage is not what could be done."""


@pytest.fixture(scope="module", params=IDS)
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("any") / "data", council=request.param)
    yield opened
    opened.office.database.close()


def by_events(desk: Desk, found: Known) -> tuple[Where, Clocks]:
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
        clocks = running_clocks(known.alert, known.ladder, desk.office.calendar(desk.council, tx))
    return where(known.alert, known.ladder, clocks, desk.office.now()), clocks


def by_columns(desk: Desk, found: Known) -> tuple[Pile, bool, bool]:
    """The pile; whether the limit has passed; whether there is no day left to keep it."""
    with desk.office.database.reading() as tx:
        day = reckon(desk.office, tx, desk.council).day
        columns = (
            late_or_waiting_sql.pile(day),
            late_or_waiting_sql.past_time_limit(day),
            late_or_waiting_sql.none_to_spare(day),
        )
        query = tables.alerts.select().with_only_columns(*columns)
        row = tx.execute(query.where(tables.alerts.c.id == found.id)).one()
    return Pile(row[0]), bool(row[1]), bool(row[2])


def by_its_row(desk: Desk, found: Known) -> tuple[bool, bool, date | None]:
    """Is it the turn of those asked; may it go on; the last day to do so: as reminders and feeds say."""
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
        assert row is not None
        last = last_day(desk.office, tx, row, desk.office.calendar(desk.council, tx))
    return waits_for_answer(row), may_go_on(row, desk.office.today), last


def no_day_left(stood: Where, clocks: Clocks, desk: Desk) -> bool:
    if clocks.time_limit is None or stood.time_limit_passed:
        return False
    if clocks.hold is not None and clocks.days_to_spare is not None and clocks.days_to_spare < 0:
        return True
    if clocks.escalate_by is None:
        return clocks.days_to_spare is not None and clocks.days_to_spare < 0
    return clocks.escalate_by <= desk.office.today


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(choice=st.integers(0, 200), moves=MOVES)
def test_columns_say_of_every_alert_on_every_day_what_its_events_say(
    desk: Desk, choice: int, moves: list[Move]
) -> None:
    desk.at("Mon 2025-06-02 10:20")
    try:
        found = played(desk, raised_anywhere(desk, choice), moves)
    except Expected:
        return  # not every stage is open to be raised at
    then = desk.clock[0]
    for hours in LATER:
        desk.clock[0] = then + timedelta(hours=hours)
        stood, clocks = by_events(desk, found)
        pile, past_time_limit, none_to_spare = by_columns(desk, found)
        told = f"{stood.sentence} on {london_date(desk.clock[0])}"
        assert pile is stood.standing.pile, told
        assert pile.facts.turn == stood.turn, told
        if pile is not Pile.CLOSED:
            assert past_time_limit == stood.time_limit_passed, told
            assert none_to_spare == no_day_left(stood, clocks, desk), told
        if pile not in {Pile.CLOSED, Pile.NO_LADDER}:
            waits, goes_on, last = by_its_row(desk, found)
            assert waits == (stood.standing.pile in UNANSWERED), told
            if stood.standing not in {Standing.TO_REVIEW, Standing.STEPS_DONE}:
                assert goes_on == (stood.standing not in SETTLED), told
            elif (
                goes_on
            ):  # what came in while a hold runs is reviewed, and goes no further before its end
                assert clocks.hold is None or clocks.hold < desk.office.today, told
            assert last == clocks.escalate_by, told


@pytest.mark.parametrize("desk", ["unnamed-2015"], indirect=True)
def test_a_record_that_is_due_in_24_hours_is_late_on_the_same_clock_in_a_list(desk: Desk) -> None:
    found = raised_at(desk.at("Mon 2025-06-02 10:20"), "concern", "stage-2")
    found = played(desk, found, [Move("step", 1, 0)])
    then, piles = desk.clock[0], []
    for hours in (23, 25):
        desk.clock[0] = then + timedelta(hours=hours)
        stood, _ = by_events(desk, found)
        assert by_columns(desk, found)[0] is stood.standing.pile
        piles.append(stood.standing)
    assert piles == [Standing.WAITING, Standing.STEP_LATE]
