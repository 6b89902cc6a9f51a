"""The clocks of an alert at its present stage, and of the whole."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import DayOrMoment, london_date
from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.forecast import (
    Forecast,
    HoldPrice,
    days_to_spare,
    escalate_by,
    failing,
    forecast,
    has_aim_for_whole,
    price_of_hold,
    total_of,
)
from practice_alerts.domain.deadlines.if_nobody_answers import Running
from practice_alerts.domain.deadlines.stage_clocks import (
    Anchors,
    ClockKind,
    StageClock,
    Times,
    first_of,
    stage_clock,
    time_limit_start,
)
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
from practice_alerts.domain.procedure.ladder import (
    NOT_STATED,
    Answer,
    Ladder,
    Settle,
    Stage,
    Timed,
)
from practice_alerts.domain.standing.anchors import anchors, first_on_paper
from practice_alerts.domain.standing.stage_steps import open_steps


@dataclass(frozen=True, slots=True)
class Clocks:
    """Separate clocks, each with its own receipt. None where the procedure states none."""

    awaited: tuple[StageClock, ...] = ()
    """What the present stage waits for: the answer, each step that is to take place, and putting it right."""
    agreed: date | None = None
    """Another day for the answer, agreed or given on paper; `response` stays what follows from the clock."""
    hold: date | None = None
    if_hold_fails: HoldPrice | None = None
    """Where the stages left end if what was promised is not done by the end of the hold."""
    time_limit: Due | None = None
    is_exceptional: bool = False
    """Is the time limit the longer one, because the alert is recorded as exceptional?"""
    aim_for_whole: Due | None = None
    """Where the total is an aim: it limits nothing, and nothing is late by it."""
    escalate_by: date | None = None
    days_to_spare: int | None = None
    """Working days left to the time limit, less the clocks still to run; those after a hold from its end on."""
    without_hold: int | None = None
    """The same as if no hold ran."""
    calendar: Calendar | None = field(default=None, compare=False, repr=False)
    """The calendar they were worked out with."""

    def of(self, times: Times) -> StageClock | None:
        """The clock on this; of several steps the one to see to first, with a day if any has one."""
        these = tuple(one for one in self.awaited if one.times is times)
        return first_of(these) or next(iter(these), None)

    @property
    def response(self) -> Due | None:
        """From the clock, whatever day was agreed."""
        return _due(self.of(Times.ANSWER))

    @property
    def step(self) -> StageClock | None:
        return self.of(Times.STEP)

    @property
    def settle(self) -> Due | None:
        return _due(self.of(Times.SETTLE))

    @property
    def settle_by(self) -> date | None:
        """The raiser's own day, where the procedure leaves it to them."""
        settle = self.of(Times.SETTLE)
        return settle.set_day if settle else None

    @property
    def first(self) -> StageClock | None:
        """The one to work to: the first that can be missed, else the first that gives a day."""
        return first_of(self.awaited)

    @property
    def answer_by(self) -> date | None:
        """The last day for what is waited for first, of whatever kind: `first` says which."""
        return self.first.day if self.first else None

    @property
    def answer_due(self) -> date | None:
        """The last day for an answer: agreed, or from the clock."""
        answer = self.of(Times.ANSWER)
        return answer.day if answer else None

    @property
    def answer_until(self) -> DayOrMoment | None:
        """The same as it is told: of a clock in hours with the time of day."""
        answer = self.of(Times.ANSWER)
        return answer.by if answer else None

    @property
    def total(self) -> Due | None:
        """When the whole is to be done with, be that a limit or an aim."""
        return self.time_limit or self.aim_for_whole

    def late(self, now: datetime) -> tuple[StageClock, ...]:
        """Everything that was missed, the answer first. An aim never is."""
        return tuple(one for one in self.awaited if one.is_late(now))

    @property
    def late_from(self) -> datetime | None:
        """The first moment, in UTC, at which anything of it is missed; None where nothing ever is."""
        every = (one.up_from for one in self.awaited if one.is_binding)
        return min(filter(None, every), default=None)

    def answer_is_late(self, now: datetime) -> bool:
        """Is the answer overdue? An aim never is."""
        return any(one.times is Times.ANSWER for one in self.late(now))

    @property
    def waits_for_answer_aim(self) -> bool:
        answer = self.of(Times.ANSWER)
        return answer is not None and answer.kind is ClockKind.AIM

    @property
    def waits_for_aim(self) -> bool:
        """Does the day of the one to work to pass without anything being overdue?"""
        return self.first is not None and not self.first.is_binding


