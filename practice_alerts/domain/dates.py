"""Days as London knows them, and how they are written."""

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

DayOrMoment = date | datetime
"""A day, or a moment with its zone."""


def london_date(moment: date | datetime) -> date:
    """The date on a London calendar; a plain date is already one. Refuses a naive datetime."""
    if not isinstance(moment, datetime):
        return moment
    return must_be_aware(moment).astimezone(LONDON).date()


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; where that month is too short, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def must_be_aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone, so it names no moment")
    return moment


def in_full(when: DayOrMoment) -> str:
    """As it stands on screens and in e-mail: Thursday 24 April 2025; of a moment, 16:45 London time after it."""
    day = london_date(when)
    said = f"{day:%A} {day.day} {day:%B} {day.year}"
    return f"{said}, {when.astimezone(LONDON):%H:%M}" if isinstance(when, datetime) else said
