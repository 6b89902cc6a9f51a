"""What was done to the directory, by whom, when and why; and confirming, or refusing, what takes two people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.shutting_out import known_to
from practice_alerts.casework.directory import (
    declare_interest,
    directory_acts,
    post_holders,
    record_keeping,
    redaction,
    staff,
)
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.declare_interest import Looked
from practice_alerts.casework.directory.in_bulk import many_at_once
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.casework.records import destroying
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import KeptSaid, taken_in_words
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryConfirmed,
    DirectoryEntry,
    DirectoryRefused,
    entries,
)
from practice_alerts.domain.directory.office_permissions import (
    DirectoryAct,
    OfficeAct,
    act_to_confirm,
    must_confirm_some,
    must_have_proved,
    must_run,
)
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.text import joined, plural, small
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class DirectoryRecord:
    """A council's entries, the latest first, and the names of whoever made or confirmed them, by id."""

    entries: tuple[DirectoryEntry, ...]
    names: Mapping[str, str]

    @property
    def waiting(self) -> tuple[DirectoryEntry, ...]:
        return tuple(one for one in self.entries if one.waits)

    def by(self, entry: DirectoryEntry) -> str:
        """Who made the entry; of a command, who ran it, and of another system, which."""
        if entry.what.by_system:
            return entry.what.by
        return f"{entry.what.by}, by a command" if entry.what.by else self.names.get(entry.by, "")

    def ended_by(self, entry: DirectoryEntry) -> str:
        return self.names.get(entry.ended.by, "") if entry.ended else ""


def said(office: Office, council: str, what: DirectoryChanged) -> str:
    """The change in words, for whoever keeps the directory and the person concerned."""
    post = PostGiven(council, what.post, what.team, what.since, what.until)
    title = post_holders.title(office, post) if what.post else ""
    return _SAID[what.change](what, title)


def each_said(office: Office, council: str, what: DirectoryChanged) -> tuple[str, ...]:
    """What many changes at once consist of, in words."""
    return tuple(said(office, council, one.what) for one in what.many)


def _days(what: DirectoryChanged) -> str:
    until = in_full(what.until) if what.until else "further notice"
    return f"from {in_full(what.since)} until {until}" if what.since else f"until {until}"


def _ended(what: DirectoryChanged) -> str:
    if what.since and what.until and what.until < what.since:
        return "taken back"
    return f"last day {in_full(what.until)}" if what.until else "ended"


_SAID: Mapping[DirectoryChange, Callable[[DirectoryChanged, str], str]] = complete(
    DirectoryChange,
    {
        DirectoryChange.ENTERED: lambda what, _: f"{what.name} is entered, {what.after}",
        DirectoryChange.RENAMED: lambda what, _: (
            f"{what.before} is called {what.after} from now on"
        ),
        DirectoryChange.READDRESSED: lambda what, _: (
            f"{what.name}: {what.after} in place of {what.before}"
        ),
        DirectoryChange.LEFT: lambda what, _: f"{what.name} has left",
        DirectoryChange.POST_GIVEN: lambda what, title: f"{what.name}: {title}, {_days(what)}",
        DirectoryChange.POST_ENDED: lambda what, title: f"{what.name}: {title}, {_ended(what)}",
        DirectoryChange.COVER_SET: (
            lambda what, _: f"{what.stand_in_name} stands in for {what.name}, {_days(what)}"
        ),
        DirectoryChange.COVER_ENDED: (
            lambda what, _: f"{what.stand_in_name} stands in for {what.name}: {_ended(what)}"
        ),
        DirectoryChange.TOKEN_MADE: lambda what, _: (
            f"{what.name} lets another system say who works here, {_days(what)}"
        ),
        DirectoryChange.TOKEN_REVOKED: lambda what, _: (
            f"{what.name} lets no other system in any more"
        ),
        DirectoryChange.MANY: lambda what, _: (
            f"{what.name}: {len(what.many):,} {plural(len(what.many), 'change')} at once, known as {what.after}"
        ),
        DirectoryChange.DUTY_SET: lambda what, _: f"{what.name} is on duty, {_days(what)}",
        DirectoryChange.DUTY_ENDED: lambda what, _: f"{what.name} is on duty: {_ended(what)}",
        DirectoryChange.SIGNED_OUT: lambda what, _: f"{what.name} is signed out everywhere",
        DirectoryChange.ACCOUNT_LINKED: (
            lambda what, _: f"{what.name} signs in with an account of {what.after}"
        ),
        DirectoryChange.ACCOUNT_UNLINKED: (
            lambda what, _: f"{what.name} signs in with no account of {what.before} any more"
        ),
        DirectoryChange.INTEREST_DECLARED: (
            lambda what, _: f"{what.name} has an interest in a child, and reads nothing about it"
        ),
        DirectoryChange.INTEREST_WITHDRAWN: (
            lambda what, _: (
                f"{what.name} has no more interest in a child that was declared"
                + (f" on {in_full(what.since)}" if what.since else "")
            )
        ),
        DirectoryChange.DESTRUCTION: lambda what, _: (
            f"{len(what.records):,} {plural(len(what.records), 'record')} to be destroyed, as their time has come"
        ),
        DirectoryChange.REDACTION: lambda what, _: (
            f"{joined([one.reference for one in what.records])}: {taken_in_words(what.taken)}, to be taken out"
        ),
        DirectoryChange.APART: lambda what, _: (
            f"{joined([one.reference for one in what.records])}:"
            f" {small(KeptSaid(what.after).words)}{f', {in_full(what.since)}' if what.since else ''}"
        ),
        DirectoryChange.LINK_GIVEN: (
            lambda what, _: f"{what.name}: a link to sign in, in spite of single sign-on"
        ),
    },
)


