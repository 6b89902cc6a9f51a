"""What is done to the directory, as events: who changed what about whom, when and why; and what awaits a second person.

They stand in the chain of all events, beside what happens to alerts, and are never changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from practice_alerts.domain.alert.destroyed import (
    AlsoIn,
    DestroyedRecord,
    RecordsDestroyed,
    TakenOut,
)
from practice_alerts.domain.definition import Definition, Said
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.disclosure.disclosed import DisclosureEvent
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.seeing.interests import Interest, InterestDeclared, InterestEnded
from practice_alerts.domain.seeing.security_entries import EntriesRemoved


class DirectoryChange(Said):
    """What can be changed. The words name it to the person concerned, after "in the directory:"."""

    ENTERED = "entered", "you are entered as somebody who works here"
    RENAMED = "renamed", "another name for you"
    READDRESSED = "readdressed", "another mail address for you"
    LEFT = "left", "you have left"
    POST_GIVEN = "post_given", "a post for you"
    POST_ENDED = "post_ended", "the last day of a post of yours"
    COVER_SET = "cover_set", "who stands in for you"
    COVER_ENDED = "cover_ended", "until when somebody stands in for you"
    MANY = "many", "several things, with those of others"
    DUTY_SET = "duty_set", "when you are on duty for the reviewing service"
    DUTY_ENDED = "duty_ended", "until when you are on duty for the reviewing service"
    SIGNED_OUT = "signed_out", "you are signed out everywhere"
    TOKEN_MADE = "token_made", "what another system may say of who works here"
    TOKEN_REVOKED = "token_revoked", "that another system may say it no longer"
    ACCOUNT_LINKED = "account_linked", "an account of your council signs you in from now on"
    ACCOUNT_UNLINKED = "account_unlinked", "no account of your council signs you in any more"
    LINK_GIVEN = "link_given", "a command has made a link that signs in as you"
    INTEREST_DECLARED = "interest_declared", "that you have an interest in a child"
    INTEREST_WITHDRAWN = "interest_withdrawn", "that you have no interest in a child any more"

    DESTRUCTION = "destruction", "that records are destroyed"
    REDACTION = "redaction", "that something is taken out of an alert"
    APART = "apart", "which records are locked apart"

    @property
    def words_for_stand_in(self) -> str:
        return _FOR_STAND_IN.get(self, self.words)


_FOR_STAND_IN = {
    DirectoryChange.COVER_SET: "for whom you stand in",
    DirectoryChange.COVER_ENDED: "until when you stand in for somebody",
}


class DirectoryChanged(Definition):
    """One change, made at once or awaiting a second person."""

    kind: Literal["directory_changed"] = "directory_changed"
    change: DirectoryChange
    person: str
    """Whom it is about, by id."""
    name: str
    """As the person was called then."""
    stand_in: str = ""
    """Who stands in, by id."""
    stand_in_name: str = ""
    post: str = ""
    team: str = ""
    since: date | None = None
    until: date | None = None
    before: str = ""
    """The name or the address before."""
    after: str = ""
    reason: str = ""
    by: str = ""
    """Who ran the command, where it was one; which system, where it was that."""
    by_system: bool = False
    """Said by a council's own system."""
    token: str = ""
    """By which token of its own that system came in, as it is called where it was made."""
    waits: bool = False
    """Nothing of it holds before somebody else has confirmed it."""
    alone: bool = False
    """It would have taken two people, and nobody else of the council could confirm it yet."""
    interest: int | None = None
    """The number of the interest in a child that is withdrawn."""
    records: tuple[DestroyedRecord, ...] = ()
    """The alerts that are to be destroyed or locked apart, or the one out of which something is to be taken.

    Of those locked apart `after` is what is said of them, and `since` the day of the adoption.
    """
    taken: tuple[TakenOut, ...] = ()
    """What is to be taken out: where it stands, and nothing of what it says."""
    also: tuple[AlsoIn, ...] = ()
    """Where else the same stood then."""
    many: tuple["OneOfMany", ...] = ()
    """What many changes at once consist of; `name` is then the command, and `after` the mark of them all."""

    def about(self) -> frozenset[str]:
        """The ids of everybody whom it is about; that all of a council move to one mail domain is about nobody."""
        each = (one.what.about() for one in self.many if not _is_other_domain(one.what))
        return frozenset({self.person, self.stand_in} - {""}).union(*each)


def _is_other_domain(what: DirectoryChanged) -> bool:
    same = what.before.rpartition("@")[0] == what.after.rpartition("@")[0]
    return what.change is DirectoryChange.READDRESSED and same


class OneOfMany(Definition):
    """One of many changes at once; `held` is the number of the post that it ends."""

    what: DirectoryChanged
    held: int | None = None


def post_ended(held: HeldPost, last_day: date | None, reason: str = "") -> DirectoryChanged:
    """That this day is the last of somebody in a post."""
    return DirectoryChanged(
        change=DirectoryChange.POST_ENDED,
        person=held.person_id,
        name=held.name,
        post=held.post,
        team=held.team,
        since=held.since,
        until=last_day,
        reason=reason,
    )


CHANGED = str(DirectoryChanged.model_fields["kind"].default)


class DirectoryConfirmed(Definition):
    """A second person has confirmed a change."""

    kind: Literal["directory_confirmed"] = "directory_confirmed"
    number: int
    """That of the event that asked for it."""


class DirectoryRefused(Definition):
    """A change that waited is not made."""

    kind: Literal["directory_refused"] = "directory_refused"
    number: int
    reason: str = ""


