"""Lists sort alerts by their columns alone. They must come to what the events of each alert say."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.store.alerts import current_state, late_or_waiting_sql
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.core.list_status import day_of, may_go_on, waits_for_answer
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.standings import PASSES_INTO, UNANSWERED, Pile, Standing
from practice_alerts.domain.standing.status import Where, where
from tests.helpers.days import moment
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.generated_alert import MOVES, Move, played, raised_anywhere, raised_at

LATER = (0, 3, 20, 49, 73, 24 * 8, 24 * 15, 24 * 29, 24 * 70)  # hours
JUMPS = st.lists(st.timedeltas(timedelta(0), timedelta(days=120)), max_size=6)
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
        day = day_of(desk.office, tx)
        columns = (
            late_or_waiting_sql.pile(day),
            late_or_waiting_sql.past_time_limit(day),
            late_or_waiting_sql.none_to_spare(day),
        )
        query = tables.alerts.select().with_only_columns(*columns)
        row = tx.execute(query.where(tables.alerts.c.id == found.id)).one()
    return Pile(row[0]), bool(row[1]), bool(row[2])


def turns_at(desk: Desk, found: Known) -> datetime | None:
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
    assert row is not None
    assert (row.turns_at is None) or Pile(row.pile) in PASSES_INTO
    return row.turns_at


def by_its_row(desk: Desk, found: Known) -> tuple[bool, bool, date | None]:
    """Is it the turn of those asked; may it go on; the last day to do so: as reminders and feeds say."""
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
        assert row is not None
    return waits_for_answer(row), may_go_on(row, desk.office.today), row.escalate_by


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
@given(choice=st.integers(0, 200), moves=MOVES, jumps=JUMPS)
def test_columns_say_of_every_alert_at_every_moment_what_its_events_say(
    desk: Desk, choice: int, moves: list[Move], jumps: list[timedelta]
) -> None:
    """Also in the moment at which it turns by itself, in the one before it, and where a clock was set back."""
    desk.at("Mon 2025-06-02 10:20")
    try:
        found = played(desk, raised_anywhere(desk, choice), moves)
    except Expected:
        return  # not every stage is open to be raised at
    then, turns = desk.clock[0], turns_at(desk, found)
    moments = [then + timedelta(hours=hours) for hours in LATER] + [then + one for one in jumps]
    moments += [turns, turns - timedelta(microseconds=1)] if turns and turns > then else []
    for at in moments:
        desk.clock[0] = at
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


def piles_around(desk: Desk, found: Known, turn: datetime) -> list[Pile]:
    """Just before the moment and in it, by columns; events say the same."""
    told = []
    for at in (turn - timedelta(microseconds=1), turn):
        desk.clock[0] = at
        stood, _ = by_events(desk, found)
        assert by_columns(desk, found)[0] is stood.standing.pile
        told.append(stood.standing.pile)
    return told


@pytest.mark.parametrize("desk", ["lambeth"], indirect=True)
def test_a_row_turns_with_the_day_in_london_and_not_in_utc(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02 10:20").raised("stage-1")
    turns = turns_at(desk, found)
    assert turns == moment("Sat 2025-06-07 00:00")
    assert f"{turns:%H}" == "23", "London is an hour ahead in June"
    assert piles_around(desk, found, turns) == [Pile.WAITING, Pile.LATE]


@pytest.mark.parametrize("desk", ["lambeth"], indirect=True)
def test_what_was_asked_back_is_late_once_its_day_is_over(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02 10:20").raised("stage-1")
    asked = {"text": "Which home is meant?"}
    verb = VERBS[Act.ASK_QUESTION]
    found = verb(desk.office, found.id, asked, desk.doing("manager", found))
    assert piles_around(desk, found, moment("Sat 2025-06-07 00:00")) == [Pile.ASKED_BACK, Pile.LATE]


@pytest.mark.parametrize("desk", ["lambeth"], indirect=True)
def test_a_day_that_is_worked_after_all_moves_the_moment_in_the_row(desk: Desk) -> None:
    snow = closures.Closing(date(2025, 7, 3), None, "Snow.")
    closures.close(desk.at("Mon 2025-06-02 10:20").office, COMMAND_LINE, desk.council, snow)
    found = desk.at("Mon 2025-06-30 10:20").raised("stage-1")
    before = turns_at(desk, found)
    assert before == moment("Tue 2025-07-08 00:00")
    closures.reopen(desk.office, COMMAND_LINE, desk.council, date(2025, 7, 3))
    after = turns_at(desk, found)
    assert after == moment("Sat 2025-07-05 00:00")
    assert piles_around(desk, found, after) == [Pile.WAITING, Pile.LATE]
