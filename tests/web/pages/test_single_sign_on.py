"""Signing in with an account of the council: who is let in, and every lie that is not."""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jwcrypto import jwk
from starlette.responses import JSONResponse, RedirectResponse, Response

from practice_alerts.adapters.single_sign_on import issuers_host
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.directory.sign_on_faults import SignOnFault
from tests.helpers.product.issuer import CLIENT, SECRET, Claims, Issuer, made_key
from tests.helpers.product.signed_on import SignedOn, signed_on

F = SignOnFault


@pytest.fixture
def front(tmp_path: Path) -> Iterator[SignedOn]:
    with signed_on(tmp_path / "data") as front:
        front.be("iro")
        yield front


def test_somebody_of_the_council_signs_in_and_goes_where_they_wanted(front: SignedOn) -> None:
    browser = front.browser()
    answer = front.signs_in(browser, wanted="/app/alert?reference=LAM-2025-0001")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/app/alert?reference=LAM-2025-0001"
    assert front.who(browser) == "iro"
    assert "_way" not in " ".join(browser.cookies)
    cookie = answer.headers.get_list("set-cookie")[0].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_what_is_asked_of_the_issuer_is_all_that_keeps_an_answer_ours(front: SignedOn) -> None:
    first, second = (front.browser().get("/sign-in/with/lambeth") for _ in range(2))
    asked = parse_qs(urlsplit(first.headers["location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost:8000/sign-in/back/lambeth"]
    again = parse_qs(urlsplit(second.headers["location"]).query)
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 43
        assert asked[name] != again[name]


def test_each_council_has_a_button_of_its_own(front: SignedOn) -> None:
    page = front.browser().get("/sign-in?next=/log/").text
    for council in ("lambeth", "merton"):
        assert f'href="/sign-in/with/{council}?next=/log/"' in page


def test_whoever_is_asked_comes_to_the_answer_page_by_their_account(front: SignedOn) -> None:
    found = front.desk.raised("stage-1")
    with front.desk.office.database.reading() as tx:
        (asking,) = current_state.askings_of(tx, found.id)
    front.be(asking.person_id)
    browser = front.browser()
    way = f"/sign-in/with/lambeth?next=/respond/{asking.id}"
    assert f'href="{way}"' in browser.get(f"/respond/{asking.id}").text
    answer = front.signs_in(browser, wanted=f"/respond/{asking.id}")
    assert answer.headers["location"] == f"/respond/{asking.id}"
    assert found.alert.reference in browser.get(f"/respond/{asking.id}").text


def test_a_second_time_the_account_is_known_whatever_its_address(front: SignedOn) -> None:
    front.signs_in(front.browser())
    front.issuer.user = {"sub": "account-of-iro"}
    browser = front.browser()
    assert front.signs_in(browser).status_code == 303
    assert front.who(browser) == "iro"
    told = [letter for letter in front.desk.mails() if letter[0] == "iro"]
    assert len(told) == 1
    assert "an account of your council signs you in" in told[0][2]


# --------------------------------------------------------------------------- lies in the token


def left_out(name: str) -> Callable[[Claims], Any]:
    return lambda claims: claims.pop(name)


def said(**other: Any) -> Callable[[Claims], Any]:
    return lambda claims: claims.update(other)


def moved(**by: int) -> Callable[[Claims], Any]:
    """Times of the token, so many seconds later."""
    return lambda claims: claims.update({name: claims["iat"] + more for name, more in by.items()})


CLAIMS: dict[str, tuple[Callable[[Claims], Any], SignOnFault]] = {
    "audience": (said(aud="another-service"), F.AUDIENCE),
    "audience and another": (said(aud=[CLIENT, "another-service"]), F.AUDIENCE),
    "no audience": (left_out("aud"), F.AUDIENCE),
    "issuer": (said(iss="https://elsewhere.example"), F.OTHER_ISSUER),
    "issuer with a slash": (lambda c: c.update(iss=c["iss"] + "/"), F.OTHER_ISSUER),
    "no issuer": (left_out("iss"), F.OTHER_ISSUER),
    "nonce": (said(nonce="of another attempt"), F.NONCE),
    "no nonce": (left_out("nonce"), F.NONCE),
    "nonce as a list": (lambda c: c.update(nonce=[c["nonce"]]), F.NONCE),
    "expired": (moved(exp=-61), F.EXPIRED),
    "no end": (left_out("exp"), F.NO_TIMES),
    "end in words": (said(exp="tomorrow"), F.NO_TIMES),
    "end is yes": (said(exp=True), F.NO_TIMES),
    "end beyond all time": (said(exp=1e300), F.NO_TIMES),
    "issued in the future": (moved(iat=3600, exp=7200), F.FUTURE),
    "not before": (moved(nbf=3600), F.FUTURE),
    "signed in in the future": (moved(auth_time=3600), F.FUTURE),
    "no time of issue": (left_out("iat"), F.NO_TIMES),
    "no subject": (left_out("sub"), F.SUBJECT),
    "empty subject": (said(sub=" "), F.SUBJECT),
    "subject as a number": (said(sub=7), F.SUBJECT),
    "endless subject": (said(sub="x" * 256), F.SUBJECT),
    "authorised party": (said(azp="another-service"), F.OTHER_PARTY),
}


@pytest.mark.parametrize("lie", CLAIMS)
def test_a_token_that_says_what_is_not_so_is_refused(front: SignedOn, lie: str) -> None:
    front.issuer.bent, fault = CLAIMS[lie]
    check_refused(front, fault)


def none(issuer: Issuer, claims: Claims) -> str:
    return f"{_part({'alg': 'none', 'kid': issuer.keys[0]['kid']})}.{_part(claims)}."


def _part(said: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def with_a_secret(secret: Callable[[Issuer], bytes]) -> Callable[[Issuer, Claims], str]:
    def signs(issuer: Issuer, claims: Claims) -> str:
        held = base64.urlsafe_b64encode(secret(issuer)).decode().rstrip("=")
        key = jwk.JWK(kty="oct", k=held, kid=issuer.keys[0].get("kid"))
        return issuer.signed(claims, key=key, head={"alg": "HS256"})

    return signs


def altered(issuer: Issuer, claims: Claims) -> str:
    head, _, mark = issuer.signed(claims).split(".")
    return f"{head}.{_part({**claims, 'sub': 'account-of-boss'})}.{mark}"


def with_own_key(issuer: Issuer, claims: Claims) -> str:
    """That is named as the issuer's, and is said to lie elsewhere."""
    head = {"kid": issuer.keys[0]["kid"], "jku": "https://elsewhere.example/jwks"}
    return issuer.signed(claims, key=made_key(), head=head)


SIGNED: dict[str, tuple[Callable[[Issuer, Claims], str], SignOnFault]] = {
    "not at all": (none, F.ALGORITHM),
    "with the public key": (with_a_secret(lambda i: i.keys[0].export_to_pem()), F.ALGORITHM),
    "with the client's secret": (with_a_secret(lambda _: SECRET.encode() * 2), F.ALGORITHM),
    "by nobody known": (lambda i, c: i.signed(c, key=made_key()), F.UNKNOWN_KEY),
    "by a key of its own": (with_own_key, F.SIGNATURE),
    "and altered": (altered, F.SIGNATURE),
    "without its signature": (
        lambda i, c: i.signed(c).rpartition(".")[0] + ".",
        F.SIGNATURE,
    ),
    "with more than is understood": (
        lambda i, c: i.signed(c, head={"crit": ["b64"], "b64": True}),
        F.ALGORITHM,
    ),
    "as a logout token": (lambda i, c: i.signed(c, head={"typ": "logout+jwt"}), F.NOT_SIGNED),
    "no token": (lambda _i, _c: "words", F.NOT_SIGNED),
    "no letters of ours": (lambda _i, _c: "é.é.é", F.NOT_SIGNED),
}


@pytest.mark.parametrize("way", SIGNED)
def test_a_token_that_is_not_signed_as_it_must_be_is_refused(front: SignedOn, way: str) -> None:
    front.issuer.signs, fault = SIGNED[way]
    check_refused(front, fault)


def test_a_key_that_is_new_is_asked_for_once(front: SignedOn) -> None:
    front.signs_in(front.browser())
    front.issuer.rotate()
    front.issuer.asked.clear()
    browser = front.browser()
    assert front.signs_in(browser).status_code == 303
    assert front.who(browser) == "iro"
    assert front.issuer.asked.count("/jwks") == 1


def test_made_up_keys_do_not_make_us_ask_without_end(front: SignedOn) -> None:
    front.issuer.signs = lambda issuer, claims: issuer.signed(claims, key=made_key())
    for _ in range(8):
        front.signs_in(front.browser())
    assert front.issuer.asked.count("/jwks") <= 6
    front.desk.at("Mon 2025-06-02 09:16")
    front.issuer.signs = None
    front.issuer.rotate()
    assert front.signs_in(front.browser()).status_code == 303


def test_strangers_tokens_keep_nobody_out_whose_issuer_has_changed_its_key(
    front: SignedOn,
) -> None:
    """Whoever sends a token to say that a session has ended needs none of ours for that."""
    front.signs_in(front.browser())
    for _ in range(8):
        token = front.issuer.signed({"iss": front.issuer.url}, key=made_key())
        assert front.ends(token).status_code == 400
    front.issuer.rotate()
    browser = front.browser()
    assert front.signs_in(browser).status_code == 303
    assert front.who(browser) == "iro"


# ------------------------------------------------------------------------ lies on the way back


def _with(back: str, **other: str | None) -> str:
    path, _, query = back.partition("?")
    pairs: dict[str, str | None] = {n: values[0] for n, values in parse_qs(query).items()}
    pairs |= other
    return f"{path}?{'&'.join(f'{n}={v}' for n, v in pairs.items() if v is not None)}"


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ({"state": "of-another"}, F.NOT_BEGUN),
        ({"state": None}, F.NOT_BEGUN),
        ({"state": ""}, F.NOT_BEGUN),
        ({"iss": "https://elsewhere.example"}, F.OTHER_ISSUER),
        ({"iss": None}, F.OTHER_ISSUER),
        ({"code": None}, F.REFUSED_THERE),
        ({"error": "access_denied"}, F.REFUSED_THERE),
        ({"code": "made-up"}, F.CODE),
    ],
)
def test_what_comes_back_must_be_what_was_asked_for(
    front: SignedOn, other: dict[str, str | None], fault: SignOnFault
) -> None:
    browser = front.browser()
    check_refuses(front, browser, _with(front.way_back(browser), **other), fault)


def test_what_comes_back_twice_in_one_address_counts_for_nothing(front: SignedOn) -> None:
    browser = front.browser()
    back = front.way_back(browser)
    check_refuses(front, browser, f"{back}&state=x", F.NOT_BEGUN)


def test_a_code_is_good_once(front: SignedOn) -> None:
    browser = front.browser()
    back, kept = front.way_back(browser), dict(browser.cookies)
    assert browser.get(back).status_code == 303
    check_refuses(front, front.browser(), back, F.NOT_BEGUN)
    thief = front.browser()
    thief.cookies.update(kept)
    check_refuses(front, thief, back, F.USED)


def test_a_code_of_another_browser_signs_nobody_in(front: SignedOn) -> None:
    """The attacker's own code, put under the state of the one who was lured."""
    attacker, lured = front.browser(), front.browser()
    front.be("other_iro")
    code = parse_qs(urlsplit(front.way_back(attacker)).query)["code"][0]
    check_refuses(front, lured, _with(front.way_back(lured), code=code), F.CODE)
    check_refuses(front, front.browser(), front.way_back(attacker), F.NOT_BEGUN)


def test_an_answer_of_one_council_s_issuer_is_none_of_another_s(front: SignedOn) -> None:
    browser = front.browser()
    back = front.way_back(browser)
    check_refuses(front, browser, back.replace("/lambeth?", "/merton?"), F.NOT_BEGUN)
    front.be("iro", issuer=front.there)
    check_refuses(front, browser, front.way_back(browser, "merton"), F.NO_POST)


def test_what_was_begun_too_long_ago_is_begun_again(front: SignedOn) -> None:
    browser = front.browser()
    back = front.way_back(browser)
    front.desk.at("Mon 2025-06-02 09:11")
    check_refuses(front, browser, back, F.NOT_BEGUN)


def test_a_note_that_is_not_ours_is_worth_nothing(front: SignedOn) -> None:
    for note in ("", "made-up", front.desk.office.sign_in.note({"council": "lambeth"})):
        browser = front.browser()
        back = front.way_back(browser)
        browser.cookies.set("practice_alerts_way", note)
        check_refuses(front, browser, back, F.NOT_BEGUN)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/%5Celsewhere",
        "/sign-out",
        "javascript:x",
    ],
)
def test_signing_in_leads_to_our_own_pages_alone(front: SignedOn, wanted: str) -> None:
    answer = front.signs_in(front.browser(), wanted=wanted)
    assert answer.headers["location"] == "/app/"


