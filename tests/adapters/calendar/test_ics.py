"""A calendar file as calendar programs read it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from practice_alerts.adapters.calendar.ics import CalendarEntry, calendar_file
from tests.helpers.days import day, moment

LINK = "https://alerts.council.example/app/alert?reference=LAM-2025-0042"
ENTRY = CalendarEntry(
    "LAM-2025-0042.stage-1.answer@alerts.council.example",
    day("Sun 2025-10-26"),
    "LAM-2025-0042: answer due",
    LINK,
    moment("Fri 2025-10-24 17:30"),
)


def test_each_date_is_a_whole_day_whatever_the_clocks_do() -> None:
    """On that Sunday the clocks go back: a day, not 24 hours from midnight."""
    lines = calendar_file([ENTRY], "Practice alerts").decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20251026" in lines
    assert "DTEND;VALUE=DATE:20251027" in lines
    assert "DTSTAMP:20251024T163000Z" in lines
    assert "SUMMARY:LAM-2025-0042: answer due" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "CLASS:PRIVATE" in lines


def test_the_file_says_what_it_is_and_when_to_ask_again() -> None:
    calendar = Calendar.from_ical(calendar_file([], "Practice alerts"))
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Practice alerts"
    assert calendar["x-wr-timezone"] == "Europe/London"
    assert calendar["prodid"]
    assert calendar.walk("vevent") == []


def test_the_same_dates_are_the_same_file_to_the_byte() -> None:
    assert calendar_file([ENTRY], "x") == calendar_file([ENTRY], "x")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_was_written_is_read_back(when: date) -> None:
    entry = CalendarEntry(
        "a@b", when, "LAM-2025-0001: hold ends", LINK, moment("Mon 2025-06-02 09:00")
    )
    (event,) = Calendar.from_ical(calendar_file([entry], "x")).walk("vevent")
    assert event.decoded("dtstart") == when
    assert (event.decoded("dtend") - when).days == 1
    assert str(event["url"]) == str(event["description"]) == LINK
