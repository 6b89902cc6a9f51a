"""Who is meant by what a procedure says: of this child, of this raiser, by the directory of today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, partner_contacts
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.directory.meant import Holder, Meant, Surroundings, seat_of
from practice_alerts.domain.directory.meant import meant as directory_meant
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    AGENCY,
    NOBODY,
    PLACEMENT_AREA,
    Answers,
    Form,
    FormField,
    FormSection,
    id_key,
)
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import Post, Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.let_in import who_is_let_in
from practice_alerts.domain.wording.definitions import who_in_words
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
    let_in: frozenset[str] | None = None
    """While the alert is restricted, the ids of whoever may open it: nobody else is copied by post."""
    shut_out: frozenset[str] = frozenset()
    """The ids of those with an interest in the child: they are meant by no post."""

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
            stands_in={name: one for name in roles if (one := procedure.stand_in_of(name))},
            services=frozenset(name for name, one in roles.items() if one.team),
            outside=self._outside,
        )

    @cached_property
    def _holders(self) -> Callable[[str], tuple[Holder, ...]]:
        """Everybody in a post, each post looked up once: in one transaction the directory stays as it is."""
        today, procedure = self.office.today, self.files.procedure

        @cache
        def holders(role: str) -> tuple[Holder, ...]:
            title = title_of(procedure, role)
            found = directory.holders_by_team(self.tx, self.files.id, role, today)
            return tuple(
                Holder(Person(id=h.id, name=h.name, post=title), team)
                for h, team in found
                if h.id not in self.shut_out
            )

        return holders

    def _raiser_teams(self) -> frozenset[str]:
        raising = {*self.files.procedure.raising_posts}
        held = directory.posts_of(self.tx, self.raiser.id, self.office.today)
        return frozenset(
            one.team
            for one in held
            if one.council == self.files.id and one.post in raising and one.team
        )

    def _named(self) -> dict[str, tuple[Person, ...]]:
        fields = [one for form in self.forms for one in form.fields(filled_by="raiser")]
        found = {
            field.role: self.named_in(field)
            for field in reversed(fields)
            if field.type is FieldType.PERSON and field.role and field.asked(self.answers)
        }
        # Where whoever is named may know nothing of it, the post is asked as if the form named nobody for it.
        able = {
            role: tuple(one for one in people if one.id not in self.shut_out)
            for role, people in found.items()
        }
        return {role: people for role, people in able.items() if people or not found[role]}

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
    forms = tuple(office.form(found.files, name) for name in reversed(forms_used(alert)))
    partner = {AGENCY: alert.raised.partner or ""}
    answers = {**partner, **found.answers, **found.sent_answers}
    able = frozenset(who_is_let_in(alert)) if alert.restriction else None
    return Scene(office, tx, found.files, answers, alert.officer, forms, able, found.shut_out)


def meant(scene: Scene, who: Who | None) -> Meant:
    """Whom these posts mean: of this child, of this raiser, today; never everybody who holds them."""
    return directory_meant(who, scene.surroundings)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, and the post in which they would be."""

    person: Person
    role: str


def candidates(scene: Scene, who: Who | None) -> tuple[Candidate, ...]:
    """Everybody who can be meant by one of these posts, whoever is meant first in line."""
    each = (seat_of(post, scene.surroundings) for post in who.each) if who else ()
    found = [
        Candidate(person, seat.posts[0].role)
        for seat in each
        for person in (*seat.people, *seat.candidates)
        if person.id
    ]
    return tuple(dict.fromkeys(found))


def named_copies(ladder: Ladder | None, stage: Stage) -> tuple[tuple[Who, str], ...]:
    """Whom the procedure sends it to, copies or tells at this stage, beside those asked; each with its line."""
    sent_to = stage.answer.to if stage.answer else None
    named = (
        (sent_to, f"{stage.label} is sent to"),
        (stage.copy_, f"{stage.label} copies"),
        (stage.tell, f"{stage.label} tells"),
        (ladder.copy_ if ladder and stage.formal else None, "Every formal stage copies"),
    )
    return tuple((who, why) for who, why in named if who is not None)


def question_of(post: Post) -> str:
    """The id of the question that must be answered with yes before the post gets its copy."""
    return f"copy_to_{post.role}"