def test_there_is_no_way_to_a_council_without_single_sign_on(front: SignedOn) -> None:
    for address in ("/sign-in/with/knowsley", "/sign-in/back/knowsley", "/sign-out/at/nowhere"):
        assert front.browser().get(address).status_code == 404


# --------------------------------------------------------------------------- who is not let in


def test_an_account_that_nobody_vouches_for_is_nobodys(front: SignedOn) -> None:
    front.be("iro", verified=False)
    check_refused(front, F.UNKNOWN)
    front.issuer.user["email_verified"] = "true"
    check_refused(front, F.UNKNOWN)
    front.issuer.user |= {"email_verified": True, "email": "gwen@school.example"}
    check_refused(front, F.UNKNOWN)
    front.issuer.user |= {"email": "nobody@practice.invalid"}
    check_refused(front, F.UNKNOWN)


def test_an_account_once_linked_does_not_pass_to_another_with_the_same_address(
    front: SignedOn,
) -> None:
    front.signs_in(front.browser())
    front.issuer.user["sub"] = "a-later-account"
    check_refused(front, F.OTHER_ACCOUNT)


def test_whoever_has_left_or_lost_their_post_is_not_let_in(front: SignedOn) -> None:
    front.signs_in(front.browser())
    with front.desk.office.database.writing() as tx:
        held = next(h for h in directory.holdings_of(tx, "lambeth") if h.person_id == "iro")
        directory.end_post(tx, held.id, front.desk.office.today - timedelta(days=1))
    check_refused(front, F.NO_POST)
    with front.desk.office.database.writing() as tx:
        directory.remove_person(tx, "iro", front.desk.office.now())
    check_refused(front, F.LEFT)


