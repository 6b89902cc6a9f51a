"""A NUL, which not every store takes in a text: nobody looks unseen by it, and it is no fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from sqlalchemy.exc import DataError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from practice_alerts.adapters.store.office import security_rows
from practice_alerts.adapters.store.office.security_rows import EntriesSought, KeptEntry
from practice_alerts.casework.core.record import draft_about
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages, read_fields
from practice_alerts.web.shell.log_app import LogPutDown
from practice_alerts.web.shell.origin import Home
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES

ASKED = (
    "/log/lambeth/alerts?_z=%00",
    "/log/lambeth/alerts.csv?_stream=on&_z=%00",
    "/log/lambeth.json?sql=select+reference+from+alerts&_z=%00",
    "/log/lambeth/alerts?reference=LAM%00",
    "/log/lambeth/alerts?%00=1",
)


class Log:
    """Datasette's place. It says whether it was asked."""

    asked = 0

    async def start(self) -> None: ...

    def stop(self) -> None: ...

    async def __call__(self, *how: object) -> None:
        self.asked += 1
        await PlainTextResponse("the log")(*how)  # type: ignore[arg-type]


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param).with_readers()
    yield opened
    opened.office.database.close()


def entries(desk: Desk, kind: SecurityKind) -> list[KeptEntry]:
    with desk.office.database.reading() as tx:
        return list(security_rows.latest(tx, EntriesSought(kinds=frozenset({kind})), None, 100))


async def echo(request: Request) -> Response:
    return PlainTextResponse("|".join(value for _, value in await read_fields(request)))


def asking(desk: Desk, who: str, log: Log) -> Asking:
    office, home = desk.office, Home(desk.office.settings.base_url)
    pages = PlainPages(sample=False)
    app = Starlette(
        routes=[
            Route("/log/{rest:path}", LogPutDown(log, office.security_log)),  # type: ignore[arg-type]
            Route("/respond/{rest:path}", echo, methods=["POST"]),
        ],
        middleware=[
            Middleware(AccessGate, home, office.sign_in, pages.refusal, office.security_log)
        ],
    )
    found = Asking(app, home.base_url)
    entered = office.sign_in.use(office.sign_in.issue_link(who))
    found.cookies.set(home.cookie, getattr(entered, "session_token", ""))
    return found


@pytest.mark.parametrize("address", ASKED)
def test_nobody_reads_the_log_by_an_address_that_cannot_be_put_down(
    desk: Desk, address: str
) -> None:
    log = Log()
    assert asking(desk, "qa", log).get(address).status_code == 400
    assert log.asked == 0
    plainly = address.replace("%00", "x")
    assert asking(desk, "qa", log).get(plainly).status_code == 200
    assert log.asked == 1
    kinds = (SecurityKind.LOG_READ, SecurityKind.LOG_QUERIED, SecurityKind.EXPORTED)
    found = [one for kind in kinds for one in entries(desk, kind)]
    query = plainly.partition("?")[2].replace("+", " ")
    assert [one.typed for one in found] == [unquote_to_bytes(query).decode()]


def test_what_was_typed_is_put_down_whatever_stands_in_it(desk: Desk) -> None:
    desk.office.security_log.note(
        SecurityEntry(SecurityKind.SEARCHED, "iro", "lambeth", typed="a\0b \ud800 é")
    )
    (found,) = entries(desk, SecurityKind.SEARCHED)
    assert found.typed == "a\N{REPLACEMENT CHARACTER}b \N{REPLACEMENT CHARACTER} é"


def test_whoever_cannot_be_put_down_does_not_get_it(tmp_path: Path) -> None:
    """Only a server refuses such an entry; a store that cannot be written to turns nobody away."""
    desk = open_desk(tmp_path / "data", engine="postgresql")
    with pytest.raises(DataError):
        desk.office.security_log.note(SecurityEntry(SecurityKind.LOG_READ, "qa\0", "lambeth"))
    desk.office.database.close()


def test_a_nul_in_a_field_is_read_as_a_browser_shows_it(desk: Desk) -> None:
    answer = asking(desk, "manager", Log()).post("/respond/x", {"text": "a\0b", "more": "c"})
    assert answer.text == "a\N{REPLACEMENT CHARACTER}b|c"


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b"])
def test_in_the_app_it_is_kept_and_sought_as_a_browser_shows_it(desk: Desk, typed: str) -> None:
    """A draft has whatever was typed; what is sent is refused with its field."""
    about = draft_about(Act.CLOSE, desk.raised().id)
    kept_drafts.keep(desk.office, "iro", about, {"what_changed": typed, typed: [typed]})
    shown = "a\N{REPLACEMENT CHARACTER}b"
    assert kept_drafts.kept(desk.office, "iro", about) == {"what_changed": shown, shown: [shown]}
    with pytest.raises(NotFound):
        alert_view.see(desk.office, "iro", typed)
    with pytest.raises(BadAnswers, match="cannot be printed"):
        desk.raised(concerns=typed)
