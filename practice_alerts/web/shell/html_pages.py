"""Pages made on the server with Jinja: no script, our own style sheet, one header with the other faces."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import chain
from typing import Any, Final
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from practice_alerts import PACKAGE
from practice_alerts.adapters.log.harmless_csv import BYTE_ORDER_MARK
from practice_alerts.domain.dates import HOW_TO_TYPE_A_DAY, as_typed, in_full, on_the_day
from practice_alerts.domain.errors import StorageTrouble
from practice_alerts.domain.text import as_kept, sentences
from practice_alerts.web.shell.addresses import DISCLOSERS, LOG_READERS, REPORT_READERS
from practice_alerts.web.shell.error_reports import TYPED, sentence_alone
from practice_alerts.web.shell.gate import Refusal, signed_in

PRODUCT: Final = "Practice alerts"
TEMPLATES: Final = PACKAGE / "web" / "templates"
STATIC: Final = PACKAGE / "web" / "static"

_HEADINGS: Final = {
    HTTPStatus.BAD_REQUEST: "This address is not right",
    HTTPStatus.UNAUTHORIZED: "Sign in first",
    HTTPStatus.FORBIDDEN: "You cannot see this",
    HTTPStatus.NOT_FOUND: "There is no page here",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be sent here",
    HTTPStatus.REQUEST_TIMEOUT: "That came too slowly",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is too long",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many tries",
    HTTPStatus.SERVICE_UNAVAILABLE: "This does not work at the moment",
}
NOT_FOUND: Final = Refusal(
    HTTPStatus.NOT_FOUND,
    "The address may be mistyped, or the page has moved. Start again from one of the links above.",
)


class PlainPages:
    """`sample`: every page says that the people and alerts are made up."""

    def __init__(self, *, sample: bool) -> None:
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )
        self._env.filters["day_typed"] = as_typed
        self._env.filters["sentences"] = sentences
        self._env.filters["day"] = on_the_day
        self._env.filters["moment"] = in_full
        self._env.globals["a_day"] = HOW_TO_TYPE_A_DAY
        self._sample = sample

    def render(
        self,
        name: str,
        connection: HTTPConnection,
        status: int = HTTPStatus.OK,
        **values: Any,
    ) -> Response:
        """`name` is a template under templates/; `here` among the values marks a place in the header."""
        return HTMLResponse(self.text(name, connection, **values), status)

    def text(self, name: str, connection: HTTPConnection, **values: Any) -> str:
        """The page that `render` answers with."""
        values = {"here": "", **shared(connection, sample=self._sample), **values}
        return self._env.get_template(name).render(values)

    def as_it_is_made(
        self,
        begun: str,
        steps: Generator[str, None, str],
    ) -> Response:
        """The page `begun` at once, each step where `STEP` stands in it, and in its place the main part of the page they return.

        What is sent as steps is HTML. Until the end each stands in a list that the style sheet then hides.
        """
        head, _, foot = begun.partition(STEP)
        names = {"x-accel-buffering": "no"}  # nginx hands on what there is
        return StreamingResponse(_as_made(head, steps, foot), headers=names, media_type="text/html")

    def refusal(
        self, connection: HTTPConnection, refusal: Refusal, typed: Iterable[str] = ()
    ) -> Response:
        return self.render(
            "error.html",
            connection,
            refusal.status,
            heading=_HEADINGS.get(refusal.status, "This did not work"),
            sentence=refusal.sentence,
            reference=None,
            typed=typed,
        )

    def bug(self, connection: HTTPConnection, reference: str) -> Response:
        return self.render(
            "error.html",
            connection,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            heading="Something went wrong on our side",
            sentence="It has been written down. What you sent may not have been saved: "
            "go back and look before you try again.",
            reference=reference,
            typed=(),
        )

    def trouble(self, connection: HTTPConnection, trouble: StorageTrouble) -> Response:
        """For people a page, with the texts that they sent; programs get the sentence alone."""
        if "text/html" not in connection.headers.get("accept", ""):
            return sentence_alone(connection, trouble)
        unavailable = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(trouble))
        page = self.refusal(connection, unavailable, _typed(connection.scope.get(TYPED, ())))
        page.headers["retry-after"] = str(trouble.again_after)
        return page

    def http_error(self, request: Request, fault: Exception) -> Response:
        """For Starlette's own errors, an address that nothing answers above all."""
        status = HTTPStatus(fault.status_code if isinstance(fault, HTTPException) else 500)
        is_missing = status is HTTPStatus.NOT_FOUND
        return self.refusal(
            request, NOT_FOUND if is_missing else Refusal(status, status.description)
        )