def test_groups_and_roles_in_a_token_give_no_right(front: SignedOn) -> None:
    front.be("nobody")
    front.issuer.user |= {"groups": ["iro", "administrator"], "roles": ["administrator"]}
    check_refused(front, F.UNKNOWN)


# ------------------------------------------------------------------- an issuer that does not answer


def _slow(_request: Any) -> Response:
    time.sleep(0.8)
    return JSONResponse({})


def _huge(_request: Any) -> Response:
    return JSONResponse({"issuer": "x" * 300_000})


INSTEAD: dict[str, tuple[str, Callable[[Any], Response], SignOnFault]] = {
    "slow": ("/.well-known/openid-configuration", _slow, F.DOWN),
    "huge": ("/.well-known/openid-configuration", _huge, F.DOWN),
    "no JSON": ("/.well-known/openid-configuration", lambda _: Response("<p>"), F.DOWN),
    "deep": ("/.well-known/openid-configuration", lambda _: Response("[" * 150_000), F.DOWN),
    "a list": ("/.well-known/openid-configuration", lambda _: JSONResponse([]), F.DOWN),
    "a fault": (
        "/.well-known/openid-configuration",
        lambda _: JSONResponse({}, HTTPStatus.BAD_GATEWAY),
        F.DOWN,
    ),
    "led elsewhere": (
        "/.well-known/openid-configuration",
        lambda _: RedirectResponse("http://169.254.169.254/latest"),
        F.DOWN,
    ),
    "another's description": (
        "/.well-known/openid-configuration",
        lambda _: JSONResponse({"issuer": "https://elsewhere.example"}),
        F.OTHER_ISSUER,
    ),
    "no keys": ("/jwks", lambda _: JSONResponse({"keys": {}}), F.DOWN),
    "keys that are none": ("/jwks", lambda _: JSONResponse({"keys": [1, {}]}), F.UNKNOWN_KEY),
    "a broken till": ("/token", lambda _: JSONResponse({}, HTTPStatus.BAD_GATEWAY), F.DOWN),
    "a till without a token": ("/token", lambda _: JSONResponse({}), F.NOT_SIGNED),
    "a till of two minds": ("/token", lambda _: JSONResponse({"id_token": [1]}), F.NOT_SIGNED),
}


