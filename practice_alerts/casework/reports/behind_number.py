"""The alerts behind a number of a report, for those who may see them."""

from dataclasses import dataclass

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.log.log_figures import CountedAlert
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED, NOW
from practice_alerts.domain.reports.shown import called_in, column_of, heads_of, is_called
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A cell of a report: its figure, what the row is called, and the column's key."""

    figure: str
    which: str
    column: str


@dataclass(frozen=True, slots=True)
class BehindNumber:
    title: str
    counted: str
    row: str
    head: str
    number: int
    """As counted now; an alert that counts twice, such as at two stages, stands in the list once."""
    alerts: tuple[CountedAlert, ...]
    opens: bool
    """May its reader open each of them?"""


def behind(office: Office, by: Actor, asked: NumberAsked, period: Period) -> BehindNumber:
    """Raises NotYours; NotFound for a number behind which no alerts stand one by one."""
    must_run(by, OfficeAct.READ_REPORTS, by.council)
    must_run(by, OfficeAct.READ_LOG, by.council)
    log = office.log.files().get(by.council)
    known = asked.figure in FIGURE_TABLES and log is not None
    column = column_of(asked.figure, asked.which, asked.column) if known else ""
    if log is None or not column:
        raise NotFound("list of alerts behind that number")
    table, measure = FIGURE_TABLES[asked.figure], MEASURE_CALLED[asked.figure]
    found = log_figures.things_behind(log, measure, period.since, period.until)
    called = called_in(asked.figure, found.rows)
    mine = [
        one
        for one in found.things
        if one[column] and (table.is_turned or is_called(called(one), asked.which))
    ]
    # Without those about a child in whom they have an interest.
    shown = {one["reference"] for one in mine} - by.shut_out_of
    return BehindNumber(
        title=measure.title,
        counted=measure.counted,
        row=asked.which,
        head="" if asked.column == NOW else heads_of(table)[asked.column],
        number=len(mine),
        alerts=tuple(alert for name, alert in found.alerts.items() if name in shown),
        opens=may_run(by, OfficeAct.LIST_ALERTS, by.council),
    )
