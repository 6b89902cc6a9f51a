"""Where reports and what stands beside them are found, and which one an address asks for."""

from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import read_day, why_no_day
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.log.measures.measure import FROM, TO
from practice_alerts.domain.log.measures.periods import Period, one_click
from practice_alerts.domain.reports.contents import ReportName
from practice_alerts.domain.reports.shown import column_of


def report_named(request: Request) -> ReportName:
    """Raises NotFound."""
    try:
        return ReportName(request.path_params["report"])
    except ValueError:
        raise NotFound("report of that name") from None


def period_asked(request: Request) -> Period:
    """Raises BadAnswers with a sentence for each day that cannot be read."""
    typed = {name: request.query_params.get(name, "") for name in (FROM, TO)}
    days = {name: read_day(text) for name, text in typed.items()}
    called = {FROM: "First day", TO: "Last day"}
    faults = {
        name: f"{called[name]}: {why_no_day(typed[name])}"
        for name, day in days.items()
        if day is None
    }
    since, until = days[FROM], days[TO]
    if since is None or until is None:
        raise BadAnswers(faults)
    return Period(since, until)


def address_of(actor: Actor, report: ReportName, period: Period) -> str:
    """Of the council in which this person acts."""
    return f"/reports/{actor.council}/{report.value}?{query_of(period)}"


def teams_at(actor: Actor, today: date) -> list[tuple[str, str]]:
    """Where how teams fare is read, by what its period is called; nowhere for whoever may not open every alert."""
    if not may_run(actor, OfficeAct.LIST_ALERTS, actor.council):
        return []
    at = f"/reports/{actor.council}/teams"
    return [(words, f"{at}?{query_of(period)}") for words, period in one_click(today).items()]


def query_of(period: Period) -> str:
    """Its days, as an address asks for them."""
    return urlencode({FROM: period.since.isoformat(), TO: period.until.isoformat()})


def behind_at(report: str, figure: str, which: str, key: str) -> str:
    """Where the alerts behind a number stand; nothing where it has none one by one."""
    if not column_of(figure, which, key):
        return ""
    asked = urlencode({"figure": figure, "row": which, "number": key})
    return f"{report.replace('?', '/behind?', 1)}&{asked}"
