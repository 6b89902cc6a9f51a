"""The guide says from what a clock runs where an alert was never at the stage whose leaving starts it."""

from typing import Any

import pytest

from practice_alerts.domain.guide.parts.stage_times import times
from practice_alerts.domain.procedure.ladder import Ladder


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ("sent", "being sent"),
        ("one.answered", "the answer at Stage One"),
        ("one.escalated", "its going on at Stage One (begun above Stage One: being sent there)"),
        (
            {"earlier_of": ["one.escalated", "sent"]},
            (
                "whichever comes first: its going on at Stage One or being sent"
                " (begun above Stage One: being sent there)"
            ),
        ),
    ],
)
def test_the_leaving_of_a_stage_has_something_in_its_place(start: Any, says: str) -> None:
    clock = {"from": "manager", "within": "5 working days", "counted_from": start}
    ladder = Ladder.model_validate(
        {
            "stages": [
                {"id": "one", "label": "Stage One"},
                {"id": "two", "label": "Stage Two", "answer": clock},
            ]
        }
    )
    (found,) = times("main", ladder, ladder.stage("two"))
    assert found.start + found.instead == says
