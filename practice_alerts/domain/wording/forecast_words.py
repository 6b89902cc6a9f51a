"""A ladder climbed by silence, said in words: each stage's notes, the steps, the time limit and the days to spare."""

from collections.abc import Iterator
from datetime import datetime

from practice_alerts.domain.dates import DayOrMoment, in_full
from practice_alerts.domain.deadlines.branches import left_out_in_words
from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.forecast import (
    Forecast,
    StageForecast,
    StepForecast,
    has_aim_for_whole,
)
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, anchors_of, kind_of
from practice_alerts.domain.deadlines.typed_dates import in_words, short
from practice_alerts.domain.procedure.clock import Span, Strength
from practice_alerts.domain.procedure.clock import in_words as clock_in_words
from practice_alerts.domain.procedure.ladder import Answer, Ladder, Timed
from practice_alerts.domain.standing.waiting_words import event_in_words, once_in_words
from practice_alerts.domain.text import capital, joined, small, working_days
from practice_alerts.domain.wording.clock_lines import AIM_FOR_WHOLE
from practice_alerts.domain.wording.definitions import (
    EXCEPTIONAL,
    start_in_words,
    total_start_in_words,
)
from practice_alerts.domain.wording.step_words import condition_in_words

_NO_TIME = "the procedure sets no time for the answer."
_UNTIMED = {
    ClockKind.AT_ONCE: "the answer is asked for at once.",
    ClockKind.AGREED: "the day for the answer is by agreement.",
}

HEADINGS = ("Stage", "Clock", "Sent", "Due", "Escalate by", "Note")


def sent(start: DayOrMoment) -> str:
    """``at 16:45 on Monday ...`` for a moment, ``on Monday ...`` for a day."""
    return f"{'at' if isinstance(start, datetime) else 'on'} {in_words(start)}"


def row(one: StageForecast, ladder: Ladder) -> tuple[str, ...]:
    """One stage under `HEADINGS`."""
    weak, waits, if_taken = _weak(one.due), _waits(one, ladder), assumption(one, ladder)
    notes = (
        ("informal", not one.stage.formal),
        ("past the time limit", one.past_time_limit),
        ("by choice only", one.by_choice),
        ("too late to escalate in time", one.is_reached_too_late),
        (weak, bool(weak)),
        (waits, bool(waits)),
        (if_taken, bool(if_taken)),
    )
    return (
        one.stage.label,
        clock_in_words(one.stage.clock),
        short(one.sent, "not known"),
        due_in_words(one.due),
        short(one.escalate_by, "-"),
        ", ".join(note for note, holds in notes if holds),
    )


def _waits(one: StageForecast, ladder: Ladder) -> str:
    """From what its clock would start, where sending does not and nothing says when that comes."""
    timed = one.stage.paced
    if timed is None or one.due is not None or one.sent is None:
        return ""
    here = f"{one.stage.id}."
    names = (name.removeprefix(here) for name in anchors_of(timed, one.stage))
    return f"no date before {joined([start_in_words(name, ladder, one.stage.id) for name in names], 'or')}"


def assumption(one: StageForecast, ladder: Ladder) -> str:
    """On what its day rests that has not happened: ``if “Receipt” takes place on its last day``; else empty."""
    if not one.assumes:
        return ""
    each = [event_in_words(name, ladder, one.stage.id) for name in one.assumes]
    return f"if {joined(each, 'or')} on its last day"


def if_sent(one: StageForecast, ladder: Ladder) -> str:
    """What follows for those asked, by the kind of the clock that paces the stage; a sentence."""
    stage, due, timed = one.stage, one.due, one.stage.paced
    if timed is None:
        untimed = stage.answer or stage.settle
        return _UNTIMED.get(kind_of(untimed.within) if untimed else ClockKind.NOT_STATED, _NO_TIME)
    if due is None:
        return f"{_undated(timed, one, ladder)}."
    day, is_aim = f"{in_full(due.by)}{or_later(due)}", kind_of(due.clock) is ClockKind.AIM
    if isinstance(timed, Answer):
        said = f"the aim for the answer is {day}" if is_aim else f"the answer is due {day}"
    else:
        said = (
            f"the aim is to put it right by {day}" if is_aim else f"it is to be put right by {day}"
        )
    if not one.assumes:
        return f"{said}."
    return f"{_undated(timed, one, ladder)}. {capital(assumption(one, ladder))}, {said}."


