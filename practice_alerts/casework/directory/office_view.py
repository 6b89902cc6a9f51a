"""Looking at the directory: which post is held by whom, which stands empty, and where nobody would be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Covering, DirectoryPerson, PostHolding
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.directory.post_holders import ADMINISTRATOR
from practice_alerts.casework.directory.staff import StaffLine
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory import vacancies
from practice_alerts.domain.directory.directory_acts import DirectoryChanged
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.directory.vacancies import HeldPost, Vacancy
from practice_alerts.domain.procedure.posts import NEED_NOBODY, OFFICE_POSTS
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post and one who holds or is to hold it, or the vacancy where nobody does."""

    post: str
    title: str
    team: str
    held: HeldPost | None = None
    vacancy: Vacancy | None = None
    covers: tuple[Covering, ...] = ()
    """Who stands in for the holder today."""
    stand_in: str = ""
    """The title of the post that acts while this one is empty; empty where the procedure names none that is held."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """Where raising would find nobody to ask. An empty team: whatever the child's team is."""

    titles: tuple[str, ...]
    team: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    team: str
    people: tuple[str, ...]
    """Each as "Name, post"."""
    empty: tuple[str, ...]
    """Titles of the posts that others hold for their teams and nobody for this one."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One council's directory as of today."""

    council: str
    posts: tuple[PostLine, ...]
    office_posts: tuple[PostLine, ...]
    gaps: tuple[GapLine, ...]
    teams: tuple[TeamLine, ...]
    people: tuple[StaffLine, ...]
    covers: tuple[Covering, ...]
    """Today's and those to come."""
    left: tuple[DirectoryPerson, ...]
    """Who has left while alerts are still in their name."""
    titles: dict[str, str]
    """Every post that somebody here may hold, in words, by id."""
    no_administrator_from: date | None

    @property
    def empty(self) -> tuple[PostLine, ...]:
        return tuple(line for line in (*self.posts, *self.office_posts) if line.vacancy)

    def holding(self, holding_id: int) -> PostLine | None:
        lines = (*self.posts, *self.office_posts)
        return next((one for one in lines if one.held and one.held.id == holding_id), None)


def look(office: Office, by: Actor, council: str) -> Directory:
    """The whole directory of a council. Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEE_DIRECTORY, council)
    procedure, today = office.council(council).procedure, office.today
    with office.database.reading() as tx:
        held = directory.holdings_of(tx, council)
        covers = directory.coverings(tx, today, council)
        everybody = directory.everybody(tx, council)
        left = directory.left_unfinished(tx, council)
    titles = _titles(procedure, held)
    lines = (
        *_lines(procedure, titles, held, covers, today),
        *_holders(_no_longer_there(titles, held), held, covers, today),
    )
    admins = (one for one in held if one.post == ADMINISTRATOR)
    return Directory(
        council,
        posts=tuple(line for line in lines if line.post not in OFFICE_POSTS),
        office_posts=tuple(line for line in lines if line.post in OFFICE_POSTS),
        gaps=tuple(
            GapLine(tuple(title_of(procedure, post) for post in gap.posts), gap.team, gap.stages)
            for gap in vacancies.gaps(procedure, held, today)
        ),
        teams=tuple(_teams(lines, held, today)),
        people=tuple(_listed(council, one, lines, covers, today) for one in everybody),
        covers=covers,
        left=left,
        titles=titles,
        no_administrator_from=vacancies.first_empty_day(admins, today),
    )


def whom(office: Office, by: Actor, what: DirectoryChanged) -> tuple[str, ...]:
    """Each person a change is about as they are entered today: a name alone may be anybody's. Raises NotYours.

    Of many changes at once each address stands in its own.
    """
    must_run(by, OfficeAct.SEE_DIRECTORY, by.council)
    with office.database.reading() as tx:
        found = [directory.person(tx, one) for one in (what.person, what.stand_in) if one]
    return tuple(f"{one.name} reads e-mails at {one.mail}" for one in found if one)


def _titles(procedure: Procedure, held: Sequence[HeldPost]) -> dict[str, str]:
    """The posts of the house, and any other that somebody was given all the same."""
    inside = vacancies.posts_inside(procedure)
    also = [one.post for one in held if one.post in procedure.roles]
    posts = dict.fromkeys((*inside, *also, *OFFICE_POSTS))
    return {post: title_of(procedure, post) for post in posts}


def _lines(
    procedure: Procedure,
    titles: dict[str, str],
    held: Sequence[HeldPost],
    covers: Sequence[Covering],
    today: date,
) -> Iterator[PostLine]:
    needed = (post for post in titles if post not in NEED_NOBODY)
    empty = vacancies.vacancies(needed, held, today)
    for post, title in titles.items():
        yield from _holders({post: title}, held, covers, today)
        for vacancy in empty:
            if vacancy.post == post:
                acting = vacancies.stand_in(procedure, vacancy, held, today)
                acts = title_of(procedure, acting) if acting else ""
                yield PostLine(post, title, vacancy.team, vacancy=vacancy, stand_in=acts)


def _holders(
    titles: dict[str, str], held: Sequence[HeldPost], covers: Sequence[Covering], today: date
) -> Iterator[PostLine]:
    for one in held:
        if one.post in titles and (one.until is None or one.until >= today):
            away = [c for c in covers if c.away_id == one.person_id and c.since <= today]
            yield PostLine(one.post, titles[one.post], one.team, held=one, covers=tuple(away))


def _no_longer_there(titles: dict[str, str], held: Sequence[HeldPost]) -> dict[str, str]:
    """Posts that were given under an earlier edition: nobody gets them any more, and they can be ended."""
    gone = dict.fromkeys(one.post for one in held if one.post not in titles)
    return {post: f"{post} (no longer in the procedure)" for post in gone}


def _listed(
    council: str,
    person: DirectoryPerson,
    lines: Sequence[PostLine],
    covers: Sequence[Covering],
    today: date,
) -> StaffLine:
    """From what has been read already: a council has hundreds of people."""
    mine = [
        line
        for line in lines
        if line.held and line.held.person_id == person.id and line.held.on(today)
    ]
    away = [one.away for one in covers if one.cover_id == person.id and one.since <= today]
    return StaffLine(
        person,
        tuple(PostHolding(person.id, council, line.post, line.team) for line in mine),
        tuple(f"{line.title} ({line.team})" if line.team else line.title for line in mine),
        tuple(sorted(away)),
    )


def _teams(lines: Sequence[PostLine], held: Sequence[HeldPost], today: date) -> Iterator[TeamLine]:
    for team in vacancies.teams_of(held, today):
        of_team = [line for line in lines if line.team == team]
        people = [f"{one.held.name}, {one.title}" for one in of_team if one.held]
        yield TeamLine(team, tuple(people), tuple(one.title for one in of_team if one.vacancy))
