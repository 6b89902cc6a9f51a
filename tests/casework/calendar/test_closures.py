"""A council's own closures: put down with a reason, taken back, and counted by no clock meanwhile."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.calendar.closures import Closing, PutDown
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.generated_alert import raised_at
from tests.helpers.stories.sampleford import hire

THURSDAY, FRIDAY = day("Thu 2025-06-12"), day("Fri 2025-06-13")


def close(desk: Desk, first: date | None, last: date | None = None, reason: str = "Snow") -> object:
    closing = Closing(first, last, reason)
    return closures.close(desk.office, desk.actor("admin"), "lambeth", closing)


def closed(desk: Desk) -> dict[date, str]:
    return dict(closures.closures(desk.office, desk.actor("admin"), "lambeth").days)


@pytest.mark.parametrize("who", ["boss", "qa", "iro", "manager"])
def test_only_the_administrator_closes_and_reopens(desk: Desk, who: str) -> None:
    actor, closing = desk.actor(who), Closing(THURSDAY, None, "Snow")
    with pytest.raises(NotYours):
        closures.close(desk.office, actor, "lambeth", closing)
    with pytest.raises(NotYours):
        closures.reopen(desk.office, actor, "lambeth", THURSDAY)
    with pytest.raises(NotYours):
        closures.closures(desk.office, actor, "lambeth")
    with pytest.raises(NotYours):
        closures.close(desk.office, desk.actor("admin"), "merton", closing)


def test_a_closed_day_does_not_count_for_an_alert_sent_after_it_was_put_down(desk: Desk) -> None:
    close(desk, THURSDAY, reason="  Snow ")
    assert closed(desk) == {THURSDAY: "Snow"}
    desk.at("Mon 2025-06-09")
    response, _, _ = desk.dates(desk.raised("stage-1"))
    assert response == day("Mon 2025-06-16")
    closures.reopen(desk.office, desk.actor("admin"), "lambeth", THURSDAY)
    assert closed(desk) == {}
    response, _, _ = desk.dates(desk.raised("stage-1"))
    assert response == FRIDAY


def test_a_closure_of_several_days_leaves_out_those_that_never_counted(desk: Desk) -> None:
    days = close(desk, day("Tue 2025-12-23"), day("Thu 2026-01-01"), "Christmas")
    assert days == PutDown(
        (
            day("Tue 2025-12-23"),
            day("Wed 2025-12-24"),
            day("Mon 2025-12-29"),
            day("Tue 2025-12-30"),
            day("Wed 2025-12-31"),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("first", "last", "reason", "field", "says"),
    [
        (None, None, "Snow", "first", "give the day"),
        ("Sat 2025-06-07", None, "Snow", "first", "does not count as it is: Saturday"),
        ("Mon 2025-08-25", None, "Snow", "first", "Summer bank holiday"),
        ("Sat 2025-06-07", "Sun 2025-06-08", "Snow", "first", "None of these days counts"),
        ("Fri 2025-06-06", "Thu 2025-06-05", "Snow", "last", "before the first"),
        ("Mon 2025-06-02", "Thu 2025-07-03", "Snow", "last", "at most 31 days"),
        ("Mon 2035-06-04", None, "Snow", "first", "known only up to"),
        ("Mon 2010-06-07", None, "Snow", "first", "the calendar begins"),
        ("Fri 2027-12-31", "Mon 2028-01-03", "Snow", "last", "known only up to"),
        ("Thu 2025-06-05", None, " ", "reason", "say it in one line"),
        ("Thu 2025-06-05", None, "a\nb", "reason", "say it in one line"),
        ("Thu 2025-06-05", None, "x" * 101, "reason", "say it in one line"),
        ("Thu 2025-06-05", None, "a\x07", "reason", "say it in one line"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_closed(
    desk: Desk, first: str | None, last: str | None, reason: str, field: str, says: str
) -> None:
    with pytest.raises(BadAnswers) as told:
        close(desk, day(first) if first else None, day(last) if last else None, reason)
    assert says in told.value.faults[field]
    assert closed(desk) == {}


def test_a_day_is_not_closed_twice_nor_reopened_twice(desk: Desk) -> None:
    close(desk, THURSDAY)
    with pytest.raises(BadAnswers, match="closed: Snow"):
        close(desk, THURSDAY, reason="Election")
    assert close(desk, THURSDAY, FRIDAY) == PutDown((FRIDAY,), ())
    closures.reopen(desk.office, desk.actor("admin"), "lambeth", FRIDAY)
    with pytest.raises(NotPossible, match="No closure is put down for Friday 13 June 2025"):
        closures.reopen(desk.office, desk.actor("admin"), "lambeth", FRIDAY)


def test_a_council_that_is_not_here_has_no_calendar(desk: Desk) -> None:
    nowhere = desk.actor("admin").__class__("a", "A", "nowhere", frozenset({"administrator"}))
    with pytest.raises(NotFound):
        closures.closures(desk.office, nowhere, "nowhere")


def test_a_closure_from_the_command_line_moves_dates_in_the_name_of_the_calendar(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path / "data", council="unnamed-2015")
    found = raised_at(desk, "concern", "stage-1")
    closing = Closing(day("Tue 2025-06-10"), None, "Election")
    closures.close(desk.office, COMMAND_LINE, desk.council, closing)
    assert desk.dates(found)[0] == day("Tue 2025-06-17")
    line = desk.see("iro", found).history[-1]
    assert (line.who, line.said) == (
        "The calendar",
        "Answer due: Monday 16 June 2025, now Tuesday 17 June 2025",
    )
    desk.office.database.close()


@pytest.mark.parametrize("how", ["post over", "moved", "left", "here still"])
def test_whoever_put_it_down_is_looked_at_again(desk: Desk, how: str) -> None:
    """A day put down late, by one of three administrators, and confirmed by another."""
    for who in ("admin_two", "admin_three"):
        hire(desk, who, "administrator")
    closing = Closing(desk.office.today, None, "Snow")
    closures.close(desk.office, desk.actor("admin_two"), "lambeth", closing)
    with desk.office.database.writing() as tx:
        if how == "left":
            directory.remove_person(tx, "admin_two", desk.office.now())
        for one in directory.holdings_of(tx, "lambeth"):
            if one.person_id == "admin_two" and how in {"post over", "moved"}:
                directory.end_post(tx, one.id, desk.office.today - timedelta(days=1))
        if how == "moved":
            there = directory.PostHolding("admin_two", "merton", "administrator")
            directory.give_post(tx, there, desk.office.today)
    if how == "here still":
        closures.confirm(desk.office, desk.actor("admin"), "lambeth", desk.office.today)
        return
    with pytest.raises(NotPossible, match="may close no days any more"):
        closures.confirm(desk.office, desk.actor("admin"), "lambeth", desk.office.today)
    closures.reopen(desk.office, desk.actor("admin"), "lambeth", desk.office.today)
    closures.close(desk.office, desk.actor("admin_three"), "lambeth", closing)
    closures.confirm(desk.office, desk.actor("admin"), "lambeth", desk.office.today)
