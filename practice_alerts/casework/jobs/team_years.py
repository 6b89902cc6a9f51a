"""The years of a council by team, put into its log: rounded, and counted once a day."""

from typing import Any

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.domain.log.measures.periods import years_before
from practice_alerts.domain.reports.by_team import MEASURES_BY_TEAM, counts_by_team, yearly_rows
from practice_alerts.office import Office

_YEARS = 5


def count_years(office: Office, council: str) -> None:
    """Put its years by team into the log, once a day: of years that are over little changes."""
    if office.log.teams_on.get(council) == office.today:
        return
    log = office.log.files()[council]
    first = log_figures.first_raised(log)
    years = years_before(office.today, _YEARS) if first else ()
    with office.database.reading() as tx:
        teams = current_state.teams(tx, council)
    small = office.settings.small_numbers
    rows: list[dict[str, Any]] = []
    for year in (one for one in years if first and first <= one.until):
        things = log_figures.counted_things(log, MEASURES_BY_TEAM, year.since, year.until)
        rows += yearly_rows(year, counts_by_team(things, teams), small)
    office.log.put_teams(council, rows)
    office.log.teams_on[council] = office.today
