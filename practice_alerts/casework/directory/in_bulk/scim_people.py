"""What a council's own system says of who works there, taken over: at once, or for a second person to confirm."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, scim_records
from practice_alerts.adapters.store.office.scim_records import ScimRecord, ScimToken
from practice_alerts.casework.core.actors import titles
from practice_alerts.casework.directory import directory_acts, post_holders, staff
from practice_alerts.casework.directory.in_bulk import ended_by_hand, many_at_once
from practice_alerts.casework.directory.in_bulk.many_at_once import write_one
from practice_alerts.casework.directory.in_bulk.scim_tokens import called, titles_of
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    DirectoryRefused,
    entries,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, another_system, must_run
from practice_alerts.domain.directory.people_difference import (
    DirectoryMember,
    Planned,
    differences,
    leaving,
)
from practice_alerts.domain.directory.people_file import PeopleFile, TitledPost
from practice_alerts.domain.directory.scim_person import ScimPerson
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.errors import Expected, NotFound
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.office import Office

_ANOTHERS = "This address is somebody else's already, or cannot be entered from here."
"""Whose it is, and whether under another name, is not for a program to learn."""


class ScimConflict(Expected):
    """Another record has the name, or another person the address."""


class ScimBadValue(Expected):
    """A value that nobody can have."""


@dataclass(frozen=True, slots=True)
class ScimSaid:
    """What the other system says of somebody, and how it said it, for it to read again."""

    person: ScimPerson
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Where the other system has come in: with which token, and within which transaction.

    `gone` hears whom to sign out once that is over.
    """

    office: Office
    tx: Tx
    token: ScimToken
    gone: Callable[[str], object] = lambda _: None

    @property
    def council(self) -> str:
        return self.token.council

    @property
    def by(self) -> Actor:
        name = self.office.council(self.council).procedure.council
        return another_system(self.council, f"SCIM of {name}", called(self.token))


def find(at: Door, record_id: str) -> ScimRecord:
    """Raises NotFound, for another council's too."""
    found = scim_records.record(at.tx, at.council, record_id)
    if found is None:
        raise NotFound("person of that id")
    return found


def create(at: Door, said: ScimSaid) -> ScimRecord:
    """Raises ScimConflict, ScimBadValue, NotPossible."""
    now, new_id = at.office.now(), secrets.token_hex(12)
    return change(at, ScimRecord(new_id, at.council, None, "", None, {}, "", "", now, now), said)


def change(at: Door, was: ScimRecord, said: ScimSaid) -> ScimRecord:
    """Whatever it says now. Raises ScimConflict, ScimBadValue, NotPossible."""
    must_run(at.by, OfficeAct.KEEP_DIRECTORY, at.council)
    staff.must_not_be_sample(at.office, at.tx)
    who = said.person
    _must_be_one(at, was, who)
    now = replace(
        was,
        user_key=who.user_key,
        external_id=who.external_id or None,
        body=dict(said.body),
        changed_at=at.office.now(),
    )
    if who.active:
        now = _kept(at, now, _wanted(at, was, who), who)
    else:
        _let_go(at, was)
        now = replace(now, person_id=None, post="", team="")
    scim_records.put(at.tx, now)
    return now


def remove(at: Door, was: ScimRecord) -> None:
    """They have left, and nothing is kept of what the other system said. Raises NotPossible."""
    must_run(at.by, OfficeAct.KEEP_DIRECTORY, at.council)
    _let_go(at, was)
    scim_records.remove(at.tx, was.id)


def _must_be_one(at: Door, was: ScimRecord, who: ScimPerson) -> None:
    same = scim_records.records_of(at.tx, at.council, user_key=who.user_key)
    if any(one.id != was.id for one in same):
        raise ScimConflict(f"Somebody with the userName {who.user_name} is here already.")


def _wanted(at: Door, was: ScimRecord, who: ScimPerson) -> TitledPost:
    """The post by the job title. A title that nobody knows changes nothing."""
    found = who.post(titles(at.office.council(at.council).procedure), titles_of(at.token))
    if found is None or not found.post:
        return found or TitledPost(was.post, was.team)
    post = PostGiven(at.council, found.post, found.team, at.office.today, who.until)
    is_over = who.until is not None and who.until < at.office.today
    faults = {} if is_over else post_holders.faults_of(at.office, post)
    if faults:
        raise ScimBadValue(" ".join(faults.values()))
    held = directory.holdings_of(at.tx, at.council)
    return TitledPost(found.post, post_holders.as_spelled(found.team, held))


