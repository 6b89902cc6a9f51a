"""Worked cases in plain words (`procedures/<council>/examples.yml`), which the tests replay."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.definition import CaseType, Definition, Id, Words
from practice_alerts.domain.files.faults import Problem, problems_in

EXPECTED = (
    "response_due",
    "falls_on",
    "settle_by",
    "hold_until",
    "cap",
    "yardstick",
    "escalate_by",
    "slack",
    "warns",
    "ways_on",
    "may_enter",
    "needs_reason",
    "steps",
    "steps_fall_on",
)
"""What a case may expect."""

_MORNING = 9  # o'clock, for acts whose hour does not matter


def read_when(text: str) -> datetime:
    """``Wed 2025-04-16`` or ``Fri 2025-06-06 16:45``, in London; a false weekday is a ValueError."""
    weekday, _, rest = text.partition(" ")
    day, _, hour = rest.partition(" ")
    found = date.fromisoformat(day)
    if f"{found:%a}" != weekday:
        raise ValueError(f"expected {found:%a} {day}: {day} is no {weekday}")
    return datetime.fromisoformat(f"{day}T{hour or f'{_MORNING:02}:00'}").replace(tzinfo=LONDON)


def _read_when(written: Any) -> Any:
    return read_when(written) if isinstance(written, str) else written


def _known(expected: dict[str, Any]) -> dict[str, Any]:
    unknown = set(expected) - set(EXPECTED)
    if unknown:
        raise ValueError(f"expected no key {min(unknown)}; known are {', '.join(EXPECTED)}")
    return expected


CaseMoment = Annotated[datetime, BeforeValidator(_read_when)]


Do = Literal["send", "answer", "judge", "hold", "step", "gate"]


class CaseEvent(Definition):
    """One thing that happened."""

    on: CaseMoment
    do: Do
    stage: Id | None = None
    reason: Words | None = None
    settle_by: CaseMoment | None = None
    promise_by: CaseMoment | None = None
    until: CaseMoment | None = None
    verdict: Outcome = Outcome.NOT_SATISFACTORY
    step: Id | None = None
    answer: Literal["yes", "no"] | None = None
    told: Id | None = None
    after_gate: Literal["yes", "no"] | None = None


class WorkedCase(Definition):
    """A story, and how the alert stands after its last line."""

    name: Words
    kind: Id | None = None
    partner: Id | None = None
    raised_as: CaseType = "looked_after"
    story: tuple[CaseEvent, ...] = Field(min_length=1)
    expect: Annotated[dict[str, Any], AfterValidator(_known)] = Field(min_length=1)


def problems_in_case(written: Any, place: int) -> tuple[Problem, ...]:
    """What is wrong with the case that stands at `place` of the list, from 0."""
    try:
        WorkedCase.model_validate(written)
    except ValidationError as error:
        found = problems_in(error, written, WorkedCase.model_json_schema())
        return tuple(replace(problem, path=(place, *problem.path)) for problem in found)
    return ()
