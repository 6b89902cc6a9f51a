"""Worked cases in plain words (`procedures/<council>/examples.yml`), which `check` replays."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.definition import CaseType, Definition, Id, Words
from practice_alerts.domain.files.faults import Problem, line_of_story, nearest, problems_in
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.directions import raised_in, raisers_on
from practice_alerts.domain.procedure.entry import gate_before, may_enter
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure

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
    "stands",
    "awaits",
    "steps",
    "steps_fall_on",
)
"""What a case may expect."""

_MORNING = 9  # o'clock, for acts whose hour does not matter


def read_when(text: str) -> datetime:
    """``Wed 2025-04-16`` or ``Fri 2025-06-06 16:45``, in London; a false weekday is a ValueError."""
    written = _WHEN.fullmatch(text.strip())
    if written is None:
        raise ValueError(f"expected {_SUCH_AS}")
    weekday, day, hour = written["weekday"], written["day"], written["hour"]
    try:
        found = date.fromisoformat(day)
        at = datetime.fromisoformat(f"{day}T{hour or f'{_MORNING:02}:00'}")
    except ValueError:
        raise ValueError(f"expected {_SUCH_AS}: there is no {text.strip()}") from None
    if (weekday or "").lower() not in {f"{found:%a}".lower(), f"{found:%A}".lower()}:
        why = f"{day} is no {weekday}" if weekday else "the weekday stands before the day"
        raise ValueError(f"expected {' '.join(filter(None, (f'{found:%a}', day, hour)))}: {why}")
    return at.replace(tzinfo=LONDON)


_WHEN = re.compile(
    r"(?:(?P<weekday>[A-Za-z]+) +)?(?P<day>\d{4}-\d\d-\d\d)(?:[ T]+(?P<hour>\d\d:\d\d))?"
)
_SUCH_AS = "a day such as Wed 2025-04-16, or with the time of day, Wed 2025-04-16 16:45"


def _read_when(written: Any) -> Any:
    """YAML reads a day without its weekday as a date: it is refused as one that is written without."""
    if isinstance(written, datetime) and written.tzinfo is not None:
        return written
    if isinstance(written, datetime):
        return read_when(f"{written:%Y-%m-%d %H:%M}")
    if isinstance(written, date):
        return read_when(f"{written:%Y-%m-%d}")
    return read_when(written if isinstance(written, str) else str(written))


_EARLIER = {
    r"\bthe cap\b": "the time limit",
    r"\ban answer to judge\b": "a response to review",
    r"\bevery step recorded, to judge\b": "every step recorded, to review",
}
"""How cases said it that were written earlier: what they expect is still read so."""


def _in_words_of_now(expected: dict[str, Any]) -> dict[str, Any]:
    said = {key: expected[key] for key in ("stands", "warns") if key in expected}
    return {**expected, **{key: _reworded(each) for key, each in said.items()}}


def _reworded(said: Any) -> Any:
    if isinstance(said, list):
        return [_reworded(one) for one in said]
    for earlier, now in _EARLIER.items():
        said = re.sub(earlier, now, said) if isinstance(said, str) else said
    return said


def _known(expected: dict[str, Any]) -> dict[str, Any]:
    unknown = set(expected) - set(EXPECTED)
    if unknown:
        raise ValueError(f"expected no key {min(unknown)}; known are {', '.join(EXPECTED)}")
    return expected


CaseMoment = Annotated[datetime, BeforeValidator(_read_when)]


Do = Literal["send", "answer", "judge", "hold", "step", "gate", "exceptional"]
DOES: tuple[Do, ...] = get_args(Do)


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
    by: Id | None = None
    step: Id | None = None
    outcome: Words | None = None
    needed: Literal["yes", "no"] = "yes"
    answer: Literal["yes", "no"] | None = None
    told: Id | None = None
    after_gate: Literal["yes", "no"] | None = None


class WorkedCase(Definition):
    """A story, and how the alert stands after its last line."""

    name: Words
    kind: Id | None = None
    partner: Id | None = None
    raised_as: CaseType | None = None
    closed: tuple[CaseMoment, ...] = ()
    """Days on which this council's offices are closed, beside weekends and bank holidays."""
    story: tuple[CaseEvent, ...] = Field(min_length=1)
    expect: Annotated[dict[str, Any], AfterValidator(_known), AfterValidator(_in_words_of_now)] = (
        Field(min_length=1)
    )

    @property
    def at_gate(self) -> str:
        """The answer that the story gives at the gate; no where it tells none."""
        told = (act.answer if act.do == "gate" else act.after_gate for act in self.story)
        return next((answer for answer in told if answer is not None), "no")

    def kind_in(self, procedure: Procedure) -> str:
        """The kind named, else the first that climbs a ladder."""
        usual = (name for name, kind in procedure.kinds.items() if kind.ladder)
        return self.kind or next(usual, next(iter(procedure.kinds), ""))

    def raised_as_in(self, procedure: Procedure) -> str:
        """The case type named, else the first for which its kind is raised on its ladder."""
        return self.raised_as or next(iter(self.cases_in(procedure)), "")

    def cases_in(self, procedure: Procedure) -> tuple[str, ...]:
        """The case types for which its kind is raised on its ladder."""
        kind = self.kind_in(procedure)
        ladder = procedure.ladder_of(kind, self.partner)
        return procedure.cases_of_kind(procedure.kinds[kind], ladder)


