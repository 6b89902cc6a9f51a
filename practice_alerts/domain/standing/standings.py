"""Where an alert can stand, a row for each, and the piles of a work tray: coarser, and told by columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Self

from practice_alerts.domain.complete import complete

Turn = Literal["raiser", "asked", "nobody"]
Tone = Literal["plain", "late", "due", "hold", "good"]
"""How loudly a standing is shown, beside its words."""

ONWARD = "onward"
"""The next act where the alert is to leave its stage: to the next one, or from the top to a way out."""


@dataclass(frozen=True, slots=True)
class PileFacts:
    """All that is known of one pile."""

    words: str
    turn: Turn
    tone: Tone
    in_digest: str = ""
    """Where no date is told. Empty for a pile that the morning message leaves out or always dates."""
    with_date: str = ""
    """The same before the date; empty where there never is one."""
    is_unanswered: bool = False
    """Those who are asked still have to answer."""
    passes_into: str = ""
    """The pile that it becomes by itself, once its moment has come; empty where only an act ends it."""


class Pile(Enum):
    """One pile of the work tray. The value stands in saved views and in addresses."""

    _value_: str
    facts: PileFacts

    def __new__(cls, value: str, facts: PileFacts | None = None) -> Self:
        if facts is None:
            raise TypeError(f"nothing is known of the pile {value!r}")
        made = object.__new__(cls)
        made._value_, made.facts = value, facts
        return made

    REVIEW = "judge", PileFacts("A response to review", "raiser", "due", "a response to review")
    ESCALATE = (
        "escalate",
        PileFacts(
            *("Not satisfactory, to escalate", "raiser", "due"),
            *("not satisfactory, to go on", "not satisfactory, to go on by"),
        ),
    )
    LATE = (
        "late",
        PileFacts(
            *("No answer, or something not done in time", "raiser", "late"),
            *("late", "late, which was due"),
            is_unanswered=True,
        ),
    )
    HOLD_ENDED = (
        "hold-ended",
        PileFacts("Hold ended", "raiser", "due", with_date="to be checked, since the hold ended"),
    )
    CLOSE = "close", PileFacts("Put right, to close", "raiser", "good", "put right, to be closed")
    WAITING = (
        "waiting",
        PileFacts(
            *("Waiting for others", "asked", "plain"),
            *("waiting, with no date set", "waiting for what is due"),
            is_unanswered=True,
            passes_into="late",
        ),
    )
    ASKED_BACK = (
        "asked-back",
        PileFacts(
            *("A question, or said not to be theirs", "raiser", "due"),
            "a question, or said not to be theirs",
            is_unanswered=True,
            passes_into="late",
        ),
    )
    ON_HOLD = (
        "on-hold",
        PileFacts(
            *("On hold", "asked", "hold"), with_date="on hold until", passes_into="hold-ended"
        ),
    )
    NO_LADDER = "no-ladder", PileFacts("Sent, no answer asked for", "nobody", "plain")
    CLOSED = "closed", PileFacts("Closed", "nobody", "good")


PASSES_INTO = {pile: Pile(pile.facts.passes_into) for pile in Pile if pile.facts.passes_into}
"""What a pile becomes by itself. Nothing passes twice, so that the one moment says all there is to say."""

NEEDS_OFFICER = frozenset(pile for pile in Pile if pile.facts.turn == "raiser")
"""Where it is the turn of the officer whose alert it is."""

UNANSWERED = frozenset(pile for pile in Pile if pile.facts.is_unanswered)


class Standing(Enum):
    """What the alert is waiting for, in words. Derived from events, clocks and now; never stored."""

    WAITING = "waiting for an answer"
    ASKED_BACK = "the reviewing officer is asked"
    NO_ANSWER = "no answer"
    STEP_LATE = "a step is late"
    NOT_PUT_RIGHT = "not put right in time"
    TO_REVIEW = "a response to review"
    STEPS_DONE = "every step recorded, to review"
    TO_ESCALATE = "not satisfactory"
    ON_HOLD = "on hold"
    HOLD_ENDED = "hold ended"
    PUT_RIGHT = "put right, to close"
    SENT = "sent, no answer asked for"
    CLOSED = "closed"

    @property
    def facts(self) -> StandingFacts:
        return STANDINGS[self]

    @property
    def pile(self) -> Pile:
        return STANDINGS[self].pile


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """All that is known of one standing. `sentence` holds in braces what the alert itself fills in."""

    pile: Pile
    sentence: str
    next_act: str | None = None
    without_today: Standing | None = None
    """What it is in the log, where today's date alone makes the difference."""


STANDINGS = complete(
    Standing,
    {
        Standing.WAITING: StandingFacts(Pile.WAITING, "{what}"),
        # The log goes on waiting for the answer: what is said besides is no answer.
        Standing.ASKED_BACK: StandingFacts(Pile.ASKED_BACK, "{what}", None, Standing.WAITING),
        Standing.NO_ANSWER: StandingFacts(
            Pile.LATE, "no answer{of}; it was due {day}. {onward}", ONWARD, Standing.WAITING
        ),
        Standing.STEP_LATE: StandingFacts(
            Pile.LATE,
            "not recorded: {what}; it was due {day}. Record it, or go on.",
            "step",
            Standing.WAITING,
        ),
        Standing.NOT_PUT_RIGHT: StandingFacts(
            Pile.LATE, "it was to be put right by {day}. {onward}", ONWARD, Standing.WAITING
        ),
        Standing.TO_REVIEW: StandingFacts(
            Pile.REVIEW, "an answer came on {day}. Review the response.", "judge"
        ),
        Standing.STEPS_DONE: StandingFacts(
            Pile.REVIEW,
            "every step of this stage is recorded. Say whether it is settled.",
            "judge",
        ),
        Standing.TO_ESCALATE: StandingFacts(
            Pile.ESCALATE, "the answer was not satisfactory. {onward}", ONWARD
        ),
        Standing.ON_HOLD: StandingFacts(
            Pile.ON_HOLD, "on hold until {day}. {owner} is to see that it is done."
        ),
        Standing.HOLD_ENDED: StandingFacts(
            Pile.HOLD_ENDED,
            "the hold ended on {day}. Check whether it was done.",
            "judge",
            Standing.ON_HOLD,
        ),
        Standing.PUT_RIGHT: StandingFacts(
            Pile.CLOSE,
            "put right and verified. Say what changed, and close.",
            "close",
        ),
        Standing.SENT: StandingFacts(
            Pile.NO_LADDER, "Raised on {day}. Nothing has to be answered.", "close"
        ),
        Standing.CLOSED: StandingFacts(Pile.CLOSED, "Closed on {day}. {ending}."),
    },
)
