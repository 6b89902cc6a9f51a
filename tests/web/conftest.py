"""The small product, running in this process: Streamlit keeps one runtime, so it is made once a module."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit  # noqa: TID251 - its runtime has to be put away again
from starlette.applications import Starlette

from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.small_web_shell import SmallProduct
from tests.helpers.product.two_councils import (
    MARKERS,
    TwoCouncils,
    Visitor,
    browser,
    open_two_councils,
)

if TYPE_CHECKING:
    from tests.web.standing_walk import Place


@dataclass
class Running:
    """The product on a loop of its own; `visitor()` is a browser that nobody has signed in with."""

    product: SmallProduct
    app: Starlette
    loop: asyncio.AbstractEventLoop

    def visitor(self) -> Asking:
        def run(exchange: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
            return asyncio.run_coroutine_threadsafe(exchange(), self.loop).result(timeout=60)

        return Asking(self.app, self.product.base_url, run=run)

    def signed_in(self, person: str) -> Asking:
        visitor = self.visitor()
        token = self.product.link(person).rpartition("/")[2]
        answer = visitor.post("/sign-in/use", {"token": token})
        assert answer.status_code == 303
        return visitor


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with started(tmp_path_factory.mktemp("small")) as running:
        yield running


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """From its start to its stop; one at a time."""
    product = SmallProduct(folder)
    with served(product.app) as (app, loop):
        yield Running(product, app, loop)


@contextmanager
def served(
    make: Callable[[], Starlette],
) -> Iterator[tuple[Starlette, asyncio.AbstractEventLoop]]:
    """An application with Streamlit in it, on a loop of its own; one at a time."""
    beside = streamlit.config._main_script_path
    streamlit.config._main_script_path = None
    app = make()
    with _alive(app) as loop:
        yield app, loop
    streamlit.runtime.Runtime._instance = None
    streamlit.config._main_script_path = beside
    streamlit.config._config_options = None


@contextmanager
def _alive(app: Starlette) -> Iterator[asyncio.AbstractEventLoop]:
    """Run the application's lifespan in a thread, from its beginning to its end in one task."""
    started: list[asyncio.AbstractEventLoop] = []
    ready, over = threading.Event(), asyncio.Event()

    async def live() -> None:
        async with app.router.lifespan_context(app):
            started.append(asyncio.get_running_loop())
            ready.set()
            await over.wait()
        await streamlit.runtime.get_instance().stopped  # or its sessions are never closed

    thread = threading.Thread(target=asyncio.run, args=[live()])
    thread.start()
    assert ready.wait(timeout=60)
    yield started[0]
    started[0].call_soon_threadsafe(over.set)
    thread.join(timeout=60)
    assert not thread.is_alive()


@dataclass(frozen=True)
class Walk:
    two: TwoCouncils
    app: Starlette
    loop: asyncio.AbstractEventLoop
    visitors: tuple[Visitor, ...]

    def as_(self, who: Visitor) -> Asking:
        return browser(self.app, self.loop, self.two.home, who.cookie)

    def named(self, name: str) -> Visitor:
        return next(one for one in self.visitors if one.name == name)

    def wrong(self, who: Visitor, place: Place, method: str) -> str:
        """What is wrong with the answer that this visitor gets there; empty where nothing is."""
        answer = self.as_(who).request(method, place.address)
        if answer.status_code not in place.gives(who):
            return f"{answer.status_code} instead of {sorted(place.gives(who))}"
        for council, words in MARKERS.items():
            if any(word in answer.text for word in words) and not place.may_name(council, who):
                return f"tells what was typed in {council}"
        kept = answer.headers.get("cache-control", "") != "no-store"
        if kept and not place.line.kept:
            return "may be kept by a browser"
        return next(
            (
                f"sets {name}"
                for one in answer.headers.get_list("set-cookie")
                if (name := one.partition("=")[0]) not in place.line.cookies
                and not name.startswith("_streamlit")  # its own token against forgery
            ),
            "",
        )


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    two = open_two_councils(folder / "data")
    with walked(two, folder, tuple(two.visitors())) as walk:
        yield walk


@contextmanager
def walked(two: TwoCouncils, folder: Path, visitors: tuple[Visitor, ...]) -> Iterator[Walk]:
    guide = folder / "guide"
    guide.mkdir()
    (guide / "index.html").write_text("<h1>The guide</h1>", "utf-8")
    with served(lambda: two.app(guide)) as (app, loop):
        walk = Walk(two, app, loop, visitors)
        # Streamlit makes its routes when it is first asked
        walk.as_(walk.named("iro")).get("/app/")
        yield walk
    two.desk.office.database.close()
