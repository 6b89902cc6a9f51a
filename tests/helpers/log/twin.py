"""The figures of the log counted a second time: slowly, from the events, one alert after another.

Nothing here reads a row of the log. What stood at a moment is the fold of the events up to it, and what was
due is what the clocks said then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert, as_it_stood, fold
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock, Times
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.procedure.categories import Category, Example
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.status import where

Row = tuple[Any, ...]


def end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, LONDON)


@dataclass(frozen=True)
class Told:
    """An alert, and what its council's files say of it."""

    alert: Alert
    procedure: Procedure
    form: Form
    calendar: Calendar
    child: str

    @property
    def ladder(self) -> Ladder | None:
        return self.procedure.ladder_of(self.alert.raised.alert_kind, self.alert.raised.partner)

    @property
    def sort(self) -> str:
        if self.ladder is None:
            return "good practice"
        return "partner" if self.alert.raised.partner else "concern"

    @property
    def kind(self) -> str:
        return self.procedure.kinds[self.alert.raised.alert_kind].title

    @property
    def is_about_child(self) -> bool:
        raised = self.alert.raised
        return is_about_child(self.procedure, raised.raised_as, (self.form,), self.alert.answers)

    @property
    def raised_on(self) -> date:
        return london_date(self.alert.raised_at)

    @property
    def themes(self) -> dict[str, str]:
        """Of what the form offers, each that was ticked."""
        ticked = self.alert.answers.get("category") or ()
        asked = with_choices(self.form, self.procedure, self.alert.form).fields()
        offered = next((one.options or {} for one in asked if one.id == "category"), {})
        return {name: title for name, title in offered.items() if name in ticked}

    @property
    def examples(self) -> list[tuple[Category, Example]]:
        """Those that were ticked, of categories that were."""
        asked = {one.examples_of: one.id for one in self.form.fields() if one.examples_of}
        return [
            (category, example)
            for category in self.procedure.categories
            if category.id in self.themes and category.id in asked
            for example in category.examples
            if example.id and example.id in (self.alert.answers.get(asked[category.id]) or ())
        ]

    @property
    def shared_themes(self) -> set[str]:
        given = self.procedure.themes
        found = {example.id for _, example in self.examples} & given.keys()
        for name in given.keys() & self.themes.keys():
            of_it = [example.id for category, example in self.examples if category.id == name]
            if not of_it or not all(one in given for one in of_it):
                found.add(name)
        return {given[name].words for name in found if name}

    def by(self, moment: datetime) -> Alert:
        found = as_it_stood(self.alert, moment)
        assert found is not None
        return found

    def closings(self) -> Iterator[tuple[datetime, events.Closed, Alert]]:
        """Each closing, with the alert as it stood once it was closed."""
        for n, one in enumerate(self.alert.happened, start=1):
            if isinstance(one.what, events.Closed):
                yield one.at, one.what, fold(self.alert.happened[:n])

    def reopened(self) -> list[datetime]:
        return [at for at, _ in self.alert.reopened]

    def acts(self, *kinds: type, stay: int | None = None) -> Iterator[datetime]:
        """When such things were done, at that stay and nowhere else where one is named."""
        order = 0
        for one in self.alert.happened:
            order += isinstance(one.what, events.Sent)
            if isinstance(one.what, kinds) and stay in (None, order):
                yield one.at


