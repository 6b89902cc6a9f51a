"""`practice-alerts disclosure`: the files of what two people have issued."""

from pathlib import Path

import click

from practice_alerts.cli.support.context import World
from practice_alerts.domain.files.lookup import must_be_council


@click.command(short_help="Fetch what two people have issued of everything about one person.")
@click.argument("council")
@click.argument("number", type=int)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PLACE",
    help="A new or empty folder, or a new file whose name ends in .zip.",
)
@click.pass_obj
def disclosure(world: World, council: str, number: int, into: Path) -> None:
    """Put the Word document and the JSON of disclosure NUMBER of COUNCIL into a folder.

    It is begun, marked and issued on the page "Disclosures", by people. Readable by you alone, and recorded as
    handed over. One with anything restricted, or with legal advice, is fetched on the page alone.
    """
    from practice_alerts.adapters.export_files import parcel
    from practice_alerts.casework.disclosure import bundle_files

    settings = world.settings()
    must_be_council(council, world.councils(settings))
    office = world.office(settings)
    files = bundle_files.for_command(office, council, number)
    with parcel(into, office.now()) as put:
        for one in files:
            put(one.name, one.body)
    click.echo(f"Made {' and '.join(one.name for one in files)} in {into}")
