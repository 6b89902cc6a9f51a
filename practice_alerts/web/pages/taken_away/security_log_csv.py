"""The security log to take away: a table for auditors, without what was typed."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework.core import actors
from practice_alerts.casework.views import security_log
from practice_alerts.casework.views.security_log import EntriesWanted
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.seeing.security_entries import SecurityKind
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, csv_to_keep

_NAME = "security-log.csv"


@dataclass(frozen=True, slots=True)
class SecurityLogPages:
    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        return [Route("/security-log.csv", self.read)]

    def read(self, request: Request) -> Response:
        """Narrowed down by `since`, `until` and `kind`; never by a name, which has no place in an address."""
        who, asked = signed_in(request), request.query_params
        if who is None:  # the gate has seen to it; this is for whoever moves the route
            return self.pages.refusal(
                request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this.")
            )
        mine = sorted(who.councils_as(*posts_that(OfficeAct.READ_SECURITY_LOG)))
        council = asked.get("council", mine[0])
        try:
            wanted = EntriesWanted(
                since=_day(asked.get("since")),
                until=_day(asked.get("until")),
                kind=SecurityKind(asked["kind"]) if asked.get("kind") else None,
            )
        except ValueError:
            sentence = "Give days as year, month and day, such as ?since=2025-06-05."
            return self.pages.refusal(request, Refusal(HTTPStatus.BAD_REQUEST, sentence))
        try:
            lines = security_log.csv(self.office, self._actor(who.person_id, council), wanted)
            first = next(lines)
        except Expected as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.FORBIDDEN, str(error)))
        return csv_to_keep(chain((first,), lines), _NAME)

    def _actor(self, person_id: str, council: str) -> Actor:
        with self.office.database.reading() as tx:
            return actors.actor_in(self.office, tx, person_id, council)


def _day(typed: str | None) -> date | None:
    return date.fromisoformat(typed) if typed else None
