"""What happens beside the climbing: steps inside a stage, dates agreed, standstill, corrections and the like.

Events as in `events`, which gives them out. `answers` is what the council's form of the act asks
beyond what every council's does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from practice_alerts.domain.definition import Definition, Said


class StepDone(Definition):
    """Something the procedure wants inside a stage took place, or was found not to be needed."""

    kind: Literal["step_done"] = "step_done"
    stage: str
    step: str
    needed: bool = True
    took_place: datetime | None = None
    """Aware. None where it was not needed."""
    chair: str = ""
    present: str = ""
    outcome: str = ""
    text: str = ""
    answers: dict[str, Any] = {}


class HoldReviewed(Definition):
    """Somebody looked whether what was promised is under way. The hold goes on."""

    kind: Literal["hold_reviewed"] = "hold_reviewed"
    stage: str
    on_track: bool
    text: str
    answers: dict[str, Any] = {}


class DateAgreed(Definition):
    """Another day for the answer, by agreement. The day that follows from the clock is kept beside it."""

    kind: Literal["date_agreed"] = "date_agreed"
    stage: str
    until: date
    agreed_with: str
    reason: str
    answers: dict[str, Any] = {}


class SignedOff(Definition):
    """What a manager on the officer's own side says to it: on record, and never in the way."""

    kind: Literal["signed_off"] = "signed_off"
    agreement: str
    """One of the words the form offers: discussed, agreed, not agreed."""
    who: str
    on: date
    text: str = ""
    answers: dict[str, Any] = {}


class StandstillBegun(Definition):
    """The disputed action is not to happen until the alert is settled."""

    kind: Literal["standstill_begun"] = "standstill_begun"
    action: str
    told: str
    answers: dict[str, Any] = {}


class StandstillEnded(Definition):
    """It is lifted, or the action happened all the same."""

    kind: Literal["standstill_ended"] = "standstill_ended"
    happened_anyway: bool
    reason: str
    answers: dict[str, Any] = {}


class Overridden(Definition):
    """Something so grave happened that those at the top were told at once, past every stage."""

    kind: Literal["overridden"] = "overridden"
    event: str
    """In the procedure's words."""
    told: str
    told_at: datetime
    by: str
    text: str = ""
    answers: dict[str, Any] = {}


class FollowUpKind(Said):
    SENT = "sent", "It was sent"
    ACKNOWLEDGED = "acknowledged", "They have it"
    DECIDED = "decided", "They decided"
    WITHDRAWN = "withdrawn", "It was taken back"


FOLLOW_UPS = {one: one.words for one in FollowUpKind}


class FollowedUp(Definition):
    """What became of a referral."""

    kind: Literal["followed_up"] = "followed_up"
    referral: int
    """The number of the event that referred."""
    happened: FollowUpKind
    on: date
    text: str = ""
    answers: dict[str, Any] = {}


class Corrected(Definition):
    """An answer on the form was wrong. What it was stays here and in the event it corrects."""

    kind: Literal["corrected"] = "corrected"
    number: int
    """The number of the event whose answer it was."""
    field: str
    was: Any
    now: Any
    reason: str


class Reopened(Definition):
    """It was closed too early. The old clocks and the cap run on as they were."""

    kind: Literal["reopened"] = "reopened"
    reason: str


class Moved(Definition):
    """One date before and after."""

    clock: Literal["answer", "cap"]
    was: date | None
    now: date | None


class Redated(Definition):
    """The calendar changed: what was due when, before and after."""

    kind: Literal["redated"] = "redated"
    calendar: str
    """The version of the calendar the new dates rest on."""
    moved: tuple[Moved, ...]
