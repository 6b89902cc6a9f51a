"""Dates with their weekday, so that a reader of a test need not look it up, and cannot be misled."""

from datetime import date, datetime

from practice_alerts.domain.dates import LONDON


def day(text: str) -> date:
    """`day("Thu 2025-04-17")`; a false weekday is refused."""
    weekday, _, iso = text.partition(" ")
    found = date.fromisoformat(iso)
    if f"{found:%a}" != weekday:
        raise ValueError(f"{iso} is a {found:%a}, not a {weekday}")
    return found


def moment(text: str, *, fold: int = 0) -> datetime:
    """`moment("Fri 2025-06-06 16:45")` in London; fold=1 is the second 01:30 of an October night."""
    dated, _, clock = text.rpartition(" ")
    return datetime.fromisoformat(f"{day(dated)}T{clock}").replace(tzinfo=LONDON, fold=fold)
