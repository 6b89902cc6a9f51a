"""What was done to the directory, by whom, when and why; and confirming, or refusing, what takes two people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.core.shutting_out import known_to
from practice_alerts.casework.directory import (
    declare_interest,
    directory_acts,
    post_holders,
    staff,
)
from practice_alerts.casework.directory.in_bulk import many_at_once
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.waiting import asked_by, carry_out
from practice_alerts.casework.records import destroying, reasons
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import KeptSaid, taken_in_words
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import (
    OF_RECORDS,
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
    with writing_as(office, by) as tx:
        found = _waiting(tx, council, number)
        must_run(by, act_to_confirm(found.what.change), council)
        _must_be_a_second(office, tx, by, council, found)
        old_mail = carry_out.carry_out(office, tx, by, council, found, seen=seen)
        what = found.what
        directory_acts.add(office, tx, by, council, DirectoryConfirmed(number=number))
        done = what.model_copy(update={"waits": False})
        directory_acts.tell(office, tx, done, but_for=by.id, old_mail=old_mail)
    destroying.forget(office)
    many_at_once.sign_out(office, (what, *(one.what for one in what.many)))
    return found


def refuse(
    office: Office,
    by: Actor,
    council: str,
    number: int,
    *,
    reason: str = "",
    names_nobody: bool = False,
) -> DirectoryEntry:
    """It is not made. Whoever asked for it may take it back too. Raises NotYours, NotFound, NotPossible, BadAnswers."""
    must_confirm_some(by, council)
    with writing_as(office, by) as tx:
        found = _waiting(tx, council, number)
        if found.by != by.id:
            must_run(by, act_to_confirm(found.what.change), council)
            if not known_to(office, tx, by, (found,)):
                raise NotFound("change that waits to be confirmed")
            _must_be_for_others(found, by)
            carry_out.must_be_for(office, tx, by, council, found.what)
        if reason.strip() and found.what.change in OF_RECORDS:
            reasons.must_name_nobody(office, reason, names_nobody=names_nobody)
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


def _must_be_a_second(
    office: Office, tx: Tx, by: Actor, council: str, found: DirectoryEntry
) -> None:
    if not by.id:
        raise NotPossible(
            "A person has to confirm it: an administrator or the IRO manager, on the page “Directory”."
        )
    asked_by.must_be_another(office, tx, by, council, found)
    _must_be_for_others(found, by)


def _must_be_for_others(found: DirectoryEntry, by: Actor) -> None:
    """What is said of somebody they neither confirm nor keep from holding."""
    if found.concerns(by.id):
        raise NotPossible(
            "This change is about you, so somebody else has to confirm it or refuse it."
        )
