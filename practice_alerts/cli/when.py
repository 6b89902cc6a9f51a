"""Days and moments as they are typed after `--from`, and as they are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click
from typing_extensions import override

from practice_alerts.domain.dates import LONDON, in_full


class When(click.ParamType[date | datetime]):
    """A date, or a date and time: London's where no zone is given."""

    name = "date"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | datetime:
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            self.fail(
                f'"{text}" is not a date. Write it as 2025-06-05, or with a time as'
                " 2025-06-05T16:45.",
                param,
                ctx,
            )
        if found.tzinfo is not None:
            return found.astimezone(LONDON)
        here = found.replace(tzinfo=LONDON)
        if here.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found:
            self.fail(f"{text} was left out when the clocks went forward.", param, ctx)
        return here


class Day(When):
    """A date alone."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        found = super().convert(value, param, ctx)
        if isinstance(found, datetime):
            self.fail("Give the date alone, such as 2025-06-05.", param, ctx)
        return found


def in_words(when: date | datetime) -> str:
    """Thursday 5 June 2025; with a time, 16:45 on Thursday 5 June 2025 (London time)."""
    if not isinstance(when, datetime):
        return in_full(when)
    here = when.astimezone(LONDON)
    seconds = f":{here:%S}" if here.second else ""
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    which = f", the {'second' if here.fold else 'first'} of the two" if twice else ""
    return f"{here:%H:%M}{seconds} on {in_full(here.date())} (London time{which})"


def short(when: date | datetime | None, otherwise: str = "") -> str:
    """As it stands in a table: Thu 5 Jun 2025, with 16:45 after it where there is a time."""
    if when is None:
        return otherwise
    if not isinstance(when, datetime):
        return f"{when:%a} {when.day} {when:%b} {when.year}"
    here = when.astimezone(LONDON)
    return f"{short(here.date())} {here:%H:%M}"


def plain(when: date | datetime | None) -> str | None:
    """For a program to read: ISO 8601, moments with their London offset."""
    if isinstance(when, datetime):
        return when.astimezone(LONDON).isoformat()
    return None if when is None else when.isoformat()
