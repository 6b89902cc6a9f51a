"""What happens if nobody answers: each stage's date, the time limit, the days to spare, and when to escalate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from practice_alerts.domain.dates import LONDON, DayOrMoment, london_date
from practice_alerts.domain.deadlines.counted_back import last_day_to_leave
from practice_alerts.domain.deadlines.due_date import Due, due_of
from practice_alerts.domain.deadlines.if_nobody_answers import Running, SilentStage, by_silence
from practice_alerts.domain.deadlines.stage_clocks import (
    RAISED,
    Anchors,
    ClockKind,
    anchors_of,
    kind_of,
    lacks_hour,
    start_of,
    time_limit_start,
    with_passed_over,
)
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
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
    assumes: tuple[str, ...] = ()
    """What `due` is counted from, where that has not come yet and is taken to come on its last day."""

    @property
    def sent_on(self) -> date | None:
        return None if self.sent is None else london_date(self.sent)

    @property
    def is_reached_too_late(self) -> bool:
        """Has the last day to leave it gone before it is reached?"""
        by = self.escalate_by
        return by is not None and self.sent_on is not None and by < self.sent_on


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
    *,
    happened: Anchors = _NOTHING,
    running: Running | None = None,
    exceptional: bool = False,
) -> Forecast:
    """The ladder climbed by silence alone, from `entry` (or the first formal stage) on; `happened` is recorded.

    Raises BeyondCalendar, BeforeCalendar, NeedsATime; `KeyError` for a stage the ladder has not.
    """
    first = ladder.stage(entry) if entry is not None else ladder.first_formal
    climbed = tuple(_climb(_Way(ladder, (first,), calendar, running), sent_on, happened))
    known = {name: at for *_, one in climbed if one for name, at in one.happened.items()}
    start = time_limit_start(ladder, known, _first_sent(ladder, climbed, happened))
    time_limit = time_limit_of(ladder, start, calendar, exceptional=exceptional)
    first_formal = next((sent for stage, sent, _ in climbed if stage.formal and sent), None)
    whole = _Whole(ladder, ladder.usual_way_up(first.id), time_limit, known, calendar)
    formal = tuple(stage for stage, *_ in climbed if stage.formal)
    before = {name: at for name, at in known.items() if _is_before(name, ladder, formal)}
    return Forecast(
        tuple(whole.at(*one) for one in climbed),
        time_limit,
        _Way(ladder, whole.path, calendar).room(first_formal, time_limit, before),
        _Way(ladder, formal, calendar).room(first_formal, time_limit, before),
        total_of(ladder, start, calendar) if has_aim_for_whole(ladder) else None,
    )


def _first_sent(
    ladder: Ladder,
    climbed: Iterable[tuple[Stage, DayOrMoment | None, SilentStage | None]],
    happened: Anchors,
) -> dict[str, DayOrMoment]:
    """When each stage is sent first: one of which that is recorded is not sent anew, so that a total runs on."""
    sent = {stage.id: at for stage, at, _ in climbed if at}
    recorded = ((one.id, happened.get(f"{one.id}.sent")) for one in ladder.stages)
    return sent | {name: at for name, at in recorded if at}


def _is_before(name: str, ladder: Ladder, formal: tuple[Stage, ...]) -> bool:
    """Does it happen outside these stages: before them, or of the whole?"""
    stage = name.rpartition(".")[0]
    return not (ladder.has(stage) and ladder.stage(stage) in formal)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What every stage of one forecast shares."""

    ladder: Ladder
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
            escalate_by=last_day_to_leave(
                self.ladder, self.path, stage, self.time_limit, self.calendar
            ),
            by_choice=stage.formal and stage not in self.path,
            steps=tuple(_step(step, stage, self.anchors, self.calendar) for step in stage.steps),
            assumes=silent.assumes if silent else (),
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
    path, stage = ladder.usual_way_up(), ladder.stage(stage_id)
    return last_day_to_leave(ladder, path, stage, time_limit, calendar)


