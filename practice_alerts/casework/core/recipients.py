"""Who receives an alert: who may be asked, who is, and who gets a copy."""

from dataclasses import dataclass
from functools import cached_property

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, partner_contacts
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.directory.meant import Holder, Meant, Surroundings
from practice_alerts.domain.directory.meant import meant as directory_meant
from practice_alerts.domain.errors import BadAnswers, NobodyHolds
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    AGENCY,
    NOBODY,
    PLACEMENT_AREA,
    Answers,
    Form,
    FormField,
    id_key,
)
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import RAISER, Post, Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office


@dataclass(frozen=True)
class Scene:
    """What decides who is meant: whose procedure, what the form says of this child, who raises."""

    office: Office
    tx: Tx
    files: CouncilFiles
    answers: Answers
    raiser: Person
    forms: tuple[Form, ...] = ()
    """Those on which people are named."""

    @cached_property
    def surroundings(self) -> Surroundings:
        """As the domain asks for it."""
        procedure, roles = self.files.procedure, self.files.procedure.roles
        return Surroundings(
            holders=self._holders,
            title=lambda role: title_of(procedure, role),
            raiser=self.raiser,
            raiser_teams=self._raiser_teams(),
            team=str(self.answers.get("team") or ""),
            area=str(self.answers.get(PLACEMENT_AREA) or ""),
            named=self._named(),
            stands_in={name: one.stands_in for name, one in roles.items() if one.stands_in},
            services=frozenset(name for name, one in roles.items() if one.team),
            outside=self._outside,
        )

    def _holders(self, role: str) -> tuple[Holder, ...]:
        title = title_of(self.files.procedure, role)
        found = directory.holders_by_team(self.tx, self.files.id, role, self.office.today)
        return tuple(Holder(Person(id=h.id, name=h.name, post=title), team) for h, team in found)

    def _raiser_teams(self) -> frozenset[str]:
        raising = {*self.files.procedure.raised_by.values()}
        held = directory.posts_of(self.tx, self.raiser.id, self.office.today)
        return frozenset(
            one.team
            for one in held
            if one.council == self.files.id and one.post in raising and one.team
        )

    def _named(self) -> dict[str, tuple[Person, ...]]:
        fields = [one for form in self.forms for one in form.fields(filled_by="raiser")]
        return {
            field.role: self.named_in(field)
            for field in reversed(fields)
            if field.type is FieldType.PERSON and field.role and field.asked(self.answers)
        }

    def named_in(self, field: FormField) -> tuple[Person, ...]:
        """Whom an answer names: nobody, one, or everybody of that name who holds the post."""
        name = str(self.answers.get(field.id) or "").strip()
        if not name or name == NOBODY or field.role is None:
            return ()
        title = title_of(self.files.procedure, field.role)
        if known := str(self.answers.get(id_key(field.id)) or ""):
            held = directory.posts_of(self.tx, known, self.office.today)
            is_here = any(one.council == self.files.id for one in held)
            return (Person(id=known, name=name, post=title),) if is_here else ()
        same = [h.person for h in self._holders(field.role) if h.person.name == name]
        return tuple(dict.fromkeys(same)) or (Person(id="", name=name, post=title),)

    def _outside(self, role: str) -> tuple[str, ...]:
        partner = str(self.answers.get(AGENCY) or "")
        found = partner_contacts.of_post(self.tx, self.files.id, partner, role)
        return tuple(one.name for one in found)


def scene_of(office: Office, tx: Tx, found: Known) -> Scene:
    """The surroundings of an alert that has been raised."""
    alert = found.alert
    names = (alert.form, *(run.sent.form for run in alert.runs if run.sent.form))
    forms = tuple(office.form(found.files, name) for name in dict.fromkeys(names))
    partner = {AGENCY: alert.raised.partner or ""}
    answers = {**partner, **alert.answers, **found.sent_answers}
    return Scene(office, tx, found.files, answers, alert.officer, forms)


