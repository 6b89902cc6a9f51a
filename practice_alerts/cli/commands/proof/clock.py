"""`practice-alerts clock`: what the machine's clock is held against, and saying that it is right."""

from __future__ import annotations

import click

from practice_alerts.cli.support.context import World

_MOMENT = "%Y-%m-%d %H:%M:%S %Z"


@click.group(short_help="Whether the machine's clock is believed.", invoke_without_command=True)
@click.pass_context
def clock(ctx: click.Context) -> None:
    """Say whether the machine's clock is believed. Ends with exit code 1 where it is not."""
    if ctx.invoked_subcommand is None:
        world: World = ctx.obj
        held = world.store(world.settings()).clock
        if held is None or not held.jumped():
            click.echo("The machine's clock is believed.")
            return
        click.echo(f"Wrong: {held.stands()}")
        ctx.exit(1)


@clock.command()
@click.option("--by", required=True, metavar="NAME", help="Who says so, for the record.")
@click.option("--why", required=True, metavar="WORDS", help="What happened, for the record.")
@click.pass_obj
def accept(world: World, by: str, why: str) -> None:
    """Say that the machine's clock is right as it is now, although it jumped.

    If it is wrong, set it right instead: then everything goes on by itself. It is recorded for good, with the
    name, and `verify` prints it. Running processes go on within a second.
    """
    from practice_alerts.casework.proof import witness

    settings = world.settings()
    database = world.store(settings)
    held = database.clock
    if held is None or not held.jumped():
        click.echo("The machine's clock is believed. There is nothing to accept.")
        return
    witness.believe_clock(database, settings.witness, held, by, why)
    click.echo(f"Recorded: {by} says that it is {held():{_MOMENT}}.")
