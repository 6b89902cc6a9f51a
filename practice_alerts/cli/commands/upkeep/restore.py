"""`practice-alerts restore`: a backup put into an empty place, which proves itself."""

from __future__ import annotations

from pathlib import Path

import click

from practice_alerts.cli.support.context import World

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(short_help="Put a backup into an empty place.")
@click.argument("file", type=_FILE)
@click.option(
    "--with",
    "identities",
    multiple=True,
    required=True,
    type=_FILE,
    metavar="KEYFILE",
    help="The key that opens it; once more for the key that opens the keys, if that is another.",
)
@click.option("--keys", type=_FILE, metavar="FILE", help="The backup of the keys.")
@click.option("--by", required=True, metavar="NAME", help="Who does this, for the record.")
@click.option("--why", required=True, metavar="WORDS", help="What happened, for the record.")
@click.option(
    "--without-witness",
    "witness",
    flag_value="without",
    help="Go on though nobody can say what was recorded or destroyed since.",
)
@click.option(
    "--against-witness",
    "witness",
    flag_value="against",
    help="Go on though it is not what the witness saw.",
)
@click.pass_obj
def restore(
    world: World,
    file: Path,
    *,
    identities: tuple[Path, ...],
    keys: Path | None,
    by: str,
    why: str,
    witness: str | None,
) -> None:
    """Restore a backup into a data folder without a store. The product must not run there.

    It is proved, compared with what was said of it as it was made and with the witness, and stands in its place
    only if all of that went well. Says what was lost, and what went again because it was destroyed or taken out since.
    """
    from practice_alerts.adapters.files.procedures import load_all
    from practice_alerts.adapters.keys import Keys
    from practice_alerts.casework.upkeep.restore import restore as put_back
    from practice_alerts.casework.upkeep.restoring import Restoring
    from practice_alerts.office import Office, open_store

    settings = world.settings()
    councils = load_all(settings.procedures, settings.form_templates)
    database = open_store(settings, world.clock)
    world.opened.callback(database.close)
    office = Office(settings, councils, database, Keys("", ""), world.now)
    goes_on = {"without_witness": witness == "without", "against_witness": witness == "against"}
    wanted = Restoring(file, identities, by, why, keys, **goes_on)
    click.echo("\n".join(put_back(office, wanted)))
    click.echo("Restored. Start the product; it makes the log anew.")
