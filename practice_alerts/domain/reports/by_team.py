"""What is counted of the children of each team: exactly for whoever may open the alerts, and by year, rounded, in the log."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from practice_alerts.domain.log.measures.day_counts import A_DEADLINE
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.shown import NOTHING
from practice_alerts.domain.reports.small_numbers import LEAST_BASE, SmallNumbers

COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "concerns": ("Concerns raised", "ever_formal", "raised"),
    "due": ("Answers due", "timeliness_by_stage", "due"),
    "in_time": ("In time", "timeliness_by_stage", "in_time"),
    "late": ("Late", "timeliness_by_stage", "late"),
    "no_answer": ("No answer", "timeliness_by_stage", "no_answer"),
    "good_practice": ("Good practice", "good_practice", "alerts"),
}
"""Each number of a team: its head, and the measure and the column of it that it is a part of."""
THEMES = "themes"
"""The measure of what concerns are about."""
MEASURES_BY_TEAM = tuple(dict.fromkeys((*(one for _, one, _ in COLUMNS.values()), THEMES)))
NO_TEAM = "no team said"
TOGETHER = "smaller teams, together"

Things = Mapping[str, list[dict[str, Any]]]
"""By the name of a measure: a row for each thing that it counts, with the alert it is of."""


@dataclass
class TeamCounts:
    """Of the children of one team."""

    numbers: Counter[str] = field(default_factory=Counter)
    """By the keys of `COLUMNS`."""
    themes: Counter[str] = field(default_factory=Counter)


def counts_by_team(things: Things, teams: Mapping[str, str]) -> dict[str, TeamCounts]:
    """In the order of their names. `teams`: of each alert the child's team, by reference."""
    found: dict[str, TeamCounts] = {}
    for key, column in COLUMNS.items():
        for team in _teams(things, column, teams):
            found.setdefault(team, TeamCounts()).numbers[key] += 1
    for thing in things[THEMES]:
        team = team_of(thing["reference"], teams)
        found.setdefault(team, TeamCounts()).themes[thing["category"]] += 1
    return dict(sorted(found.items(), key=lambda one: (one[0] == NO_TEAM, one[0].casefold())))


def team_of(reference: str, teams: Mapping[str, str]) -> str:
    return teams.get(reference) or NO_TEAM


def references_of(things: Things, key: str) -> list[str]:
    """Of what that number counts, in all teams."""
    _, measure, column = COLUMNS[key]
    return [one["reference"] for one in things[measure] if one[column] and _is_counted(one)]


def _teams(things: Things, column: tuple[str, str, str], teams: Mapping[str, str]) -> Iterator[str]:
    _, measure, number = column
    for one in things[measure]:
        if one[number] and _is_counted(one):
            yield team_of(one["reference"], teams)


def _is_counted(thing: Mapping[str, Any]) -> bool:
    """Nobody is late after an aim; and an alert of good practice stands there once for each subject too."""
    is_whole = thing.get("subject", "all") == "all"
    return is_whole and bool(thing.get("the_day_is", A_DEADLINE) == A_DEADLINE)


def share_in_time(counts: TeamCounts) -> str:
    """In whole per cent of what was due; of few no share is said."""
    due, in_time = counts.numbers["due"], counts.numbers["in_time"]
    return f"{round(100 * in_time / due)}%" if due >= LEAST_BASE else NOTHING


def called(year: Period) -> str:
    """A year from April to March, as people say it: 2025/26."""
    return f"{year.since.year}/{year.until.year % 100:02}"


def yearly_rows(
    year: Period, counts: Mapping[str, TeamCounts], small: SmallNumbers
) -> Iterator[dict[str, Any]]:
    """As they stand in the log: rounded, and a team of few concerns among the others.

    What is due is not printed beside its three parts: it would narrow them.
    """
    large = [team for team, one in counts.items() if is_named(team, one)]
    for team in large:
        yield _row(year, team, [counts[team]], small)
    rest = [one for team, one in counts.items() if team not in large]
    if rest:
        yield _row(year, TOGETHER, rest, small)


def is_named(team: str, counts: TeamCounts) -> bool:
    return team != NO_TEAM and counts.numbers["concerns"] >= LEAST_BASE


def _row(
    year: Period, team: str, some: Iterable[TeamCounts], small: SmallNumbers
) -> dict[str, Any]:
    every = tuple(some)
    numbers = {
        key: small.rounded(sum(one.numbers[key] for one in every))
        for key in COLUMNS
        if key != "due"
    }
    return {"year": called(year), "team": team, **numbers}
