"""Documents, by our own authorised route: to download, and to read on the screen.

Never through Streamlit's media addresses, which are not bound to a session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.documents.as_pdf import PDF, PdfNotMade
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents import export, render
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.dates import LONDON, as_answer, in_full, london_date
from practice_alerts.domain.errors import (
    BadTemplate,
    Expected,
    NotFound,
    NotPossible,
    TemplateFieldMissing,
    TextTooLong,
)
from practice_alerts.domain.wording.history import told
from practice_alerts.office import Office
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, to_keep
from practice_alerts.web.shell.own_threads import made_apart


class NotADay(Expected):
    """`text` is what stood after `as-of=`."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__("Give the day as year, month and day, such as ?as-of=2025-06-05.")


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """Each document as it stands, or with `?as-of=2025-06-05` as it stood at the end of that day.

    The document of an act stands below the alert's reference: its form's name and its event's number.
    """

    office: Office
    pages: PlainPages

    def routes(self) -> list[BaseRoute]:
        word = made_apart(partial(self._answer, self._word))
        everything = made_apart(partial(self._answer, self._all))
        screen = made_apart(partial(self._answer, self._on_screen))
        pdf = made_apart(partial(self._answer, self._pdf))
        return [
            Route("/documents/{reference}.docx", word),
            Route("/documents/{reference}.pdf", pdf),
            Route("/documents/{reference}.zip", everything),
            Route("/documents/{reference}", screen),
            Route("/documents/{reference}/{act}-{number:int}.docx", word),
            Route("/documents/{reference}/{act}-{number:int}.pdf", pdf),
            Route("/documents/{reference}/{act}-{number:int}", screen),
        ]

    def _answer(
        self, make: Callable[[Request, alert_view.Seen], Response], request: Request
    ) -> Response:
        who = signed_in(request)
        if who is None:  # the gate has seen to it; this is for whoever moves the route
            return self.pages.refusal(
                request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this.")
            )
        try:
            seen = alert_view.see(self.office, who.person_id, request.path_params["reference"])
            return make(request, seen)
        except NotADay as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.BAD_REQUEST, str(error)))
        except PdfNotMade as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error)))
        except (NotFound, NotPossible) as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.NOT_FOUND, str(error)))
        except (BadTemplate, TemplateFieldMissing, TextTooLong) as error:
            return self.pages.refusal(request, Refusal(HTTPStatus.CONFLICT, str(error)))

    def _word(self, request: Request, seen: alert_view.Seen) -> Response:
        as_of = _end_of_day(request)
        which = _which(request, seen)
        document = render.issue(self.office, seen.known, seen.actor.id, as_of, which)
        return to_keep(document.body, document.name, render.WORD)

    def _pdf(self, request: Request, seen: alert_view.Seen) -> Response:
        as_of, which = _end_of_day(request), _which(request, seen)
        word = render.made(self.office, seen.known, as_of, which)
        pdf = render.as_pdf(self.office, word)
        # What could not be made is not recorded as handed out.
        render.handed(self.office, seen.known, seen.actor.id, word, as_of=as_of, which=which)
        return to_keep(pdf.body, pdf.name, PDF)

    def _all(self, request: Request, seen: alert_view.Seen) -> Response:
        as_of = _end_of_day(request)
        document = export.whole_file(self.office, seen.known, seen.actor.id, as_of)
        return to_keep(document.body, document.name, export.ZIP)

    def _on_screen(self, request: Request, seen: alert_view.Seen) -> Response:
        known, as_of = seen.known, _end_of_day(request)
        which = _which(request, seen)
        return self.pages.render(
            "document.html",
            request,
            reference=known.alert.reference,
            called=_called(known, which),
            address=_address(known, which),
            query=f"?{request.url.query}" if as_of else "",
            others=_others(self.office, known, which, as_of),
            makes_pdf=self.office.pdf is not None,
            document=render.document_on_screen(self.office, known, as_of, which),
        )


def _which(request: Request, seen: alert_view.Seen) -> render.Which:
    """The document asked for. Raises NotPossible for an act that is not what the address says."""
    number = request.path_params.get("number")
    if number is None:
        return render.MAIN
    if render.printed_form_of(seen.known.alert, number) != request.path_params["act"]:
        raise NotPossible("There is no document of such an act.")
    return render.Which(act=number)


def _address(known: Known, which: render.Which) -> str:
    start = f"/documents/{known.alert.reference}"
    if which.act is None:
        return start
    return f"{start}/{render.printed_form_of(known.alert, which.act)}-{which.act}"


def _called(known: Known, which: render.Which) -> str:
    """What a document is called in a list: what was done, and the day."""
    for event in known.alert.happened:
        if event.number == which.act and event.what is not None:
            what, _ = told(event.what, known.ladder)
            return f"{what}, {in_full(london_date(event.at))}"
    return "The alert"


def _others(
    office: Office, known: Known, which: render.Which, as_of: datetime | None
) -> list[tuple[str, str]]:
    """The alert's other documents that there were by then, each with its address and what it is called."""
    made = [one for one in export.every_document(office, known) if one.act is not None]
    happened = {event.number: event.at for event in known.alert.happened}
    there = [one for one in made if as_of is None or happened[one.act or 0] <= as_of]
    each = [one for one in (render.MAIN, *there) if one != which]
    return [(_address(known, one), _called(known, one)) for one in each]


def _end_of_day(request: Request) -> datetime | None:
    """The last moment of the day asked for; None where no day is."""
    text = request.query_params.get("as-of")
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(as_answer(text)), time.max, tzinfo=LONDON)
    except ValueError:
        raise NotADay(text) from None
