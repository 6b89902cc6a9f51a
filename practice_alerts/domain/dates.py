"""Days as London knows them, and how they are written."""

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
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
_BETWEEN = r"\s*[\s/.,\\_\u2044\u2215\u2010-\u2015-]\s*"
_YEAR = r"(?P<y>(?:19|20)\d\d|['\u2018\u2019]?\d\d)"
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
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})",
    )
)
_ANYWHERE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _WRITTEN_DAYS)
_WEEKDAY = r"(?:(?P<w>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\b[\s,.]*)?(?:the\s+)?"
_MIDNIGHT = r"(?:[ ]00:00(?::00)?)?[.,;]?"  # as a spreadsheet gives a day; what a sentence ends in
_ALONE = tuple(
    re.compile(_WEEKDAY + pattern + _MIDNIGHT, re.IGNORECASE) for pattern in _WRITTEN_DAYS
)
_NO_YEAR = tuple(
    re.compile(rf"{_WEEKDAY}{pattern}(?:{_BETWEEN}(?P<y>\d{{1,5}}))?\.?", re.IGNORECASE)
    for pattern in (
        rf"(?P<d>\d{{1,2}}){_BETWEEN}(?P<m>\d{{1,2}})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:{_BETWEEN}|\s+of\s+)?(?P<m>{_MONTH})",
        rf"(?P<m>{_MONTH}){_BETWEEN}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?",
    )
)
_NO_DAY = re.compile(
    rf"(?:the\s+)?(?:{_MONTH})(?:{_BETWEEN}|\s+of\s+)?(?:19|20)\d\d\.?"
    rf"|(?:0?[1-9]|1[0-2]){_BETWEEN}(?:19|20)\d\d|(?:19|20)\d\d{_BETWEEN}(?:0?[1-9]|1[0-2]|{_MONTH})",
    re.IGNORECASE,
)
"""A month of a year."""
_LEAP_YEAR = 2028  # has every day that any year has

_Written = re.Match[str] | Mapping[str, str]
"""A day and a month as they stand in a text, under `d` and `m`."""


def london_date(moment: date | datetime) -> date:
    """The date on a London calendar; a plain date is already one. Refuses a naive datetime."""
    if not isinstance(moment, datetime):
        return moment
    return must_be_aware(moment).astimezone(LONDON).date()


def first_moment_after(when: DayOrMoment) -> datetime:
    """The first at which the day is over in London, or the moment has passed; in UTC."""
    if isinstance(when, datetime):
        return must_be_aware(when).astimezone(UTC) + timedelta(microseconds=1)
    following = when + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=LONDON).astimezone(UTC)


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
    """Every day that stands in a text, in figures or words, with how it is written; of a year like 12 both.

    Of 7/1/2012 also the first of July, as it is written elsewhere.
    """
    for pattern in _ANYWHERE:
        for found in pattern.finditer(text):
            for year in _years(found["y"]):
                both = _day(year, found), _day(year, {"d": found["m"], "m": found["d"]})
                yield from ((day, found[0]) for day in both if day)


def read_day(typed: str) -> date | None:
    """The day that somebody typed, with its year in full: 27/3/2026, 27 March 2026, 2026-03-27. None: no such day."""
    seen = _seen(typed)
    every = (pattern.fullmatch(seen) for pattern in _ALONE)
    found = next((one for one in every if one and len(one["y"]) == _IN_FULL), None)
    day = _day(int(found["y"]), found) if found else None
    return day if found and day and _is_weekday(day, found) else None


def why_no_day(typed: str) -> str:
    """What to do about what is typed where a day was asked for, after the question's own words."""
    seen = _seen(typed)
    every = (pattern.fullmatch(seen) for pattern in (*_ALONE, *_NO_YEAR))
    found = next((one for one in every if one), None)
    if found is None and _NO_DAY.fullmatch(seen):
        return "give the day as well, such as 24 April 2026: a month alone is no day."
    if found is None:
        return "give a real date, such as 24 April 2026."
    year = found["y"] or ""
    whole = len(year) == _IN_FULL
    if (day := _day(int(year) if whole else _LEAP_YEAR, found)) is None:
        return f"there is no such day as {seen}; give a real date."
    if not whole:
        return "give the year in full, such as 2026."
    if not _is_weekday(day, found):
        return f"{on_the_day(day)} is a {day:%A}; put the day or the weekday right."
    return f"check the year, {year}."


def _seen(typed: str) -> str:
    """Without what has no width, which comes along with what is copied; figures of every script as plain ones."""
    plain = unicodedata.normalize("NFKC", typed)
    seen = (one for one in plain if unicodedata.category(one) != "Cf")
    return (
        "".join(str(unicodedata.decimal(one, one)) for one in seen)
        .strip()
        .replace("T00:00", " 00:00")
    )


def _is_weekday(day: date, found: re.Match[str]) -> bool:
    return found["w"] is None or f"{day:%A}".casefold().startswith(found["w"].casefold())


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


def _day(year: int, found: _Written) -> date | None:
    try:
        month = _MONTHS.get(found["m"].casefold()) or int(found["m"])
        return date(year, month, int(found["d"]))
    except ValueError:
        return None


def _years(written: str) -> tuple[int, ...]:
    year = int(written[-_IN_FULL:].lstrip("'\u2018\u2019"))
    return (year,) if len(written) == _IN_FULL else (1900 + year, 2000 + year)
