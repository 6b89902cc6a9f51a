"""What the doors put down in the security log: refusals at the gate, and what is asked of the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from practice_alerts.adapters.store.office import security_rows
from practice_alerts.adapters.store.office.security_rows import EntriesSought, KeptEntry
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.domain.seeing.security_entries import SecurityKind
from practice_alerts.web.pages.taken_away.security_log_csv import SecurityLogPages
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.log_app import LogPutDown
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk

K = SecurityKind


class SomeLog:
    """Datasette's place, which answers anything."""

    async def start(self) -> None: ...

    def stop(self) -> None: ...

    __call__ = staticmethod(PlainTextResponse("the log"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data").with_readers()
    yield opened
    opened.office.database.close()


def ask(desk: Desk, who: str | None, address: str, **headers: str) -> httpx.Response:
    office, home = desk.office, Home(desk.office.settings.base_url)
    pages = PlainPages(sample=False)
    log = LogPutDown(SomeLog(), office.security_log)  # type: ignore[arg-type]
    app = Starlette(
        routes=[
            *SecurityLogPages(office, pages).routes(),
            Route("/log/{rest:path}", log),
            Route("/reports/{rest:path}", PlainTextResponse("none", 404)),
            Route("/disclosures/{rest:path}", PlainTextResponse("none", 404)),
        ],
        middleware=[
            Middleware(AccessGate, home, office.sign_in, pages.refusal, office.security_log)
        ],
    )
    asking = Asking(app, home.base_url)
    if who is not None:
        entered = office.sign_in.use(office.sign_in.issue_link(who))
        asking.cookies.set(home.cookie, getattr(entered, "session_token", ""))
    return asking.get(address, headers=headers)


def entries(desk: Desk, *kinds: SecurityKind) -> list[KeptEntry]:
    with desk.office.database.reading() as tx:
        sought = EntriesSought(kinds=frozenset(kinds or set(K) - {K.SESSION_BEGUN}))
        return list(reversed(security_rows.latest(tx, sought, None, 100)))


def test_whoever_is_refused_at_the_gate_is_put_down_and_a_stranger_is_led_to_signing_in(
    desk: Desk,
) -> None:
    assert ask(desk, "iro", "/log/lambeth/alerts?name=Muster").status_code == 403
    assert ask(desk, None, "/log/lambeth").status_code == 401
    assert ask(desk, "admin", "/security-log.csv").status_code == 403
    assert [(one.kind, one.person_id, one.what, one.typed) for one in entries(desk)] == [
        (K.REFUSED, "iro", "/log", None),
        (K.REFUSED, "admin", "/security-log.csv", None),
    ]


@pytest.mark.parametrize(
    ("address", "kind", "what", "typed"),
    [
        ("/log/lambeth", K.LOG_READ, "", None),
        ("/log/lambeth/alerts", K.LOG_READ, "alerts", None),
        ("/log/lambeth/alerts?team=North", K.LOG_READ, "alerts", "team=North"),
        ("/log/lambeth/Kit-Muster", K.LOG_READ, "", None),
        ("/log/lambeth?sql=select+1", K.LOG_QUERIED, "", "sql=select 1"),
        ("/log/lambeth/-/query?sql=select+1", K.LOG_QUERIED, "", "sql=select 1"),
        ("/log/lambeth/alerts.csv?_stream=1", K.EXPORTED, "log: alerts", "_stream=1"),
        ("/log/lambeth.json?sql=select+1", K.EXPORTED, "log", "sql=select 1"),
        (
            "/log/lambeth/alerts.blob?_blob_column=team",
            K.EXPORTED,
            "log: alerts",
            "_blob_column=team",
        ),
        ("/log/lambeth/stages/1,Stage~20One", K.LOG_READ, "stages", None),
        ("/log/", K.LOG_READ, "", None),
        ("/log/.json", K.EXPORTED, "log", None),
        ("/log/.json?_shape=array", K.EXPORTED, "log", "_shape=array"),
    ],
)
def test_what_is_asked_of_the_log_is_put_down(
    desk: Desk, address: str, kind: SecurityKind, what: str, typed: str | None
) -> None:
    assert ask(desk, "qa", address).text == "the log"
    (one,) = entries(desk)
    assert (one.kind, one.person_id, one.council) == (kind, "qa", "lambeth")
    assert (one.what, one.typed) == (what, typed)


def test_another_council_s_log_shows_nothing_to_put_down(desk: Desk) -> None:
    ask(desk, "qa", "/log/merton/alerts")
    ask(desk, "qa", "/log/-/static/app.css")
    assert entries(desk) == []


@pytest.mark.parametrize(
    ("who", "address", "is_refused"),
    [
        ("qa", "/reports/lambeth/servise", False),
        ("qa", "/reports/lambeth/list?child_of=LAM-1", False),
        ("qa", "/reports/merton/service", True),
        ("qa", "/reports/lambethh", True),
        ("iro", "/reports/lambeth/servise", True),
        ("records", "/disclosures/lambeth/9", True),  # it may hold what they may not read
    ],
)
def test_what_was_mistyped_in_one_s_own_council_is_no_refusal(
    desk: Desk, who: str, address: str, is_refused: bool
) -> None:
    ask(desk, who, address)
    assert [one.kind for one in entries(desk)] == [K.REFUSED] * is_refused


@pytest.mark.parametrize(
    "address",
    ["/log/~6Cambeth/alerts.csv", "/log/lambet~68.csv?sql=select+1", "/log/lambeth/~61lerts.csv"],
)
def test_in_letters_that_datasette_alone_reads_the_log_is_not_to_be_had(
    desk: Desk, address: str
) -> None:
    assert ask(desk, "qa", address).status_code == 400


def test_an_auditor_takes_the_security_log_away_and_that_is_put_down(desk: Desk) -> None:
    desk.see("iro", desk.raised("stage-1"))
    answer = ask(desk, "auditor", "/security-log.csv?kind=alert_opened&since=2025-06-01")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    head, row = answer.text.splitlines()
    assert head.startswith("\ufeffentry,when,who")  # by which a spreadsheet reads ’ and é aright
    assert "Iro Sample,iro,opened an alert" in row
    assert [one.what for one in entries(desk, K.EXPORTED)] == ["security log"]
    for day in ("until=9999-12-31", "until=9999-12-30", "since=0001-01-01", "since=9999-12-31"):
        assert ask(desk, "auditor", f"/security-log.csv?{day}").status_code == 200
    for wrong in ("since=yesterday", "kind=made-up"):
        assert ask(desk, "auditor", f"/security-log.csv?{wrong}").status_code == 400
    assert ask(desk, "auditor", "/security-log.csv?council=merton").status_code == 403


def test_an_address_nobody_has_is_put_down_apart_and_a_known_one_by_its_person(desk: Desk) -> None:
    class Outbox:
        def send(self, email: object) -> None: ...

    links_by_mail.mail_link(desk.office, Outbox(), "nobody@practice.invalid", "/app/")
    links_by_mail.mail_link(desk.office, Outbox(), "iro@practice.invalid", "/app/")
    assert [(one.kind, one.person_id, one.typed) for one in entries(desk)] == [
        (K.NOT_LET_IN, None, "nobody@practice.invalid"),
        (K.LINK_ASKED, "iro", None),
    ]
