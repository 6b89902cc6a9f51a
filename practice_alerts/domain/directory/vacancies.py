"""Posts over time: who holds them when, which stand empty since when, and where nobody would be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from practice_alerts.domain.files.references import everybody
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.procedure import Procedure

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """Somebody in a post from a first day to a last one. An empty team is the whole council."""

    id: int
    person_id: str
    name: str
    post: str
    team: str
    since: date
    until: date | None
    """The last day, or the day they left if that came first; None: until further notice."""

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post without a holder. `last` held it last; `next` will, where that is known."""

    post: str
    team: str
    last: HeldPost | None = None
    next: HeldPost | None = None

    @property
    def empty_since(self) -> date | None:
        """The first day without anybody; None where nobody ever held it."""
        return self.last.until + _DAY if self.last and self.last.until else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Raising an alert for this team would find nobody to ask. An empty team: for any child."""

    posts: tuple[str, ...]
    team: str
    stages: tuple[str, ...]
    """Their labels, as printed."""


def first_empty_day(held: Iterable[HeldPost], today: date) -> date | None:
    """The first day from today on that none of these covers; None where there is none."""
    reach = today
    for one in sorted(held, key=lambda one: one.since):
        if one.since > reach:
            break
        if one.until is None:
            return None
        reach = max(reach, one.until + _DAY)
    return reach


def teams_of(held: Iterable[HeldPost], today: date) -> tuple[str, ...]:
    """The council's teams: those for which somebody holds a post now or is to."""
    still = (one for one in held if one.until is None or one.until >= today)
    return tuple(sorted({one.team for one in still if one.team}, key=str.casefold))


def vacancies(posts: Iterable[str], held: Sequence[HeldPost], today: date) -> tuple[Vacancy, ...]:
    """The posts that nobody holds, in the order given; one held team by team, for each team without."""
    found: list[Vacancy] = []
    teams = teams_of(held, today)
    for post in posts:
        of_post = [one for one in held if one.post == post]
        now = {one.team for one in of_post if one.on(today)}
        if "" in now:
            continue
        if any(one.team in teams for one in of_post):
            found += [_vacancy(post, team, of_post, today) for team in teams if team not in now]
        elif not now:
            found.append(_vacancy(post, "", of_post, today))
    return tuple(found)


def _vacancy(post: str, team: str, of_post: Sequence[HeldPost], today: date) -> Vacancy:
    of_team = [one for one in of_post if one.team == team]
    past = [one for one in of_team if one.until is not None and one.until < today]
    to_come = [one for one in of_team if one.since > today]
    last = max(past, key=lambda one: one.until or today, default=None)
    return Vacancy(post, team, last, min(to_come, key=lambda one: one.since, default=None))


def gaps(procedure: Procedure, held: Sequence[HeldPost], today: date) -> tuple[Gap, ...]:
    """Where the council's own ladders lead to nobody. Agencies outside are asked by name, not from here."""
    now = [one for one in held if one.on(today)]
    teams = teams_of(held, today)
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for ladder in procedure.ladders.values():
        here = as_climbed(procedure, ladder)
        for stage in ladder.stages:
            # A stage that names nobody asks whomever the raiser chooses.
            asked = here.asked_at(stage)
            by_team = {post.role for post in asked.each if post.of == "child"}
            able = {role: {role, *stand_ins(procedure, role)} for role in asked.roles}
            for team in _without(able, by_team, now, teams) if asked.posts else ():
                labels = found.setdefault((asked.roles, team), [])
                labels += [stage.label] if stage.label not in labels else []
    return tuple(Gap(posts, team, tuple(labels)) for (posts, team), labels in found.items())


def stand_ins(procedure: Procedure, post: str) -> tuple[str, ...]:
    """The posts that act where this one is empty, one for another, in their order."""
    found: list[str] = []
    while (other := procedure.stand_in_of(post)) and other not in found:
        found.append(other)
        post = other
    return tuple(found)


def stand_in(
    procedure: Procedure, vacancy: Vacancy, held: Sequence[HeldPost], today: date
) -> str | None:
    """The post that acts for an empty one today: the first of its stand-ins that somebody holds there."""
    teams = {"", vacancy.team} if vacancy.team else None
    there = {one.post for one in held if one.on(today) and (teams is None or one.team in teams)}
    return next((one for one in stand_ins(procedure, vacancy.post) if one in there), None)


def _without(
    able: Mapping[str, set[str]], by_team: set[str], now: Sequence[HeldPost], teams: Sequence[str]
) -> tuple[str, ...]:
    """The teams for which none of these posts, nor a stand-in, would be found; `""` alone: for none at all."""

    def somebody(role: str, team: str) -> bool:
        asked_of = {"", team} if team and role in by_team else None
        return any(
            one.post in able[role] and (asked_of is None or one.team in asked_of) for one in now
        )

    if not any(somebody(role, "") for role in able):
        return ("",)
    return tuple(team for team in teams if not any(somebody(role, team) for role in able))


def posts_inside(procedure: Procedure) -> tuple[str, ...]:
    """The procedure's posts that people hold here: not those of agencies outside, nor a mere setting."""
    own = procedure.model_copy(update={"partners": {}})
    outside, inside = (
        {role for _, who in everybody(part, ()) for role in who.roles}
        for part in (procedure.partners, own)
    )
    return tuple(
        name
        for name, role in procedure.roles.items()
        if role.held_by == "people" and name not in outside - inside
    )
