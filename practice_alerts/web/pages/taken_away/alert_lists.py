"""Lists for an inspection on plain pages: to be read, printed, or taken away as CSV."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework.reports import alert_lists
from practice_alerts.casework.reports.alert_lists import HEADS, AlertList
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.web.pages.taken_away.report_addresses import period_asked
from practice_alerts.web.pages.taken_away.reports import CHILD_OF, ReportPages
from practice_alerts.web.shell.html_pages import csv_to_keep


@dataclass(frozen=True, slots=True)
class AlertListPages:
    """Beside the reports, for whoever reads them and the log."""

    reports: ReportPages

    def routes(self) -> list[BaseRoute]:
        at = "/reports/{council}/list"
        return [
            Route(at, partial(self.reports.answer, self._read)),
            Route(f"{at}.csv", partial(self.reports.answer, self._take_away)),
        ]

    def _made(self, request: Request, actor: Actor, kind: SecurityKind) -> AlertList:
        """Put down, with which of the two lists it was."""
        office, reference = self.reports.office, request.query_params.get(CHILD_OF)
        if reference is None:
            period = period_asked(request)
            made = alert_lists.raised_in(office, actor, period)
            what = f"list: raised, {period.since} to {period.until}"
        else:
            made = alert_lists.about_the_child_of(office, actor, reference.strip().upper())
            what = "list: about one child"
        office.security_log.note(SecurityEntry(kind, actor.id, actor.council, made.about, what))
        return made

    def _read(self, request: Request, actor: Actor) -> Response:
        made = self._made(request, actor, SecurityKind.LOG_READ)
        asked = urlencode(list(request.query_params.items()))
        return self.reports.pages.render(
            "alert_list.html",
            request,
            here="reports",
            council=actor.council,
            made=made,
            heads=HEADS,
            file=f"/reports/{actor.council}/list.csv?{asked}",
        )

    def _take_away(self, request: Request, actor: Actor) -> Response:
        lines = alert_lists.csv(self._made(request, actor, SecurityKind.EXPORTED))
        return csv_to_keep(lines, f"{actor.council}-alerts.csv")
