"""What can happen to an alert. Events are only ever added; everything else is derived from them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter

from practice_alerts.domain.alert.case_moved import AskedAnew, CaseMoved, Redirected, Replaced
from practice_alerts.domain.alert.choices import (
    ChangeForChild,
    Channel,
    EndingKind,
    FollowUpKind,
    LateReason,
    Outcome,
    Part,
    Response,
)
from practice_alerts.domain.alert.destroyed import Kept, Redacted
from practice_alerts.domain.alert.hearers import (
    AtGate,
    Heard,
    Occasion,
    Person,
    ReminderSent,
    Told,
)
from practice_alerts.domain.alert.redated import ClosedLate, Moved, Redated
from practice_alerts.domain.alert.restricted import RestrictionEvent
from practice_alerts.domain.alert.talk import (
    DrafterNamed,
    NotTheirs,
    QuestionAnswered,
    QuestionAsked,
    Talk,
)
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.paper.on_paper import OnPaper
from practice_alerts.domain.procedure.procedure import Ours

# Everybody takes these from here.
__all__ = [
    "AskedAnew",
    "AtGate",
    "CaseMoved",
    "ChangeForChild",
    "Channel",
    "ClosedLate",
    "DrafterNamed",
    "EndingKind",
    "FollowUpKind",
    "Heard",
    "Kept",
    "LateReason",
    "Moved",
    "NotTheirs",
    "Occasion",
    "Outcome",
    "Part",
    "Person",
    "QuestionAnswered",
    "QuestionAsked",
    "Redacted",
    "Redated",
    "Redirected",
    "ReminderSent",
    "Replaced",
    "Response",
    "Talk",
    "Told",
]


OTHER_GROUND = "other"
"""It goes on for something that the procedure does not list; the reason says what."""


class _OnForm(Heard):
    answers: dict[str, Any] = {}
    """What the council's form of the act asks beyond what every council's does."""


class _AtStage(_OnForm):
    stage: str


class Raised(Heard):
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
    raised_in: str = ""
    """The post in which it was raised, by its id: from which side it comes. Empty in alerts from before."""
    form: str
    answers: dict[str, Any]
    entry_stage: str | None = None
    entry_reason: str = ""
    gate: AtGate | None = None
    """None where the procedure asks no such question."""
    consulted: str = ""
    """With whom it was talked over beforehand, where the stage it begins at wants that: a record, never a lock."""
    consultation: str = ""
    paper: OnPaper | None = None
    """What became of it on paper, where it was sent there before it was entered here."""
    together: tuple[str, ...] = ()
    """The ids of the alerts raised in one go with it, about brothers or sisters: nothing else is known of them here."""


class Sent(Heard):
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
    instead_of: tuple[str, ...] = ()
    """Those meant by form and procedure, by name and post, in whose place others were chosen."""
    instead_reason: str = ""
    each: bool = False
    """Is an answer awaited of each of them? Else one answer is enough."""
    teams: tuple[str, ...] = ()
    """The titles of posts that are a team: one of its people answers for all of them."""


class AnswerGiven(_AtStage):
    """What somebody who was asked says has been or will be done, however it came."""

    by: Person
    whose: Person | None = None
    """Whoever was asked, where somebody else answers for them or writes down what they said."""
    response: Response
    text: str
    promise_by: date | None = None
    task_owner: str = ""
    settle_by: date | None = None
    """The day by which it is to be put right, where the procedure leaves that day to those asked."""
    evidence: str = ""
    """Where the evidence lies in the case system: a reference, never the evidence itself."""
    late_why: LateReason | None = None
    """Why it came after its day; None where it came in time, or nobody said."""


class Answered(AnswerGiven):
    """They, or their cover, say it themselves on the answer page."""

    kind: Literal["answered"] = "answered"


class AnswerRecorded(AnswerGiven):
    """It came another way, and the reviewing officer, or their cover, wrote it down."""

    kind: Literal["answer_recorded"] = "answer_recorded"
    received: datetime
    """Aware. From then on it counts as given."""
    at: str = ""
    """The time of day as it was told; empty where the day was enough."""
    channel: Channel
    recorded_by: Person


class ResponseReviewed(_AtStage):
    """The IRO's side reviews the response, or that none came."""

    kind: Literal["judged"] = "judged"
    by: Person
    verdict: Outcome
    reason: str
    posts: tuple[str, ...] = ()
    """The roles in which it is said: the raiser's for the officer, else those that judge at the stage."""
    awaited: tuple[str, ...] = ()
    """The titles of those who judge with them and had not said the same."""
    stands: bool = True
    """False for one voice of several: nothing follows from it until all have said the same."""
    apart: tuple[str, ...] = ()
    """The titles of those who judge with them and had said otherwise."""


