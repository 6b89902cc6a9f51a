"""Where an alert stands: its clocks, one sentence, whose turn it is and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from practice_alerts.domain.alert import waiting_words
from practice_alerts.domain.alert.alert import AgreedHold, Alert, ResponseReview, StageRun
from practice_alerts.domain.alert.anchors import anchors
from practice_alerts.domain.alert.events import OTHER_GROUND, Outcome
from practice_alerts.domain.alert.stage_steps import open_steps
from practice_alerts.domain.alert.standings import ONWARD, UNANSWERED, Standing, Turn
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.due_date import Calendar, Due, working_days_between
from practice_alerts.domain.deadlines.forecast import (
    HoldPrice,
    days_to_spare,
    escalate_by,
    price_of_hold,
    time_limit_of,
)
from practice_alerts.domain.deadlines.stage_clocks import (
    ClockKind,
    StageClock,
    Times,
    first_of,
    stage_clock,
    time_limit_start,
)
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import (
    NOT_STATED,
    Ground,
    Ladder,
    Settle,
    Stage,
    Timed,
)
from practice_alerts.domain.text import capital, joined, sentence, small, working_days


@dataclass(frozen=True, slots=True)
class Clocks:
    """Separate clocks, each with its own receipt. None where the procedure states none."""

    awaited: tuple[StageClock, ...] = ()
    """What the present stage waits for: the answer, each step that is to take place, and putting it right."""
    agreed: date | None = None
    """Another day agreed for the answer; `response` stays what follows from the clock."""
    hold: date | None = None
    if_hold_fails: HoldPrice | None = None
    """Where the stages left end if what was promised is not done by the end of the hold."""
    time_limit: Due | None = None
    escalate_by: date | None = None
    days_to_spare: int | None = None
    """Working days left to the time limit, less the clocks still to run after this stage."""
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

    def late(self, now: datetime) -> tuple[StageClock, ...]:
        """Everything that was missed, the answer first. An aim never is."""
        return tuple(one for one in self.awaited if one.is_late(now))

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


@dataclass(frozen=True, slots=True)
class Where:
    """Where the alert stands at one moment."""

    standing: Standing
    stage: str | None
    """The present stage's id; none where the alert climbs no ladder."""
    sentence: str
    next_act: str | None
    by: date | None
    """The day the next thing is due, for sorting; None where nothing is due."""
    time_limit_passed: bool = False

    @property
    def turn(self) -> Turn:
        return self.standing.pile.facts.turn


def asked_of_you(stands: Where, label: str, clocks: Clocks, ladder: Ladder | None) -> str:
    """The one sentence for somebody who must answer: it asks nothing of them that is not theirs to do."""
    if stands.standing.pile not in UNANSWERED:
        on_hold = stands.standing is Standing.ON_HOLD
        return stands.sentence if on_hold else f"{label}: answered. Whoever raised it decides now."
    if clocks.answer_due is not None and stands.standing is Standing.NO_ANSWER:
        return f"{label}: your answer was due {in_full(clocks.answer_due)}. Please answer today."
    if clocks.answer_due is not None and not clocks.waits_for_answer_aim:
        return f"{label}: your answer is due {in_full(clocks.answer_due)}."
    return f"{label}: your answer is asked for. {by_when(clocks, ladder)}"


def by_when(clocks: Clocks, ladder: Ladder | None) -> str:
    """Until when those asked are to act, as a sentence: where that is no day that an answer is due."""
    answer, settle = clocks.of(Times.ANSWER), clocks.of(Times.SETTLE)
    for one in (answer, settle, clocks.step):
        if one is not None and one.day is not None:
            return sentence(waiting_words.beside(one))
    return waiting_words.no_day(answer, ladder) if answer and ladder else waiting_words.NO_TIME


def set_by_people(run: StageRun) -> tuple[StageClock, ...]:
    """The days that are known without any calendar."""
    by = run.settle_by
    return (StageClock(Times.SETTLE, NOT_STATED, None, None, (), by),) if by else ()