@pytest.mark.parametrize("what", INSTEAD)
def test_an_issuer_that_does_not_answer_as_it_should_is_said_and_written_down(
    front: SignedOn, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    path, answer, fault = INSTEAD[what]
    front.with_hurry()
    front.issuer.instead[path] = answer
    browser = front.browser()
    begins = path.startswith("/.well")
    check_refuses(
        front, browser, "/sign-in/with/lambeth" if begins else front.way_back(browser), fault
    )
    assert f"Single sign-on of lambeth: {fault.value}" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/x", "http://127.0.0.1:9/x", "file:///etc/passwd", 7, None]
)
def test_nobody_but_the_issuer_is_asked(front: SignedOn, name: str, where: object) -> None:
    front.issuer.more = {name: where}
    browser = front.browser()
    begins = name == "authorization_endpoint"
    back = "/sign-in/with/lambeth" if begins else front.way_back(browser)
    check_refuses(front, browser, back, F.ELSEWHERE)


def test_an_issuer_that_is_down_is_left_alone_for_a_moment(front: SignedOn) -> None:
    front.issuer.instead["/.well-known/openid-configuration"] = lambda _: Response(status_code=500)
    for _ in range(3):
        answer = front.browser().get("/sign-in/with/lambeth")
        assert answer.status_code == 503
        assert F.DOWN.words in _words(answer.text)
    assert len(front.issuer.asked) == 1
    front.issuer.instead.clear()
    front.desk.clock[0] += timedelta(seconds=21)
    assert front.signs_in(front.browser()).status_code == 303


