"""`practice-alerts documents`: the Word documents of every alert raised in a span of days."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import DayOption
from practice_alerts.cli.support.output import number
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.files.lookup import must_be_council

if TYPE_CHECKING:
    from practice_alerts.casework.documents.export import DateRange
    from practice_alerts.office import Office

_DAY = DayOption()


def _in_order(ctx: click.Context, _param: click.Parameter, last: date) -> date:
    first = ctx.params["first"]
    if last < first:
        raise click.BadParameter(f"this is before {in_full(first)}, the first day.")
    return last


@click.command(short_help="Make the documents of a quarter.")
@click.argument("council")
@click.option(
    "--from",
    "first",
    type=_DAY,
    required=True,
    is_eager=True,
    metavar="DATE",
    help="Of the alerts raised on this day or later.",
)
@click.option(
    "--to",
    "last",
    type=_DAY,
    required=True,
    callback=_in_order,
    metavar="DATE",
    help="Up to this day, which counts too.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PLACE",
    help="A new or empty folder, or a new file whose name ends in .zip.",
)
@click.pass_context
def documents(ctx: click.Context, council: str, first: date, last: date, into: Path) -> None:
    """Make the Word document of every alert of COUNCIL raised in a span of days, as it stands now.

    Readable by you alone, and recorded as handed over. Ends with exit code 1 where a document could
    not be made, and says why; the others are there. Alerts that are restricted are left out.
    """
    from practice_alerts.casework.documents.export import DateRange

    world: World = ctx.obj
    settings = world.settings()
    must_be_council(council, world.councils(settings))
    made, troubles = _make(world.office(settings), DateRange(council, first, last), into)
    for trouble in troubles:
        click.echo(trouble, err=True)
    click.echo(f"Made {number(made, 'document')} in {into}" if made else "No document was made.")
    ctx.exit(1 if troubles else 0)


def _make(office: Office, span: DateRange, into: Path) -> tuple[int, list[str]]:
    """How many were put there, and why each of the others was not. Nothing is begun for none."""
    from practice_alerts.adapters.export_files import parcel
    from practice_alerts.casework.documents import export

    made, troubles = 0, []
    count = export.how_many(office, span)
    if not count:
        return 0, []
    with (
        parcel(into, office.now()) as put,
        # On the other channel, so that a program may read what the command says.
        click.progressbar(length=count, label="Documents", file=sys.stderr) as bar,
    ):
        for one in export.documents(office, span):
            if one.document is None:
                troubles.append(f"{one.reference}: {one.trouble}")
            else:
                put(one.document.name, one.document.body)
                made += 1
            bar.update(1)
    return made, troubles
