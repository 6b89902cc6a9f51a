"""What the app would refuse of a worked case: each line goes by the rules of the act that it tells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from practice_alerts.domain.acts.acts import NOT_LED_THERE, Rules, ways_up, why_not
from practice_alerts.domain.acts.form_by_rule import SETTLE_BY, settle_faults
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.files.replay import alert_after, calendar_of
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.files.worked_cases import DOES, CaseEvent, WorkedCase, as_raised
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.days_of_acts import (
    longest_hold,
    why_not_that_day,
    why_not_that_step,
    why_not_unneeded,
    why_not_until,
    why_not_without_result,
)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of the story that could not happen, and why, as the app says it."""

    path: Path
    says: str


def refused(case: WorkedCase, procedure: Procedure, calendar: Calendar) -> tuple[RefusedLine, ...]:
    """Every line that could not happen. The story must be one that the procedure knows."""
    calendar = calendar_of(case, calendar)
    ladder = procedure.ladder_of(case.kind_in(procedure), case.partner)
    rules = Rules(as_raised(case, procedure, ladder) if ladder else procedure, ladder)
    found: list[RefusedLine] = []
    for place, act in enumerate(case.story):
        line = _Line(act, rules, calendar, alert_after(case, procedure, place))
        if place and act.on < case.story[place - 1].on:
            says = "it comes before the line above it: tell the story in the order in which it happened"
            found.append(RefusedLine(("story", place, "on"), says))
        says = line.why_not() or ""
        found += [RefusedLine(("story", place), says)] if says else []
        if found:  # whatever follows rests on it
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, and the alert as it stands before it."""

    act: CaseEvent
    rules: Rules
    calendar: Calendar
    alert: Alert

    def why_not(self) -> str | None:
        return next(filter(None, self._reasons()), None)

    def _reasons(self) -> Iterator[str | None]:
        run, ladder = self.alert.run, self.rules.ladder
        does = _ACT[self.act.do]
        if does is None or (self.act.do == "send" and run is None):
            yield self._settle()
            return
        yield why_not(does, self.alert, self.rules)
        if self.act.do != "send" and run and ladder and self.act.stage not in (None, run.stage):
            yield f"The alert is at {ladder.stage(run.stage).label}: another stage is told by do: send."
        yield _MORE[self.act.do](self)

    def _settle(self) -> str | None:
        day = self.act.settle_by
        faults = settle_faults(london_date(day) if day else None, london_date(self.act.on))
        return faults.get(SETTLE_BY)

    def send(self) -> str | None:
        ladder = self.rules.ladder
        up = ways_up(self.alert, ladder, self.rules.gate(self.alert)) if ladder else ()
        return self._settle() if self.act.stage in [one.id for one in up] else NOT_LED_THERE

    def answer(self) -> str | None:
        day = self.act.promise_by
        today = london_date(self.act.on)
        return why_not_that_day(london_date(day), today, "By when") if day else None

    def hold(self) -> str | None:
        if self.act.until is None:
            return None
        today = london_date(self.act.on)
        latest = longest_hold(self.rules.ladder, self.act.on, self.calendar)
        return why_not_until(london_date(self.act.until), today, latest)

    def step(self) -> str | None:
        ladder, run = self.rules.ladder, self.alert.run
        if ladder is None or run is None:
            return None
        stage = ladder.stage(run.stage)
        step = next((one for one in stage.steps if one.id == self.act.step), None)
        if step is None:
            return None
        said = (
            why_not_unneeded(step, stage)
            if self.act.needed == "no"
            else why_not_without_result(step, stage, self.act.outcome or "")
        )
        return why_not_that_step(step, run, stage) or said

    def exceptional(self) -> str | None:
        if self.rules.may_become_exceptional(self.alert):
            return None
        return "It is recorded already that this alert is exceptional."


_ACT: Mapping[str, Act | None] = complete(
    DOES,
    {
        "send": Act.ESCALATE,
        "answer": Act.ANSWER,
        "judge": Act.REVIEW_RESPONSE,
        "hold": Act.HOLD,
        "step": Act.STEP,
        "exceptional": Act.AGREE_DATE,
        "gate": None,
    },
)
"""What a line tells of; the gate, and sending for the first time, belong to raising."""

_MORE: Mapping[str, Callable[[_Line], str | None]] = complete(
    DOES,
    {
        "send": _Line.send,
        "answer": _Line.answer,
        "judge": lambda _: None,
        "hold": _Line.hold,
        "step": _Line.step,
        "exceptional": _Line.exceptional,
        "gate": lambda _: None,
    },
)