def test_so_many_at_once_are_asked_to_wait_and_leave_the_rest_of_the_house_its_threads(
    front: SignedOn,
) -> None:
    turns = front.desk.office.sign_ons["lambeth"]._host._turns
    while turns.acquire(blocking=False):
        pass
    check_refuses(front, front.browser(), "/sign-in/with/lambeth", F.BUSY)
    turns.release()
    assert front.browser().get("/sign-in/with/lambeth").status_code == 303


def test_the_log_holds_neither_codes_nor_tokens_nor_people(
    front: SignedOn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="practice_alerts")
    front.issuer.bent = said(nonce="of another")
    browser = front.browser()
    back = front.way_back(browser)
    browser.get(back)
    front.issuer.bent = lambda _: None
    front.signs_in(front.browser())
    front.ends(front.issuer.logout_token(nonce="x"))
    ours = "\n".join(one.getMessage() for one in caplog.records if "practice" in one.name)
    assert "wrong nonce" in ours
    secrets = [values[0] for values in parse_qs(urlsplit(back).query).values()]
    for word in (*secrets, "account-of-iro", "practice.invalid", SECRET, "eyJ"):
        assert word == front.issuer.url or word not in ours


# ------------------------------------------------------------------------------ what they all meet


def check_refused(front: SignedOn, fault: SignOnFault) -> None:
    browser = front.browser()
    check_refuses(front, browser, front.way_back(browser), fault)