def look(office: Office, by: Actor, council: str) -> DirectoryRecord:
    """Everything that was done to a council's directory; to its records, for whoever sees to those. Raises NotYours."""
    must_run(by, OfficeAct.SEE_CHANGES, council)
    with office.database.reading() as tx:
        found = _record(tx, council, None)
        return replace(found, entries=known_to(office, tx, by, found.entries))


def of_person(office: Office, council: str, person_id: str) -> DirectoryRecord:
    """What was done there about one person, for themselves to read."""
    with office.database.reading() as tx:
        return _record(tx, council, person_id)


def _record(tx: Tx, council: str, about: str | None) -> DirectoryRecord:
    every = reversed(entries(kept.happened(tx, council)))
    found = tuple(one for one in every if about is None or one.concerns(about))
    ids = {one.by for one in found} | {one.ended.by for one in found if one.ended}
    return DirectoryRecord(found, directory.names(tx, ids))


def confirm(office: Office, by: Actor, council: str, number: int) -> DirectoryEntry:
    """Make what somebody else has asked for. Raises NotYours, ProveAgain, NotFound, NotPossible, BadAnswers."""
    must_confirm_some(by, council)
    must_have_proved(by, DirectoryAct.CONFIRM)
    seen = declare_interest.look_before(office, council, number)
    with office.database.writing() as tx:
        found = _waiting(tx, council, number)
        must_run(by, act_to_confirm(found.what.change), council)
        _must_be_a_second(tx, by, found)
        what, old_mail = found.what, _carry_out(office, tx, by, council, found, seen=seen)
        directory_acts.add(office, tx, by, council, DirectoryConfirmed(number=number))
        done = what.model_copy(update={"waits": False})
        directory_acts.tell(office, tx, done, but_for=by.id, old_mail=old_mail)
    destroying.forget(office)
    many_at_once.sign_out(office, (what, *(one.what for one in what.many)))
    return found


def _carry_out(
    office: Office, tx: Tx, by: Actor, council: str, found: DirectoryEntry, *, seen: Looked | None
) -> str:
    """The address that holds no longer, if it is about one."""
    _must_be_unchallenged(office, tx, by, council, what := found.what)
    directory_acts.must_still_keep(office, tx, by, found)
    if do := _OF_RECORDS.get(what.change):
        do(office, tx, by, found)
        return ""
    if what.many:
        many_at_once.make(office, tx, by, council, found)
        return ""
    return _make(_Made(office, tx, by, council, what, seen))


def _must_be_unchallenged(
    office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged
) -> None:
    """By the records it is about, or for the posts that it touches. Raises NotPossible."""
    if what.records:
        record_keeping.must_be_for(office, tx, by, what)
    each = (what, *(one.what for one in what.many))
    people = sorted(frozenset().union(*(one.about() for one in each)))
    about = (directory_acts.posts_about(office, tx, one) for one in people)
    posts = frozenset(one.post for one in each).union(*about)
    directory_acts.must_be_unchallenged(office, tx, by, council, posts)


_OF_RECORDS: Mapping[DirectoryChange, Callable[[Office, Tx, Actor, DirectoryEntry], None]] = {
    DirectoryChange.DESTRUCTION: record_keeping.destroy,
    DirectoryChange.APART: record_keeping.set_apart,
    DirectoryChange.REDACTION: redaction.carry_out,
}


