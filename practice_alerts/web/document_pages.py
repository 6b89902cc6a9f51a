"""Documents, by our own authorised route: to download, and to read on the screen.

Never through Streamlit's media addresses, which are not bound to a session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from http import HTTPStatus

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework import handing_over, papers, seeing
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.errors import (
    BadTemplate,
    Expected,
    NotFound,
    NotPossible,
    TemplateFieldMissing,
    TextTooLong,
)
from practice_alerts.office import Office
from practice_alerts.web.gate import Refusal, signed_in
from practice_alerts.web.plain_pages import PlainPages


class NotADay(Expected):
    """`text` is what stood after `as-of=`."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__("Give the day as year, month and day, such as ?as-of=2025-06-05.")


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """Each document as it stands, or with `?as-of=2025-06-05` as it stood at the end of that day."""

    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/documents/{reference}.docx", self.download, methods=["GET"]),
            Route("/documents/{reference}.zip", self.download_all, methods=["GET"]),
            Route("/documents/{reference}", self.on_screen, methods=["GET"]),
        ]

    async def download(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._word)

    async def download_all(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._all)

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
        except NotADay as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.BAD_REQUEST, str(error)))
        except (NotFound, NotPossible) as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))
        except (BadTemplate, TemplateFieldMissing, TextTooLong) as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.CONFLICT, str(error)))

    def _word(self, request: Request, seen: seeing.Seen) -> Response:
        as_of = _end_of_day(request)
        document = papers.issue(self.office, seen.known, seen.actor.id, as_of)
        return _to_keep(document, papers.WORD)

    def _all(self, _request: Request, seen: seeing.Seen) -> Response:
        document = handing_over.whole_file(self.office, seen.known, seen.actor.id)
        return _to_keep(document, handing_over.ZIP)

    def _read(self, request: Request, seen: seeing.Seen) -> Response:
        html = papers.document_on_screen(self.office, seen.known, _end_of_day(request))
        return self.pages.render(
            "document.html",
            request,
            reference=seen.known.alert.reference,
            # The fragment is made by read_on_screen, which escapes all that was typed.
            document=Markup(html),  # noqa: S704 - see the line above
        )


def _to_keep(document: papers.Document, media_type: str) -> Response:
    names = {"content-disposition": f'attachment; filename="{document.name}"'}
    return Response(document.body, media_type=media_type, headers=names)


def _end_of_day(request: Request) -> datetime | None:
    """The last moment of the day asked for; None where no day is."""
    text = request.query_params.get("as-of")
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time.max, tzinfo=LONDON)
    except ValueError:
        raise NotADay(text) from None
