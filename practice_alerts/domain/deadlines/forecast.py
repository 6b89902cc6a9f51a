"""What happens if nobody answers: each stage's date, the time limit, the days to spare, and when to escalate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.deadlines.counted_back import last_day_to_leave
from practice_alerts.domain.deadlines.due_date import (
    Calendar,
    Due,
    due_of,
    working_days_between,
)
from practice_alerts.domain.deadlines.stage_clocks import (
    RAISED,
    Anchors,
    ClockKind,
    SilentStage,
    anchors_of,
    by_silence,
    kind_of,
    lacks_hour,
    start_of,
    time_limit_start,
)
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step

_NOTHING: Anchors = {}


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

    `sent` is None from the first stage on whose day cannot be known; `due` is None where neither its answer
    nor putting it right has a clock. `ends` counts its steps as well. `by_choice`: nothing leads here but a choice. `escalate_by` is the last
    working day to leave the stage and still keep the time limit.
    """

    stage: Stage
    sent: DayOrMoment | None
    due: Due | None
    ends: DayOrMoment | None
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
    aim_for_whole: Due | None = None
    """Where the total is an aim."""

    @property
    def total(self) -> Due | None:
        """When the whole is to be done with, be that a limit or an aim."""
        return self.time_limit or self.aim_for_whole

    def stage(self, stage_id: str) -> StageForecast:
        return next(one for one in self.stages if one.stage.id == stage_id)


@dataclass(frozen=True, slots=True)
class HoldPrice:
    """What a hold costs if it fails. `past_limit` is below 1 where the stages left still fit; None without a limit."""

    until: date
    last: Stage
    ends: date
    past_limit: int | None


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
    sent = {stage.id: sent for stage, sent, _ in climbed if sent is not None}
    happened = {
        name: at for *_, silent in climbed if silent for name, at in silent.happened.items()
    }
    start = time_limit_start(ladder, happened, sent)
    time_limit = time_limit_of(ladder, start, calendar)
    first_formal = next((sent for stage, sent, _ in climbed if stage.formal and sent), None)
    whole = _Whole(ladder.usual_way_up(first.id), time_limit, happened, calendar)
    formal = tuple(stage for stage, *_ in climbed if stage.formal)
    before = {name: at for name, at in happened.items() if _is_before(name, ladder, formal)}
    return Forecast(
        tuple(whole.at(*one) for one in climbed),
        time_limit,
        _room(whole.path, first_formal, time_limit, calendar, before),
        _room(formal, first_formal, time_limit, calendar, before),
        total_of(ladder, start, calendar) if has_aim_for_whole(ladder) else None,
    )


