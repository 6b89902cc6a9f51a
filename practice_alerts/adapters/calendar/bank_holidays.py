"""The days on which nobody is expected to answer in England, from the package `holidays`."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType

import holidays

from practice_alerts.domain.deadlines.due_date import RULES, RULES_SAID
from practice_alerts.domain.deadlines.working_days import Calendar

FIRST = date(2015, 1, 1)
"""No procedure here is older."""

KNOWN_UNTIL = date(2028, 12, 31)
"""The end of the list at www.gov.uk/bank-holidays, as it stood on 2026-11-21.

Beyond it the package goes by rule and nobody has confirmed a day. To move this on, write the newly
published year out in tests/adapters/calendar/test_bank_holidays.py, and change both dates here.
"""

_NO_CLOSURES: Mapping[date, str] = MappingProxyType({})
_NONE_LATE: Mapping[date, datetime] = MappingProxyType({})

# The names of gov.uk in place of those of the package; others are the same in both.
_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Platinum Jubilee of Elizabeth II": "Platinum Jubilee bank holiday",
    "State Funeral of Queen Elizabeth II": "Bank Holiday for the State Funeral of Queen Elizabeth II",
    "Coronation of Charles III": "Bank holiday for the coronation of King Charles III",
}


def england(
    closures: Mapping[date, str] = _NO_CLOSURES,
    late: Mapping[date, datetime] = _NONE_LATE,
    *,
    today: date,
) -> Calendar:
    """Bank holidays of England and Wales and the council's own closures, each with its reason.

    `late` are those of them that were put down late, each with the moment from which it counts.

    Runs from FIRST to 31 December of the second year after today's, and never past KNOWN_UNTIL.
    """
    last = min(KNOWN_UNTIL, date(today.year + 2, 12, 31))
    return Calendar(_named(last), closures, _version(closures, late, last), FIRST, last, late)


@lru_cache(maxsize=8)
def _named(last: date) -> Mapping[date, str]:
    # Always ENG: the package's list for the whole United Kingdom has holidays of Scotland in it.
    found = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(FIRST.year, last.year + 1), language="en_GB"
    )
    return MappingProxyType({day: _name(said) for day, said in found.items()})


def _name(said: str) -> str:
    name, observed, _ = said.partition(" (observed)")
    return _NAMES.get(name, name) + (" (substitute day)" if observed else "")


def _version(closures: Mapping[date, str], late: Mapping[date, datetime], last: date) -> str:
    """Two calendars with one version agree on every day."""
    since = {day: (at.astimezone(UTC).isoformat(),) for day, at in late.items()}
    rows = sorted((day.isoformat(), said, *since.get(day, ())) for day, said in closures.items())
    digest = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]
    days = f"holidays {version('holidays')} ENG to {last.isoformat()}, closures {digest}"
    return f"{days}{RULES_SAID}{RULES}"