def problems_in_case(written: Any, place: int) -> tuple[Problem, ...]:
    """What is wrong with the case that stands at `place` of the list, from 0."""
    try:
        WorkedCase.model_validate(written)
    except ValidationError as error:
        found = problems_in(error, written, WorkedCase.model_json_schema())
        return tuple(replace(problem, path=(place, *problem.path)) for problem in found)
    return ()


def unknown_in_story(case: WorkedCase, procedure: Procedure) -> tuple[Problem, ...]:
    """What the story names and the procedure does not have; without any, it can be replayed."""
    kind = case.kind_in(procedure)
    if kind not in procedure.kinds:
        return (_unknown(("kind",), kind, "a kind of the procedure", procedure.kinds),)
    by_choice = procedure.kinds[kind].ladder == PARTNERS
    if by_choice and case.partner not in procedure.partners:
        wanted = "a ladder into a partner agency"
        return (_unknown(("partner",), case.partner or "", wanted, procedure.partners),)
    raised = case.cases_in(procedure)
    if not raised:
        return (Problem(("kind",), f"'{kind}'", "a kind that somebody raises on its ladder"),)
    if case.raised_as is not None and case.raised_as not in raised:
        wanted = f"a case type for which {kind} is raised"
        return (_unknown(("raised_as",), case.raised_as, wanted, raised),)
    ladder = procedure.ladder_of(kind, case.partner)
    return tuple(_in_story(case, procedure, ladder)) if ladder else ()


def line_in_words(case: WorkedCase, path: Path) -> str:
    """Which line of the story a path leads to, with what it does; empty for no line."""
    line = line_of_story(path)
    return f"{line} (do: {case.story[int(path[1])].do}): " if line else ""


def _in_story(case: WorkedCase, procedure: Procedure, ladder: Ladder) -> Iterator[Problem]:
    ids = [stage.id for stage in ladder.stages]
    here: Stage | None = None
    for place, act in enumerate(case.story):
        path: Path = ("story", place)
        if act.stage is not None and act.stage not in ids:
            yield _unknown((*path, "stage"), act.stage, "a stage of its ladder", ids)
            return
        sent = here is None and act.do == "send" and act.stage is not None
        here = here if act.stage is None else ladder.stage(act.stage)
        if sent and here is not None:
            yield from _not_opened(path, here, case, procedure, ladder)
        elif here is None and act.do != "gate":
            yield Problem(path, f"'{act.do}'", "do: send with a stage before anything else")
            return
        if act.do == "exceptional" and ladder.exceptional is None:
            wanted = "a ladder whose time limit (cap) has an exceptional one beside it"
            yield Problem((*path, "do"), "'exceptional'", wanted)
        if here is not None:
            asked = as_raised(case, procedure, ladder).asked_at(here).roles
            yield from _in_line(path, act, here, asked)


def _in_line(path: Path, act: CaseEvent, stage: Stage, asked: tuple[str, ...]) -> Iterator[Problem]:
    if act.do == "hold" and act.until is None:
        yield Problem((*path, "do"), "'hold' without a day", "until: the agreed day")
    if act.do == "step":
        yield from _step(path, act, stage)
    if act.by is not None and (act.do != "answer" or act.by not in asked):
        wanted = f"with do: answer, a post that {stage.label} asks"
        yield _unknown((*path, "by"), act.by, wanted, asked)


def as_raised(case: WorkedCase, procedure: Procedure, ladder: Ladder) -> Procedure:
    """The procedure from the side of whoever raises this on its ladder."""
    raising = procedure.raised_by.get(case.raised_as_in(procedure), ())
    on_ladder = raisers_on(procedure, ladder)
    role = next((one for one in on_ladder if one in raising), next(iter(on_ladder), ""))
    return raised_in(procedure, role)


def _not_opened(
    path: Path, stage: Stage, case: WorkedCase, procedure: Procedure, ladder: Ladder
) -> Iterator[Problem]:
    gate = gate_before(procedure, case.kind_in(procedure))
    opened = [one.id for one in may_enter(ladder, gate, case.at_gate)]
    if stage.id not in opened:
        wanted = f"a stage at which the procedure lets an alert begin ({', '.join(opened)})"
        other = "no" if case.at_gate == "yes" else "yes"
        by_other = gate is not None and stage in may_enter(ladder, gate, other)
        hint = f"the other answer at the gate opens it: after_gate: {other}" if by_other else None
        yield Problem((*path, "stage"), f"'{stage.id}'", wanted, hint)


def _step(path: Path, act: CaseEvent, stage: Stage) -> Iterator[Problem]:
    steps = {step.id: step for step in stage.steps}
    if act.step not in steps:
        yield _unknown((*path, "step"), act.step or "", f"a step of {stage.label}", steps)
    elif act.outcome is not None and act.outcome not in steps[act.step].outcomes:
        outcomes = steps[act.step].outcomes
        yield _unknown((*path, "outcome"), act.outcome, f"a result of {act.step}", outcomes)


def _unknown(path: Path, found: str, expected: str, known: Iterable[str]) -> Problem:
    ids = tuple(known)
    return Problem(path, f"'{found}'", f"{expected} ({', '.join(ids)})", nearest(found, ids))
