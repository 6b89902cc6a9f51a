"""The log of one council with 100,000 alerts: each ready-made question, a page with three facets, a search, a report.

They are made as `practice-alerts sample` makes them, and the log is written from their events. A page is the whole of it, asked through the gate; the raw side runs the same SQL on the same file and fetches
what the page shows. Both in turns.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.rights import served
from bench.turns import Row, milliseconds, seconds, timed, times
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.reports import make_report
from practice_alerts.casework.sample import sample_people
from practice_alerts.casework.sample.lifelike_years import Years, tell_years
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.log.measures.measure import FROM, TO
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import ReportName
from tests.helpers.product.office import Desk, made_up_desk

FEW, ROWS, ROUNDS = 600, 100_000, 5
COUNCIL, READER = "lambeth", "sample-qa"
SHOWN = 100
"""Rows on a page."""
FACETS = ("stage", "standing", "kind_title")
_YEARS = 3
_COUNTED = "SELECT {0}, count(*) FROM alerts GROUP BY 1 ORDER BY 2 DESC"


def measure() -> list[Row]:
    logging.getLogger("practice_alerts").setLevel(logging.ERROR)  # each line withheld is told
    with TemporaryDirectory() as folder, ExitStack() as stack:
        desk = made_up_desk(Path(folder) / "data", COUNCIL)
        stack.callback(desk.office.database.close)
        tell_years(desk.office, _people(desk), Years(FEW, _YEARS, seed=1))
        sync_log.catch_up(desk.office)
        few = _update(desk)
        made = tuple(_made(desk))
        log = desk.office.log.files()[COUNCIL]
        (Path(folder) / "guide").mkdir()
        page = served(desk, Path(folder) / "guide", stack)
        raw = stack.enter_context(closing(sqlite3.connect(f"file:{log}?mode=ro", uri=True)))
        (alerts,) = raw.execute("SELECT count(*) FROM alerts").fetchone()
        assert alerts > ROWS, alerts
        return [*made, *_pages(page, raw), _report(desk), _updated(_update(desk), few)]


def _people(desk: Desk) -> tuple[sample_people.SamplePerson, ...]:
    return tuple(sample_people.sample_people(desk.office.councils))


def _made(desk: Desk) -> Iterator[Row]:
    wanted = Years(ROWS, _YEARS, seed=2)
    told = timed(lambda: tell_years(desk.office, _people(desk), wanted))
    yield Row(f"Making {ROWS:,} alerts", seconds(told), "as `sample` does")
    written = timed(lambda: sync_log.rebuild_log(desk.office))
    yield Row(f"Writing the log of {ROWS:,} alerts anew", seconds(written), "")


def _pages(
    page: Callable[[str, str], Callable[[], object]], raw: sqlite3.Connection
) -> Iterator[Row]:
    given = {FROM: "2024-04-01", TO: "2025-03-31", "words": "visit"}
    for one in QUESTIONS:
        asked = {name: value for name, value in given.items() if f":{name}" in one.sql}
        address = f"/log/{COUNCIL}/{one.name}?{urlencode(asked)}"
        what = f"Question “{one.title}”"
        try:
            yield _row(what, page(READER, address), _fetch(raw, one.sql, asked))
        except AssertionError:
            yield Row(f"{what}, {ROWS:,} alerts", "cut off", "it took more than its second")
    table = f"/log/{COUNCIL}/alerts"
    facets = urlencode([("_facet", one) for one in FACETS])
    counts = [_COUNTED.format(one) for one in FACETS]
    every = ["SELECT count(*) FROM alerts", "SELECT * FROM alerts ORDER BY reference"]
    yield _row("The table of alerts", page(READER, table), _fetch(raw, *every))
    yield _row(
        "The same with three facets",
        page(READER, f"{table}?{facets}"),
        _fetch(raw, *every, *counts),
    )


def _fetch(raw: sqlite3.Connection, *queries: str | dict[str, str]) -> Callable[[], object]:
    given = next((one for one in queries if isinstance(one, dict)), {})
    sqls = [one for one in queries if isinstance(one, str)]
    return lambda: [raw.execute(sql, given).fetchmany(SHOWN + 1) for sql in sqls]


def _row(what: str, page: Callable[[], object], raw: Callable[[], object]) -> Row:
    taken = [(timed(page), timed(raw)) for _ in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*taken, strict=True))
    note = f"{milliseconds(ours)} to {milliseconds(theirs)}"
    return Row(f"{what}, {ROWS:,} alerts: to its SQL, raw", times(ours / theirs), note)


def _report(desk: Desk) -> Row:
    reader, year = desk.actor(READER), Period(date(2024, 4, 1), date(2025, 3, 31))
    took = timed(lambda: make_report.see(desk.office, reader, ReportName.SERVICE, year))
    return Row(f"The report of a year, {ROWS:,} alerts", seconds(took), "all its figures counted")


def _update(desk: Desk) -> float:
    """Seconds until the log knows of one more alert, the middle of some."""
    taken = []
    for seed in range(100, 100 + ROUNDS):
        tell_years(desk.office, _people(desk), Years(1, 1, seed))
        taken.append(timed(lambda: sync_log.catch_up(desk.office)))
    return median(taken)


def _updated(many: float, few: float) -> Row:
    what = f"The log's update for one alert, {ROWS:,} alerts: to {FEW}"
    return Row(what, times(many / few), f"{milliseconds(many)} to {milliseconds(few)}")
