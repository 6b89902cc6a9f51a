"""The bank holidays of England, against the lists as published."""

from datetime import UTC, date, datetime
from importlib.metadata import version

import holidays
import pytest

from practice_alerts.adapters.calendar.bank_holidays import FIRST, KNOWN_UNTIL, england
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.working_days import Calendar, add_working_days
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from tests.helpers.days import day

TODAY = day("Sat 2026-11-21")
CALENDAR = england(today=TODAY)

# Days off work, as published for England and Wales: substitute days in place of weekends.
PUBLISHED = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


def has_to_be_renewed(today: date) -> bool:
    """Six months before fewer than twelve months remain: in the last eighteen months."""
    return today >= date(KNOWN_UNTIL.year - 1, 7, 1)


@pytest.mark.parametrize(("year", "days"), PUBLISHED.items())
def test_the_days_off_of_a_year_are_those_published(year: int, days: str) -> None:
    off = [found for found in CALENDAR.bank_holidays if found.year == year]
    weekdays = sorted(found for found in off if found.isoweekday() < 6)
    assert weekdays == [date.fromisoformat(f"{year}-{month_day}") for month_day in days.split()]


def test_the_list_written_out_here_reaches_as_far_as_the_calendar() -> None:
    assert max(PUBLISHED) == KNOWN_UNTIL.year


def test_the_bank_holidays_are_renewed_in_good_time() -> None:
    today = london_date(datetime.now(UTC))  # noqa: TID251 - this test is to go red by itself
    assert not has_to_be_renewed(today), (
        f"Bank holidays are confirmed only up to {KNOWN_UNTIL}. Take the next year from "
        "www.gov.uk/bank-holidays into PUBLISHED and move KNOWN_UNTIL on."
    )


def test_renewal_is_asked_for_six_months_before_less_than_a_year_remains() -> None:
    assert day("Sun 2028-12-31") == KNOWN_UNTIL
    assert not has_to_be_renewed(TODAY)
    assert not has_to_be_renewed(day("Wed 2027-06-30"))
    assert has_to_be_renewed(day("Thu 2027-07-01"))


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (day("Fri 2020-05-08"), "Early May bank holiday"),
        (day("Thu 2022-06-02"), "Spring bank holiday"),
        (day("Fri 2022-06-03"), "Platinum Jubilee bank holiday"),
        (day("Mon 2022-09-19"), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        (day("Mon 2023-05-08"), "Bank holiday for the coronation of King Charles III"),
        (day("Mon 2025-04-21"), "Easter Monday"),
        (day("Mon 2025-08-25"), "Summer bank holiday"),
        (day("Mon 2026-12-28"), "Boxing Day (substitute day)"),
        (day("Sat 2026-12-26"), "Saturday"),
    ],
)
def test_a_day_off_is_named_as_people_know_it(when: date, name: str) -> None:
    assert CALENDAR.why_not_working(when) == name


@pytest.mark.parametrize(
    "when", [day("Mon 2020-05-04"), day("Mon 2022-05-30"), day("Mon 2023-05-15")]
)
def test_a_holiday_that_was_moved_leaves_its_usual_day_a_working_day(when: date) -> None:
    assert CALENDAR.is_working(when)


def test_every_name_is_one_that_was_looked_at() -> None:
    said = {name.removesuffix(" (substitute day)") for name in CALENDAR.bank_holidays.values()}
    assert said == {
        "New Year's Day",
        "Good Friday",
        "Easter Monday",
        "Early May bank holiday",
        "Spring bank holiday",
        "Summer bank holiday",
        "Christmas Day",
        "Boxing Day",
        "Platinum Jubilee bank holiday",
        "Bank Holiday for the State Funeral of Queen Elizabeth II",
        "Bank holiday for the coronation of King Charles III",
    }


def others(subdivision: str | None) -> Calendar:
    found = holidays.country_holidays("GB", subdiv=subdivision, years=range(2015, 2029))
    return Calendar(dict(found.items()), {}, "for comparison", FIRST, KNOWN_UNTIL)


def test_england_is_not_scotland() -> None:
    assert CALENDAR.is_working(day("Mon 2026-11-30"))
    assert others("SCT").why_not_working(day("Mon 2026-11-30")) == "Saint Andrew's Day"
    assert CALENDAR.why_not_working(day("Mon 2026-04-06")) == "Easter Monday"
    assert others("SCT").is_working(day("Mon 2026-04-06"))


def test_twenty_working_days_from_late_august_are_not_a_day_early() -> None:
    start = day("Thu 2026-08-27")
    assert add_working_days(start, 20, CALENDAR) == day("Fri 2026-09-25")
    # What the whole United Kingdom has in common leaves out England's summer bank holiday.
    assert add_working_days(start, 20, others(None)) == day("Thu 2026-09-24")


def test_nothing_is_said_of_days_past_the_published_list() -> None:
    assert (CALENDAR.first, CALENDAR.last) == (day("Thu 2015-01-01"), day("Sun 2028-12-31"))
    with pytest.raises(BeyondCalendar):
        CALENDAR.is_working(day("Mon 2029-01-01"))
    with pytest.raises(BeforeCalendar):
        CALENDAR.is_working(day("Wed 2014-12-31"))


def test_the_calendar_ends_with_the_second_year_after_the_current_one() -> None:
    assert england(today=day("Wed 2025-12-31")).last == day("Fri 2027-12-31")
    assert england(today=day("Thu 2026-01-01")).last == KNOWN_UNTIL
    assert england(today=day("Sat 2028-01-01")).last == KNOWN_UNTIL


def test_a_councils_own_closure_does_not_count_and_changes_the_version() -> None:
    closed = england({day("Tue 2026-12-29"): "Christmas closure"}, today=TODAY)
    assert closed.why_not_working(day("Tue 2026-12-29")) == "closed: Christmas closure"
    assert CALENDAR.is_working(day("Tue 2026-12-29"))
    assert closed.version != CALENDAR.version


def test_the_version_names_the_package_and_is_the_same_for_the_same_days() -> None:
    one, other = day("Tue 2026-12-29"), day("Wed 2026-12-30")
    forwards = england({one: "closure", other: "closure"}, today=TODAY)
    backwards = england({other: "closure", one: "closure"}, today=TODAY)
    assert forwards.version == backwards.version
    assert forwards == backwards
    assert forwards.version.startswith(f"holidays {version('holidays')} ENG to 2028-12-31")
