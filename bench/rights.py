"""What signing in and permission add to a page: the whole page, to the same without what they took of it.

Both are drawn in turns in one run: whatever asks who is there, which posts they hold and what these let them see and
do is asked, the gate included, and then the page is drawn again with what was answered. What a list's own question to
the store holds of it cannot be taken out of that question, and is not counted.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from time import process_time
from typing import Any, NamedTuple, TypeVar

import httpx
from datasette.app import Datasette
from starlette.routing import Mount

from bench.lists import REFERENCE, WARNS, page_of, session_of
from bench.turns import Row, milliseconds, times
from practice_alerts.adapters.links_and_sessions import SignIn
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.cli.support.guide_build import site_of
from practice_alerts.domain.acts import permissions
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.directory import office_permissions
from practice_alerts.domain.seeing import readers
from practice_alerts.web.assemble import whole
from practice_alerts.web.shell import gate, log_app
from practice_alerts.web.shell.origin import Home
from tests.helpers.alerts.large_store import many_alerts
from tests.helpers.product.office import Desk

T = TypeVar("T")
ALERTS = 1_000
ROUNDS, QUICK_ROUNDS = 40, 400
"""Pages of the app take ten times as long as plain ones."""
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


class Answers:
    """What was answered to whoever asked, of which only the outermost counts: noted down, and given again when the same is asked again.

    So a page is drawn in turns with all that work and without it, in one run. Nothing is timed as it is called: that takes as
    long as many a call.
    """

    def __init__(self) -> None:
        self.noting = False
        self.giving = False
        self._noted: defaultdict[Asking, deque[Any]] = defaultdict(deque)
        self._within = 0

    def note(self, page: Callable[[], object]) -> None:
        """Note down what is answered while the page is drawn, and nothing else."""
        self._noted.clear()
        self.noting = True
        page()
        self.noting = False

    @contextmanager
    def given(self) -> Iterator[None]:
        """Whatever was not asked before is asked in earnest: within another question that is not asked now."""
        self.giving = True
        yield
        self.giving = False

    @contextmanager
    def _counted(self, asking: Asking) -> Iterator[Callable[[Any], None]]:
        self._within += 1
        try:
            yield lambda answer: self._noted[asking].append(answer) if self._within == 1 else None
        finally:
            self._within -= 1

    def told(self, asked: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(asked)
        def tell(*given: Any, **named: Any) -> Any:
            asking = (asked.__qualname__, *map(_which, given))
            if self.giving and (noted := self._noted.get(asking)):
                return noted.popleft()
            if not self.noting:
                return asked(*given, **named)
            with self._counted(asking) as note:
                answer = asked(*given, **named)
                note(answer)
            return answer

        return tell

    def told_in_turn(self, asked: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @wraps(asked)
        async def tell(*given: Any, **named: Any) -> Any:
            asking = (asked.__qualname__, *map(_which, given))
            if self.giving and (noted := self._noted.get(asking)):
                return noted.popleft()
            if not self.noting:
                return await asked(*given, **named)
            with self._counted(asking) as note:
                answer = await asked(*given, **named)
                note(answer)
            return answer

        return tell


Asking = tuple[Hashable, ...]
"""What is asked: the name of the question, and of whom or what as far as a name says it."""


def _which(given: Any) -> Hashable:
    if isinstance(given, str | int | Enum):
        return given
    alert = getattr(given, "alert", given)
    if isinstance(alert, Alert):
        return alert.reference
    name = getattr(given, "id", None)
    return name if isinstance(name, str) else type(given).__name__


class Taken(NamedTuple):
    whole: float
    without: float


def measure() -> list[Row]:
    """Five pages, each as somebody who may see it."""
    logging.getLogger(WARNS).addFilter(lambda _: False)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        desk = many_alerts(Path(folder) / "data", ALERTS)
        guide = site_of(desk.office, lambda _: None, Path(folder) / "guide")
        answers = Answers()
        stack.enter_context(_told(answers))
        pages = {
            "Work tray of an officer": page_of(desk, OFFICER, "work_tray"),
            "One alert": page_of(desk, MANAGER, "alert", reference=REFERENCE),
        }
        plain = _plain_pages(desk, guide, stack)
        rows = [_row(what, _in_turns(page, answers, ROUNDS)) for what, page in pages.items()]
        rows += [_row(what, _in_turns(page, answers, QUICK_ROUNDS)) for what, page in plain.items()]
        desk.office.database.close()
    return rows


def _in_turns(page: Callable[[], object], answers: Answers, rounds: int) -> list[Taken]:
    """Whichever comes first in one round comes last in the next."""
    taken = []
    for number in range(rounds):
        answers.note(page)
        first = _processor(page) if number % 2 else 0.0
        with answers.given():
            without = _processor(page)
        taken.append(Taken(first or _processor(page), without))
    return taken


def _processor(page: Callable[[], object]) -> float:
    began = process_time()
    page()
    return process_time() - began


def _row(what: str, taken: list[Taken]) -> Row:
    whole, without = (median(column) for column in zip(*taken, strict=True))
    note = f"{milliseconds(whole - without)} of {milliseconds(whole)}, of processor"
    head = f"{what}: to the same without signing in and permission"
    return Row(head, times(whole / without), note)


@contextmanager
def _told(answers: Answers) -> Iterator[None]:
    """Wherever a module has one of them by name, it gets the one that notes down."""
    with ExitStack() as stack:
        for owner, name in ASKED:
            asked = getattr(owner, name)
            told = answers.told(asked)
            for where in {owner, *_knowing(name, asked)}:
                _put(stack, where, name, told)
        for owner, name in ASKED_IN_TURN:
            asked = answers.told_in_turn(getattr(owner, name))
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

    def done(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(_PATIENCE)

    stack.enter_context(_running(loop))
    log: Any = next(one.app for one in app.routes if isinstance(one, Mount) and one.path == "/log")
    done(log.start())
    stack.callback(log.stop)
    home = Home(desk.office.settings.base_url)

    def page(who: str, path: str) -> Callable[[], httpx.Response]:
        cookies = {home.cookie: session_of(desk, who)}
        transport = httpx.ASGITransport(app)
        browser = httpx.AsyncClient(
            transport=transport, base_url=home.base_url, cookies=cookies, timeout=_PATIENCE
        )
        stack.callback(lambda: done(browser.aclose()))

        def run() -> httpx.Response:
            answer = done(browser.get(path, headers={"accept": "text/html"}))
            assert answer.status_code == HTTPStatus.OK, (path, answer.status_code)
            return answer

        run()
        return run

    return page


@contextmanager
def _running(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """In a thread of its own and without an end, as a server runs it: else each request would begin threads of its own."""
    ended = asyncio.Event()
    thread = Thread(target=lambda: loop.run_until_complete(ended.wait()))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
