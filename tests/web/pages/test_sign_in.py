"""Signing in through the pages, as a person, a mail scanner and a stranger would try it."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from practice_alerts.adapters.links_and_sessions import SignIn
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.days import moment
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.sign_in_rows import Person, SignInRows

FORGED = "Im1hZGUgdXAi.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: moment("Mon 2026-06-01 09:00"))
    ticks: float = 0.0

    def __call__(self) -> datetime:
        return self.at


async def tray(_: Request) -> Response:
    return PlainTextResponse("the work tray")


@dataclass
class Front:
    """The pages behind the gate, with everything of theirs real but the store and the post."""

    base_url: str = "http://testserver"
    clock: Clock = field(default_factory=Clock)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        iro = frozenset({("lambeth", "iro")})
        self.rows = SignInRows({"p1": Person("Ros <b>Iro</b>", iro)})
        self.desk = SignIn(self.rows, "a key for tests, long enough to pass", self.clock)
        self.home = Home(self.base_url)
        pages = PlainPages(sample=False)
        sign_in = SignInPages(
            pages,
            self.desk,
            self.home,
            lambda mail, path: self.sent.append((mail, path)),
            visitors=Limiter(20, 600.0, lambda: self.clock.ticks),
            mailboxes=Limiter(3, 900.0, lambda: self.clock.ticks),
            letters=Limiter(6, 900.0, lambda: self.clock.ticks),
        )
        self.app = Starlette(
            routes=[*sign_in.routes(), Route("/app/", tray)],
            middleware=[Middleware(AccessGate, self.home, self.desk, pages.refusal)],
        )

    def browser(self) -> Asking:
        return Asking(self.app, self.base_url)

    def signed_in(self) -> Asking:
        browser = self.browser()
        browser.post("/sign-in/use", {"token": self.desk.issue_link("p1")})
        return browser


@pytest.fixture
def front() -> Front:
    return Front()


def words(answer: httpx.Response) -> str:
    main = answer.text.partition("<main")[2].partition(">")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_opening_a_link_shows_one_button_and_uses_nothing_up(front: Front) -> None:
    token = front.desk.issue_link("p1")
    for _ in range(3):
        answer = front.browser().get(f"/sign-in/{token}")
        assert answer.status_code == 200
        assert answer.text.count("<button") == 1
        assert "set-cookie" not in answer.headers
    assert front.browser().request("HEAD", f"/sign-in/{token}").status_code == 200
    assert front.browser().post("/sign-in/use", {"token": token}).status_code == 303


def test_pressing_the_button_signs_in_and_leads_where_the_link_meant(front: Front) -> None:
    browser = front.browser()
    token = front.desk.issue_link("p1", "/app/?alert=LAM-2026-0042")
    answer = browser.post("/sign-in/use", {"token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/?alert=LAM-2026-0042")
    assert browser.get("/app/").text == "the work tray"


def test_the_cookie_is_kept_from_scripts_and_other_sites(front: Front) -> None:
    answer = front.browser().post("/sign-in/use", {"token": front.desk.issue_link("p1")})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("practice_alerts=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_secure_and_bound_to_this_host() -> None:
    front = Front("https://alerts.example")
    answer = front.browser().post("/sign-in/use", {"token": front.desk.issue_link("p1")})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-practice_alerts=")
    assert "Secure" in cookie.split("; ")


@pytest.mark.parametrize("way", ["look", "press"])
def test_a_link_that_is_worth_nothing_says_why_and_offers_a_fresh_one(
    front: Front, way: str
) -> None:
    used, old = front.desk.issue_link("p1"), front.desk.issue_link("p1")
    front.desk.use(used)
    front.clock.at += timedelta(minutes=10)
    expected = {used: (410, "has been used"), FORGED: (400, "is not complete")}
    for token, (status, sentence) in expected.items():
        answer = open_link(front, token, way)
        assert answer.status_code == status
        assert sentence in words(answer)
        assert 'name="email"' in answer.text
        assert "set-cookie" not in answer.headers
    front.clock.at += timedelta(minutes=30)
    assert "too old" in words(open_link(front, old, way))


def open_link(front: Front, token: str, way: str) -> httpx.Response:
    if way == "look":
        return front.browser().get(f"/sign-in/{token}")
    return front.browser().post("/sign-in/use", {"token": token})


def test_the_answer_to_asking_for_a_link_tells_nobody_who_is_known(front: Front) -> None:
    answers = [
        front.browser().post("/sign-in", {"email": mail, "next": "/app/"})
        for mail in ("known@council.example", "stranger@elsewhere.example")
    ]
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers
    assert [mail for mail, _ in front.sent] == [
        "known@council.example",
        "stranger@elsewhere.example",
    ]


def test_nobody_can_fill_a_colleagues_mailbox_and_the_answer_does_not_say_so(front: Front) -> None:
    answers = [
        front.browser().post("/sign-in", {"email": mail, "next": ""})
        for mail in ["a@council.example"] * 3 + ["A@Council.example"] * 2
    ]
    assert len({answer.content for answer in answers}) == 1
    assert len(front.sent) == 3
    front.clock.ticks += 901
    front.browser().post("/sign-in", {"email": "a@council.example"})
    assert len(front.sent) == 4


@pytest.mark.parametrize(
    "typed",
    [
        *("known@council.example,", "mailto:known@council.example", " known@council.example; "),
        *("Kim Known <known@council.example>", "MAILTO:known@council.example?subject=x"),
    ],
)
def test_an_address_pasted_with_what_stood_around_it_gets_its_link(
    front: Front, typed: str
) -> None:
    front.browser().post("/sign-in", {"email": typed, "next": ""})
    assert [mail for mail, _ in front.sent] == ["known@council.example"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nobody",
        "a@",
        "@b",
        "a b@c",
        "orla.o’brien@council.example",
        "a@b\r\nbcc: c@d",
        "a@b@c",
        "x" * 300 + "@b",
        "é\x00@b",
    ],
)
def test_what_is_no_address_is_asked_for_again_with_what_was_typed(
    front: Front, typed: str
) -> None:
    answer = front.browser().post("/sign-in", {"email": typed, "next": "/app/"})
    assert answer.status_code == 422
    assert "Write your e-mail address in full" in words(answer)
    assert 'aria-invalid="true"' in answer.text
    assert front.sent == []


def test_what_was_typed_comes_back_as_text(front: Front) -> None:
    answer = front.browser().post("/sign-in", {"email": '"><script>alert(1)</script>'})
    assert "<script>" not in answer.text


def test_a_name_is_shown_as_text(front: Front) -> None:
    answer = front.signed_in().get("/sign-in")
    assert "Ros &lt;b&gt;Iro&lt;/b&gt;" in answer.text


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\x"])
def test_no_way_of_signing_in_leads_elsewhere(front: Front, wanted: str) -> None:
    page = front.browser().get(f"/sign-in?next={wanted}")
    assert 'name="next" value="/app/"' in page.text
    front.browser().post("/sign-in", {"email": "a@council.example", "next": wanted})
    assert front.sent == [("a@council.example", "/app/")]
    token = front.desk.issue_link("p1", wanted)
    answer = front.browser().post("/sign-in/use", {"token": token})
    assert answer.headers["location"] == "/app/"


def test_signing_out_closes_the_session_and_not_only_the_cookie(front: Front) -> None:
    browser = front.signed_in()
    kept = front.home.session_token(dict(browser.cookies.items()))
    assert kept is not None
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-out")
    assert 'practice_alerts=""' in answer.headers["set-cookie"]
    assert "You are signed out" in words(browser.get("/sign-out"))
    thief = Asking(front.app, front.base_url, {front.home.cookie: kept})
    assert thief.get("/app/").status_code == 401


def test_opening_the_signing_out_page_signs_nobody_out(front: Front) -> None:
    browser = front.signed_in()
    browser.get("/sign-out")
    assert browser.get("/app/").status_code == 200


def test_another_site_can_neither_sign_in_nor_out(front: Front) -> None:
    browser = front.signed_in()
    elsewhere = {"origin": "https://elsewhere.example"}
    token = front.desk.issue_link("p1")
    assert browser.post("/sign-out", headers=elsewhere).status_code == 403
    assert browser.post("/sign-in/use", {"token": token}, elsewhere).status_code == 403
    assert browser.get("/app/").status_code == 200
    assert browser.post("/sign-in/use", {"token": token}).status_code == 303


def test_signing_in_as_somebody_else_closes_the_first_session(front: Front) -> None:
    browser = front.signed_in()
    first = front.home.session_token(dict(browser.cookies.items()))
    browser.post("/sign-in/use", {"token": front.desk.issue_link("p1")})
    assert first is not None
    assert front.desk.look_up(first) is None


def test_a_flood_of_text_is_refused_before_it_is_read(front: Front) -> None:
    answer = front.browser().post("/sign-in", {"email": "x" * 1_000_000})
    assert answer.status_code == 413
    assert front.sent == []


def test_the_limiter_forgets_the_key_unused_longest() -> None:
    limiter = Limiter(1, 60.0, lambda: 0.0, keys=2)
    assert [limiter.allows(key) for key in "aab"] == [True, False, True]
    assert limiter.allows("c")  # a is forgotten to make room
    assert limiter.allows("a")
    assert not limiter.allows("c")
