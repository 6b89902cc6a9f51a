"""How a figure's rows are called and ordered, whatever other years hold beside them."""

import re
from dataclasses import replace
from typing import Any

import pytest

from practice_alerts.domain.directory.directory_acts import FiguresIssued
from practice_alerts.domain.reports import frozen
from practice_alerts.domain.reports.contents import BOARD, WORDS, explained_in
from practice_alerts.domain.reports.published import mostly_small, published
from practice_alerts.domain.reports.shown import (
    BEFORE_KEY,
    EARLIER_KEY,
    ShownRow,
    ShownTable,
    shown,
)
from practice_alerts.domain.reports.small_numbers import SmallNumbers
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council

NOW, THEN = "this period, a to b", "a year earlier, c to d"
RULE = SmallNumbers()


def answers(
    period: str, stage: str, day_is: str = "a deadline", kind: str = "Alert"
) -> dict[str, Any]:
    return {
        "period": period,
        "kind": kind,
        "stage": stage,
        "the_day_is": day_is,
        "due": 30,
        "in_time": 20,
        "late": 5,
        "no_answer": 5,
        "per_cent_in_time": 66.7,
        "ended_before_it_was_due": 0,
    }


def called(table: ShownTable) -> list[str]:
    return [row.which for row in table.rows]


def test_a_deadline_is_never_named_and_an_aim_always() -> None:
    alone = shown("timeliness_by_stage", [answers(NOW, "Stage One")])
    both = shown(
        "timeliness_by_stage", [answers(NOW, "Stage One"), answers(NOW, "Stage One", "an aim")]
    )
    assert called(alone) == ["Stage One"]
    assert called(both) == ["Stage One", "Stage One: an aim"]
    assert called(shown("timeliness_by_stage", [answers(NOW, "A", "an aim")])) == ["A: an aim"]


@pytest.mark.parametrize("before", [[answers(NOW, "Stage One")], []])
def test_last_years_number_stands_beside_this_years_though_a_second_kind_came(
    before: list[dict[str, Any]],
) -> None:
    """Then the rows' names say their kind, which no name of last year's did."""
    whole: dict[str, list[dict[str, Any]]] = {name: [] for name in BOARD.figures}
    first = published({**whole, "timeliness_by_stage": before}, {}, RULE, {})
    issued = FiguresIssued(
        report="board",
        since=day("Mon 2024-04-01"),
        until=day("Mon 2025-03-31"),
        edition="e",
        edition_version="1",
        calendar="c",
        event=1,
        head="h",
        tables=frozen.frozen(first.tables, published=True),
    )
    then = frozen.thawed(issued, published=True)
    rows = [answers(NOW, "Stage One"), answers(NOW, "Stage One", kind="Another")]
    second = published({**whole, "timeliness_by_stage": rows}, {}, RULE, then)
    table = next(one for one in second.tables if one.name == "timeliness_by_stage")
    assert called(table) == ["Alert: Stage One", "Another: Stage One"]
    beside = [row.cells[EARLIER_KEY] for row in table.rows]
    assert beside == (["67%", "–"] if before else ["–", "–"])


def test_what_was_issued_without_full_names_is_found_by_what_it_was_called() -> None:
    old = ShownTable(
        "themes", "t", "c", "of", {"alerts": "A"}, (ShownRow("Drift", {"alerts": "5"}),)
    )
    now = shown(
        "themes", [{"period": NOW, "category": "Drift", "alerts": 5, "per_cent_of_concerns": 9}]
    )
    assert frozen.restated({"themes": old}, {"themes": now}) == ()
    assert old.like(now.rows[0]) is old.rows[0]


def test_a_row_that_got_another_name_is_no_restatement() -> None:
    one = shown("timeliness_by_stage", [answers(NOW, "Stage One")])
    two = shown(
        "timeliness_by_stage",
        [answers(NOW, "Stage One"), answers("the one before, x", "Stage One", kind="Another")],
    )
    changed = frozen.restated({"t": one}, {"t": two})
    assert {(c.which, c.column, c.issued, c.now) for c in changed} == {
        ("Another: Stage One", BEFORE_KEY, "–", "66.7%")
    }


def test_what_was_issued_with_a_comma_is_no_restatement_now_that_a_colon_stands_there() -> None:
    now = shown(
        "raised", [{"period": NOW, "broken_down_by": "age", "value": "0 to 4", "alerts": 1}]
    )
    (row,) = now.rows
    assert (row.which, row.key) == ("Age: 0 to 4", "Age, 0 to 4")
    for key in ("Age, 0 to 4", ""):
        old = replace(now, rows=(replace(row, which="Age, 0 to 4", key=key),))
        assert frozen.restated({"raised": old}, {"raised": now}) == ()


