"""`practice-alerts records due`."""

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import number
from practice_alerts.domain.files.lookup import must_be_council


@click.group(short_help="How long records are kept.")
def records() -> None:
    """How long closed alerts are kept. They are destroyed on the page "Records", by two people."""


@records.command()
@click.argument("council")
@click.pass_obj
def due(world: World, council: str) -> None:
    """List what is due to be destroyed, and what never falls due by itself."""
    from practice_alerts.casework.directory import record_keeping
    from practice_alerts.domain.directory.office_permissions import COMMAND_LINE

    settings = world.settings()
    must_be_council(council, world.councils(settings))
    office = world.office(settings)
    found = record_keeping.of_council(office, COMMAND_LINE, council)
    ready = [one for one in found if one.kept.is_due(office.today)]
    stuck = [one for one in found if one.held_up]
    for one in ready:
        click.echo(f"{one.reference}: due since {one.due_in_words}, {one.kept.rule}")
    for one in stuck:
        click.echo(f"{one.reference}: {one.held_up}")
    later = len(found) - len(ready) - len(stuck)
    click.echo(f"{number(len(ready), 'record')} due, {len(stuck)} held up, {later} kept for now.")
