"""A ladder: ordered stages, each with who answers by when, under one time limit."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from practice_alerts.domain.definition import CaseType, Definition, Id, Said, Words
from practice_alerts.domain.procedure.clock import Clock, ClockField, Span, Untimed
from practice_alerts.domain.procedure.posts import NOBODY_NAMED, RAISER, Post, Who, WhoField

StartEvent = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9 _-]*(?:\.[a-z][a-z0-9_-]*)?$")
]
"""What a clock starts from: ``sent``, ``answered``, ``meeting``, ``stage-2.meeting``."""


class Ground(Said):
    """On what an alert goes on to the next stage."""

    NO_ANSWER = "no_answer", "no answer in time"
    NOT_SATISFACTORY = "not_satisfactory", "the answer is not satisfactory"
    NOT_SETTLED = "not_settled", "the matter is not settled"
    TASK_OUTSTANDING = "task_outstanding", "a task is still not done"
    ACTION_DATES_PASSED = "action_dates_passed", "the dates set for action have passed"
    REPEATED = "repeated", "it happens again"
    IMPACT_ON_CHILD = "impact_on_child", "it has a significant effect on the child"


class Rationale(Said):
    """Whether a stage asks why the alert comes to it."""

    ASKED = "asked", "Written down when the alert comes here."
    NOT_STATED = "not stated", "The source does not say whether one is needed."
    NOT_ASKED = "not asked", "Not asked for here."


class EntryReason(Said):
    """When it must be said why an alert comes in where it does."""

    WHEN_NOT_THE_FIRST = "when not the first", ", with a reason when it is not the first"
    ALWAYS = "always", ", with a reason"
    NEVER = "never", ""


NOT_STATED = Untimed.NOT_STATED
BY_RAISER = Who(how="one", posts=(Post(role=RAISER),))


class EarlierOf(Definition):
    """A clock that starts from whichever of these events comes first."""

    earlier_of: tuple[StartEvent, ...] = Field(min_length=2)


Start = StartEvent | EarlierOf


class Timed(Definition):
    """A clock and the event it is counted from."""

    within: ClockField = NOT_STATED
    counted_from: Start = "sent"
    assumed: bool = False
    """True where the source does not say what the clock starts from."""


class Answer(Timed):
    """The written response a stage asks for: the short way to write a stage with that one step."""

    by: WhoField = Field(alias="from", default=NOBODY_NAMED)
    to: WhoField | None = None
    """Who receives the alert where the source names others than those who answer."""
    how: Words | None = None


class Settle(Timed):
    """The clock on putting it right, where the source has one beside (or instead of) answering."""

    set_by: WhoField | None = None


class Consult(Definition):
    """Somebody to speak to first. Always a record, never a lock."""

    with_: WhoField = Field(alias="with")
    before: Words | None = None
    within: ClockField = NOT_STATED
    tell: WhoField | None = None
    record: tuple[Words, ...] = ()

    @property
    def is_on_leaving(self) -> bool:
        """Is it asked of whoever goes on from the stage, and not of whoever comes to it?"""
        return (self.before or "").casefold().startswith(_LEAVING)


_LEAVING = ("leaving", "going on", "escalating")
"""How a text begins to say that somebody is spoken to before a stage is left."""


class Step(Timed):
    """Something that must happen inside a stage: a discussion, a meeting, a record, an action plan."""

    id: Id
    what: Words
    by: WhoField = NOBODY_NAMED
    with_: WhoField | None = Field(alias="with", default=None)
    chair: WhoField | None = None
    attend: WhoField | None = None
    decides: WhoField | None = None
    final: bool = False
    ask: Words | None = None
    """A yes/no question that decides whether the step is needed ("Is a meeting needed?")."""
    outcomes: tuple[Words, ...] = ()
    if_: Words | None = Field(alias="if", default=None)


class Criterion(Definition):
    """A ground on which the stage may, or must, be used."""

    id: Id
    title: Words
    examples: tuple[Words, ...] = ()
    mandatory: bool = False
    cases: tuple[CaseType, ...] = ()


class StageEntry(Definition):
    """May an alert start here? In some procedures only when a question is answered with yes."""

    direct: bool = False
    ask: Words | None = None


class Stage(Definition):
    """One rung. Its label as printed, its place in the order and whether it is formal are three things."""

    id: Id
    label: Words
    formal: bool = True
    what: Words | None = None
    form: Id | None = None
    answer: Answer | None = None
    settle: Settle | None = None
    steps: tuple[Step, ...] = ()
    copy_: WhoField | None = Field(alias="copy", default=None)
    resolutions_to: WhoField | None = None
    """Who gets each answer and the outcome here, where the stage is informal or differs from its ladder."""
    tell: WhoField | None = None
    """Who else is told when the alert comes here."""
    escalated_by: WhoField = BY_RAISER
    judged_by: WhoField = BY_RAISER
    goes_on_when: tuple[Ground, ...] | None = None
    rationale: Rationale = Rationale.ASKED
    criteria: tuple[Criterion, ...] = ()
    consult: Consult | None = None
    entry: StageEntry | None = None
    then: tuple[Id, ...] = ()
    note: Words | None = None

    @property
    def with_a_task(self) -> Iterator[Who]:
        """Whoever the steps name: who is to do one, then with whom, then who chairs, then who attends."""
        for key in ("by", "with_", "chair", "attend"):
            yield from filter(None, (getattr(step, key) for step in self.steps))

    @property
    def raiser_sets_day(self) -> bool:
        """Is the day by which it is to be put right the raiser's alone to set, since no clock gives one?"""
        settle = self.settle
        if settle is None or settle.set_by is None or isinstance(settle.within, Span):
            return False
        return settle.set_by.roles == (RAISER,)

    def condition_of(self, step: Step) -> tuple[Step, str] | None:
        """The step whose outcome decides about this one, and which; None where only people can tell."""
        before, _, outcome = " ".join((step.if_ or "").split()).partition(".")
        for one in self.steps:
            for words in one.outcomes:
                if one.id == before and words.casefold() == outcome.strip().casefold():
                    return one, words
        return None

    def after(self, step_id: str, outcome: str) -> Iterator[Step]:
        """The steps that follow once this one has ended so."""
        for step in self.steps:
            before = self.condition_of(step)
            if before and (before[0].id, before[1].casefold()) == (step_id, outcome.casefold()):
                yield step

    @property
    def paced(self) -> "Timed | None":
        """What paces the stage by a clock: answering, else putting it right; None where neither has one."""
        every = (one for one in (self.answer, self.settle) if one is not None)
        return next((one for one in every if isinstance(one.within, Span)), None)

    @property
    def clock(self) -> Clock:
        """The clock that paces the stage; else what is said in place of one."""
        said = (timed.within for timed in (self.answer, self.settle) if timed is not None)
        otherwise = next((one for one in said if one is not NOT_STATED), NOT_STATED)
        return self.paced.within if self.paced else otherwise