class AuditSampleDrawn(Definition):
    """Alerts drawn at random for somebody to read for an audit, until a day."""

    kind: Literal["audit_sample_drawn"] = "audit_sample_drawn"
    person: str
    """Who drew it and reads it, by id."""
    name: str
    """As they were called then."""
    reason: str
    since: date
    until: date
    """The last day."""
    seed: str
    """Decided by chance when it was drawn, and which alerts by it (`audit_samples.draw`)."""
    among: int
    """Of how many it was drawn."""
    drawn: tuple[str, ...]
    """References."""


class IssuedTable(Definition):
    """One table of a report as it was issued: each row with what it is called first, then its cells by key."""

    measure: str
    """By its name."""
    definition: str
    """A digest of what the measure counted then, and how."""
    heads: dict[str, str]
    rows: tuple[tuple[str, dict[str, str]], ...]
    keys: tuple[str, ...] = ()
    """What each row is called in full, by which it is found in another year; none in what was issued earlier."""
    published: bool = False
    """Is this what was printed, rounded, and not what was counted?"""


class FiguresIssued(Definition):
    """The figures of a report, frozen: whatever is recorded or corrected later changes none of them."""

    kind: Literal["figures_issued"] = "figures_issued"
    report: str
    since: date
    until: date
    """The last day."""
    edition: str
    """The digest of the rules in force, and their version as printed."""
    edition_version: str
    calendar: str
    """The version of the calendar by which working days were counted."""
    event: int
    """How far the chain of events had been counted, and the hash of its last event."""
    head: str
    round_to: int = 0
    share_base: int = 0
    """By which thresholds it was rounded; 0 where nothing was."""
    tables: tuple[IssuedTable, ...]
    left_out: tuple[str, ...] = ()


class BesideDone(Said):
    """What is done to the words beside the figures of a report. The words follow a name."""

    WRITTEN = "written", "wrote what stands here"
    TAKEN_OUT = "taken_out", "took out what stood here"
    PUBLISHED = "published", "read it and let it be published"
    PUT_DOWN = "put_down", "put down an action"
    CHANGED = "changed", "changed an action"


class WordsBesideDone(Definition):
    """Somebody wrote beside the figures of a report, or took out what stood there: where, and nothing of what it says."""

    kind: Literal["words_beside_done"] = "words_beside_done"
    did: BesideDone
    report: str
    since: date
    until: date
    """The last day."""
    place: str = ""
    """Beside which section; empty of an action."""
    action: int = 0
    """The number of the action; 0 of a text."""


DirectoryEvent = (
    DirectoryChanged
    | DirectoryConfirmed
    | DirectoryRefused
    | AuditSampleDrawn
    | InterestDeclared
    | InterestEnded
    | DisclosureEvent
    | RecordsDestroyed
    | FiguresIssued
    | WordsBesideDone
    | EntriesRemoved
)
_EVENT: TypeAdapter[DirectoryEvent] = TypeAdapter(
    Annotated[DirectoryEvent, Field(discriminator="kind")]
)


def read_directory_event(kind: str, payload: dict[str, Any]) -> DirectoryEvent:
    return _EVENT.validate_python({**payload, "kind": kind})


@dataclass(frozen=True, slots=True)
class DirectoryHappened:
    """An event in its place, by whom (an id); `what` is None once its text has been destroyed."""

    number: int
    at: datetime
    by: str
    what: DirectoryEvent | None


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One change with what became of it."""

    number: int
    at: datetime
    by: str
    what: DirectoryChanged
    ended: DirectoryHappened | None = None
    """The event that confirmed or refused it."""

    @property
    def waits(self) -> bool:
        return self.what.waits and self.ended is None

    @property
    def is_made(self) -> bool:
        """Does it hold?"""
        confirmed = self.ended is not None and isinstance(self.ended.what, DirectoryConfirmed)
        return confirmed or not self.what.waits

    def concerns(self, person_id: str) -> bool:
        return person_id in self.what.about()


def entries(happened: Iterable[DirectoryHappened]) -> tuple[DirectoryEntry, ...]:
    """Every change, the earliest first, each with what became of it."""
    every = tuple(happened)
    ended = {
        one.what.number: one
        for one in every
        if isinstance(one.what, DirectoryConfirmed | DirectoryRefused)
    }
    return tuple(
        DirectoryEntry(one.number, one.at, one.by, one.what, ended.get(one.number))
        for one in every
        if isinstance(one.what, DirectoryChanged)
    )


def interests(
    declared: Iterable[DirectoryHappened], ended: Iterable[DirectoryHappened]
) -> tuple[Interest, ...]:
    """Those that hold, the earliest first."""
    over = {one.what.number for one in ended if isinstance(one.what, InterestEnded)}
    return tuple(
        Interest(one.number, one.at, one.by, one.what)
        for one in declared
        if isinstance(one.what, InterestDeclared) and not one.what.waits and one.number not in over
    )


OF_RECORDS = frozenset(
    {DirectoryChange.DESTRUCTION, DirectoryChange.REDACTION, DirectoryChange.APART}
)
"""What is done to records, and stands on the page of records."""

_FOR_TWO = frozenset(
    {
        *(DirectoryChange.READDRESSED, DirectoryChange.MANY, DirectoryChange.TOKEN_MADE),
        *(
            DirectoryChange.ACCOUNT_LINKED,
            DirectoryChange.ACCOUNT_UNLINKED,
            DirectoryChange.LINK_GIVEN,
        ),
        DirectoryChange.INTEREST_WITHDRAWN,
        *OF_RECORDS,
    }
)


def needs_second(change: DirectoryChange, post: str = "") -> bool:
    """Is it for two people? Where e-mails go, what signs in, who runs the office, what shuts nobody out any more, many changes at once."""
    return change in _FOR_TWO or (change is DirectoryChange.POST_GIVEN and post in OFFICE_POSTS)
