"""The case moves: another worker, manager or team has the child, and is asked in place of the one before."""

from dataclasses import dataclass
from functools import cached_property

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.act_form import people_on_form
from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core import who_is_meant
from practice_alerts.casework.core.actors import title_of
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Person, Replaced, Told
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.files.references import everybody
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import NOBODY, FormField, id_key
from practice_alerts.domain.procedure.posts import Of
from practice_alerts.domain.standing.let_in import who_is_let_in


@verb(Act.MOVE_CASE)
def move_case(doing: Deciding) -> Event:
    """Record who has the case from a day on. The new ones are asked; the clocks run on.

    Raises BadAnswers where nothing changes, or where it does not say who is asked now.
    """
    move = _Move(doing)
    if not (move.changed or move.instead):
        first = next(iter(move.fields), "reason")
        raise BadAnswers({first: "Who has the case: nobody is another than before. Change who is."})
    return doing.event(
        since=doing.day_past("since"),
        replaced=(*move.replaced, *move.replaced_for_interest),
        answers=move.answers,
        asked=move.asked,
        copied=move.copied,
        gone=move.gone,
        heard=move.invited,
    )


@dataclass(frozen=True)
class _Move:
    doing: Deciding

    @cached_property
    def fields(self) -> dict[str, FormField]:
        return people_on_form(self.doing.office, self.doing.found)

    @cached_property
    def instead(self) -> dict[str, Person]:
        """By whoever is asked and has an interest in the child, who is asked in their place."""
        doing = self.doing
        every = who_is_meant.to_fill(doing.office, doing.tx, doing.found)
        return {one.person.id: one.able[self.now(one.field.id)] for one in every}

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        """What the form says otherwise from now on."""
        return tuple(
            Replaced(label=self.fields[name].label, was=was, now=now)
            for name in self.changed
            for was, now in (self.told(name),)
        )

    @property
    def replaced_for_interest(self) -> tuple[Replaced, ...]:
        run, label = self.doing.found.alert.run, f"Asked at {self.doing.found.stage_label}"
        return tuple(
            Replaced(label=label, was=one.in_words, now=self.instead[one.id].in_words)
            for one in (run.sent.asked if run else ())
            if one.id in self.instead
        )

    @cached_property
    def changed(self) -> tuple[str, ...]:
        return tuple(
            name
            for name in self.fields
            if self.now(name) != self.was(name) or self._is_namesake(name)
        )

    def _is_namesake(self, name: str) -> bool:
        """Another person of the same name."""
        was, now = self.was(id_key(name)), self.now(id_key(name))
        return bool(was and now) and was != now

    def told(self, name: str) -> tuple[str, str]:
        """Both names as the history tells them: two people of one name with post and team."""
        was, now = self.was(name), self.now(name)
        if was != now:
            return was, now
        before, after = (self._told_apart(name, of(id_key(name))) for of in (self.was, self.now))
        return before, after if before != after else f"{after}, another person of that name"

    def _told_apart(self, name: str, person_id: str) -> str:
        doing = self.doing
        held = [
            ", ".join(filter(None, (self._title_of(one.post), one.team)))
            for one in directory.posts_of(doing.tx, person_id, doing.office.today)
            if one.council == doing.found.files.id
        ]
        return f"{self.now(name)} ({'; '.join(held) or self._title(name)})"

    def was(self, name: str) -> str:
        return str(self.doing.found.alert.answers.get(name, "")).strip()

    def now(self, name: str) -> str:
        return self.doing.text(name)

    @property
    def answers(self) -> dict[str, str]:
        """What stands from now on: the names, and who in the directory is meant by each."""
        people = {name: self._named(name) for name in self._people if name in self.changed}
        ids = {id_key(name): one.id if one else "" for name, one in people.items()}
        return {**{name: self.now(name) for name in self.changed}, **ids}

    @property
    def _people(self) -> tuple[str, ...]:
        return tuple(name for name, one in self.fields.items() if one.type is FieldType.PERSON)

    @property
    def _team_field(self) -> str:
        return next((name for name, one in self.fields.items() if one.type is FieldType.TEAM), "")

    @property
    def _team(self) -> str | None:
        """The new team; None where it stays the same, or none is named."""
        return (self.now(self._team_field) or None) if self._team_field in self.changed else None

    @cached_property
    def asked(self) -> tuple[Person, ...]:
        run = self.doing.found.alert.run
        if run is None:
            return ()
        found = [self._now_in_place_of(one, must_be_chosen=True) for one in run.sent.asked]
        asked = tuple({(one.id, one.name): one for one in found if one}.values())
        if out := [one for one in asked if one.id in self.doing.found.shut_out]:
            said = f"{out[0].name} cannot be asked about this child. Name somebody else."
            raise BadAnswers({name: f"{self.fields[name].label}: {said}" for name in self.changed})
        if not asked:
            name = next(iter(self.changed))
            raise BadAnswers(
                {name: f"{self.fields[name].label}: nobody would be asked now. Name who is."}
            )
        return asked

    @cached_property
    def copied(self) -> tuple[Person, ...]:
        run = self.doing.found.alert.run
        found = [self._now_in_place_of(one) for one in run.sent.copied] if run else []
        asked = {one.id for one in self.asked}
        named = {one.id: one for one in found if one and one.id and one.id not in asked}
        alert = self.doing.found.alert
        able = {*(who_is_let_in(alert) if alert.restriction else named)}
        able -= self.doing.found.shut_out
        return tuple(one for name, one in named.items() if name in able)

    @cached_property
    def invited(self) -> tuple[Told, ...]:
        """Whoever now attends in place of somebody who was to, at steps that are not recorded yet."""
        run = self.doing.found.alert.run
        ahead = [one for one in run.told if one.step and not run.done(one.step)] if run else []
        found = (
            (one, tuple(filter(None, map(self._new_in_place_of, one.people)))) for one in ahead
        )
        return tuple(one.model_copy(update={"people": new}) for one, new in found if new)

    def _new_in_place_of(self, person: Person) -> Person | None:
        now = self._now_in_place_of(person)
        return None if now == person else now

    @property
    def gone(self) -> tuple[Person, ...]:
        """Whoever had it at any stage and has it no more."""
        alert = self.doing.found.alert
        told = [one for each in alert.told for one in each.people]
        invited = [one for each in self.invited for one in each.people]
        stay = {
            one.id for one in (*self.asked, *self.copied, *invited, alert.officer, alert.raiser)
        }
        every = [one for run in alert.runs for one in (*run.sent.asked, *run.sent.copied)] + told
        left = [one for one in every if one.id and one.id not in stay]
        gone = (one for one in left if one.id in self.instead or self._now_in_place_of(one) != one)
        return tuple({one.id: one for one in gone}.values())

    def _now_in_place_of(self, person: Person, *, must_be_chosen: bool = False) -> Person | None:
        """Who is meant now where this person was; the same where nothing moved for their post."""
        if must_be_chosen and person.id in self.instead:
            return self.instead[person.id]
        for name in self._people:
            if person.post == self._title(name):
                return self._named(name) if name in self.changed else person
        role = next((one for one in self._of_child if self._title_of(one) == person.post), None)
        if self._team is None or role is None or not person.id or self._holds(person, role):
            return person
        there = self._holders(role, self._team)
        if len(there) > 1 and must_be_chosen:
            several = f"{self._team} has several people in the post of {person.post}"
            raise BadAnswers(
                {self._team_field: f"Team: {several}, and no question says who it is."}
            )
        one = there[0] if len(there) == 1 else DirectoryPerson("", person.post, "")
        return Person(id=one.id, name=one.name, post=person.post)

    @cached_property
    def _of_child(self) -> tuple[str, ...]:
        """The posts that the ladder means of the child's own team."""
        ladder = self.doing.found.ladder
        named = (post for _, who in everybody(ladder, ()) for post in who.each)
        return tuple(dict.fromkeys(post.role for post in named if post.of is Of.CHILD))

    def _holds(self, person: Person, role: str) -> bool:
        """Does this person hold the post for the new team, or for every team?"""
        held = directory.posts_of(self.doing.tx, person.id, self.doing.office.today)
        here = (one for one in held if one.council == self.doing.found.files.id)
        return any(one.post == role and one.team in {"", self._team} for one in here)

    def _named(self, name: str) -> Person | None:
        """Whom the new answer names, in the post that the question is about; None for nobody."""
        said, field = self.now(name), self.fields[name]
        if said in {"", NOBODY}:
            return None
        able = self._holders(field.role or "", self._team or self.was(self._team_field))
        every = directory.everybody(self.doing.tx, self.doing.found.files.id)
        known = self.now(id_key(name))
        same = (
            [one for one in every if (one.id, one.name) == (known, said)]
            or [one for one in able if one.name == said]
            or [one for one in every if one.name == said]
        )
        if len({one.id for one in same}) > 1:
            several = f"{field.label}: two people here are called {said}. Name the team as well."
            raise BadAnswers({name: several})
        return Person(id=same[0].id if same else "", name=said, post=self._title(name))

    def _holders(self, role: str, team: str) -> tuple[DirectoryPerson, ...]:
        doing = self.doing
        held = directory.holders(doing.tx, doing.found.files.id, role, doing.office.today, team)
        return tuple(one for one in held if one.id not in doing.found.shut_out)

    def _title(self, name: str) -> str:
        return self._title_of(self.fields[name].role or "")

    def _title_of(self, role: str) -> str:
        return title_of(self.doing.found.files.procedure, role)