class Held(_AtStage):
    """A promise is accepted until a date. Moves neither the response date nor the time limit."""

    kind: Literal["held"] = "held"
    until: date
    task_owner: str
    reason: str = ""


class Escalated(Definition):
    """The alert climbs, with the reason. A `Sent` to the next stage follows it."""

    kind: Literal["escalated"] = "escalated"
    stage: str
    to: str
    rationale: str
    ground: str = ""
    """What sends it on: a `Ground`, or OTHER_GROUND; empty where none was recorded."""
    consulted: str = ""
    """With whom it was talked over beforehand: a record, never a lock."""
    consultation: str = ""


class Noted(Definition):
    """Something worth keeping that changes nothing."""

    kind: Literal["noted"] = "noted"
    text: str
    part: Part = Part.SHARED
    readers: tuple[str, ...] = ()
    """Ids of those named to read legal advice."""


class Referred(_OnForm):
    """Taken to a way out of the authority; the ladder goes on beside it."""

    kind: Literal["referred"] = "referred"
    route: str
    reason: str
    consulted: str = ""
    """With whom it was talked over beforehand: a record, never a lock."""
    readers: tuple[str, ...] = ()
    """Ids of those named to read legal advice."""

    @property
    def consultation(self) -> str:
        """What came of it, in the words of that way out."""
        return str(self.answers.get("consultation") or "")


class Closed(_OnForm):
    """The alert ends, with what changed for the child where that is asked of such an ending."""

    kind: Literal["closed"] = "closed"
    ending: EndingKind
    changes: tuple[ChangeForChild, ...] = ()
    """As ticked; empty where it was not asked, and in what was recorded before it was."""
    look_again: date | None = None
    """The day on which what changed is to be looked at, where it was not known yet."""
    what_changed: str = ""
    child_view: str = ""


class ChangeRecorded(_OnForm):
    """What changed for the child, as it is known some time after the closing."""

    kind: Literal["change_recorded"] = "change_recorded"
    changes: tuple[ChangeForChild, ...] = ()
    look_again: date | None = None
    text: str = ""


class StepDone(_AtStage):
    """Something the procedure wants inside a stage took place, or was found not to be needed."""

    kind: Literal["step_done"] = "step_done"
    step: str
    needed: bool = True
    took_place: datetime | None = None
    """Aware. None where it was not needed."""
    chair: str = ""
    present: str = ""
    outcome: str = ""
    text: str = ""
    late: bool = False
    """Was its stage left by then? It opens no branch any more."""


class HoldReviewed(_AtStage):
    """Somebody looked whether what was promised is under way. The hold goes on."""

    kind: Literal["hold_reviewed"] = "hold_reviewed"
    on_track: bool
    text: str


class DateAgreed(_AtStage):
    """Another day for the answer by agreement, beside the clock's own; or that the alert is exceptional."""

    kind: Literal["date_agreed"] = "date_agreed"
    until: date | None = None
    exceptional: bool = False
    agreed_with: str
    reason: str


class SignedOff(_OnForm):
    """What a manager on the officer's own side says to it: on record, and never in the way."""

    kind: Literal["signed_off"] = "signed_off"
    agreement: str
    """One of the words the form offers: discussed, agreed, not agreed."""
    who: str
    on: date
    text: str = ""


class StandstillBegun(_OnForm):
    """The disputed action is not to happen until the alert is settled."""

    kind: Literal["standstill_begun"] = "standstill_begun"
    action: str
    told: str


class StandstillEnded(_OnForm):
    """It is lifted, or the action happened all the same."""

    kind: Literal["standstill_ended"] = "standstill_ended"
    happened_anyway: bool
    reason: str


class Overridden(_OnForm):
    """Something so grave happened that those at the top were told at once, past every stage."""

    kind: Literal["overridden"] = "overridden"
    event: str
    """In the procedure's words."""
    told: str
    told_at: datetime
    by: str
    text: str = ""


class FollowedUp(_OnForm):
    """What became of a referral."""

    kind: Literal["followed_up"] = "followed_up"
    referral: int
    """The number of the event that referred."""
    happened: FollowUpKind
    on: date
    text: str = ""


class Corrected(Definition):
    """An answer on the form was wrong. What it was stays here and in the event it corrects."""

    kind: Literal["corrected"] = "corrected"
    number: int
    """The number of the event whose answer it was."""
    field: str
    label: str = ""
    """The question as the form put it; empty in what was recorded before this was kept."""
    was: Any
    now: Any
    was_in_words: str = ""
    now_in_words: str = ""
    """Both as the form prints them; empty for no answer, and in what was recorded before this was kept."""
    names_child: bool | None = None
    """Does the form say that it tells which child it is? None in what was recorded before this was kept."""
    reason: str


