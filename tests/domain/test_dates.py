"""Days as London knows them."""

from datetime import UTC, datetime

import pytest

from practice_alerts.domain.dates import in_full, london_date
from tests.helpers.days import day, moment


def test_a_test_date_with_a_false_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-04-17 is a Thu, not a Fri"):
        day("Fri 2025-04-17")


def test_a_date_is_written_with_its_weekday_and_without_a_leading_nought() -> None:
    assert in_full(day("Thu 2025-04-24")) == "Thursday 24 April 2025"
    assert in_full(day("Mon 2025-06-02")) == "Monday 2 June 2025"


def test_half_past_eleven_at_night_utc_in_summer_is_the_next_day_in_london() -> None:
    assert london_date(datetime(2025, 6, 5, 23, 30, tzinfo=UTC)) == day("Fri 2025-06-06")
    assert london_date(datetime(2025, 12, 5, 23, 30, tzinfo=UTC)) == day("Fri 2025-12-05")
    assert london_date(moment("Fri 2025-06-06 00:10")) == day("Fri 2025-06-06")


def test_a_time_without_a_zone_names_no_moment() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        london_date(datetime(2025, 6, 5, 12, 0))  # noqa: DTZ001 - the bug to be refused
