"""Days and moments as options of a command, and for programs to read."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click
from typing_extensions import override

from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.typed_dates import read_when
from practice_alerts.domain.errors import Expected

Command = TypeVar("Command", bound=Callable[..., Any])


class WhenOption(click.ParamType[date | datetime]):
    """A date, or a date and time: London's where no zone is given."""

    name = "date"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | datetime:
        if isinstance(value, date):
            return value
        try:
            return read_when(str(value))
        except Expected as error:
            self.fail(str(error), param, ctx)


def from_option(what: str, example: str) -> Callable[[Command], Command]:
    """The day or the moment from which is counted."""
    return click.option(
        "--from",
        "start",
        type=WhenOption(),
        required=True,
        metavar="WHEN",
        help=f"{what}, such as {example}, or a time on it: {example}T16:45."
        " Without a zone it is London's.",
    )


class DayOption(WhenOption):
    """A date alone."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        found = super().convert(value, param, ctx)
        if isinstance(found, datetime):
            self.fail("Give the date alone, such as 2025-06-05.", param, ctx)
        return found


def plain(when: date) -> str:
    """For a program to read: ISO 8601, moments with their London offset."""
    if isinstance(when, datetime):
        return when.astimezone(LONDON).isoformat()
    return when.isoformat()