def refuse(
    office: Office, by: Actor, council: str, number: int, *, reason: str = ""
) -> DirectoryEntry:
    """It is not made. Whoever asked for it may take it back too. Raises NotYours, NotFound, NotPossible."""
    must_confirm_some(by, council)
    with office.database.writing() as tx:
        found = _waiting(tx, council, number)
        if found.by != by.id:
            must_run(by, act_to_confirm(found.what.change), council)
            if not known_to(office, tx, by, (found,)):
                raise NotFound("change that waits to be confirmed")
            _must_be_for_others(found, by)
            _must_be_unchallenged(office, tx, by, council, found.what)
        refused = DirectoryRefused(number=number, reason=reason)
        directory_acts.add(office, tx, by, council, refused)
        _take_out_of_no_post(office, tx, by, council, found.what)
    return found


def _take_out_of_no_post(
    office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged
) -> None:
    """Whoever was entered for the post that is refused is nobody here, and may be entered anew."""
    given = what.change is DirectoryChange.POST_GIVEN and not what.by_system
    person = directory.person(tx, what.person)
    if not given or person is None or directory.posts_ever(tx, what.person):
        return
    waits = (one for one in entries(kept.happened(tx, council)) if one.waits)
    if not any(one.concerns(what.person) for one in waits):
        staff.write_left(office, tx, by, person, councils=(council,))


def _waiting(tx: Tx, council: str, number: int) -> DirectoryEntry:
    every = entries(kept.happened(tx, council))
    if (found := next((one for one in every if one.number == number and one.waits), None)) is None:
        raise NotFound("change that waits to be confirmed")
    return found


def _must_be_a_second(tx: Tx, by: Actor, found: DirectoryEntry) -> None:
    if not by.id:
        raise NotPossible(
            "A person has to confirm it: an administrator or the IRO manager, on the page “Directory”."
        )
    if by.id == found.by or _is_same_person(tx, by, found.what.by):
        asked = "these changes, so somebody else has to confirm them"
        one = "this change, so somebody else has to confirm it"
        raise NotPossible(f"You asked for {asked if found.what.many else one}.")
    _must_be_for_others(found, by)


def _must_be_for_others(found: DirectoryEntry, by: Actor) -> None:
    """What is said of somebody they neither confirm nor keep from holding."""
    if found.concerns(by.id):
        raise NotPossible(
            "This change is about you, so somebody else has to confirm it or refuse it."
        )


def _is_same_person(tx: Tx, who: Actor, name: str) -> bool:
    """Is it whoever ran the command under that name, address or id?"""
    found = directory.person(tx, who.id)
    known_as = (who.id, who.name, found.mail if found else "")
    return " ".join(name.split()).casefold() in {one.casefold() for one in known_as if one}


@dataclass(frozen=True, slots=True)
class _Made:
    """What is made, where, by whom; and what was looked at before the writing began."""

    office: Office
    tx: Tx
    by: Actor
    council: str
    what: DirectoryChanged
    seen: Looked | None


def _make(at: _Made) -> str:
    """Do it; the address that holds no longer, if it is about one."""
    what, person = at.what, directory.person(at.tx, at.what.person)
    if person is None or what.person not in {one.id for one in directory.everybody(at.tx)}:
        raise NotPossible(f"{what.name} has left. Refuse the change.")
    if what.change is DirectoryChange.READDRESSED:
        staff.set_mail(at.tx, at.by, person, what.after)
        return person.mail
    if do := _MADE.get(what.change):
        do(at, person)
        return ""
    post = PostGiven(at.council, what.post, what.team, what.since, what.until)
    post_holders.give(at.office, at.tx, person, post)
    return ""


def _set_cover(at: _Made, _: DirectoryPerson) -> None:
    what = at.what
    wanted = Cover(what.person, what.stand_in, what.since, what.until)
    absence_cover.must_decide(at.office, at.tx, at.by, what.person)
    found = absence_cover.checked(at.office, at.tx, at.by, wanted)
    absence_cover.write(at.office, at.tx, found)


_MADE: Mapping[DirectoryChange, Callable[[_Made, DirectoryPerson], object]] = {
    DirectoryChange.LEFT: lambda at, person: staff.let_go(at.office, at.tx, person),
    DirectoryChange.POST_ENDED: (
        lambda at, _: post_holders.end_as_asked(at.office, at.tx, at.council, at.what)
    ),
    DirectoryChange.INTEREST_WITHDRAWN: (
        lambda at, _: declare_interest.end(at.office, at.tx, at.by, at.council, at.what)
    ),
    DirectoryChange.INTEREST_DECLARED: (
        lambda at, _: declare_interest.hold(at.office, at.tx, at.by, at.what, at.seen)
    ),
    DirectoryChange.ACCOUNT_UNLINKED: (
        lambda at, person: single_sign_on.let_go(at.office, at.tx, at.council, person)
    ),
    DirectoryChange.COVER_SET: _set_cover,
}
"""Whatever is no post and no address."""
