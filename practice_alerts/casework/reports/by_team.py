"""How teams fare in any period, exactly, for whoever may open every alert. The log has them by year, rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.reports.behind_number import BehindNumber
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.by_team import (
    COLUMNS,
    MEASURES_BY_TEAM,
    TeamCounts,
    Things,
    counts_by_team,
    references_of,
    team_of,
)
from practice_alerts.domain.reports.figure_tables import MEASURE_CALLED
from practice_alerts.office import Office


@dataclass(frozen=True)
class TeamSheet:
    period: Period
    counts: Mapping[str, TeamCounts]
    """By team; without those that are restricted."""


def sheet(office: Office, by: Actor, period: Period) -> TeamSheet:
    """Of any period, exactly: its reader may open every alert. Raises NotYours, and NotPossible while the log is made."""
    log = _log(office, by)
    with office.database.reading() as tx:
        teams = current_state.teams(tx, by.council)
    return TeamSheet(period, counts_by_team(_things(log, period), teams))


def behind(office: Office, by: Actor, team: str, key: str, period: Period) -> BehindNumber:
    """Raises as `sheet`; NotFound for a number that there is not."""
    log = _log(office, by)
    if key not in COLUMNS:
        raise NotFound("list of alerts behind that number")
    with office.database.reading() as tx:
        teams = current_state.teams(tx, by.council)
    every = references_of(_things(log, period), key)
    mine = [one for one in every if team_of(one, teams) == team]
    # Without those about a child in whom they have an interest.
    shown = log_figures.alerts_called(log, set(mine) - by.shut_out_of)
    head, measure, _ = COLUMNS[key]
    counted = MEASURE_CALLED[measure].counted
    return BehindNumber("How teams fare", counted, team, head, len(mine), shown, opens=True)


def _log(office: Office, by: Actor) -> Path:
    for act in (OfficeAct.READ_REPORTS, OfficeAct.READ_LOG, OfficeAct.LIST_ALERTS):
        must_run(by, act, by.council)
    log = office.log.files().get(by.council)
    if log is None:
        raise NotPossible("The alert log of this council is being made. Look again in a minute.")
    return log


def _things(log: Path, period: Period) -> Things:
    return log_figures.counted_things(log, MEASURES_BY_TEAM, period.since, period.until)
