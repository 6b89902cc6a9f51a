"""How teams fare in a period, on a plain page beside the reports, for whoever may open every alert."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework.reports import by_team
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.reports.by_team import COLUMNS, share_in_time
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.web.pages.taken_away.report_addresses import period_asked, query_of
from practice_alerts.web.pages.taken_away.reports import ReportPages


@dataclass(frozen=True, slots=True)
class TeamPages:
    """Each reading is put down; no number leaves here as a file."""

    reports: ReportPages

    def routes(self) -> list[BaseRoute]:
        at = "/reports/{council}/teams"
        return [
            Route(at, partial(self.reports.answer, self._read)),
            Route(f"{at}/behind", partial(self.reports.answer, self._behind)),
        ]

    def _read(self, request: Request, actor: Actor) -> Response:
        period = period_asked(request)
        made = by_team.sheet(self.reports.office, actor, period)
        self._put_down(actor, f"teams, {period.since} to {period.until}")

        def behind_at(team: str, key: str) -> str:
            asked = urlencode([("team", team), ("number", key)])
            return f"/reports/{actor.council}/teams/behind?{query_of(period)}&{asked}"

        return self.reports.pages.render(
            "teams.html",
            request,
            here="reports",
            council=actor.council,
            made=made,
            heads={key: head for key, (head, _, _) in COLUMNS.items()},
            share=share_in_time,
            behind_at=behind_at,
        )

    def _behind(self, request: Request, actor: Actor) -> Response:
        period, given = period_asked(request), request.query_params
        team, key = given.get("team", ""), given.get("number", "")
        found = by_team.behind(self.reports.office, actor, team, key, period)
        self._put_down(actor, f"behind: teams, {period.since} to {period.until}")
        return self.reports.pages.render(
            "behind_number.html",
            request,
            here="reports",
            council=actor.council,
            found=found,
            period=period.in_words,
            at=f"/reports/{actor.council}/teams?{query_of(period)}",
        )

    def _put_down(self, actor: Actor, what: str) -> None:
        entry = SecurityEntry(SecurityKind.LOG_READ, actor.id, actor.council, what=what)
        self.reports.office.security_log.note(entry)