_NOT_TYPED: Final = frozenset(
    [
        "about",
        "act_key",
        "council",
        "do",
        "everywhere",
        "ladder",
        "names_nobody",
        "next",
        "number",
        "outcome",
        "owner",
        "parts",
        "person",
        "place",
        "press",
        "publish",
        "read",
        "requester",
        "same",
        "seen",
        "session",
        "stage",
        "token",
    ]
)
"""The names of what a page sends of its own accord, such as a token, and of what is chosen on it."""
_NOT_TYPED_BEGIN: Final = ("seen:", "mark:")


def _typed(fields: Iterable[tuple[str, str]]) -> list[str]:
    """The texts, each once. Of a name that is none of a text it is one all the same where there is a blank in it."""
    texts = (
        text
        for name, text in fields
        if " " in text.strip()
        or (text.strip() and name not in _NOT_TYPED and not name.startswith(_NOT_TYPED_BEGIN))
    )
    return list(dict.fromkeys(texts))


STEP: Final = "<!-- each step -->"
_MAIN, _OVER = '<main id="main" tabindex="-1">', "</main>"


def _as_made(head: str, steps: Generator[str, None, str], foot: str) -> Iterator[str]:
    yield head
    whole = yield from steps
    in_list, _, rest = foot.partition(_OVER)
    yield in_list + whole.partition(_MAIN)[2].partition(_OVER)[0] + _OVER + rest


def to_keep(body: bytes | Iterable[str], name: str, media_type: str) -> Response:
    """A file that the browser keeps under that name; lines are sent as they are made."""
    names = {"content-disposition": f'attachment; filename="{name}"'}
    if isinstance(body, bytes):
        return Response(body, media_type=media_type, headers=names)
    return StreamingResponse(body, media_type=media_type, headers=names)


def csv_to_keep(lines: Iterable[str], name: str) -> Response:
    return to_keep(chain((BYTE_ORDER_MARK,), lines), name, "text/csv")


def shared(connection: HTTPConnection, *, sample: bool) -> Mapping[str, Any]:
    """What the header needs on every face that draws it: these pages and the log."""
    who = signed_in(connection)
    return {
        "product": PRODUCT,
        "sample": sample,
        "signed_in": who,
        "reads_log": who is not None and bool(who.councils_as(*LOG_READERS)),
        "reads_reports": who is not None and bool(who.councils_as(*REPORT_READERS)),
        "discloses": who is not None and bool(who.councils_as(*DISCLOSERS)),
    }


async def read_fields(
    request: Request, *, longest: int = 10_000, most: int = 500
) -> list[tuple[str, str]]:
    """The fields of a plain HTML form; boxes of one name may be ticked several times.

    `longest` in bytes: what is longer is refused before it is read whole. Raises HTTPException, for more than `most`
    fields too. In the place of a NUL stands what a browser shows for one: not every store takes it in a text.
    """
    text = (await read_body(request, longest=longest)).decode("utf-8", errors="replace")
    try:
        found = parse_qsl(text, keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
    fields = [(name, as_kept(told)) for name, told in found]
    request.scope.get(TYPED, []).extend(fields)
    return fields


async def read_body(request: Request, *, longest: int) -> bytes:
    """Raises HTTPException for what is longer, before it is read whole."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return body
