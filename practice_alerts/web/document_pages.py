"""Documents, by our own authorised route: to download, and to read on the screen.

Never through Streamlit's media addresses, which are not bound to a session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework import papers, seeing
from practice_alerts.domain.errors import BadTemplate, NotFound
from practice_alerts.office import Office
from practice_alerts.web.gate import Refusal, signed_in
from practice_alerts.web.plain_pages import PlainPages


@dataclass(frozen=True, slots=True)
class DocumentPages:
    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/documents/{reference}.docx", self.download, methods=["GET"]),
            Route("/documents/{reference}", self.on_screen, methods=["GET"]),
        ]

    async def download(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._word)

    async def on_screen(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._read)

    def _answer(
        self, request: Request, make: Callable[[Request, seeing.Seen], Response]
    ) -> Response:
        who = signed_in(request)
        if who is None:  # the gate has seen to it; this is for whoever moves the route
            return self.pages.refusal(
                request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this.")
            )
        try:
            seen = seeing.see(self.office, who.person_id, request.path_params["reference"])
            return make(request, seen)
        except NotFound as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))
        except BadTemplate as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.CONFLICT, str(error)))

    def _word(self, _request: Request, seen: seeing.Seen) -> Response:
        document = papers.word_document(self.office, seen.known)
        names = {"content-disposition": f'attachment; filename="{document.name}"'}
        return Response(document.body, media_type=papers.WORD, headers=names)

    def _read(self, request: Request, seen: seeing.Seen) -> Response:
        html = papers.document_on_screen(self.office, seen.known)
        return self.pages.render(
            "document.html",
            request,
            reference=seen.known.alert.reference,
            # The fragment is made by read_on_screen, which escapes all that was typed.
            document=Markup(html),  # noqa: S704 - see the line above
        )