def _is_before(name: str, ladder: Ladder, formal: tuple[Stage, ...]) -> bool:
    """Does it happen outside these stages: before them, or of the whole?"""
    stage = name.rpartition(".")[0]
    return not (ladder.has(stage) and ladder.stage(stage) in formal)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What every stage of one forecast shares."""

    path: tuple[Stage, ...]
    time_limit: Due | None
    anchors: Anchors
    calendar: Calendar

    def at(
        self, stage: Stage, sent: DayOrMoment | None, silent: SilentStage | None
    ) -> StageForecast:
        ends = silent.ends if silent else None
        return StageForecast(
            stage,
            sent,
            silent.paced_by if silent else None,
            ends,
            past_time_limit=_is_past(ends or sent, self.time_limit),
            escalate_by=last_day_to_leave(self.path, stage, self.time_limit, self.calendar),
            by_choice=stage.formal and stage not in self.path,
            steps=tuple(_step(step, stage, self.anchors, self.calendar) for step in stage.steps),
        )


def time_limit_of(
    ladder: Ladder, start: DayOrMoment | None, calendar: Calendar, *, exceptional: bool = False
) -> Due | None:
    """The time limit, running from what it is counted from; None where the procedure has none, or only an aim."""
    aim = has_aim_for_whole(ladder)
    return None if aim else total_of(ladder, start, calendar, exceptional=exceptional)


def total_of(
    ladder: Ladder, start: DayOrMoment | None, calendar: Calendar, *, exceptional: bool = False
) -> Due | None:
    """When the whole is to be done with, be that a limit or an aim.

    `exceptional`: the longer one, where the procedure has two and that was recorded of the alert.
    A council that closes its offices does not thereby give itself longer, unless its file says so.
    """
    if ladder.cap is None:
        return None
    days = calendar if ladder.cap.moved_by_closures else calendar.without_closures
    longer = ladder.exceptional if exceptional else None
    return due_of(longer or ladder.cap.within, start, days)


def has_aim_for_whole(ladder: Ladder) -> bool:
    """Is its total an aim? Then it limits nothing: no day to escalate by follows, and nothing is late by it."""
    return ladder.cap is not None and kind_of(ladder.cap.within) is ClockKind.AIM


def escalate_by(ladder: Ladder, stage_id: str, time_limit: Due, calendar: Calendar) -> date | None:
    """The last working day to leave a stage so that those after it on the usual way up fit the time limit.

    None for a stage off the usual way up. Untimed stages count as nothing.
    """
    return last_day_to_leave(ladder.usual_way_up(), ladder.stage(stage_id), time_limit, calendar)


def days_to_spare(
    ladder: Ladder,
    stage_id: str,
    sent_or_today: DayOrMoment,
    time_limit: Due,
    calendar: Calendar,
    *,
    happened: Anchors = _NOTHING,
) -> int | None:
    """Working days left to the time limit, less the clocks still to run: this stage's and those after it.

    On the usual way up from this stage on; below 0 when they no longer fit.
    """
    return _room(ladder.usual_way_up(stage_id), sent_or_today, time_limit, calendar, happened)


def failing(until: date) -> datetime:
    """A moment on the last day of a hold, for clocks that count hours."""
    return datetime.combine(until, time(12), tzinfo=LONDON)


def price_of_hold(
    ladder: Ladder,
    stage_id: str,
    until: date | None,
    time_limit: Due | None,
    calendar: Calendar,
    *,
    happened: Anchors = _NOTHING,
) -> HoldPrice | None:
    """When the stages left end by silence if a hold fails on its last day; None where none is left."""
    path = tuple(one for one in ladder.usual_way_up(stage_id) if one.id != stage_id)
    if until is None or not path:
        return None
    start = failing(until)
    left = {**happened, f"{stage_id}.escalated": start}
    ends = london_date(_end_of(path, start, calendar, left))
    past = None if time_limit is None else working_days_between(time_limit.by_day, ends, calendar)
    return HoldPrice(until, path[-1], ends, past)


def step_forecasts(
    ladder: Ladder, stage_id: str, anchors: Anchors, calendar: Calendar
) -> tuple[StepForecast, ...]:
    """The steps of a running stage; `anchors` holds what happened, ``stage-1.sent`` among it."""
    stage = ladder.stage(stage_id)
    return tuple(_step(step, stage, anchors, calendar) for step in stage.steps)


def _climb(
    stages: tuple[Stage, ...], sent_on: DayOrMoment, calendar: Calendar
) -> Iterator[tuple[Stage, DayOrMoment | None, SilentStage | None]]:
    sent: DayOrMoment | None = sent_on
    happened: dict[str, DayOrMoment] = {RAISED: sent_on}
    for stage in stages:
        if sent is None:
            yield stage, None, None
            continue
        silent = by_silence(stage, sent, happened, calendar)
        yield stage, sent, silent
        happened, sent = after(stage, silent), silent.ends


def after(stage: Stage, silent: SilentStage) -> dict[str, DayOrMoment]:
    """What has happened once it goes on from a stage left by silence."""
    left = {f"{stage.id}.escalated": silent.ends} if silent.ends is not None else {}
    return {**silent.happened, **left}


def _is_past(last: DayOrMoment | None, time_limit: Due | None) -> bool:
    return time_limit is not None and last is not None and london_date(last) > time_limit.by_day


def _room(
    path: tuple[Stage, ...],
    start: DayOrMoment | None,
    time_limit: Due | None,
    calendar: Calendar,
    happened: Anchors,
) -> int | None:
    if time_limit is None or start is None:
        return None
    last = london_date(_end_of(path, start, calendar, happened))
    return working_days_between(last, time_limit.by_day, calendar)


def _end_of(
    path: tuple[Stage, ...], start: DayOrMoment, calendar: Calendar, happened: Anchors
) -> DayOrMoment:
    """When the last of these stages ends by silence. One without a clock takes no time."""
    for stage in path:
        silent = by_silence(stage, start, happened, calendar)
        start = silent.ends or start
        happened = {**silent.happened, f"{stage.id}.escalated": start}
    return start


def _step(step: Step, stage: Stage, anchors: Anchors, calendar: Calendar) -> StepForecast:
    start = start_of(step, stage, anchors)
    ends = None if lacks_hour(step, stage, anchors) else due_of(step.within, start, calendar)
    return StepForecast(step, " or ".join(anchors_of(step, stage)), start, ends)
