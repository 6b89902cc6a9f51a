"""Every clock of a stage: what it times, from which event it starts, of what kind it is and which day it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, DayOrMoment, first_moment_after, must_be_aware
from practice_alerts.domain.deadlines.due_date import Beside, Due, due_of
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.procedure.clock import Clock, Hours, Span, Strength, Untimed
from practice_alerts.domain.procedure.ladder import EarlierOf, Ladder, Settle, Stage, Step, Timed

Anchors = Mapping[str, DayOrMoment]
"""When things happened, by stage and event or step: ``stage-2.discussion``; ``raised`` has no stage."""

RAISED = "raised"
"""The one event that belongs to no stage."""

FIRST_FORMAL = frozenset({"first formal stage sent", "first formal stage entered"})
"""From what a total runs in most procedures, as they word it."""

HOURS_A_DAY = 24


class ClockKind(Enum):
    """What a clock asks of people. Deadlines and maximums can be missed."""

    DEADLINE = "deadline"
    MAXIMUM = "maximum"
    AIM = "aim"
    AGREED = "agreed"
    AT_ONCE = "at once"
    NOT_STATED = "not stated"


class Times(Enum):
    """What is timed, as the head of a column or line calls its day."""

    ANSWER = "Answer due"
    STEP = "Next step due"
    SETTLE = "To be put right by"


_BY_STRENGTH = complete(
    Strength,
    {
        Strength.DEADLINE: ClockKind.DEADLINE,
        Strength.AIM: ClockKind.AIM,
        Strength.MAXIMUM: ClockKind.MAXIMUM,
    },
)
_UNTIMED = complete(
    Untimed,
    {
        Untimed.IMMEDIATELY: ClockKind.AT_ONCE,
        Untimed.BY_AGREEMENT: ClockKind.AGREED,
        Untimed.NOT_STATED: ClockKind.NOT_STATED,
    },
)
_AIM_HEADS = complete(
    Times,
    {
        Times.ANSWER: "Answer, as an aim,",
        Times.STEP: "Next step, as an aim,",
        Times.SETTLE: "Aim: to be put right by",
    },
)


def kind_of(clock: Clock) -> ClockKind:
    return _BY_STRENGTH[clock.strength] if isinstance(clock, Span) else _UNTIMED[clock]


@dataclass(frozen=True, slots=True)
class StageClock:
    """One clock. `start` is None before the event it is counted from, and so is `due`.

    `set_day` is a day that people set: agreed for an answer in place of the clock's, or the raiser's own for
    putting it right where the clock gives none.
    """

    times: Times
    clock: Clock
    start: DayOrMoment | None
    due: Due | None
    counted_from: tuple[str, ...]
    set_day: date | None = None
    step: Step | None = field(default=None, compare=False)
    stage: str = field(default="", compare=False)
    """The id of the stage whose clock it is."""
    as_given: bool = False
    """Was `set_day` given on paper, before the alert stood here? Then the clock keeps its kind."""

    @property
    def kind(self) -> ClockKind:
        keeps = self.as_given and isinstance(self.clock, Span)
        return ClockKind.AGREED if self._is_set and not keeps else kind_of(self.clock)

    @property
    def day(self) -> date | None:
        """The last day; None where there is none, or none yet."""
        return self.set_day if self._is_set else self.due.by_day if self.due else None

    @property
    def by(self) -> DayOrMoment | None:
        """The same as it is told: of a clock in hours with the time of day."""
        return self.due.by if self.due and not self._is_set else self.day

    @property
    def is_binding(self) -> bool:
        """Is somebody late once the day has passed? Never for an aim, nor for a raiser's own day."""
        if self._is_set and self.kind is ClockKind.AGREED:
            return self.times is Times.ANSWER
        return self.kind in {ClockKind.DEADLINE, ClockKind.MAXIMUM}

    @property
    def waits_for_start(self) -> bool:
        """Has it an amount, and nothing to count it from yet?"""
        return isinstance(self.clock, Span) and self.start is None and not self._is_set

    @property
    def head(self) -> str:
        """What the day is called: of an aim never that it is due."""
        return _AIM_HEADS[self.times] if self.kind is ClockKind.AIM else self.times.value

    @property
    def reckoned(self) -> DayOrMoment | None:
        """The day by the clock, where another was given on paper; None where both are the same."""
        differs = self.as_given and self.due is not None and self.due.by_day != self.set_day
        return self.due.by if differs and self.due else None

    @property
    def called(self) -> str:
        """What the day is the day of; of a step with its own words."""
        return self.head.rstrip(",") + (f": {self.step.what}" if self.step else "")

    @property
    def beside(self) -> Beside | None:
        """The day that stands beside the one that counts, because a closure was put down late."""
        return self.due.beside if self.due and not self._is_set else None

    def is_late(self, now: datetime) -> bool:
        return self.is_binding and self.is_up(now)

    def is_up(self, now: datetime) -> bool:
        """Has its time passed? A fact, also of an aim, which nobody is late for."""
        return self.up_from is not None and must_be_aware(now).astimezone(UTC) >= self.up_from

    @property
    def up_from(self) -> datetime | None:
        """The first moment at which its time has passed, in UTC; None where it never does."""
        return None if self.by is None else first_moment_after(self.by)

    @property
    def _is_set(self) -> bool:
        """An agreed day stands for the answer's clock; a raiser's own only where no clock gives a day."""
        if self.set_day is None:
            return False
        return self.times is Times.ANSWER or not isinstance(self.clock, Span)


