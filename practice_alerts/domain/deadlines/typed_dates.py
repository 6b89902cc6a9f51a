"""Days and moments as they are typed, and as they are printed."""

import re
from datetime import UTC, datetime

from practice_alerts.domain.dates import LONDON, DayOrMoment, as_answer, in_full
from practice_alerts.domain.errors import LeftOutHour, NotADate

_FIRST_YEAR = 1000  # below it a year has lost its digits: 25, or 0025
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?P<time>[T ].+)?", re.DOTALL)


def read_when(text: str) -> DayOrMoment:
    """A date in figures or words, or a date and time: London's where no zone is given, else turned into London's.

    Of an hour that comes twice the first is meant. Raises NotADate and LeftOutHour.
    """
    written = _WRITTEN.fullmatch(as_answer(text.strip()))
    if written is None:
        raise NotADate(text)
    try:
        found = datetime.fromisoformat(written[0])
        if found.year < _FIRST_YEAR:
            raise NotADate(text)
        if not written["time"]:
            return found.date()
        return found.astimezone(LONDON) if found.tzinfo is not None else _in_london(found, text)
    except (ValueError, OverflowError):
        raise NotADate(text) from None


def _in_london(found: datetime, text: str) -> datetime:
    here = found.replace(tzinfo=LONDON)
    if here.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found:
        raise LeftOutHour(text.strip())
    return here


def in_words(when: DayOrMoment) -> str:
    """Thursday 5 June 2025; with a time, 16:45 on Thursday 5 June 2025 (London time)."""
    if not isinstance(when, datetime):
        return in_full(when)
    here = when.astimezone(LONDON)
    seconds = f":{here:%S}" if here.second else ""
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    which = f", the {'second' if here.fold else 'first'} of the two" if twice else ""
    return f"{here:%H:%M}{seconds} on {in_full(here.date())} (London time{which})"


def short(when: DayOrMoment | None, otherwise: str = "") -> str:
    """As it stands in a table: Thu 5 Jun 2025, with 16:45 after it where there is a time."""
    if when is None:
        return otherwise
    if not isinstance(when, datetime):
        return f"{when:%a} {when.day} {when:%b} {when.year}"
    here = when.astimezone(LONDON)
    return f"{short(here.date())} {here:%H:%M}"
