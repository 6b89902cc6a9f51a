"""`practice-alerts people`: the directory, for the first administrator and for cron."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from practice_alerts.cli.print_out import as_json_option, echo_json, table
from practice_alerts.cli.when import Day
from practice_alerts.cli.world import World
from practice_alerts.domain.dates import in_full

if TYPE_CHECKING:
    from practice_alerts.casework.staffing import Listed

_DAY = Day()


def _post_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--until", type=_DAY, metavar="DATE", help="The last day of the post."),
        click.option("--since", type=_DAY, metavar="DATE", help="The first day; else today."),
        click.option(
            "--team", default="", metavar="TEAM", help="The team; else the whole council."
        ),
        click.option(
            "--post",
            required=True,
            metavar="POST",
            help="A role of the procedure, or iro_manager, qa_lead, administrator.",
        ),
        click.option("--council", required=True, metavar="COUNCIL", help="Where the post is."),
    ):
        command = option(command)
    return command


@click.group(short_help="Who works here, in which post.")
def people() -> None:
    """Who works here, who holds which post, and who stands in. PERSON is a mail address or an id."""


@people.command("list")
@as_json_option
@click.pass_obj
def show(world: World, *, as_json: bool) -> None:
    """List everybody, with the posts they hold today.

    Whoever has left is not listed.
    """
    from practice_alerts.casework import staffing

    found = staffing.everybody(world.office(world.settings()))
    if as_json:
        echo_json([_plain(one) for one in found])
    else:
        headings = ("Name", "Address", "Id", "Council", "Post", "Stands in for")
        click.echo(table(headings, (row for one in found for row in _rows(one))))


@people.command()
@click.argument("name")
@click.option("--mail", required=True, metavar="ADDRESS", help="Where notices and links are sent.")
@_post_options
@click.pass_obj
def add(  # noqa: PLR0913 - each is an option people type
    world: World,
    name: str,
    mail: str,
    *,
    council: str,
    post: str,
    team: str,
    since: date | None,
    until: date | None,
) -> None:
    """Enter NAME with a first post.

    The first person of all makes the database as well.
    """
    from practice_alerts.casework import staffing

    office = world.office(world.settings(), migrate=True)
    new = staffing.Post(council, post, team, since, until)
    person = staffing.add(office, name, mail, new)
    click.echo(f"Added {person.name}, {staffing.title(office, new)}, {council}: id {person.id}")
    click.echo(f"A link to sign in: practice-alerts people link {person.mail}")


@people.command("post")
@click.argument("person")
@_post_options
@click.pass_obj
def give_post(
    world: World,
    person: str,
    *,
    council: str,
    post: str,
    team: str,
    since: date | None,
    until: date | None,
) -> None:
    """Give PERSON a further post."""
    from practice_alerts.casework import staffing

    office = world.office(world.settings())
    new = staffing.Post(council, post, team, since, until)
    found = staffing.give_post(office, person, new)
    click.echo(f"{found.name} is {staffing.title(office, new)}, {council}")


@people.command()
@click.argument("person")
@click.pass_obj
def leave(world: World, person: str) -> None:
    """Let PERSON go: no signing in and no post.

    What they did stays under their name.
    """
    from practice_alerts.casework import staffing

    found = staffing.leave(world.office(world.settings()), person)
    click.echo(f"{found.name} has left: no post, no signing in")


@people.command()
@click.argument("person")
@click.pass_obj
def link(world: World, person: str) -> None:
    """Print a one-time link that signs PERSON in."""
    from practice_alerts.casework import signing_in, staffing

    office = world.office(world.settings())
    with office.database.reading() as tx:
        found = staffing.find(tx, person)
    click.echo(signing_in.sign_in_address(office, found.id))


@people.command()
@click.argument("person")
@click.argument("stand_in")
@click.option("--since", type=_DAY, metavar="DATE", help="The first day; else today.")
@click.option("--until", type=_DAY, required=True, metavar="DATE", help="The last day.")
@click.pass_obj
def cover(world: World, person: str, stand_in: str, *, since: date | None, until: date) -> None:
    """Let STAND_IN act for PERSON, who is away.

    No clock stops for it.
    """
    from practice_alerts.casework import staffing

    office = world.office(world.settings())
    away, acting = staffing.cover(office, person, stand_in, since, until)
    first = in_full(since or world.today)
    click.echo(f"{acting.name} stands in for {away.name}, {first} to {in_full(until)}")


def _rows(one: Listed) -> list[tuple[str, ...]]:
    known = (one.person.name, one.person.mail, one.person.id)
    away = ", ".join(one.stands_in_for)
    if not one.posts:
        return [(*known, "", "none", away)]
    each = zip(one.posts, one.titles, strict=True)
    return [(*known, post.council, title, away) for post, title in each]


def _plain(one: Listed) -> dict[str, Any]:
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
