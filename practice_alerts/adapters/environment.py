"""Settings as the environment has them, read in one way."""

from collections.abc import Mapping
from pathlib import Path

from practice_alerts.domain.errors import NotANumber


def place(name: str, environment: Mapping[str, str]) -> Path | None:
    return Path(given).resolve() if (given := environment.get(name)) else None


def listed(name: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in environment.get(name, "").split(","))))


def number(name: str, environment: Mapping[str, str], otherwise: int, most: int) -> int:
    given = environment.get(name, str(otherwise)).strip()
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= most:
        raise NotANumber(name, given, most)
    return int(given)
