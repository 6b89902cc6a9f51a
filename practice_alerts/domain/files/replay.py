"""A worked case replayed by what works for real alerts: what came out, and where the case says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    Answered,
    AtGate,
    DateAgreed,
    Escalated,
    Event,
    Happened,
    Held,
    Person,
    Raised,
    Response,
    ResponseReviewed,
    Sent,
    StepDone,
)
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.due_date import Due, due
from practice_alerts.domain.deadlines.forecast import step_forecasts
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.files.worked_cases import CaseEvent, WorkedCase, as_raised
from practice_alerts.domain.procedure.case_types import LOOKED_AFTER
from practice_alerts.domain.procedure.clock import Span, Unit
from practice_alerts.domain.procedure.entry import gate_before, may_enter, needs_reason, ways_on
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.stage_steps import is_gone, open_steps
from practice_alerts.domain.standing.status import where
from practice_alerts.domain.standing.waiting_words import no_day
from practice_alerts.domain.text import small
from practice_alerts.domain.wording.warnings import cautions

NOT_STATED = "not stated"

_HANDBOOK = Span(20, Unit.WORKING_DAYS)
_NOBODY = Person(id="nobody", name="Nobody")


def written_when(when: date | datetime) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone(LONDON):%a %Y-%m-%d %H:%M}"
    return f"{when:%a %Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """One thing that a case expects and that comes out otherwise; `path` leads to it inside `expect`."""

    path: tuple[str, ...]
    found: Any
    expected: Any


def differences(
    case: WorkedCase, procedure: Procedure, calendar: Calendar
) -> tuple[CaseDifference, ...]:
    """Where the case and the procedure disagree. The story must be one that the procedure knows."""
    end = _replayed(case, procedure, calendar)
    return tuple(
        one
        for key, expected in case.expect.items()
        for one in _apart((key,), TELL[key](end), expected)
    )


def _apart(path: tuple[str, ...], found: Any, expected: Any) -> Iterator[CaseDifference]:
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            yield from _apart((*path, key), found.get(key), value)
    elif found != expected:
        yield CaseDifference(path, found, expected)


def comes_out(case: WorkedCase, procedure: Procedure, calendar: Calendar) -> dict[str, Any]:
    """All that a case might expect and that says something, by the keys of `expect`."""
    end = _replayed(case, procedure, calendar)
    found = {key: tell(end) for key, tell in TELL.items()}
    found["steps"] = {step: due for step, due in found["steps"].items() if due != NOT_STATED}
    found["steps_fall_on"] = {step: day for step, day in found["steps_fall_on"].items() if day}
    return {key: value for key, value in found.items() if value not in (None, [], {}, NOT_STATED)}


def without_a_day(case: WorkedCase, procedure: Procedure, calendar: Calendar) -> tuple[str, ...]:
    """Of each clock at the last stage that has nothing to start from yet, from when it would run; sentences."""
    end = _replayed(case, procedure, calendar)
    ladder, run = end.ladder, end.alert.run
    if ladder is None or run is None:
        return ()
    label = ladder.stage(run.stage).label
    return tuple(
        f"{label}, {small(one.called)}: no day yet. {no_day(one, ladder)}"
        for one in end.clocks.awaited
        if one.waits_for_start
    )


@dataclass(frozen=True, slots=True)
class _End:
    """The alert after its last line, with all that can be asked of it."""

    case: WorkedCase
    procedure: Procedure
    ladder: Ladder | None
    calendar: Calendar
    alert: Alert
    clocks: Clocks

    @property
    def stage(self) -> str | None:
        return self.alert.run.stage if self.alert.run else None


def _replayed(case: WorkedCase, procedure: Procedure, calendar: Calendar) -> _End:
    calendar = calendar_of(case, calendar)
    ladder = procedure.ladder_of(case.kind_in(procedure), case.partner)
    alert = alert_after(case, procedure, len(case.story))
    clocks = running_clocks(alert, ladder, calendar)
    return _End(case, procedure, ladder, calendar, alert, clocks)


def calendar_of(case: WorkedCase, calendar: Calendar) -> Calendar:
    """With the days on which the case says that the office is closed."""
    closed = {london_date(day): "as the case says" for day in case.closed}
    return replace(calendar, closures={**calendar.closures, **closed}) if closed else calendar


def alert_after(case: WorkedCase, procedure: Procedure, lines: int) -> Alert:
    """The alert as it stands after so many lines of its story."""
    kind = case.kind_in(procedure)
    ladder = procedure.ladder_of(kind, case.partner)
    has_gate = gate_before(procedure, kind) is not None
    raised = Raised(
        council="sample",
        edition="sample",
        reference="sample",
        alert_kind=kind,
        partner=case.partner,
        raised_as=case.raised_as_in(procedure),
        raiser=_NOBODY,
        form="sample",
        answers={},
        gate=AtGate(answer="yes" if case.at_gate == "yes" else "no") if has_gate else None,
    )
    events: list[tuple[datetime, Event]] = [(case.story[0].on, raised)]
    stage = ""
    for place, act in enumerate(case.story[:lines]):
        at = act.on + timedelta(seconds=place)  # keeps the order of acts of one moment
        left, stage = stage, act.stage or stage
        if act.do == "send" and left and ladder is not None:
            events.append((at, Escalated(stage=left, to=stage, rationale=act.reason or "")))
        asked = _asked(case, procedure, ladder, stage)
        events += [(at, event) for event in _events(act, stage, ladder, asked)]
    return fold(
        Happened(number, at, "nobody", event.kind, event)
        for number, (at, event) in enumerate(events, start=1)
    )


def _asked(
    case: WorkedCase, procedure: Procedure, ladder: Ladder | None, stage: str
) -> tuple[Person, ...]:
    """Somebody for each post of which an answer is awaited; nobody in particular where one is enough."""
    if ladder is None or not stage:
        return ()
    who = as_raised(case, procedure, ladder).asked_at(ladder.stage(stage))
    if who.how != "all_of" or len(who.posts) == 1:
        return ()
    seats = [tuple(post.roles) if isinstance(post, Who) else (post.role,) for post in who.posts]
    return tuple(
        Person(id=" ".join(roles), name="Nobody", post=procedure.title_of(roles[0]))
        for roles in seats
    )


def _answers(act: CaseEvent, stage: str, asked: tuple[Person, ...]) -> Iterator[Event]:
    """Of each who has to answer, or of the one whom the line names."""
    promise = None if act.promise_by is None else london_date(act.promise_by)
    response = Response.WILL_BE_DONE if promise else Response.OTHER
    whose = [one for one in asked if act.by in (None, *one.id.split())]
    for by in whose or (_NOBODY,):
        yield Answered(stage=stage, by=by, response=response, text="", promise_by=promise)


def _events(
    act: CaseEvent, stage: str, ladder: Ladder | None, asked: tuple[Person, ...]
) -> Iterator[Event]:
    if act.do == "send" and ladder is not None:
        settle_by = None if act.settle_by is None else london_date(act.settle_by)
        each = bool(asked)
        yield Sent(stage=stage, asked=asked, each=each, answers={}, settle_by=settle_by)
    elif act.do == "answer":
        yield from _answers(act, stage, asked)
    elif act.do == "judge":
        yield ResponseReviewed(
            stage=stage, by=_NOBODY, verdict=act.verdict, reason=act.reason or ""
        )
    elif act.do == "hold" and act.until is not None:
        yield Held(stage=stage, until=london_date(act.until), task_owner="")
    elif act.do == "exceptional":
        yield DateAgreed(stage=stage, exceptional=True, agreed_with="", reason="")
    elif act.do == "step" and act.step is not None:
        needed = act.needed == "yes"
        took_place = act.on if needed else None
        yield StepDone(
            stage=stage,
            step=act.step,
            needed=needed,
            took_place=took_place,
            outcome=act.outcome or "",
        )


# -- what can be expected --------------------------------------------------------------------------


def _when(found: date | Due | None) -> str:
    if found is None:
        return NOT_STATED
    return written_when(found.by if isinstance(found, Due) else found)


def _steps(end: _End, tell: Callable[[Due | None], Any]) -> dict[str, Any]:
    """What was not taken keeps its name and has no day: a branch, and a step that was not needed."""
    if end.ladder is None:
        return {}
    return {
        f"{stage.id}.{one.step.id}": tell(None if _is_not_taken(end, stage, one.step) else one.due)
        for stage in end.ladder.stages
        for one in step_forecasts(
            end.ladder, stage.id, anchors(end.alert, end.ladder), end.calendar
        )
    }


def _is_not_taken(end: _End, stage: Stage, step: Step) -> bool:
    run = end.alert.run_at(stage.id)
    done = run.done(step.id) if run else None
    if run is None or (done is not None and done.needed):
        return False
    return done is not None or is_gone(step, run, stage)


def _falls_on(found: Due | None) -> str | None:
    return None if found is None else found.falls_on_non_working


def _awaits(end: _End) -> list[str]:
    """The steps that the present stage still waits for, in their order."""
    if end.ladder is None or end.alert.run is None:
        return []
    run = end.alert.run
    return [step.id for step in open_steps(run, end.ladder.stage(run.stage))]


def _stands(end: _End) -> str:
    now = end.case.story[-1].on
    return where(end.alert, end.ladder, end.clocks, now).standing.value


def _warns(end: _End) -> list[str]:
    if end.ladder is None or end.stage is None:
        return []
    today = london_date(end.case.story[-1].on)
    return list(cautions(end.ladder, end.stage, end.clocks, today))


def _ways_on(end: _End) -> list[str]:
    if end.ladder is None or end.stage is None:
        return []
    return list(ways_on(end.procedure, end.ladder, end.stage, end.alert.raised.raised_as))


def _may_enter(end: _End) -> list[str]:
    if end.ladder is None:
        return []
    return [stage.id for stage in may_enter(end.ladder, end.procedure.gate, end.case.at_gate)]


def _needs_reason(end: _End) -> str:
    sent = next((act.stage for act in end.case.story if act.do == "send"), None)
    asked = (
        end.ladder is not None
        and sent is not None
        and needs_reason(end.procedure, end.ladder, sent)
    )
    return "yes" if asked else "no"


def _yardstick(end: _End) -> str:
    """The Handbook's, which is for looked-after children and nobody else; moved by closures where the total is."""
    if end.alert.raised.raised_as != LOOKED_AFTER:
        return _when(None)
    formal = (
        run.sent_at
        for run in end.alert.runs
        if end.ladder is not None and end.ladder.stage(run.stage).formal
    )
    moved = (
        end.ladder is not None and end.ladder.cap is not None and end.ladder.cap.moved_by_closures
    )
    days = end.calendar if moved else end.calendar.without_closures
    start = next(formal, None)
    return _when(None if start is None else due(_HANDBOOK, start, days))


TELL: dict[str, Callable[[_End], Any]] = {
    "response_due": lambda end: _when(end.clocks.response),
    "falls_on": lambda end: _falls_on(end.clocks.response),
    "settle_by": lambda end: _when(end.clocks.settle or end.clocks.settle_by),
    "hold_until": lambda end: _when(end.clocks.hold),
    "cap": lambda end: _when(end.clocks.total),
    "yardstick": _yardstick,
    "escalate_by": lambda end: _when(end.clocks.escalate_by),
    "slack": lambda end: end.clocks.days_to_spare,
    "warns": _warns,
    "ways_on": _ways_on,
    "may_enter": _may_enter,
    "needs_reason": _needs_reason,
    "stands": _stands,
    "awaits": _awaits,
    "steps": lambda end: _steps(end, _when),
    "steps_fall_on": lambda end: _steps(end, _falls_on),
}
"""How each thing that a case may expect is found out."""
