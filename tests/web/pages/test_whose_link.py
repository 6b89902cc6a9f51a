"""The page before the button says whom the link signs in, so that nobody works under a colleague's name."""

import html

import pytest

from practice_alerts.web.pages.sign_in import partly
from tests.helpers.product.sign_in_rows import Person
from tests.web.pages.test_sign_in import FORGED, Front, words


@pytest.fixture
def front() -> Front:
    made = Front()
    made.rows.people["p1"] = Person(
        "Sam <b>Tarn", frozenset({("lambeth", "iro")}), mail="sam.tarn@council.example"
    )
    made.rows.people["p2"] = Person("Kit Muster", frozenset({("lambeth", "iro")}))
    return made


def test_it_names_the_person_partly(front: Front) -> None:
    page = front.browser().get(f"/sign-in/{front.desk.issue_link('p1')}")
    assert "This link signs in S… <… , s…@council.example" in words(page).replace("<…,", "<… ,")
    for told in ("Sam", "Tarn", "sam.tarn"):
        assert told not in html.unescape(page.text)


def test_whoever_is_signed_in_as_another_is_told_so(front: Front) -> None:
    browser = front.browser()
    browser.post("/sign-in/use", {"token": front.desk.issue_link("p2")})
    page = words(browser.get(f"/sign-in/{front.desk.issue_link('p1')}"))
    assert "You are signed in as Kit Muster. Pressing the button signs you out there." in page
    assert "signed in as" not in words(browser.get(f"/sign-in/{front.desk.issue_link('p2')}"))


@pytest.mark.parametrize("kind", ["used", "forged", "left", "without a post"])
def test_a_link_that_is_worth_nothing_names_nobody(front: Front, kind: str) -> None:
    token = FORGED if kind == "forged" else front.desk.issue_link("p1")
    if kind == "used":
        front.desk.use(token)
    front.rows.people["p1"].left = kind == "left"
    if kind == "without a post":
        front.rows.people["p1"].posts = frozenset()
    page = front.browser().get(f"/sign-in/{token}")
    assert page.status_code in {400, 410}
    assert "council.example" not in page.text
    assert "S…" not in page.text
    browser = front.browser()
    browser.post("/sign-in/use", {"token": token})
    assert browser.get("/app/").status_code == 401


@pytest.mark.parametrize(
    ("name", "said"), [("Sam Tarn", "S… T…"), ("Ó Brien-Smith", "Ó… B…"), ("X", "X…"), ("", "")]
)
def test_a_name_is_told_by_its_first_letters(name: str, said: str) -> None:
    assert partly(name) == said
