"""`practice-alerts remind`."""

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import number


@click.command(short_help="Write the reminders and morning messages that are due.")
@click.pass_obj
def remind(world: World) -> None:
    """Write the reminders and morning messages that are due now into the outbox, each once.

    A running product does this by itself every five minutes, and it alone sends what is in the outbox.
    Nothing is written before seven o'clock in London, nor on a day on which the council does not work.
    """
    from practice_alerts.casework.jobs import morning, when_to_send

    office = world.office(world.settings())
    if not when_to_send.is_morning(office):
        click.echo("It is not seven o'clock in London yet: nothing is written before.")
        return
    written = morning.write_what_is_due(office)
    reminders, messages = (
        number(written.reminders, "reminder"),
        number(written.messages, "morning message"),
    )
    click.echo(f"Wrote {reminders} and {messages}.")