@dataclass(frozen=True)
class Stay:
    """One stay of an alert, with the states through which the alert went while it lasted."""

    told: Told
    order: int

    @property
    def run(self) -> StageRun:
        return self.told.alert.runs[self.order - 1]

    @property
    def stage(self) -> Stage:
        assert self.told.ladder is not None
        return self.told.ladder.stage(self.run.stage)

    @property
    def last(self) -> Alert:
        """The alert as if this were the last stage to which it came."""
        return changed(self.told.alert, runs=self.told.alert.runs[: self.order])

    def clock(self, times: Times) -> StageClock | None:
        return running_clocks(self.last, self.told.ladder, self.told.calendar).of(times)

    def told_clock(self, times: Times = Times.ANSWER) -> StageClock | None:
        """As it was told after each event of this stay, until the day that it then gave was over."""
        found: StageClock | None = None
        happened = self.told.alert.happened
        for n in range(1, len(happened) + 1):
            state = fold(happened[:n])
            if len(state.runs) < self.order:
                continue
            if found is not None and found.day is not None and limit(found) < happened[n - 1].at:
                break
            state = changed(state, runs=state.runs[: self.order])
            found = running_clocks(state, self.told.ladder, self.told.calendar).of(times)
        return found

    def answered_at(self) -> datetime | None:
        """When nobody waited any more, because of what had been said by then."""
        clock = self.told_clock()
        then = self.told.by(limit(clock)) if clock and clock.day else self.told.alert
        run = then.runs[self.order - 1]
        if run.answers and not run.waits_for_others and run.all_answered_at is None:
            return max(one.at for one in run.answers)
        return self.run.all_answered_at

    def is_on_at(self, moment: datetime) -> bool:
        """Was the alert at this stay then, and not closed?"""
        state = self.told.by(moment)
        run = state.runs[self.order - 1]
        return run.left_at is None and (state.is_open or len(state.runs) != self.order)

    def kept(self, clock: StageClock | None, done: datetime | None, end: date) -> str | None:
        """None where nothing had come due by the end of that day."""
        if clock is None or clock.day is None:
            return None
        if done is not None and done <= limit(clock):
            return "in time"
        if not self.is_on_at(limit(clock)):
            return "ended"
        return "later" if done is not None and london_date(done) <= end else "none"

    def put_right(self) -> datetime | None:
        here = [
            one.at
            for one in self.run.response_reviews
            if one.reviewed.verdict is events.Outcome.PUT_RIGHT
        ]
        for at, what, then in self.told.closings():
            if len(then.runs) == self.order and what.ending is events.EndingKind.PUT_RIGHT:
                here.append(at)
        return min(here, default=None)


def limit(clock: StageClock) -> datetime:
    """The last moment of its time."""
    assert clock.day is not None
    is_set = clock.due is None or clock.due.by_day != clock.day or clock.kind.value == "agreed"
    by = None if is_set or clock.due is None else clock.due.by
    return by if isinstance(by, datetime) else end_of(clock.day)


@dataclass(frozen=True)
class Twin:
    """All alerts of one council, and the day that it is."""

    every: Sequence[Told]
    today: date

    def over(self, period: Period) -> date:
        return min(period.until, self.today - timedelta(days=1))

    def of(self, sort: str = "concern") -> Iterator[Told]:
        return (one for one in self.every if one.sort == sort)

    def raised_in(self, period: Period, sort: str = "concern") -> list[Told]:
        return [one for one in self.of(sort) if period.since <= one.raised_on <= period.until]

    def stays(self, sort: str = "concern") -> Iterator[Stay]:
        for one in self.of(sort):
            for order in range(1, len(one.alert.runs) + 1):
                yield Stay(one, order)

    def closed_in(self, period: Period) -> Iterator[tuple[Told, datetime, events.Closed, Alert]]:
        for one in self.of():
            for at, what, then in one.closings():
                if period.since <= london_date(at) <= period.until:
                    yield one, at, what, then

    def is_due(self, day: date | None, period: Period) -> bool:
        return day is not None and period.since <= day <= self.over(period)


def stood(one: Told, end: date) -> tuple[str | None, str, str]:
    state = one.by(end_of(end))
    clocks = running_clocks(state, one.ladder, one.calendar)
    stands = where(state, one.ladder, clocks, end_of(end))
    label = one.ladder.stage(stands.stage).label if one.ladder and stands.stage else None
    return label, stands.standing.value, stands.turn


def cap_of(one: Told, alert: Alert | None = None) -> date | None:
    due = running_clocks(alert or one.alert, one.ladder, one.calendar).time_limit
    return due.by_day if due else None


def cap_told(one: Told) -> date | None:
    """As it was told after each event, until the day that it then gave was over."""
    cap = None
    for n, event in enumerate(one.alert.happened, start=1):
        if cap is not None and cap < london_date(event.at):
            break
        cap = cap_of(one, fold(one.alert.happened[:n]))
    return cap


def share(part: int, whole: int) -> float | None:
    if not whole:
        return None
    return float(Decimal(100.0 * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def nearest(values: list[int], parts: int) -> int | None:
    """The smallest with at least a `parts`-th of all at or below it."""
    enough = (one for one in values if parts * sum(o <= one for o in values) >= len(values))
    return min(enough, default=None)
