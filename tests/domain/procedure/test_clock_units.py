"""One row for each unit of clocks: through every place that a clock passes, none is left without an answer."""

import pytest

from practice_alerts.domain.complete import complete
from practice_alerts.domain.deadlines.due_date import due
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.deadlines.ladder_in_days import figures
from practice_alerts.domain.procedure.clock import Direction, Span, Unit, in_words, parse_clock
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.wording.definitions import clock_in_words
from practice_alerts.domain.wording.receipts import counted, day_said, ends
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment

SENT = moment("Thu 2025-06-05 10:00")

WORKED, EVERY, WEEK, HOUR, UNSTATED = (
    *(Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS),
    *(Unit.HOURS, Unit.DAYS_UNIT_NOT_STATED),
)
CELLS = complete(
    Unit,
    {  # of five: written, in the guide, due, last line of the receipt, leave the stage before, in working days
        WORKED: (
            "5 working days",
            "5 working days",
            "Thu 2025-06-12",
            "day 5",
            "Thu 2025-06-19",
            5,
        ),
        EVERY: (
            "5 calendar days",
            "5 calendar days",
            "Tue 2025-06-10",
            "day 5",
            "Fri 2025-06-20",
            4,
        ),
        WEEK: ("5 weeks", "5 weeks", "Thu 2025-07-10", "day 35", "Thu 2025-05-22", 25),
        HOUR: (
            "5 hours",
            "5 hours",
            "Thu 2025-06-05",
            "the hours run through it",
            "Wed 2025-06-25",
            1,
        ),
        UNSTATED: (
            "5 days (unit not stated)",
            "5 days (working or calendar days: not said)",
            "Tue 2025-06-10",
            "day 5",
            "Fri 2025-06-20",
            4,
        ),
    },
)


def climbed(clock: Span) -> Ladder:
    """Two stages, the second with that clock, under a time limit of 15 working days."""
    return Ladder.model_validate(
        {
            "cap": {"within": "15 working days"},
            "stages": [
                {"id": "one", "label": "One", "answer": {"within": "1 day"}},
                {"id": "two", "label": "Two", "answer": {"within": in_words(clock)}},
            ],
        }
    )


@pytest.mark.parametrize("unit", Unit)
def test_a_clock_of_every_unit_goes_through_every_place(unit: Unit) -> None:
    written, in_guide, by, last, leave, worked = CELLS[unit]
    clock = Span(5, unit)
    assert (in_words(clock), parse_clock(written)) == (written, clock)
    assert clock_in_words(clock) == in_guide
    found = due(clock, SENT, CALENDAR_2025)
    assert (found.by_day, day_said(found.receipt.days[-1])) == (day(by), last)
    assert ends(found)
    assert counted(found).startswith(f"{written} from")
    ladder = climbed(clock)
    ahead = forecast(ladder, SENT, None, CALENDAR_2025)
    assert ahead.stage("one").escalate_by == day(leave)
    assert figures(ladder).formal == 1 + worked


BEFORE = complete(
    Unit,
    {
        WORKED: "Tue 2025-06-03",
        EVERY: "Tue 2025-06-03",
        WEEK: "Thu 2025-05-22",
        HOUR: "Thu 2025-06-05",
        UNSTATED: "Tue 2025-06-03",
    },
)
"""Where a clock of two ends that counts back."""


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_counts_back_too(unit: Unit) -> None:
    clock = Span(2, unit, direction=Direction.BEFORE)
    assert due(clock, SENT, CALENDAR_2025).by_day == day(BEFORE[unit])
    assert parse_clock(in_words(clock)) == clock


def test_two_units_are_never_written_alike() -> None:
    written = [(word, one.value.is_stated) for one in Unit for word in one.value.written]
    assert len(set(written)) == len(written)
