"""Days as London knows them, and how they are written."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

DayOrMoment = date | datetime
"""A day, or a moment with its zone."""

HOW_TO_TYPE_A_DAY = "For example, 27 3 2026."

_MONTHS = {
    name[:length].casefold(): place
    for place, name in enumerate(calendar.month_name)
    if name
    for length in (3, 4, len(name))
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_BETWEEN = r"\s*[\s/.,\u2010-\u2015-]\s*"
_YEAR = r"(?P<y>(?:19|20)\d\d|\d\d)"
_IN_FULL = 4  # digits of a year
_WRITTEN_DAYS = tuple(
    rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
    for pattern in (
        rf"(?P<d>\d{{1,2}}){_BETWEEN}(?P<m>\d{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?P<y>(?:19|20)\d\d){_BETWEEN}(?P<m>\d{{1,2}}){_BETWEEN}(?P<d>\d{{1,2}})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:{_BETWEEN}|\s+of\s+)?(?P<m>{_MONTH})(?:{_BETWEEN})?{_YEAR}",
        rf"(?P<m>{_MONTH}){_BETWEEN}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_BETWEEN}{_YEAR}",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d\d)",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d{2})(?P<d>\d{2})",
    )
)
_ANYWHERE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _WRITTEN_DAYS)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.]*)?"
_ALONE = tuple(re.compile(_WEEKDAY + pattern, re.IGNORECASE) for pattern in _WRITTEN_DAYS)


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


def on_the_day(day: date) -> str:
    """As a birthday is written: 24 April 2025."""
    return f"{day.day} {day:%B} {day.year}"


def in_full(when: DayOrMoment) -> str:
    """As it stands on screens and in e-mail: Thursday 24 April 2025; of a moment, 16:45 London time after it."""
    day = london_date(when)
    said = f"{day:%A} {on_the_day(day)}"
    return f"{said}, {when.astimezone(LONDON):%H:%M}" if isinstance(when, datetime) else said


def days_written(text: str) -> Iterator[tuple[date, str]]:
    """Every day that stands in a text, in figures or words, with how it is written; of a year like 12 both."""
    for pattern in _ANYWHERE:
        for found in pattern.finditer(text):
            for year in _years(found["y"]):
                if day := _day(year, found):
                    yield day, found[0]


def read_day(typed: str) -> date | None:
    """The day that somebody typed, with its year in full: 27/3/2026, 27 March 2026, 2026-03-27. None: no such day."""
    every = (pattern.fullmatch(typed.strip()) for pattern in _ALONE)
    found = next((one for one in every if one and len(one["y"]) == _IN_FULL), None)
    return _day(int(found["y"]), found) if found else None


def why_no_day(typed: str) -> str:
    """What to do about what is typed where a day was asked for, after the question's own words."""
    found = next((one for pattern in _ALONE if (one := pattern.fullmatch(typed.strip()))), None)
    if found is None:
        return "give a real date, such as 24 April 2026."
    if len(found["y"]) < _IN_FULL:
        return "give the year in full, such as 2026."
    return f"there is no such day as {typed.strip()}; give a real date."


def as_answer(typed: str) -> str:
    """A day as it is kept, year-month-day; what is no day stays as it was typed, for the form to judge."""
    day = read_day(typed)
    return day.isoformat() if day else typed


def as_typed(kept: str) -> str:
    """A kept day as it stands in a field, 27/03/2026; anything else as it was typed."""
    try:
        return f"{date.fromisoformat(kept):%d/%m/%Y}"
    except ValueError:
        return kept


def _day(year: int, found: re.Match[str]) -> date | None:
    try:
        month = _MONTHS.get(found["m"].casefold()) or int(found["m"])
        return date(year, month, int(found["d"]))
    except ValueError:
        return None


def _years(written: str) -> tuple[int, ...]:
    year = int(written)
    return (year,) if len(written) == _IN_FULL else (1900 + year, 2000 + year)
