"""Where a store stands, as it is written in a setting. It may hold a password, so nothing here repeats it."""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from practice_alerts.domain.errors import Expected

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class NoAddress(Expected):
    def __init__(self) -> None:
        super().__init__(
            "give an address that begins with sqlite:/// or postgresql://, with % and two digits in place of"
            " : / @ ? # and % in a name or password."
        )


def address_of(text: str) -> URL:
    """Raises NoAddress."""
    try:
        url = make_url(text)
        return url.set(drivername=_DRIVERS[url.drivername])
    except (ArgumentError, ValueError, KeyError):
        raise NoAddress from None


def sqlite_url(data: Path) -> str:
    """Of the store in this folder."""
    at = URL.create("sqlite", database=str(data / "practice-alerts.db"))
    return at.render_as_string()  # a folder may have any sign in its name
