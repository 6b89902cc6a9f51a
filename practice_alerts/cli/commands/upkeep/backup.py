"""`practice-alerts backup`: the store and the councils' files, encrypted; the keys by a command of their own."""

from __future__ import annotations

from pathlib import Path

import click

from practice_alerts.cli.support.context import BadSetting, World
from practice_alerts.cli.support.output import number

_FILE = click.Path(path_type=Path)


@click.group(short_help="Back up the store while it is in use.", invoke_without_command=True)
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=_FILE,
    help="The folder to put it into (or PRACTICE_ALERTS_BACKUPS).",
)
@click.pass_context
def backup(ctx: click.Context, folder: Path | None) -> None:
    """Make an encrypted backup of the store and of the councils' files. The product may go on running.

    It is proved, and read back once it is written, before it counts. Whom it is made out to says
    PRACTICE_ALERTS_BACKUP_RECIPIENTS; the keys are not in it.
    """
    if ctx.invoked_subcommand is not None:
        return
    from practice_alerts.casework.upkeep.backup import back_up

    world: World = ctx.obj
    settings = world.settings()
    place = folder or settings.backups.folder
    if place is None:
        wanted = "say with --to DIR, or with the setting, into which folder backups are put."
        raise BadSetting("PRACTICE_ALERTS_BACKUPS", "not set", wanted)
    made = back_up(world.office(settings), place)
    click.echo(
        f"{made.file}: {number(made.proof.events, 'event')} of {number(made.proof.alerts, 'alert')},"
        " proved and read back."
    )
    for one in made.removed:
        click.echo(f"Removed {one}, older than {number(settings.backups.days, 'day')}.")


@backup.command("new-key")
@click.argument("file", type=_FILE)
def new_identity(file: Path) -> None:
    """Make the key that opens backups, in FILE. Not on the machine that is backed up."""
    from practice_alerts.adapters import backup_file

    recipient = backup_file.new_identity(file)
    click.echo(
        f"Made {file}, which opens every backup made out to it: keep it apart from them, twice.\n"
        f"PRACTICE_ALERTS_BACKUP_RECIPIENTS={recipient}"
    )


@backup.command("keys")
@click.argument("file", type=_FILE)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    required=True,
    metavar="AGE1...",
    help="Whom it is made out to; best another than backups of the store are.",
)
@click.pass_obj
def keys(world: World, file: Path, recipients: tuple[str, ...]) -> None:
    """Save the keys that seal the store, sign sessions and make pseudonyms, encrypted, in FILE.

    After each change of a key, and kept apart from the backups of the store: together they are all there is.
    """
    from practice_alerts.adapters.keys import PSEUDONYM_KEY, SESSION_KEY
    from practice_alerts.casework.upkeep.backup import back_up_keys

    saved = back_up_keys(world.office(world.settings()), file, recipients)
    click.echo(f"{file}: {number(len(saved), 'key')}, read back.")
    for name in (SESSION_KEY, PSEUDONYM_KEY):
        if world.environment.get(name):
            click.echo(f"{name} is in the environment and not in it: save that yourself.")
