"""Where an alert stands: its clocks, one sentence, whose turn it is and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from practice_alerts.domain.alert.alert import AgreedHold, Alert, ResponseReview, StageRun
from practice_alerts.domain.alert.events import OTHER_GROUND, Outcome
from practice_alerts.domain.alert.standings import ONWARD, UNANSWERED, Standing, Turn
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.due_date import Calendar, Due, due_of, working_days_between
from practice_alerts.domain.deadlines.forecast import (
    StepForecast,
    days_to_spare,
    escalate_by,
    step_forecasts,
    time_limit_of,
)
from practice_alerts.domain.procedure.clock import Clock, Span, Strength, Untimed, in_words
from practice_alerts.domain.procedure.ladder import Ground, Ladder, Stage, Step
from practice_alerts.domain.text import capital, joined, small, working_days


@dataclass(frozen=True, slots=True)
class Clocks:
    """Separate clocks, each with its own receipt. None where the procedure states none."""

    response: Due | None = None
    agreed: date | None = None
    """Another day agreed for the answer; `response` stays what follows from the clock."""
    step: StepForecast | None = None
    """Where a stage asks for steps and not for an answer: the next one to take place."""
    settle: Due | None = None
    settle_by: date | None = None
    """The raiser's own day, where the procedure leaves it to them."""
    hold: date | None = None
    time_limit: Due | None = None
    escalate_by: date | None = None
    days_to_spare: int | None = None
    """Working days left to the time limit, less the clocks still to run after this stage."""
    calendar: Calendar | None = field(default=None, compare=False, repr=False)
    """The calendar they were worked out with."""

    @property
    def answer_by(self) -> date | None:
        """The last day for what is waited for: agreed, from the clock, of the step, or the raiser's own."""
        step = self.step.due.by_day if self.step and self.step.due else None
        settle = self.settle.by_day if self.settle else self.settle_by
        return self.answer_due or step or settle

    @property
    def answer_due(self) -> date | None:
        """The last day for an answer: agreed, or from the clock."""
        return self.agreed or (self.response.by_day if self.response else None)

    def answer_is_late(self, now: datetime) -> bool:
        """Is the answer overdue? An aim never is."""
        if self.agreed is not None:
            return london_date(now) > self.agreed
        response = self.response
        return response is not None and not is_aim(response.clock) and response.is_past(now)

    @property
    def waits_for_aim(self) -> bool:
        """Is what is waited for only aimed at, so that it passes without being overdue?

        A day on which a thing is to be put right is no deadline for an answer either.
        """
        due_ = self.response or (self.step.due if self.step else None)
        if self.agreed is None and due_ is None:
            return self.answer_by is not None
        return self.agreed is None and due_ is not None and is_aim(due_.clock)


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


def asked_of_you(stands: Where, label: str, clocks: Clocks) -> str:
    """The one sentence for somebody who must answer: it asks nothing of them that is not theirs to do."""
    if stands.standing.pile not in UNANSWERED:
        on_hold = stands.standing is Standing.ON_HOLD
        return stands.sentence if on_hold else f"{label}: answered. Whoever raised it decides now."
    by = clocks.answer_due
    if by is None:
        return f"{label}: your answer is asked for. The procedure sets no time for it."
    day = in_full(by)
    if stands.standing is Standing.NO_ANSWER:
        return f"{label}: your answer was due {day}. Please answer today."
    return f"{label}: your answer is due {day}."


