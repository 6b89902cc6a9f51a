"""`practice-alerts store`: what the owner of its tables does, where the product's own role may not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import click

from practice_alerts.cli.support.context import World


@click.group(short_help="Make and keep the tables of a store on PostgreSQL.")
def store() -> None:
    """What the owner of the tables does. In SQLite the product does it by itself."""


@store.command("update")
@click.option(
    "--lay-anew", is_flag=True, help="Also where nothing was destroyed: for what went by its age."
)
@click.pass_obj
def update(world: World, lay_anew: bool) -> None:  # noqa: FBT001 - as click gives it
    """Bring the tables to this version, and give the product's role what it needs and no more.

    As the role of PRACTICE_ALERTS_DATABASE_OWNER_URL: before the first start, before a new version starts, and each
    night. Entries of the security log that are older than they are kept are removed, and what was destroyed is
    overwritten, for which the tables are laid anew: everybody waits meanwhile. What went by its age (drafts, e-mails,
    what was typed in a search, old entries) lies in a server's files until then, or until --lay-anew.
    """
    from practice_alerts.adapters.keys import Keys
    from practice_alerts.adapters.store.core.database import Database
    from practice_alerts.casework.proof import old_entries
    from practice_alerts.casework.records import destroying
    from practice_alerts.domain.text import plural
    from practice_alerts.office import Office, open_store

    settings = world.settings()
    database = open_store(settings, world.clock)
    world.opened.callback(database.close)
    database.migrate()
    click.echo(f"The tables are of version {database.version()}.")
    office = Office(settings, {}, database, Keys("", ""), world.now)
    with closing(Database(database.owner_url, settings.seal_keys, database.clock)) as owned:
        gone = old_entries.remove_old(replace(office, database=owned))
    if gone:
        click.echo(f"{gone:,} old {plural(gone, 'entry', 'entries')} of the security log: removed.")
    if destroying.forget(office, in_any_case=lay_anew):
        more = ", or went by its age" if lay_anew else ""
        click.echo(f"Nothing is left in them of what was destroyed{more}.")
