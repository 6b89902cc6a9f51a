"""`practice-alerts calendar`: the days on which a council is closed."""

from datetime import date
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import DayOption
from practice_alerts.cli.support.output import as_json_option, echo_json, number, table
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE

if TYPE_CHECKING:
    from practice_alerts.adapters.store.office.closures import Closure

_DAY = DayOption()


@click.group(short_help="The days on which a council is closed.")
def calendar() -> None:
    """The days on which a council is closed though it is no bank holiday: they do not count."""


@calendar.command("list")
@click.argument("council")
@as_json_option
@click.pass_obj
def show(world: World, council: str, *, as_json: bool) -> None:
    """List the closures of COUNCIL, each with its reason."""
    from practice_alerts.casework.calendar import closures

    found = closures.closures(world.office(world.settings()), COMMAND_LINE, council)
    if as_json:
        echo_json([{"day": day, "reason": said} for day, said in found.days.items()])
    elif found.every:
        click.echo(
            table(("Day", "Reason"), ((in_full(one.day), _reason(one)) for one in found.every))
        )
    else:
        click.echo(f"No closure is put down for {council}")


def _reason(one: "Closure") -> str:
    return f"{one.reason} (waits to be confirmed)" if one.waits else one.reason


@calendar.command()
@click.argument("council")
@click.argument("day", type=_DAY)
@click.option("--to", "last", type=_DAY, metavar="DATE", help="The last day; else the one day.")
@click.option("--reason", required=True, metavar="WORDS", help="Why, in one line, for everybody.")
@click.pass_obj
def close(world: World, council: str, day: date, *, last: date | None, reason: str) -> None:
    """Put down that COUNCIL is closed on DAY: it does not count.

    Weekends and bank holidays in between never did. Shortly ahead or afterwards it waits until an administrator
    confirms it on the page "Calendar", and moves no date that runs already.
    """
    from practice_alerts.casework.calendar import closures

    closing = closures.Closing(day, last, reason)
    office = world.office(world.settings())
    made = closures.close(office, COMMAND_LINE, council, closing)
    for said, days in (
        ("Closed", made.closed),
        ("To be confirmed by an administrator:", made.waiting),
    ):
        if days:
            click.echo(f"{said} {number(len(days), 'day')} of {council}: {reason.strip()}")
        for one in days:
            click.echo(f"  {in_full(one)}")


@calendar.command()
@click.argument("council")
@click.argument("day", type=_DAY)
@click.pass_obj
def reopen(world: World, council: str, day: date) -> None:
    """Take back that COUNCIL is closed on DAY: it counts again."""
    from practice_alerts.casework.calendar import closures

    closures.reopen(world.office(world.settings()), COMMAND_LINE, council, day)
    click.echo(f"{in_full(day)} counts again, {council}")
