"""What can be done to an alert now, and why something cannot."""

from dataclasses import dataclass, replace

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.act_shape import Phase
from practice_alerts.domain.acts.form_by_rule import OURS_OF_ACT, agrees_dates, mark
from practice_alerts.domain.acts.options import asks_change
from practice_alerts.domain.acts.permissions import (
    OFFICERS_SIDE,
    Act,
    Actor,
    NamedPosts,
    Relation,
    is_allowed,
    relations,
    stands,
)
from practice_alerts.domain.acts.said_already import of_restriction, said_already
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.by_hand import to_do_by_hand, to_remind
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.once import once
from practice_alerts.domain.procedure.beside_text import StandingRuleId, has_rule, is_offered
from practice_alerts.domain.procedure.directions import MANAGER, RESERVE, is_exchanged
from practice_alerts.domain.procedure.entry import any_stage_open, gate_before, routes_for
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import RAISER, Who
from practice_alerts.domain.procedure.procedure import Gate, Procedure
from practice_alerts.domain.standing.stage_steps import open_steps
from practice_alerts.domain.standing.steps_by import Doers, ToRecord, own_doers

NOT_LED_THERE = "The ladder does not lead there from the present stage."


@dataclass(frozen=True, slots=True)
class LeftToDo:
    """What somebody on the side that is asked has still to do."""

    is_asked: bool
    """Is an answer asked of them at the present stage?"""
    answer: bool
    """Has theirs not come?"""
    steps: tuple[ToRecord, ...]

    @property
    def anything(self) -> bool:
        return self.answer or bool(self.steps)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides, beside the alert itself, what can be done to it: its procedure, and its ladder if any."""

    procedure: Procedure
    ladder: Ladder | None
    vacant: frozenset[str] = frozenset()
    """Posts that nobody holds, for which their stand-in acts."""

    def gate(self, alert: Alert) -> Gate | None:
        return gate_before(self.procedure, alert.raised.alert_kind)

    def named(self, alert: Alert) -> NamedPosts:
        """The posts that have a say at its present stage."""
        if self.ladder is None or alert.run is None or not self.ladder.has(alert.run.stage):
            return NamedPosts(own_side=own_side_of(self.procedure), challenged=self.challenged)
        here = self.posts_at(self.ladder.stage(alert.run.stage))
        left = self.doers(alert).yet_to_do()
        return replace(here, doers=left.ids, covered_doers=left.of_cover, doing=left.posts)

    def doers(self, alert: Alert) -> Doers:
        """Who does its steps, and which of them can be recorded."""
        return Doers(alert, self.ladder, self.procedure, self._acting)

    def for_them(self, actor: Actor, alert: Alert) -> tuple[ToRecord, ...]:
        """The steps that this person may record: any for the officer's side, for others those they do."""
        every = self.doers(alert).to_record()
        if stands(actor, alert, self.named(alert)).deciding & OFFICERS_SIDE:
            return every
        return tuple(
            one
            for one in every
            if one.is_open and (one.is_for(actor.id, actor.covers_for) or one.posts & actor.posts)
        )

    def posts_at(self, stage: Stage) -> NamedPosts:
        """Who reviews the response and escalates here besides the raiser: posts of the IRO service, and no others."""
        return _posts_at(self.procedure, self.ladder, self.vacant, stage)

    def read_posts_at(self, stage: Stage) -> NamedPosts:
        """The same, read from the file anew."""
        following = self.ladder.next_stages(stage.id) if self.ladder else ()
        return NamedPosts(
            reviewing=self._own_side(stage.judged_by),
            escalating=frozenset().union(*(self._own_side(one.escalated_by) for one in following)),
            own_side=own_side_of(self.procedure),
            challenged=self.challenged,
            for_steps=frozenset().union(
                *(own_doers(step, self.procedure, self._acting) for step in stage.steps)
            ),
        )

    @property
    def challenged(self) -> frozenset[str]:
        """The posts of the other side that any stage of the ladder asks, with those who stand in for them."""
        stages = self.ladder.stages if self.ladder else ()
        asked = {name for stage in stages for name in self.procedure.asked_at(stage).roles}
        acting = asked | {self._acting(name) for name in asked}
        return frozenset(acting) - own_side_of(self.procedure) - self._raising

    def acting_at(self, stage: Stage) -> frozenset[str]:
        """The posts of the IRO service that a stage wants something of, so that they must know of it.

        A step that a question decides about is told of by whoever answers the question.
        """
        always = [step for step in stage.steps if step.ask is None and step.if_ is None]
        steps = [who for step in always for who in (step.by, step.with_, step.chair) if who]
        return frozenset().union(*(self._own_side(who) for who in (stage.judged_by, *steps)))

    def _own_side(self, who: Who) -> frozenset[str]:
        """Without the post that raises: one officer does not review another's alert."""
        roles = self.procedure.roles
        acting = {self._acting(name) for name in who.roles} - self._raising
        return frozenset(name for name in acting if name in roles and roles[name].own_side)

    def _acting(self, name: str) -> str:
        """The post itself, or the first of those who stand in for one another that somebody holds."""
        passed = set[str]()
        while name in self.vacant and name not in passed:
            passed.add(name)
            name = self.procedure.stand_in_of(name) or name
        return name

    @property
    def _raising(self) -> frozenset[str]:
        return frozenset({RAISER, *self.procedure.raising_posts})

    def together(self, stage: Stage) -> tuple[frozenset[str], ...]:
        """Where all of several judge at a stage: the posts of each voice, of which one must speak."""
        if stage.judged_by.how != "all_of":
            return ()
        each = (
            one if isinstance(one, Who) else Who(how="one", posts=(one,))
            for one in stage.judged_by.posts
        )
        return tuple(filter(None, map(self._voice, each)))

    def _voice(self, who: Who) -> frozenset[str]:
        officer = frozenset({RAISER} if self._raising & set(who.roles) else ())
        return officer | self._own_side(who)

    def left_to_do(self, actor: Actor, alert: Alert) -> LeftToDo:
        """What is asked of this person, or of whoever they stand in for, and not done yet."""
        whose, run = {actor.id, *actor.covers_for}, alert.run
        asked = [one for one in run.sent.asked if one.id in whose] if run else []
        left = run.yet_to_answer if run else ()
        every = self.doers(alert).to_record()
        steps = tuple(
            one for one in every if one.is_open and one.is_for(actor.id, actor.covers_for)
        )
        return LeftToDo(bool(asked), any(one in left for one in asked), steps)

    def may_become_exceptional(self, alert: Alert) -> bool:
        """Has its ladder a longer total that can be recorded for it still?"""
        longer = self.ladder.exceptional if self.ladder else None
        return longer is not None and alert.run is not None and not alert.is_exceptional

    def agrees_dates(self, alert: Alert) -> bool:
        """Can another day be agreed for the answer at its present stage?"""
        stage = self.ladder.stage(alert.run.stage) if self.ladder and alert.run else None
        return agrees_dates(self.procedure, self.ladder, stage)

    def known(self, alert: Alert | None = None) -> frozenset[Act]:
        """The acts this procedure has words for, or we offer beside them; the others are not offered at all."""
        missing = {
            act
            for act, ours in OURS_OF_ACT.items()
            if not is_offered(self.procedure, self.ladder, ours)
        }
        if alert is not None and self.may_become_exceptional(alert):
            missing -= {Act.AGREE_DATE}  # by which the longer total is agreed
        if not has_rule(self.procedure, StandingRuleId.STANDSTILL):
            missing |= {Act.STANDSTILL, Act.LIFT_STANDSTILL}
        if self.procedure.overrides is None:
            missing.add(Act.OVERRIDE)
        if self.ladder is None or not any(stage.steps for stage in self.ladder.stages):
            missing.add(Act.STEP)
        if not self.procedure.referrals:
            missing |= {Act.REFER, Act.FOLLOW_UP}
        return frozenset(Act) - missing | (_begun(alert) if alert is not None else frozenset())


