"""A receipt said in words: the date, how it was counted day by day, and what must be known with it."""

from collections.abc import Iterator

from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Due, Receipt, ReceiptDay
from practice_alerts.domain.deadlines.typed_dates import in_words
from practice_alerts.domain.procedure.clock import Direction, Strength, Untimed
from practice_alerts.domain.procedure.clock import in_words as clock_in_words
from practice_alerts.domain.standing.waiting_words import closed_late
from practice_alerts.domain.text import capital

NO_DATE = complete(
    Untimed,
    {
        Untimed.IMMEDIATELY: "At once. No date is worked out for it.",
        Untimed.BY_AGREEMENT: "No date follows from this clock: agree one, and write it down.",
        Untimed.NOT_STATED: "No date follows from this clock: the procedure states none, and none is invented.",
    },
)
"""Why nothing is worked out."""

_STRENGTHS = complete(
    Strength,
    {
        Strength.DEADLINE: "",
        Strength.AIM: "An aim: to miss it is not to be overdue.",
        Strength.MAXIMUM: "The longest time allowed.",
    },
)


def ends(due: Due) -> str:
    """Thursday 12 June 2025; for hours, 16:45 on Thursday 12 June 2025 (London time)."""
    return capital(in_words(due.by))


def counted(due: Due) -> str:
    """``4 working days from Thursday 5 June 2025``, ``5 working days before ...``."""
    said, start = clock_in_words(due.clock), in_words(due.start)
    return f"{said} {start}" if due.clock.direction is Direction.BEFORE else f"{said} from {start}"


def remarks(due: Due) -> Iterator[str]:
    """What must be known with the date: an aim, another reading, a day nobody works. Sentences."""
    if said := _STRENGTHS[due.clock.strength]:
        yield said
    if due.later_reading is not None:
        later = in_full(due.later_reading)
        yield f"Which days are meant is not said. The other reading ends on {later}; work to the earlier."
    if due.falls_on_non_working is not None:
        yield f"Nobody works on that day ({due.falls_on_non_working}). The date stays where it is."
    if due.beside is not None:
        yield closed_late(due.beside)


def day_said(day: ReceiptDay) -> str:
    """``day 1``, or ``not counted, Good Friday``."""
    if day.skipped_because is not None:
        return f"not counted, {day.skipped_because}"
    return "the hours run through it" if day.counted is None else f"day {day.counted}"


def clocks_moved(receipt: Receipt) -> str:
    """A sentence where the clocks changed while the hours ran; else empty."""
    minutes = int(receipt.clocks_moved.total_seconds() // 60)
    if not minutes:
        return ""
    side = "later" if minutes > 0 else "earlier"
    return f"The clocks changed on the way: the hour hand stands {abs(minutes)} minutes {side}."
