"""Making what one person asked for, now that a second one confirms it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
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
from practice_alerts.casework.directory.waiting import asked_by
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
)
from practice_alerts.domain.errors import NotPossible
from practice_alerts.office import Office


def carry_out(
    office: Office, tx: Tx, by: Actor, council: str, found: DirectoryEntry, *, seen: Looked | None
) -> str:
    """By somebody who has made sure that they are a second person. The address that holds no longer, if it is about one.

    Raises NotYours, NotFound, NotPossible, BadAnswers.
    """
    must_be_for(office, tx, by, council, what := found.what)
    asked_by.must_still_ask(office, tx, council, found)
    directory_acts.must_still_keep(office, tx, by, found)
    if do := _OF_RECORDS.get(what.change):
        do(office, tx, by, found)
        return ""
    if what.many:
        many_at_once.make(office, tx, by, council, found)
        return ""
    return _make(_Made(office, tx, by, council, what, seen))


def must_be_for(office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged) -> None:
    """To confirm or refuse: by the records it is about, or for the posts that it touches. Raises NotPossible."""
    if what.records:
        record_keeping.must_be_for(office, tx, by, what)
    asked_by.must_be_unchallenged(office, tx, by, council, what)


_OF_RECORDS: Mapping[DirectoryChange, Callable[[Office, Tx, Actor, DirectoryEntry], None]] = {
    DirectoryChange.DESTRUCTION: record_keeping.destroy,
    DirectoryChange.APART: record_keeping.set_apart,
    DirectoryChange.REDACTION: redaction.carry_out,
}


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