def events_of(timed: Timed) -> tuple[str, ...]:
    """The events of which the earliest starts this clock, as they are written."""
    start = timed.counted_from
    return start.earlier_of if isinstance(start, EarlierOf) else (start,)


def timed_in(stage: Stage) -> tuple[Timed, ...]:
    """Everything in the stage that carries a clock and a start."""
    return (*(one for one in (stage.answer, stage.settle) if one is not None), *stage.steps)


def anchors_of(timed: Timed, stage: Stage) -> tuple[str, ...]:
    """The same with their stage: ``sent`` of this one is ``stage-1.sent``."""
    return tuple(
        event if "." in event or event == RAISED else f"{stage.id}.{event}"
        for event in events_of(timed)
    )


def with_passed_over(happened: Anchors, ladder: Ladder) -> dict[str, DayOrMoment]:
    """With the leaving of each stage that was passed over: there, coming to a later one stands for it."""
    found = dict(happened)
    come: list[DayOrMoment] = []
    for stage in reversed(ladder.stages):
        if f"{stage.id}.sent" in happened:
            come.append(happened[f"{stage.id}.sent"])
        elif come:
            found.setdefault(f"{stage.id}.escalated", min(come, key=as_moment))
    return found


def start_of(timed: Timed, stage: Stage, happened: Anchors) -> DayOrMoment | None:
    """When its clock starts, or started; None while nothing it is counted from has happened."""
    known = [happened[name] for name in anchors_of(timed, stage) if name in happened]
    return min(known, key=as_moment) if known else None


def stage_clock(
    timed: Timed,
    stage: Stage,
    happened: Anchors,
    calendar: Calendar,
    set_day: date | None = None,
    *,
    as_given: bool = False,
) -> StageClock:
    """One clock of a stage as it stands once these things have happened."""
    start = start_of(timed, stage, happened)
    ends = due_of(timed.within, start, calendar)
    step = timed if isinstance(timed, Step) else None
    times = Times.STEP if step else Times.SETTLE if isinstance(timed, Settle) else Times.ANSWER
    counted_from = anchors_of(timed, stage)
    return StageClock(
        *(times, timed.within, start, ends, counted_from, set_day, step, stage.id),
        as_given=as_given,
    )


def first_of(clocks: tuple[StageClock, ...]) -> StageClock | None:
    """The one to work to: the first that can be missed, else the first that gives a day; None without one."""
    dated = [one for one in clocks if one.day is not None]
    return min(dated, key=lambda one: (not one.is_binding, one.day), default=None)


def always_awaited(stage: Stage) -> tuple[Step, ...]:
    """The steps that take place in any case: on which nobody decides, nor another step's outcome."""
    found: list[Step] = []
    asked = {step.id for step in stage.steps if step.ask is not None or step.if_ is not None}
    for step in stage.steps:
        if step.id not in asked and not _only_after(step, stage, asked):
            found.append(step)
        else:
            asked.add(step.id)
    return tuple(found)


def _only_after(step: Step, stage: Stage, others: set[str]) -> bool:
    return all(name in {f"{stage.id}.{one}" for one in others} for name in anchors_of(step, stage))


def time_limit_start(
    ladder: Ladder, happened: Anchors, sent: Mapping[str, DayOrMoment]
) -> DayOrMoment | None:
    """From when the total runs; `sent` holds when each stage was sent first."""
    if ladder.cap is None:
        return None
    said = total_event(ladder.cap.counted_from)
    if said in FIRST_FORMAL:
        formal = [sent[one.id] for one in ladder.stages if one.formal and one.id in sent]
        return min(formal, key=as_moment, default=None)
    start = happened.get(said)
    in_hours = is_in_hours(ladder.cap.within)
    return None if in_hours and _is_assumed(start, (said,), happened) else start


def total_event(said: str) -> str:
    """What a total is said to be counted from, without regard to capitals and spaces."""
    return " ".join(said.lower().split())


def time_limit_events(ladder: Ladder) -> tuple[str, ...]:
    """Every event from which a total can be said to run."""
    stages = [f"{one.id}.sent" for one in ladder.stages]
    steps = [f"{one.id}.{step.id}" for one in ladder.stages for step in one.steps]
    return (*sorted(FIRST_FORMAL), RAISED, *stages, *steps)


_TO_THE_HOUR = ("sent", "escalated", RAISED)
"""Known to the hour where the sending is."""


def lacks_hour(timed: Timed, stage: Stage, known: Anchors) -> bool:
    """Is it timed in hours from a day on which a step or an answer is only assumed to come, at no known hour?"""
    start = start_of(timed, stage, known)
    return is_in_hours(timed.within) and _is_assumed(start, anchors_of(timed, stage), known)


def is_in_hours(clock: Clock) -> bool:
    return isinstance(clock, Span) and isinstance(clock.facts.way, Hours)


def _is_assumed(start: DayOrMoment | None, names: tuple[str, ...], known: Anchors) -> bool:
    if start is None or isinstance(start, datetime):
        return False
    starting = (name for name in names if known.get(name) == start)
    return not any(name.rpartition(".")[2] in _TO_THE_HOUR for name in starting)


def assumed_starts(
    timed: Timed, stage: Stage, known: Anchors, recorded: Anchors
) -> tuple[str, ...]:
    """From what its clock starts that is only assumed to come on its last day; empty where what starts it is certain."""
    start = start_of(timed, stage, known)
    names = tuple(name for name in anchors_of(timed, stage) if known.get(name) == start)
    sure = any(name in recorded or name.rpartition(".")[2] in _TO_THE_HOUR for name in names)
    return () if start is None or sure else names


def as_moment(when: DayOrMoment) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=LONDON)
