"""A step as the alert's page says it: whose it is, who leads and attends, on what condition, and by when."""

from typing import Any

import pytest

from practice_alerts.domain.deadlines.forecast import step_forecasts
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.wording.step_words import step_in_words
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import moment
from tests.helpers.files.real_councils import procedure_of

ROLES = {
    "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
    "manager": {"title": "Team Manager"},
    "head": {"title": "Head of Care"},
}
TALK = {"id": "talk", "what": "Talk", "by": "manager", "outcomes": ["settled", "not settled"]}
MEETING = {
    "id": "meeting",
    "what": "Meeting",
    "chair": "head",
    "attend": ["raiser", {"any_of": ["manager", "head"]}],
    "decides": "head",
    "if": "talk.not settled",
    "ask": "Is a meeting needed?",
    "within": "5 working days",
    "counted_from": "talk",
}


def said(step: dict[str, Any], **happened: str) -> str:
    stage = {"id": "stage-1", "label": "Stage 1", "steps": [TALK, step]}
    ladder = Ladder.model_validate({"stages": [stage]})
    known = {f"stage-1.{name}": moment(at) for name, at in happened.items()}
    *_, one = step_forecasts(ladder, "stage-1", known, CALENDAR_2025)
    return step_in_words(one, ladder.stages[0], ladder, procedure_of(ladder, roles=ROLES))


def test_a_meeting_on_a_branch_is_said_whole() -> None:
    people = (
        "Chaired by Head of Care. Attended by whoever raised the alert and Team Manager or Head of Care."
        " Decided by Head of Care"
    )
    condition = "Only if “Talk” ends in “not settled”. Is a meeting needed?"
    before = said(MEETING)
    assert before == f"{people}. {condition}. 5 working days, counted from “Talk”"
    after = said(MEETING, talk="Mon 2025-06-02 10:00")
    assert after == f"{people}. {condition}. by Monday 9 June 2025 (5 working days)"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"by": "manager", "with": "head"}, "Team Manager with Head of Care. no time stated"),
        ({"by": "head", "within": "immediately"}, "Head of Care. immediately"),
        ({"if": "the child moves", "by": "head"}, "Head of Care. Only if: the child moves"),
    ],
)
def test_what_is_not_there_is_not_said(step: dict[str, Any], words: str) -> None:
    assert said({"id": "one", "what": "One", **step}).startswith(words)
