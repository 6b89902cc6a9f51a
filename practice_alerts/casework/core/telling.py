"""Whom the procedure wants told beside those asked: kept as an event of its own, behind what it tells of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import recipients
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.recipients import Meant, Scene
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.events import Occasion, Person, Told
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form
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

    def of_raising(self, kind: AlertKind, form: Form, gate: events.AtGate | None) -> Iterator[Told]:
        """Good practice goes to whom the procedure names, and to whoever is praised on its form."""
        if kind.goes_to is not None and kind.goes_to.posts:
            praised = self._named_on(form) if kind.ladder is None else Meant()
            yield from self._told(Occasion.LEARNING, praised, self.meant(kind.goes_to))
        question = self.scene.files.procedure.gate
        if gate is not None and question is not None:
            yield from self._told(Occasion.GATE, self.meant(question.after(gate.answer).tell))

    def at_stage(self, stage: Stage) -> Iterator[Told]:
        """Once it is sent there: whoever is told first, and whoever is to come to a meeting."""
        if stage.consult is not None:
            yield from self._told(
                Occasion.CONSULTED, self.meant(stage.consult.tell), stage=stage.id
            )
        yield from self._invited(stage, (step for step in stage.steps if step.if_ is None))

    def after(self, event: events.Event, here: str | None) -> Iterator[Told]:
        """Who is told of one event, `here` being the stage at which it stands."""
        procedure = self.scene.files.procedure
        stage = self.ladder.stage(here) if self.ladder and here else None
        match event:
            case events.Sent() if self.ladder is not None:
                yield from self.at_stage(self.ladder.stage(event.stage))
            case events.StepDone() if stage is not None and event.outcome:
                yield from self._invited(
                    stage, (one for one in stage.steps if one.if_ == event.outcome)
                )
            case events.Overridden() if procedure.overrides is not None:
                yield from self._told(Occasion.OVERRIDE, self.of_override())
            case events.Referred():
                yield from self._told(Occasion.REFERRAL, self.of_referral(event.route))
            case events.Answered() | events.Closed() if (
                self.ladder is not None and stage is not None
            ):
                answered = isinstance(event, events.Answered)
                occasion = Occasion.ANSWER if answered else Occasion.ENDING
                who = self.ladder.resolutions_at(stage)
                yield from self._told(occasion, self.meant(who), stage=stage.id)

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
        raising = {*self.scene.files.procedure.raised_by.values()}

        def seen(one: Post | Who) -> Post | Who:
            if isinstance(one, Who):
                return self._with_raiser(one)
            return Post(role=RAISER) if one.role in raising else one

        return who.model_copy(update={"posts": tuple(map(seen, who.posts))})

    def _invited(self, stage: Stage, steps: Iterable[Step]) -> Iterator[Told]:
        for step in steps:
            come = [who for who in (step.chair, step.attend) if who is not None]
            if step.with_ is not None and (come or step.ask is None):
                # Whoever is asked knows of a talk with them; one that may not be needed is nobody's yet.
                come += [step.with_] if come or step.with_ != stage.asked else []
            named = come
            meant = (self.meant(who) for who in named)
            yield from self._told(Occasion.MEETING, *meant, stage=stage.id, step=step.id)

    def _told(
        self, occasion: Occasion, *meant: Meant, stage: str = "", step: str = ""
    ) -> Iterator[Told]:
        every = {(one.id or one.name): one for who in meant for one in (*who.people, *who.by_hand)}
        people = tuple(one for one in every.values() if one.id != self.by)
        if people:
            yield Told(occasion=occasion, people=people, stage=stage, step=step)

    def _named_on(self, form: Form) -> Meant:
        """The people whom the form names; whoever the directory does not know for certain, by hand."""
        scene, people, by_hand = self.scene, list[Person](), list[Person]()
        everybody = directory.everybody(scene.tx, scene.files.id)
        for field in form.fields(filled_by="raiser"):
            said = str(scene.answers.get(field.id) or "").strip()
            if field.type is not FieldType.PERSON or not said:
                continue
            role = field.role or ""
            title = title_of(scene.files.procedure, role) if role else ""
            found = [one.id for one in everybody if said in {one.id, one.name}]
            if len(found) > 1 and role:
                holders = recipients.candidates(scene, Who(how="one", posts=(Post(role=role),)))
                found = [one.person.id for one in holders if one.person.id in found]
            known = next((one for one in everybody if found == [one.id]), None)
            if known is not None:
                people.append(Person(id=known.id, name=known.name, post=title))
            else:
                by_hand.append(Person(id="", name=said, post=title))
        return Meant(tuple(people), tuple(by_hand))


def listeners(office: Office, tx: Tx, found: Known, by: str, **said: Any) -> Listeners:
    """Of an alert that is there; `said` are answers of the act itself."""
    answers = {**found.alert.answers, **found.sent_answers, **said}
    scene = Scene(office, tx, found.files, answers, found.alert.officer)
    return Listeners(scene, found.ladder, by)


def with_told(
    office: Office, tx: Tx, found: Known, every: tuple[events.Event, ...], by: str
) -> tuple[events.Event, ...]:
    """What happens, each event followed by whom the procedure wants told of it."""
    here = found.alert.run.stage if found.alert.run else None
    said = [event.answers for event in every if isinstance(event, events.Sent)]
    hear = listeners(office, tx, found, by, **(said[0] if said else {}))
    return tuple(one for event in every for one in (event, *hear.after(event, here)))
