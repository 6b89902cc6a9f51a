"""Moments and days as texts that sort."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import String, TypeDecorator
from typing_extensions import override

from practice_alerts.domain.dates import must_be_aware


def stamp(moment: datetime) -> str:
    """An aware moment as UTC with microseconds: texts in the order of time."""
    return must_be_aware(moment).astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """A column of moments, each kept as its stamp."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else stamp(value)

    @override
    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A column of days, each kept as an ISO date."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)
