"""The standing walk: every address of the composed product, by every kind of visitor, with every method."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from practice_alerts.adapters.store.core import tables
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.seeing.security_entries import SecurityKind
from tests.helpers.product.two_councils import MARKERS
from tests.web.conftest import Walk
from tests.web.standing_walk import TABLE, paths, places

UNSAFE = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO")
FOREIGN = ("https://elsewhere.example", "null", "", "http://localhost:9000", "https://localhost:8000",
           "http://localhost:8000.elsewhere.example")  # fmt: skip


def test_every_route_has_a_line_and_every_line_a_route(walk: Walk) -> None:
    assert set(paths(walk.app)) == set(TABLE)


def test_there_is_every_kind_of_visitor_and_each_post_of_both_councils(walk: Walk) -> None:
    strangers = {one.name for one in walk.visitors if not one.is_known}
    assert {"stranger", "forged", "tampered", "revoked", "expired", "too old"} <= strangers
    assert {"link as cookie", "digest", "left", "without a post"} <= strangers
    posts = {post for one in walk.visitors for post in one.posts}
    for council in ("lambeth", "merton"):
        procedure = walk.two.desk.office.council(council).procedure
        assert {(council, post) for post in procedure.raising_posts} <= posts
        assert {(council, post) for post in OFFICE_POSTS} <= posts


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_each_visitor_gets_at_each_address_what_the_table_says(walk: Walk, method: str) -> None:
    every = list(places(walk.two))
    assert len(every) * len(walk.visitors) > 2280
    found = [
        (who.name, method, place.address, wrong)
        for who in walk.visitors
        for place in every
        if not (
            method == "HEAD" and place.address.startswith("/documents")
        )  # as costly, and no body
        if (wrong := walk.wrong(who, place, method))
    ]
    assert found == []


def test_whoever_is_let_in_gets_what_is_there(walk: Walk) -> None:
    """So that the walk does not pass because nobody gets anything."""
    told = {
        (council, who.name)
        for place in places(walk.two)
        if place.is_the_alert_on_screen(walk.two)
        for who in walk.visitors
        if who.name in {"iro", "merton-iro", "manager"} and place.lets_in(who)
        for council, words in MARKERS.items()
        if words[0] in walk.as_(who).get(place.address).text
    }
    assert told == {("lambeth", "iro"), ("lambeth", "manager"), ("merton", "merton-iro")}


@pytest.mark.parametrize(
    "who", ["stranger", "revoked", "iro", "qa", "merton-qa", "admin", "auditor"]
)
def test_where_nothing_can_be_sent_nothing_is_taken(walk: Walk, who: str) -> None:
    visitor, own = walk.named(who), {"origin": walk.two.home.base_url}
    taken = [
        (method, place.address, status)
        for place in places(walk.two)
        for method in UNSAFE
        if method not in place.line.sends
        and (status := walk.as_(visitor).request(method, place.address, headers=own).status_code)
        not in {400, 401, 403, 404, 405}
    ]
    assert taken == []


@pytest.mark.parametrize("who", ["auditor", "merton-auditor"])
def test_whoever_only_reads_sends_nothing_anywhere(walk: Walk, who: str) -> None:
    """But to end their own session, which is nobody else's."""
    visitor, own = walk.named(who), {"origin": walk.two.home.base_url}
    before = _kept(walk)
    for place in places(walk.two):
        if not place.address.startswith(("/sign-in", "/sign-out", "/sessions")):
            answer = walk.as_(visitor).post(place.address, {"text": "x"}, headers=own)
            assert answer.status_code in {400, 403, 404, 405}, place.address
    assert _kept(walk) == before


def _kept(walk: Walk) -> list[int]:
    """How much there is of what anybody decides."""
    kept = (tables.events, tables.drafts, tables.outbox, tables.holdings, tables.covers)
    with walk.two.desk.office.database.reading() as tx:
        return [tx.execute(select(func.count()).select_from(one)).scalar_one() for one in kept]