class Reopened(Definition):
    """It was closed too early. The old clocks and the time limit run on as they were."""

    kind: Literal["reopened"] = "reopened"
    reason: str


class Reassigned(Definition):
    """The alert is another reviewing officer's from now on, perhaps `with_others` of theirs at once."""

    kind: Literal["reassigned"] = "reassigned"
    to: Person
    reason: str
    with_others: bool = False


class Linked(_OnForm):
    """About brothers and sisters, as the `others` are, by their ids; or, where it does not stand, no longer."""

    kind: Literal["linked"] = "linked"
    others: tuple[str, ...]
    stands: bool = True

    @property
    def in_words(self) -> str:
        """Without saying which: what names another child stands with that child."""
        linked = "Linked" if self.stands else "No longer linked"
        return f"{linked} to an alert about a brother or sister"


class DoneByHand(_OnForm):
    """Somebody outside the directory was sent what event `sent` sends them, or `joined` it and is reached there."""

    kind: Literal["done_by_hand"] = "done_by_hand"
    sent: int
    name: str
    post: str
    on: date
    text: str = ""
    joined: Person | None = None


class Filed(_OnForm):
    """The record was put into the case system, with everything that had happened by the end of that day."""

    kind: Literal["filed"] = "filed"
    on: date
    document: str
    """Its number there."""
    up_to: int
    """The number of the last event that it holds."""
    until: datetime
    """Aware. When that event happened."""
    text: str = ""


_OfAnswers = Answered | AnswerRecorded | ResponseReviewed | Talk
StageEvent = _OfAnswers | Held | HoldReviewed | DateAgreed | StepDone | Escalated
"""What happens at one stage."""

_SideEvent = SignedOff | ChangeRecorded | Overridden | Reassigned | Linked | CaseMoved | Redirected
SideEvent = _SideEvent | Redated | DoneByHand | ReminderSent | Filed | Redacted | Kept
"""What is on record for the whole, and changes no stage."""
StandstillEvent = StandstillBegun | StandstillEnded
_OfTheWhole = Raised | Sent | Noted | Referred | FollowedUp | Corrected | Closed | Reopened
Event = StageEvent | SideEvent | StandstillEvent | RestrictionEvent | _OfTheWhole

EVENTS: tuple[type[Event], ...] = get_args(Event)


def is_of_keeping(what: Event | None) -> bool:
    """Filing it, or saying how long it is kept: nothing that would have to be filed as well."""
    return isinstance(what, Filed) or (isinstance(what, Kept) and not what.said.is_shared)


def kind_of(event: type[Event]) -> str:
    """The word under which such events are stored."""
    return str(event.model_fields["kind"].default)


def heard_of(event: Event) -> tuple[Told, ...]:
    """Who was told of it, beside those it names otherwise."""
    return event.heard if isinstance(event, Heard) else ()


def people_in(event: Event) -> tuple[Person, ...]:
    """Everybody whom the event names; whoever is asked comes after those who get a copy."""
    values = [getattr(event, name) for name in reversed(type(event).model_fields)]
    each = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    heard = (one for told in heard_of(event) for one in told.people)
    return (*heard, *(one for one in each if isinstance(one, Person)))


_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def read_event(kind: str, payload: dict[str, Any]) -> Event:
    """Read back what `written` wrote. A kind unknown to this version is a bug and raises."""
    return _EVENT.validate_python({**payload, "kind": kind})


def written(event: Definition) -> dict[str, Any]:
    """The event as plain JSON values, without its kind, which stands in the event row."""
    return event.model_dump(mode="json", exclude={"kind"})


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in its place: the n-th of its alert, when (aware), by whom (an id); destroyed: `what` is None.

    Of one that was redacted, `what` is what is left of it.
    """

    number: int
    at: datetime
    by: str
    kind: str
    what: Event | None


def beside_text(event: Event) -> tuple[Ours, ...]:
    """What of it a council's text may know nothing of, and the product offers."""
    match event:
        case Raised() if event.entry_reason:
            return (Ours.ENTRY_REASON,)
        case Held() | HoldReviewed():
            return (Ours.HOLD,)
        case DateAgreed() if event.until:
            return (Ours.AGREE_DATE,)
        case Closed() if {"advocacy_told", "complaints_told"} & event.answers.keys():
            return (Ours.CHILD_RIGHTS,)
        case _:
            return ()