@once
def _posts_at(
    procedure: Procedure, ladder: Ladder | None, vacant: frozenset[str], stage: Stage
) -> NamedPosts:
    return Rules(procedure, ladder, vacant).read_posts_at(stage)


def _begun(alert: Alert) -> frozenset[Act]:
    """What ends that which was begun: it is known, whatever the procedure has words for."""
    begun = (
        (Act.REVIEW_HOLD, any(run.holds for run in alert.runs)),
        (Act.LIFT_STANDSTILL, alert.standstill is not None),
        (Act.FOLLOW_UP, bool(alert.referrals)),
    )
    return frozenset(act for act, is_begun in begun if is_begun)


def own_side_of(procedure: Procedure) -> frozenset[str]:
    """Every post that is not of the challenged chain: the procedure's, and its manager's in the office.

    Where the sides are exchanged, the manager of the reviewing service is of the side that is challenged.
    """
    return (
        procedure.own_side if is_exchanged(procedure) else procedure.own_side | {MANAGER, RESERVE}
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that is this person's to do; `not_now` says in one line why it is not possible now."""

    act: Act
    title: str
    not_now: str | None = None
    mark: str = ""
    """Said of what the council's text does not know and the product offers."""

    @property
    def possible(self) -> bool:
        return self.not_now is None


def offers(actor: Actor, alert: Alert, rules: Rules) -> tuple[Offer, ...]:
    """The acts that are this person's, possible or not. Acts that are nobody's of theirs are left out."""
    known, held = rules.known(alert), stands(actor, alert, rules.named(alert)).deciding
    return tuple(
        Offer(
            act,
            _title(actor, act, alert, rules),
            why_not(act, alert, rules) or said_already(actor, act, alert),
            mark(act, rules.procedure, rules.ladder),
        )
        for act in ACTS
        if act in known and is_allowed(held, act, alert)
    )


def _title(actor: Actor, act: Act, alert: Alert, rules: Rules) -> str:
    if act in {Act.ANSWER, Act.RECORD_ANSWER} and Relation.HEARS_OUTSIDE in relations(actor, alert):
        return "Record the agency's answer"
    if act is Act.AGREE_DATE and rules.may_become_exceptional(alert):
        longer = "a longer time limit"
        return f"Agree another date or {longer}" if rules.agrees_dates(alert) else f"Agree {longer}"
    return ACTS[act].title


def ways_up(alert: Alert, ladder: Ladder, gate: Gate | None) -> tuple[Stage, ...]:
    """The stages this alert may climb to now: those by rule, then any higher one where any stage may be chosen.

    `gate` is the procedure's; what opens follows from the answer that was given when it was raised.
    """
    if alert.run is None:
        return ()
    answered = alert.raised.gate.answer if alert.raised.gate else "no"
    by_rule, here = ladder.next_stages(alert.run.stage), ladder.place(alert.run.stage)
    higher = ladder.stages[here + 1 :] if any_stage_open(ladder, gate, answered) else ()
    return (*by_rule, *(stage for stage in higher if stage not in by_rule))


def why_not(  # noqa: C901, PLR0911 - one line for each reason
    act: Act, alert: Alert, rules: Rules
) -> str | None:
    """Why the act is not possible at present, whoever asks; None when it is."""
    if act not in rules.known(alert):
        return "This procedure knows no such thing."
    row = ACTS[act]
    if row.when is Phase.WHEN_CLOSED and alert.is_open:
        return "The alert is open."
    if row.when is Phase.WHILE_OPEN and not alert.is_open:
        return "The alert is closed. A new concern is a new alert."
    if act is Act.NAME_DRAFTER and alert.restriction is not None:
        return "The alert is restricted: only those named open it. Draft the answer yourself."
    if not row.at_stage:
        return _of_the_whole(act, alert, rules)
    ladder, run = rules.ladder, alert.run
    if ladder is None or run is None:
        return "This kind of alert has no stages and asks for no answer."
    if act is Act.ESCALATE and not ways_up(alert, ladder, rules.gate(alert)):
        return (
            "This is the top of the ladder. Nothing leads further inside the authority:"
            " consider a referral, or close with the authority's final decision."
        )
    if _possible_anyway(act, alert, rules):
        return None
    return _not_at_this_stage(act, run, ladder.stage(run.stage))


def _possible_anyway(act: Act, alert: Alert, rules: Rules) -> bool:
    """Whatever the present stage asks for: the longer total, and steps of a stage that was left."""
    if act is Act.STEP:
        return bool(rules.doers(alert).to_record())
    return act is Act.AGREE_DATE and rules.may_become_exceptional(alert)


def _of_the_whole(  # noqa: C901, PLR0911 - one line for each reason
    act: Act, alert: Alert, rules: Rules
) -> str | None:
    if act is Act.REFER and not routes_for(rules.procedure, alert.raised.raised_as):
        return "The procedure names no way out of the authority for a case of this type."
    if act is Act.FOLLOW_UP and not alert.referrals:
        return "Nothing has been referred yet."
    if act is Act.BY_HAND and not to_do_by_hand(alert):
        return "Nobody is left to be written to by hand."
    if act is Act.REDIRECT and not (alert.run and alert.run.not_theirs):
        return "Nobody who is asked says that it is not theirs."
    if act is Act.REMIND and not to_remind(alert):
        return "Nobody who can be written to owes an answer now."
    if act is Act.STANDSTILL and alert.standstill is not None:
        return "That nothing changes meanwhile is asked for already."
    if act is Act.LIFT_STANDSTILL and alert.standstill is None:
        return "Nobody has asked that nothing changes meanwhile."
    if act is Act.RECORD_CHANGE and not asks_change(alert):
        return "Of an alert that ended so, what changed for the child is not asked."
    return of_restriction(act, alert)


def _not_at_this_stage(  # noqa: C901, PLR0911 - the same
    act: Act, run: StageRun, stage: Stage
) -> str | None:
    if act is Act.STEP and not stage.steps:
        return f"{stage.label} has no steps to record."
    if act is Act.RECORD_ANSWER and not run.sent.asked:
        return "Nobody is asked for an answer at this stage."
    if act is Act.ANSWER_QUESTION and not run.open_questions:
        return "No question is open."
    if act is Act.REVIEW_HOLD and run.hold is None:
        return "There is no hold to review."
    if act is Act.AGREE_DATE and stage.answer is None:
        return f"At {stage.label} no answer is waited for."
    if act is Act.REVIEW_RESPONSE:
        if stage.answer is None and run.steps and not open_steps(run, stage):
            return None
        if stage.answer is None and stage.steps and not (run.answers or run.holds):
            return "The steps of this stage are not recorded yet."
        if not (run.answers or run.holds):
            return "No answer has come at this stage yet."
    return None