def running_clocks(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The clocks of the present stage and of the whole. Raises BeyondCalendar."""
    run = alert.run
    if ladder is None or run is None:
        return Clocks()
    stage = ladder.stage(run.stage)
    limit = time_limit_due(alert, ladder, calendar)
    return Clocks(
        response=due_of(stage.answer.within if stage.answer else None, run.sent_at, calendar),
        agreed=run.agreed_date,
        step=_next_step(alert, run, ladder, calendar),
        settle=due_of(stage.settle.within if stage.settle else None, run.sent_at, calendar),
        settle_by=run.settle_by,
        hold=run.hold.until if run.hold else None,
        time_limit=limit,
        escalate_by=escalate_by(ladder, stage.id, limit, calendar) if limit else None,
        days_to_spare=days_to_spare(ladder, stage.id, run.sent_at, limit, calendar)
        if limit
        else None,
        calendar=calendar,
    )


def anchors(alert: Alert) -> dict[str, datetime]:
    """When what a step may be counted from happened: ``stage-1.sent``, ``stage-1.judged``, the latest of each."""
    found: dict[str, datetime] = {}
    for run in alert.runs:
        found[f"{run.stage}.sent"] = run.sent_at
        if run.answers:
            found[f"{run.stage}.answered"] = run.answers[-1].at
        if run.response_reviews:
            found[f"{run.stage}.judged"] = run.response_reviews[-1].at
        for _, step in run.steps:
            if step.took_place is not None:
                found[f"{run.stage}.{step.step}"] = step.took_place
    return found


def open_steps(run: StageRun, stage: Stage) -> tuple[Step, ...]:
    """The steps to be recorded before the stage has run its course: those no question decides about."""
    always = (step for step in stage.steps if step.ask is None and step.if_ is None)
    return tuple(step for step in always if run.done(step.id) is None)


GROUND_OF: Mapping[Standing, Ground] = {
    Standing.NO_ANSWER: Ground.NO_ANSWER,
    Standing.TO_ESCALATE: Ground.NOT_SATISFACTORY,
    Standing.HOLD_ENDED: Ground.TASK_OUTSTANDING,
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
        asked, clocks = self.run.asked_posts, self.clocks
        by = clocks.answer_due
        if by is not None and clocks.answer_is_late(self.now):
            words = {"day": in_full(by), "onward": self._way_on(Ground.NO_ANSWER)}
            return self.says(Standing.NO_ANSWER, clocks.escalate_by, **words)
        if by is not None:
            agreed = ", as agreed" if clocks.agreed else ""
            said = f"waiting for {asked or 'an answer'}, due {in_full(by)}{agreed}."
            return self.says(Standing.WAITING, by, what=said)
        if clocks.step is not None:
            return self._step(clocks.step)
        settle = clocks.settle.by_day if clocks.settle else clocks.settle_by
        if settle is not None:
            said = f"with {asked or 'those asked'}, to be put right by {in_full(settle)}."
            return self.says(Standing.WAITING, settle, what=said)
        said = f"waiting for {asked or 'an answer'}. The procedure sets no time for it."
        return self.says(Standing.WAITING, None, what=said)

    def _step(self, next_step: StepForecast) -> Where:
        """Waiting for what is to take place; whoever holds it does so, and the officer records it."""
        what, due_ = small(next_step.step.what), next_step.due
        if due_ is None:
            clock = next_step.step.within
            when = f", {in_words(clock)}" if clock is not Untimed.NOT_STATED else ""
            return self.says(Standing.WAITING, None, "step", what=f"next: {what}{when}.")
        day = in_full(due_.by_day)
        if not is_aim(due_.clock) and due_.is_past(self.now):
            return self.says(Standing.STEP_LATE, due_.by_day, what=what, day=day)
        return self.says(Standing.WAITING, due_.by_day, "step", what=f"next: {what}, by {day}.")

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


def _next_step(
    alert: Alert, run: StageRun, ladder: Ladder, calendar: Calendar
) -> StepForecast | None:
    stage = ladder.stage(run.stage)
    waiting = open_steps(run, stage) if stage.answer is None else ()
    ahead = step_forecasts(ladder, stage.id, anchors(alert), calendar)
    return next((one for one in ahead if one.step in waiting), None)


def time_limit_due(alert: Alert, ladder: Ladder | None, calendar: Calendar) -> Due | None:
    """The time limit, from the first formal stage that was sent; None while there is none."""
    if ladder is None:
        return None
    formal = (run.sent_at for run in alert.runs if ladder.stage(run.stage).formal)
    return time_limit_of(ladder, next(formal, None), calendar)


def is_aim(clock: Clock) -> bool:
    """An aim passes without anything being overdue."""
    return isinstance(clock, Span) and clock.strength is Strength.AIM
