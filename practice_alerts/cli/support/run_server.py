"""uvicorn around the whole product, until somebody stops it."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from practice_alerts.adapters.drawing import handing
from practice_alerts.adapters.drawing.drawing_processes import DrawingProcesses
from practice_alerts.adapters.links_and_sessions import LINK_LIFE
from practice_alerts.adapters.mail import FolderSender, MailSettings, Sender, SmtpSender
from practice_alerts.casework.directory import staff
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.casework.each_by_itself import PROGRESS
from practice_alerts.casework.sample.sample_people import STORY
from practice_alerts.cli.support.handing_over import HandingOver
from practice_alerts.cli.support.port import listen
from practice_alerts.office import Office, Settings
from practice_alerts.ui.page import session
from practice_alerts.web.assemble import whole
from practice_alerts.web.shell.request_log import JsonLines

# Seconds for pages on their way. An open tab of the app holds a websocket for as long as it is open, so
# waiting for the last one would be waiting for everybody to go home.
_GRACE = 3
_LONGEST_MESSAGE = 4_000_000
"""Bytes of what a page of the app sends at once: all its fields, the longest of them full."""
_LONGEST_HEAD = handing.LONGEST_HEAD
"""Bytes of an address with its headers: a query of the log stands in one."""


class Server(uvicorn.Server):
    """Says when people can come in, which is later than the start."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def run(
    office: Office,
    sender: Sender,
    guide: Path,
    taken: socket.socket,
    say: Callable[[str], None],
    *,
    draws: DrawingProcesses | None = None,
) -> None:
    """Serve on a bound socket until a signal comes. Raises NotFree when another start was faster.

    `draws`: those that draw the app, where it is not drawn here. Raises CannotDraw.
    """
    keep_to_warnings(as_json=office.settings.watching.json_lines)
    if draws is None:
        session.use(office)
        _serve(office, whole(office, sender, guide), taken, say)
        return
    draws.begin()
    try:
        app = whole(office, sender, guide, draws)
        draws.must_be_ready()
        _serve(office, app, taken, say, ws=HandingOver)
    finally:
        draws.end()


def _serve(
    office: Office,
    app: ASGIApp,
    taken: socket.socket,
    say: Callable[[str], None],
    ws: type[asyncio.Protocol] | None = None,
) -> None:
    listen(taken, taken.getsockname()[0])
    lines = list(_welcome(office))
    config = uvicorn_config(app, office.settings, ws)
    Server(config, lambda: say("\n".join(lines))).run(sockets=[taken])


def uvicorn_config(
    app: ASGIApp, settings: Settings, ws: type[asyncio.Protocol] | None = None
) -> uvicorn.Config:
    """How the product is served, whatever uvicorn would read from the environment. `ws`: what opens websockets."""
    return uvicorn.Config(
        app,
        ws=ws or "auto",
        access_log=False,  # the addresses of sign-in links are secrets
        log_config=None,  # one form for every line, set above
        log_level="warning",
        server_header=False,
        # Decided here and not by uvicorn, which believes whatever comes from this machine itself.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        # Another parser keeps a head of any length, from whoever sends it, before anybody can refuse it.
        http="h11",
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        ws_max_size=_LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # a thousandth of what is unpacked would have to be sent
        lifespan="on",
        timeout_graceful_shutdown=_GRACE,
    )


def keep_to_warnings(*, as_json: bool) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger(PROGRESS).setLevel(logging.INFO)
    if as_json:
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
        logging.getLogger("practice_alerts.requests").setLevel(logging.INFO)
    # Streamlit gives uvicorn's loggers a voice at start, whatever uvicorn was told.
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.levelno >= logging.WARNING)


def _welcome(office: Office) -> Iterator[str]:
    if office.settings.sample:
        minutes = int(LINK_LIFE.total_seconds() // 60)
        yield f"Sign in as one of these made-up people; each link works once, for {minutes} minutes:"
        yield from _links(office)
        yield f"Anybody of the sample office, as often as you like: {office.settings.base_url}/sign-in"
    yield f"Practice alerts is at {office.settings.base_url} (Ctrl+C stops it)"


def _links(office: Office) -> Iterator[str]:
    """A fresh link for everybody of the council whose story is told, and for an officer of each other."""
    everybody = staff.everybody(office)
    first = [one for one in everybody if any(post.council == STORY for post in one.posts)]
    for one in first:
        yield _link(office, one, ", ".join(one.titles) or "no post")
    for one in () if first else everybody:
        yield _link(office, one, _posts_and_councils(office, one))
    for council, files in office.councils.items():
        if first and council != STORY:
            raises = (council, files.procedure.raising_posts[0])
            for one in everybody:
                if raises in {(post.council, post.post) for post in one.posts}:
                    yield _link(office, one, f"{', '.join(one.titles)}, {files.procedure.council}")
                    break


def _posts_and_councils(office: Office, one: staff.StaffLine) -> str:
    """People of one name work in several councils."""
    where = dict.fromkeys(post.council for post in one.posts)
    known = [office.councils[council] for council in where if council in office.councils]
    names = [files.procedure.council for files in known]
    return ", ".join([*(one.titles or ("no post",)), *names])


def _link(office: Office, one: staff.StaffLine, post: str) -> str:
    return f"  {one.person.name}, {post}: {links_by_mail.sign_in_address(office, one.person.id)}"


def sender_for(
    office: Office, environment: Mapping[str, str], say: Callable[[str], None]
) -> Sender:
    """The mail server that is configured, else a folder to look into; `say` is told what is put there."""
    settings = MailSettings.read(environment)
    if settings is not None:
        return SmtpSender(settings)
    return FolderSender(office.settings.data / "outbox", say)
