"""Where an alert stands: its clocks, one sentence, whose turn it is and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import OTHER_GROUND, Outcome
from practice_alerts.domain.alert.stage_run import AgreedHold, ResponseReview, StageRun
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.stage_clocks import (
    ClockKind,
    StageClock,
    Times,
)
from practice_alerts.domain.deadlines.working_days import working_days_between
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import (
    Ground,
    Ladder,
    Stage,
)
from practice_alerts.domain.standing import waiting_words
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.stage_steps import open_steps
from practice_alerts.domain.standing.standings import ONWARD, UNANSWERED, Standing, Turn
from practice_alerts.domain.standing.steps_by import ToRecord, wanted_step
from practice_alerts.domain.text import capital, joined, sentence, small, working_days


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


def asked_of_you(
    stands: Where, label: str, clocks: Clocks, ladder: Ladder | None, officer: str
) -> str:
    """The one sentence for somebody who must answer: it asks nothing of them that is not theirs to do.

    `officer` is whoever decides now, by name.
    """
    if stands.standing.pile not in UNANSWERED:
        on_hold = stands.standing is Standing.ON_HOLD
        return stands.sentence if on_hold else f"{label}: answered. {officer} decides now."
    due = clocks.answer_until
    if due is not None and stands.standing is Standing.NO_ANSWER:
        return f"{label}: your answer was due {in_full(due)}. Please answer today."
    if due is not None and not clocks.waits_for_answer_aim:
        return f"{label}: your answer is due {in_full(due)}."
    return f"{label}: your answer is asked for. {by_when(clocks, ladder)}"


def yours_to_record(steps: Iterable[ToRecord], clocks: Clocks, ladder: Ladder | None) -> str:
    """Each with its day or why it has none; of a stage that was left no day counts any more. Empty without any."""
    said = (
        small(one.step.what)
        if one.late or ladder is None
        else waiting_words.wanted_in_words(wanted_step(one.step, clocks), ladder, one.stage.id)
        for one in steps
    )
    every = "; ".join(said)
    return sentence(f"Yours to record: {every}") if every else ""


def answered_already(run: StageRun, label: str) -> str:
    """For somebody who has answered while others are still awaited."""
    return f"{label}: answered. Still awaited: {run.awaited_posts}."


def by_when(clocks: Clocks, ladder: Ladder | None) -> str:
    """Until when those asked are to act, as a sentence: where that is no day that an answer is due."""
    answer, settle = clocks.of(Times.ANSWER), clocks.of(Times.SETTLE)
    waits = answer is not None and answer.waits_for_start
    for one in (answer, settle, None if waits else clocks.step):
        if one is not None and one.day is not None:
            late = waiting_words.closed_late(one.beside) if one.beside else ""
            return " ".join(filter(None, (sentence(waiting_words.beside(one)), late)))
    return waiting_words.no_day(answer, ladder) if answer and ladder else waiting_words.NO_TIME


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


def look_again(alert: Alert) -> date | None:
    """While it is closed and what changed for the child is not known: the day to look again."""
    kinds = events.Closed | events.ChangeRecorded
    said = [one.what for one in alert.happened if isinstance(one.what, kinds)]
    return said[-1].look_again if said and not alert.is_open else None


def where(alert: Alert, ladder: Ladder | None, clocks: Clocks, now: datetime) -> Where:
    """The alert's standing at `now` (aware), as one sentence and the next act."""
    if alert.closed is not None and alert.closed_at is not None:
        closed, day = Standing.CLOSED, in_full(london_date(alert.closed_at))
        sentence = closed.facts.sentence.format(day=day, ending=alert.closed.ending.words)
        if (again := look_again(alert)) is not None:
            on = in_full(again)
            sentence += f" What is different for the child is to be looked at again on {on}."
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
        stands, beside = self._stands(), waiting_words.beside_the_answer(self.run)
        return replace(stands, sentence=f"{stands.sentence} {beside}") if beside else stands

    def _stands(self) -> Where:
        if self.run.unreviewed is not None:
            came = in_full(london_date(self.run.unreviewed.at))
            return self.says(Standing.TO_REVIEW, london_date(self.now), day=came)
        if is_to_review(self.run, self.ladder.stage(self.run.stage)):
            return self.says(Standing.STEPS_DONE, london_date(self.now))
        if self.run.review is not None:
            return self._reviewed(self.run.review)
        if self.run.hold is not None:
            return self._held(self.run.hold)
        return self._asked_back(self._unanswered())

    def _reviewed(self, review: ResponseReview) -> Where:
        if review.reviewed.verdict is Outcome.PUT_RIGHT:
            stands = self.says(Standing.PUT_RIGHT, london_date(self.now))
        else:
            by = self.clocks.escalate_by or london_date(self.now)
            onward = self._way_on(Ground.NOT_SATISFACTORY)
            stands = self.says(Standing.TO_ESCALATE, by, onward=onward)
        otherwise = (
            f"{one.reviewed.by.post or one.reviewed.by.name} says otherwise:"
            f" {small(one.reviewed.verdict.words)}."
            for one in self.run.dissent
        )
        return replace(stands, sentence=" ".join((stands.sentence, *otherwise)))

    def _held(self, hold: AgreedHold) -> Where:
        until = in_full(hold.until)
        if london_date(self.now) > hold.until:
            return self.says(Standing.HOLD_ENDED, hold.until, day=until)
        owner = hold.held.task_owner
        return self.says(Standing.ON_HOLD, hold.until, day=until, owner=capital(owner))

    def _asked_back(self, stands: Where) -> Where:
        """Where the officer is asked something and nothing is late, that comes first; the answer is owed all the same."""
        run = self.run
        if stands.standing is not Standing.WAITING or not (run.not_theirs or run.open_questions):
            return stands
        act = "redirect" if run.not_theirs else "answer-question"
        return replace(stands, standing=Standing.ASKED_BACK, next_act=act)

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
        said = [waiting_words.with_day(first, self.run.awaited_posts)]
        said += [waiting_words.beside(one) for one in rest]
        said += self._answered
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
        waits = "; ".join((f"waiting for {self.run.awaited_posts or 'an answer'}", *self._answered))
        return self.says(Standing.WAITING, None, what=f"{waits}. {why}")

    @property
    def _answered(self) -> list[str]:
        """Which of several has answered while others are awaited."""
        run = self.run
        return [f"answered: {run.answered_posts}"] if run.answered_posts else []

    def _next(self, step: StageClock) -> str:
        """A step that has no day, or none yet."""
        when = in_words(step.clock) if step.kind is not ClockKind.NOT_STATED else ""
        if step.waits_for_start:
            when = waiting_words.from_when(step, self.ladder)
        what = small(step.step.what) if step.step else ""
        return f"next: {', '.join(filter(None, (what, when)))}"

    def _late(self, first: StageClock, others: tuple[StageClock, ...]) -> Where:
        """What is late, and what is late or still due beside it."""
        day = in_full(first.by) if first.by else ""
        if first.step is not None:
            what = small(first.step.what)
            stands = self.says(Standing.STEP_LATE, first.day, what=what, day=day)
        else:
            is_answer = first.times is Times.ANSWER
            standing = Standing.NO_ANSWER if is_answer else Standing.NOT_PUT_RIGHT
            by = self.clocks.escalate_by
            words = {"of": self._unanswered_by} if is_answer else {}
            onward = self._way_on(GROUND_OF[standing])
            stands = self.says(standing, by, day=day, onward=onward, **words)
        said = [waiting_words.missed(one) for one in others]
        answer = self.clocks.of(Times.ANSWER)
        if (
            answer is not None
            and answer.day is not None
            and not self.clocks.answer_is_late(self.now)
        ):
            said.append(sentence(waiting_words.beside(answer)))
        return replace(stands, sentence=" ".join([stands.sentence, *said]))

    @property
    def _unanswered_by(self) -> str:
        """Whose answer is missing, where each of several was asked."""
        run = self.run
        return f" from {run.awaited_posts}" if run.sent.each and len(run.sent.asked) > 1 else ""

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
            by_how_much = f" by {working_days(late)}" if late else ""
            missed = f"through {last} the time limit is now missed{by_how_much}"
            return f"Escalate to {to} today; {missed}."
        return f"Escalate to {to} by {in_full(by)}."
