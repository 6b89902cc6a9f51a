"""What was tried at the doors and in signing in and did not get through, on the whole product; to stay so."""

from __future__ import annotations

import asyncio
import re
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.office import directory
from practice_alerts.web.shell.addresses import START
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.two_councils import HERE, MARKERS, THERE, browser
from tests.web.conftest import Walk

ORIGIN = "http://localhost:8000"


def fresh(walk: Walk, who: str | None = None) -> Asking:
    """A browser of its own, signed in as this person."""
    cookie = None if who is None else walk.two.session(who)
    return browser(walk.app, walk.loop, walk.two.home, cookie)


def links(walk: Walk) -> list[Email]:
    """Those to sign in. The product's own reminders go out beside them, at a time of their own."""
    return [one for one in list(walk.two.outbox.sent) if "/sign-in/" in one.body]


def strangers_written_to(walk: Walk) -> set[str]:
    """Addresses that e-mails went to, and that nobody in the directory has."""
    with walk.two.desk.office.database.reading() as tx:
        known = {one.mail for one in directory.everybody(tx)}
    return {one.to for one in list(walk.two.outbox.sent)} - known


def raw(walk: Walk, path: str, cookie: str, raw_path: bytes | None = None) -> tuple[int, bytes]:
    """Status and body, asked without a client, which would tidy the path up first."""
    got: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        got.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": raw_path or path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "headers": [
            (b"host", b"localhost:8000"),
            (b"cookie", f"{walk.two.home.cookie}={cookie}".encode()),
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("localhost", 8000),
    }
    asyncio.run_coroutine_threadsafe(walk.app(scope, receive, send), walk.loop).result(timeout=60)
    body = b"".join(message.get("body", b"") for message in got[1:])
    return int(got[0]["status"]), body


# ------------------------------------------------------------------------------------------------ doors


@pytest.mark.parametrize(
    "path",
    [
        *("/log/~5Finternal", "/log/~6Derton/alerts", "/log/~6Derton/alerts.json"),
        *("/log/-/versions.json", "/log/lambeth/../merton/alerts.json", "/log//merton/alerts"),
        *("/log/lambeth/..%2fmerton", "/log/_internal", "/log/_memory", "/log/merton.db"),
        *("/log/./merton/alerts.json", "//log/merton/alerts.json", "/log/merton\\alerts"),
        *("/static/../log/merton/alerts.json", "/log/lambeth/~2E~2E/merton/alerts.json"),
    ],
)
@pytest.mark.parametrize("who", ["qa", "boss"])
def test_no_way_of_writing_an_address_leads_to_the_other_councils_log(
    walk: Walk, path: str, who: str
) -> None:
    status, body = raw(walk, path, walk.two.session(who))
    assert status in {301, 302, 400, 403, 404}
    assert not any(word.encode() in body for word in MARKERS[THERE])


