"""How teams fare: exactly for whoever may open the alerts, rounded by year in the log, both as a slow count has it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.reports import by_team
from practice_alerts.casework.sample import sample_people
from practice_alerts.casework.sample.lifelike_years import Years, tell_years
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.log.measures.periods import Period, one_click, years_before
from practice_alerts.domain.reports.by_team import (
    COLUMNS,
    NO_TEAM,
    TOGETHER,
    TeamCounts,
    share_in_time,
    yearly_rows,
)
from practice_alerts.domain.reports.small_numbers import SmallNumbers
from tests.helpers.days import day
from tests.helpers.log import twin_of_alerts
from tests.helpers.log.of_the_store import twin_of
from tests.helpers.log.twin_of_teams import exactly, of_teams, teams
from tests.helpers.product.office import Desk, made_up_desk

TWO = ("lambeth", "merton")
READERS = {
    "lambeth": ("sample-boss", "sample-auditor"),
    "merton": ("merton-iro-manager", "merton-auditor"),
}
YEAR = Period(day("Mon 2024-04-01"), day("Mon 2025-03-31"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two councils, in each of which some sixty alerts were raised over two years, about children of three teams."""
    made = made_up_desk(tmp_path_factory.mktemp("teams"), *TWO)
    people = tuple(sample_people.sample_people(made.office.councils))
    tell_years(made.office, people, Years(120, 2, seed=3))
    sync_log.catch_up(made.office)
    yield made
    made.office.database.close()


def actor_of(desk: Desk, who: str, council: str) -> Actor:
    with desk.office.database.reading() as tx:
        return actor_in(desk.office, tx, who, council)


def spans(desk: Desk) -> list[Period]:
    """Those that are over: SQLite knows no day but that of the machine."""
    every = [*one_click(desk.office.today).values(), *years_before(desk.office.today, 2)]
    return [one for one in every if one.until < desk.office.today]


@pytest.mark.parametrize("council", TWO)
def test_each_number_of_a_team_is_what_a_slow_count_gives_of_its_alerts(
    desk: Desk, council: str
) -> None:
    twins, seen = of_teams(twin_of(desk.office, council)), 0
    for who in READERS[council]:
        actor = actor_of(desk, who, council)
        for period in spans(desk):
            made = by_team.sheet(desk.office, actor, period)
            for team, twin in twins.items():
                counted = made.counts.get(team or NO_TEAM, TeamCounts())
                three = ("concerns", "in_time", "late", "no_answer", "good_practice")
                numbers = tuple(counted.numbers[one] for one in three)
                assert numbers == exactly(twin, period), (team, period)
                assert counted.numbers["due"] == sum(numbers[1:4])
                themes = {row[0]: row[1] for row in twin_of_alerts.themes(twin, period)}
                assert dict(counted.themes) == themes
                seen += sum(numbers)
    assert seen > 100


@pytest.mark.parametrize("council", TWO)
def test_behind_each_number_of_a_team_stand_its_alerts(desk: Desk, council: str) -> None:
    actor = actor_of(desk, READERS[council][0], council)
    made = by_team.sheet(desk.office, actor, YEAR)
    assert len(made.counts) > 1
    for team, counted in made.counts.items():
        for key in COLUMNS:
            found = by_team.behind(desk.office, actor, team, key, YEAR)
            assert found.number == counted.numbers[key]
            assert len(found.alerts) <= found.number
            assert bool(found.alerts) == bool(found.number)
    with pytest.raises(NotFound):
        by_team.behind(desk.office, actor, "x", "reference", YEAR)


@pytest.mark.parametrize("council", TWO)
def test_the_log_has_whole_years_as_the_slow_count_rounds_them(desk: Desk, council: str) -> None:
    with closing(sqlite3.connect(desk.office.log.files()[council])) as log:
        rows = log.execute("select * from team_years").fetchall()
        known = {name for (name,) in log.execute("select team from team_years")}
    years = list(years_before(desk.office.today, 5))
    assert sorted(rows) == sorted(teams(twin_of(desk.office, council), years))
    assert len(known) > 1


def test_whoever_may_not_open_the_alerts_is_not_told(desk: Desk) -> None:
    for who, council in (("sample-qa", "lambeth"), ("merton-qa-lead", "merton")):
        with pytest.raises(NotYours):
            by_team.sheet(desk.office, actor_of(desk, who, council), YEAR)
        with pytest.raises(NotYours):
            by_team.behind(desk.office, actor_of(desk, who, council), "x", "concerns", YEAR)


def test_teams_are_counted_again_on_the_next_day_and_not_before(tmp_path: Path) -> None:
    desk = made_up_desk(tmp_path, "lambeth")
    people = tuple(sample_people.sample_people(desk.office.councils))

    def told() -> list[tuple[str, int]]:
        sync_log.catch_up(desk.office)
        with closing(sqlite3.connect(desk.office.log.files()["lambeth"])) as log:
            return log.execute("select team, concerns from team_years").fetchall()

    assert told() == []
    tell_years(desk.office, people, Years(12, 2, seed=1))
    assert told() == []
    desk.at((desk.office.now() + timedelta(days=1)).strftime("%a %Y-%m-%d %H:%M"))
    assert TOGETHER in dict(told())
    desk.office.database.close()


def counts(concerns: int, due: int = 0, in_time: int = 0) -> TeamCounts:
    found = TeamCounts()
    found.numbers.update({"concerns": concerns, "due": due, "in_time": in_time})
    return found


def test_a_team_of_few_concerns_stands_among_the_others_and_no_number_is_exact() -> None:
    every = {"North": counts(10, 12, 8), "South": counts(9), "West": counts(3), NO_TEAM: counts(40)}
    rows = list(yearly_rows(YEAR, every, SmallNumbers()))
    assert [(one["year"], one["team"], one["concerns"]) for one in rows] == [
        ("2024/25", "North", 10),
        ("2024/25", TOGETHER, 50),
    ]
    assert rows[0]["in_time"] == 10
    assert "due" not in rows[0]
    assert [one["concerns"] for one in yearly_rows(YEAR, every, SmallNumbers(20))] == [20, 60]
    assert list(yearly_rows(YEAR, {}, SmallNumbers())) == []


def test_a_share_is_said_of_ten_and_more() -> None:
    assert [share_in_time(counts(0, due, 5)) for due in (9, 10)] == ["–", "50%"]
