"""What councils and inspectors ask of the log, answered by clicks and once by SQL, in a browser.

Each number on the page is held to a slow count from the events of the very store that the product serves.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from practice_alerts import ROOT
from practice_alerts.cli.support.context import World
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.log.measures.periods import Period, one_click, years_before
from practice_alerts.domain.standing.standings import Pile, Standing
from practice_alerts.office import Office
from tests.adapters.log.test_asking_page import ASKED, SAME
from tests.helpers.app.people import Cast
from tests.helpers.log.of_the_store import twin_of
from tests.helpers.log.second_count import COUNTED
from tests.helpers.log.twin import Twin, stood
from tests.helpers.log.twin_of_teams import teams
from tests.helpers.product.running_product import Served

COUNCILS = {"lambeth": "sample-qa", "merton": "merton-qa-lead"}
"""Those of the sample office with a year behind them, and who asks there."""
MOST_CLICKS = 3
TITLES = {one.name: one.title for one in QUESTIONS}
OF_TODAY, OF_TEAMS = "overdue_today", "teams"
_TAUGHT = (ROOT / "docs/asking-the-log.md").read_text("utf-8")
FIFTEEN = re.findall(r"^## (\d+)\. ", _TAUGHT, re.MULTILINE)
_LATE = {one.value for one in Standing if one.pile is Pile.LATE}

Cell = int | float | str | None


@dataclass
class Window:
    """Somebody's, in which each press is counted."""

    page: Page
    clicks: int = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state()

    def header(self, words: str) -> None:
        self.click(self.page.locator("header").get_by_role("link", name=words, exact=True))

    def rows(self) -> list[dict[str, Cell]]:
        """Of the table on the page, by the names of its columns."""
        table = self.page.get_by_role("main").locator("table")
        if not table.count():
            expect(self.page.get_by_text("No rows.")).to_be_visible()
            return []
        names = [
            one.lower().replace(" ", "_") for one in table.locator("thead th").all_inner_texts()
        ]
        cells = [_cell(one.strip()) for one in table.locator("tbody td").all_inner_texts()]
        each = range(0, len(cells), len(names))
        return [dict(zip(names, cells[at : at + len(names)], strict=True)) for at in each]


def _cell(text: str) -> Cell:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text or None


@dataclass
class Slow:
    """A council's alerts as the store's events tell them, restricted ones apart."""

    office: Office
    council: str
    twin: Twin = field(init=False)

    def __post_init__(self) -> None:
        self.twin = twin_of(self.office, self.council)

    @property
    def today(self) -> Any:
        return self.office.today

    @property
    def span(self) -> tuple[str, Period]:
        """Of those that are one click and over, the one in which most was raised."""
        over = {name: one for name, one in one_click(self.today).items() if one.until < self.today}
        most = max(over, key=lambda name: len(self.twin.raised_in(over[name])))
        return most, over[most]

    def counted(self, name: str, period: Period) -> list[list[str]]:
        """Each row as the page has it: which period, then its cells."""
        three = {"this period": period, "the one before": period.before}
        three["a year earlier"] = period.year_earlier
        return sorted(
            [f"{called}, {one.since} to {one.until}", *map(_said, row)]
            for called, one in three.items()
            for row in COUNTED[name](self.twin, one)
        )

    def of_teams(self) -> list[tuple[object, ...]]:
        """Of each whole year that is over."""
        return teams(self.twin, list(years_before(self.today, 5)))

    def overdue(self) -> list[tuple[str, str]]:
        """References with how they stand today."""
        standing = {
            one.alert.reference: stood(one, self.today)[1]
            for one in self.twin.every
            if one.ladder is not None and one.alert.is_open
        }
        return sorted((name, one) for name, one in standing.items() if one in _LATE)


def _said(cell: object) -> str:
    return "" if cell is None else str(cell)


@pytest.fixture(scope="module")
def office(served: Served) -> Iterator[Office]:
    """The store that the product serves, read beside it."""
    world = World(environment={})
    with world.opened:
        yield world.office(world.settings(data=served.data))


@pytest.fixture(scope="module", params=COUNCILS)
def slow(request: pytest.FixtureRequest, office: Office) -> Slow:
    return Slow(office, request.param)


@pytest.fixture
def window(slow: Slow, cast: Cast, new_page: Callable[..., Page], watch: Any) -> Window:
    return Window(cast.at_work(COUNCILS[slow.council], new_page).page)


def ask(window: Window, name: str, slow: Slow) -> None:
    """The log, the question, the period."""
    window.header("Log")
    window.click(window.page.get_by_role("link", name=TITLES[name], exact=True))
    if name not in {OF_TODAY, OF_TEAMS}:
        window.click(window.page.get_by_role("link", name=slow.span[0], exact=True))
    assert window.clicks <= MOST_CLICKS


def test_a_question_is_answered_in_three_clicks_and_by_sql_with_the_numbers_of_a_slow_count(
    window: Window, slow: Slow
) -> None:
    """By SQL it is the query of the page that teaches to ask, pasted over that of the ready-made question."""
    for name, sql in ASKED:
        window.clicks = 0
        ask(window, name, slow)
        found = window.rows()
        assert found, "there is something to count"
        if name == OF_TODAY:
            said = sorted((str(one["reference"]), str(one["standing_today"])) for one in found)
            assert said == slow.overdue()
        elif name == OF_TEAMS:
            assert sorted(tuple(one.values()) for one in found) == sorted(slow.of_teams())
        else:
            rows = sorted([_said(cell) for cell in one.values()] for one in found)
            assert rows == slow.counted(name, slow.span[1]), name
        ours, theirs = SAME[name]
        assert ours(in_sql(window, sql, slow.span[1])) == theirs(_slowly(slow, name, found)), name
    assert len(ASKED) == len(FIFTEEN) == 15


def in_sql(window: Window, sql: str, period: Period) -> list[dict[str, Cell]]:
    """What the query gives for these days, changed from that of the question that stands there."""
    window.page.get_by_text("The SQL behind it").click()
    window.click(window.page.get_by_role("link", name="Change this SQL"))
    since = sql.replace("2025-04-01", period.since.isoformat())
    window.page.get_by_label("Query").fill(since.replace("2025-06-30", period.until.isoformat()))
    window.click(window.page.get_by_role("button", name="Run"))
    return window.rows()


def _slowly(slow: Slow, name: str, ready: list[dict[str, Cell]]) -> list[dict[str, Any]]:
    """What the slow count gives of the period alone, under the names of the page's columns."""
    if name == OF_TODAY:
        return [{"reference": one} for one, _ in slow.overdue()]
    if name == OF_TEAMS:
        return [dict(zip(ready[0], row, strict=True)) for row in slow.of_teams()]
    columns = [one for one in ready[0] if one != "period"]
    rows = COUNTED[name](slow.twin, slow.span[1])
    return [{"period": "this period", **dict(zip(columns, row, strict=True))} for row in rows]