def asking_first(form: Form, ladder: Ladder | None, stage: Stage, *, required: bool) -> Form:
    """With the questions on which it depends who else gets a copy at this stage."""
    left = "" if required else "Left open, no copy goes there"
    known = {one.id for one in form.fields()}
    every = (post for who, _ in named_copies(ladder, stage) for post in who.each if post.ask)
    posts = [post for post in every if question_of(post) not in known]
    asked = {
        question_of(post): FormField(
            id=question_of(post),
            label=post.ask or "",
            hint=left or None,
            type=FieldType.YES_NO,
            required=required,
        )
        for post in posts
    }
    if not asked:
        return form
    section = FormSection(title="Who else is told", repeats="stage", fields=tuple(asked.values()))
    return form.model_copy(update={"sections": (*form.sections, section)})


def asked_of(scene: Scene, who: Who) -> Who:
    """Where the procedure names nobody, any post may be asked, but for those of the side that challenges."""
    if who.posts:
        return who
    roles = scene.files.procedure.roles.items()
    others = [Post(role=name) for name, role in roles if not role.own_side]
    return Who(how="any_of", posts=tuple(others))


def posts_asked(procedure: Procedure, stage: Stage) -> str:
    """The titles of whoever acts at this stage, with "or" and "and" as the procedure means them."""
    return who_in_words(procedure.asked_at(stage), procedure, silent=CHOSEN)


CHOSEN = "whoever is chosen, since the procedure names nobody"


@dataclass(frozen=True, slots=True)
class PlaceToFill:
    """Somebody who is asked and cannot answer, the question who is asked instead, and who that can be."""

    person: Person
    field: FormField
    able: Mapping[str, Person]
    """By what is chosen; last, the post itself, to which it is then taken by hand."""


def to_fill(office: Office, tx: Tx, found: Known) -> tuple[PlaceToFill, ...]:
    """One for each person asked at the present stage who has an interest in the child."""
    run, stage = found.alert.run, found.stage
    out = [one for one in run.sent.asked if one.id in found.shut_out] if run else []
    if not out or run is None or stage is None:
        return ()
    scene = scene_of(office, tx, found)
    who = asked_of(scene, found.files.procedure.asked_at(stage))
    every, here = (one.person for one in candidates(scene, who)), not_instead(found)
    able = {one.id: one for one in every if one.id not in here}
    return tuple(_to_fill(number, one, able) for number, one in enumerate(out, start=1))


def not_instead(found: Known) -> set[str]:
    """The ids of those who are asked in nobody's place: asked at the present stage already, its officer, its raiser."""
    alert = found.alert
    asked = {one.id for one in alert.run.sent.asked} if alert.run else set()
    return asked | {alert.officer.id, alert.raiser.id}


def _to_fill(number: int, person: Person, able: Mapping[str, Person]) -> PlaceToFill:
    every = {**able, _NOBODY_HERE: Person(id="", name=person.post, post=person.post)}
    words = {name: one.in_words if one.id else "Nobody here" for name, one in every.items()}
    field = FormField(
        id=f"in_place_{number}",
        label=f"Who is asked in place of {person.in_words}",
        hint="With “Nobody here”, you tell the post yourself, in writing or by telephone.",
        type=FieldType.ONE_OF,
        options=words,
        required=True,
    )
    return PlaceToFill(person, field, every)


def others_in_post(
    office: Office, tx: Tx, found: Known, post: str
) -> tuple[tuple[Person, str], ...]:
    """Whoever else holds the post of this title, for whatever team, and may be asked; each with the team."""
    procedure, here = found.files.procedure, not_instead(found)
    holders = scene_of(office, tx, found).surroundings.holders
    roles = (name for name in procedure.roles if title_of(procedure, name) == post)
    held = ((one.person, one.team) for role in roles for one in holders(role))
    return tuple((person, team) for person, team in held if person.id not in here)


def others_in_words(office: Office, tx: Tx, found: Known) -> dict[str, str]:
    """The same for each who says that it is not theirs, by id, with post and team."""
    posts = dict.fromkeys(
        one.whose.post for one in (found.run.not_theirs if found.alert.run else ())
    )
    every = [one for post in posts for one in others_in_post(office, tx, found, post)]
    teams: dict[Person, list[str]] = {person: [] for person, _ in every}
    for person, team in every:
        teams[person] += [team] if team else []
    words: dict[str, str] = {}
    for person, of in teams.items():
        said = ", ".join((person.in_words, *of))
        words[person.id] = "; ".join(filter(None, (words.get(person.id), said)))
    return words


_NOBODY_HERE = "nobody_here"
