"""Whom the procedure wants told beside those asked: kept in the event of which they are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import recipients
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.recipients import Scene
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.events import Occasion, Person, Told
from practice_alerts.domain.directory.meant import Meant, Seat
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import NOBODY, Form
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step
from practice_alerts.domain.procedure.posts import RAISER, Post, Who
from practice_alerts.domain.procedure.procedure import AlertKind
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

    def at_stage(self, stage: Stage) -> Iterator[Told]:
        """Once it is sent there: whoever is told first, and whoever is to come to a meeting."""
        if stage.consult is not None:
            told = self._people(self.meant(stage.consult.tell))
            yield from self._told(Occasion.CONSULTED, told)
        yield from self._invited(stage, (step for step in stage.steps if step.if_ is None))

    def after(self, event: events.Event, here: str | None) -> Iterator[Told]:
        """Who is told of one event, `here` being the stage at which it stands."""
        stage = self.ladder.stage(here) if self.ladder and here else None
        match event:
            case events.Sent() if self.ladder is not None:
                now = frozenset(one.id for one in (*event.asked, *event.copied))
                hear = replace(self, has_it=self.has_it | now, has_it_here=now)
                yield from hear.at_stage(self.ladder.stage(event.stage))
            case events.StepDone() if stage is not None:
                yield from self._invited(stage, stage.after(event.step, event.outcome))
            case events.Overridden():
                told = self._people(self.of_override(), event.told)
                yield from self._told(Occasion.OVERRIDE, told)
            case events.Referred():
                told = self._people(self.of_referral(event.route), event.consulted)
                yield from self._told(Occasion.REFERRAL, told)
            case events.Answered() if stage is not None:
                yield from self._told(Occasion.JUDGING, self._judges(stage))
                yield from self._resolution(Occasion.ANSWER, stage)
            case events.Closed() if stage is not None:
                yield from self._resolution(Occasion.ENDING, stage)
            case _:
                pass

    def of_override(self) -> Meant:
        overrides = self.scene.files.procedure.overrides
        return self.meant(overrides.tell if overrides else None)

    def of_referral(self, route: str) -> Meant:
        found = self.scene.files.procedure.referrals.get(route)
        return self.meant(found.consult.tell if found and found.consult else None)

    def meant(self, who: Who | None) -> Meant:
        """Where a post that raises alerts is meant, it is whoever raised this one."""
        return recipients.meant(self.scene, self._with_raiser(who) if who else None)

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

    def _judges(self, stage: Stage) -> Iterator[Person]:
        """Whoever judges the answer together with the raiser."""
        for voice in Rules(self.scene.files.procedure, self.ladder).together(stage):
            if RAISER not in voice:
                posts = tuple(Post(role=role) for role in sorted(voice))
                who = Who(how="any_of" if len(posts) > 1 else "one", posts=posts)
                yield from self._people(self.meant(who))

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


def of_draft(scene: Scene, ladder: Ladder | None, by: str, has_it: Iterable[Person]) -> Listeners:
    """Of an alert that is not raised yet; `has_it`: who would be asked or copied."""
    here = frozenset(one.id for one in has_it)
    return Listeners(scene, ladder, by, here, here)


def listeners(office: Office, tx: Tx, found: Known, by: str, **said: Any) -> Listeners:
    """Of an alert that is there; `said` are answers of the act itself."""
    scene = recipients.scene_of(office, tx, found)
    run = found.alert.run
    has_it = frozenset(one.id for one in (*found.alert.people_asked, *found.alert.people_copied))
    here = frozenset(one.id for one in (*run.sent.asked, *run.sent.copied)) if run else frozenset()
    scene = replace(scene, answers={**scene.answers, **said})
    return Listeners(scene, found.ladder, by, has_it, here)


def with_told(
    office: Office, tx: Tx, found: Known, every: tuple[events.Event, ...], by: str
) -> tuple[events.Event, ...]:
    """What happens, each event with whom the procedure wants told of it."""
    here = found.alert.run.stage if found.alert.run else None
    said = [event.answers for event in every if isinstance(event, events.Sent)]
    hear = listeners(office, tx, found, by, **(said[0] if said else {}))
    return tuple(with_heard(event, tuple(hear.after(event, here))) for event in every)


def with_heard(event: events.Event, heard: tuple[Told, ...]) -> events.Event:
    return event.model_copy(update={"heard": heard}) if heard else event
