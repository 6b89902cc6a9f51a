"""When the calendar changes, open alerts are worked out anew, both dates are kept, and nothing moves twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import closures
from practice_alerts.adapters.store.office.closures import Closure
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.review_response import agree_date
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.proof import audit_chain
from practice_alerts.domain.alert.events import Redated
from practice_alerts.domain.deadlines.due_date import RULES, RULES_SAID
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def closed_on(desk: Desk, when: str) -> None:
    with desk.office.database.writing() as tx:
        closures.put_down(tx, [Closure(desk.council, day(when), "Burst pipes")])


def again(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def redated(found: Known) -> list[Redated]:
    return [what for _, what in found.alert.beside if isinstance(what, Redated)]


def test_both_dates_are_kept_and_the_clocks_run_by_the_new_ones(desk: Desk) -> None:
    found = desk.raised("stage-1")
    closed_on(desk, "Thu 2025-06-05")
    assert recalculate.redate(desk.office, desk.council, "admin") == 1
    (told,) = redated(again(desk, found))
    assert [(one.clock, one.was, one.now) for one in told.moved] == [
        ("answer", day("Fri 2025-06-06"), day("Mon 2025-06-09")),
    ]
    response, _, time_limit = desk.dates(found)
    assert (response, time_limit) == (day("Mon 2025-06-09"), day("Mon 2025-06-30"))
    line = desk.see("iro", found).history[-1]
    assert (line.who, line.what) == (
        "Admin Sample",
        "The calendar changed: dates worked out again",
    )
    assert "Friday 6 June 2025, now Monday 9 June 2025" in line.said


def test_doing_it_again_moves_nothing_twice(desk: Desk) -> None:
    found = desk.raised("stage-1")
    closed_on(desk, "Thu 2025-06-05")
    assert [recalculate.redate(desk.office, desk.council, "admin") for _ in range(2)] == [1, 0]
    assert len(redated(again(desk, found))) == 1
    assert audit_chain.prove(desk.office).holds


def test_an_alert_whose_days_do_not_move_gets_no_event(desk: Desk) -> None:
    found = desk.raised("stage-1")
    closed_on(desk, "Thu 2025-08-28")
    assert recalculate.redate(desk.office, desk.council, "admin") == 1
    assert redated(again(desk, found)) == []
    assert recalculate.redate(desk.office, desk.council, "admin") == 0


def test_a_day_that_was_agreed_stays_agreed_and_the_total_as_it_was(desk: Desk) -> None:
    found = desk.raised("stage-1")
    agreed = {"until": "2025-06-12", "agreed_with": "Toni Sample", "reason": "She is away."}
    found = agree_date(desk.office, found.id, agreed, desk.doing("iro", found))
    closed_on(desk, "Thu 2025-06-05")
    recalculate.redate(desk.office, desk.council, "admin")
    assert redated(again(desk, found)) == []


def test_a_rule_put_right_moves_the_dates_of_open_alerts_and_says_so(desk: Desk) -> None:
    """As a store looks in which an earlier state of the product counted by another rule."""
    found = desk.raised("stage-1")
    kept = tables.alerts.c
    with desk.office.database.writing() as tx:
        then = tx.execute(select(kept.calendar)).scalar_one().replace(f"{RULES_SAID}{RULES}", "")
        wrong = {"response_due": day("Thu 2025-06-05"), "calendar": then}
        tx.execute(tables.alerts.update().values(wrong))
    assert recalculate.redate_all(desk.office) == 1
    found = again(desk, found)
    (told,) = redated(found)
    assert told.rules
    assert [(one.clock, one.was, one.now) for one in told.moved] == [
        ("answer", day("Thu 2025-06-05"), day("Fri 2025-06-06"))
    ]
    line = desk.see("iro", found).history[-1]
    assert line.what == "A rule for dates was put right: dates worked out again"
    assert {who for who, notice, _ in desk.mails() if notice == "redated"} == {"iro", "manager"}
    assert recalculate.redate_all(desk.office) == 0


def test_a_closed_alert_is_left_as_it_ended(desk: Desk) -> None:
    found = desk.raised("stage-1")
    ending = act_answers.ending("put_right", "It is done.")
    found = close(desk.office, found.id, ending, desk.doing("iro", found))
    closed_on(desk, "Thu 2025-06-05")
    assert recalculate.redate(desk.office, desk.council, "admin") == 0
    assert again(desk, found).alert.version == found.alert.version


def test_when_nobody_closed_a_day_the_calendar_itself_is_named_and_cannot_sign_in(
    desk: Desk,
) -> None:
    found = desk.raised("stage-1")
    closed_on(desk, "Thu 2025-06-05")
    assert recalculate.redate_all(desk.office) == 1
    with desk.office.database.reading() as tx:
        last = event_store.happened(tx, found.id)[-1]
        left = tx.execute(
            tables.people.select().where(tables.people.c.id == recalculate.PRODUCT.id)
        ).one()
    assert last.by == recalculate.PRODUCT.id
    assert left.left_at is not None


def test_rows_from_before_the_tables_changed_are_worked_out_from_the_events(desk: Desk) -> None:
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        tx.execute(tables.alerts.update().values(calendar="", team="", categories="", slack=None))
    recalculate.redate_all(desk.office)
    with desk.office.database.reading() as tx:
        row = current_state.by_id(tx, found.id)
    assert row is not None
    assert (row.team, row.slack) == ("Sample Team North", 0)
    assert redated(again(desk, found)) == []
    assert audit_chain.prove(desk.office).holds