def running_clocks(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The clocks of the present stage and of the whole. Raises BeyondCalendar."""
    run = alert.run
    if ladder is None or run is None:
        return Clocks()
    stage = ladder.stage(run.stage)
    limit, awaited = time_limit_due(alert, ladder, calendar), _awaited(alert, run, stage, calendar)
    hold = run.hold.until if run.hold else None
    return Clocks(
        awaited=awaited,
        agreed=run.agreed_date,
        hold=hold,
        if_hold_fails=price_of_hold(ladder, stage.id, hold, limit, calendar),
        time_limit=limit,
        escalate_by=escalate_by(ladder, stage.id, limit, calendar) if limit else None,
        days_to_spare=days_to_spare(ladder, stage.id, run.sent_at, limit, calendar)
        if limit
        else None,
        calendar=calendar,
    )


def _awaited(
    alert: Alert, run: StageRun, stage: Stage, calendar: Calendar
) -> tuple[StageClock, ...]:
    happened = anchors(alert)
    timed: list[tuple[Timed | None, date | None]] = [
        (stage.answer, run.agreed_date),
        *((step, None) for step in open_steps(run, stage)),
        (stage.settle or _only_if_set(run), run.settle_by),
    ]
    return tuple(
        stage_clock(one, stage, happened, calendar, set_day)
        for one, set_day in timed
        if one is not None
    )


def _only_if_set(run: StageRun) -> Settle | None:
    return Settle() if run.settle_by else None


GROUND_OF: Mapping[Standing, Ground] = {
    Standing.NO_ANSWER: Ground.NO_ANSWER,
    Standing.TO_ESCALATE: Ground.NOT_SATISFACTORY,
    Standing.HOLD_ENDED: Ground.TASK_OUTSTANDING,
    Standing.NOT_PUT_RIGHT: Ground.TASK_OUTSTANDING,
    Standing.STEP_LATE: Ground.NOT_SETTLED,
    Standing.STEPS_DONE: Ground.NOT_SETTLED,
}
"""What an alert that stands so goes on for."""


def ground_for(standing: Standing, run: StageRun, ladder: Ladder) -> str:
    """What the procedure lets it go on for as it stands; OTHER_GROUND where it lists nothing of the kind."""
    stage, ground = ladder.stage(run.stage), GROUND_OF.get(standing)
    if ground is None or is_decided(run, stage) or not ladder.sends_on(stage, ground):
        return OTHER_GROUND
    return (ground if ground in ladder.grounds(stage) else Ground.NOT_SETTLED).value


def is_decided(run: StageRun, stage: Stage) -> bool:
    """Has a step been recorded that is the authority's last word?"""
    final = (run.done(step.id) for step in stage.steps if step.final)
    return any(one is not None and one.needed for one in final)


def is_to_review(run: StageRun, stage: Stage) -> bool:
    """Is there something the officer's side has not reviewed: an answer, or steps that took its place?"""
    if run.unreviewed is not None:
        return True
    steps = [at for at, _ in run.steps]
    if stage.answer is not None or run.answers or not steps or open_steps(run, stage):
        return False
    return not run.has_acted_since(max(steps))


def where(alert: Alert, ladder: Ladder | None, clocks: Clocks, now: datetime) -> Where:
    """The alert's standing at `now` (aware), as one sentence and the next act."""
    if alert.closed is not None and alert.closed_at is not None:
        closed, day = Standing.CLOSED, in_full(london_date(alert.closed_at))
        sentence = closed.facts.sentence.format(day=day, ending=alert.closed.ending.words)
        stage = alert.run.stage if alert.run else None
        return Where(closed, stage, sentence, closed.facts.next_act, None)
    run = alert.run
    if ladder is None or run is None:
        sent, day = Standing.SENT, in_full(london_date(alert.raised_at))
        return Where(sent, None, sent.facts.sentence.format(day=day), sent.facts.next_act, None)
    return _StageStatus(run, ladder, clocks, now).where()


@dataclass(frozen=True, slots=True)
class _StageStatus:
    """The stay at the present stage, looked at from one moment."""

    run: StageRun
    ladder: Ladder
    clocks: Clocks
    now: datetime

    def says(
        self, standing: Standing, by: date | None, act: str | None = None, **words: str
    ) -> Where:
        """`words` fill the sentence of the standing; `act` is next where the standing leaves it open."""
        said = standing.facts.sentence.format(**words)
        following = standing.facts.next_act or act
        return Where(
            standing=standing,
            stage=self.run.stage,
            sentence=f"{self.ladder.stage(self.run.stage).label}: {said}",
            next_act=self._onward(standing) if following == ONWARD else following,
            by=by,
            time_limit_passed=self.clocks.time_limit is not None
            and self.clocks.time_limit.is_past(self.now),
        )

    def where(self) -> Where:
        if self.run.unreviewed is not None:
            came = in_full(london_date(self.run.unreviewed.at))
            return self.says(Standing.TO_REVIEW, london_date(self.now), day=came)
        if is_to_review(self.run, self.ladder.stage(self.run.stage)):
            return self.says(Standing.STEPS_DONE, london_date(self.now))
        if self.run.review is not None:
            return self._reviewed(self.run.review)
        if self.run.hold is not None:
            return self._held(self.run.hold)
        return self._unanswered()

    def _reviewed(self, review: ResponseReview) -> Where:
        if review.reviewed.verdict is Outcome.PUT_RIGHT:
            return self.says(Standing.PUT_RIGHT, london_date(self.now))
        by = self.clocks.escalate_by or london_date(self.now)
        return self.says(Standing.TO_ESCALATE, by, onward=self._way_on(Ground.NOT_SATISFACTORY))

    def _held(self, hold: AgreedHold) -> Where:
        until = in_full(hold.until)
        if london_date(self.now) > hold.until:
            return self.says(Standing.HOLD_ENDED, hold.until, day=until)
        owner = hold.held.task_owner
        return self.says(Standing.ON_HOLD, hold.until, day=until, owner=capital(owner))

    def _unanswered(self) -> Where:
        late = self.clocks.late(self.now)
        if late:
            return self._late(late[0], late[1:])
        answer, step = self.clocks.of(Times.ANSWER), self.clocks.step
        dated = sorted(
            (one for one in self.clocks.awaited if one.day is not None),
            key=lambda one: one is not self.clocks.first,
        )
        if not dated:
            return self._undated(answer, step)
        # Whoever is asked is named once, however many days there are.
        first, rest = dated[0], dated[1:]
        said = [waiting_words.with_day(first, self.run.asked_posts)]
        said += [waiting_words.beside(one) for one in rest]
        is_step = first.times is Times.STEP
        if answer is None and step is not None and step.day is None:
            is_step, said = True, [self._next(step), *said]
        act = "step" if is_step else None
        return self.says(Standing.WAITING, first.day, act, what=f"{'; '.join(said)}.")

    def _undated(self, answer: StageClock | None, step: StageClock | None) -> Where:
        if answer is None and step is not None and step.step is not None:
            return self.says(Standing.WAITING, None, "step", what=f"{self._next(step)}.")
        why = waiting_words.NO_TIME
        for one in filter(None, (answer, self.clocks.of(Times.SETTLE))):
            if (said := waiting_words.no_day(one, self.ladder)) != waiting_words.NO_TIME:
                why = said
                break
        asked = self.run.asked_posts or "an answer"
        return self.says(Standing.WAITING, None, what=f"waiting for {asked}. {why}")

    def _next(self, step: StageClock) -> str:
        """A step that has no day, or none yet."""
        when = in_words(step.clock) if step.kind is not ClockKind.NOT_STATED else ""
        if step.waits_for_start:
            when = waiting_words.from_when(step, self.ladder)
        what = small(step.step.what) if step.step else ""
        return f"next: {', '.join(filter(None, (what, when)))}"

    def _late(self, first: StageClock, others: tuple[StageClock, ...]) -> Where:
        """What is late, and what is late or still due beside it."""
        day = in_full(first.day) if first.day else ""
        if first.step is not None:
            what = small(first.step.what)
            stands = self.says(Standing.STEP_LATE, first.day, what=what, day=day)
        else:
            is_answer = first.times is Times.ANSWER
            standing = Standing.NO_ANSWER if is_answer else Standing.NOT_PUT_RIGHT
            by = self.clocks.escalate_by
            stands = self.says(standing, by, day=day, onward=self._way_on(GROUND_OF[standing]))
        said = [waiting_words.missed(one) for one in others]
        answer = self.clocks.of(Times.ANSWER)
        if (
            answer is not None
            and answer.day is not None
            and not self.clocks.answer_is_late(self.now)
        ):
            said.append(sentence(waiting_words.beside(answer)))
        return replace(stands, sentence=" ".join([stands.sentence, *said]))

    def _onward(self, standing: Standing) -> str | None:
        """Past the top, and past a final decision, nothing leads on but the ways out."""
        stage = self.ladder.stage(self.run.stage)
        if is_decided(self.run, stage) or not self.ladder.next_stages(stage.id):
            return "refer"
        ground = GROUND_OF.get(standing)
        return "escalate" if ground is None or self.ladder.sends_on(stage, ground) else None

    def _way_on(self, ground: Ground) -> str:
        stage = self.ladder.stage(self.run.stage)
        following = self.ladder.next_stages(stage.id)
        if is_decided(self.run, stage):
            return "The authority has decided finally: consider the ways out of the authority."
        if following and not self.ladder.sends_on(stage, ground):
            listed = joined([one.words for one in self.ladder.grounds(stage)], "or")
            return f"By the procedure it goes on when {listed}; to go on for this, say why."
        if not following:
            return "This is the top of the ladder: consider the ways out of the authority."
        to = " or ".join(stage.label for stage in following)
        by = self.clocks.escalate_by
        if by is None:
            return f"Escalate to {to}."
        today = london_date(self.now)
        if by < today and self.clocks.calendar is not None:
            late = working_days_between(by, today, self.clocks.calendar)
            last = self.ladder.usual_way_up()[-1].label
            missed = f"through {last} the total limit is now missed by {working_days(late)}"
            return f"Escalate to {to} today; {missed}."
        return f"Escalate to {to} by {in_full(by)}."


def time_limit_due(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Due | None:
    """The time limit, from the event it is counted from; None while that has not happened."""
    if ladder is None:
        return None
    sent = {run.stage: run.sent_at for run in reversed(alert.runs)}
    return time_limit_of(ladder, time_limit_start(ladder, anchors(alert), sent), calendar)
