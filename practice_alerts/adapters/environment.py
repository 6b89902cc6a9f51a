"""Settings as the environment has them, read in one way."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from practice_alerts.domain.errors import NotANumber
from practice_alerts.domain.reports.small_numbers import (
    LEAST_BASE,
    ROUND_TO,
    SHARE_BASE,
    SmallNumbers,
)
from practice_alerts.domain.text import whole_number

_LEADS_THERE = ("PATH", "LANG", "LC_ALL", "TZ")


def place(name: str, environment: Mapping[str, str]) -> Path | None:
    return Path(given).resolve() if (given := environment.get(name)) else None


def chosen_folder(
    environment: Mapping[str, str], given: Mapping[str, object], name: str, fallback: Path
) -> Path:
    """What was given on the command line, else the environment."""
    chosen = given.get(name) or environment.get(f"PRACTICE_ALERTS_{name.upper()}")
    return Path(str(chosen)).resolve() if chosen else fallback


def base_url(given: Mapping[str, object], environment: Mapping[str, str], otherwise: str) -> str:
    said = given.get("base_url") or environment.get("PRACTICE_ALERTS_BASE_URL") or otherwise
    return str(said).rstrip("/")


def for_other_programs() -> dict[str, str]:
    """All of our environment that a program of others gets: no key and no password is in it."""
    return {name: os.environ[name] for name in _LEADS_THERE if name in os.environ}


def listed(name: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in environment.get(name, "").split(","))))


def number(
    name: str, environment: Mapping[str, str], otherwise: int, most: int, *, least: int = 1
) -> int:
    given = environment.get(name, str(otherwise)).strip()
    found = whole_number(given)
    if found is None or not least <= found <= most:
        raise NotANumber(name, given, most, least)
    return found


def minutes(name: str, environment: Mapping[str, str], otherwise: int) -> timedelta:
    return timedelta(minutes=number(name, environment, otherwise, 720))


def small_numbers(environment: Mapping[str, str]) -> SmallNumbers:
    """Rounding to fewer than five would hide next to nothing, and a middle of a few is one of them: there is a least."""
    to = number("PRACTICE_ALERTS_ROUND_TO", environment, ROUND_TO, 100, least=ROUND_TO)
    base = number("PRACTICE_ALERTS_SHARE_BASE", environment, SHARE_BASE, 1000, least=LEAST_BASE)
    return SmallNumbers(to, base)


@dataclass(frozen=True, slots=True)
class KeptFor:
    """For how many days, or months, something is kept that nobody needs any more."""

    typed: int = 90
    """What was typed in searches and in queries on the log, beside the security log."""
    sessions: int = 30
    """Sessions, after they ended."""
    links: int = 7
    """Links to sign in, after they became too old."""
    emails: int = 180
    """What an e-mail said, after it was sent."""
    drafts: int = 180
    """Drafts, after somebody last typed on them."""
    entries: int = 84
    """Months: entries of the security log."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "KeptFor":
        usual = cls()
        return cls(
            number("PRACTICE_ALERTS_DAYS_OF_TYPED", environment, usual.typed, 400),
            number("PRACTICE_ALERTS_DAYS_OF_SESSIONS", environment, usual.sessions, 400),
            number("PRACTICE_ALERTS_DAYS_OF_LINKS", environment, usual.links, 400),
            number("PRACTICE_ALERTS_DAYS_OF_EMAILS", environment, usual.emails, 3650),
            number("PRACTICE_ALERTS_DAYS_OF_DRAFTS", environment, usual.drafts, 3650, least=28),
            number("PRACTICE_ALERTS_MONTHS_OF_ENTRIES", environment, usual.entries, 1200, least=24),
        )
