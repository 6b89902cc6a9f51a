"""`practice-alerts due`: when a clock runs out, and how that was counted."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import from_option
from practice_alerts.cli.support.output import as_json_option, echo_json
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Due, due_of
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.files.lookup import must_be_council
from practice_alerts.domain.procedure.clock import Clock, Span, in_words, parse_clock
from practice_alerts.domain.wording import receipts as words


@click.command(short_help="Work out when a clock runs out.")
@click.argument("clock")
@from_option("The day it is counted from", "2025-06-05")
@click.option("--receipt", is_flag=True, help="Show each day: counted, or skipped and why.")
@click.option(
    "--council", metavar="COUNCIL", help="Skip the days on which this council is closed as well."
)
@as_json_option
@click.pass_obj
def due(
    world: World,
    clock: str,
    start: date | datetime,
    *,
    receipt: bool,
    council: str | None,
    as_json: bool,
) -> None:
    """Work out when CLOCK runs out: "4 working days", "72 hours", "5 working days before".

    The day after the start is day 1; counting back, the day before it.
    """
    read = parse_clock(clock)
    settings = world.settings()
    if council is not None:
        must_be_council(council, world.councils(settings))
    calendar = world.calendar(council, settings)
    found = due_of(read, start, calendar)
    if as_json:
        echo_json(_plain(read, start, found, receipt=receipt))
    elif not isinstance(read, Span):
        click.echo(words.NO_DATE[read])
    elif found is not None:
        click.echo("\n".join(_lines(found, calendar, council, receipt=receipt)))


def _lines(found: Due, calendar: Calendar, council: str | None, *, receipt: bool) -> Iterator[str]:
    yield words.ends(found)
    yield words.counted(found)
    yield from words.remarks(found)
    if council is not None:
        yield f"Days on which {council} is closed: {len(calendar.closures) or 'none'} known here."
    if receipt:
        yield ""
        yield from (f"{in_full(day.day)}: {words.day_said(day)}" for day in found.receipt.days)
        if moved := words.clocks_moved(found.receipt):
            yield moved
        yield f"Calendar: {found.receipt.calendar_version}"


def _plain(
    read: Clock, start: date | datetime, found: Due | None, *, receipt: bool
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "clock": in_words(read),
        "from": start,
        "due": found.by if found else None,
        "later_reading": found.later_reading if found else None,
        "falls_on_non_working": found.falls_on_non_working if found else None,
    }
    if receipt and found is not None:
        answer["receipt"] = {
            "days": [asdict(day) for day in found.receipt.days],
            "clocks_moved_minutes": int(found.receipt.clocks_moved.total_seconds() // 60),
            "calendar_version": found.receipt.calendar_version,
        }
    return answer
