"""`practice-alerts`, and how its errors are told: a sentence for what a person can mend."""

from dataclasses import replace
from typing import Any, NoReturn

import click
from typing_extensions import override

from practice_alerts import __version__
from practice_alerts.adapters.storage_trouble import of_machine
from practice_alerts.cli.commands.calendar import calendar
from practice_alerts.cli.commands.check import check
from practice_alerts.cli.commands.councils.example import example
from practice_alerts.cli.commands.councils.new import new
from practice_alerts.cli.commands.directory.people import people
from practice_alerts.cli.commands.directory.records import records
from practice_alerts.cli.commands.doctor import doctor
from practice_alerts.cli.commands.due import due
from practice_alerts.cli.commands.guide import guide
from practice_alerts.cli.commands.ladder import ladder
from practice_alerts.cli.commands.log import log
from practice_alerts.cli.commands.papers.disclosure import disclosure
from practice_alerts.cli.commands.papers.documents import documents
from practice_alerts.cli.commands.proof.clock import clock
from practice_alerts.cli.commands.proof.seals import seals
from practice_alerts.cli.commands.proof.security_log import security_log
from practice_alerts.cli.commands.remind import remind
from practice_alerts.cli.commands.sample import sample
from practice_alerts.cli.commands.serve import serve
from practice_alerts.cli.commands.templates import templates
from practice_alerts.cli.commands.upkeep.backup import backup
from practice_alerts.cli.commands.upkeep.restore import restore
from practice_alerts.cli.commands.upkeep.store import store
from practice_alerts.cli.commands.verify import verify
from practice_alerts.cli.support.context import World
from practice_alerts.domain.errors import StorageTrouble, ToldPlainly, trouble_in


class Plain(click.Group):
    """Whatever is expected ends in one sentence and exit code 1; a bug keeps its traceback."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ToldPlainly as told:
            _tell(ctx, told)
        except ExceptionGroup as group:
            if (trouble := trouble_in(group)) is None:
                raise
            _tell(ctx, trouble)
        except OSError as error:
            if (trouble := _of_what_is_kept(ctx.obj, error)) is None:
                raise
            click.echo(f"{error.filename or 'What was being written'}: {error.strerror}", err=True)
            _tell(ctx, trouble)


def _of_what_is_kept(world: World, error: OSError) -> StorageTrouble | None:
    """Where it is about the data, the keys or the witness."""
    settings = world.settings()
    places = (settings.data, settings.seal_keys.folder, settings.witness.folder)
    return next(filter(None, (of_machine(error, place) for place in places)), None)


def _tell(ctx: click.Context, told: ToldPlainly) -> NoReturn:
    click.echo(str(told), err=True)
    if isinstance(told, StorageTrouble) and told.server:
        click.echo(f"The server, or the way to it: {told.server}", err=True)
    ctx.exit(1)


@click.group(cls=Plain)
@click.option(
    "--procedures",
    metavar="DIR",
    help="Folder with one folder for each council (or PRACTICE_ALERTS_PROCEDURES).",
)
@click.option(
    "--data",
    metavar="DIR",
    help="Folder for what a running system keeps (or PRACTICE_ALERTS_DATA).",
)
@click.version_option(__version__, message="%(version)s")
@click.pass_context
def main(ctx: click.Context, procedures: str | None, data: str | None) -> None:
    """Practice alerts: one procedure file for each council makes guide, form, clocks, document and log."""
    ctx.obj = replace(ctx.obj or World(), procedures=procedures, data=data)
    ctx.call_on_close(ctx.obj.opened.close)


for command in (
    serve,
    sample,
    new,
    check,
    templates,
    due,
    ladder,
    example,
    guide,
    documents,
    disclosure,
    log,
    remind,
    verify,
    security_log,
    seals,
    clock,
    doctor,
    backup,
    restore,
    store,
    people,
    records,
    calendar,
):
    main.add_command(command)