def _undated(timed: Timed, one: StageForecast, ladder: Ladder) -> str:
    """That what paces the stage has no day, and from what it will be counted."""
    what = "the answer" if isinstance(timed, Answer) else "putting it right"
    names = anchors_of(timed, one.stage)
    start = joined([once_in_words(name, ladder, one.stage.id) for name in names], "or")
    return f"no day yet for {what}: {clock_in_words(timed.within)}, {start}"


def steps(found: Forecast, ladder: Ladder) -> tuple[str, ...]:
    """Each step inside a stage as a sentence: what is to be done fits no column."""
    return tuple(_step(one, step, ladder) for one in found.stages for step in one.steps)


def _step(one: StageForecast, step: StepForecast, ladder: Ladder) -> str:
    clock = clock_in_words(step.step.within)
    start = start_in_words(step.step.counted_from, ladder, one.stage.id)
    what = f"{one.stage.label}: {step.step.what}"
    condition = condition_in_words(step.step, one.stage)
    only = f"; {small(condition)}" if condition else ""
    return f"{what}: {due_in_words(step.due)} ({clock}, counted from {start}{only})"


def due_in_words(found: Due | None) -> str:
    if found is None:
        return "no date"
    later = f", or {short(found.later_reading)} in working days" if found.later_reading else ""
    return f"{short(found.by)}{later}"


def or_later(found: Due | None) -> str:
    """The other reading of days of which the text does not say which they are; empty where there is none."""
    if found is None or found.later_reading is None:
        return ""
    return f", or {in_full(found.later_reading)} if working days are meant"


def _weak(found: Due | None) -> str:
    """What must not be read as a deadline, or lands on a day nobody works."""
    if found is None:
        return ""
    aim = "an aim" if found.clock.strength is Strength.AIM else ""
    unsaid = "which days is not said: worked to the earlier" if found.later_reading else ""
    closed = f"due on a day not worked: {found.falls_on_non_working}"
    return ", ".join(
        said for said in (aim, unsaid, closed if found.falls_on_non_working else "") if said
    )


def time_limit(ladder: Ladder, found: Forecast) -> str:
    """The time limit in one sentence, also where there is none, or only an aim."""
    if ladder.cap is None:
        return "Time limit: the procedure states none."
    total = found.total
    head = AIM_FOR_WHOLE if has_aim_for_whole(ladder) else "Time limit"
    said = f"{clock_in_words(ladder.cap.within)} over the {ladder.cap.over}"
    if not isinstance(ladder.cap.within, Span) or total is None:
        return f"{head}: {said}; no date follows."
    assumed = ", assumed" if ladder.cap.assumed else ""
    start = f"counted from: {total_start_in_words(ladder.cap, ladder)}{assumed}"
    beside = ladder.exceptional
    longer = f"; {clock_in_words(beside)} {EXCEPTIONAL}" if beside else ""
    return f"{head}: {in_full(total.by)} ({said}; {start}{longer})."


def days_to_spare(found: Forecast) -> Iterator[str]:
    """On which branch the dates go, and how many working days are to spare; no days where no time limit runs."""
    if said := left_out_in_words(one.stage for one in found.stages):
        yield said
    if found.days_to_spare is None or found.to_spare_with_all is None:
        return
    yield f"On the usual way up: {_days(found.days_to_spare)}."
    if found.to_spare_with_all != found.days_to_spare:
        yield f"With every formal stage: {_days(found.to_spare_with_all)}."


def _days(days: int) -> str:
    if days >= 0:
        return f"{working_days(days)} to spare"
    return f"{working_days(-days)} too few"
