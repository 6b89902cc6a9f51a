"""No screen and no act reads every row of what grows: what it asks of the store goes by an index."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.casework.jobs import send_reminders, sync_log
from practice_alerts.casework.jobs.digest import write_digests
from practice_alerts.casework.records.clear_up import clear_up
from practice_alerts.casework.sample.sample_office import make_sample_office
from practice_alerts.casework.views import alert_view, overview, service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from tests.helpers.product.office import Desk, desk_over, open_desk

GROWS = frozenset(
    one.name
    for one in (
        *(t.alerts, t.events, t.payloads, t.askings, t.outbox, t.search_words, t.issues),
        *(t.seals, t.security_log, t.let_in, t.shut_out),
    )
)
"""The tables that grow with the years; the others are as large as the office."""

ONE_FROM_THE_END = r"FROM {0} ORDER BY {0}[.]id( DESC)?\s+LIMIT"

Look = Callable[[Desk], object]


def _list(who: str, **filters: Any) -> Look:
    return lambda desk: work_tray.tray(desk.office, desk.actor(who), Wanted(Filters(**filters)))


SCREENS: dict[str, Look] = {
    "an officer's tray": _list("iro"),
    "a manager's tray": _list("manager"),
    "the service's tray": _list("boss", whose="service"),
    "a team's tray": _list("manager", whose="team"),
    "not filed": _list("iro", not_filed=True),
    "not filed, of the service": _list("boss", whose="service", not_filed=True),
    "late": _list("boss", whose="service", pile=Pile.LATE),
    "needs the officer": _list("boss", whose="service", needs=True),
    "falls within a week": _list("boss", whose="service", within=5),
    "past its limit": _list("boss", whose="service", past_cap=True),
    "no slack": _list("boss", whose="service", no_slack=True),
    "at a stage": _list("boss", whose="service", stage="practice_alert/stage-1"),
    "of a category": _list("boss", whose="service", category="drift"),
    "what is to do": lambda desk: work_tray.to_do(desk.office, desk.actor("iro")),
    "the choices of filters": lambda desk: work_tray.choices(desk.office, desk.actor("boss")),
    "the service": lambda desk: service.service(desk.office, desk.actor("boss")),
    "the overview": lambda desk: overview.overview(desk.office, desk.actor("boss")),
    "a search": lambda desk: work_tray.search(desk.office, desk.actor("boss"), "review"),
    "an officer's search": lambda desk: work_tray.search(desk.office, desk.actor("iro"), "review"),
    "one alert": lambda desk: alert_view.see(desk.office, "iro", "LAM-2025-0001"),
    "reminders": lambda desk: send_reminders.remind(desk.office),
    "messages of the day": lambda desk: write_digests(desk.office),
    "clearing up": lambda desk: clear_up(desk.office),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("lists"), engine="sqlite")
    for stage in ("stage-1", "stage-2", "informal"):
        opened.raised(stage)
    sync_log.catch_up(opened.office)
    opened.at("Mon 2025-06-09")
    yield opened
    opened.office.database.close()


def asked_for(look: Look, desk: Desk) -> dict[str, Any]:
    """Each statement, with what it was given when it came last."""
    asked: dict[str, Any] = {}

    def note(_c: Any, _cursor: Any, statement: str, given: Any, _: Any, many: bool) -> None:
        if statement.split(None, 1)[0] in ("SELECT", "UPDATE", "DELETE"):
            asked[statement] = given[0] if many else given

    event.listen(Engine, "before_cursor_execute", note)
    look(desk)
    event.remove(Engine, "before_cursor_execute", note)
    return asked


def plans(desk: Desk, asked: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each line of how SQLite would run each statement, with the statement."""
    with desk.office.database.reading() as tx:
        for statement, given in asked.items():
            for row in tx.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", given):
                yield row[3], statement


def whole(desk: Desk, asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Each table of those that grow of which every row is read, with the statement that does."""
    found = []
    for line, statement in plans(desk, asked):
        every = re.match(r"SCAN (\w+)(?!.*USING (COVERING )?INDEX)", line)
        if every and every[1] in GROWS:
            found.append((every[1], statement))
    return [one for one in found if not re.search(ONE_FROM_THE_END.format(one[0]), one[1])]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_reads_all_there_is(desk: Desk, screen: str) -> None:
    assert not whole(desk, asked_for(SCREENS[screen], desk))


LISTS = frozenset(SCREENS) - {"reminders", "messages of the day", "clearing up"}
OF_THE_COUNCIL = re.compile(
    r"SEARCH alerts USING (?:COVERING )?INDEX (\w+) [(]council=[?]( AND is_open=[?])?[)]$"
)
ONLY_SOME = {"ix_alerts_open", "ix_alerts_not_filed"}
"""Indexes that hold no alert with which everybody is done."""
IN_TURN = "ORDER BY alerts.is_open DESC, alerts.reference DESC"
"""Read as they lie in an index, until there are enough of them."""
OF_OPEN = ("the service's tray", "the service", "the overview", "late", "no slack", "of a category")


@pytest.mark.parametrize("screen", sorted(LISTS))
def test_no_list_looks_at_all_that_a_council_has_closed(desk: Desk, screen: str) -> None:
    for line, statement in plans(desk, asked_for(SCREENS[screen], desk)):
        every = OF_THE_COUNCIL.match(line)
        is_of_open = every and every[2] and "alerts.is_open IS 1" in statement
        fits = every is None or every[1] in ONLY_SOME or is_of_open or IN_TURN in statement
        assert fits, f"{line}\n{statement}"


@pytest.mark.parametrize("screen", OF_OPEN)
def test_what_is_open_is_counted_without_a_look_at_its_rows(desk: Desk, screen: str) -> None:
    lines = {line for line, _ in plans(desk, asked_for(SCREENS[screen], desk))}
    assert "SEARCH alerts USING COVERING INDEX ix_alerts_open (council=? AND is_open=?)" in lines


@pytest.fixture(scope="module")
def done(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, dict[str, Any]]]:
    """An office in which everything was done that Lambeth's procedure knows, and what was asked meanwhile."""
    data = tmp_path_factory.mktemp("acts")
    settings, council = replace(desk.office.settings, data=data), desk.council
    councils = {council: desk.office.councils[council]}
    empty = desk_over(settings, councils, (council, {}), "Mon 2025-06-02")
    yield empty, asked_for(lambda one: make_sample_office(one.office), empty)
    empty.office.database.close()


def test_no_act_reads_all_there_is(done: tuple[Desk, dict[str, Any]]) -> None:
    assert not whole(*done)


def test_no_act_writes_a_key_again_to_which_other_tables_refer(
    done: tuple[Desk, dict[str, Any]],
) -> None:
    """SQLite would look for whatever refers to it: in a large store that is most of an act's time."""
    referred = {
        (key.column.table.name, key.column.name)
        for table in t.metadata.tables.values()
        for key in table.foreign_keys
    }
    written = {
        (found[1], column)
        for statement in done[1]
        if (found := re.match(r"UPDATE (\w+) SET (.*?)(?: WHERE|$)", statement, re.DOTALL))
        for column in re.findall(r"(\w+)\s?=", found[2])
    }
    assert ("alerts", "cap_due") in written
    assert not referred & written