def _kept(at: Door, now: ScimRecord, post: TitledPost, who: ScimPerson) -> ScimRecord:
    """Entered, renamed, at another address, in another post: whatever stands otherwise."""
    everybody = _everybody(at, now, post)
    known = next((one for one in everybody if one.id == now.person_id), None)
    faults = staff.faults_of(who.name, who.mail)
    if faults and (known or post.post):  # of whoever is in no directory anything may be said
        raise ScimBadValue(" ".join(faults.values()))
    line = who.line(post, known.id if known else "")
    found = differences(PeopleFile((line,), ()), everybody, at.office.today, staff.new_id)
    if found.faults:
        raise ScimConflict(_ANOTHERS)
    person_id = known.id if known else _who_it_is(everybody, who, found.planned)
    planned = found.planned
    if not known and now.person_id is not None and _is_new(planned):
        return replace(
            now, post=post.post, team=post.team
        )  # let go by hand, and said to work here still
    if person_id is not None:
        _must_be_once(at, now, person_id)
        _write(at, person_id, ended_by_hand.without(at.tx, now, post, planned))
    return replace(now, person_id=person_id, post=post.post, team=post.team)


def _who_it_is(
    everybody: tuple[DirectoryMember, ...], who: ScimPerson, planned: tuple[Planned, ...]
) -> str | None:
    """Whoever is to be entered, or was here already at that address; None: somebody without a post, who is neither."""
    new = [one.what.person for one in planned if _is_new((one,))]
    mail = who.mail.lower()
    here = [one.id for one in everybody if one.is_ours and one.mail.lower() == mail]
    return next(iter([*new, *here]), None)


def _is_new(planned: tuple[Planned, ...]) -> bool:
    return any(one.what.change is DirectoryChange.ENTERED for one in planned)


def _must_be_once(at: Door, now: ScimRecord, person_id: str) -> None:
    every = scim_records.linked(at.tx, at.council).items()
    if any(whose == person_id and one != now.id for one, whose in every):
        raise ScimConflict("Somebody of another userName has this address already.")


def _everybody(at: Door, now: ScimRecord, post: TitledPost) -> tuple[DirectoryMember, ...]:
    """With those posts of each alone that this job title has given or gives: no other is touched."""
    theirs = {(now.post, now.team.casefold()), (post.post, post.team.casefold())}
    held = directory.holdings_of(at.tx, at.council)
    linked = {*scim_records.linked(at.tx, at.council).values()}

    def seen(one: DirectoryMember) -> DirectoryMember:
        is_here = bool(one.posts) or one.id in linked
        posts = tuple(each for each in one.posts if (each.post, each.team.casefold()) in theirs)
        return replace(one, posts=posts, is_known_here=is_here)

    return tuple(seen(one) for one in many_at_once.known(at.office, at.tx, at.council, held))


def _write(at: Door, person_id: str, planned: tuple[Planned, ...]) -> None:
    """What waits already is not asked for again; what is wanted no longer waits no more."""
    waiting = tuple(_asked(at, person_id))
    wanted, asked = ({_key(one.what) for one in each} for each in (planned, waiting))
    for entry in waiting:
        if _key(entry.what) not in wanted:
            _take_back(at, entry)
    for one in planned:
        if _key(one.what) not in asked:
            _write_or_ask(at, one)


def _write_or_ask(at: Door, one: Planned, held: tuple[HeldPost, ...] = ()) -> None:
    """What it takes two people to give, it takes two to end: a token alone takes nobody out who runs the office.

    They are signed out meanwhile; a council's own accounts let nobody in again whom the council has let go.
    """
    ends = held if one.what.change is DirectoryChange.LEFT else tuple(filter(None, (one.held,)))
    if any(each.post in OFFICE_POSTS for each in ends):
        asked = one.what.model_copy(update={"waits": True})
        directory_acts.record(at.office, at.tx, at.by, (at.council,), asked)
    else:
        write_one(at.office, at.tx, at.by, at.council, one)


def _asked(at: Door, person_id: str) -> Iterator[DirectoryEntry]:
    """What the other system has asked for and waits for a second person."""
    for one in entries(kept.happened(at.tx, at.council)):
        if one.waits and one.what.by_system and one.what.person == person_id:
            yield one


def _key(what: DirectoryChanged) -> tuple[object, ...]:
    """By what a wish is the same as one that waits: not by the day on which it is said."""
    return what.change, what.post, what.team.casefold(), what.after, what.until


def _take_back(at: Door, entry: DirectoryEntry) -> None:
    refused = DirectoryRefused(number=entry.number, reason=f"{at.by.name} asks for it no longer.")
    directory_acts.add(at.office, at.tx, at.by, at.council, refused)


def _let_go(at: Door, was: ScimRecord) -> None:
    """They leave; of whoever works for another council too the posts of this one end."""
    held = directory.holdings_of(at.tx, at.council)
    every = many_at_once.known(at.office, at.tx, at.council, held)
    member = next((one for one in every if one.id == was.person_id), None)
    if member is None:
        return
    for entry in _asked(at, member.id):
        _take_back(at, entry)
    for one in leaving(member, at.office.today):
        _write_or_ask(at, one, member.current(at.office.today))
    at.gone(member.id)
