"""What stands otherwise in a list of people than in a council's directory, and what would change for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    post_ended,
)
from practice_alerts.domain.directory.people_file import (
    ANOTHER,
    LineFault,
    PeopleFile,
    PersonLine,
    mails_of,
)
from practice_alerts.domain.directory.post_differences import WantedPosts, posts_otherwise
from practice_alerts.domain.directory.vacancies import HeldPost

_DAY = timedelta(days=1)
ONE_IN = 4
"""More than this part of a council's people do not lose their last post without it being asked for apart."""


@dataclass(frozen=True, slots=True)
class DirectoryMember:
    """Somebody who has not left, with every post of this council that they have held, hold or are to hold."""

    id: str
    name: str
    mail: str
    posts: tuple[HeldPost, ...] = ()
    is_elsewhere: bool = False
    """Holds a post in another council, or is to hold one."""
    is_known_here: bool = False
    """Of this council, whatever posts they have had: one may wait to be confirmed."""

    @property
    def is_ours(self) -> bool:
        return bool(self.posts) or self.is_known_here

    def current(self, today: date) -> tuple[HeldPost, ...]:
        return tuple(one for one in self.posts if one.until is None or one.until >= today)


@dataclass(frozen=True, slots=True)
class Planned:
    """One change that would be made; `held` is the post that it ends."""

    what: DirectoryChanged
    held: HeldPost | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """`absent` are in the directory and not in the list; the changes are of them too where they are to leave."""

    planned: tuple[Planned, ...] = ()
    faults: tuple[LineFault, ...] = ()
    notes: tuple[LineFault, ...] = ()
    absent: tuple[DirectoryMember, ...] = ()
    unchanged: int = 0
    losing: int = 0
    """How many would be left without any post."""
    here: int = 0
    """How many hold one today or are to hold one."""

    @property
    def is_too_many(self) -> bool:
        return self.losing * ONE_IN > self.here


@dataclass(slots=True)
class _Found:
    """What is being put together."""

    today: date
    new_id: Callable[[], str]
    planned: list[Planned] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    notes: list[LineFault] = field(default_factory=list)
    unchanged: int = 0
    losing: int = 0

    def fault(self, line: PersonLine, sentence: str) -> None:
        self.faults.append(LineFault(line.line, sentence, line.mail))

    def note(self, line: PersonLine, sentence: str) -> None:
        self.notes.append(LineFault(line.line, sentence, line.mail))

    def whole(self, absent: tuple[DirectoryMember, ...], here: int) -> Differences:
        return Differences(
            tuple(self.planned),
            tuple(sorted(self.faults, key=lambda one: one.line)),
            tuple(sorted(self.notes, key=lambda one: one.line)),
            absent,
            self.unchanged,
            self.losing,
            here,
        )


@dataclass(slots=True)
class _Person:
    """The lines of one person, and who that is; None: somebody new."""

    known: DirectoryMember | None
    lines: list[PersonLine]

    @property
    def first(self) -> PersonLine:
        return self.lines[0]

    @property
    def key(self) -> str:
        return self.known.id if self.known else self.first.mail.lower()


def differences(
    read: PeopleFile,
    everybody: Sequence[DirectoryMember],
    today: date,
    new_id: Callable[[], str],
    *,
    leavers: bool = False,
) -> Differences:
    """Of everybody in the directory, whatever their council; those with posts here alone are of this one."""
    found = _Found(today, new_id, faults=list(read.faults))
    people = _people(read, everybody, found)
    named = {one.known.id for one in people if one.known}
    here = [one for one in everybody if one.current(today)]
    absent = tuple(one for one in here if one.id not in named)
    _must_not_meet(people, everybody, absent, found)
    at_fault = mails_of(found.faults)
    for one in people:
        if one.first.mail.lower() not in at_fault:
            _compare(one, found)
    if found.faults:
        absent = ()  # whom a line means that cannot be read, nobody knows
    for leaver in absent if leavers else ():
        found.losing += 1
        found.planned += leaving(leaver, today)
    return found.whole(absent, len(here))


def _people(read: PeopleFile, everybody: Sequence[DirectoryMember], found: _Found) -> list[_Person]:
    """The lines put together by person. What cannot be is a fault."""
    by_id = {one.id: one for one in everybody}
    by_mail: dict[str, list[DirectoryMember]] = {}
    for one in everybody:
        by_mail.setdefault(one.mail.lower(), []).append(one)
    people: dict[str, _Person] = {}
    for line in read.lines:
        is_named = line.id and line.id != ANOTHER
        holders = [by_id[line.id]] if line.id in by_id else by_mail.get(line.mail.lower(), [])
        if is_named and not (line.id in by_id and by_id[line.id].is_ours):
            found.fault(line, f"Nobody of this council has the id {line.id}.")
        elif len(holders) > 1:
            found.fault(line, f"Several people have the address {line.mail}: write the id of one.")
        elif holders and not holders[0].is_ours:
            found.fault(line, _outside(line.mail))
        elif holders and line.id == ANOTHER and holders[0].name != line.name:
            found.fault(line, f"{line.mail} is {holders[0].name}'s already.")
        else:
            this = _Person(holders[0] if holders else None, [line])
            _join(people.setdefault(this.key, this), line, found)
    return list(people.values())


