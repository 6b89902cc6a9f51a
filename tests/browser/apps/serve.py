"""Serve one page's script as the product serves its own: `python serve.py SCRIPT PORT`."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice_alerts import ROOT
from practice_alerts.web.app_face.streamlit_app import app_face
from practice_alerts.web.shell.html_pages import PlainPages

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:"
)


def build(script: Path) -> ASGIApp:
    page = app_face(script, PlainPages(sample=False).refusal)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with page.lifespan()(app):
            yield

    fonts = StaticFiles(directory=ROOT / "practice_alerts/web/static")
    whole = Starlette(routes=[Mount("/app", page), Mount("/static", fonts)], lifespan=lifespan)

    async def with_policy(scope: Scope, receive: Receive, send: Send) -> None:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["content-security-policy"] = POLICY
            await send(message)

        await whole(scope, receive, say)

    return with_policy


if __name__ == "__main__":
    uvicorn.run(build(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]))
