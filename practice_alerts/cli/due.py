"""`practice-alerts due`: when a clock runs out, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from practice_alerts.cli.print_out import as_json_option, echo_json
from practice_alerts.cli.when import When, in_words, plain
from practice_alerts.cli.world import NoSuchCouncil, World
from practice_alerts.domain import clock as clocks
from practice_alerts.domain.clock import Clock, Direction, Span, Strength, parse_clock
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.timing import Due, ReceiptDay
from practice_alerts.domain.timing import due as due_of

if TYPE_CHECKING:
    from practice_alerts.domain.timing import Calendar

_NO_DATE = {
    "immediately": "At once. No date is worked out for it.",
    "by agreement": "No date follows from this clock: agree one, and write it down.",
    "not stated": "No date follows from this clock: the procedure states none, and none is invented.",
}
_STRENGTHS = {
    Strength.DEADLINE: "",
    Strength.AIM: "An aim: to miss it is not to be overdue.",
    Strength.MAXIMUM: "The longest time allowed.",
}


@click.command(short_help="Work out when a clock runs out.")
@click.argument("clock")
@click.option(
    "--from",
    "start",
    type=When(),
    required=True,
    metavar="WHEN",
    help="The day it is counted from, such as 2025-06-05, or a time on it: 2025-06-05T16:45. "
    "Without a zone it is London's.",
)
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
    calendar = _calendar(world, council)
    found = due_of(read, start, calendar) if isinstance(read, Span) else None
    if as_json:
        echo_json(_plain(read, start, found, receipt=receipt))
    elif found is None:
        click.echo(_NO_DATE[clocks.in_words(read)])
    else:
        click.echo("\n".join(_lines(found, calendar, council, receipt=receipt)))


def _calendar(world: World, council: str | None) -> Calendar:
    settings = world.settings()
    known = [path.parent.name for path in settings.procedures.glob("*/procedure.yml")]
    if council is not None and council not in known:
        raise NoSuchCouncil(council, known)
    return world.calendar(council, settings)


def _lines(found: Due, calendar: Calendar, council: str | None, *, receipt: bool) -> Iterator[str]:
    said, start = clocks.in_words(found.clock), in_words(found.start)
    yield _sentence(in_words(found.by))
    yield f"{said} {start}" if found.clock.direction is Direction.BEFORE else f"{said} from {start}"
    if said := _STRENGTHS[found.clock.strength]:
        yield said
    if found.later_reading is not None:
        later = in_full(found.later_reading)
        yield f"Which days are meant is not said. The other reading ends on {later}; work to the earlier."
    if found.falls_on_non_working is not None:
        yield f"Nobody works on that day ({found.falls_on_non_working}). The date stays where it is."
    if council is not None:
        yield f"Days on which {council} is closed: {len(calendar.closures) or 'none'} known here."
    if receipt:
        yield ""
        yield from (f"{in_full(day.day)}: {_how(day)}" for day in found.receipt.days)
        minutes = int(found.receipt.clocks_moved.total_seconds() // 60)
        if minutes:
            yield f"The clocks changed on the way: the hour hand stands {abs(minutes)} minutes {_side(minutes)}."
        yield f"Calendar: {found.receipt.calendar_version}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _how(day: ReceiptDay) -> str:
    if day.skipped_because is not None:
        return f"not counted, {day.skipped_because}"
    return "the hours run through it" if day.counted is None else f"day {day.counted}"


def _side(minutes: int) -> str:
    return "later" if minutes > 0 else "earlier"


def _plain(
    read: Clock, start: date | datetime, found: Due | None, *, receipt: bool
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "clock": clocks.in_words(read),
        "from": plain(start),
        "due": plain(found.by) if found else None,
        "later_reading": plain(found.later_reading) if found else None,
        "falls_on_non_working": found.falls_on_non_working if found else None,
    }
    if receipt and found is not None:
        answer["receipt"] = {
            "days": [
                {
                    "day": plain(day.day),
                    "counted": day.counted,
                    "skipped_because": day.skipped_because,
                }
                for day in found.receipt.days
            ],
            "clocks_moved_minutes": int(found.receipt.clocks_moved.total_seconds() // 60),
            "calendar_version": found.receipt.calendar_version,
        }
    return answer
