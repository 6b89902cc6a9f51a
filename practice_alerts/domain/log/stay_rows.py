"""The stays of an alert at its stages as the log holds them: who was asked, by when, and what came of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.deadlines.stage_clocks import StageClock, Times, stage_clock
from practice_alerts.domain.deadlines.working_days import Calendar, add_working_days
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from practice_alerts.domain.log.cells import (
    as_day,
    closed_spells,
    due_on,
    in_stays,
    iso,
    latest_outcome,
    working_days,
    yes,
)
from practice_alerts.domain.log.redaction import LogRow
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder, Step
from practice_alerts.domain.procedure.posts import RAISER
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.stage_steps import open_steps

ENDED_BEFORE = "ended before it was due"
NOT_SAID = "not said"

_MEETS = (events.ResponseReviewed, events.Held, events.Escalated, events.Closed)
_ACTS = (
    *_MEETS,
    *(events.HoldReviewed, events.DateAgreed, events.Referred, events.StandstillBegun),
    *(events.StandstillEnded, events.Overridden),
)
"""What the officer's side does about an alert; a note, a correction or handing it on is none of it."""

_DAYS_TO_ACT = 3


@dataclass(frozen=True)
class StayRows:
    """One stay, with the clocks as they ran while it lasted."""

    alert: Alert
    procedure: Procedure
    ladder: Ladder | None
    calendar: Calendar
    order: int
    clocks: Clocks

    @property
    def run(self) -> StageRun:
        return self.alert.runs[self.order - 1]

    def row(self) -> LogRow:
        run, stage = self.run, self.ladder.stage(self.run.stage) if self.ladder else None
        reviewed_on, outcome = latest_outcome(run)
        return {
            "reference": self.alert.reference,
            "stage_order": self.order,
            "stage": run.stage,
            "label": stage.label if stage else None,
            "place": self.ladder.place(run.stage) + 1 if self.ladder else 0,
            "formal": yes(stage is not None and stage.formal),
            "posts_asked": "; ".join(self.posts),
            "sent_on": as_day(run.sent_at),
            "clock": in_words(stage.answer.within) if stage and stage.answer else "not stated",
            **self._answer(),
            **self._put_right(),
            "verdict": outcome,
            "judged_on": reviewed_on,
            "hold_until": iso(run.holds[-1].until) if run.holds else None,
            "holds": len(run.holds),
            **self._own_side(),
            "left_on": as_day(run.left_at) if run.left_at else None,
            "went_to": self._label(run.escalated.to) if run.escalated else None,
            "room_left": self._room_left(),
        }

    def post_rows(self) -> Iterator[LogRow]:
        """Who was asked when the time was up: whoever came to it later is not late by it."""
        asked = self._when_up.sent.asked
        for number, post in enumerate(self._posts_of(asked), start=1):
            stay: LogRow = {"reference": self.alert.reference, "stage_order": self.order}
            whoever = [one for one in asked if self._post_of(one) == post]
            yield {**stay, "number": number, "post": post, **self._answer_of(whoever)}

    @cached_property
    def _when_up(self) -> StageRun:
        """The stay as it stood when its time was up, or as it stands while it is not."""
        clock, is_same = self._clock, not self.run.sent.each and not self.alert.moves
        if clock is None or clock.day is None or is_same:
            return self.run
        first = self.run.number
        by_then = (
            one for one in self.alert.happened if one.number <= first or not clock.is_up(one.at)
        )
        return fold(by_then).runs[self.order - 1]

    def _answer_of(self, whoever: Sequence[events.Person]) -> LogRow:
        """Of each of several it is their own, and where one answer is enough, the stay's."""
        at, then = self._answered_at, self._when_up
        if then.sent.each:
            run = replace(self.run, sent=then.sent)
            came = [run.answered_at(one) for one in whoever]
            at = None if None in came else max(filter(None, came))
        kept = self._kept(self._clock, at, "no clock", "no answer")
        if at is None and kept != "no clock" and _went_on_without_others(then):
            kept = ENDED_BEFORE
        return {"answered_on": as_day(at) if at else None, "in_time": kept}

    @cached_property
    def _answered_at(self) -> datetime | None:
        """When the answer was complete; where the officer's side went on without the others, the last it had."""
        then = self._when_up
        if _went_on_without_others(then):
            return max(one.at for one in then.answers)
        return self.run.all_answered_at

    @property
    def posts(self) -> tuple[str, ...]:
        return self._posts_of(self.run.sent.asked)

    def _posts_of(self, asked: Iterable[events.Person]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._post_of, asked)))

    def _post_of(self, person: events.Person) -> str:
        """A title of the procedure only: what else stands in a post's place might be a name."""
        return person.post if person.post in self._titles else "another post"

    @cached_property
    def _titles(self) -> frozenset[str]:
        titles = (role.title for role in self.procedure.roles.values())
        return frozenset({*titles, self.procedure.title_of(RAISER)})

    # ------------------------------------------------------------------------------------- the answer

    @cached_property
    def _clock(self) -> StageClock | None:
        """The answer's, with the day that held when its time was up: what was agreed later changes nothing."""
        if self.ladder is None:
            return None
        answer = self.clocks.of(Times.ANSWER)
        if answer is None or not self.run.agreed:
            return answer
        days = [(at, one.until) for at, one in self.run.agreed if one.until]
        given = replace(answer, set_day=self.run.given_due, as_given=self.run.given_due is not None)
        return _held(given, days)

    def _answer(self) -> LogRow:
        run, clock, first = self.run, self._clock, self._answered_at
        own = clock.due if clock else None
        return {
            "kind_of_day": clock.kind.value if clock else "not stated",
            "clock_due_on": due_on(own),
            "due_on": iso(clock.day) if clock else None,
            "answered_on": as_day(first) if first else None,
            "response": run.answers[-1].answer.response.words if run.answers else None,
            "answered_in_time": self._kept(clock, first, "no clock", "no answer"),
            "late_why": self._late_why(clock, first),
            "working_days_to_answer": working_days(run.sent_at, first, self.calendar)
            if first
            else None,
        }

    def _late_why(self, clock: StageClock | None, answered: datetime | None) -> str | None:
        if clock is None or not clock.is_binding or self._kept(clock, answered, "", "") != "no":
            return None
        said = (one.answer.late_why for one in self.run.answers if one.at == answered)
        return next((why.words for why in said if why), NOT_SAID)

    def _put_right(self) -> LogRow:
        clock, at = self._settle_clock, self._put_right_at
        own = iso(self.run.settle_by)
        return {
            "put_right_by": iso(clock.day) if clock else None,
            "put_right_kind": clock.kind.value if clock and clock.day else None,
            "put_right_own_day": own,
            "put_right_on": as_day(at) if at else None,
            "put_right_in_time": self._kept(clock, at, "no day", "not put right"),
        }

    @property
    def _settle_clock(self) -> StageClock | None:
        """With the day that held when its time was up, as of the answer's."""
        settle, own = self.clocks.of(Times.SETTLE), self.run.sent.settle_by
        if settle is None:
            return None
        set_later = [(one.known_at, one.answer.settle_by) for one in self.run.answers]
        days = [(at, day) for at, day in set_later if day]
        return _held(replace(settle, set_day=own), days) if days else settle

    @property
    def _put_right_at(self) -> datetime | None:
        """When it was first found to be put right here, or closed as that."""
        said = [
            one.at
            for one in self.run.response_reviews
            if one.reviewed.verdict is events.Outcome.PUT_RIGHT
        ]
        said += [
            one.closing.at
            for one in closed_spells(self.alert)
            if one.closing.order == self.order and one.closed.ending is events.EndingKind.PUT_RIGHT
        ]
        return min(said, default=None)

    def _kept(self, clock: StageClock | None, done: datetime | None, none: str, missed: str) -> str:
        """Whether it was done before the time was up; a stay that ended before that is no silence."""
        if clock is None or clock.day is None:
            return none
        if done is not None and not clock.is_up(done):
            return "yes"
        if self._ended_before(clock):
            return ENDED_BEFORE
        if done is not None:
            return "no"
        return missed if self._is_over else "not yet"

    def _ended_before(self, clock: StageClock) -> bool:
        """Had the stay ended, or did the alert stand closed, when the time was up?"""
        left = self.run.left_at
        if left is not None and not clock.is_up(left):
            return True
        return any(
            not clock.is_up(one.closing.at)
            and (one.reopened_at is None or clock.is_up(one.reopened_at))
            for one in closed_spells(self.alert)
            if one.closing.order == self.order
        )

    @property
    def _is_over(self) -> bool:
        return self.run.left_at is not None or not self.alert.is_open

    # -------------------------------------------------------------------------- what our own side did

    def _own_side(self) -> LogRow:
        clock, first = self._clock, self._answered_at
        met = self._met(first) if first else None
        missed = self._missed_met(clock) if clock else None
        due = clock.day if clock else None
        return {
            "met_on": as_day(met) if met else None,
            "working_days_to_meet": working_days(first, met, self.calendar)
            if first and met
            else None,
            "third_day_after": iso(self._third_day(due)) if due else None,
            "missed_met_on": as_day(missed) if missed else None,
            "working_days_to_meet_missed": working_days(due, missed, self.calendar)
            if due and missed
            else None,
        }

    def _met(self, answered: datetime) -> datetime | None:
        acts = (
            one.at
            for one in in_stays(self.alert)
            if one.order == self.order and isinstance(one.what, _MEETS) and one.at >= answered
        )
        return next(acts, None)

    def _missed_met(self, clock: StageClock) -> datetime | None:
        """The first act after the day had passed without an answer."""
        if self._kept(clock, self._answered_at, "", "missed") not in {
            "no",
            "missed",
            "not yet",
        }:
            return None
        acts = (
            one.at
            for one in in_stays(self.alert)
            if one.order >= self.order and isinstance(one.what, _ACTS) and clock.is_up(one.at)
        )
        return next(acts, None)

    def _third_day(self, due: date) -> date | None:
        try:
            return add_working_days(due, _DAYS_TO_ACT, self.calendar)
        except (BeyondCalendar, BeforeCalendar):
            return None

    def _room_left(self) -> int | None:
        left, limit = self.run.left_at, self.clocks.time_limit
        if left is None or limit is None:
            return None
        return working_days(left, limit.by_day, self.calendar)

    # ------------------------------------------------------------------------------------------- steps

    def step_rows(self) -> Iterator[LogRow]:
        """What was recorded, and what was or is still to come."""
        if self.ladder is None:
            return
        stage = self.ladder.stage(self.run.stage)
        awaited = {one.id for one in open_steps(self.run, stage)}
        for step in stage.steps:
            if step.id in awaited or self.run.done(step.id) is not None:
                yield self._step(step, self.ladder)

    def _step(self, step: Step, ladder: Ladder) -> LogRow:
        done, clock = self.run.done(step.id), self._step_clock(step, ladder)
        took_place = done.took_place if done else None
        recorded = [at for at, one in self.run.steps if one.step == step.id]
        in_time = self._kept(clock, took_place, "no clock", "not recorded")
        return {
            "reference": self.alert.reference,
            "stage_order": self.order,
            "step": step.id,
            "title": step.what,
            "label": ladder.stage(self.run.stage).label,
            "kind_of_day": clock.kind.value if clock else "not stated",
            "due_on": iso(clock.day) if clock else None,
            "took_place_on": as_day(took_place) if took_place else None,
            "recorded_on": as_day(recorded[-1]) if recorded else None,
            "in_time": in_time if done is None or done.needed else "not needed",
            "result": done.outcome if done and done.outcome in step.outcomes else None,
        }

    def _step_clock(self, step: Step, ladder: Ladder) -> StageClock | None:
        until_here = replace(self.alert, runs=self.alert.runs[: self.order])
        happened = anchors(until_here, ladder)
        try:
            return stage_clock(step, ladder.stage(self.run.stage), happened, self.calendar)
        except (BeyondCalendar, BeforeCalendar):
            return None

    def _label(self, stage: str) -> str | None:
        return self.ladder.stage(stage).label if self.ladder else None


def _went_on_without_others(run: StageRun) -> bool:
    """Has it reviewed or held what some of several had said, so that nobody waits for the rest?"""
    return bool(run.answers) and not run.waits_for_others and run.all_answered_at is None


def _held(clock: StageClock, days: Iterable[tuple[datetime, date]]) -> StageClock:
    """As it was when its time was up: a day that was set afterwards changes nothing."""
    for at, day in days:
        if not clock.is_up(at):
            clock = replace(clock, set_day=day, as_given=False)
    return clock
