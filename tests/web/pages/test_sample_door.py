"""Signing in as somebody of the sample office from the sign-in page, and that nobody else's office has it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.sample.sign_in_as import sample_door
from practice_alerts.office import Office
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell.gate import AccessGate, signed_in
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import open_desk

MADE_UP = {
    "s-ada": ("Ada <b>Sample</b>", [("lambeth", "iro", "")]),
    "s-ben": ("Ben Sample", [("lambeth", "iro", ""), ("lambeth", "qa_lead", "")]),
    "s-cleo": ("Cleo Muster", [("merton", "social_worker", "Team Two")]),
    "s-dov": ("Dov Muster", [("merton", "social_worker", "Team Three"), ("lambeth", "iro", "")]),
    "s-eve": ("Eve Sample", []),
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """With people made up, and beside them those of the desk, who are not marked so."""
    office = open_desk(tmp_path).office
    with office.database.writing() as tx:
        for who, (name, posts) in MADE_UP.items():
            somebody = DirectoryPerson(who, name, f"{who}@practice.invalid", sample=True)
            directory.add_person(tx, somebody, posts, date(2020, 1, 1))
    yield replace(office, settings=replace(office.settings, sample=True))
    office.database.close()


def browser(office: Office) -> Asking:
    home, pages = Home("http://localhost:8000"), PlainPages(sample=office.settings.sample)

    async def who(request: Request) -> Response:
        here = signed_in(request)
        return PlainTextResponse("nobody" if here is None else here.person_id)

    sign_in = SignInPages(
        pages, office.sign_in, home, lambda _mail, _path: None, door=sample_door(office)
    )
    app = Starlette(
        routes=[*sign_in.routes(), Route("/app/", who), Route("/sessions", who)],
        middleware=[Middleware(AccessGate, home, office.sign_in, pages.refusal)],
    )
    return Asking(app, home.base_url)


def test_the_page_lists_who_is_made_up_by_council_with_their_posts(office: Office) -> None:
    page = browser(office).get("/sign-in?next=/sessions").text
    lambeth, merton = page.partition("<summary>Merton")[::2]
    assert "<summary>Lambeth: 3 people</summary>" in lambeth
    assert merton.startswith(": 2 people</summary>")
    assert lambeth.count('name="person"') == 3
    assert "Ada &lt;b&gt;Sample&lt;/b&gt;</button> Independent Reviewing Officer" in lambeth
    assert "Sign in as Dov Muster" in lambeth
    assert "Sign in as Cleo Muster" in merton
    assert "Eve Sample" not in page  # holds no post, so could not come in
    assert "Iro Sample" not in page  # is not marked as made up
    assert page.count('name="next" value="/sessions"') == 3


def test_pressing_signs_in_as_them_and_ends_who_was_there(office: Office) -> None:
    visitor = browser(office)
    first = visitor.post("/sign-in/as", {"person": "s-ada", "next": "/sessions"})
    assert (first.status_code, first.headers["location"]) == (303, "/sessions")
    assert visitor.get("/sessions").text == "s-ada"
    before = dict(visitor.cookies)
    assert visitor.post("/sign-in/as", {"person": "s-cleo"}).headers["location"] == "/app/"
    assert visitor.get("/app/").text == "s-cleo"
    ended = browser(office)
    ended.cookies.update(before)
    assert ended.get("/app/").status_code == 401


@pytest.mark.parametrize("person", ["", "iro", "s-eve", "s-nobody", "s-ada@practice.invalid"])
def test_nobody_else_is_let_in(office: Office, person: str) -> None:
    visitor = browser(office)
    answer = visitor.post("/sign-in/as", {"person": person})
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert visitor.get("/app/").status_code == 401


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example"])
def test_another_site_signs_nobody_in(office: Office, origin: str) -> None:
    answer = browser(office).post("/sign-in/as", {"person": "s-ada"}, {"origin": origin})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_next_page_is_one_of_ours(office: Office) -> None:
    answer = browser(office).post("/sign-in/as", {"person": "s-ada", "next": "//elsewhere.example"})
    assert answer.headers["location"] == "/app/"


def test_an_office_that_is_no_sample_has_neither_the_route_nor_a_word_of_it(office: Office) -> None:
    real = replace(office, settings=replace(office.settings, sample=False))
    assert sample_door(real) is None
    visitor = browser(real)
    page = visitor.get("/sign-in").text
    for word in ("made up", "/sign-in/as", "Ada", "details", "Sample"):
        assert word not in page
    assert visitor.post("/sign-in/as", {"person": "s-ada"}).status_code == 405
    assert visitor.get("/sign-in/as").status_code == 400  # as any word that is no link
    assert visitor.get("/app/").status_code == 401
