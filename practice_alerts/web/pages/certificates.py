"""Papers about records, to keep: certificates of destruction, and who had what was taken out. Nothing of any child."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework.core import actors
from practice_alerts.casework.directory import destruction_certificate
from practice_alerts.casework.documents import render
from practice_alerts.casework.views import who_had_it
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import Expected, NotFound
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, to_keep


@dataclass(frozen=True, slots=True)
class CertificatePages:
    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        return [Route("/records/{council}/{number:int}.docx", self.read)]

    def read(self, request: Request) -> Response:
        who, asked = signed_in(request), request.path_params
        if who is None:  # the gate has seen to it; this is for whoever moves the route
            return self.pages.refusal(
                request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this.")
            )
        council, number = asked["council"], asked["number"]
        try:
            with self.office.database.reading() as tx:
                by = actors.actor_in(self.office, tx, who.person_id, council)
            body = self._made(by, council, number)
        except Expected as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))
        return to_keep(body, f"record-{number}.docx", render.WORD)

    def _made(self, by: Actor, council: str, number: int) -> bytes:
        try:
            return who_had_it.paper(self.office, by, council, number)
        except NotFound:
            return destruction_certificate.certificate(self.office, by, council, number)
