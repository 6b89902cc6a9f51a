"""`practice-alerts log rebuild`."""

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import number


@click.group(short_help="The alert log of QA leads.")
def log() -> None:
    """The alert log that QA leads browse: pseudonymised, without narrative."""


@log.command()
@click.pass_obj
def rebuild(world: World) -> None:
    """Make every council's log anew from the events. The product may go on running."""
    from practice_alerts.casework.jobs.sync_log import rebuild_log

    settings = world.settings()
    alerts = rebuild_log(world.office(settings))
    click.echo(f"Made the log anew: {number(alerts, 'alert')}, in {settings.data / 'log'}")
