"""A council's people from a file: first what stands otherwise, then all of it at once or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from practice_alerts.adapters.files.csv_rows import read_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Unfinished
from practice_alerts.casework.core.actors import titles as post_titles
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.directory import post_holders, staff
from practice_alerts.casework.directory.in_bulk import many_at_once
from practice_alerts.casework.directory.in_bulk.many_at_once import known
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.mail_address import is_address
from practice_alerts.domain.directory.new_domain import at_new_domain
from practice_alerts.domain.directory.people_difference import (
    ONE_IN,
    Differences,
    Planned,
    differences,
)
from practice_alerts.domain.directory.people_file import (
    LineFault,
    PeopleFile,
    PersonLine,
    Titles,
    read_people,
    read_titles,
)
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.errors import NotPossible
from practice_alerts.office import Office

_BY_COMMAND = "Many people at once are changed by a command: practice-alerts people."


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A file as it was saved, with what to call it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PeopleList:
    """Who works in a council by another system, and the post for each job title that it knows."""

    council: str
    people: SavedTable
    titles: SavedTable | None = None
    with_leavers: bool = False
    """Whoever is not in the list leaves."""


@dataclass(frozen=True, slots=True)
class PeopleCompared:
    """What stands otherwise; what is still in the name of whoever is not in the list; posts left empty, in words.

    `mark` is there where the changes wait for a second person, who knows them by it.
    """

    found: Differences
    unfinished: Mapping[str, Unfinished]
    empty: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NewAddresses:
    """Whose address is another; `mark` where it waits for a second person."""

    planned: tuple[Planned, ...]
    mark: str = ""


def compare(office: Office, by: Actor, wanted: PeopleList) -> PeopleCompared:
    """Changes nothing. Raises BadTable, NotYours."""
    read = _read(office, by, wanted)
    with office.database.reading() as tx:
        return _compared(office, tx, wanted, read)


def take_over(
    office: Office, by: Actor, wanted: PeopleList, *, even_so: bool = False
) -> PeopleCompared:
    """Ask for every change, or none, for a second person to confirm; without anybody who may, make them.

    Raises BadTable, NotYours; NotPossible for a line at fault, where too many would be left without a post, and
    where nobody would be administrator.
    """
    read = _read(office, by, wanted)
    with writing_as(office, by) as tx:
        staff.must_not_be_sample(office, tx)
        compared = _compared(office, tx, wanted, read)
        _must_be_sound(compared.found, even_so=even_so)
        planned = compared.found.planned
        what = f"people import {wanted.people.name}"
        mark = many_at_once.ask_or_write(office, tx, by, wanted.council, planned, what=what)
    if not mark:
        many_at_once.sign_out(office, tuple(one.what for one in planned))
    return replace(compared, mark=mark)


def new_domain(
    office: Office, by: Actor, council: str, domains: tuple[str, str], *, is_meant: bool = False
) -> NewAddresses:
    """Everybody of a council at the first domain gets their mail at the second; without `is_meant`, who would.

    Once a second person has confirmed it each is told at both addresses, and who keeps the directory once. Raises
    NotYours, NotPossible.
    """
    staff.must_be_command(office, by, council, _BY_COMMAND)
    old, new = (one.strip().removeprefix("@") for one in domains)
    if not is_address(f"name@{new}"):
        raise NotPossible(f"{new} is no domain of mail. Write it as council.example.")
    with writing_as(office, by) if is_meant else office.database.reading() as tx:
        held = directory.holdings_of(tx, council)
        planned = at_new_domain(known(office, tx, council, held), old, new)
        what = f"people new-domain {old} {new}"
        mark = (
            many_at_once.ask_or_write(office, tx, by, council, planned, what=what)
            if is_meant
            else ""
        )
    if is_meant and not mark:
        many_at_once.sign_out(office, tuple(one.what for one in planned))
    return NewAddresses(planned, mark)


def too_many(found: Differences) -> str:
    """The sentence that says so; none where they are not."""
    if not found.is_too_many:
        return ""
    return (
        f"{found.losing} of {found.here} people would be left without a post here, more than one in"
        f" {ONE_IN}. Look at the file again; if it is right, say --even-so."
    )


def _must_be_sound(found: Differences, *, even_so: bool) -> None:
    if found.faults:
        lines = ", ".join(str(one.line) for one in found.faults[:20])
        more = " and further ones" if len(found.faults) > 20 else ""  # noqa: PLR2004 - as above
        raise NotPossible(f"Nothing was changed. Mend the lines at fault first: {lines}{more}.")
    if not even_so and (sentence := too_many(found)):
        raise NotPossible(f"Nothing was changed. {sentence}")


def _read(office: Office, by: Actor, wanted: PeopleList) -> PeopleFile:
    staff.must_be_command(office, by, wanted.council, _BY_COMMAND)
    procedure = office.council(wanted.council).procedure
    posts = post_titles(procedure)
    titles: Titles = {}
    if wanted.titles is not None:
        rows = read_rows(wanted.titles.content, wanted.titles.name)
        titles = read_titles(rows, posts, wanted.titles.name)
    rows = read_rows(wanted.people.content, wanted.people.name)
    read = read_people(rows, posts, titles, wanted.people.name)
    faults = [fault for line in read.lines for fault in _faults(office, wanted.council, line)]
    wrong = {one.line for one in faults}
    lines = tuple(one for one in read.lines if one.line not in wrong)
    return PeopleFile(lines, (*read.faults, *faults))


def _faults(office: Office, council: str, line: PersonLine) -> list[LineFault]:
    """By the same rules as one person entered by hand."""
    found = staff.faults_of(line.name, line.mail)
    if line.post:
        days = (line.since or min(filter(None, (office.today, line.until))), line.until)
        found |= post_holders.faults_of(office, PostGiven(council, line.post, line.team, *days))
    return [LineFault(line.line, sentence, line.mail) for sentence in found.values()]


def _compared(office: Office, tx: Tx, wanted: PeopleList, read: PeopleFile) -> PeopleCompared:
    held = directory.holdings_of(tx, wanted.council)
    everybody = known(office, tx, wanted.council, held)
    found = differences(
        PeopleFile(_spelled(read.lines, held), read.faults),
        everybody,
        office.today,
        staff.new_id,
        leavers=wanted.with_leavers,
    )
    unfinished = {one.id: directory.unfinished(tx, one.id) for one in found.absent}
    empty = _emptied(office, [one for who in everybody for one in who.posts], found.planned)
    titles = (PostGiven(wanted.council, post, team) for post, team in empty)
    return PeopleCompared(
        found, unfinished, tuple(post_holders.title(office, one) for one in titles)
    )


def _spelled(lines: tuple[PersonLine, ...], held: tuple[HeldPost, ...]) -> tuple[PersonLine, ...]:
    """One team has one spelling: that of whoever was entered for it first."""
    spelling: dict[str, str] = {}
    for team in (*(one.team for one in held), *(one.team for one in lines)):
        spelling.setdefault(team.casefold(), team)
    return tuple(replace(one, team=spelling[one.team.casefold()]) for one in lines)


def _emptied(
    office: Office, held: list[HeldPost], planned: tuple[Planned, ...]
) -> tuple[tuple[str, str], ...]:
    """The posts that somebody holds today, and nobody would."""
    today = office.today
    now = [one for one in held if one.on(today)]
    left = {one.what.person for one in planned if one.what.change is DirectoryChange.LEFT}
    over = {one.held.id for one in planned if one.held and _is_over(one.what, office)}
    stay = {(one.post, one.team) for one in now if one.person_id not in left and one.id not in over}
    given = {
        (one.what.post, one.what.team)
        for one in planned
        if one.what.change is DirectoryChange.POST_GIVEN
        and one.what.since
        and one.what.since <= today
    }
    return tuple(sorted({(one.post, one.team) for one in now} - stay - given))


def _is_over(what: DirectoryChanged, office: Office) -> bool:
    return what.until is not None and what.until < office.today
