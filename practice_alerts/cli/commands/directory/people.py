"""`practice-alerts people`: the directory, for the first administrator and for cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from practice_alerts.cli.commands.directory.people_accounts import account, link, no_account
from practice_alerts.cli.commands.directory.people_import import import_people, new_domain
from practice_alerts.cli.commands.directory.people_posts import (
    BY,
    COMMANDS,
    TO_CONFIRM,
    post_options,
    whoever,
)
from practice_alerts.cli.commands.directory.scim import revoke_scim_token, scim_token, scim_tokens
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_given, as_json_option, echo_json, number, table

if TYPE_CHECKING:
    from practice_alerts.casework.directory.post_holders import PostGiven
    from practice_alerts.casework.directory.staff import StaffLine


@click.group(short_help="Who works here, in which post.")
@click.option(
    "--by",
    metavar="NAME",
    envvar="PRACTICE_ALERTS_BY",
    help="Who runs this, by name, for the record; else the account of this machine.",
)
@click.pass_context
def people(context: click.Context, by: str | None) -> None:
    """Who works here, who holds which post, and who stands in. PERSON is a mail address or an id.

    Every change is kept with who made it, and told to the person concerned. Many changes at once, and a post
    of the reviewing service, wait for a second person where the council has one who may confirm them; another
    address, or who runs this office, is told to administrators and IRO managers.
    """
    context.meta[BY] = by


@people.command("list")
@as_json_option
@click.pass_obj
def show(world: World, *, as_json: bool) -> None:
    """List everybody, with the posts they hold today.

    Whoever has left is not listed.
    """
    from practice_alerts.casework.directory import staff

    found = staff.everybody(world.office(world.settings()))
    if as_json:
        echo_json([_plain(one) for one in found])
    else:
        headings = ("Name", "Address", "Id", "Council", "Post", "Stands in for")
        click.echo(table(headings, (row for one in found for row in _rows(one))))


@people.command()
@click.argument("name")
@click.option("--mail", required=True, metavar="ADDRESS", help="Where notices and links are sent.")
@post_options
@click.pass_obj
def add(world: World, name: str, mail: str, *, new: PostGiven) -> None:
    """Enter NAME with a first post.

    The first person of all makes the database as well.
    """
    from practice_alerts.casework.directory import post_holders, staff

    office = world.office(world.settings(), migrate=True)
    waits = post_holders.waits(office, whoever(), new)
    person = staff.add(office, whoever(), name, mail, new)
    title = post_holders.title(office, new)
    click.echo(f"Added {person.name}, {title}, {new.council}: id {person.id}")
    if waits:
        click.echo(TO_CONFIRM)
        return
    click.echo(f"A link to sign in: {as_given(f'people link {person.mail}')}")


@people.command()
@click.argument("person")
@click.option("--name", metavar="NAME", help="The name from now on; else as it was.")
@click.option("--mail", metavar="ADDRESS", help="The address from now on; else as it was.")
@click.pass_obj
def change(world: World, person: str, *, name: str | None, mail: str | None) -> None:
    """Mend the name or the address of PERSON.

    With another address, every session of theirs ends.
    """
    from practice_alerts.casework.directory import staff

    office = world.office(world.settings())
    with office.database.reading() as tx:
        was = staff.find(tx, person)
    new = (was.name if name is None else name, was.mail if mail is None else mail)
    found = staff.change(office, whoever(), was.id, *new)
    click.echo(f"{found.name}, {found.mail}: id {found.id}")


@people.command()
@click.argument("person")
@click.pass_obj
def leave(world: World, person: str) -> None:
    """Let PERSON go: no signing in and no post.

    What they did stays under their name.
    """
    from practice_alerts.casework.directory import staff

    gone = staff.leave(world.office(world.settings()), whoever(), person)
    click.echo(f"{gone.person.name} has left: no post, no signing in")
    if gone.unfinished.own:
        click.echo(
            f"Still theirs: {number(gone.unfinished.own, 'open alert')}. Give each to somebody."
        )
    if gone.unfinished.asked:
        waiting = number(gone.unfinished.asked, "alert")
        click.echo(f"Still to be answered: {waiting}. Let somebody stand in: id {gone.person.id}")


@click.command("sign-out")
@click.argument("person")
@click.pass_obj
def sign_out(world: World, person: str) -> None:
    """Sign PERSON out everywhere, now.

    Every session of theirs ends, every link to sign in that was not used, and their calendar's address. They
    keep their posts and may ask for a new link. For a lost telephone, or a mailbox in other hands.
    """
    from practice_alerts.casework.directory import staff

    office = world.office(world.settings())
    found = staff.sign_out(office, whoever(), person)
    click.echo(f"{found.name} is signed out everywhere")


SCIM = (scim_token, scim_tokens, revoke_scim_token)
ACCOUNTS = (account, no_account, link)

for command in (*COMMANDS, sign_out, *ACCOUNTS, import_people, new_domain, *SCIM):
    people.add_command(command)


def _rows(one: StaffLine) -> list[tuple[str, ...]]:
    known = (one.person.name, one.person.mail, one.person.id)
    away = ", ".join(one.stands_in_for)
    if not one.posts:
        return [(*known, "", "none", away)]
    each = zip(one.posts, one.titles, strict=True)
    return [(*known, post.council, title, away) for post, title in each]


def _plain(one: StaffLine) -> dict[str, Any]:
    return {
        "id": one.person.id,
        "name": one.person.name,
        "mail": one.person.mail,
        "sample": one.person.sample,
        "posts": [
            {"council": post.council, "post": post.post, "team": post.team} for post in one.posts
        ],
        "stands_in_for": list(one.stands_in_for),
    }
