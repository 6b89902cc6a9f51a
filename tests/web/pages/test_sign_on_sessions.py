"""Sessions opened with an account of the council: their ends, proving again, and who still comes by a link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from practice_alerts.casework.core.actors import may_come_by_link
from practice_alerts.casework.directory import staff
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.domain.directory.sign_on_faults import SignOnFault
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.issuer import LOGOUT
from tests.helpers.product.signed_on import DOMAIN, SignedOn, signed_on

F = SignOnFault


@pytest.fixture
def front(tmp_path: Path) -> Iterator[SignedOn]:
    with signed_on(tmp_path / "data") as front:
        front.be("iro")
        yield front


@pytest.fixture
def iro(front: SignedOn) -> Asking:
    browser = front.browser()
    front.signs_in(browser)
    assert front.who(browser) == "iro"
    return browser


# ------------------------------------------------------------------------------------ their ends


def test_they_end_unused_and_in_any_case_and_everywhere(front: SignedOn, iro: Asking) -> None:
    front.desk.at("Mon 2025-06-02 10:01")
    assert front.who(iro) == ""
    first, second = front.browser(), front.browser()
    for one in (first, second):
        front.signs_in(one)
        assert front.who(one) == "iro"
    assert "Sign out everywhere" in first.get("/sessions").text
    first.post("/sessions", {"everywhere": "yes"})
    assert (front.who(first), front.who(second)) == ("", "")
    busy = front.browser()
    front.signs_in(busy)
    for hours in range(12):
        assert front.who(busy) == "iro", hours
        front.desk.clock[0] += timedelta(minutes=59)
    front.desk.clock[0] += timedelta(minutes=13)
    assert front.who(busy) == ""


def test_signing_out_here_offers_to_sign_out_there(front: SignedOn, iro: Asking) -> None:
    left = iro.post("/sign-out")
    assert left.headers["location"] == "/sign-out?at=lambeth"
    assert front.who(iro) == ""
    page = iro.get("/sign-out?at=lambeth").text
    assert 'href="/sign-out/at/lambeth"' in page
    there = iro.get("/sign-out/at/lambeth").headers["location"]
    asked = parse_qs(urlsplit(there).query)
    assert there.startswith(f"{front.issuer.url}/end?")
    assert asked["post_logout_redirect_uri"] == ["http://localhost:8000/sign-out"]
    assert "id_token_hint" not in asked


def test_an_issuer_without_a_place_to_sign_out_leads_back(front: SignedOn, iro: Asking) -> None:
    front.desk.clock[0] += timedelta(minutes=16)
    front.issuer.more = {"end_session_endpoint": None}
    assert iro.get("/sign-out/at/lambeth").headers["location"] == "/sign-out"
    front.desk.clock[0] += timedelta(minutes=16)
    front.issuer.more = {"end_session_endpoint": "https://elsewhere.example/end"}
    assert F.ELSEWHERE.words in iro.get("/sign-out/at/lambeth").text.replace("&#39;", "'")


def test_whoever_came_by_a_link_is_sent_nowhere_when_signing_out(front: SignedOn) -> None:
    token = front.desk.office.sign_in.issue_link("guest")
    browser = front.browser()
    browser.post("/sign-in/use", {"token": token})
    assert browser.post("/sign-out").headers["location"] == "/sign-out"


# ---------------------------------------------------------------- told by the issuer that it ended


@pytest.mark.parametrize("claims", [{}, {"sid": "there-1"}, {"sid": "there-1", "sub": None}])
def test_what_has_ended_there_ends_here(front: SignedOn, claims: dict[str, Any]) -> None:
    front.issuer.user["sid"] = "there-1"
    ended, other = front.browser(), front.browser()
    front.signs_in(ended)
    front.be("other_iro")
    front.issuer.user["sid"] = "there-2"
    front.signs_in(other)
    front.be("iro")
    answer = front.ends(front.issuer.logout_token(**claims))
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["cache-control"] == "no-store"
    assert (front.who(ended), front.who(other)) == ("", "other_iro")


def test_one_session_that_has_ended_there_leaves_another_of_the_same_person(
    front: SignedOn,
) -> None:
    browsers = {name: front.browser() for name in ("desk", "phone", "unnamed")}
    for name, browser in browsers.items():
        front.be("iro")
        front.issuer.user |= {} if name == "unnamed" else {"sid": name}
        front.signs_in(browser)
    front.ends(front.issuer.logout_token(sid="phone"))
    assert {name: front.who(one) for name, one in browsers.items()} == {
        "desk": "iro",
        "phone": "",
        "unnamed": "",  # it may have been this one
    }


LIES: dict[str, tuple[dict[str, Any], SignOnFault]] = {
    "issuer": ({"iss": "https://elsewhere.example"}, F.OTHER_ISSUER),
    "audience": ({"aud": "another-service"}, F.AUDIENCE),
    "no time": ({"iat": None}, F.NO_TIMES),
    "no end": ({"exp": None}, F.NO_TIMES),
    "expired": ({"exp": 1}, F.EXPIRED),
    "old, and good for long": ({"iat": 1_000_000_000}, F.EXPIRED),
    "of tomorrow": ({"iat": 4_000_000_000, "exp": 4_000_000_100}, F.FUTURE),
    "no number": ({"jti": None}, F.NOT_LOGOUT),
    "a nonce": ({"nonce": "x"}, F.NOT_LOGOUT),
    "no event": ({"events": None}, F.NOT_LOGOUT),
    "another event": ({"events": {"urn:x": {}}}, F.NOT_LOGOUT),
    "an event in words": ({"events": {LOGOUT: "yes"}}, F.NOT_LOGOUT),
    "events in a list": ({"events": [LOGOUT]}, F.NOT_LOGOUT),
    "nobody": ({"sub": None}, F.SUBJECT),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_ends_nothing(front: SignedOn, iro: Asking, lie: str) -> None:
    claims, fault = LIES[lie]
    answer = front.ends(front.issuer.logout_token(**claims))
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request", "error_description": fault.words}
    assert front.who(iro) == "iro"


def test_what_ends_a_session_is_told_once_and_by_its_own_issuer(
    front: SignedOn, iro: Asking
) -> None:
    front.there.user = dict(front.issuer.user)
    assert front.ends(front.there.logout_token()).status_code == 400
    assert front.ends(front.there.logout_token(), "merton").status_code == 200
    assert front.ends(front.issuer.signed(dict(front.issuer.user))).status_code == 400
    assert front.ends("").status_code == 400
    assert front.ends("x" * 30_000).status_code == 413
    assert front.ends(front.issuer.logout_token(), "knowsley").status_code == 400
    assert front.who(iro) == "iro"
    token = front.issuer.logout_token()
    assert front.ends(token).status_code == 200
    assert front.who(iro) == ""
    front.signs_in(iro)
    again = front.ends(token)
    assert again.json()["error_description"] == F.REPLAYED.words
    assert front.who(iro) == "iro"


def test_nothing_is_read_where_an_end_is_told(front: SignedOn) -> None:
    assert front.browser().get("/ended-elsewhere/lambeth").status_code == 405


# ----------------------------------------------------------------------------------- proving again


def _recent(front: SignedOn, browser: Asking) -> bool:
    office = front.desk.office
    who = office.sign_in.look_up(str(browser.cookies["practice_alerts"]))
    assert who is not None
    return office.sign_in.has_proved_lately(who)


def test_an_account_that_was_signed_in_long_ago_has_proved_nothing_lately(front: SignedOn) -> None:
    browsers = []
    for auth_time in (-16 * 60, -14 * 60, None):
        front.be("iro")

        def bent(claims: dict[str, Any], by: int | None = auth_time) -> None:
            claims.update({"auth_time": claims["iat"] + by} if by else {"auth_time": None})

        front.issuer.bent = bent
        browsers.append(front.browser())
        front.signs_in(browsers[-1])
    assert [_recent(front, one) for one in browsers] == [False, True, False]


def test_proving_again_is_asked_of_the_issuer_and_opens_a_new_session(
    front: SignedOn, iro: Asking
) -> None:
    front.desk.clock[0] += timedelta(minutes=20)
    assert not _recent(front, iro)
    page = iro.get("/sessions/again?next=/app/directory?act=give_post").text
    assert "/sign-in/with/lambeth?again=yes&amp;next=/app/directory%3Fact%3Dgive_post" in page
    before = iro.cookies["practice_alerts"]
    there = iro.get("/sign-in/with/lambeth?again=yes&next=/app/directory").headers["location"]
    asked = parse_qs(urlsplit(there).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    answer = front.signs_in(iro, more="&again=yes", wanted="/app/directory")
    assert answer.headers["location"] == "/app/directory"
    assert iro.cookies["practice_alerts"] != before
    assert front.desk.office.sign_in.look_up(str(before)) is None
    assert _recent(front, iro)


@pytest.mark.parametrize("auth_time", [None, -120, "now"])
def test_an_issuer_that_did_not_ask_again_proves_nothing(
    front: SignedOn, iro: Asking, auth_time: Any
) -> None:
    front.desk.clock[0] += timedelta(minutes=20)

    def bent(claims: dict[str, Any]) -> None:
        moved = claims["iat"] + auth_time if isinstance(auth_time, int) else auth_time
        claims.update(auth_time=moved)

    front.issuer.bent = bent
    answer = front.signs_in(iro, more="&again=yes")
    assert F.NOT_AGAIN.words in answer.text.replace("&#39;", "'")
    assert front.who(iro) == "iro"
    assert not _recent(front, iro)


def test_whoever_proves_again_is_whoever_is_signed_in(front: SignedOn, iro: Asking) -> None:
    front.be("boss")
    answer = front.signs_in(iro, more="&again=yes")
    assert F.ANOTHER.words in answer.text
    assert front.who(iro) == "iro"
    assert not any("account" in text for who, _, text in front.desk.mails() if who == "boss")


def test_a_guest_proves_again_by_a_fresh_link(front: SignedOn) -> None:
    browser = front.browser()
    browser.post("/sign-in/use", {"token": front.desk.office.sign_in.issue_link("guest")})
    assert _recent(front, browser)
    front.desk.clock[0] += timedelta(minutes=16)
    assert not _recent(front, browser)
    page = browser.get("/sessions/again?next=/app/directory").text
    assert "Send me a link" in page
    assert "/sign-in/with/" not in page
    browser.post("/sessions/again", {"next": "/app/directory"})
    link = front.sent[-1].body.split("http://localhost:8000")[1].split()[0]
    answer = browser.post("/sign-in/use", {"token": link.rpartition("/")[2]})
    assert answer.headers["location"] == "/app/directory"
    assert _recent(front, browser)


def test_a_guest_is_not_written_to_without_end(front: SignedOn) -> None:
    browser = front.browser()
    browser.post("/sign-in/use", {"token": front.desk.office.sign_in.issue_link("guest")})
    for _ in range(9):
        browser.post("/sessions/again", {"next": "/app/"})
    assert len(front.sent) == 6


def test_proving_again_is_for_whoever_is_signed_in(front: SignedOn) -> None:
    assert front.browser().get("/sessions/again").status_code == 401
    assert front.browser().post("/sessions/again").status_code == 401
    there = front.browser().get("/sign-in/with/lambeth?again=yes").headers["location"]
    assert "prompt" not in parse_qs(urlsplit(there).query)


# --------------------------------------------------------------------------- who comes by a link


def test_where_it_is_on_guests_alone_are_sent_a_link(front: SignedOn) -> None:
    for mail in (f"iro@{DOMAIN}", f"admin@{DOMAIN}", f"merton-iro@{DOMAIN}", "gwen@school.example"):
        browser = front.browser()
        page = browser.shown(browser.post("/sign-in", {"email": mail}))
        assert "Look in your e-mail" in page.text
    assert [letter.to for letter in front.sent] == ["gwen@school.example"]


@pytest.mark.parametrize(
    "post",
    [
        "administrator",
        "iro_manager",
        "qa_lead",
        "director_csc",
        "service_manager",
        "chief_executive",
    ],
)
def test_whoever_runs_the_office_or_directs_is_no_guest(front: SignedOn, post: str) -> None:
    front.desk.give(post, "guest")
    links_by_mail.mail_link(front.desk.office, front, "gwen@school.example", "/app/")
    assert front.sent == []


def test_whoever_is_asked_is_sent_a_link_only_as_a_guest(front: SignedOn) -> None:
    found = front.desk.raised("stage-1")
    asked = front.desk.see("iro", found).known.run.sent.asked[0].id
    assert asked == "manager"
    with front.desk.office.database.reading() as tx:
        person = staff.find(tx, asked)
        assert not may_come_by_link(front.desk.office, tx, person)
