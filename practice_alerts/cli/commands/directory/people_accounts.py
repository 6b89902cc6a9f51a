"""`practice-alerts people account`, `no-account` and `link`: with what somebody signs in."""

from __future__ import annotations

import click

from practice_alerts.cli.commands.directory.people_posts import whoever
from practice_alerts.cli.support.context import World

_council = click.option(
    "--council", required=True, metavar="COUNCIL", help="Whose single sign-on it is."
)


@click.command()
@click.argument("person")
@_council
@click.option(
    "--subject", required=True, metavar="SUB", help="The account, as the issuer names it in `sub`."
)
@click.option(
    "--even-so", is_flag=True, help="Though it meant somebody who has left: the same, come back."
)
@click.pass_obj
def account(world: World, person: str, *, council: str, subject: str, even_so: bool) -> None:
    """Let an account of COUNCIL's single sign-on mean PERSON.

    Needed only where the issuer does not vouch for mail addresses, or where PERSON has another account than
    before. It takes the place of whatever account meant them. One that means or meant somebody else is refused.
    They and the administrators are told.
    """
    from practice_alerts.casework.directory.signing_in import single_sign_on

    office = world.office(world.settings())
    found = single_sign_on.link(office, whoever(), council, person, subject, is_same=even_so)
    click.echo(f"{found.name} signs in with that account of {council}")


@click.command("no-account")
@click.argument("person")
@_council
@click.pass_obj
def no_account(world: World, person: str, *, council: str) -> None:
    """Let no account of COUNCIL's single sign-on mean PERSON any more.

    Every session of theirs ends. The next account that its issuer vouches for under their address becomes theirs,
    and the former one nobody else's. So is let in whoever has an address that was somebody else's before.
    """
    from practice_alerts.casework.directory.signing_in import single_sign_on

    office = world.office(world.settings())
    found = single_sign_on.unlink(office, whoever(), council, person)
    click.echo(f"No account of {council} means {found.name} any more")


@click.command()
@click.argument("person")
@click.option(
    "--even-so", is_flag=True, help="Though PERSON signs in with an account of a council."
)
@click.pass_obj
def link(world: World, person: str, *, even_so: bool) -> None:
    """Print a one-time link that signs PERSON in.

    Where their council has single sign-on, only with --even-so, for the day on which its issuer cannot be
    reached: it is kept in the record, and PERSON, administrators and IRO managers are told.
    """
    from practice_alerts.casework.directory import staff
    from practice_alerts.casework.directory.signing_in import single_sign_on

    office = world.office(world.settings())
    with office.database.reading() as tx:
        found = staff.find(tx, person)
    click.echo(single_sign_on.link_in_spite(office, whoever(), found, even_so=even_so))
