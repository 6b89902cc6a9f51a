"""`practice-alerts people scim-token` and the like: with what a council's own system says who works there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from practice_alerts.cli.commands.directory.people_posts import DAY, whoever
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_json_option, echo_json, table
from practice_alerts.domain.dates import LONDON, in_full

_council = click.option("--council", required=True, metavar="COUNCIL", help="Whose people.")


@click.command("scim-token")
@_council
@click.option("--until", type=DAY, required=True, metavar="DATE", help="Its last day.")
@click.option(
    "--titles",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TABLE",
    help="The post for each job title: title, post, team.",
)
@click.pass_obj
def scim_token(world: World, *, council: str, until: date, titles: Path | None) -> None:
    """Make a token, with which another system may say who works in COUNCIL, by SCIM 2.0.

    It is shown this once. Administrators and IRO managers are told.
    """
    from practice_alerts.casework.directory.in_bulk import scim_tokens
    from practice_alerts.casework.directory.in_bulk.people_import import SavedTable

    office = world.office(world.settings())
    saved = SavedTable(titles.name, titles.read_bytes()) if titles else None
    secret, kept = scim_tokens.make(office, whoever(), council, until, saved)
    click.echo(f"Token {kept.id}, until {in_full(until)}. It is not shown again:")
    click.echo(secret)
    click.echo(f"Address for the other system: {office.settings.base_url}/scim/v2/{council}")


@click.command("scim-tokens")
@_council
@as_json_option
@click.pass_obj
def scim_tokens(world: World, *, council: str, as_json: bool) -> None:
    """List the tokens that were made for COUNCIL, the latest first.

    Times are London's.
    """
    from practice_alerts.casework.directory.in_bulk import scim_tokens as tokens

    office = world.office(world.settings())
    rows = [
        (
            one.id,
            f"{one.made_at.astimezone(LONDON):%Y-%m-%d}",
            f"{one.expires_at.astimezone(LONDON):%Y-%m-%d %H:%M}",
            "holds" if one.holds(office.now()) else "taken back" if one.revoked_at else "over",
        )
        for one in tokens.listed(office, whoever(), council)
    ]
    names = ("Token", "Made", "Expires", "State")
    if as_json:
        echo_json([dict(zip(map(str.lower, names), row, strict=True)) for row in rows])
    else:
        click.echo(table(names, rows))


@click.command("revoke-scim-token")
@click.argument("token")
@_council
@click.pass_obj
def revoke_scim_token(world: World, token: str, *, council: str) -> None:
    """Take back TOKEN, by the name that scim-tokens shows. It is worth nothing from now on."""
    from practice_alerts.casework.directory.in_bulk import scim_tokens as tokens

    found = tokens.revoke(world.office(world.settings()), whoever(), council, token)
    click.echo(f"Token {found.id} is taken back.")