def _due(clock: StageClock | None) -> Due | None:
    return clock.due if clock else None


def set_by_people(run: StageRun) -> tuple[StageClock, ...]:
    """The days that are known without any calendar."""
    by = run.settle_by
    return (StageClock(Times.SETTLE, NOT_STATED, None, None, (), by),) if by else ()


def running_clocks(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The clocks of the present stage and of the whole. Raises BeyondCalendar."""
    clocks = clocks_to_stand_by(alert, ladder, calendar)
    run, limit = alert.run, clocks.time_limit
    if ladder is None or run is None or limit is None:
        return clocks
    spare = _days_to_spare(run, ladder, limit, calendar, anchors(alert, ladder))
    left = _with_hold(spare, clocks) if alert.is_open else spare
    return replace(clocks, days_to_spare=left, without_hold=spare)


def clocks_to_stand_by(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The same without the days to spare, for which all stages to come are gone through. Raises BeyondCalendar."""
    run = alert.run
    if ladder is None or run is None:
        return Clocks()
    stage = ladder.stage(run.stage)
    happened = anchors(alert, ladder)
    total, is_aim = _total(alert, ladder, happened, calendar), has_aim_for_whole(ladder)
    limit = None if is_aim else total
    hold = run.hold.until if run.hold else None
    return Clocks(
        awaited=_awaited(run, stage, happened, calendar),
        agreed=run.set_day,
        hold=hold,
        if_hold_fails=price_of_hold(ladder, stage.id, hold, limit, calendar, happened=happened),
        time_limit=limit,
        is_exceptional=is_longer(alert, ladder),
        aim_for_whole=total if is_aim else None,
        escalate_by=escalate_by(ladder, stage.id, limit, calendar) if limit else None,
        calendar=calendar,
    )


def awaited_clocks(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """Of them only what the present stage waits for: neither the whole nor the stages to come. Raises BeyondCalendar."""
    run = alert.run
    if ladder is None or run is None:
        return Clocks()
    happened = anchors(alert, ladder)
    awaited = _awaited(run, ladder.stage(run.stage), happened, calendar)
    return Clocks(awaited, run.set_day, calendar=calendar)


def _days_to_spare(
    run: StageRun, ladder: Ladder, limit: Due, calendar: Calendar, happened: Anchors
) -> int | None:
    return days_to_spare(
        *(ladder, run.stage, run.sent_at, limit, calendar),
        happened=happened,
        running=_running(run, ladder),
    )


def _running(run: StageRun, ladder: Ladder) -> Running:
    agreed = run.day_set_at
    is_answered = agreed is not None and any(one.known_at > agreed for one in run.answers)
    to_come = open_steps(run, ladder.stage(run.stage))
    return Running(to_come, None if is_answered else run.set_day)


def still_ahead(alert: Alert, ladder: Ladder, calendar: Calendar) -> Forecast | None:
    """The stages that are left, climbed by silence: from where the alert stands, or from the end of its hold.

    None for an alert without stages.
    """
    run = alert.run
    if run is None:
        return None
    happened, following = anchors(alert, ladder), ladder.next_stages(run.stage)
    if run.hold is not None and following:
        start = failing(run.hold.until)
        left = {**happened, f"{run.stage}.escalated": start}
        return forecast(ladder, start, following[0].id, calendar, happened=left)
    here = _running(run, ladder)
    return forecast(ladder, run.sent_at, run.stage, calendar, happened=happened, running=here)


def if_escalated(
    alert: Alert, ladder: Ladder, to: str, now: datetime, calendar: Calendar
) -> Forecast:
    """The stages from that one on, climbed by silence, if it were reached now."""
    happened = anchors(alert, ladder)
    if alert.run is not None:
        happened[f"{alert.run.stage}.escalated"] = now
    longer = is_longer(alert, ladder)
    return forecast(ladder, now, to, calendar, happened=happened, exceptional=longer)


def ahead_from(
    alert: Alert, ladder: Ladder, now: datetime, calendar: Calendar
) -> tuple[Forecast | None, str]:
    """The days of the stages to come, and on which condition.

    Where one has passed, or every answer has come, those of going on today.
    """
    run = alert.run
    silent = "if the hold fails" if run is not None and run.hold else "if nobody answers"
    ahead, here = still_ahead(alert, ladder, calendar), run.stage if run else ""
    following = ladder.next_stages(here) if run else ()
    later = [
        day
        for one in (ahead.stages if ahead else ())
        if one.stage.id != here
        for day in (one.sent_on, one.due.by_day if one.due else None)
    ]
    is_answered = run is not None and run.all_answered_at is not None and run.hold is None
    has_passed = any(day is not None and day < london_date(now) for day in later)
    if following and (is_answered or has_passed):
        anew = if_escalated(alert, ladder, following[0].id, now, calendar)
        return anew, "if it goes on today and nobody answers"
    return ahead, silent


def _with_hold(spare: int | None, clocks: Clocks) -> int | None:
    """While a hold runs, the stages after it begin at its end: what is left then, and no more."""
    price, limit, calendar = clocks.if_hold_fails, clocks.time_limit, clocks.calendar
    if price is not None and price.past_limit is not None:
        return -price.past_limit
    if spare is None or clocks.hold is None or limit is None or calendar is None:
        return spare
    return min(spare, working_days_between(clocks.hold, limit.by_day, calendar))


def _awaited(
    run: StageRun, stage: Stage, happened: Anchors, calendar: Calendar
) -> tuple[StageClock, ...]:
    timed: list[tuple[Timed | None, date | None]] = [
        (stage.answer, run.set_day),
        *((step, None) for step in open_steps(run, stage)),
        (stage.settle or _only_if_set(run), run.settle_by),
    ]
    return tuple(
        stage_clock(one, stage, happened, calendar, set_day, as_given=_is_given(one, run))
        for one, set_day in timed
        if one is not None
    )


def _is_given(timed: Timed, run: StageRun) -> bool:
    return isinstance(timed, Answer) and run.is_as_given


def answer_clock_at(
    alert: Alert, run: StageRun, ladder: Ladder, calendar: Calendar
) -> StageClock | None:
    """The clock of the answer at any stay of the alert; None where that stage asks for none."""
    stage = ladder.stage(run.stage)
    if stage.answer is None:
        return None
    given, happened = run.is_as_given, anchors(alert)
    return stage_clock(stage.answer, stage, happened, calendar, run.set_day, as_given=given)


def _only_if_set(run: StageRun) -> Settle | None:
    return Settle() if run.settle_by else None


def time_limit_due(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Due | None:
    """The time limit, from the event it is counted from; None while that has not happened."""
    if ladder is None or has_aim_for_whole(ladder):
        return None
    return _total(alert, ladder, anchors(alert, ladder), calendar)


def _total(alert: Alert, ladder: Ladder, happened: Anchors, calendar: Calendar) -> Due | None:
    sent = {**{run.stage: run.sent_at for run in reversed(alert.runs)}, **first_on_paper(alert)}
    start = time_limit_start(ladder, happened, sent)
    return total_of(ladder, start, calendar, exceptional=alert.is_exceptional)


def is_longer(alert: Alert, ladder: Ladder | None) -> bool:
    """Does the exceptional total of its ladder hold for this alert?"""
    return alert.is_exceptional and ladder is not None and ladder.exceptional is not None
