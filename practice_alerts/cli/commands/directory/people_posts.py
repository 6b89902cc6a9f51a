"""`practice-alerts people post`, `end-post`, `cover` and the like: posts and cover, each with its days."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.date_options import DayOption
from practice_alerts.cli.support.output import as_json_option, echo_json, table
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.deadlines.typed_dates import short
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import NotFound

if TYPE_CHECKING:
    from practice_alerts.casework.directory.office_view import Directory, PostLine
    from practice_alerts.casework.directory.post_holders import PostGiven
    from practice_alerts.domain.acts.permissions import Actor
    from practice_alerts.domain.directory.directory_acts import DirectoryEntry
    from practice_alerts.office import Office

BY = "practice_alerts.by"
"""Where a command finds who runs it."""

DAY = DayOption()

TO_CONFIRM = (
    "The post waits for a second person: an administrator or IRO manager who did not run this confirms it,"
    " on the page “Directory” under “Changes”."
)

_council = click.option("--council", required=True, metavar="COUNCIL", help="Where the post is.")
_team = click.option("--team", default="", metavar="TEAM", help="The team; else the whole council.")
_post = click.option(
    "--post",
    required=True,
    metavar="POST",
    help="A role of the procedure, or a post of the office, such as qa_lead or auditor.",
)


def whoever() -> Actor:
    """Whoever runs commands, who may do anything; by the name that was given, else that of the account."""
    by = click.get_current_context().meta.get(BY) or ""
    if not by.strip():
        with suppress(OSError, KeyError):  # an account without a name, as in a container
            by = getpass.getuser()
    return replace(COMMAND_LINE, name=by.strip() or COMMAND_LINE.name)


def post_options(command: Callable[..., None]) -> Callable[..., Any]:
    """What a new post is told by; the command is given it as `new`."""

    @_council
    @_post
    @_team
    @click.option("--since", type=DAY, metavar="DATE", help="The first day; else today.")
    @click.option("--until", type=DAY, metavar="DATE", help="The last day of the post.")
    @wraps(command)
    def with_post(*told: Any, **more: Any) -> None:
        from practice_alerts.casework.directory.post_holders import PostGiven

        names = ("council", "post", "team", "since", "until")
        command(*told, new=PostGiven(*map(more.pop, names)), **more)

    return with_post


@click.command("posts")
@click.argument("council")
@as_json_option
@click.pass_obj
def posts(world: World, council: str, *, as_json: bool) -> None:
    """List the posts of COUNCIL: who holds each, which are empty, where nobody would be asked."""
    from practice_alerts.casework.directory import office_view

    office = world.office(world.settings())
    seen = office_view.look(office, whoever(), council)
    if as_json:
        echo_json(_plain(seen))
        return
    lines = (*seen.posts, *seen.office_posts)
    headings = ("Post", "Team", "Held by", "Since", "Until")
    click.echo(table(headings, (_row(line) for line in lines)))
    for sentence in _gaps(seen):
        click.echo(sentence)


@click.command("post")
@click.argument("person")
@post_options
@click.pass_obj
def give_post(world: World, person: str, *, new: PostGiven) -> None:
    """Give PERSON a further post."""
    from practice_alerts.casework.directory import post_holders

    office = world.office(world.settings())
    who = _id_of(office, person)
    waits = post_holders.waits(office, whoever(), new, who)
    found = post_holders.give_post(office, whoever(), who, new)
    verb = "is to be" if waits else "is"
    click.echo(f"{found.name} {verb} {post_holders.title(office, new)}, {new.council}")
    if waits:
        click.echo(TO_CONFIRM)


@click.command("end-post")
@click.argument("person")
@_council
@_post
@_team
@click.option("--until", type=DAY, required=True, metavar="DATE", help="The last day.")
@click.pass_obj
def end_post(world: World, person: str, *, council: str, post: str, team: str, until: date) -> None:
    """End a post of PERSON on a day.

    One that has not begun by then is taken back.
    """
    from practice_alerts.casework.directory import office_view, post_holders

    office = world.office(world.settings())
    who = _id_of(office, person)
    seen = office_view.look(office, whoever(), council)
    wanted = (who, post, team.strip().casefold())
    for line in (*seen.posts, *seen.office_posts):
        held = line.held
        if held and (held.person_id, held.post, held.team.casefold()) == wanted:
            was = post_holders.end_post(office, whoever(), held.id, until)
            title = post_holders.title(office, was, council)
            click.echo(ended(f"{was.name} as {title}, {council}", was.since, until))
            return
    raise NotFound("such post of theirs")


@click.command("cover")
@click.argument("person")
@click.argument("stand_in")
@click.option("--since", type=DAY, metavar="DATE", help="The first day; else today.")
@click.option("--until", type=DAY, required=True, metavar="DATE", help="The last day.")
@click.pass_obj
def cover(world: World, person: str, stand_in: str, *, since: date | None, until: date) -> None:
    """Let STAND_IN act for PERSON, who is away.

    No clock stops for it. Whoever has left, with alerts still in their name, is named by id.
    """
    from practice_alerts.casework.directory.cover import absence_cover

    office = world.office(world.settings())
    away = _id_of(office, person, left_too=True)
    wanted = absence_cover.Cover(away, _id_of(office, stand_in), since, until)
    done = absence_cover.set_cover(office, whoever(), wanted)
    days = f"{in_full(done.since)} to {in_full(done.until)}"
    click.echo(f"{done.cover} stands in for {done.away}, {days}")


@click.command("end-cover")
@click.argument("person")
@click.argument("stand_in")
@click.option("--until", type=DAY, required=True, metavar="DATE", help="The last day.")
@click.pass_obj
def end_cover(world: World, person: str, stand_in: str, *, until: date) -> None:
    """End the cover of PERSON by STAND_IN before its time.

    One that has not begun by then is taken back.
    """
    from practice_alerts.casework.directory.cover import absence_cover

    office = world.office(world.settings())
    pair = (_id_of(office, person, left_too=True), _id_of(office, stand_in))
    for one in absence_cover.covers(office, whoever()):
        if (one.away_id, one.cover_id) == pair:
            was = absence_cover.end_cover(office, whoever(), one.id, until)
            click.echo(ended(f"{was.cover} for {was.away}", was.since, until))
            return
    raise NotFound("such cover")


@click.command("covers")
@as_json_option
@click.pass_obj
def covers(world: World, *, as_json: bool) -> None:
    """List who stands in for whom, today and later."""
    from practice_alerts.casework.directory.cover import absence_cover

    found = absence_cover.covers(world.office(world.settings()), whoever())
    if as_json:
        said = ((one.away, one.cover, one.since, one.until) for one in found)
        names = ("away", "stands_in", "since", "until")
        echo_json([dict(zip(names, one, strict=True)) for one in said])
        return
    rows = ((one.away, one.cover, short(one.since), short(one.until)) for one in found)
    click.echo(table(("Away", "Stands in", "Since", "Until"), rows))


@click.command("changes")
@click.argument("council")
@as_json_option
@click.pass_obj
def changes(world: World, council: str, *, as_json: bool) -> None:
    """List what was changed in the directory of COUNCIL, by whom, when and why; the latest first.

    Times are London's.
    """
    from practice_alerts.casework.directory import second_person

    office = world.office(world.settings())
    office.council(council)
    found = second_person.look(office, COMMAND_LINE, council)
    rows = [
        (
            f"{one.at.astimezone(LONDON):%Y-%m-%d %H:%M}",
            second_person.said(office, council, one.what),
            found.by(one),
            one.what.reason,
            _state(one),
        )
        for one in found.entries
    ]
    names = ("At", "Change", "By", "Why", "State")
    if as_json:
        echo_json([dict(zip(map(str.lower, names), row, strict=True)) for row in rows])
    else:
        click.echo(table(names, rows))


def _state(one: DirectoryEntry) -> str:
    if one.waits:
        return "waits"
    made = "made by one person alone" if one.what.alone else "made"
    return made if one.is_made else "refused"


def ended(what: str, since: date, until: date) -> str:
    """What became of it, in words."""
    if until < since:
        return f"Taken back: {what}"
    return f"Ends on {in_full(until)}: {what}"


def _id_of(office: Office, who: str, *, left_too: bool = False) -> str:
    from practice_alerts.adapters.store.office import directory
    from practice_alerts.casework.directory import staff

    with office.database.reading() as tx:
        if left_too and who in {one.id for one in directory.left_unfinished(tx)}:
            return who
        return staff.find(tx, who).id


def _row(line: PostLine) -> tuple[str, ...]:
    held, empty = line.held, line.vacancy
    if held is not None:
        return line.title, line.team, held.name, short(held.since), short(held.until)
    since = empty.empty_since if empty else None
    nobody = f"nobody; {line.stand_in} stands in" if line.stand_in else "nobody"
    return line.title, line.team, nobody, short(since), ""


def _gaps(seen: Directory) -> Iterator[str]:
    for gap in seen.gaps:
        team = f" for {gap.team}" if gap.team else ""
        yield f"Nobody would be asked{team}: {' or '.join(gap.titles)}, at {', '.join(gap.stages)}"


def _plain(seen: Directory) -> dict[str, Any]:
    rows = (
        {
            "post": line.post,
            "team": line.team,
            "held_by": line.held.name if line.held else None,
            "since": line.held.since if line.held else None,
            "until": line.held.until if line.held else None,
            "empty_since": line.vacancy.empty_since if line.vacancy else None,
            "stands_in": line.stand_in or None,
        }
        for line in (*seen.posts, *seen.office_posts)
    )
    gaps = (
        {"posts": list(gap.titles), "team": gap.team, "stages": list(gap.stages)}
        for gap in seen.gaps
    )
    return {"posts": list(rows), "nobody_would_be_asked": list(gaps)}


COMMANDS = (posts, give_post, end_post, cover, end_cover, covers, changes)
