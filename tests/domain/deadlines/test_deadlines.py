"""Every worked date of deadlines.csv, each a real rule of a real procedure."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.deadlines.due_date import due
from practice_alerts.domain.procedure.clock import Direction, Span, Unit, parse_clock
from tests.helpers.days import day

CALENDAR = england(today=day("Sat 2026-11-21"))
with Path(__file__).with_name("deadlines.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["id"]: row for row in csv.DictReader(file)}


def when(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def span(phrase: str) -> Span:
    clock = parse_clock(phrase)
    assert isinstance(clock, Span)
    return clock


def test_no_worked_date_has_been_dropped() -> None:
    assert len(ROWS) == 35
    assert sum(span(row["within"]).unit is Unit.WORKING_DAYS for row in ROWS.values()) == 27
    assert sum(span(row["within"]).unit is Unit.HOURS for row in ROWS.values()) == 5
    assert sum(span(row["within"]).unit is Unit.DAYS for row in ROWS.values()) == 3
    back = [row for row in ROWS.values() if span(row["within"]).direction is Direction.BEFORE]
    assert len(back) == 4


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_worked_date_comes_out_as_written(row: dict[str, str]) -> None:
    found = due(span(row["within"]), when(row["from"]), CALENDAR)
    expected = when(row["due"])
    assert isinstance(found.by, datetime) == isinstance(expected, datetime)
    if isinstance(found.by, datetime) and isinstance(expected, datetime):
        # London times compare without their fold: the moment and the hour hand are two questions.
        assert found.by.astimezone(UTC) == expected.astimezone(UTC)
        assert found.by.utcoffset() == expected.utcoffset()
        assert found.by.isoformat() == row["due"]
    else:
        assert found.by == expected


def test_seventy_two_hours_into_the_repeated_hour_end_in_its_second_half_past_one() -> None:
    row = ROWS["E37"]
    found = due(span(row["within"]), when(row["from"]), CALENDAR)
    assert isinstance(found.by, datetime)
    assert found.by.fold == 1


def test_a_week_that_ends_on_easter_monday_keeps_its_date_and_says_so() -> None:
    row = ROWS["E41"]
    found = due(span(row["within"]), when(row["from"]), CALENDAR)
    assert found.falls_on_non_working == "Easter Monday"
    assert due(span("1 week"), when(row["from"]), CALENDAR).by == found.by


def test_five_days_in_advance_gives_both_readings_and_works_to_the_earlier() -> None:
    start = when(ROWS["E52"]["from"])
    found = due(span("5 days before (unit not stated)"), start, CALENDAR)
    assert found.by == when(ROWS["E52"]["due"])
    assert found.later_reading == when(ROWS["E53"]["due"])
