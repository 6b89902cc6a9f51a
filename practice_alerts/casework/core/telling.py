"""Whom the procedure wants told beside those asked: kept in the event of which they are told."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import who_is_meant
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.who_is_meant import Scene
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.joint_review import yet_to_speak
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Occasion, Person, Told
from practice_alerts.domain.directory.meant import Meant, Seat
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import NOBODY, Form
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step, consulted_between
from practice_alerts.domain.procedure.posts import RAISER, Post, Who
from practice_alerts.domain.procedure.procedure import AlertKind
from practice_alerts.domain.standing.let_in import who_is_let_in
from practice_alerts.domain.standing.stage_steps import open_steps
from practice_alerts.domain.standing.steps_by import doer_asked
from practice_alerts.office import Office


@dataclass(frozen=True)
class Listeners:
    """Whom the procedure of one alert wants told of what. `by` is whoever acts: they know of it."""

    scene: Scene
    ladder: Ladder | None
    by: str
    has_it: frozenset[str] = frozenset()
    """Ids of everybody asked or copied so far: of several who hold a post, it is who has it already."""
    has_it_here: frozenset[str] = frozenset()
    """Of those, who is asked or copied at the present stage, and so comes first."""
    asked: tuple[Person, ...] = ()
    """Who is asked at the present stage."""
    alert: Alert | None = None
    """As it stood before what happens; None for one that is not raised yet."""
    vacant: frozenset[str] = frozenset()
    """Posts that nobody holds, for which their stand-in acts."""

    def of_raising(self, kind: AlertKind, form: Form, gate: events.AtGate | None) -> Iterator[Told]:
        """Good practice goes to whom the procedure names, and to whoever is praised on its form."""
        if kind.goes_to is not None and kind.goes_to.posts:
            praised = self._praised(form) if kind.ladder is None else ()
            goes_to = self._people(self.meant(kind.goes_to))
            yield from self._told(Occasion.LEARNING, (*praised, *goes_to))
        question = self.scene.files.procedure.gate
        if gate is not None and question is not None:
            meant = self.meant(question.after(gate.answer).tell)
            yield from self._told(Occasion.GATE, self._people(meant, gate.told))

    def at_stage(self, stage: Stage, left: Stage | None = None) -> Iterator[Told]:
        """Once it is sent there: whoever is told first, and whoever is to come to a meeting."""
        for consult in consulted_between(left, stage):
            yield from self._told(Occasion.CONSULTED, self._people(self.meant(consult.tell)))
        begun = tuple(step for step in stage.steps if step.if_ is None)
        yield from self._asked_to_do(begun)
        yield from self._invited(stage, begun)

    def after(self, event: events.Event, here: str | None) -> Iterator[Told]:
        """Who is told of one event, `here` being the stage at which it stands."""
        stage = self.ladder.stage(here) if self.ladder and here else None
        match event:
            case events.Sent() if self.ladder is not None:
                now = frozenset(one.id for one in (*event.asked, *event.copied))
                hear = replace(self, has_it=self.has_it | now, has_it_here=now, asked=event.asked)
                yield from hear.at_stage(self.ladder.stage(event.stage), stage)
            case events.StepDone() if stage is not None and not event.late:
                yield from self._after_step(event, stage)
            case events.ResponseReviewed() if stage is not None and self.alert is not None:
                voices = yet_to_speak(self.alert, self._rules, event.posts)
                yield from self._told(Occasion.JUDGING, self._judges(voices))
            case events.Overridden():
                told = self._people(self.of_override(), event.told)
                yield from self._told(Occasion.OVERRIDE, told)
            case events.Referred():
                told = self._people(self.of_referral(event.route), event.consulted)
                yield from self._told(Occasion.REFERRAL, told)
            case events.AnswerGiven() if stage is not None:
                yield from self._told(Occasion.JUDGING, self._judges(self._together(stage)))
                yield from self._resolution(Occasion.ANSWER, stage)
            case events.Closed() if stage is not None:
                yield from self._resolution(Occasion.ENDING, stage)
            case _:
                pass

    def _after_step(self, event: events.StepDone, stage: Stage) -> Iterator[Told]:
        """Who does what follows and who comes to it; and who judges, once nothing follows."""
        following = tuple(stage.after(event.step, event.outcome))
        yield from self._asked_to_do(following)
        yield from self._invited(stage, following)
        if self._ends_steps(event, stage):
            yield from self._told(Occasion.JUDGING, self._judges(self._together(stage)))

    def of_override(self) -> Meant:
        overrides = self.scene.files.procedure.overrides
        return self.meant(overrides.tell if overrides else None)

    def of_referral(self, route: str) -> Meant:
        found = self.scene.files.procedure.referrals.get(route)
        return self.meant(found.consult.tell if found and found.consult else None)

    def meant(self, who: Who | None) -> Meant:
        """Where a post that raises alerts is meant, it is whoever raised this one."""
        return who_is_meant.meant(self.scene, self._with_raiser(who) if who else None)

    def _with_raiser(self, who: Who) -> Who:
        raising = {*self.scene.files.procedure.raising_posts}

        def seen(one: Post | Who) -> Post | Who:
            if isinstance(one, Who):
                return self._with_raiser(one)
            return Post(role=RAISER) if one.role in raising else one

        return who.model_copy(update={"posts": tuple(map(seen, who.posts))})

    def _invited(self, stage: Stage, steps: Iterable[Step]) -> Iterator[Told]:
        for step in steps:
            come = [who for who in (step.chair, step.attend) if who is not None]
            # Whoever is asked knows of a talk with them; one that may not be needed is nobody's yet.
            if (
                step.with_ is not None
                and step.with_ != self.scene.files.procedure.asked_at(stage)
                and (come or not step.ask)
            ):
                come.append(step.with_)
            people = (person for who in come for person in self._people(self.meant(who)))
            yield from self._told(Occasion.MEETING, people, step.id)

    def _asked_to_do(self, steps: Iterable[Step]) -> Iterator[Told]:
        """Whoever of the challenged side is to do a step, be they asked for the answer or not."""
        for step in steps:
            seats = self.meant(doer_asked(step, self.scene.files.procedure)).seats
            people = tuple(one for seat in seats for one in self._in_their_place(seat))
            every = tuple({one.id or one.in_words: one for one in people}.values())
            if every:
                yield Told(occasion=Occasion.STEP, people=every, step=step.id)

    def _in_their_place(self, seat: Seat) -> tuple[Person, ...]:
        """Whoever is meant; where somebody else of the post was asked instead, it is they."""
        able = {one.id for one in (*seat.candidates, *seat.options)}
        chosen = tuple(one for one in self.asked if one.id and one.id in able)
        if not {one.id for one in seat.people} & self.has_it_here and chosen:
            return chosen
        return tuple(self._people(Meant((seat,))))

    @property
    def _rules(self) -> Rules:
        return Rules(self.scene.files.procedure, self.ladder, self.vacant)

    def _together(self, stage: Stage) -> tuple[frozenset[str], ...]:
        return tuple(voice for voice in self._rules.together(stage) if RAISER not in voice)

    def _ends_steps(self, event: events.StepDone, stage: Stage) -> bool:
        """Is it the last that a stage without an answer waits for, so that there is something to judge?"""
        run = self.alert.run if self.alert else None
        if run is None or stage.answer is not None:
            return False
        return not open_steps(replace(run, steps=(*run.steps, (run.sent_at, event))), stage)

    def _judges(self, voices: Iterable[frozenset[str]]) -> Iterator[Person]:
        """Whoever judges together with the raiser; of several who hold a post, any may, so that each hears."""
        for voice in voices:
            posts = tuple(Post(role=role) for role in sorted(voice))
            meant = self.meant(Who(how="any_of" if len(posts) > 1 else "one", posts=posts))
            yield from (*meant.people, *meant.by_hand)
            for seat in meant.to_choose:
                able = seat.options or seat.candidates
                here = tuple(one for one in able if one.id in self.has_it_here)
                yield from here or able

    def _resolution(self, occasion: Occasion, stage: Stage) -> Iterator[Told]:
        who = self.ladder.resolutions_at(stage) if self.ladder else None
        yield from self._told(occasion, self._people(self.meant(who)))

    def _told(self, occasion: Occasion, people: Iterable[Person], step: str = "") -> Iterator[Told]:
        """The event, where anybody is meant: each of them once, and not whoever acts."""
        every: dict[str, Person] = {}
        for one in people:
            every.setdefault(one.id or f"{one.name}/{one.post}", one)
        others = tuple(one for one in every.values() if one.id != self.by)
        if others:
            yield Told(occasion=occasion, people=others, step=step)

    def _people(self, meant: Meant, said: str = "") -> Iterator[Person]:
        """Everybody meant. `said`: where one of several is, it is whoever is named there."""
        yield from (*meant.people, *meant.by_hand)
        for seat in meant.to_choose:
            yield self._chosen(seat, said) or Person(id="", name=seat.title, post=seat.title)

    def _chosen(self, seat: Seat, said: str) -> Person | None:
        named = [one for one in seat.candidates if one.name in said]
        having = (
            [one for one in seat.candidates if one.id and one.id in ids]
            for ids in (self.has_it_here, self.has_it)
        )
        known = next((one for one in (named, *having) if one), [])
        return known[0] if len(known) == 1 else None

    def _praised(self, form: Form) -> Iterator[Person]:
        """Whoever the form names; whom the directory does not know for certain, by hand."""
        everybody = directory.everybody(self.scene.tx, self.scene.files.id)
        for field in form.fields(filled_by="raiser"):
            name = str(self.scene.answers.get(field.id) or "").strip()
            if field.type is not FieldType.PERSON or name in {"", NOBODY}:
                continue
            found = self.scene.named_in(field)
            if field.role is None:
                found = tuple(Person(id=o.id, name=o.name) for o in everybody if o.name == name)
            post = title_of(self.scene.files.procedure, field.role) if field.role else ""
            yield found[0] if len(found) == 1 else Person(id="", name=name, post=post)


def of_draft(
    scene: Scene,
    ladder: Ladder | None,
    by: str,
    asked: Iterable[Person],
    copied: Iterable[Person],
) -> Listeners:
    """Of an alert that is not raised yet: who would be asked and copied."""
    asked = tuple(asked)
    here = frozenset(one.id for one in (*asked, *copied))
    return Listeners(scene, ladder, by, here, here, tuple(asked))


def listeners(office: Office, tx: Tx, found: Known, by: str, **said: Any) -> Listeners:
    """Of an alert that is there; `said` are answers of the act itself."""
    scene = who_is_meant.scene_of(office, tx, found)
    run = found.alert.run
    has_it = frozenset(one.id for one in (*found.alert.people_asked, *found.alert.people_copied))
    here = frozenset(one.id for one in (*run.sent.asked, *run.sent.copied)) if run else frozenset()
    scene = replace(scene, answers={**scene.answers, **said})
    asked = run.sent.asked if run else ()
    return Listeners(scene, found.ladder, by, has_it, here, asked, found.alert, found.vacant)


def with_told(
    office: Office, tx: Tx, found: Known, every: tuple[events.Event, ...], by: str
) -> tuple[events.Event, ...]:
    """What happens, each event with whom the procedure wants told of it; while it is restricted, of those let in."""
    if found.alert.restriction is not None:
        return _told_by_name(found.alert, _heard_by(office, tx, found, every, by), every)
    return _heard_by(office, tx, found, every, by)


def _heard_by(
    office: Office, tx: Tx, found: Known, every: tuple[events.Event, ...], by: str
) -> tuple[events.Event, ...]:
    here = found.alert.run.stage if found.alert.run else None
    said = [event.answers for event in every if isinstance(event, events.Sent)]
    hear = listeners(office, tx, found, by, **(said[0] if said else {}))
    return tuple(with_heard(event, tuple(hear.after(event, here))) for event in every)


def _told_by_name(
    alert: Alert, heard: tuple[events.Event, ...], every: tuple[events.Event, ...]
) -> tuple[events.Event, ...]:
    """Nobody is told by post: whoever is let in already, or asked or chosen by this very act, and nobody else."""
    chosen = [one for one in every if isinstance(one, events.Sent | events.AskedAnew)]
    chosen_now = (one.id for what in chosen for one in (*what.asked, *what.copied))
    able = {*who_is_let_in(alert), *chosen_now}
    return tuple(with_those_let_in(event, able) for event in heard)


def with_those_let_in(event: events.Event, able: Collection[str]) -> events.Event:
    """The event without whoever would hear of it by post; a post outside the directory stands in no list either."""
    heard = events.heard_of(event)
    left = ((told, tuple(one for one in told.people if one.id in able)) for told in heard)
    kept = tuple(told.model_copy(update={"people": people}) for told, people in left if people)
    return event if kept == heard else event.model_copy(update={"heard": kept})


def with_heard(event: events.Event, heard: tuple[Told, ...]) -> events.Event:
    return event.model_copy(update={"heard": heard}) if heard else event
