"""`practice-alerts store`: what the owner of its tables does, where the product's own role may not."""

from __future__ import annotations

import click

from practice_alerts.cli.support.context import World


@click.group(short_help="Make and keep the tables of a store on PostgreSQL.")
def store() -> None:
    """What the owner of the tables does. In SQLite the product does it by itself."""


@store.command("update")
@click.pass_obj
def update(world: World) -> None:
    """Bring the tables to this version, and give the product's role what it needs and no more.

    As the role of PRACTICE_ALERTS_DATABASE_OWNER_URL: before the first start, before a new version starts, and each
    night. What was destroyed is overwritten as well, for which the tables are laid anew: everybody waits meanwhile.
    """
    from practice_alerts.adapters.keys import Keys
    from practice_alerts.casework.records import destroying
    from practice_alerts.office import Office, open_store

    settings = world.settings()
    database = open_store(settings, world.clock)
    world.opened.callback(database.close)
    database.migrate()
    click.echo(f"The tables are of version {database.version()}.")
    if destroying.forget(Office(settings, {}, database, Keys("", ""), world.now)):
        click.echo("Nothing is left in them of what was destroyed.")
