"""Where somebody is signed in: each session, to be ended by itself or all together."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.domain.dates import in_full
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.ports import Desk


@dataclass(frozen=True, slots=True)
class SessionPages:
    pages: PlainPages
    desk: Desk
    home: Home

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/sessions", self.read),
            Route("/sessions", self.end, methods=["POST"]),
        ]

    def read(self, request: Request) -> Response:
        token = self.home.session_token(request.cookies)
        if signed_in(request) is None or token is None:
            return self._nobody(request)
        sessions = [
            (one, in_full(one.started_at), in_full(one.ends_at))
            for one in self.desk.sessions_of(token)
        ]
        return self.pages.render("sessions.html", request, sessions=sessions)

    async def end(self, request: Request) -> Response:
        fields = dict(await read_fields(request))
        return await run_in_threadpool(self._ended, request, fields)

    def _ended(self, request: Request, fields: Mapping[str, str]) -> Response:
        who, token = signed_in(request), self.home.session_token(request.cookies)
        if who is None or token is None:
            return self._nobody(request)
        if fields.get("everywhere"):
            self.desk.revoke_person(who.person_id)
            answer = RedirectResponse("/sign-out", HTTPStatus.SEE_OTHER)
            self.home.close_session(answer)
            return answer
        self.desk.revoke_one(token, fields.get("session", ""))
        return RedirectResponse("/sessions", HTTPStatus.SEE_OTHER)

    def _nobody(self, request: Request) -> Response:
        """The gate has seen to it; this is for whoever moves the route."""
        return self.pages.refusal(request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this."))