def meant(scene: Scene, who: Who | None) -> Meant:
    """Whom these posts mean: of this child, of this raiser, today; never everybody who holds them."""
    return directory_meant(who, scene.surroundings)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, and the post in which they would be."""

    person: Person
    role: str


def candidates(scene: Scene, who: Who | None) -> tuple[Candidate, ...]:
    """Everybody who holds one of these posts, those of the child's team first in line."""
    found: list[Candidate] = []
    for post in who.each if who else ():
        if post.role == RAISER:
            found.append(Candidate(scene.raiser, RAISER))
            continue
        team = str(scene.answers.get("team", "")) if post.of == "child" else ""
        title = title_of(scene.files.procedure, post.role)
        holders = directory.holders(scene.tx, scene.files.id, post.role, scene.office.today, team)
        found += [Candidate(Person(id=h.id, name=h.name, post=title), post.role) for h in holders]
    return tuple(dict.fromkeys(found))


def to_ask(scene: Scene, who: Who | None) -> tuple[Candidate, ...]:
    """Who may be asked. Where the procedure names nobody, any post may be, outside the IRO service."""
    if who is None or who.posts:
        return candidates(scene, who)
    roles = scene.files.procedure.roles.items()
    others = [Post(role=name) for name, role in roles if not role.in_iro_service]
    return candidates(scene, Who(how="any_of", posts=tuple(others)))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom somebody wants to ask: by id; or by name, where a partner agency is asked."""

    ids: tuple[str, ...] = ()
    addressee: str = ""


def asked(scene: Scene, stage: Stage, choice: Choice) -> tuple[Person, ...]:
    """Those chosen, else whoever the addressee is, else those the directory proposes; may be nobody.

    An addressee whom the directory does not know as a holder of the post is asked from outside.
    """
    found = to_ask(scene, stage.asked)
    chosen = tuple(dict.fromkeys(one.person for one in found if one.person.id in choice.ids))
    name = choice.addressee.strip()
    if chosen or not name:
        return chosen or proposed(found, stage.asked)
    known = tuple(one.person for one in found if one.person.name == name)[:1]
    post = posts_asked(scene.files.procedure, stage)
    return known or (Person(id="", name=name, post=post),)


def must_be_asked(procedure: Procedure, stage: Stage, people: tuple[Person, ...]) -> None:
    """Raises NobodyHolds for a post that is empty, BadAnswers where the choice was the raiser's."""
    if people:
        return
    if not stage.asked.posts:
        sentence = f"Who must answer: the procedure names nobody at {stage.label}. Choose somebody."
        raise BadAnswers({"asked": sentence})
    raise NobodyHolds(posts_asked(procedure, stage))


def copies(
    scene: Scene, ladder: Ladder | None, stage: Stage, asked: tuple[Person, ...]
) -> tuple[Person, ...]:
    """Everybody the procedure sends it to, or wants copied or told, at this stage beside those asked.

    As far as the directory knows them, each once: who is asked needs no copy as well. A post that
    depends on a question (`in_question`) is meant only where that was answered with yes.
    """
    acting = Rules(scene.files.procedure, ladder).acting_at(stage)
    found = (
        candidate.person
        for post in (*_copied(ladder, stage), *(Post(role=role) for role in sorted(acting)))
        if post.ask is None or scene.answers.get(_question(post)) == "yes"
        for candidate in candidates(scene, Who(how="one", posts=(post,)))
    )
    reached = {person.id for person in asked}
    return tuple({person.id: person for person in found if person.id not in reached}.values())


def in_question(ladder: Ladder | None, stage: Stage) -> dict[str, str]:
    """What must be answered with yes before a post gets its copy, by the id of the question."""
    return {_question(post): post.ask for post in _copied(ladder, stage) if post.ask}


def _copied(ladder: Ladder | None, stage: Stage) -> tuple[Post, ...]:
    sent_to = stage.answer.to if stage.answer else None
    named = (sent_to, *(ladder.copied_at(stage) if ladder else (stage.copy_, stage.tell)))
    return tuple(post for who in named if who for post in who.each)


def _question(post: Post) -> str:
    return f"copy_to_{post.role}"


def proposed(all_candidates: tuple[Candidate, ...], who: Who) -> tuple[Person, ...]:
    """Who is asked unless the raiser chooses otherwise: one for each post named, the first in line."""
    first = {candidate.role: candidate.person for candidate in reversed(all_candidates)}
    return tuple(dict.fromkeys(first[role] for role in who.roles if role in first))


def posts_asked(procedure: Procedure, stage: Stage) -> str:
    """The titles of whoever acts at this stage, for a sentence."""
    titles = [title_of(procedure, role) for role in stage.asked.roles]
    return " or ".join(titles) or f"those who act at {stage.label}"
