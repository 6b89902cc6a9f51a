"""Signing in and out: plain pages, no password.

Opening a link changes nothing, because mail scanners open every link of a message before its reader does;
the button on the page uses it up.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.links_and_sessions import Entered, LinkState
from practice_alerts.casework.directory.signing_in.single_sign_on import SignOnWay
from practice_alerts.casework.sample.sign_in_as import SampleDoor
from practice_alerts.domain.directory.mail_address import is_address, tidied
from practice_alerts.domain.errors import StorageTrouble
from practice_alerts.web.shell.addresses import safe_next
from practice_alerts.web.shell.error_reports import report_trouble
from practice_alerts.web.shell.gate import Refusal, signed_in
from practice_alerts.web.shell.html_pages import NOT_FOUND, PlainPages, read_fields
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.ports import Desk, SendLink
from practice_alerts.web.shell.rate_limit import Limiter
from practice_alerts.web.shell.visitor import place_of_visitor

# A whole council may come from one address on the internet: what one of them does there stops nobody else.
# So what is no mail address is counted by the place alone; a request by its mailbox at that place; and the
# letters to one mailbox from everywhere, which keeps anybody from filling it. Every letter's link works
# longer than its letter counts, so whoever uses up a colleague's letters has sent them what they need.
_VISITORS: Final = partial(Limiter, 100, 600.0)
_MAILBOXES: Final = partial(Limiter, 3, 900.0, keys=50_000)
_LETTERS: Final = partial(Limiter, 6, 900.0, keys=50_000)

_WORTH: Final = {
    LinkState.USED: (
        HTTPStatus.GONE,
        "This link has been used",
        "Each link works once. If it was not you who used it, tell your administrator.",
    ),
    LinkState.EXPIRED: (
        HTTPStatus.GONE,
        "This link is too old",
        "A link works for a short time only.",
    ),
    LinkState.FORGED: (
        HTTPStatus.BAD_REQUEST,
        "This link is not complete",
        "A piece of it was lost on the way, or it is not ours. If it broke in the message, copy it whole.",
    ),
}


@dataclass(frozen=True, slots=True)
class SignInPages:
    pages: PlainPages
    desk: Desk
    home: Home
    send_link: SendLink
    ways: Sequence[SignOnWay] = ()
    door: SampleDoor | None = None
    visitors: Limiter = field(default_factory=_VISITORS)
    mailboxes: Limiter = field(default_factory=_MAILBOXES)
    letters: Limiter = field(default_factory=_LETTERS)

    def routes(self) -> list[BaseRoute]:
        own = None if self.door is None else partial(self.enter_as, self.door)
        return [
            *([] if own is None else [Route("/sign-in/as", own, methods=["POST"])]),
            Route("/sign-in", self.ask),
            Route("/sign-in", self.send, methods=["POST"]),
            Route("/sign-in/use", self.use, methods=["POST"]),
            Route("/sign-in/{token}", self.look),
            Route("/who", self.who),
            Route("/sign-out", self.out),
            Route("/sign-out", self.leave, methods=["POST"]),
        ]

    def ask(self, request: Request) -> Response:
        wanted = safe_next(request.query_params.get("next"))
        if signed_in(request) is not None:
            return self.pages.render("already.html", request, next=wanted)
        if "sent" in request.query_params:
            return self.pages.render("sent.html", request)
        return self._form(request, wanted)

    async def send(self, request: Request) -> Response:
        """Say the same to everyone, in the same time: the looking and sending come after the answer."""
        form = dict(await read_fields(request))
        mail, wanted = tidied(form.get("email", "")), safe_next(form.get("next"))
        place = place_of_visitor(request)
        if not is_address(mail):
            return self._mistyped(request, place, mail, wanted)
        page = RedirectResponse("/sign-in?sent=yes", HTTPStatus.SEE_OTHER)
        # The limiters keep digests: nobody's address stays in memory.
        mailbox = hashlib.sha256(mail.lower().encode()).hexdigest()
        if self.mailboxes.allows(f"{place} {mailbox}") and self.letters.allows(mailbox):
            try:
                await run_in_threadpool(self.desk.must_give_links)
            except StorageTrouble as trouble:
                return self._not_now(request, mail, wanted, trouble)
            page.background = BackgroundTask(self.send_link, mail, wanted)
        return page

    def look(self, request: Request) -> Response:
        token = request.path_params["token"]
        state = self.desk.peek(token)
        owner = self.desk.owner(token)
        if owner is None:
            return self._worthless(
                request, LinkState.EXPIRED if state is LinkState.USABLE else state
            )
        whose = f"{partly(owner.name)}, {_partly_mail(owner.mail)}"
        here = signed_in(request)
        another = here.name if here is not None and here.person_id != owner.person_id else ""
        return self.pages.render("link.html", request, token=token, whose=whose, another=another)

    async def use(self, request: Request) -> Response:
        # No limit here: a made-up token is thrown out by its signature, before the store is asked.
        token = dict(await read_fields(request)).get("token", "")
        entered = await run_in_threadpool(self.desk.use, token)
        if not isinstance(entered, Entered):
            return self._worthless(request, entered)
        return await self._let_in(request, entered)

    async def enter_as(self, door: SampleDoor, request: Request) -> Response:
        """Of the sample office alone."""
        form = dict(await read_fields(request))
        person, wanted = form.get("person", ""), safe_next(form.get("next"))
        entered = await run_in_threadpool(door.enter, person, wanted)
        if entered is None:
            return self.pages.refusal(request, NOT_FOUND)
        return await self._let_in(request, entered)

    async def _let_in(self, request: Request, entered: Entered) -> Response:
        await run_in_threadpool(self._close_old_session, request)
        answer = RedirectResponse(safe_next(entered.next_path), HTTPStatus.SEE_OTHER)
        self.home.open_session(answer, entered.session_token)
        return answer

    async def who(self, request: Request) -> Response:
        return self.pages.render("_header.html", request, here="guide")

    async def out(self, request: Request) -> Response:
        if signed_in(request) is not None:
            return self.pages.render("already.html", request, next=safe_next(None))
        at = request.query_params.get("at")
        way = next((one for one in self.ways if one.council == at), None)
        return self.pages.render("out.html", request, way=way)

    def leave(self, request: Request) -> Response:
        here = signed_in(request)
        at = [one.council for one in self.ways if here is not None and one.issuer == here.issuer]
        self._close_old_session(request)
        answer = RedirectResponse(
            f"/sign-out?at={at[0]}" if at else "/sign-out", HTTPStatus.SEE_OTHER
        )
        self.home.close_session(answer)
        return answer

    def _close_old_session(self, request: Request) -> None:
        old = self.home.session_token(request.cookies)
        if old is not None:
            self.desk.revoke(old)

    def _mistyped(self, request: Request, place: str, mail: str, wanted: str) -> Response:
        if self.visitors.allows(place):
            return self._form(request, wanted, typed=mail[:250], wrong=True)
        sentence = (
            "Go back and write your e-mail address in full: one that is complete is taken at once."
        )
        return self.pages.refusal(request, Refusal(HTTPStatus.TOO_MANY_REQUESTS, sentence))

    def _not_now(
        self, request: Request, mail: str, wanted: str, trouble: StorageTrouble
    ) -> Response:
        """To everybody alike, before anybody is looked up."""
        report_trouble(trouble)
        page = self._form(request, wanted, typed=mail, trouble=str(trouble))
        page.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        page.headers["retry-after"] = str(trouble.again_after)
        return page

    def _form(
        self,
        request: Request,
        wanted: str,
        *,
        typed: str = "",
        wrong: bool = False,
        trouble: str = "",
    ) -> Response:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        people = self.door.people() if self.door else {}
        shown = {"next": wanted, "typed": typed, "wrong": wrong, "ways": self.ways}
        shown["trouble"] = trouble
        return self.pages.render("sign_in.html", request, status, people=people, **shown)

    def _worthless(self, request: Request, state: LinkState) -> Response:
        status, heading, sentence = _WORTH[state]
        return self.pages.render(
            "worthless.html",
            request,
            status,
            heading=heading,
            sentence=sentence,
            next=safe_next(None),
        )


def partly(name: str) -> str:
    """S… T… for Sam Tarn: enough for its owner to know it, and to see that it is somebody else's."""
    return " ".join(f"{word[0]}…" for word in name.split())


def _partly_mail(mail: str) -> str:
    box, _, host = mail.rpartition("@")
    return f"{box[:1]}…@{host}"
