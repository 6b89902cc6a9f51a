"""`practice-alerts security-log`: to be shipped, and all that one account saw."""

from __future__ import annotations

from datetime import date

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import DayOption
from practice_alerts.cli.support.output import table

_HEADS = ("when", "did", "which", "alert", "typed")
_WHO = ("when", "who", "did", "which")
_DAY = DayOption()


@click.group("security-log", short_help="Who signed in, looked, searched and was refused.")
def security_log() -> None:
    """The security log: who signed in, looked, searched, took away and was refused.

    Auditors read it on the page “Security log”.
    """


@security_log.command()
@click.option("--since", type=_DAY, metavar="DAY", help="From this day on; else from the first.")
@click.option("--after", type=int, default=0, metavar="ID", help="Only what came after this entry.")
@click.pass_obj
def export(world: World, since: date | None, after: int) -> None:
    """Print the entries as JSON, one a line, to be shipped.

    They hold ids of people and alerts, and neither names nor references nor anything that was typed.
    """
    from practice_alerts.casework.views import security_log as casework

    office = world.office(world.settings())
    for line in casework.json_lines(office, since, after):
        click.echo(line)


@security_log.command()
@click.argument("person")
@click.option("--since", type=_DAY, required=True, metavar="DAY", help="From this day on.")
@click.pass_obj
def seen(world: World, person: str, since: date) -> None:
    """Print all that PERSON saw since a day: for an account that was in other hands.

    PERSON is a mail address or an id. What they typed stands there as long as it is kept.
    """
    from practice_alerts.casework.directory import staff
    from practice_alerts.casework.views import security_log as casework
    from practice_alerts.domain.dates import LONDON

    office = world.office(world.settings())
    with office.database.reading() as tx:
        found = staff.find(tx, person)
    rows = [
        (
            f"{one.at.astimezone(LONDON):%Y-%m-%d %H:%M}",
            one.did,
            one.which,
            one.reference,
            one.typed,
        )
        for one in casework.seen_by(office, found.id, since)
    ]
    click.echo(table(_HEADS, rows) if rows else f"{found.name} has seen nothing since then.")


@security_log.command()
@click.argument("reference")
@click.option("--since", type=_DAY, metavar="DAY", help="From this day on; else from the first.")
@click.pass_obj
def reached(world: World, reference: str, since: date | None) -> None:
    """Print whom the alert REFERENCE reached: who opened it, was handed a document of it, was sent an e-mail or read the log.

    Nobody knows which rows of the log somebody looked at: each reading that may have shown the alert's stands there.

    For whoever has to say who saw words that should not have stood there.
    """
    from practice_alerts.casework.views import security_log as casework
    from practice_alerts.domain.dates import LONDON

    found = casework.reached(world.office(world.settings()), reference, since)
    rows = [
        (f"{one.at.astimezone(LONDON):%Y-%m-%d %H:%M}", one.who, one.did, one.which)
        for one in found
    ]
    click.echo(table(_WHO, rows) if rows else "It has reached nobody since then.")
