"""Days as London knows them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.dates import (
    as_answer,
    as_typed,
    in_full,
    london_date,
    read_day,
    why_no_day,
)
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(
            (text, "Fri 2026-03-27")
            for text in ("27/3/2026", "27/03/2026", "27.3.2026", "27 3 2026")
        ),
        *((text, "Fri 2026-03-27") for text in ("27-3-2026", " 2026-03-27 ", "27 March 2026")),
        *(
            (text, "Fri 2026-03-27")
            for text in ("27th march 2026", "27 Mar 2026", "March 27, 2026")
        ),
        *((text, "Fri 2026-03-27") for text in ("Friday 27 March 2026", "fri, 27 mar 2026")),
        *((text, "Fri 2026-03-27") for text in ("27th of March 2026", "27032026")),
        *(
            (text, "Fri 2026-03-27")
            for text in ("27/3/2026.", "the 27th of March 2026", "27\\3\\2026")
        ),
        *((text, "Fri 2026-03-27") for text in ("\u200e27/3/2026", "27\u00a0March\u00a02026")),
        *((text, "Fri 2026-03-27") for text in ("27\uff0f3\uff0f2026", "\u0662\u0667/3/2026")),
        *((text, "Fri 2026-03-27") for text in ("2026-03-27T00:00:00", "2026-03-27 00:00")),
        ("29/2/2024", "Thu 2024-02-29"),
        ("1/12/1999", "Wed 1999-12-01"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert read_day(typed) == day(meant)
    assert as_typed(as_answer(typed)) == f"{day(meant):%d/%m/%Y}"


@pytest.mark.parametrize(
    ("typed", "what_to_do"),
    [
        ("31/04/2012", "there is no such day as 31/04/2012"),
        ("29/2/2025", "there is no such day as 29/2/2025"),
        ("13/13/2025", "there is no such day as 13/13/2025"),
        ("0/1/2025", "there is no such day as 0/1/2025"),
        ("27/3/26", "give the year in full"),
        ("27 March 26", "give the year in full"),
        ("27 March '26", "give the year in full"),
        ("1.12.26", "give the year in full"),
        ("010726", "give the year in full"),
        ("27/3", "give the year in full"),
        ("3 Dec", "give the year in full"),
        ("Dec 3rd", "give the year in full"),
        ("27/3/226", "give the year in full"),
        ("31/06", "there is no such day as 31/06"),
        ("31/04/26", "there is no such day as 31/04/26"),
        ("29 Feb 2027", "there is no such day as 29 Feb 2027"),
        ("Thursday 27 March 2026", "27 March 2026 is a Friday; put the day or the weekday right"),
        ("27/3/2126", "check the year, 2126"),
        *(
            (month, "give the day as well")
            for month in (
                "12/2026",
                "2026-03",
                "March 2026",
                "mar. 2026",
                "Sept 2026",
                "March of 2026",
                "2026 March",
            )
        ),
        ("13/2026", "give a real date"),
        ("27/3/2026 10:30", "give a real date"),
        ("next Friday", "give a real date"),
        ("27/3/2026 or later", "give a real date"),
        ("27/3/20261", "give the year in full"),
        ("<b>1</b>", "give a real date"),
    ],
)
def test_what_is_no_day_is_kept_as_typed_and_never_becomes_another(
    typed: str, what_to_do: str
) -> None:
    assert read_day(typed) is None
    assert as_answer(typed) == typed == as_typed(typed)
    assert why_no_day(typed).startswith(what_to_do)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(each: date) -> None:
    ways = (
        as_typed(each.isoformat()),
        each.isoformat(),
        in_full(each),
        f"{each.day}.{each.month}.{each.year}",
    )
    assert {read_day(way) for way in ways} == {each}
