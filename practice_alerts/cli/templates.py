"""`practice-alerts templates check`."""

from __future__ import annotations

import click

from practice_alerts.cli.checking import look, tell
from practice_alerts.cli.print_out import as_json_option, number


@click.group(short_help="The councils' Word templates.")
def templates() -> None:
    """The Word templates from which documents are made."""


@templates.command()
@click.argument("folder", metavar="[DIR]", required=False)
@as_json_option
@click.pass_context
def check(ctx: click.Context, folder: str | None, *, as_json: bool) -> None:
    """Check the Word templates alone: can each be filled in, and do its tags and its form's fields agree?

    DIR is a folder of councils or one council's own, as for `practice-alerts check`. A tag that is
    broken is told with the paragraph it stands in.
    """
    from practice_alerts.domain.checks import TEMPLATES

    told = look(ctx.obj, folder, TEMPLATES)
    tell(told, as_json=as_json)
    if not (as_json or told.faults):
        count = len({path for files in told.councils for path in files.templates.values()})
        click.echo(f"{number(count, 'Word template')} checked")
    ctx.exit(0 if told.passes else 1)
