"""What is done to a disclosure, as events beside what is done in the office, and what they add up to.

Kinds of their own, so that whom it is about stands in no entry that whoever keeps the directory reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol

from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.disclosure.requesters import AboutWhom, Mark, Requester


class PersonMeant(Definition):
    """Whom it is about: a child by number, or by name and date of birth; a member of staff by id."""

    about: AboutWhom
    case_number: str = ""
    child: str = ""
    born: date | None = None
    person: str = ""
    name: str = ""
    """Of the member of staff, as they were called then."""

    @property
    def called(self) -> str:
        return self.name or self.child or self.case_number


class DisclosureBegun(Definition):
    """Everything about somebody is to be handed out, as it stood at the end of a day."""

    kind: Literal["disclosure_begun"] = "disclosure_begun"
    requester: Requester
    meant: PersonMeant
    their_number: str
    """Under which the council keeps the request."""
    as_of: date
    parts: tuple[Part, ...]
    alerts: tuple[str, ...]
    """The ids of those that were found."""
    hidden: int = 0
    """How many more are restricted to others."""


class DisclosureMarked(Definition):
    """What is kept back in it from now on, and nothing else."""

    kind: Literal["disclosure_marked"] = "disclosure_marked"
    number: int
    """That of the event that began it."""
    marks: dict[str, Mark]
    """By the place of each piece."""


class ChainCertificate(Definition):
    """How far the chain of events went, and whether it was whole."""

    events: int
    head: str
    verified_at: datetime
    found: tuple[str, ...] = ()
    """What cannot be what the product wrote; empty where nothing was found."""


class DisclosureIssued(Definition):
    """A second person has looked at it and handed it out."""

    kind: Literal["disclosure_issued"] = "disclosure_issued"
    number: int
    certificate: ChainCertificate
    kept_back: int
    """How many pieces."""


class DisclosureDropped(Definition):
    """It is not made after all."""

    kind: Literal["disclosure_dropped"] = "disclosure_dropped"
    number: int
    reason: str


DisclosureEvent = DisclosureBegun | DisclosureMarked | DisclosureIssued | DisclosureDropped
KINDS = tuple(
    str(one.model_fields["kind"].default)
    for one in (DisclosureBegun, DisclosureMarked, DisclosureIssued, DisclosureDropped)
)


class InOffice(Protocol):
    """An event of the office in its place."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...
    @property
    def what(self) -> Definition | None: ...


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One, with where it stands."""

    number: int
    at: datetime
    by: str
    """Who began it, by id."""
    begun: DisclosureBegun
    marks: Mapping[str, Mark] | None = None
    """None: nobody has marked anything yet, and it is kept back what its row says."""
    marked_by: tuple[str, ...] = ()
    issued_at: datetime | None = None
    issued_by: str = ""
    issued: DisclosureIssued | None = None
    dropped: DisclosureDropped | None = None
    version: int = 0
    """The number of the last event that changed it."""

    @property
    def is_open(self) -> bool:
        return self.issued is None and self.dropped is None

    @property
    def prepared_by(self) -> frozenset[str]:
        """The ids of whoever began or marked it: none of them issues it."""
        return frozenset({self.by, *self.marked_by})


def disclosures(happened: Iterable[InOffice]) -> tuple[Disclosure, ...]:
    """Every one, the earliest first."""
    found: dict[int, Disclosure] = {}
    for one in happened:
        match one.what:
            case DisclosureBegun() as begun:
                new = Disclosure(one.number, one.at, one.by, begun, version=one.number)
                found[one.number] = new
            case DisclosureMarked(number=number, marks=marks) if number in found:
                by = (*found[number].marked_by, one.by)
                now = replace(found[number], marks=marks, marked_by=by, version=one.number)
                found[number] = now
            case DisclosureIssued(number=number) as issued if number in found:
                found[number] = replace(
                    found[number], issued=issued, issued_at=one.at, issued_by=one.by
                )
            case DisclosureDropped(number=number) as dropped if number in found:
                found[number] = replace(found[number], dropped=dropped)
            case _:
                pass
    return tuple(found.values())
