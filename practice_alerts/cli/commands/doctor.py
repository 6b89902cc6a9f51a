"""`practice-alerts doctor`: whether all is well with the store and what lies round it."""

from __future__ import annotations

import click

from practice_alerts.cli.support.context import NothingKept, World, is_kept


@click.command(short_help="Look whether all is well.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at files, keys, guards, disk, clock, witness, e-mails, log and backup, and change nothing.

    Ends with exit code 1 where something is wrong. What is in the store itself `verify` proves.
    """
    from practice_alerts.casework.upkeep.checks import Level, look
    from practice_alerts.office import open_store

    world: World = ctx.obj
    settings = world.settings()
    if not is_kept(settings):
        raise NothingKept(settings)
    database = open_store(settings, world.clock)
    world.opened.callback(database.close)
    found = look(settings, database, world.now(), reads_through=True).values()
    for one in found:
        click.echo(f"{one.level.name.capitalize()}: {one.says}")
    ctx.exit(1 if any(one.level is Level.WRONG for one in found) else 0)
