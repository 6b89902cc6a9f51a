"""The made-up people of the sample office: at Lambeth as in its story, at every other council one for each post."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.posts import OFFICE_POSTS

STORY = "lambeth"
"""The council whose sample alerts are told."""
TEAM = "Sample Team North"
IRO, MANAGER, SERVICE, ASSISTANT = "sample-iro", "sample-tm", "sample-sm", "sample-ad"
_OF_A_TEAM = frozenset({"social_worker", "team_manager"})


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
)

_FIRST_NAMES = (
    *("Avery", "Blair", "Casey", "Drew", "Ellis", "Frankie", "Gray", "Harper", "Indy", "Jules"),
    *("Kerry", "Lane", "Morgan", "Nico", "Oakley", "Parker", "Reese", "Sasha", "Tatum", "Umber"),
    *("Val", "Wren", "Yael", "Zen", "Arden", "Bryn", "Cove", "Dale", "Eden", "Flynn"),
)
_SURNAMES = ("Specimen", "Muster", "Beispiel", "Exemple")


def sample_people(councils: Mapping[str, CouncilFiles]) -> Iterator[SamplePerson]:
    """Everybody, council by council; none twice under one name in one council."""
    if STORY in councils:
        yield from _LAMBETH
    others = [council for council in councils if council != STORY]
    for place, council in enumerate(others):
        yield from _one_for_each_post(councils[council], _SURNAMES[place % len(_SURNAMES)])


def _one_for_each_post(files: CouncilFiles, surname: str) -> Iterator[SamplePerson]:
    council = files.id
    posts = dict.fromkeys([*_at_work(files), *OFFICE_POSTS])
    for number, post in enumerate(posts):
        name = f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {surname}"
        team = TEAM if post in _OF_A_TEAM else ""
        yield SamplePerson(f"{council}-{post.replace('_', '-')}", name, council, post, team)


def _at_work(files: CouncilFiles) -> Iterator[str]:
    """Whoever raises, and everybody whom the procedure's own ladders ask, copy or want at a step."""
    procedure = files.procedure
    yield from procedure.raising_posts
    for ladder in procedure.ladders.values():
        for stage in ladder.stages:
            steps = [who for step in stage.steps for who in (step.by, step.with_, step.chair)]
            for who in (
                as_climbed(procedure, ladder).asked_at(stage),
                stage.copy_,
                stage.tell,
                stage.escalated_by,
                *steps,
            ):
                yield from (role for role in (who.roles if who else ()) if role in procedure.roles)
    yield from (role for role in ("social_worker", "team_manager") if role in procedure.roles)
