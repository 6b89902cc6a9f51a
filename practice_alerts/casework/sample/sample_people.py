"""The made-up people of the sample office: every post of a council's own ladders held, over three teams."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.domain.files.references import everybody
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.procedure.posts import NEED_NOBODY, OFFICE_POSTS, Of, Post
from practice_alerts.domain.procedure.procedure import Procedure

STORY = "lambeth"
"""The council whose first alerts are told one by one."""
TEAM = "Sample Team North"
TEAMS = (TEAM, "Sample Team South", "Sample Team East")
IRO, MANAGER, SERVICE, ASSISTANT = "sample-iro", "sample-tm", "sample-sm", "sample-ad"
_OFFICERS = 3
"""How many hold each post that raises alerts."""
_IN_TEAMS = (TEAM, *TEAMS)
"""Where those of a post work whom a form names for the child: two of them in one team."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody plainly made up, in one post."""

    id: str
    name: str
    council: str
    post: str
    team: str = ""


_LAMBETH = (
    SamplePerson(IRO, "Ines Sample", STORY, "iro"),
    SamplePerson("sample-sw", "Sid Sample", STORY, "social_worker", TEAM),
    SamplePerson(MANAGER, "Toni Sample", STORY, "team_manager", TEAM),
    SamplePerson(SERVICE, "Vera Sample", STORY, "service_manager"),
    SamplePerson(ASSISTANT, "Ash Sample", STORY, "assistant_director"),
    SamplePerson("sample-boss", "Bea Sample", STORY, "iro_manager"),
    SamplePerson("sample-qa", "Quinn Sample", STORY, "qa_lead"),
    SamplePerson("sample-admin", "Addi Sample", STORY, "administrator"),
    SamplePerson("sample-auditor", "Orla Sample", STORY, "auditor"),
    SamplePerson("sample-support", "Rosa Sample", STORY, "iro_support"),
    SamplePerson("sample-director", "Dana Sample", STORY, "informed_director"),
    SamplePerson("sample-information", "Ivo Sample", STORY, "information_officer"),
)

_FIRST_NAMES = (
    *("Avery", "Blair", "Casey", "Drew", "Ellis", "Frankie", "Gray", "Harper", "Indy", "Jules"),
    *("Kerry", "Lane", "Morgan", "Nico", "Oakley", "Parker", "Reese", "Sasha", "Tatum", "Umber"),
    *("Val", "Wren", "Yael", "Zen", "Arden", "Bryn", "Cove", "Dale", "Eden", "Flynn"),
    *("Glen", "Hollis", "Imre", "Jody", "Keir", "Lark", "Marlo", "Noor", "Onyx", "Perry"),
    *("Rowan", "Sky", "Teal", "Uli", "Vesper", "Winter", "Xen", "Yarrow", "Zuri", "Auden"),
)
_SURNAMES = ("Specimen", "Muster", "Beispiel", "Exemple")


def take_on(tx: Tx, everybody: Iterable[SamplePerson]) -> None:
    for one in everybody:
        person = DirectoryPerson(one.id, one.name, f"{one.id}@practice.invalid", sample=True)
        directory.add_person(tx, person, [(one.council, one.post, one.team)], date(2020, 1, 1))


def sample_people(councils: Mapping[str, CouncilFiles]) -> Iterator[SamplePerson]:
    """Everybody, council by council; none twice under one name in one council."""
    if STORY in councils:
        yield from _Staff(councils[STORY], "sample", "Sample", list(_LAMBETH)).everybody()
    others = [council for council in councils if council != STORY]
    for place, council in enumerate(others):
        surname = _SURNAMES[place % len(_SURNAMES)]
        yield from _Staff(councils[council], council, surname).everybody()


@dataclass
class _Staff:
    """The people of one council as they are taken on, each with a name that nobody else there has."""

    files: CouncilFiles
    ids: str
    """Begins the id of each."""
    surname: str
    people: list[SamplePerson] = field(default_factory=list)
    _named: int = 0

    def everybody(self) -> list[SamplePerson]:
        in_teams = _named_on_forms(self.files)
        needed = [post for post in OFFICE_POSTS if post not in NEED_NOBODY]
        for post in dict.fromkeys([*posts_at_work(self.files.procedure), *needed]):
            if not self._held(post):
                self._take_on(post, TEAM if post in in_teams else "")
        for post in self.files.procedure.raising_posts:
            self._more(post, [""] * _OFFICERS)
        for post in in_teams:
            self._more(post, _IN_TEAMS)
        for post in _of_raisers(self.files.procedure) & {*in_teams}:
            self._take_on(post, "")
        for post in (one for one, role in self.files.procedure.roles.items() if role.team):
            self._more(post, [""] * min(self._held(post) * 2, 2))
        for post in sorted(NEED_NOBODY - {one.post for one in self.people}):
            self._take_on(post, "")
        return self.people

    def _held(self, post: str) -> int:
        return sum(one.post == post for one in self.people)

    def _more(self, post: str, teams: Iterable[str]) -> None:
        """Beside those who hold it already, which is the first."""
        for team in list(teams)[self._held(post) :]:
            self._take_on(post, team)

    def _take_on(self, post: str, team: str) -> None:
        number = self._held(post) + 1
        ending = post.replace("_", "-") + (f"-{number}" if number > 1 else "")
        name = f"{_FIRST_NAMES[self._named % len(_FIRST_NAMES)]} {self.surname}"
        self._named += 1
        self.people.append(SamplePerson(f"{self.ids}-{ending}", name, self.files.id, post, team))


def posts_at_work(procedure: Procedure) -> tuple[str, ...]:
    """Whoever raises, and everybody whom the procedure's own ladders name; not whom only agencies have."""
    praised = (one.goes_to for one in procedure.kinds.values() if one.goes_to is not None)
    named = [
        *procedure.raising_posts,
        *(post.role for post in _posts_on_ladders(procedure)),
        *(role for who in praised for role in who.roles),
        *("social_worker", "team_manager"),
    ]
    held = (role for role in dict.fromkeys(named) if role in procedure.roles)
    return tuple(role for role in held if procedure.roles[role].held_by == "people")


def _posts_on_ladders(procedure: Procedure) -> Iterator[Post]:
    for ladder in procedure.ladders.values():
        for _, who in everybody(ladder, ()):
            yield from who.each


def _named_on_forms(files: CouncilFiles) -> tuple[str, ...]:
    """The posts for which a form asks who it is for this child."""
    fields = (one for form in files.forms.values() for one in form.fields(filled_by="raiser"))
    named = dict.fromkeys(one.role for one in fields if one.type is FieldType.PERSON and one.role)
    at_work = posts_at_work(files.procedure)
    return tuple(post for post in named if post in at_work)


def _of_raisers(procedure: Procedure) -> frozenset[str]:
    """Posts that whoever raises has above them, apart from the child's own."""
    return frozenset(one.role for one in _posts_on_ladders(procedure) if one.of is Of.RAISER)
