"""`practice-alerts seals`: the key that seals the store, and going on after a loss."""

import click

from practice_alerts.cli.support.context import World

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
    key = world.store(settings).change_seal_key(by, world.now())
    click.echo(f"Sealed with key {key} from now on. Keep all of {settings.seal_keys.folder}.")


@seals.command()
@_by
@click.option("--why", required=True, metavar="WORDS", help="What happened, for the record.")
@click.pass_obj
def accept(world: World, by: str, why: str) -> None:
    """Go on with the store as it is, although something of it cannot be proved.

    For a lost key, and for a store that was restored or altered, once somebody has looked at what `verify`
    says. It is recorded for good, with the name. Keys of sessions and of the log that are lost are made anew
    at the next start.
    """
    from practice_alerts.casework.proof import lost_since, witness

    settings = world.settings()
    store = world.store(settings)
    with store.reading() as tx:
        gone = lost_since.lost(tx, settings.witness)  # before the witness is told to go on
        says = tuple(lost_since.in_sentences(tx, gone))
    witness.accept(store, settings.witness, by, why, world.now())
    office = world.office(settings)
    witness.take_out_again(office, by, why)
    lost_since.take_words_out_again(office, gone)
    for one in says:
        click.echo(one)
    click.echo(f"Recorded: {by} goes on with the store as it is.")
