"""Moments and days as texts that sort."""

from datetime import UTC, date, datetime

from practice_alerts.domain.dates import must_be_aware


def stamp(moment: datetime) -> str:
    """An aware moment as UTC with microseconds: texts in the order of time."""
    return must_be_aware(moment).astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def maybe_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
