"""Which steps can be recorded now, at the present stage and late at one that was left, and who may beside the officer's side."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Occasion, Person
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.deadlines.stage_clocks import StageClock, Times, as_moment
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.procedure.posts import NOBODY_NAMED, RAISER, Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.stage_steps import steps_to_ask, steps_to_record


def doer(step: Step) -> Who:
    """Whose step it is: whoever is to do it, else whoever chairs it; nobody where the file does not say."""
    return step.by if step.by.posts else step.chair or NOBODY_NAMED


def doer_asked(step: Step, procedure: Procedure) -> Who:
    """The same of the side that is challenged: whoever of it is asked for the step."""
    return doer(step).without({RAISER, *procedure.own_side})


def is_of_those_asked(step: Step) -> bool:
    """Is it simply asked of whoever the alert goes to, such as a receipt for which the file names nobody?"""
    names = doer(step).posts or step.with_ or step.attend or step.decides
    return not (names or step.outcomes or step.ask or step.if_ or step.final)


def own_doers(step: Step, procedure: Procedure, acting: Callable[[str], str]) -> frozenset[str]:
    """The posts of the officer's side that do it, without those that raise: no officer records what is another's."""
    named = {acting(role) for role in doer(step).roles if role != RAISER}
    return frozenset(named & procedure.own_side - {*procedure.raising_posts})


@dataclass(frozen=True, slots=True)
class ToRecord:
    """A step that can be recorded. `doers` are ids of those who may beside the officer's side."""

    step: Step
    stage: Stage
    run: StageRun
    doers: frozenset[str]
    late: bool
    """Has its stage been left? Then it is recorded as done late, and opens no branch."""
    posts: frozenset[str] = frozenset()
    """The posts of the officer's side that do it: whoever holds one may, while the alert stands there."""

    @property
    def key(self) -> str:
        """Under which it is chosen on a form."""
        return f"{self.stage.id}.{self.step.id}" if self.late else self.step.id

    @property
    def is_open(self) -> bool:
        return self.run.done(self.step.id) is None

    @property
    def of_cover(self) -> frozenset[str]:
        """Ids of those whose cover may record it too, as who holds a post may: while the alert stands there."""
        return frozenset() if self.late else self.doers

    def is_for(self, who: str, covers_for: Collection[str]) -> bool:
        """Do they do it, or whoever they stand in for?"""
        return who in self.doers or not self.of_cover.isdisjoint(covers_for)


@dataclass(frozen=True, slots=True)
class YetToDo:
    """Who has a step to record: ids, those of them for whom their cover may, and posts of the officer's side."""

    ids: frozenset[str]
    of_cover: frozenset[str]
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class ThingWanted:
    """One thing that is wanted of somebody at a stage: a step, else the answer or putting it right.

    `clock` is None where none runs on it.
    """

    clock: StageClock | None
    step: Step | None = None

    @property
    def order(self) -> tuple[bool, datetime]:
        by = self.clock.by if self.clock else None
        return by is None, as_moment(by or date.max)


def wanted_step(step: Step, clocks: Clocks) -> ThingWanted:
    return ThingWanted(next((one for one in clocks.awaited if one.step == step), None), step)


@dataclass(frozen=True)
class Doers:
    """Who does the steps of one alert. `acting` gives for a post whoever stands in where it is empty."""

    alert: Alert
    ladder: Ladder | None
    procedure: Procedure
    acting: Callable[[str], str]

    def to_record(self) -> tuple[ToRecord, ...]:
        """The steps of the present stage, then those of stages left that were asked for and are not recorded."""
        here, ladder = self.alert.run, self.ladder
        if here is None or ladder is None or not ladder.has(here.stage):
            return ()
        stage = ladder.stage(here.stage)
        now = (self._one(step, here, stage) for step in steps_to_record(here, stage))
        return (*now, *self._left(here, ladder))

    def yet_to_do(self) -> YetToDo:
        left = [one for one in self.to_record() if one.is_open]
        return YetToDo(
            frozenset().union(*(one.doers for one in left)),
            frozenset().union(*(one.of_cover for one in left)),
            frozenset().union(*(one.posts for one in left)),
        )

    def wanted_of(self, who: str, clocks: Clocks) -> tuple[ThingWanted, ...]:
        """All that is wanted of this person now, the first to be due before the others, each with its own clock."""
        run = self.alert.run
        if run is None:
            return ()
        steps = [one for one in self.to_record() if who in one.doers and one.is_open]
        found = [wanted_step(one.step, clocks) for one in steps if not one.late]
        if who in {one.id for one in run.yet_to_answer}:
            timed = (clocks.of(Times.ANSWER), clocks.of(Times.SETTLE))
            found += [ThingWanted(clock) for clock in timed if clock is not None]
        return tuple(sorted(found, key=lambda one: one.order))

    def people(self, step: Step, run: StageRun) -> tuple[Person, ...]:
        """Whoever does this step, as the alert names them: asked for it, else asked or copied in the post."""
        told = [
            person
            for one in run.told
            if (one.occasion, one.step) == (Occasion.STEP, step.id)
            for person in one.people
        ]
        if told or is_of_those_asked(step):
            return tuple(dict.fromkeys(told or run.sent.asked))
        titles = set(self._titles(doer(step)))
        everybody = dict.fromkeys((*run.sent.asked, *run.sent.copied))
        return tuple(one for one in everybody if one.post in titles)

    def _titles(self, who: Who) -> Iterator[str]:
        for role in set(who.roles) - {RAISER}:
            for name in {role, self.acting(role)}:
                yield self.procedure.title_of(name)

    def _one(self, step: Step, run: StageRun, stage: Stage, *, late: bool = False) -> ToRecord:
        asked = late or step in steps_to_ask(run, stage)
        people = self.people(step, run) if asked else ()
        ids = frozenset(one.id for one in people if one.id)
        own = own_doers(step, self.procedure, self.acting) if asked and not late else frozenset()
        return ToRecord(step, stage, run, ids, late, own)

    def _left(self, here: StageRun, ladder: Ladder) -> Iterator[ToRecord]:
        for run in self.alert.runs[:-1]:
            if run.left_at is None or run.stage == here.stage or not ladder.has(run.stage):
                continue
            stage, left_at = ladder.stage(run.stage), run.left_at
            then = replace(run, steps=tuple(one for one in run.steps if one[0] <= left_at))
            for step in steps_to_ask(then, stage):
                if run.done(step.id) is None:
                    yield self._one(step, run, stage, late=True)
