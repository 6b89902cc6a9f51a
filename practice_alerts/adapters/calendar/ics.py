"""Dates as a calendar file (RFC 5545). The only file that imports icalendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"

_MAKER: Final = "-//Practice alerts//Dates//EN"
_ASK_AGAIN: Final = timedelta(hours=2)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One whole day in a calendar, or a moment. The same `uid` again is the same entry, moved or changed."""

    uid: str
    day: date | datetime
    """A moment (aware) for what is due at an hour."""
    title: str
    link: str
    changed_at: datetime
    """When the alert last changed (aware)."""


def calendar_file(entries: Iterable[CalendarEntry], name: str) -> bytes:
    """The file, the same to the byte for the same entries. `name` is what a calendar program calls it."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what older programs look for
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", _ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT2H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    if isinstance(entry.day, datetime):
        # A moment without an end: it takes no time, and each program shows it in its own zone.
        event.add("dtstart", entry.day.astimezone(UTC))
    else:
        # A day and no moment: it stays that day wherever, and whatever the clocks do.
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + _DAY)
    at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("url", entry.link)
    event.add("description", entry.link)  # where a program shows no address of its own
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # a date is no meeting: it blocks nobody's day
    return event
