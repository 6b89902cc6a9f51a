"""`practice-alerts guide build`."""

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import number


@click.group(short_help="The guidance site.")
def guide() -> None:
    """The guidance site, made from the councils' files."""


@guide.command()
@click.pass_obj
def build(world: World) -> None:
    """Build the site into build/site, strictly: a dead link or a page out of the menu stops it."""
    from practice_alerts import ROOT
    from practice_alerts.adapters.guide.build import build_guide

    settings = world.settings()
    built = build_guide(settings.procedures, settings.form_templates, ROOT / "build", world.today)
    pages, councils = number(built.pages, "page"), number(len(built.councils), "council")
    click.echo(f"Built {pages} for {councils} into {built.site}")