class TimeLimit(Definition):
    """The time limit: a clock of its own, never bent to the sum of the stages nor they to it."""

    within: ClockField
    exceptional: ClockField = NOT_STATED
    """The longer time limit of an alert of which it is recorded, with the reason, that it is exceptional."""
    over: Words = "formal stages"
    counted_from: Words = "first formal stage sent"
    assumed: bool = False
    moved_by_closures: bool = False
    """True where days on which the council is closed make the time limit longer as well."""


def _read_time_limit(written: Any) -> Any:
    return None if written == "not stated" else written


TimeLimitField = Annotated[
    TimeLimit | None,
    BeforeValidator(_read_time_limit),
    WithJsonSchema({"anyOf": [{"const": "not stated"}, {"$ref": "#/$defs/TimeLimit"}]}),
]


class Hold(Definition):
    """The agreed date by which a task is done: beside the response date and the time limit, moving neither."""

    until: ClockField = Untimed.BY_AGREEMENT
    task_owner: WhoField = NOBODY_NAMED


class Entry(Definition):
    """Where an alert may come in."""

    any_stage: bool = True
    reason: EntryReason | None = None
    """None where the text does not say."""


class ActionDates(Definition):
    """Dates for the actions asked for; they move neither aim nor time limit."""

    set_by: WhoField


