"""Many changes to a directory at once, which take two people: asked for by one, and made by another, or refused."""

import hashlib
import json
import logging
from dataclasses import asdict
from itertools import chain

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.rows import tried
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.actors import who_may_run
from practice_alerts.casework.directory import directory_acts, post_holders, staff
from practice_alerts.casework.directory.directory_acts import tell_of_many
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    OneOfMany,
    entries,
)
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, OfficeAct
from practice_alerts.domain.directory.people_difference import DirectoryMember, Planned
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.errors import NotPossible
from practice_alerts.office import Office

_log = logging.getLogger(__name__)
_SIGNS_OUT = frozenset(
    {DirectoryChange.LEFT, DirectoryChange.READDRESSED, DirectoryChange.ACCOUNT_UNLINKED}
)


def ask_or_write(
    office: Office, tx: Tx, by: Actor, council: str, planned: tuple[Planned, ...], *, what: str
) -> str:
    """Let somebody else confirm these changes: the mark by which they know them.

    Asked for twice they wait once. Where nobody here may confirm anything yet they are made at once, and nothing is
    given. Raises NotPossible for what could not be made.
    """
    if not planned:
        return ""
    if not who_may_run(office, tx, council, OfficeAct.CONFIRM):
        _log.warning(
            "%s: %s changes by %s were made by one person, because nobody of %s may confirm any yet",
            *(what, len(planned), by.name, council),
        )
        write_all(office, tx, by, council, planned)
        return ""
    many = tuple(
        OneOfMany(what=one.what, held=one.held.id if one.held else None) for one in planned
    )
    mark = _mark(office, tx, council, many)
    with tried(tx):
        write_all(office, tx, by, council, planned)
    if mark not in {one.what.after for one in entries(kept.happened(tx, council)) if one.waits}:
        asked = DirectoryChanged(
            change=DirectoryChange.MANY, person="", name=what, many=many, after=mark, waits=True
        )
        directory_acts.record(office, tx, by, (council,), asked)
    return mark


def make(office: Office, tx: Tx, by: Actor, council: str, entry: DirectoryEntry) -> None:
    """What one has asked for, confirmed by another. Raises NotPossible where the directory is another by now."""
    what = entry.what
    if _mark(office, tx, council, what.many) != what.after:
        raise NotPossible(
            "The directory, or the day, is another than when these changes were asked for, so they would no"
            " longer be those that were looked at. Refuse them, and have the command run again."
        )
    posts = {one.what.post for one in what.many}
    directory_acts.must_be_unchallenged(office, tx, by, council, posts)
    held = {one.id: one for one in directory.holdings_of(tx, council)}
    planned = tuple(
        Planned(one.what, held[one.held] if one.held is not None else None) for one in what.many
    )
    both = Actor("", f"{what.by}, confirmed by {by.name}", COMMAND_LINE.council, COMMAND_LINE.posts)
    write_all(office, tx, both, council, planned)


def _mark(office: Office, tx: Tx, council: str, many: tuple[OneOfMany, ...]) -> str:
    """Of these very changes to the directory as it is today: each of them, everybody, every post, the day."""
    held = directory.holdings_of(tx, council)
    found = (
        office.today.isoformat(),
        council,
        [one.model_dump(mode="json", exclude={"what": {"person"}}) for one in many],
        [asdict(one) for one in known(office, tx, council, held)],
    )
    return hashlib.sha256(json.dumps(found, default=str).encode()).hexdigest()[:16]


def known(
    office: Office, tx: Tx, council: str, held: tuple[HeldPost, ...]
) -> tuple[DirectoryMember, ...]:
    """Everybody, of every council: an address is somebody's wherever they work."""
    posts: dict[str, tuple[HeldPost, ...]] = {}
    for one in held:
        posts[one.person_id] = (*posts.get(one.person_id, ()), one)
    elsewhere = directory.held_elsewhere(tx, council, office.today)
    return tuple(
        DirectoryMember(one.id, one.name, one.mail, posts.get(one.id, ()), one.id in elsewhere)
        for one in directory.everybody(tx)
    )


def write_all(
    office: Office, tx: Tx, by: Actor, council: str, planned: tuple[Planned, ...]
) -> None:
    """They have been looked at, and two people want them, or nobody else is there."""
    for one in planned:
        write_one(office, tx, by, council, one, is_confirmed=True)
    other_mail = [one for one in planned if one.what.change is DirectoryChange.READDRESSED]
    if other_mail:
        councils = (_councils(office, tx, council, one) for one in other_mail)
        tell_of_many(office, tx, sorted({*chain.from_iterable(councils)}))


def sign_out(office: Office, changes: tuple[DirectoryChanged, ...]) -> None:
    """Whoever has left, reads their e-mail elsewhere now, or has another account."""
    for what in changes:
        if what.change in _SIGNS_OUT:
            office.sign_in.revoke_person(what.person)


def _councils(office: Office, tx: Tx, council: str, one: Planned) -> tuple[str, ...]:
    """In whose directories another address is kept."""
    return tuple(sorted({council, *directory.councils_of(tx, one.what.person, office.today)}))


def write_one(
    office: Office, tx: Tx, by: Actor, council: str, one: Planned, *, is_confirmed: bool = False
) -> None:
    """It has been looked at; what it takes a second person for waits, unless one has confirmed it."""
    what = one.what
    councils: tuple[str, ...] = (council,)
    if what.change is DirectoryChange.ENTERED:
        new = DirectoryPerson(what.person, what.name, what.after, office.settings.sample)
        staff.write_entered(office, tx, by, council, new)
        return
    person = directory.person(tx, what.person)
    if person is None:
        raise LookupError(what.person)
    if what.change is DirectoryChange.RENAMED:
        staff.write_renamed(office, tx, by, person, what.after, councils=councils)
    elif what.change is DirectoryChange.READDRESSED:
        councils = _councils(office, tx, council, one)
        staff.write_readdressed(
            office, tx, by, person, what, councils=councils, is_one_of_many=True
        )
    elif what.change is DirectoryChange.LEFT:
        staff.write_left(office, tx, by, person, councils=councils)
    elif one.held is not None and what.until is not None:
        post_holders.write_ended(office, tx, by, one.held, what.until)
    else:
        post = PostGiven(council, what.post, what.team, what.since, what.until)
        post_holders.write_given(office, tx, by, person, post, is_confirmed=is_confirmed)
