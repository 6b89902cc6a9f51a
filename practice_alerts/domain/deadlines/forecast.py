"""What happens if nobody answers: each stage's date, the time limit, the days to spare, and when to escalate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.deadlines.due_date import (
    Calendar,
    Due,
    add_working_days,
    due_of,
    working_days_between,
)
from practice_alerts.domain.procedure.clock import Clock, Days, Hours, Span
from practice_alerts.domain.procedure.ladder import EarlierOf, Ladder, Stage, Step

Anchors = Mapping[str, DayOrMoment]
"""When things happened, by stage and step: ``stage-2.discussion``."""

_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class StepForecast:
    """One step. `due` is None where the clock has no amount, or its start is not known yet."""

    step: Step
    counted_from: str
    start: DayOrMoment | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class StageForecast:
    """One stage, sent on the day the clock of the one before ended.

    `sent` is None from the first stage on whose day cannot be known; `due` is None where the stage
    has no clock of its own. `by_choice`: nothing leads here but a choice. `escalate_by` is the last
    working day to leave the stage and still keep the time limit.
    """

    stage: Stage
    sent: DayOrMoment | None
    due: Due | None
    past_time_limit: bool
    escalate_by: date | None
    by_choice: bool
    steps: tuple[StepForecast, ...]

    @property
    def sent_on(self) -> date | None:
        return None if self.sent is None else london_date(self.sent)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`days_to_spare` on the usual way up, in working days; `to_spare_with_all` with every formal stage."""

    stages: tuple[StageForecast, ...]
    time_limit: Due | None
    days_to_spare: int | None
    to_spare_with_all: int | None

    def stage(self, stage_id: str) -> StageForecast:
        return next(one for one in self.stages if one.stage.id == stage_id)


