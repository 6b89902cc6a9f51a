"""The page that teaches to ask the log: each of its queries runs, and counts what the ready-made question counts."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.domain.log.log_queries import QUESTIONS
from practice_alerts.domain.log.measures.measure import FROM, TO
from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from tests.adapters.log.test_measures import Council

PAGE = (ROOT / "docs/asking-the-log.md").read_text("utf-8")
ASKED = re.findall(r"```sql (\w+)\n(.*?)```", PAGE, re.DOTALL)
OF = {one.name: one for one in QUESTIONS}
DAYS = {FROM: "2025-04-01", TO: "2025-06-30"}
Row = dict[str, Any]
Known = Mapping[Any, Any]


def _by(key: str, *numbers: str, without: tuple[str, ...] = ()) -> Callable[[list[Row]], Known]:
    """What counts, added up by that column; lines of nothing are no difference."""

    def told(rows: list[Row]) -> Known:
        found: dict[str, list[int]] = {}
        for row in rows:
            if row[key] not in without:
                kept = found.setdefault(row[key], [0] * len(numbers))
                found[row[key]] = [n + row[name] for n, name in zip(kept, numbers, strict=True)]
        return {name: counts for name, counts in found.items() if any(counts)}

    return told


def _one(*numbers: str, **where: str) -> Callable[[list[Row]], Known]:
    """The numbers of the only row, or of the one of that name, in this order."""

    def told(rows: list[Row]) -> Known:
        (row,) = (row for row in rows if all(row[key] == value for key, value in where.items()))
        return {n: row[name] for n, name in enumerate(numbers)}

    return told


def _middle(rows: list[Row]) -> Known:
    days = sorted(row["working_days"] for row in rows)
    return {0: len(days), 1: days[(len(days) - 1) // 2] if days else None}


def _turned(rows: list[Row]) -> Known:
    (row,) = rows
    aside = {"period", "promises"}
    return {name.replace("_", " "): n for name, n in row.items() if n and name not in aside}


_OF_TEAMS = ("concerns", "in_time", "late", "no_answer", "good_practice")
SAME: Mapping[str, tuple[Callable[[list[Row]], Known], Callable[[list[Row]], Known]]] = {
    "raised_by_month": (_by("month", "alerts"), _by("month", "alerts")),
    "themes": (_by("title", "alerts"), _by("category", "alerts", without=("none ticked",))),
    "ever_formal": (_one("raised", "formal"), _one("raised", "formal_by_the_end")),
    "timeliness_by_stage": (
        _by("label", "in_time", "late", "ended_before"),
        _by("stage", "in_time", "late", "ended_before_it_was_due"),
    ),
    "time_to_put_right": (_middle, _one("alerts", "median")),
    "overdue_today": (
        lambda rows: dict.fromkeys(row["reference"] for row in rows),
        lambda rows: dict.fromkeys(row["reference"] for row in rows),
    ),
    "endings": (
        _by("ending", "closings"),
        _by("how_it_ended", "closings", without=(ALL_CLOSINGS, ENDED_AGAIN)),
    ),
    "promises": (lambda rows: {row["came"]: row["promises"] for row in rows}, _turned),
    "raised_again": (_one("children"), _one("raised_again")),
    "change_for_the_child": (
        _by("change", "alerts"),
        _by("change", "alerts", without=("not asked",)),
    ),
    "childs_voice": (
        _one("asked", "view_given"),
        _one("asked", "yes", question="view given at the end"),
    ),
    "teams": (_by("team", *_OF_TEAMS), _by("team", *_OF_TEAMS)),
    "good_practice": (_by("title", "alerts"), _by("subject", "alerts", without=("all",))),
    "referrals": (_by("route", "times"), _by("route", "referrals")),
    "our_own_side": (_one("answers"), _one("number", line="answers followed up")),
}
"""What the query of the page and the ready-made question both say, each made comparable. A measure is held to a slow
count from the events elsewhere."""


@pytest.fixture(scope="module", params=[("lambeth", 13), ("northamptonshire", 14)], ids=str)
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    council, seed = request.param
    path = Council(tmp_path_factory.mktemp("asking"), council, seed, 90).path
    with closing(sqlite3.connect(path)) as made:
        rows = [("2023/24", "North", 10, 5, 0, 5, 0), ("2024/25", "North", 15, 10, 5, 0, 5)]
        made.executemany("insert into team_years values (?, ?, ?, ?, ?, ?, ?)", rows)
        made.commit()
    return path


def test_each_of_the_fifteen_questions_stands_there_with_a_click_that_there_is() -> None:
    assert re.findall(r"^## (\d+)\.", PAGE, re.MULTILINE) == [str(n) for n in range(1, 16)]
    titles = {one.title for one in QUESTIONS}
    clicks = set(re.findall(r"\*([A-Z][^*\n]{6,})\*", PAGE.split("## 1.")[1]))
    assert clicks
    assert clicks <= titles
    assert [name for name, _ in ASKED] == list(SAME)


@pytest.mark.parametrize(("name", "sql"), ASKED)
def test_each_query_counts_what_the_question_counts(log: Path, name: str, sql: str) -> None:
    with closing(sqlite3.connect(log)) as rows:
        rows.row_factory = sqlite3.Row
        mine = [dict(row) for row in rows.execute(sql)]
        ready = [dict(row) for row in rows.execute(OF[name].sql, DAYS)]
    now = [one for one in ready if str(one.get("period", "this period")).startswith("this period")]
    ours, theirs = SAME[name]
    assert ours(mine) == theirs(now)
    assert ours(mine) or name == "good_practice", "nothing was compared"
