"""The second count of teams: each team's alerts counted as if they were all there are."""

from __future__ import annotations

from dataclasses import replace

from practice_alerts.domain.log.measures.periods import Period
from tests.helpers.log import twin_of_alerts, twin_of_stays
from tests.helpers.log.twin import Row, Twin

FEW, STEP = 10, 5


def of_teams(twin: Twin) -> dict[str, Twin]:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(twin.every):
        found.setdefault(str(one.alert.answers.get("team") or ""), []).append(place)
    return {
        team: replace(twin, every=[twin.every[place] for place in places])
        for team, places in found.items()
    }


def exactly(twin: Twin, period: Period) -> Row:
    """Concerns, in time, late, none, good practice."""
    ((concerns, *_),) = twin_of_alerts.ever_formal(twin, period)
    lines = twin_of_stays.timeliness_by_stage(twin, period)
    deadlines = [row for row in lines if row[2] == "a deadline"]
    in_time, late, none = (sum(row[column] for row in deadlines) for column in (4, 5, 6))
    praised = next(row[1] for row in twin_of_alerts.good_practice(twin, period) if row[0] == "all")
    return concerns, in_time, late, none, praised


def teams(twin: Twin, years: list[Period]) -> list[Row]:
    """As the log has them: the few together, and each number to the nearest five."""
    rows: list[Row] = []
    for year in years:
        exact = {team: exactly(one, year) for team, one in of_teams(twin).items()}
        exact = {team: row for team, row in exact.items() if any(row)}
        large = {team: row for team, row in exact.items() if team and row[0] >= FEW}
        rest = [row for team, row in exact.items() if team not in large]
        called = f"{year.since.year}/{str(year.until.year)[2:]}"
        rows += [(called, team, *map(_rounded, row)) for team, row in large.items()]
        if rest:
            sums = (sum(column) for column in zip(*rest, strict=True))
            rows.append((called, "smaller teams, together", *map(_rounded, sums)))
    return rows


def _rounded(number: int) -> int:
    return min(range(0, number + STEP, STEP), key=lambda one: abs(one - number))