@pytest.mark.parametrize(
    ("path", "raw_path"),
    [
        ("/log/merton/alerts.json", b"/log/%6d%65rton/alerts.json"),
        ("/log/-/versions.json", b"/log/%2d/versions.json"),
        ("/log/lambeth/../merton", b"/log/lambeth/%2e%2e%2fmerton"),
        ("/documents/MER-2025-0001", b"/documents/%4DER-2025-0001"),
    ],
)
def test_an_address_is_judged_as_it_reads_however_it_is_written(
    walk: Walk, path: str, raw_path: bytes
) -> None:
    status, body = raw(walk, path, walk.two.session("qa"), raw_path)
    assert status in {302, 400, 403, 404}
    assert not any(word.encode() in body for word in MARKERS[THERE])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost:8000.evil.example",
        "localhost:8000@evil",
        "localhost",
        "",
        "LOCALHOST",
    ],
)
def test_a_request_under_another_name_gets_nothing(walk: Walk, host: str) -> None:
    answer = fresh(walk, "qa").get("/log/lambeth.json", {"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        *({name: "evil.example"} for name in ("x-forwarded-host", "x-host", "forwarded")),
        *({name: "/sign-in"} for name in ("x-original-url", "x-rewrite-url")),
        {"x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https"},
        {"x-http-method-override": "GET", "x-method-override": "GET"},
        *({name: "qa"} for name in ("x-streamlit-user", "x-user-email", "x-forwarded-user")),
        *({name: "qa"} for name in ("remote-user", "x-remote-user", "practice_alerts.signed_in")),
        {"authorization": "Basic cWE6cWE="},
        {"authorization": "Bearer qa"},
        {"cookie": "ds_actor=qa; _streamlit_user=qa; practice_alerts=qa"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "path", ["/app/", "/log/lambeth.json", "/documents/LAM-2025-0001", "/sessions"]
)
def test_no_header_opens_a_door(walk: Walk, headers: dict[str, str], path: str) -> None:
    assert fresh(walk).get(path, headers).status_code == 401
    other = {name: value for name, value in headers.items() if name != "cookie"}
    who = fresh(walk, "worker").get(path, other)
    assert who.status_code == {"/app/": 200, "/sessions": 200, "/log/lambeth.json": 403}.get(
        path, 404
    )


def test_a_page_left_open_elsewhere_stops_at_its_next_move(walk: Walk) -> None:
    here, there = fresh(walk, "other_iro"), fresh(walk, "other_iro")
    assert there.get("/app/").status_code == 200
    assert here.post("/sessions", {"everywhere": "yes"}).status_code == 303
    assert there.get("/app/").status_code == 401
    assert there.websocket("/app/_stcore/stream", ORIGIN) == "websocket.close"


@pytest.mark.parametrize("council", [HERE, THERE])
def test_what_exists_elsewhere_is_answered_like_what_never_was(walk: Walk, council: str) -> None:
    visitor = fresh(walk, "worker" if council == HERE else "qa")
    reference, asking = walk.two.alerts[council].alert.reference, walk.two.asking_id(council)
    for real, made_up in (
        (f"/documents/{reference}", "/documents/LAM-2025-9999"),
        (f"/documents/{reference}.zip", "/documents/LAM-2025-9999.zip"),
        (f"/respond/{asking}", "/respond/none-such"),
    ):
        pages = [visitor.get(one) for one in (real, made_up)]
        assert [page.status_code for page in pages] == [404, 404]
        assert pages[0].text == pages[1].text


# ------------------------------------------------------------------------------------------- signing in


def link(walk: Walk, who: str = "iro") -> str:
    return walk.two.desk.office.sign_in.issue_link(who)


def enter(walk: Walk, token: str, visitor: Asking | None = None) -> httpx.Response:
    return (visitor or fresh(walk)).post("/sign-in/use", {"token": token})


def test_mail_scanners_spend_nothing_and_a_link_works_once(walk: Walk) -> None:
    token = link(walk)
    for method in ("GET", "GET", "GET", "HEAD"):
        assert fresh(walk).request(method, f"/sign-in/{token}").status_code == 200
    assert enter(walk, token).status_code == 303
    assert enter(walk, token).status_code == 410
    assert fresh(walk).get(f"/sign-in/{token}").status_code == 410


def test_of_twelve_at_once_one_gets_in(walk: Walk) -> None:
    token = link(walk)
    with ThreadPoolExecutor(12) as pool:
        statuses = [one.status_code for one in pool.map(lambda _: enter(walk, token), range(12))]
    assert sorted(statuses) == [303] + [410] * 11


@pytest.mark.parametrize("token", ["", "x" * 9000, "\x00", "a.b.c", "é", "../..", "' or 1=1"])
def test_what_is_no_link_opens_nothing(walk: Walk, token: str) -> None:
    visitor = fresh(walk)
    assert enter(walk, token, visitor).status_code == 400
    assert visitor.get("/app/").status_code == 401


def test_every_letter_of_a_link_counts_and_a_session_is_none(walk: Walk) -> None:
    good = link(walk)
    for place in range(0, len(good) - 1, 5):
        other = "A" if good[place] != "A" else "B"
        assert enter(walk, good[:place] + other + good[place + 1 :]).status_code == 400
    assert enter(walk, walk.two.session("iro")).status_code == 400
    assert enter(walk, good).status_code == 303


def test_too_much_is_refused_unread(walk: Walk) -> None:
    assert enter(walk, "x" * 20_000).status_code == 413


def test_a_cookie_that_somebody_set_before_is_not_taken_over(walk: Walk) -> None:
    """Whoever plants a cookie, their own session's even, does not share the session that is opened."""
    planted = walk.two.session("elsewhere")
    visitor = browser(walk.app, walk.loop, walk.two.home, planted)
    answer = enter(walk, link(walk), visitor)
    said = answer.headers["set-cookie"]
    assert planted not in said
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    old = browser(walk.app, walk.loop, walk.two.home, planted)
    assert old.get("/app/").status_code == 401


def test_the_page_says_the_same_of_an_address_that_is_held_and_one_that_is_not(walk: Walk) -> None:
    held = fresh(walk).post("/sign-in", {"email": "chief@practice.invalid"})
    unknown = fresh(walk).post("/sign-in", {"email": "nobody@practice.invalid"})
    assert (held.status_code, held.content) == (unknown.status_code, unknown.content)
    for each in (held, unknown):
        assert each.headers.pop("x-request-id")  # each its own
    assert held.headers == unknown.headers
    assert strangers_written_to(walk) == set()


@pytest.mark.parametrize(
    "wanted",
    [
        *("//evil.example", "///evil.example", "/\\evil.example", "https://evil.example/app/"),
        *("javascript:alert(1)", "/app/\t/evil", "/app/\r\nlocation: x", "/app/../sign-out"),
        *("/app@evil.example", "app/", "/%2fevil.example", "/app/%0d%0ax", "http:/app/", "/", ""),
    ],
)
def test_the_way_back_is_our_own_or_the_start_page(walk: Walk, wanted: str) -> None:
    answer = enter(walk, walk.two.desk.office.sign_in.issue_link("iro", wanted))
    where = answer.headers["location"]
    assert where == START or (where.startswith("/app/") and where == wanted)
    assert not re.search(r"[\r\n\\\t]", where)


@pytest.mark.parametrize(
    "mail",
    [
        *("iro@practice.invalid\r\nBcc: x@evil.example", "iro@practice.invalid%0d%0abcc:x@y"),
        *("iro@practice.invalid,x@evil.example", "<iro@practice.invalid> <x@evil.example>"),
        *(
            "iro@practice.invalid\u2028x",
            "x" * 300 + "@practice.invalid",
            "iro@practice.invalid\x00",
        ),
    ],
)
def test_what_is_no_single_address_gets_no_letter(walk: Walk, mail: str) -> None:
    before = links(walk)
    answer = fresh(walk).post("/sign-in", {"email": mail})
    assert answer.status_code in {303, 422}
    assert links(walk) == before
    assert strangers_written_to(walk) == set()


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("x-forwarded-host", "service"),
        ("forwarded", "assistant"),
        ("x-forwarded-proto", "director"),
    ],
)
def test_a_mailed_link_names_the_products_own_address(walk: Walk, name: str, who: str) -> None:
    mail = f"{who}@practice.invalid"
    fresh(walk).post("/sign-in", {"email": mail}, {name: "evil.example"})
    (letter,) = [one for one in links(walk) if one.to == mail]
    assert "evil.example" not in letter.body
    assert f"{ORIGIN}/sign-in/" in letter.body


def test_three_letters_to_one_mailbox_and_then_none_in_the_same_words(walk: Walk) -> None:
    answers = [
        fresh(walk).post("/sign-in", {"email": "strategic@practice.invalid"}) for _ in range(6)
    ]
    assert len({answer.content for answer in answers}) == 1
    assert [one.to for one in links(walk)].count("strategic@practice.invalid") == 3
