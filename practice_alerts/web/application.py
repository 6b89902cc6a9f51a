"""The whole product as one ASGI application: guide, app, log and plain pages behind one gate."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    nullcontext,
)
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from practice_alerts.adapters.drawing.drawing_processes import Draws
from practice_alerts.adapters.metrics import Metrics
from practice_alerts.casework.directory.signing_in.single_sign_on import SignOnWay
from practice_alerts.casework.sample.sign_in_as import SampleDoor
from practice_alerts.web.app_face.app_page import OwnAppPage
from practice_alerts.web.app_face.drawn_elsewhere import DrawnElsewhere
from practice_alerts.web.app_face.streamlit_app import (
    APP_FILES,
    app_face,
    app_scripts,
    own_page,
    smaller_fonts,
)
from practice_alerts.web.pages.sessions import SessionPages
from practice_alerts.web.pages.sign_in import SignInPages
from practice_alerts.web.shell.addresses import GUIDE, place_of
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.headers import Headers, guide_scripts, policies
from practice_alerts.web.shell.html_pages import STATIC, PlainPages
from practice_alerts.web.shell.kept_files import KeptFiles
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.ports import Desk, LogFace, NothingPutDown, PutsDown, SendLink
from practice_alerts.web.shell.request_log import Requests

# Whatever runs beside the faces for as long as they do, such as the sender of notices.
BackgroundTask = Callable[[], AbstractAsyncContextManager[None]]
# Begun as Streamlit's own App is: its runtime is made when it is first called.
WhileServed = Callable[[], Callable[[Starlette], AbstractAsyncContextManager[Any]]]


@dataclass(frozen=True, slots=True)
class Faces:
    """What is shown: the app's entry script, the guide as built, the log, and further plain pages.

    `put_down` is told who was refused.
    """

    app_script: Path
    guide: Path
    log: LogFace
    pages: PlainPages
    more: Sequence[BaseRoute] = ()
    put_down: PutsDown = NothingPutDown()  # noqa: RUF009 - holds nothing
    metrics: Metrics = field(default_factory=Metrics)
    json_lines: bool = False
    draws: Draws | None = None
    """Who draws the app, where other processes do."""


class UnlistedAddress(Exception):  # noqa: N818 - says what is missing
    """A face was mounted where addresses.py has no line, so nobody decided who may see it."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path} has no line of its own in practice_alerts/web/shell/addresses.py")


def build(
    faces: Faces,
    desk: Desk,
    send_link: SendLink,
    home: Home,
    beside: Sequence[BackgroundTask] = (),
    *,
    ways: Sequence[SignOnWay] = (),
    door: SampleDoor | None = None,
) -> Starlette:
    """Call once in a process (Streamlit keeps one runtime), and serve it with uvicorn.

    UnlistedAddress when a route of `faces.more` is at an address that nobody decided about.
    """
    app, running = _app(faces, home)
    own = [
        *SignInPages(faces.pages, desk, home, send_link, ways, door).routes(),
        *SessionPages(faces.pages, desk, home).routes(),
    ]
    return Starlette(
        routes=_routes(faces, app, own),
        middleware=[
            Middleware(Requests, faces.metrics, told=faces.json_lines),
            Middleware(Headers, home, policies(app_scripts(), guide_scripts(faces.guide))),
            Middleware(Bugs, faces.pages.bug, faces.pages.trouble),
            Middleware(AccessGate, home, desk, faces.pages.refusal, faces.put_down),
        ],
        exception_handlers={HTTPException: faces.pages.http_error},
        lifespan=partial(_lifespan, running, faces.log, beside),
    )


def build_app_alone(
    script: Path,
    pages: PlainPages,
    desk: Desk,
    home: Home,
    beside: Sequence[BackgroundTask] = (),
    *,
    put_down: PutsDown = NothingPutDown(),  # noqa: B008 - holds nothing
) -> Starlette:
    """The app behind a gate of its own, for a process that draws it: the other believed nobody, and nor does this."""
    app = app_face(script, pages.refusal, home.cookie)
    return Starlette(
        routes=[Mount("/app", app)],
        middleware=[
            Middleware(Bugs, pages.bug, pages.trouble),
            Middleware(AccessGate, home, desk, pages.refusal, put_down),
        ],
        exception_handlers={HTTPException: pages.http_error},
        lifespan=partial(_lifespan, app.lifespan, None, beside),
    )


def _app(faces: Faces, home: Home) -> tuple[ASGIApp, WhileServed]:
    """Drawn here or elsewhere, and what then goes on for as long as we serve."""
    refusal = faces.pages.refusal
    if faces.draws is None:
        app = app_face(faces.app_script, refusal, home.cookie)
        return app, app.lifespan
    return OwnAppPage(DrawnElsewhere(faces.draws), own_page(), refusal), _nothing_runs


def _nothing_runs() -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    return lambda _: nullcontext()


def _routes(faces: Faces, app: ASGIApp, own: Sequence[BaseRoute]) -> list[BaseRoute]:
    routes = [
        *own,
        Route("/healthz", _health),
        # Without these two the guide, which is mounted at the root, would swallow the bare address.
        Route("/app", _to_slash),
        Route("/log", _to_slash),
        *faces.more,
        *(Route(address, _file(font)) for address, font in smaller_fonts()),
        Route("/app/static", _nothing),
        Mount("/app/static", KeptFiles(APP_FILES, for_ever=True)),
        Mount("/app", app),
        Mount("/log", faces.log),
        Mount("/static", KeptFiles(STATIC)),
    ]
    _each_has_its_place(routes)
    return [*routes, Mount("/", KeptFiles(faces.guide, html=True))]


@asynccontextmanager
async def _lifespan(
    running: WhileServed, log: LogFace | None, beside: Sequence[BackgroundTask], app: Starlette
) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running()(app))
        # Streamlit has just given uvicorn's access log a voice, whatever uvicorn was told. It would
        # write down every address, and the address of a sign-in link is a secret.
        logging.getLogger("uvicorn.access").disabled = True
        if log is not None:
            await log.start()
            stack.callback(log.stop)
        for start in beside:
            await stack.enter_async_context(start())
        yield


def _each_has_its_place(routes: Sequence[BaseRoute]) -> None:
    for route in routes:
        path = getattr(route, "path", "")
        if place_of(path) is GUIDE:
            raise UnlistedAddress(path)


def _file(path: Path) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return FileResponse(path, headers={"cache-control": "public, max-age=86400"})

    return answer


async def _nothing(_: Request) -> Response:
    """Streamlit would answer with its page: it takes what is no file for one of its own."""
    raise HTTPException(404)


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _to_slash(request: Request) -> Response:
    """Relative to the root and not to a host: a proxy in front may know us by another name."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.scope['path']}/{query}", 307)