def days_to_spare(
    ladder: Ladder,
    stage_id: str,
    sent_or_today: DayOrMoment,
    time_limit: Due,
    calendar: Calendar,
    *,
    happened: Anchors = _NOTHING,
    running: Running | None = None,
) -> int | None:
    """Working days left to the time limit, less the clocks still to run: this stage's and those after it.

    On the usual way up from this stage on; below 0 when they no longer fit. What is recorded of this stage
    counts as it was.
    """
    way = _Way(ladder, ladder.usual_way_up(stage_id), calendar, running)
    return way.room(sent_or_today, time_limit, happened)


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
    ends = london_date(_Way(ladder, path, calendar).end(start, left))
    past = None if time_limit is None else working_days_between(time_limit.by_day, ends, calendar)
    return HoldPrice(until, path[-1], ends, past)


def step_forecasts(
    ladder: Ladder, stage_id: str, anchors: Anchors, calendar: Calendar
) -> tuple[StepForecast, ...]:
    """The steps of a running stage; `anchors` holds what happened, ``stage-1.sent`` among it."""
    stage = ladder.stage(stage_id)
    return tuple(_step(step, stage, anchors, calendar) for step in stage.steps)


def _climb(
    way: "_Way", sent_on: DayOrMoment, happened: Anchors
) -> Iterator[tuple[Stage, DayOrMoment | None, SilentStage | None]]:
    """Every stage from the first of the way on, in the order of the ladder."""
    ladder, running = way.ladder, way.running
    sent: DayOrMoment | None = sent_on
    known: Anchors = {RAISED: sent_on, **happened}
    for stage in ladder.stages[ladder.place(way.path[0].id) :]:
        if sent is None:
            yield stage, None, None
            continue
        if running is None:  # whatever was recorded there was of an earlier stay
            known = _without(stage, known)
        known = with_passed_over({**known, f"{stage.id}.sent": sent}, ladder)
        recorded = _without(stage, happened) if running is None else happened
        silent = by_silence(stage, sent, known, way.calendar, running, recorded=recorded)
        yield stage, sent, silent
        known, sent, running = after(stage, silent), silent.ends, None


def after(stage: Stage, silent: SilentStage) -> dict[str, DayOrMoment]:
    """What has happened once it goes on from a stage left by silence."""
    left = {f"{stage.id}.escalated": silent.ends} if silent.ends is not None else {}
    return {**silent.happened, **left}


def _is_past(last: DayOrMoment | None, time_limit: Due | None) -> bool:
    return time_limit is not None and last is not None and london_date(last) > time_limit.by_day


@dataclass(frozen=True, slots=True)
class _Way:
    """A way up to be climbed by silence; `running` is what is known of its first stage."""

    ladder: Ladder
    path: tuple[Stage, ...]
    calendar: Calendar
    running: Running | None = None

    def room(
        self, start: DayOrMoment | None, time_limit: Due | None, happened: Anchors
    ) -> int | None:
        if time_limit is None or start is None:
            return None
        last = london_date(self.end(start, happened))
        return working_days_between(last, time_limit.by_day, self.calendar)

    def end(self, start: DayOrMoment, happened: Anchors) -> DayOrMoment:
        """When the last of these stages ends. One without a clock takes no time."""
        running = self.running
        for stage in self.path:
            if stage is not self.path[0]:  # whatever was recorded there was of an earlier stay
                happened = _without(stage, happened)
            happened = with_passed_over({**happened, f"{stage.id}.sent": start}, self.ladder)
            silent = by_silence(stage, start, happened, self.calendar, running, at_least=True)
            start, running = silent.ends or start, None
            happened = {**silent.happened, f"{stage.id}.escalated": start}
        return start


def _without(stage: Stage, happened: Anchors) -> Anchors:
    return {name: at for name, at in happened.items() if not name.startswith(f"{stage.id}.")}


def _step(step: Step, stage: Stage, anchors: Anchors, calendar: Calendar) -> StepForecast:
    start = start_of(step, stage, anchors)
    ends = None if lacks_hour(step, stage, anchors) else due_of(step.within, start, calendar)
    return StepForecast(step, " or ".join(anchors_of(step, stage)), start, ends)
