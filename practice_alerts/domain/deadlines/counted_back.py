"""By when a stage is to be left: the clocks of the stages after it, counted back from the time limit."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from math import ceil

from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.stage_clocks import HOURS_A_DAY, always_awaited, anchors_of
from practice_alerts.domain.deadlines.working_days import Calendar, add_working_days
from practice_alerts.domain.procedure.clock import Clock, Days, Hours, Span
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Timed


def last_day_to_leave(
    ladder: Ladder,
    path: tuple[Stage, ...],
    stage: Stage,
    time_limit: Due | None,
    calendar: Calendar,
) -> date | None:
    """The last working day on which the stages after it on the path still fit; None for a stage off it."""
    leaving = None if time_limit is None else leaving_of(ladder, path, stage, calendar)
    return None if time_limit is None or leaving is None else leaving.last_day(time_limit.by_day)


def leaving_of(
    ladder: Ladder, path: tuple[Stage, ...], stage: Stage, calendar: Calendar
) -> "Leaving | None":
    """For whoever asks of many limits: the stage, and those after it on the path. None for a stage off it."""
    place = next((number for number, one in enumerate(path) if one.id == stage.id), None)
    return None if place is None else Leaving(ladder, path[place:], calendar)


@dataclass(frozen=True)
class Leaving:
    """The stage that is left, and those after it.

    What is asked is always by when the first is to be left, so that something comes in time; a step follows
    another, and a clock may start from what happened some stages before.
    """

    ladder: Ladder
    path: tuple[Stage, ...]
    calendar: Calendar
    _known: dict[tuple[int, date], date] = field(default_factory=dict)

    def last_day(self, time_limit: date) -> date:
        """The last working day to leave the first, so that all has ended by that day."""
        day = self._leaving_for(len(self.path), time_limit)
        return day if self.calendar.is_working(day) else add_working_days(day, -1, self.calendar)

    def _leaving_for(self, place: int, by: date) -> date:
        """So that the stage at this place of the path is sent by then; past the last, so that all has ended."""
        if place <= 1:
            return by
        if (place, by) not in self._known:
            each = (self._ending(one, place - 1, by) for one in self._clocks[place - 1])
            days = [self._leaving_for(place - 1, by), *(one for one in each if one is not None)]
            self._known[place, by] = min(days)
        return self._known[place, by]

    def _ending(
        self, timed: Timed, place: int, by: date, seen: frozenset[str] = frozenset()
    ) -> date | None:
        """So that its clock ends by then: any event that starts it will do. None where leaving starts none."""
        begun = _back(timed.within, by, self.calendar)
        names = anchors_of(timed, self.path[place])
        starts = (self._coming(name, begun, place, seen) for name in names)
        return max((one for one in starts if one is not None), default=None)

    def _coming(self, name: str, by: date, until: int, seen: frozenset[str]) -> date | None:
        """So that this event, at one of the stages up to that place, comes in time."""
        for place in range(1, until + 1):
            if name in self._sent_with[place]:
                return self._leaving_for(place, by)
            part = self._parts[place].get(name)
            if part is not None and name not in seen:
                started = self._ending(part, place, by, seen | {name})
                return None if started is None else min(started, self._leaving_for(place, by))
        return None

    @cached_property
    def _sent_with(self) -> tuple[frozenset[str], ...]:
        """By place, the events that come with the sending: leaving the stage before, and any passed over."""
        known, stages = {one.id for one in self.path}, self.ladder.stages
        found = [frozenset[str]()]
        for before, stage in pairwise(self.path):
            left, to = self.ladder.place(before.id), self.ladder.place(stage.id)
            over = (one.id for one in stages[left:to] if one.id not in known)
            found.append(
                frozenset({f"{stage.id}.sent", *(f"{one}.escalated" for one in (before.id, *over))})
            )
        return tuple(found)

    @cached_property
    def _clocks(self) -> tuple[tuple[Timed, ...], ...]:
        return tuple(_clocks(stage) for stage in self.path)

    @cached_property
    def _parts(self) -> tuple[dict[str, Timed], ...]:
        return tuple(_parts(stage) for stage in self.path)


def _clocks(stage: Stage) -> tuple[Timed, ...]:
    """Those that hold the stage up: on answering, else on putting it right, and on the steps."""
    paced_by = next((one for one in (stage.answer, stage.settle) if one and _is_span(one)), None)
    return (*((paced_by,) if paced_by else ()), *filter(_is_span, always_awaited(stage)))


def _parts(stage: Stage) -> dict[str, Timed]:
    """What takes place here in any case, by name; without a time it takes none."""
    parts: dict[str, Timed] = {f"{stage.id}.{step.id}": step for step in always_awaited(stage)}
    return parts if stage.answer is None else {**parts, f"{stage.id}.answered": stage.answer}


def _is_span(timed: Timed) -> bool:
    return isinstance(timed.within, Span)


def _back(clock: Clock, end: date, calendar: Calendar) -> date:
    """The last day on which a clock may start and still end by `end`."""
    if not isinstance(clock, Span):
        return end
    match clock.facts.way:
        case Hours():
            return end - timedelta(days=ceil(clock.amount / HOURS_A_DAY))
        case Days(each, working=True):
            worked = end if calendar.is_working(end) else add_working_days(end, -1, calendar)
            begun = add_working_days(worked, -clock.amount * each, calendar)
            # A day nobody works right after it would do as well, for the clock before this one.
            return add_working_days(begun, 1, calendar) - timedelta(days=1)
        case Days(each):
            return end - timedelta(days=clock.amount * each)
