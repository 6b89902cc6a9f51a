"""`practice-alerts people import`: a council's people from another system's list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.commands.directory.people_posts import whoever
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import number
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.directory_acts import OF_RECORDS, DirectoryChange
from practice_alerts.domain.text import plural

if TYPE_CHECKING:
    from practice_alerts.casework.directory.in_bulk.people_import import PeopleCompared, SavedTable
    from practice_alerts.domain.directory.people_difference import DirectoryMember
    from practice_alerts.domain.directory.people_file import LineFault
    from practice_alerts.office import Office

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_NOT_YET = "Nothing was changed. --apply asks for these changes, and a second person confirms them."
_ASK = click.option(
    "--apply",
    "is_meant",
    is_flag=True,
    help="Ask for the changes, which a second person confirms; else they are shown only.",
)

_HEADINGS = complete(
    DirectoryChange,
    {
        DirectoryChange.ENTERED: "New people",
        DirectoryChange.RENAMED: "Other names",
        DirectoryChange.READDRESSED: "Other addresses",
        DirectoryChange.POST_GIVEN: "Posts given",
        DirectoryChange.POST_ENDED: "Posts ended",
        DirectoryChange.LEFT: "Leavers",
    },
    without=(
        *(DirectoryChange.COVER_SET, DirectoryChange.COVER_ENDED, DirectoryChange.MANY),
        *(DirectoryChange.DUTY_SET, DirectoryChange.DUTY_ENDED, DirectoryChange.SIGNED_OUT),
        *(DirectoryChange.TOKEN_MADE, DirectoryChange.TOKEN_REVOKED),
        *(DirectoryChange.ACCOUNT_LINKED, DirectoryChange.ACCOUNT_UNLINKED),
        DirectoryChange.LINK_GIVEN,
        *(DirectoryChange.INTEREST_DECLARED, DirectoryChange.INTEREST_WITHDRAWN),
        *OF_RECORDS,
    ),
)


@click.command("import")
@click.argument("file", type=_FILE)
@click.option("--council", required=True, metavar="COUNCIL", help="Whose people they are.")
@click.option(
    "--titles", type=_FILE, metavar="TABLE", help="The post for each job title: title, post, team."
)
@click.option("--leavers", is_flag=True, help="Whoever is not in FILE leaves.")
@click.option("--even-so", is_flag=True, help="Though many would be left without a post.")
@_ASK
@click.pass_context
def import_people(
    context: click.Context,
    file: Path,
    *,
    council: str,
    titles: Path | None,
    leavers: bool,
    even_so: bool,
    is_meant: bool,
) -> None:
    """Compare a CSV list of a council's people with the directory; --apply asks for it to be taken over.

    An administrator or IRO manager who did not run this confirms the very same changes on the page
    “Directory”, on the same day. Where nobody may yet, as at the first set-up, they are made at once.

    Columns: name, mail, post or title, team, since, until, id. A line for each post of each person.
    """
    from practice_alerts.casework.directory.in_bulk import people_import

    office = context.obj.office(context.obj.settings())
    table = _table(titles) if titles else None
    wanted = people_import.PeopleList(council, _table(file), table, leavers)
    compared = people_import.compare(office, whoever(), wanted)
    for line in _said(office, council, compared, leavers=leavers):
        click.echo(line)
    if is_meant:
        compared = people_import.take_over(office, whoever(), wanted, even_so=even_so)
    click.echo(_end(compared, is_meant=is_meant, even_so=even_so))
    if compared.found.faults:
        context.exit(1)


@click.command("new-domain")
@click.argument("old")
@click.argument("new")
@click.option("--council", required=True, metavar="COUNCIL", help="Whose people they are.")
@_ASK
@click.pass_obj
def new_domain(world: World, old: str, new: str, *, council: str, is_meant: bool) -> None:
    """Move the address of everybody of a council from the mail domain OLD to NEW.

    With --apply an administrator or IRO manager who did not run this is asked to confirm it on the page
    “Directory”, on the same day. Then every session of theirs ends, and each is told at both addresses.
    """
    from practice_alerts.casework.directory import second_person
    from practice_alerts.casework.directory.in_bulk import people_import

    office = world.office(world.settings())
    done = people_import.new_domain(office, whoever(), council, (old, new), is_meant=is_meant)
    lines = [second_person.said(office, council, one.what) for one in done.planned]
    for line in _part(_HEADINGS[DirectoryChange.READDRESSED], lines):
        click.echo(line)
    click.echo(_what_became(done.mark, is_anything=True) if is_meant else _NOT_YET)


def _what_became(mark: str, *, is_anything: bool) -> str:
    if mark:
        return (
            f"Nothing was changed yet. These changes, known as {mark}, wait for a second person: an"
            " administrator or IRO manager confirms them today, on the page “Directory” under “Changes”."
        )
    if not is_anything:
        return "Nothing is to be changed."
    return "Done, by one person: nobody of this council may confirm anything yet."


def _end(compared: PeopleCompared, *, is_meant: bool, even_so: bool) -> str:
    from practice_alerts.casework.directory.in_bulk import people_import

    if is_meant:
        return _what_became(compared.mark, is_anything=bool(compared.found.planned))
    if compared.found.faults:
        return "Nothing can be taken over while a line is at fault."
    too_many = "" if even_so else people_import.too_many(compared.found)
    return too_many or _NOT_YET


def _table(path: Path) -> SavedTable:
    from practice_alerts.casework.directory.in_bulk.people_import import SavedTable

    return SavedTable(path.name, path.read_bytes())


def _said(
    office: Office, council: str, compared: PeopleCompared, *, leavers: bool
) -> Iterator[str]:
    from practice_alerts.casework.directory import second_person

    found = compared.found
    for change, heading in _HEADINGS.items():
        what = [one.what for one in found.planned if one.what.change is change]
        lines = [second_person.said(office, council, one) for one in what]
        yield from _part(heading, lines)
    heading = (
        "No longer in the list" if leavers else "Not in the list, and staying without --leavers"
    )
    yield from _part(heading, [_absent(one, compared) for one in found.absent])
    yield from _part("Then held by nobody", list(compared.empty))
    yield from _part("Left as it is", [_line(one) for one in found.notes])
    yield from _part("Lines at fault", [_line(one) for one in found.faults])
    yield f"Unchanged: {_number_of_people(found.unchanged)}"


def _part(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}: {len(lines):,}"
        yield from (f"  {line}" for line in lines)


def _absent(one: DirectoryMember, compared: PeopleCompared) -> str:
    left = compared.unfinished[one.id]
    more = [f"{number(left.own, 'open alert')} of theirs"] if left.own else []
    more += [f"{number(left.asked, 'alert')} to be answered"] if left.asked else []
    return f"{one.name}, {one.mail}{': ' if more else ''}{', '.join(more)}"


def _line(one: LineFault) -> str:
    return f"line {one.line}: {one.sentence}"


def _number_of_people(count: int) -> str:
    return f"{count:,} {plural(count, 'person', 'people')}"
