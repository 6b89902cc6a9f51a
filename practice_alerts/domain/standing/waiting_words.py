"""What an alert waits for, in words: each clock by its kind, so that an aim is never told as a deadline."""

from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Beside
from practice_alerts.domain.deadlines.stage_clocks import (
    RAISED,
    ClockKind,
    StageClock,
    Times,
    anchors_of,
)
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder, label_of
from practice_alerts.domain.standing.anchors import RECORDED
from practice_alerts.domain.standing.steps_by import ThingWanted
from practice_alerts.domain.text import joined, small

_ONCE = complete(
    (*RECORDED, RAISED),
    {
        "sent": "once it is sent",
        "answered": "once an answer has come",
        "judged": "once the response is reviewed",
        "held": "once a hold is agreed",
        "escalated": "once it has gone on",
        RAISED: "once it is raised",
    },
)
_COMES = {"answered": "the answer comes", "judged": "the response is reviewed"}
"""Of what a forecast may take to come on its last day; any other is a step."""
_SHORT = 2  # words: a step named in so few reads on in a sentence; any other stands in quotes

NO_TIME = "The procedure sets no time for it."
_UNTIMED = {
    ClockKind.AT_ONCE: "The procedure asks for it at once.",
    ClockKind.AGREED: "Its day is by agreement, and none is agreed yet.",
}


def no_day(clock: StageClock, ladder: Ladder) -> str:
    """Why a clock gives no day, as a sentence of its own; each kind has another."""
    if clock.waits_for_start:
        return f"The procedure gives {from_when(clock, ladder)}."
    return _UNTIMED.get(clock.kind, NO_TIME)


def wanted_in_words(one: ThingWanted, ladder: Ladder, at: str) -> str:
    """``your answer: by Monday 2 June 2025``; without a day from when it is counted, or that nothing sets one."""
    settles = one.clock is not None and one.clock.times is Times.SETTLE
    what = "to put it right" if settles else "your answer"
    if one.step is not None:
        needed = f" (where it is needed: {one.step.ask})" if one.step.ask else ""
        what = f"{small(one.step.what)}{needed}"
    return f"{what}: {when_wanted(one, ladder, at)}"


def when_wanted(one: ThingWanted, ladder: Ladder, at: str) -> str:
    """Its day, or why it has none yet; `at` is the stage, for a step that nothing awaits until it is found needed."""
    clock = one.clock
    if clock is None and one.step is not None:
        names = anchors_of(one.step, ladder.stage(at))
        clock = StageClock(Times.STEP, one.step.within, None, None, names, stage=at)
    if clock is None:
        return small(NO_TIME).removesuffix(".")
    if clock.by is not None:
        return f"{'as an aim ' if clock.kind is ClockKind.AIM else ''}by {in_full(clock.by)}"
    if clock.waits_for_start:
        return f"no date yet; {from_when(clock, ladder)}"
    return small(_UNTIMED.get(clock.kind, NO_TIME)).removesuffix(".")


def from_when(clock: StageClock, ladder: Ladder) -> str:
    """``5 working days, once the talk has taken place``; of another stage with its label behind it."""
    starts = [once_in_words(name, ladder, clock.stage) for name in clock.counted_from]
    return f"{in_words(clock.clock)}, {joined(starts, 'or')}"


def once_in_words(name: str, ladder: Ladder, at: str) -> str:
    """``once the talk has taken place``; of another stage than `at` with its label behind it."""
    stage, _, event = name.rpartition(".")
    said = _ONCE.get(event) or f"once {_step_named(stage, event, ladder)} has taken place"
    return said + _elsewhere(stage, ladder, at)


def event_in_words(name: str, ladder: Ladder, at: str) -> str:
    """The same as what comes: ``the talk takes place``, ``the answer comes``."""
    stage, _, event = name.rpartition(".")
    said = _COMES.get(event) or f"{_step_named(stage, event, ladder)} takes place"
    return said + _elsewhere(stage, ladder, at)


def _elsewhere(stage: str, ladder: Ladder, at: str) -> str:
    return f" at {label_of(ladder, stage)}" if stage and stage != at else ""


def _step_named(stage: str, event: str, ladder: Ladder) -> str:
    steps = ladder.stage(stage).steps if ladder.has(stage) else ()
    what = next((step.what for step in steps if step.id == event), event.replace("-", " "))
    return f"the {small(what)}" if len(what.split()) <= _SHORT else f"“{what}”"


def with_day(clock: StageClock, asked: str) -> str:
    """What is waited for by a day, without its full stop. Of the answer and of putting right `asked` are named."""
    day, is_aim = in_full(clock.by) if clock.by else "", clock.kind is ClockKind.AIM
    if clock.times is Times.STEP:
        what = small(clock.step.what) if clock.step else "the next step"
        return f"next: {what}, as an aim by {day}" if is_aim else f"next: {what}, by {day}"
    if clock.times is Times.SETTLE:
        aimed = "with the aim to put it right" if is_aim else "to be put right"
        return f"with {asked or 'those asked'}, {aimed} by {day}"
    waits = f"waiting for {asked or 'an answer'}"
    if is_aim:
        return f"{waits}; the aim is {day}"
    if clock.as_given:
        return f"{waits}, due {day}, as given on paper"
    return f"{waits}, due {day}" + (", as agreed" if clock.kind is ClockKind.AGREED else "")


def beside(clock: StageClock) -> str:
    """The same of what comes beside the first, in fewer words."""
    if clock.times is Times.STEP:
        return with_day(clock, "")
    day, is_aim = in_full(clock.by) if clock.by else "", clock.kind is ClockKind.AIM
    if clock.times is Times.SETTLE:
        return f"the aim is to put it right by {day}" if is_aim else f"to be put right by {day}"
    return f"the aim of the answer is {day}" if is_aim else f"the answer is due {day}"


def closed_late(beside: Beside) -> str:
    """What stands beside a day, as a sentence."""
    days = joined([f"{in_full(day)} ({reason})" for day, reason in beside.closed])
    return (
        f"Put down as closed too late to move it: {days}; with that it would be {in_full(beside.day)}."
        " Both dates stand, and figures go by the earlier."
    )


def missed(clock: StageClock) -> str:
    """A sentence on what is late beside what is told first."""
    day = in_full(clock.by) if clock.by else ""
    if clock.times is Times.STEP and clock.step:
        return f"Not recorded: {small(clock.step.what)}, which was due {day}."
    return f"It was to be put right by {day}." if clock.times is Times.SETTLE else ""


def beside_the_answer(run: StageRun) -> str:
    """Of whom the officer has to hear before an answer comes: who says it is not theirs, and who asks something."""
    said = [f"The {one.whose.post} says it is not theirs." for one in run.not_theirs]
    asks = [f"The {one.whose.post} asks a question." for _, one in run.open_questions.values()]
    return " ".join(dict.fromkeys((*said, *asks)))
