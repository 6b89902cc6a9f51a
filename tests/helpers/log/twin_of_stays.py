"""The second count of stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.stage_run import AgreedHold
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock, Times, stage_clock
from practice_alerts.domain.deadlines.working_days import working_days_between
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.stage_steps import open_steps
from tests.helpers.log.twin import (
    Row,
    Stay,
    Twin,
    cap_told,
    end_of,
    limit,
    nearest,
    share,
)


def _lines(kept: dict[Row, Counter[str]]) -> list[Row]:
    rows = []
    for key, counts in kept.items():
        due = counts["in time"] + counts["later"] + counts["none"]
        three = (counts["in time"], counts["later"], counts["none"])
        rows.append((*key, due, *three, share(counts["in time"], due), counts["ended"]))
    return rows


def _answers(twin: Twin, period: Period, keys: Callable[[Stay], list[Row]], sort: str) -> list[Row]:
    kept: dict[Row, Counter[str]] = {}
    for stay in twin.stays(sort):
        clock = stay.told_clock()
        if clock is None or not twin.is_due(clock.day, period):
            continue
        came = stay.kept(clock, stay.answered_at(), period.until)
        is_aim = "an aim" if clock.kind.value == "aim" else "a deadline"
        for key in keys(stay):
            kept.setdefault((*key, is_aim), Counter())[str(came)] += 1
    return _lines(kept)


def timeliness_by_stage(twin: Twin, period: Period) -> list[Row]:
    return _answers(twin, period, lambda stay: [(stay.told.kind, stay.stage.label)], "concern")


def partner_timeliness(twin: Twin, period: Period) -> list[Row]:
    def keys(stay: Stay) -> list[Row]:
        assert stay.told.ladder is not None
        return [(stay.told.ladder.title or "no name", stay.stage.label)]

    return _answers(twin, period, keys, "partner")


def no_answer_by_post(twin: Twin, period: Period) -> list[Row]:
    kept: dict[Row, Counter[str]] = {}
    for stay in twin.stays():
        clock = stay.told_clock()
        if clock is None or not twin.is_due(clock.day, period):
            continue
        asked = stay.told.by(limit(clock)).runs[stay.order - 1].sent.asked
        day_is = "an aim" if clock.kind.value == "aim" else "a deadline"
        for post in dict.fromkeys(one.post for one in asked):
            came = stay.kept(clock, stay.answered_at(), period.until)
            if stay.run.sent.each:
                came = _own(stay, clock, [one for one in asked if one.post == post], period)
            kept.setdefault((post, day_is), Counter())[str(came)] += 1
    return _lines(kept)


def why_answers_came_late(twin: Twin, period: Period) -> list[Row]:
    found: Counter[str] = Counter()
    for stay in twin.stays():
        clock, at = stay.told_clock(), stay.answered_at()
        if clock is None or not clock.is_binding or not twin.is_due(clock.day, period):
            continue
        if stay.kept(clock, at, period.until) == "later":
            said = [one.answer.late_why for one in stay.run.answers if one.at == at]
            found[next((one.words for one in said if one), "not said")] += 1
    return [(why, number, share(number, found.total())) for why, number in found.items()]


def _own(stay: Stay, clock: StageClock, them: list[events.Person], period: Period) -> str | None:
    """Of each of several: what they said themselves, unless by the end of the time nobody waited for it."""
    then = stay.told.by(limit(clock)).runs[stay.order - 1]
    came = [replace(stay.run, sent=then.sent).answered_at(one) for one in them]
    at = None if None in came else max(one for one in came if one)
    if at is None and then.answers and not then.waits_for_others:
        return "ended"
    return stay.kept(clock, at, period.until)


_PEOPLES = {"aim": "an aim", "agreed": "a day that people set"}


def put_right_in_time(twin: Twin, period: Period) -> list[Row]:
    kept: dict[Row, Counter[str]] = {}
    for stay in twin.stays():
        clock = stay.told_clock(Times.SETTLE)
        if clock is not None and twin.is_due(clock.day, period):
            day_is = _PEOPLES.get(clock.kind.value, "a deadline")
            key = (stay.told.kind, stay.stage.label, day_is)
            came = stay.kept(clock, stay.put_right(), period.until)
            kept.setdefault(key, Counter())[str(came)] += 1
    return _lines(kept)


def _steps(stay: Stay) -> Iterator[tuple[Any, StageClock, events.StepDone | None]]:
    happened = anchors(stay.last, stay.told.ladder)
    awaited = open_steps(stay.run, stay.stage)
    for step in stay.stage.steps:
        done = stay.run.done(step.id)
        if step in awaited or done is not None:
            yield step, stage_clock(step, stay.stage, happened, stay.told.calendar), done


def steps_in_time(twin: Twin, period: Period) -> list[Row]:
    kept: dict[Row, Counter[str]] = {}
    for stay in twin.stays():
        for step, clock, done in _steps(stay):
            if not twin.is_due(clock.day, period) or (done is not None and not done.needed):
                continue
            day_is = "an aim" if clock.kind.value == "aim" else "a deadline"
            came = stay.kept(clock, done.took_place if done else None, period.until)
            key = (stay.told.kind, stay.stage.label, step.what, day_is)
            kept.setdefault(key, Counter())[str(came)] += 1
    return _lines(kept)


def what_is_timed(twin: Twin, period: Period) -> list[Row]:
    found: Counter[Row] = Counter()
    for stay in twin.stays():
        if period.since <= london_date(stay.run.sent_at) <= period.until:
            settle = stay.told_clock(Times.SETTLE)
            timed = settle.kind.value if settle and settle.day else "no day"
            steps = any(clock.day for _, clock, _ in _steps(stay))
            clock = in_words(stay.stage.answer.within) if stay.stage.answer else "not stated"
            key = (stay.told.kind, stay.stage.label, clock, timed, "yes" if steps else "no")
            found[key] += 1
    return [(*key, number) for key, number in found.items()]


def promises(twin: Twin, period: Period) -> list[Row]:
    found: Counter[str] = Counter()
    for stay in twin.stays():
        for hold in stay.run.holds:
            if twin.is_due(hold.until, period):
                found[_came_of(stay, hold, period.until)] += 1
    parts = ("kept", "kept late", "broken", "extended", "closed otherwise", "not looked at")
    return [(sum(found.values()), *(found[one] for one in parts))]


def _came_of(stay: Stay, hold: AgreedHold, end: date) -> str:
    """What came first at that stay after it, by the end of that day."""
    order, passed = 0, False
    for one in stay.told.alert.happened:
        order += isinstance(one.what, events.Sent)
        if not passed:
            passed = one.what is hold.held
        elif order == stay.order and london_date(one.at) <= end:
            good = "kept" if london_date(one.at) <= hold.until else "kept late"
            if said := _after(one.what, good):
                return said
    return "not looked at"


def _after(what: object, good: str) -> str:
    if isinstance(what, events.ResponseReviewed) and what.stands:
        return good if what.verdict is events.Outcome.PUT_RIGHT else "broken"
    if isinstance(what, events.Closed):
        return good if what.ending is events.EndingKind.PUT_RIGHT else "closed otherwise"
    if isinstance(what, events.Held):
        return "extended"
    return "broken" if isinstance(what, events.Escalated) else ""


def within_the_time_limit(twin: Twin, period: Period) -> list[Row]:
    caps = [(one, cap_told(one)) for one in twin.of()]
    ended = [(one, cap) for one, cap in caps if cap is not None and twin.is_due(cap, period)]
    closed = sum(not one.by(end_of(cap)).is_open for one, cap in ended)
    return [(len(ended), closed, len(ended) - closed, share(closed, len(ended)))]


def room_left(twin: Twin, period: Period) -> list[Row]:
    found: dict[Row, list[int]] = {}
    for stay in twin.stays():
        left = stay.run.left_at
        if left is None or not period.since <= london_date(left) <= period.until:
            continue
        cap = running_clocks(stay.last, stay.told.ladder, stay.told.calendar).time_limit
        if cap is not None:
            days = working_days_between(london_date(left), cap.by_day, stay.told.calendar)
            found.setdefault((stay.told.kind, stay.stage.label), []).append(days)
    return [
        (*key, len(days), nearest(days, 2), sum(one < 0 for one in days))
        for key, days in found.items()
    ]