def check_refuses(front: SignedOn, browser: Any, address: str, fault: SignOnFault) -> None:
    """With the sentence of this fault, and without a session."""
    answer = browser.get(address)
    assert answer.status_code in {403, 503}, answer.headers.get("location")
    assert fault.words in _words(answer.text)
    assert front.who(browser) == ""


def _words(page: str) -> str:
    return page.replace("&#39;", "'")


def test_an_answer_counts_once_and_the_issuer_is_asked_about_it_once(front: SignedOn) -> None:
    """Whoever keeps the cookie and the address asks the issuer no second time, with whatever code."""
    browser = front.browser()
    back = front.way_back(browser)
    kept = dict(browser.cookies)
    assert browser.get(back).status_code == 303
    for code in ("x", "y"):
        thief = front.browser()
        for name, value in kept.items():
            thief.cookies.set(name, value)
        check_refuses(
            front,
            thief,
            f"{back.partition('?')[0]}?state={_state(back)}&code={code}&iss={front.issuer.url}",
            F.USED,
        )
    assert front.issuer.asked.count("/token") == 1


def _state(back: str) -> str:
    return parse_qs(urlsplit(back).query)["state"][0]


def test_whoever_presses_twice_or_goes_back_is_in_and_goes_on(front: SignedOn) -> None:
    browser = front.browser()
    back = front.way_back(browser, wanted="/log/")
    kept = dict(browser.cookies)
    assert browser.get(back).headers["location"] == "/log/"
    for name, value in kept.items():
        browser.cookies.set(name, value)
    again = browser.get(back)
    assert (again.status_code, again.headers["location"]) == (303, "/log/")
    assert front.who(browser) == "iro"


def test_one_council_s_slow_issuer_leaves_turns_to_the_others(front: SignedOn) -> None:
    turns = front.desk.office.sign_ons["lambeth"]._host._turns
    while turns.acquire(blocking=False):
        pass
    assert front.browser().get("/sign-in/with/merton").status_code == 303
    assert issuers_host._OF_ONE < issuers_host._AT_ONCE
    everybody = 0
    while issuers_host._TURNS.acquire(blocking=False):
        everybody += 1
    try:
        front.desk.clock[0] += timedelta(minutes=16)
        check_refuses(front, front.browser(), "/sign-in/with/merton", F.BUSY)
    finally:
        for _ in range(everybody):
            issuers_host._TURNS.release()
    assert everybody == issuers_host._AT_ONCE


def test_an_issuer_that_does_not_answer_about_a_code_is_left_alone_for_a_moment(
    front: SignedOn,
) -> None:
    front.with_hurry()
    ways = [(one, front.way_back(one)) for one in (front.browser(), front.browser())]

    def slow(_: object) -> Response:
        time.sleep(1)
        return Response(status_code=500)

    front.issuer.instead["/token"] = slow
    for browser, back in ways:
        assert browser.get(back).status_code == 503
    assert front.issuer.asked.count("/token") == 1


@pytest.mark.parametrize("name", ["sub", "sid", "email"])
@pytest.mark.parametrize("value", ["\ud800", "a\0b", "a\nb"])
def test_a_claim_that_is_no_text_is_none(front: SignedOn, name: str, value: str) -> None:
    front.issuer.bent = said(**{name: value})
    status = front.signs_in(front.browser()).status_code
    assert status == (303 if name == "sid" else 403)
