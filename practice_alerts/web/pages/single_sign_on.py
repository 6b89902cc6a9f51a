"""A council's single sign-on: the way to its issuer and back, signing out there, and being told that it ended.

The way there is a link and no form: a policy that lets forms lead elsewhere would let every form do so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused
from practice_alerts.domain.errors import NotFound, TooMuchAtOnce
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office
from practice_alerts.web.shell.addresses import safe_next
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import AtOnce, Limiter
from practice_alerts.web.shell.visitor import place_of_visitor

_LOG = logging.getLogger("practice_alerts.sign_on")

_LINKS: Final = partial(Limiter, 6, 900.0)
_OF_ONE_PLACE: Final = 2  # half of the turns that an issuer has
_WAIT_THERE: Final = 60  # a whole council may be behind one address
_LONGEST_TOKEN: Final = 20_000
_OURS: Final = frozenset({SignOnFault.DOWN, SignOnFault.BUSY})


@dataclass(frozen=True, slots=True)
class SignOnPages:
    """`mail_link` sends a fresh one-time link to somebody, by id, with a path to go to."""

    office: Office
    pages: PlainPages
    mail_link: Callable[[str, str], object]
    links: Limiter = field(default_factory=_LINKS)
    turns: AtOnce = field(default_factory=partial(AtOnce, _OF_ONE_PLACE, _WAIT_THERE))

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/sign-in/with/{council}", self.begin, methods=["GET"]),
            Route("/sign-in/back/{council}", self.finish, methods=["GET"]),
            Route("/sign-out/at/{council}", self.out, methods=["GET"]),
            Route("/ended-elsewhere/{council}", self.ended, methods=["POST"]),
            Route("/sessions/again", self.again),
            Route("/sessions/again", self.send, methods=["POST"]),
        ]

    @property
    def _home(self) -> Home:
        return Home(self.office.settings.base_url)

    def begin(self, request: Request) -> Response:
        council, asked = request.path_params["council"], request.query_params
        again = asked.get("again") == "yes" and signed_in(request) is not None
        try:
            where, note = single_sign_on.begin(
                self.office, council, safe_next(asked.get("next")), again=again
            )
        except (SignOnRefused, NotFound) as refused:
            return self._refused(request, council, refused)
        answer = RedirectResponse(where, HTTPStatus.SEE_OTHER)
        self._home.keep_note(answer, note)
        return answer

    async def finish(self, request: Request) -> Response:
        """Of one place a few at a time are asked about, so that nobody keeps the other places out."""
        try:
            async with self.turns.turn(place_of_visitor(request)):
                return await run_in_threadpool(self._finish, request)
        except TooMuchAtOnce:
            busy = SignOnRefused(SignOnFault.BUSY)
            return self._refused(request, request.path_params["council"], busy)

    def _finish(self, request: Request) -> Response:
        council, here = request.path_params["council"], signed_in(request)
        note = self._home.note(request.cookies) or ""
        try:
            entered = single_sign_on.finish(
                self.office, council, note, _once(request), here.person_id if here else ""
            )
        except (SignOnRefused, NotFound) as refused:
            is_used = isinstance(refused, SignOnRefused) and refused.fault is SignOnFault.USED
            if here and is_used:  # pressed twice, or the way back: they are in, and go on
                wanted = single_sign_on.next_path(self.office, council, note)
                return RedirectResponse(safe_next(wanted), HTTPStatus.SEE_OTHER)
            return self._refused(request, council, refused)
        if (old := self._home.session_token(request.cookies)) is not None:
            self.office.sign_in.revoke(old)
        answer = RedirectResponse(safe_next(entered.next_path), HTTPStatus.SEE_OTHER)
        self._home.open_session(answer, entered.session_token)
        self._home.drop_note(answer)
        return answer

    def out(self, request: Request) -> Response:
        council = request.path_params["council"]
        try:
            where = single_sign_on.sign_out_address(self.office, council)
        except (SignOnRefused, NotFound) as refused:
            return self._refused(request, council, refused)
        return RedirectResponse(where or "/sign-out", HTTPStatus.SEE_OTHER)

    async def ended(self, request: Request) -> Response:
        """OpenID Connect Back-Channel Logout 2.5 to 2.8."""
        council = request.path_params["council"]
        fields = dict(await read_fields(request, longest=_LONGEST_TOKEN))
        token = fields.get("logout_token", "")
        try:
            await run_in_threadpool(single_sign_on.end, self.office, council, token)
        except (SignOnRefused, NotFound) as refused:
            self._put_down(council, refused)
            said = {"error": "invalid_request", "error_description": str(refused)}
            return JSONResponse(said, HTTPStatus.BAD_REQUEST)
        return Response(status_code=HTTPStatus.OK)

    def again(self, request: Request) -> Response:
        """Prove once more who one is, before an act that asks for it."""
        if (who := signed_in(request)) is None:
            return self._nobody(request)
        if "sent" in request.query_params:
            return self.pages.render("sent.html", request)
        wanted = safe_next(request.query_params.get("next"))
        ways = single_sign_on.ways_of(self.office, who.person_id)
        return self.pages.render("again.html", request, next=wanted, ways=ways)

    async def send(self, request: Request) -> Response:
        if (who := signed_in(request)) is None:
            return self._nobody(request)
        wanted = safe_next(dict(await read_fields(request)).get("next"))
        page = RedirectResponse("/sessions/again?sent=yes", HTTPStatus.SEE_OTHER)
        if self.links.allows(who.person_id):
            await run_in_threadpool(self.office.sign_in.must_give_links)
            page.background = BackgroundTask(self.mail_link, who.person_id, wanted)
        return page

    def _refused(
        self, request: Request, council: str, refused: SignOnRefused | NotFound
    ) -> Response:
        status = HTTPStatus.NOT_FOUND
        if isinstance(refused, SignOnRefused):
            self._put_down(council, refused)
            is_ours = refused.fault in _OURS
            status = HTTPStatus.SERVICE_UNAVAILABLE if is_ours else HTTPStatus.FORBIDDEN
        page = self.pages.render(
            "not_signed_on.html",
            request,
            status,
            heading="You are not signed in"
            if signed_in(request) is None
            else "Nothing has changed",
            sentence=str(refused),
        )
        if self._home.note(request.cookies) is not None:
            self._home.drop_note(page)
        return page

    def _put_down(self, council: str, refused: SignOnRefused | NotFound) -> None:
        _note(council, refused)
        if isinstance(refused, SignOnRefused):
            why = f"single sign-on: {refused.fault.value}"
            entry = SecurityEntry(SecurityKind.NOT_LET_IN, council=council, what=why)
            self.office.security_log.note(entry, once_in=timedelta(minutes=1))

    def _nobody(self, request: Request) -> Response:
        """The gate has seen to it; this is for whoever moves the route."""
        return self.pages.refusal(request, Refusal(HTTPStatus.UNAUTHORIZED, "Sign in to see this."))


def _once(request: Request) -> dict[str, str]:
    """What came back; of what came twice, nothing."""
    found = request.query_params.multi_items()
    names = [name for name, _ in found]
    return {name: value for name, value in found if names.count(name) == 1}


def _note(council: str, refused: SignOnRefused | NotFound) -> None:
    """Neither codes nor tokens nor people: which council, and what was wrong."""
    if isinstance(refused, SignOnRefused):
        cause = f" ({type(refused.__cause__).__name__})" if refused.__cause__ else ""
        _LOG.warning("Single sign-on of %s: %s%s", council, refused.fault.value, cause)