def test_stages_stand_as_they_follow_one_another_whichever_came_up_in_which_period() -> None:
    ladder = ("Informal", "One", "Two", "Three")
    now = [answers(NOW, "One"), answers(NOW, "Two"), answers(NOW, "Gone since")]
    then = [answers(THEN, "One"), answers(THEN, "Three"), answers(THEN, "Informal")]
    found = called(shown("timeliness_by_stage", [*now, *then], ladder))
    assert found == ["Informal", "One", "Two", "Three", "Gone since"]
    standing = {"kind": "Alert", "alerts": 1, "past_the_time_limit": 0, "oldest_in_working_days": 1}
    open_now = [
        {**standing, "period": period, "stage": stage, "standing": how}
        for period, stage, how in (
            (NOW, "Two", "late"),
            (NOW, "One", "waits"),
            (THEN, "One", "late"),
        )
    ]
    assert called(shown("open_at_end", open_now, ladder)) == [
        "One: late",
        "One: waits",
        "Two: late",
    ]


def test_an_abbreviation_is_explained_where_it_stands_first_and_nowhere_again() -> None:
    texts = {"a": "Taken on by CAFCASS; the IRO", "b": "CAFCASS, LSCPs and SENT", "c": "none"}
    found = explained_in(texts)
    assert found["a"] == f"IRO: {WORDS['IRO']}. CAFCASS: {WORDS['CAFCASS']}."
    assert found["b"] == f"LSCP: {WORDS['LSCP']}."
    assert found["c"] == ""


def test_what_there_only_was_before_stands_in_its_place() -> None:
    def raised(period: str, band: str) -> dict[str, Any]:
        return {"period": period, "broken_down_by": "age", "value": band, "alerts": 1}

    then = [raised(THEN, one) for one in ("0 to 4", "5 to 9", "10 to 15", "not given")]
    table = shown("raised", [raised(NOW, "0 to 4"), raised(NOW, "10 to 15"), *then])
    assert called(table) == ["Age: 0 to 4", "Age: 5 to 9", "Age: 10 to 15", "Age: not given"]


def test_what_is_broken_down_by_one_thing_stands_together_whatever_there_was_before() -> None:
    def raised(period: str, by: str, value: str) -> dict[str, Any]:
        return {"period": period, "broken_down_by": by, "value": value, "alerts": 1}

    now = [raised(NOW, "age", "10 to 15"), raised(NOW, "came up", "A review")]
    then = [
        raised(THEN, "age", "5 to 9"),
        raised(THEN, "came up", "Midway"),
        raised(THEN, "case type", "Looked after"),
    ]
    assert called(shown("raised", [*now, *then])) == [
        *("Age: 5 to 9", "Age: 10 to 15"),
        *("Came up: Midway", "Came up: A review"),
        "Case type: Looked after",
    ]


def test_what_there_only_was_before_stands_last_where_the_largest_is_first() -> None:
    def theme(period: str, category: str, alerts: int) -> dict[str, Any]:
        return {"period": period, "category": category, "alerts": alerts, "per_cent_of_concerns": 1}

    then = [theme(THEN, "Gone", 9), theme(THEN, "Drift", 1)]
    table = shown("themes", [theme(NOW, "Drift", 3), theme(NOW, "Safety", 1), *then])
    assert called(table) == ["Drift", "Safety", "Gone"]


@pytest.mark.parametrize(
    ("numbers", "small"),
    [(("0", "5", "5"), True), (("5", "10", "1,000"), False), (("0", "10"), False), ((), False)],
)
def test_a_report_of_a_small_service_is_told_from_another(
    numbers: tuple[str, ...], small: bool
) -> None:
    rows = tuple(ShownRow(text, {"alerts": text, EARLIER_KEY: "0"}) for text in numbers)
    table = ShownTable("themes", "t", "c", "of", {"alerts": "A"}, rows)
    assert mostly_small([table], RULE) is small


@pytest.mark.parametrize("council_id", IDS)
def test_every_abbreviation_of_a_councils_file_that_a_row_may_bear_is_explained(
    council_id: str,
) -> None:
    files = council(council_id)
    procedure = files.procedure
    words = [procedure.title, *(one.title for one in procedure.categories)]
    words += [each.text for one in procedure.categories for each in one.examples]
    words += [one.title for one in procedure.roles.values()]
    words += [one.title for one in procedure.kinds.values()]
    words += [procedure.partner_title(one) for one in procedure.partners]
    for _, ladder in procedure.all_ladders():
        words += [stage.label for stage in ladder.stages]
    for form in files.forms.values():
        for field in form.fields():
            words += [str(getattr(one, "label", one)) for one in (field.options or {}).values()]
    used = set(re.findall(r"\b[A-Z]{2,}\b", " ".join(words))) - {"STAGE"}
    assert used <= set(WORDS)