class Ladder(Definition):
    """Ordered stages. A procedure may have several: its own, and those into partner agencies."""

    title: Words | None = None
    cap: TimeLimitField = None
    hold: Hold | None = None
    entry: Entry = Entry()
    copy_: WhoField | None = Field(alias="copy", default=None)
    """Who gets a copy at each formal stage; an informal stage says for itself who does."""
    resolutions_to: WhoField | None = None
    """Who gets each written resolution of a formal stage: the answer, and how it ended."""
    action_dates: ActionDates | None = None
    raised_by: tuple[Id, ...] = ()
    goes_on_when: tuple[Ground, ...] = (Ground.NO_ANSWER, Ground.NOT_SATISFACTORY)
    stages: tuple[Stage, ...] = Field(min_length=1)
    note: Words | None = None

    @property
    def exceptional(self) -> Span | None:
        """The total of an exceptional alert; None where the text has but one."""
        longer = self.cap.exceptional if self.cap else NOT_STATED
        return longer if isinstance(longer, Span) else None

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; `KeyError` where there is none."""
        return self.stages[self.place(stage_id)]

    def place(self, stage_id: str) -> int:
        """Where the stage stands in the order, counted from 0."""
        for place, stage in enumerate(self.stages):
            if stage.id == stage_id:
                return place
        raise KeyError(stage_id)

    def copied_at(self, stage: Stage) -> tuple[Who, ...]:
        """Who gets a copy at this stage, by the stage and, where it is formal, by the ladder."""
        named = (stage.copy_, stage.tell, self.copy_ if stage.formal else None)
        return tuple(who for who in named if who is not None)

    def resolutions_at(self, stage: Stage) -> Who | None:
        """Who gets the answer and the outcome of this stage."""
        return stage.resolutions_to or (self.resolutions_to if stage.formal else None)

    def has(self, stage_id: str) -> bool:
        return any(stage.id == stage_id for stage in self.stages)

    def grounds(self, stage: Stage) -> tuple[Ground, ...]:
        """What sends an alert on from this stage."""
        return self.goes_on_when if stage.goes_on_when is None else stage.goes_on_when

    @property
    def has_grounds_of_its_own(self) -> bool:
        """Does the file say for the ladder what sends an alert on? Otherwise what any procedure means is used."""
        return "goes_on_when" in self.model_fields_set

    def sends_on(self, stage: Stage, ground: Ground) -> bool:
        """Does the procedure let it go on for that? Whatever went wrong, the matter is then not settled."""
        return not {ground, Ground.NOT_SETTLED}.isdisjoint(self.grounds(stage))

    def next_stages(self, stage_id: str) -> tuple[Stage, ...]:
        """Where an alert may climb to by rule: the stages named by `then`, else simply the next one."""
        stage = self.stage(stage_id)
        if stage.then:
            return tuple(self.stage(name) for name in stage.then if self.has(name))
        return self.stages[self.place(stage_id) + 1 :][:1]

    def is_led_to(self, left: str, to: str) -> bool:
        """Does the procedure itself lead from the one stage to the other?"""
        return any(stage.id == to for stage in self.next_stages(left))

    def usual_way_up(self, start: str | None = None) -> tuple[Stage, ...]:
        """The formal stages that follow one another without a choice, from `start` on if given."""
        path: list[Stage] = []
        stage: Stage | None = self.first_formal if start is None else self.stage(start)
        while stage is not None and stage not in path:
            if stage.formal:
                path.append(stage)
            following = self.next_stages(stage.id)
            stage = following[0] if len(following) == 1 and len(stage.then) <= 1 else None
        return tuple(path)

    @property
    def first_formal(self) -> Stage:
        """The first formal stage, else simply the first."""
        return next((stage for stage in self.stages if stage.formal), self.stages[0])

    def formal_stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if stage.formal)


def consulted_between(left: Stage | None, to: Stage) -> tuple[Consult, ...]:
    """Whom the procedure wants spoken to before the one is left, where there is one, and before the other is used."""
    leaving = left.consult if left and left.consult and left.consult.is_on_leaving else None
    coming = to.consult if to.consult and not to.consult.is_on_leaving else None
    return tuple(one for one in (leaving, coming) if one is not None)


def label_of(ladder: Ladder | None, stage_id: str) -> str:
    """The stage's label as printed; its id where the ladder has no such stage."""
    return ladder.stage(stage_id).label if ladder and ladder.has(stage_id) else stage_id
