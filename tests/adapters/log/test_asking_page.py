"""The page that teaches to ask the log: each of its queries runs, and counts what the ready-made question counts."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.log.measures.measure import FROM, TO
from tests.adapters.log.test_measures import Council

PAGE = (ROOT / "docs/asking-the-log.md").read_text("utf-8")
ASKED = re.findall(r"```sql (\w+)\n(.*?)```", PAGE, re.DOTALL)
OF = {one.name: one for one in QUESTIONS}
DAYS = {FROM: "2025-04-01", TO: "2025-06-30"}
SAME = {
    "raised_by_month": ("alerts", "alerts"),
    "ever_formal": ("formal", "formal_by_the_end"),
    "referrals": ("times", "referrals"),
}
"""Where the two add up to the same number, by the columns that do."""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Council(tmp_path_factory.mktemp("asking"), "lambeth", 12).path


def test_each_of_the_fifteen_questions_stands_there_with_a_click_that_there_is() -> None:
    assert re.findall(r"^## (\d+)\.", PAGE, re.MULTILINE) == [str(n) for n in range(1, 16)]
    titles = {one.title for one in QUESTIONS}
    clicks = set(re.findall(r"\*([A-Z][^*\n]{6,})\*", PAGE.split("## 1.")[1]))
    assert clicks
    assert clicks <= titles


@pytest.mark.parametrize(("name", "sql"), ASKED)
def test_each_query_runs_and_agrees_with_the_question(log: Path, name: str, sql: str) -> None:
    with closing(sqlite3.connect(log)) as rows:
        rows.row_factory = sqlite3.Row
        mine = rows.execute(sql).fetchall()
        ready = rows.execute(OF[name].sql, DAYS).fetchall()
    if name in SAME:
        own, theirs = SAME[name]
        now = [one[theirs] for one in ready if one["period"].startswith("this period")]
        assert sum(one[own] or 0 for one in mine) == sum(now)