@pytest.mark.parametrize("digits", [20, 400, 5_000])
@pytest.mark.parametrize("who", ["iro", "boss", "sampler", "auditor", "merton-boss"])
def test_a_number_of_any_length_in_an_address_or_a_field_is_no_fault_of_ours(
    walk: Walk, who: str, digits: int
) -> None:
    long, own = "9" * digits, {"origin": walk.two.home.base_url}
    browser = walk.as_(walk.named(who))
    numbered = [path for path in TABLE if ":int}" in path]
    assert len(numbered) > 5
    for council, known in walk.two.alerts.items():
        for path in numbered:
            filled = path.replace("{number:int}", long).replace("{council}", council)
            filled = filled.replace("{reference}", known.alert.reference).replace("{act}", "note")
            assert browser.get(filled).status_code in {400, 403, 404}, filled[:60]
        typed = {"do": "issue", "seen": long, f"mark:{long}": long}
        asked = browser.post(f"/disclosures/{council}/1", typed, headers=own)
        assert asked.status_code in {400, 403, 404}
        answer = {"act_key": long, "seen": long}
        path = f"/respond/{walk.two.asking_id(council)}"
        assert browser.post(path, answer, headers=own).status_code < 500, path


def test_more_fields_than_any_form_has_are_refused_in_a_sentence(walk: Walk) -> None:
    own, many = {"origin": walk.two.home.base_url}, {f"a{number}": "1" for number in range(900)}
    answers = {
        place.address: walk.as_(walk.named(who)).post(place.address, many, headers=own).status_code
        for place in places(walk.two)
        for who in ("stranger", "iro", "boss")
        if "POST" in place.line.sends
        and not place.address.startswith(("/app", "/sign-out", "/sessions"))  # which end them
    }
    assert len(answers) > 5
    assert {status for status in answers.values() if status >= 500} == set()


@pytest.mark.parametrize(
    ("who", "address", "place"),
    [
        ("qa", "/log/merton/alerts.csv", "/log"),
        ("qa", "/reports/merton", "/reports"),
        ("records", "/disclosures/merton/1.json", "/disclosures"),
        ("records", "/records/merton/1.docx", "/records"),
        ("auditor", "/security-log.csv?council=merton", "/security-log.csv"),
    ],
)
def test_whoever_tries_another_council_s_is_put_down(
    walk: Walk, who: str, address: str, place: str
) -> None:
    def put_down() -> int:
        kept = tables.security_log.c
        refused = (kept.kind == SecurityKind.REFUSED, kept.person_id == who, kept.what == place)
        with walk.two.desk.office.database.reading() as tx:
            return tx.execute(select(func.count()).where(*refused)).scalar_one()

    assert walk.as_(walk.named(who)).get(address).status_code in {403, 404}
    assert put_down()  # once a minute: the walk may have tried it before


@pytest.mark.parametrize("who", ["stranger", "iro"])
@pytest.mark.parametrize("origin", FOREIGN)
def test_where_something_can_be_sent_another_site_sends_nothing(
    walk: Walk, who: str, origin: str
) -> None:
    visitor, headers = walk.named(who), {"origin": origin} if origin else {}
    taken = [
        (method, place.address, status)
        for place in places(walk.two)
        for method in sorted(place.line.sends)
        if (status := walk.as_(visitor).request(method, place.address, headers=headers).status_code)
        not in {403, 405}
    ]
    assert taken == []
    assert walk.as_(walk.named("iro")).get("/app/").status_code == 200


def test_a_websocket_is_opened_by_a_session_at_the_one_address_for_it(walk: Walk) -> None:
    origin = walk.two.home.base_url
    for who in walk.visitors:
        for place in places(walk.two):
            path = place.address.partition("?")[0]
            if who.is_known and path.startswith("/app/_stcore/stream"):
                continue  # opened in tests of its own
            if not path.startswith("/app") or not who.is_known:
                assert walk.as_(who).websocket(path, origin) == "websocket.close", (who.name, path)
    iro = walk.as_(walk.named("iro"))
    for foreign in FOREIGN:
        assert iro.websocket("/app/_stcore/stream", foreign or None) == "websocket.close"
