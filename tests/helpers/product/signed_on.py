"""A desk with single sign-on at two councils, its doors, and browsers that go to an issuer and come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.single_sign_on.council_sign_on import CouncilSignOn
from practice_alerts.adapters.single_sign_on.issuers_host import IssuersHost
from practice_alerts.adapters.single_sign_on.provider import Provider
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.directory.signing_in import links_by_mail, single_sign_on
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.pages.sessions import SessionPages
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.pages.single_sign_on import SignOnPages
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.gate import AccessGate, signed_in
from practice_alerts.web.shell.headers import Headers, policies
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.issuer import CLIENT, SECRET, Issuer, path_of, served
from tests.helpers.product.office import LONG_AGO, Desk, open_desk

DOMAIN = "practice.invalid"


@dataclass
class SignedOn:
    """`issuer` is Lambeth's, `there` Merton's. `sent` holds every letter with a link."""

    desk: Desk
    issuer: Issuer
    there: Issuer
    sent: list[Email] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app = self._app()

    def send(self, email: Email) -> None:
        self.sent.append(email)

    def browser(self) -> Asking:
        return Asking(self.app, self.desk.office.settings.base_url)

    def be(self, who: str, *, verified: bool = True, issuer: Issuer | None = None) -> None:
        """Whose account is signed in at the issuer, with which address."""
        user = {"sub": f"account-of-{who}", "email": f"{who}@{DOMAIN}", "email_verified": verified}
        (issuer or self.issuer).user = user

    def way_back(
        self, browser: Asking, council: str = "lambeth", wanted: str = "/app/", more: str = ""
    ) -> str:
        """Go to the issuer; the address with which it sends this browser back."""
        there = browser.get(f"/sign-in/with/{council}?next={wanted}{more}")
        assert there.status_code == 303, there.text
        where = there.headers["location"]
        answer = httpx.get(where, trust_env=False)
        assert answer.status_code == 303, answer.text
        back = answer.headers["location"]
        assert back.startswith(self.desk.office.settings.base_url)
        return path_of(back)

    def signs_in(self, browser: Asking, **how: str) -> httpx.Response:
        return browser.get(self.way_back(browser, **how))

    def ends(self, token: str, council: str = "lambeth") -> httpx.Response:
        """As the issuer's machine tells it, which is no browser."""
        data = {"logout_token": token}
        return self.browser().post(f"/ended-elsewhere/{council}", data, {"origin": ""})

    def who(self, browser: Asking) -> str:
        """By id; empty where nobody is signed in."""
        answer = browser.get("/app/who")
        return answer.text if answer.status_code == 200 else ""

    def with_hurry(self) -> None:
        """Wait for an issuer a moment only."""
        for one in self.desk.office.sign_ons.values():
            one._host = IssuersHost(one.sign_on.issuer, patience=0.3, whole=0.6)

    def _app(self) -> Starlette:
        office, pages = self.desk.office, PlainPages(sample=True)
        home = Home(office.settings.base_url)

        def link(person: str, wanted: str) -> None:
            links_by_mail.mail_link_to_person(office, self, person, wanted)

        def send(mail: str, wanted: str) -> None:
            links_by_mail.mail_link(office, self, mail, wanted)

        def who(request: Request) -> Response:
            found = signed_in(request)
            return PlainTextResponse(found.person_id if found else "")

        return Starlette(
            routes=[
                *SignInPages(
                    pages, office.sign_in, home, send, single_sign_on.ways(office)
                ).routes(),
                *SessionPages(pages, office.sign_in, home).routes(),
                *SignOnPages(office, pages, link).routes(),
                *AnswerPages(office, pages, lambda _: None).routes(),
                Route("/app/who", who),
            ],
            middleware=[
                Middleware(Headers, home, policies("", "")),
                Middleware(Bugs, pages.bug),
                Middleware(AccessGate, home, office.sign_in, pages.refusal),
            ],
        )


@contextmanager
def signed_on(data: Path) -> Iterator[SignedOn]:
    desk = open_desk(data)
    with desk.office.database.writing() as tx:
        for who in ("iro", "other-iro"):
            person = DirectoryPerson(f"merton-{who}", f"{who} Merton", f"merton-{who}@{DOMAIN}")
            directory.add_person(tx, person, [("merton", "iro", "")], LONG_AGO)
        guest = DirectoryPerson("guest", "Gwen Guest", "gwen@school.example")
        directory.add_person(tx, guest, [("lambeth", "virtual_head", "")], LONG_AGO)
    with ExitStack() as stack:
        now: Callable[[], object] = desk.office.now
        here, there = (stack.enter_context(served(Issuer(now))) for _ in range(2))  # type: ignore[arg-type]
        ons = (sign_on("lambeth", here), sign_on("merton", there))
        settings = replace(desk.office.settings, sign_ons=ons)
        office = replace(desk.office, settings=settings)
        for council, one in (("lambeth", here), ("merton", there)):
            one.returns.append(f"{settings.base_url}/sign-in/back/{council}")
        yield SignedOn(replace(desk, office=office), here, there)
        office.database.close()


def sign_on(council: str, issuer: Issuer) -> CouncilSignOn:
    return CouncilSignOn(council, issuer.url, CLIENT, SECRET, (DOMAIN,))


def provider(desk: Desk, council: str = "lambeth") -> Provider:
    return desk.office.sign_ons[council]


def host_of(address: str) -> str:
    return urlsplit(address).netloc
