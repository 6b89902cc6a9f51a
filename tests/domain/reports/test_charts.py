"""Charts hold the very numbers of their tables, and say in words what can be seen in them."""

from typing import Any

import pytest

from practice_alerts.domain.reports.charts import CHARTS, chart_of
from practice_alerts.domain.reports.contents import REPORTS
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES
from practice_alerts.domain.reports.published import PUBLIC
from practice_alerts.domain.reports.shown import EARLIER_KEY, ShownRow, ShownTable, shown

NOW = "this period, a to b"


def endings(*rows: tuple[str, int]) -> ShownTable:
    return shown(
        "endings", [{"period": NOW, "how_it_ended": name, "closings": n} for name, n in rows]
    )


def in_time(*rows: tuple[str, tuple[int, int, int]]) -> ShownTable:
    def row(stage: str, kept: tuple[int, int, int]) -> dict[str, Any]:
        three = dict(zip(("in_time", "late", "no_answer"), kept, strict=True))
        return {
            "period": NOW,
            "kind": "Alert",
            "stage": stage,
            "the_day_is": "a deadline",
            "due": sum(kept),
            "per_cent_in_time": None,
            "ended_before_it_was_due": 0,
            **three,
        }

    return shown("timeliness_by_stage", [row(*one) for one in rows])


def test_each_cell_of_the_table_is_a_bar_and_sums_are_none() -> None:
    table = endings(("all closings", 4), ("Withdrawn", 1), ("Put right", 3), ("opened again", 2))
    chart = chart_of(table)
    assert chart is not None
    assert [(one.row, one.number) for one in chart.bars] == [("Withdrawn", 1), ("Put right", 3)]
    assert chart.sentence == "Most: Put right, 3. Least: Withdrawn, 1."
    assert chart.alternative.startswith("Bar chart: How concerns ended. Its numbers stand in the")


def test_with_several_bars_to_a_row_the_sentence_says_which() -> None:
    chart = chart_of(in_time(("One", (5, 2, 0)), ("Two", (1, 0, 0))))
    assert chart is not None
    assert chart.parts == ("In time", "Late", "No answer")
    assert chart.sentence == (
        "Most: One (in time), 5. Least: One (no answer); Two (late); Two (no answer), 0 each."
    )
    many = chart_of(in_time(("One", (5, 0, 0)), ("Two", (1, 0, 0))))
    assert many is not None
    assert many.sentence == "Most: One (in time), 5."


def test_a_bar_by_itself_is_called_by_its_name() -> None:
    chart = chart_of(endings(("all closings", 3), ("Withdrawn", 0), ("Put right", 3)))
    assert chart is not None
    assert chart.sentence == "Put right, 3. 0 throughout: Withdrawn."


def test_a_row_of_noughts_is_named_and_not_drawn() -> None:
    chart = chart_of(in_time(("One", (5, 2, 1)), ("Two", (0, 0, 0)), ("Three", (0, 0, 0))))
    assert chart is not None
    assert {one.row for one in chart.bars} == {"One"}
    assert chart.sentence.endswith("0 throughout: Two; Three.")


def test_rounded_numbers_and_thousands_are_read_as_they_are_printed() -> None:
    rows = (
        ShownRow("Drift", {"alerts": "1,005", EARLIER_KEY: "–"}),
        ShownRow("Safety", {"alerts": "0", EARLIER_KEY: "10"}),
    )
    heads = {"alerts": "Concerns", EARLIER_KEY: "The year before, as published"}
    chart = chart_of(ShownTable("themes", "t", "c", "of", heads, rows))
    assert chart is not None
    assert [one.number for one in chart.bars] == [1005, 0, 10]


@pytest.mark.parametrize("rows", [(), (("Withdrawn", 0),), tuple((f"E{n}", n) for n in range(30))])
def test_nothing_is_drawn_of_nothing_or_of_too_much(rows: tuple[tuple[str, int], ...]) -> None:
    assert chart_of(endings(*rows)) is None


def test_what_has_no_bars_is_not_drawn_and_posts_and_people_never() -> None:
    table = shown("promises", [])
    assert chart_of(table) is None
    assert "no_answer_by_post" not in CHARTS


def test_a_chart_is_kept_under_what_is_in_it_and_whose_it_is() -> None:
    one, other = chart_of(endings(("A", 1))), chart_of(endings(("A", 2)))
    assert one is not None
    assert other is not None
    keys = {one.key("lambeth"), other.key("lambeth"), one.key("merton")}
    assert len(keys) == 3
    assert one.key("lambeth") == one.key("lambeth")


def test_each_drawn_figure_stands_in_a_report_with_the_columns_that_are_drawn() -> None:
    every = {name for report in REPORTS.values() for name in report.figures}
    for name, parts in CHARTS.items():
        table = FIGURE_TABLES[name]
        assert name in every
        assert set(parts) <= {*table.numbers, EARLIER_KEY}, name
        if name in PUBLIC:
            assert set(parts) - {EARLIER_KEY} <= set(PUBLIC[name].cells), name


def test_where_many_bars_are_alike_it_is_said_how_many_and_not_which() -> None:
    chart = chart_of(in_time(("One", (2, 2, 0)), ("Two", (2, 2, 1))))
    assert chart is not None
    assert chart.sentence == "Most: 2, in 4 of 6 bars. Least: One (no answer), 0."
