"""The ladder drawn on the alert's page: no day to come lies behind today."""

import re

import pytest

from practice_alerts.domain.dates import read_day
from tests.helpers.alerts.recorded_events import answered, reviewed
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.product.office import Desk

AHEAD = re.compile(r"(if [^<]*?), answer due there by \w+ (\d+ \w+ \d{4})")


def ahead(desk: Desk, reference: str, patch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    words = open_screen(desk, "iro", "alert", patch, reference=reference).words
    return AHEAD.findall(words.partition('class="pa-ladder"')[2].partition("</ol>")[0])


@pytest.mark.parametrize("stage", ["stage-1", "stage-3"])
@pytest.mark.parametrize(
    "today", ["Mon 2025-06-02", "Mon 2025-06-09", "Mon 2025-06-30", "Mon 2025-12-01"]
)
def test_no_stage_to_come_is_due_on_a_day_that_has_passed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str, today: str
) -> None:
    reference = desk.at("Mon 2025-06-02").raised(stage).alert.reference
    found = ahead(desk.at(today), reference, monkeypatch)
    assert found
    days = [read_day(day) for _, day in found]
    assert all(day and day >= desk.office.today for day in days)
    assert days == sorted(day for day in days if day)
    first = "if nobody answers" if today == "Mon 2025-06-02" else None
    assert first is None or {when for when, _ in found} == {first}
    if today == "Mon 2025-12-01":
        assert {when for when, _ in found} == {"if it goes on today and nobody answers"}


def test_talked_over_and_not_put_right_its_days_begin_when_it_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = desk.at("Mon 2025-06-02").raised("informal")
    found = reviewed(desk, answered(desk, found, "worker"), "not_satisfactory")
    days = ahead(desk.at("Mon 2025-06-16"), found.alert.reference, monkeypatch)
    assert {when for when, _ in days} == {"if it goes on today and nobody answers"}
    first = read_day(days[0][1])
    assert first is not None
    assert first > desk.office.today