def _outside(mail: str) -> str:
    return (
        f"{mail} is an address outside this council and cannot be entered from here. Write"
        " another, or give the post with practice-alerts people post."
    )


def _join(person: _Person, line: PersonLine, found: _Found) -> None:
    """A further line of somebody: one for each post."""
    first = person.first
    same = next((one for one in person.lines if one.what == line.what), None)
    if line is first:
        pass
    elif (line.name, line.mail.lower()) != (first.name, first.mail.lower()):
        found.fault(line, f"Line {first.line} has another name or address for this person.")
    elif same is None:
        person.lines.append(line)
    elif replace(same, line=line.line, team=line.team, mail=line.mail, id=line.id) == line:
        found.note(line, f"It repeats line {same.line}, and counts once.")
    else:
        found.fault(line, f"Line {same.line} has other days for the same post of this person.")


def _must_not_meet(
    people: Sequence[_Person],
    everybody: Sequence[DirectoryMember],
    absent: Sequence[DirectoryMember],
    found: _Found,
) -> None:
    """Nobody gets an address that somebody else has or keeps; nobody is entered twice under two addresses."""
    ours = {one.known.id: one for one in people if one.known}
    kept = {
        one.mail.lower(): one
        for one in everybody
        if one.id not in ours
        or one.is_elsewhere
        or ours[one.id].first.mail.lower() == one.mail.lower()
    }
    gone = {one.name.casefold(): one for one in absent}
    taken: dict[str, _Person] = {}
    for one in people:
        mail, first = one.first.mail.lower(), one.first
        holder, same = kept.get(mail), gone.get(first.name.casefold())
        if holder and (one.known is None or holder.id != one.known.id):
            whose = f"{first.mail} is {holder.name}'s already." if holder.is_ours else ""
            found.fault(first, whose or _outside(first.mail))
        elif mail in taken:
            found.fault(first, f"Line {taken[mail].first.line} gives the same address to another.")
        elif same and one.known is None and first.id != ANOTHER:
            found.fault(first, _perhaps(same))
        taken.setdefault(mail, one)


def _perhaps(same: DirectoryMember) -> str:
    return (
        f"{same.name} is in the directory with another address, {same.mail}. If this is the same"
        f" person, write {same.id} in a column id; if somebody else, write {ANOTHER}."
    )


def _compare(one: _Person, found: _Found) -> None:
    known, first, today = one.known, one.first, found.today
    held_before = bool(known and known.current(today))
    wanted = [line for line in one.lines if line.post and (not line.until or line.until >= today)]
    if known is None and not wanted:
        found.note(first, f"{first.name} holds no post here, and is not entered.")
        return
    count = len(found.planned)
    person = known.id if known else found.new_id()
    name = first.name if known is None or not known.is_elsewhere else known.name
    found.planned += map(Planned, _themself(one, person, found))
    those = WantedPosts(person, name, tuple(wanted), known.posts if known else ())
    posts = tuple(posts_otherwise(those, today))
    found.planned += (Planned(*each) for each in posts)
    for line in those.begun_before(today):
        found.note(line, f"{name} holds this post already; the later first day is left out.")
    found.unchanged += len(found.planned) == count
    found.losing += held_before and not wanted and not those.runs_office(today)


def _themself(one: _Person, person: str, found: _Found) -> Iterator[DirectoryChanged]:
    """Entered anew, or of another name or address."""
    known, first = one.known, one.first
    if known is None:
        yield DirectoryChanged(
            change=DirectoryChange.ENTERED, person=person, name=first.name, after=first.mail
        )
        return
    other_mail = first.mail.lower() != known.mail.lower()
    if known.is_elsewhere and (first.name != known.name or other_mail):
        found.note(
            first,
            f"{known.name} works for another council too, so name and address stay. Change them"
            " with practice-alerts people change.",
        )
        return
    pairs = (
        (DirectoryChange.RENAMED, known.name, first.name, known.name),
        (
            DirectoryChange.READDRESSED,
            known.mail,
            first.mail if other_mail else known.mail,
            first.name,
        ),
    )
    for change, before, after, name in pairs:
        if before != after:
            yield DirectoryChanged(
                change=change, person=person, name=name, before=before, after=after
            )


def leaving(one: DirectoryMember, today: date) -> Iterator[Planned]:
    """They leave; of whoever works for another council too, the posts of this one end."""
    if not one.is_elsewhere:
        yield Planned(DirectoryChanged(change=DirectoryChange.LEFT, person=one.id, name=one.name))
        return
    for held in one.current(today):
        yield Planned(post_ended(held, today - _DAY), held)
