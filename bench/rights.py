"""What signing in and permission add to a page: the whole page, to the same without what they took of it.

Both are of one and the same run: whatever asks who is there, which posts they hold and what these let them see and
do is timed as it is called, the gate included. What a list's own question to the store holds of it cannot be taken
out of that question, and is not counted.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import httpx
from datasette.app import Datasette
from starlette.routing import Mount

from bench.lists import REFERENCE, WARNS, page_of, session_of
from bench.turns import Row, milliseconds, timed, times
from practice_alerts.adapters.links_and_sessions import SignIn
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.cli.support.guide_build import site_of
from practice_alerts.domain.acts import permissions
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.directory import office_permissions
from practice_alerts.domain.seeing import readers
from practice_alerts.web.assemble import whole
from practice_alerts.web.shell import gate, log_app
from practice_alerts.web.shell.origin import Home
from tests.helpers.alerts.large_store import many_alerts
from tests.helpers.product.office import Desk

ALERTS = 1_000
ROUNDS = 40
_PATIENCE = 60  # seconds
OFFICER, MANAGER = "iro-01", "boss"

ASKED: tuple[tuple[Any, str], ...] = (
    (SignIn, "look_up"),
    (SignIn, "glance"),
    (actors, "actors"),
    (actors, "actor_in"),
    (permissions, "may"),
    (permissions, "is_allowed"),
    (permissions, "may_raise"),
    (permissions, "stands"),
    (permissions, "relations"),
    (office_permissions, "may_run"),
    (Rules, "named"),
    (readers, "reader"),
    (readers, "reader_standing"),
    (readers, "as_read"),
    (Known, "may"),
    (Known, "reader"),
    (log_app, "reader"),
)
"""Where something is asked that only signing in and permission want to know."""

ASKED_IN_TURN: tuple[tuple[Any, str], ...] = (
    (gate.AccessGate, "_who"),
    (Datasette, "permission_allowed"),
    (Datasette, "check_visibility"),
    (Datasette, "ensure_permissions"),
)
"""The same, where others may have their turn meanwhile; here nobody else is there."""


class Spent:
    """Seconds in what is asked, of which only the outermost counts."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._within = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        began = perf_counter()
        self._within += 1
        try:
            yield
        finally:
            self._within -= 1
            if not self._within:
                self.seconds += perf_counter() - began

    def timing(self, asked: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(asked)
        def told(*given: Any, **named: Any) -> Any:
            with self.counted():
                return asked(*given, **named)

        return told

    def timing_in_turn(self, asked: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @wraps(asked)
        async def told(*given: Any, **named: Any) -> Any:
            with self.counted():
                return await asked(*given, **named)

        return told


class Taken(NamedTuple):
    page: float
    rights: float


def measure() -> list[Row]:
    """Five pages, each as somebody who may see it."""
    logging.getLogger(WARNS).addFilter(lambda _: False)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        desk = many_alerts(Path(folder) / "data", ALERTS)
        guide = site_of(desk.office, lambda _: None, Path(folder) / "guide")
        spent = Spent()
        stack.enter_context(_counted(spent))
        pages = {
            "Work tray of an officer": page_of(desk, OFFICER, "work_tray"),
            "One alert": page_of(desk, MANAGER, "alert", reference=REFERENCE),
            **_plain_pages(desk, guide, stack),
        }
        taken = [{what: _taken(page, spent) for what, page in pages.items()} for _ in range(ROUNDS)]
        desk.office.database.close()
    return [_row(what, [one[what] for one in taken]) for what in pages]


def _row(what: str, taken: list[Taken]) -> Row:
    ratio = median(one.page / (one.page - one.rights) for one in taken)
    page, rights = (median(column) for column in zip(*taken, strict=True))
    note = f"{milliseconds(rights)} of {milliseconds(page)}"
    return Row(f"{what}: to the same without signing in and permission", times(ratio), note)


def _taken(page: Callable[[], object], spent: Spent) -> Taken:
    spent.seconds = 0.0
    return Taken(timed(page), spent.seconds)


@contextmanager
def _counted(spent: Spent) -> Iterator[None]:
    """Wherever a module has one of them by name, it gets the timed one."""
    with ExitStack() as stack:
        for owner, name in ASKED:
            asked = getattr(owner, name)
            timed_one = spent.timing(asked)
            for where in {owner, *_knowing(name, asked)}:
                _put(stack, where, name, timed_one)
        for owner, name in ASKED_IN_TURN:
            asked = spent.timing_in_turn(getattr(owner, name))
            _put(stack, owner, name, asked)
        yield


def _put(stack: ExitStack, where: Any, name: str, new: object) -> None:
    stack.callback(setattr, where, name, getattr(where, name))
    setattr(where, name, new)


def _knowing(name: str, asked: object) -> list[Any]:
    ours = [one for key, one in sys.modules.items() if key.startswith("practice_alerts.")]
    return [one for one in ours if vars(one).get(name) is asked]


class _Nobody:
    """Sends nothing: no notice leaves here."""

    def send(self, email: Email) -> None:
        raise AssertionError(email)


def _plain_pages(desk: Desk, guide: Path, stack: ExitStack) -> dict[str, Callable[[], object]]:
    """Asked as a browser asks, through the gate, without a network between."""
    page = served(desk, guide, stack)
    with desk.office.database.reading() as tx:
        asked = tables.askings.select().where(tables.askings.c.is_present).limit(1)
        asking = tx.execute(asked).one()
    return {
        "An answer page": page(asking.person_id, f"/respond/{asking.id}"),
        "A page of the guide": page(MANAGER, f"/{desk.council}/"),
        "A table of the log": page(MANAGER, f"/log/{desk.council}/alerts"),
    }


def served(
    desk: Desk, guide: Path, stack: ExitStack
) -> Callable[[str, str], Callable[[], httpx.Response]]:
    """The whole product in this process: given who asks and an address, that page as often as it is called."""
    app = whole(desk.office, _Nobody(), guide)
    loop = asyncio.new_event_loop()
    stack.callback(loop.close)
    log: Any = next(one.app for one in app.routes if isinstance(one, Mount) and one.path == "/log")
    loop.run_until_complete(log.start())
    stack.callback(log.stop)
    home = Home(desk.office.settings.base_url)

    def page(who: str, path: str) -> Callable[[], httpx.Response]:
        cookies = {home.cookie: session_of(desk, who)}
        transport = httpx.ASGITransport(app)
        browser = httpx.AsyncClient(
            transport=transport, base_url=home.base_url, cookies=cookies, timeout=_PATIENCE
        )
        stack.callback(lambda: loop.run_until_complete(browser.aclose()))

        def run() -> httpx.Response:
            answer = loop.run_until_complete(browser.get(path, headers={"accept": "text/html"}))
            assert answer.status_code == HTTPStatus.OK, (path, answer.status_code)
            return answer

        run()
        return run

    return page
