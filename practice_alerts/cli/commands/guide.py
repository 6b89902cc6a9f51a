"""`practice-alerts guide build`."""

from pathlib import Path

import click

from practice_alerts.cli.support.context import World, guide_folder
from practice_alerts.cli.support.output import number


@click.group(short_help="The guidance site.")
def guide() -> None:
    """The guidance site, made from the councils' files."""


@guide.command()
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder in which `site` is made; else build, or guide in the data folder where --procedures or --data is given.",
)
@click.pass_obj
def build(world: World, into: Path | None) -> None:
    """Build the site, strictly: a dead link or a page out of the menu stops it."""
    from practice_alerts.adapters.guide.build import build_guide

    settings = world.settings()
    place = settings.data / "guide" if world.data else guide_folder(settings)
    place = into.resolve() if into else place
    built = build_guide(settings.procedures, settings.form_templates, place, world.today)
    pages, councils = number(built.pages, "page"), number(len(built.councils), "council")
    click.echo(f"Built {pages} for {councils} into {built.site}")
