"""Every measure against a second, slow count from the events."""

import sqlite3
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.adapters.log.query_process import opened
from practice_alerts.domain.alert.choices import EndingKind
from practice_alerts.domain.log.log_queries import VIEWS
from practice_alerts.domain.log.log_rows import case_number, log_rows
from practice_alerts.domain.log.measures.all_measures import MEASURES
from practice_alerts.domain.log.measures.behind import BEHIND
from practice_alerts.domain.log.measures.measure import FROM, TO, Measure
from practice_alerts.domain.log.measures.of_themes import NONE_TICKED
from practice_alerts.domain.log.measures.periods import Period, one_click
from practice_alerts.domain.log.pseudonyms import pseudonym
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES
from practice_alerts.domain.reports.possible_rows import CouncilsRules, possible_rows
from practice_alerts.domain.reports.published import PUBLIC
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS
from tests.helpers.log.random_lives import Life
from tests.helpers.log.second_count import COUNTED
from tests.helpers.log.twin import Told, Twin

ALERTS, ACTS = 12, 14
TODAY = day("Fri 2025-08-15")
PERIODS = (
    Period(day("Tue 2025-04-01"), day("Mon 2025-06-30")),
    Period(day("Sat 2025-02-01"), day("Fri 2025-02-28")),
    Period(day("Wed 2025-03-05"), day("Tue 2025-05-20")),
    Period(day("Wed 2025-01-01"), TODAY),
)


REFUSED = {(NONE_TICKED,), (EndingKind.SHARED.words,)}
"""Of a concern: what lives lived at random have, and no form takes."""


class Council:
    """A council's alerts told at random, in the log and out of it."""

    def __init__(self, folder: Path, council: str, seed: int, alerts: int = ALERTS) -> None:
        rng = Random(seed)  # noqa: S311 - lives that can be lived again
        told, rows = [], []
        for number in range(alerts):
            life = Life(council, number, rng)
            alert = life.lived(rng.randrange(ACTS))
            procedure, form = life.files.procedure, life.files.forms[alert.form]
            child = pseudonym(case_number(alert, form), council, "a key")
            told.append(Told(alert, procedure, form, CALENDAR_2025, child))
            rows.append(log_rows(alert, procedure, form, CALENDAR_2025, child))
        log = AlertLog(folder)
        log.rebuild(council, rows, days=CALENDAR_2025.working_days)
        self.path, self.files = log.files()[council], Life(council, 0, rng).files
        with closing(sqlite3.connect(self.path)) as made:
            made.execute(f"drop view {VIEWS[0].name}")
            made.execute(f"create view {VIEWS[0].name} as select '{TODAY}' as day")
            made.commit()
        self.twin = Twin(told, TODAY)

    def ask(self, measure: Measure, since: str, until: str) -> list[tuple[Any, ...]]:
        with closing(opened(str(self.path))) as log:
            return list(log.execute(measure.sql, {FROM: since, TO: until}))


@pytest.fixture(scope="module", params=[(c, n) for n, c in enumerate(IDS, 11)], ids=str)
def council(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Council:
    name, seed = request.param
    return Council(tmp_path_factory.mktemp("measures"), name, seed)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_a_measure_is_what_a_slow_count_from_the_events_gives(
    council: Council, measure: Measure
) -> None:
    for period in PERIODS:
        found = council.ask(measure, period.since.isoformat(), period.until.isoformat())
        three = (("this period", period), ("the one before", period.before))
        for named, one in (*three, ("a year earlier", period.year_earlier)):
            label = f"{named}, {one.since} to {one.until}"
            got = [row[1:] for row in found if row[0] == label]
            wanted = COUNTED[measure.name](council.twin, one)
            assert sorted(map(str, got)) == sorted(map(str, wanted)), (measure.name, one)
        assert {row[0].partition(",")[0] for row in found} <= {
            "this period",
            "the one before",
            "a year earlier",
        }


@pytest.mark.parametrize(
    "measure", [one for one in MEASURES if one.name in BEHIND], ids=lambda one: one.name
)
def test_what_stands_behind_a_number_adds_up_to_it(council: Council, measure: Measure) -> None:
    """Each of its rows is of an alert, and as many count as the measure says."""
    for period in PERIODS:
        days = {FROM: period.since.isoformat(), TO: period.until.isoformat()}
        with closing(sqlite3.connect(council.path)) as log:
            log.row_factory = sqlite3.Row
            figures = [dict(row) for row in log.execute(measure.sql_of_this_period, days)]
            things = [dict(row) for row in log.execute(BEHIND[measure.name], days)]
        by = FIGURE_TABLES[measure.name].by
        counted = [
            name for name in FIGURE_TABLES[measure.name].numbers if things and name in things[0]
        ]
        assert {tuple(one[name] for name in by) for one in things} <= {
            tuple(one[name] for name in by) for one in figures
        }
        for figure in figures:
            mine = [one for one in things if all(one[name] == figure[name] for name in by)]
            for name in counted:
                assert sum(one[name] or 0 for one in mine) == (figure[name] or 0), (figure, name)
            if not mine:
                assert not any(
                    figure[name]
                    for name in FIGURE_TABLES[measure.name].numbers
                    if isinstance(figure[name], int)
                ), figure


@pytest.mark.parametrize("name", list(PUBLIC))
def test_whatever_is_counted_has_its_row_in_what_is_published(council: Council, name: str) -> None:
    """Else the table could not be published at all."""
    rules = CouncilsRules(council.files.procedure, council.files.forms)
    possible, by = possible_rows([rules]).get(name), FIGURE_TABLES[name].by
    measure = next(one for one in MEASURES if one.name == name)
    assert (possible is None) == FIGURE_TABLES[name].is_turned
    with closing(sqlite3.connect(council.path)) as log:
        log.row_factory = sqlite3.Row
        found = [dict(row) for row in log.execute(measure.sql, {FROM: "", TO: ""})]
    rows = {tuple(str(row[one]) for one in by) for row in found if PUBLIC[name].keeps(row)}
    assert possible is None or rows - REFUSED <= {*possible}


def test_every_measure_has_its_twin() -> None:
    assert sorted(COUNTED) == sorted(one.name for one in MEASURES)
    assert len({one.id for one in MEASURES}) == len(MEASURES)


def test_without_days_everything_is_counted_until_today(council: Council) -> None:
    for measure in MEASURES:
        whole = Period(date(1, 1, 1), TODAY)
        found = council.ask(measure, "", "")
        if measure.name != "raised_again":
            wanted = COUNTED[measure.name](council.twin, whole)
            assert sorted(str(row[1:]) for row in found) == sorted(map(str, wanted)), measure.name


def test_twelve_months_add_up_to_their_year() -> None:
    year = one_click(day("Wed 2025-06-11"))["Last year, April to March"]
    assert (year.since, year.until) == (day("Mon 2024-04-01"), day("Mon 2025-03-31"))
    months = [Period(day("Sat 2025-03-01"), day("Mon 2025-03-31"))]
    while months[0].since > year.since:
        months.insert(0, months[0].before)
    assert len(months) == 12
    assert months[0].since == year.since
    assert all(two.before == one for one, two in pairwise(months))
