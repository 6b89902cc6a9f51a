"""What can happen to an alert. Events are only ever added; everything else is derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter

from practice_alerts.domain.alert.side_events import (
    FOLLOW_UPS,
    Corrected,
    DateAgreed,
    FollowedUp,
    FollowUpKind,
    HoldReviewed,
    Moved,
    Overridden,
    Redated,
    Reopened,
    SignedOff,
    StandstillBegun,
    StandstillEnded,
    StepDone,
)
from practice_alerts.domain.definition import Definition, Said

__all__ = [  # of `beside`: everybody takes every event, and what belongs to it, from here
    "FOLLOW_UPS",
    "Corrected",
    "DateAgreed",
    "FollowUpKind",
    "FollowedUp",
    "HoldReviewed",
    "Moved",
    "Overridden",
    "Redated",
    "Reopened",
    "SignedOff",
    "StandstillBegun",
    "StandstillEnded",
    "StepDone",
]


class Response(Said):
    """What the manager says."""

    DONE = "done", "It has been done"
    WILL_BE_DONE = "will_be_done", "It will be done by a date"
    WILL_NOT_BE_DONE = "will_not_be_done", "It will not be done"
    OTHER = "other", "Something else"


class Verdict(Said):
    """What the IRO's side makes of it. Accepted until a date is a hold, an event of its own."""

    NOT_SATISFACTORY = "not_satisfactory", "Not satisfactory"
    PUT_RIGHT = "put_right", "Put right and verified"


class EndingKind(Said):
    PUT_RIGHT = "put_right", "Put right and verified"
    DECIDED_NOT_SATISFIED = (
        "decided_not_satisfied",
        "Decided finally by the authority; the reviewing officer is not satisfied",
    )
    TAKEN_ON = "taken_on", "Taken on by CAFCASS or the partnership"
    NO_LONGER_OURS = "no_longer_ours", "The child is no longer looked after or on a plan"
    WITHDRAWN = "withdrawn", "Withdrawn"


RESPONSES = {one: one.words for one in Response}
VERDICTS = {one: one.words for one in Verdict}
ENDINGS = {one: one.words for one in EndingKind}


class Person(Definition):
    """Somebody as they were named at the time, and the post in which they act."""

    id: str
    """Empty for somebody outside the directory: no mail reaches them, and they cannot sign in."""
    name: str
    post: str = ""
    """The post's title as the procedure gives it; empty where it does not matter."""


class AtGate(Definition):
    """What was answered to the question before the ladder, and who was told at once."""

    answer: Literal["yes", "no"]
    told: str = ""


class Raised(Definition):
    """The alert comes into being, under one edition of one procedure, for life."""

    kind: Literal["raised"] = "raised"
    council: str
    edition: str
    """The digest over procedure, forms and Word templates."""
    reference: str
    alert_kind: str
    partner: str | None = None
    raised_as: str
    raiser: Person
    form: str
    answers: dict[str, Any]
    entry_stage: str | None = None
    entry_reason: str = ""
    gate: AtGate | None = None
    """None where the procedure asks no such question."""


class Sent(Definition):
    """A stage is opened and the alert goes to those who must answer there. Clocks start here."""

    kind: Literal["sent"] = "sent"
    stage: str
    asked: tuple[Person, ...]
    copied: tuple[Person, ...] = ()
    answers: dict[str, Any]
    """What the form asks anew at each stage (actions, rationale)."""
    form: str = ""
    """The form filled at this stage; empty: the one it was raised on."""
    details: dict[str, Any] = {}
    """What that form asks once, where it is another than the stage before filled."""
    settle_by: date | None = None
    """The day by which it is to be put right, where the procedure leaves that day to the raiser."""


class Answered(Definition):
    """Somebody who was asked, or their cover, says what has been or will be done."""

    kind: Literal["answered"] = "answered"
    stage: str
    by: Person
    response: Response
    text: str
    promise_by: date | None = None
    task_owner: str = ""
    answers: dict[str, Any] = {}
    """What the council's form of this act asks beyond that; the same in the acts below."""


class Judged(Definition):
    """The IRO's side judges the answer, or that none came."""

    kind: Literal["judged"] = "judged"
    stage: str
    by: Person
    verdict: Verdict
    reason: str
    answers: dict[str, Any] = {}


class Held(Definition):
    """A promise is accepted until a date. Moves neither the response date nor the cap."""

    kind: Literal["held"] = "held"
    stage: str
    until: date
    task_owner: str
    reason: str = ""
    answers: dict[str, Any] = {}


class Escalated(Definition):
    """The alert climbs, with the reason. A `Sent` to the next stage follows it."""

    kind: Literal["escalated"] = "escalated"
    stage: str
    to: str
    rationale: str


class Noted(Definition):
    """Something worth keeping that changes nothing."""

    kind: Literal["noted"] = "noted"
    text: str


class Referred(Definition):
    """Taken to a way out of the authority; the ladder goes on beside it."""

    kind: Literal["referred"] = "referred"
    route: str
    reason: str
    consulted: str = ""
    """With whom it was talked over beforehand: a record, never a lock."""
    answers: dict[str, Any] = {}


class Closed(Definition):
    """The alert ends, with what changed for the child."""

    kind: Literal["closed"] = "closed"
    ending: EndingKind
    what_changed: str
    child_view: str = ""
    answers: dict[str, Any] = {}


class Reassigned(Definition):
    """The alert is another reviewing officer's from now on."""

    kind: Literal["reassigned"] = "reassigned"
    to: Person
    reason: str


StageEvent = Answered | Judged | Held | HoldReviewed | DateAgreed | StepDone | Escalated
"""What happens at one stage."""

SideEvent = SignedOff | Overridden | Reassigned | Redated
"""What is on record for the whole, and changes no stage."""

Event = (
    StageEvent
    | SideEvent
    | Raised
    | Sent
    | Noted
    | Referred
    | FollowedUp
    | StandstillBegun
    | StandstillEnded
    | Corrected
    | Closed
    | Reopened
)

EVENTS: tuple[type[Event], ...] = get_args(Event)


def kind_of(event: type[Event]) -> str:
    """The word under which such events are stored."""
    return str(event.model_fields["kind"].default)


def people_in(event: Event) -> tuple[Person, ...]:
    """Everybody whom the event names; whoever is asked comes after those who get a copy."""
    values = [getattr(event, name) for name in reversed(type(event).model_fields)]
    each = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return tuple(one for one in each if isinstance(one, Person))


_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def read_event(kind: str, payload: dict[str, Any]) -> Event:
    """Read back what `written` wrote. A kind unknown to this version is a bug and raises."""
    return _EVENT.validate_python({**payload, "kind": kind})


def written(event: Event) -> dict[str, Any]:
    """The event as plain JSON values, without its kind, which stands in the event row."""
    return event.model_dump(mode="json", exclude={"kind"})


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in its place: the n-th of its alert, when (aware) and by whom (a person's id).

    `what` is None once the payload has been destroyed.
    """

    number: int
    at: datetime
    by: str
    kind: str
    what: Event | None
