"""How a stage runs when nothing is done before its clocks are used up, and when what was recorded came sooner or later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.deadlines.due_date import Due, due_of
from practice_alerts.domain.deadlines.stage_clocks import (
    HOURS_A_DAY,
    Anchors,
    always_awaited,
    as_moment,
    assumed_starts,
    lacks_hour,
    start_of,
)
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.procedure.clock import Clock, Span, Untimed
from practice_alerts.domain.procedure.ladder import Stage, Step, Timed


@dataclass(frozen=True, slots=True)
class Running:
    """What is known of the stage at which an alert stands, beside what has happened there."""

    to_come: tuple[Step, ...]
    """The steps still to be recorded, on the branch that was taken."""
    agreed: date | None = None
    """Another day agreed for an answer that has not come since."""


@dataclass(frozen=True, slots=True)
class SilentStage:
    """A stage in which nothing is done before its clock is used up. `ends` is None where no clock gives a day."""

    answer: Due | None
    settle: Due | None
    ends: DayOrMoment | None
    happened: Anchors
    assumes: tuple[str, ...] = ()
    """From what that which paces it is counted, where that is only taken to come on its last day."""

    @property
    def paced_by(self) -> Due | None:
        """The clock that paces it: on answering, else on putting it right."""
        return self.answer or self.settle


def by_silence(
    stage: Stage,
    sent: DayOrMoment,
    happened: Anchors,
    calendar: Calendar,
    running: Running | None = None,
    *,
    at_least: bool = False,
    recorded: Anchors | None = None,
) -> SilentStage:
    """How the stage runs when each clock is used up: steps take place on their last day, if they have not yet.

    Where nothing says when a step takes place, what is counted from it gives no day either; with `at_least`
    it takes no time, so that what is counted from it is not forgotten. What has happened is as it was; `recorded` is
    what of it is certain, all where it is left out.
    """
    before = {**happened, f"{stage.id}.sent": sent}
    course = _Course(stage, calendar, running, at_least)
    known, ends = before, dict[str, DayOrMoment]()
    for _ in range(len(stage.steps) + 2):  # as long as one may be counted from another
        ends = dict(course.ends(known))
        known = {**_named(stage, {**ends, **dict(course.at_once(known))}), **before}
    ends |= course.as_it_was(before)
    last = max(ends.values(), key=as_moment, default=None)
    answer, settle = (course.due(one, known) for one in (stage.answer, stage.settle))
    paced = stage.answer if answer else stage.settle
    sure = before if recorded is None else recorded
    assumes = assumed_starts(paced, stage, known, sure) if paced else ()
    return SilentStage(answer, settle, _at_time_of(last, sent), known, assumes)


def _named(stage: Stage, ends: Mapping[str, DayOrMoment]) -> dict[str, DayOrMoment]:
    return {f"{stage.id}.{name}": end for name, end in ends.items() if name}


@dataclass(frozen=True, slots=True)
class _Course:
    """One stage, and what is assumed of it."""

    stage: Stage
    calendar: Calendar
    running: Running | None
    at_least: bool

    @property
    def steps(self) -> tuple[Step, ...]:
        return always_awaited(self.stage) if self.running is None else self.running.to_come

    @property
    def agreed(self) -> date | None:
        return self.running.agreed if self.running else None

    def as_it_was(self, before: Anchors) -> dict[str, DayOrMoment]:
        """When that came which was recorded, in place of the last day for it."""
        came = {name.removeprefix(f"{self.stage.id}."): at for name, at in before.items()}
        ended = {step.id: came[step.id] for step in self.stage.steps if step.id in came}
        answer = self.stage.answer
        if answer is not None and "answered" in came and self.agreed is None:
            ended["answered"] = came["answered"]
            if isinstance(
                answer.within, Span
            ):  # else putting it right paces the stage, and still does
                ended[""] = came["answered"]
        return ended

    def due(self, timed: Timed | None, known: Anchors) -> Due | None:
        if timed is None or lacks_hour(timed, self.stage, known):
            return None
        return due_of(timed.within, start_of(timed, self.stage, known), self.calendar)

    def ends(self, known: Anchors) -> Iterator[tuple[str, DayOrMoment]]:
        """Under the step's id, or nothing for what paces the stage, when each clock is used up."""
        answer = self.agreed or self._end(self.stage.answer, known)
        paced = answer or self._end(self.stage.settle, known)
        if paced is not None:
            yield "", paced
        if answer is not None:
            yield "answered", answer
        for step in self.steps:
            end = self._end(step, known)
            if end is not None:
                yield step.id, end

    def at_once(self, known: Anchors) -> Iterator[tuple[str, DayOrMoment]]:
        """What takes no time, or none that is known: as soon as it can be."""
        timed: list[tuple[str, Timed]] = [(step.id, step) for step in self.steps]
        if self.stage.answer is not None and self.at_least:
            timed.append(("answered", self.stage.answer))
        for name, one in timed:
            is_at_once = one.within is Untimed.IMMEDIATELY or self.at_least
            start = start_of(one, self.stage, known)
            if is_at_once and start is not None and not isinstance(one.within, Span):
                yield name, _latest(start, known[f"{self.stage.id}.sent"])

    def _end(self, timed: Timed | None, known: Anchors) -> DayOrMoment | None:
        """What was due before the stage was reached is done there at the earliest."""
        if timed is None:
            return None
        start, sent = start_of(timed, self.stage, known), known[f"{self.stage.id}.sent"]
        if start is not None and lacks_hour(timed, self.stage, known):
            return _latest(start + timedelta(days=_whole_days(timed.within)), sent)
        ends = due_of(timed.within, start, self.calendar)
        return _latest(ends.by, sent) if ends else None


def _latest(one: DayOrMoment, other: DayOrMoment) -> DayOrMoment:
    """Of a day and a moment on it, the day: all of it is left."""
    return one if london_date(one) == london_date(other) else max(one, other, key=as_moment)


def _whole_days(hours: Clock) -> int:
    return ceil(hours.amount / HOURS_A_DAY) if isinstance(hours, Span) else 0


def _at_time_of(day: DayOrMoment | None, sent: DayOrMoment) -> DayOrMoment | None:
    """That day, at the time of day at which it was sent, where there was one."""
    if day is None or isinstance(day, datetime) or not isinstance(sent, datetime):
        return day
    return datetime.combine(day, sent.astimezone(LONDON).time(), tzinfo=LONDON)
