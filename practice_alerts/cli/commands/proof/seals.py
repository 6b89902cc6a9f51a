"""`practice-alerts seals`: the key that seals the store, and going on after a loss."""

import click

from practice_alerts.cli.support.context import World, tell_witness

_by = click.option("--by", required=True, metavar="NAME", help="Who does this, for the record.")


@click.group(short_help="The key that seals the store.")
def seals() -> None:
    """What was recorded is sealed with a key that is kept apart from the store."""


@seals.command("rotate")
@_by
@click.pass_obj
def change_seal_key(world: World, by: str) -> None:
    """Seal with a new key from now on. The product may go on running."""
    settings = world.settings()
    database = world.store(settings)
    key = database.change_seal_key(by, world.now())
    tell_witness(database, settings, world.now)
    click.echo(f"Sealed with key {key} from now on. Keep all of {settings.seal_keys.folder}.")


@seals.command()
@_by
@click.option("--why", required=True, metavar="WORDS", help="What happened, for the record.")
@click.option(
    "--again",
    multiple=True,
    metavar="REFERENCE",
    help="Destroy it again, or take its texts out again, though nothing proves that it was; once more for each.",
)
@click.option("--look", is_flag=True, help="Say what would go again, and do nothing.")
@click.pass_obj
def accept(world: World, by: str, why: str, again: tuple[str, ...], *, look: bool) -> None:
    """Go on with the store as it is, although something of it cannot be proved.

    For a lost key, and for a store that was restored or altered, once somebody has looked at what `verify`
    says. It is recorded for good, with the name. Keys of sessions and of the log that are lost are made anew
    at the next start.

    What the witness saw destroyed, or taken out, and came back with the store, goes again; it is said first. What it says
    and nothing proves is listed, and stays unless it is named.
    """
    from practice_alerts.casework.proof import lost_since, witness
    from practice_alerts.casework.proof.came_back import came_back, take_out_again

    settings = world.settings()
    database = world.store(settings)
    with database.reading() as tx:
        back = came_back(tx, settings.witness, again)
        gone = lost_since.lost(tx, settings.witness)  # before the witness is told to go on
        says = (*back.in_words(), *lost_since.in_sentences(tx, gone))
    for line in says:
        click.echo(line)
    if look:
        click.echo("Nothing was done.")
        return
    witness.accept(database, settings.witness, by, why, world.now(), back=back)
    office = world.office(settings)
    take_out_again(office, by, why, back)
    lost_since.take_words_out_again(office, gone)
    click.echo(f"Recorded: {by} goes on with the store as it is.")
