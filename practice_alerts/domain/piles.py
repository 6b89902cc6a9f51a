"""What is to be done with an alert, as a work tray sorts it: coarser than its standing, and told by columns."""

from __future__ import annotations

from enum import Enum

from practice_alerts.domain.standing import Standing, Turn


class Pile(Enum):
    """One pile of the work tray. The value stands in saved views and in addresses."""

    JUDGE = "judge"
    ESCALATE = "escalate"
    LATE = "late"
    HOLD_ENDED = "hold-ended"
    CLOSE = "close"
    WAITING = "waiting"
    ON_HOLD = "on-hold"
    NO_LADDER = "no-ladder"
    CLOSED = "closed"


PILES: dict[Pile, str] = {
    Pile.JUDGE: "An answer to judge",
    Pile.ESCALATE: "Not satisfactory, to escalate",
    Pile.LATE: "No answer, or a step not recorded",
    Pile.HOLD_ENDED: "Hold ended",
    Pile.CLOSE: "Put right, to close",
    Pile.WAITING: "Waiting for others",
    Pile.ON_HOLD: "On hold",
    Pile.NO_LADDER: "Sent, no answer asked for",
    Pile.CLOSED: "Closed",
}

NEEDS_OFFICER = frozenset({Pile.JUDGE, Pile.ESCALATE, Pile.LATE, Pile.HOLD_ENDED, Pile.CLOSE})
"""Where it is the turn of the officer whose alert it is."""

UNANSWERED = frozenset({Pile.WAITING, Pile.LATE})
"""Where those who are asked still have to answer."""

_OF: dict[str, Pile] = {
    "an answer to judge": Pile.JUDGE,
    "every step recorded, to judge": Pile.JUDGE,
    "not satisfactory": Pile.ESCALATE,
    "no answer": Pile.LATE,
    "a step is late": Pile.LATE,
    "hold ended": Pile.HOLD_ENDED,
    "put right, to close": Pile.CLOSE,
    "waiting for an answer": Pile.WAITING,
    "on hold": Pile.ON_HOLD,
    "sent, no answer asked for": Pile.NO_LADDER,
    "closed": Pile.CLOSED,
}


def pile_of(standing: Standing) -> Pile:
    return _OF[standing.value]


def turn_of(pile: Pile) -> Turn:
    """Whose turn it is: as `Where.turn` says of every alert in this pile."""
    if pile in NEEDS_OFFICER:
        return "raiser"
    return "asked" if pile in {Pile.WAITING, Pile.ON_HOLD} else "nobody"