def forecast(
    ladder: Ladder,
    sent_on: DayOrMoment,
    entry: str | None,
    calendar: Calendar,
) -> Forecast:
    """The ladder climbed by silence alone, from `entry` (or the first formal stage) on.

    Raises BeyondCalendar, BeforeCalendar, and NeedsATime where a clock in hours meets a date
    without a time; `KeyError` for a stage the ladder has not.
    """
    first = ladder.stage(entry) if entry is not None else ladder.first_formal
    climbed = tuple(_climb(ladder.stages[ladder.place(first.id) :], sent_on, calendar))
    time_limit_start = next((sent for stage, sent, _ in climbed if stage.formal and sent), None)
    time_limit = time_limit_of(ladder, time_limit_start, calendar)
    sent_when = {f"{stage.id}.sent": sent for stage, sent, _ in climbed if sent is not None}
    whole = _Whole(ladder.usual_way_up(first.id), time_limit, sent_when, calendar)
    formal = tuple(stage for stage, *_ in climbed if stage.formal)
    return Forecast(
        tuple(whole.at(*one) for one in climbed),
        time_limit,
        _room(whole.path, time_limit_start, time_limit, calendar),
        _room(formal, time_limit_start, time_limit, calendar),
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """What every stage of one forecast shares."""

    path: tuple[Stage, ...]
    time_limit: Due | None
    anchors: Anchors
    calendar: Calendar

    def at(self, stage: Stage, sent: DayOrMoment | None, ends: Due | None) -> StageForecast:
        return StageForecast(
            stage,
            sent,
            ends,
            past_time_limit=_is_past(ends, sent, self.time_limit),
            escalate_by=_escalate_by(self.path, stage, self.time_limit, self.calendar),
            by_choice=stage.formal and stage not in self.path,
            steps=tuple(_step(step, stage, self.anchors, self.calendar) for step in stage.steps),
        )


def time_limit_of(
    ladder: Ladder, first_formal_sent: DayOrMoment | None, calendar: Calendar
) -> Due | None:
    """The time limit, running from the first formal stage; None where the procedure has none."""
    return due_of(ladder.cap.within if ladder.cap else None, first_formal_sent, calendar)


def escalate_by(ladder: Ladder, stage_id: str, time_limit: Due, calendar: Calendar) -> date | None:
    """The last working day to leave a stage so that those after it on the usual way up fit the time limit.

    None for a stage off the usual way up. Untimed stages count as nothing.
    """
    return _escalate_by(ladder.usual_way_up(), ladder.stage(stage_id), time_limit, calendar)


def days_to_spare(
    ladder: Ladder, stage_id: str, sent_or_today: DayOrMoment, time_limit: Due, calendar: Calendar
) -> int | None:
    """Working days left to the time limit, less the clocks still to run: this stage's and those after it.

    On the usual way up from this stage on; below 0 when they no longer fit.
    """
    return _room(ladder.usual_way_up(stage_id), sent_or_today, time_limit, calendar)


def step_forecasts(
    ladder: Ladder, stage_id: str, anchors: Anchors, calendar: Calendar
) -> tuple[StepForecast, ...]:
    """The steps of a running stage; `anchors` holds what happened, ``stage-1.sent`` among it."""
    stage = ladder.stage(stage_id)
    return tuple(_step(step, stage, anchors, calendar) for step in stage.steps)


def _climb(
    stages: tuple[Stage, ...], sent_on: DayOrMoment, calendar: Calendar
) -> Iterator[tuple[Stage, DayOrMoment | None, Due | None]]:
    sent: DayOrMoment | None = sent_on
    for stage in stages:
        ends = due_of(stage.clock, sent, calendar)
        yield stage, sent, ends
        sent = None if ends is None or sent is None else _next_start(ends, sent)


def _next_start(ended: Due, sent: DayOrMoment) -> DayOrMoment:
    """The day a clock ended, at the time of day at which it began, where there was one."""
    if isinstance(ended.by, datetime) or not isinstance(sent, datetime):
        return ended.by
    return datetime.combine(ended.by, sent.astimezone(LONDON).time(), tzinfo=LONDON)


def _is_past(ends: Due | None, sent: DayOrMoment | None, time_limit: Due | None) -> bool:
    last = ends.by if ends is not None else sent
    return time_limit is not None and last is not None and london_date(last) > time_limit.by_day


def _room(
    path: tuple[Stage, ...], start: DayOrMoment | None, time_limit: Due | None, calendar: Calendar
) -> int | None:
    if time_limit is None or start is None:
        return None
    for stage in path:
        ends = due_of(stage.clock, start, calendar)
        start = start if ends is None else _next_start(ends, start)
    return working_days_between(london_date(start), time_limit.by_day, calendar)


def _escalate_by(
    path: tuple[Stage, ...], stage: Stage, time_limit: Due | None, calendar: Calendar
) -> date | None:
    if time_limit is None or stage not in path:
        return None
    day = time_limit.by_day
    for later in reversed(path[path.index(stage) + 1 :]):
        day = _back(later.clock, day, calendar)
    return day if calendar.is_working(day) else add_working_days(day, -1, calendar)


def _back(clock: Clock, end: date, calendar: Calendar) -> date:
    """The last day on which a clock may start and still end by `end`."""
    if not isinstance(clock, Span):
        return end
    match clock.facts.way:
        case Hours():
            return end - timedelta(days=ceil(clock.amount / _HOURS_A_DAY))
        case Days(each, working=True):
            worked = end if calendar.is_working(end) else add_working_days(end, -1, calendar)
            begun = add_working_days(worked, -clock.amount * each, calendar)
            # A day nobody works right after it would do as well, for the clock before this one.
            return add_working_days(begun, 1, calendar) - timedelta(days=1)
        case Days(each):
            return end - timedelta(days=clock.amount * each)


def _step(step: Step, stage: Stage, anchors: Anchors, calendar: Calendar) -> StepForecast:
    from_ = step.counted_from
    events = from_.earlier_of if isinstance(from_, EarlierOf) else (from_,)
    names = tuple(event if "." in event else f"{stage.id}.{event}" for event in events)
    happened = [anchors[name] for name in names if name in anchors]
    start = min(happened, key=_as_moment) if happened else None
    ends = due_of(step.within, start, calendar)
    return StepForecast(step, " or ".join(names), start, ends)


def _as_moment(when: DayOrMoment) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=LONDON)
