"""uvicorn around the app alone, for a process that draws it: it listens nowhere, and serves what it is given."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

import uvicorn

from practice_alerts.adapters.drawing import handing
from practice_alerts.adapters.mail import Sender
from practice_alerts.cli.support.run_server import Server, keep_to_warnings, uvicorn_config
from practice_alerts.office import Office
from practice_alerts.ui.page import session
from practice_alerts.web.assemble import app_alone

_LESS_URGENT: Final = 5
"""Steps: where processors are short, the process that answers comes before those that draw."""


def draw(
    office: Office,
    sender: Sender,
    control: socket.socket,
    at_end: Callable[[Callable[[], None]], None],
) -> None:
    """Draw the app for the process at the other end of `control`. `at_end` is told what ends it."""
    os.nice(_LESS_URGENT)
    keep_to_warnings(as_json=office.settings.watching.json_lines)
    session.use(office)
    server = _DrawingServer(uvicorn_config(app_alone(office, sender), office.settings), control)
    at_end(server.end)
    server.run(sockets=[])


class _DrawingServer(Server):
    def __init__(self, config: uvicorn.Config, control: socket.socket) -> None:
        super().__init__(config, partial(self._begin, control))
        self._given: set[asyncio.Task[object]] = set()

    def end(self) -> None:
        self.should_exit = True

    def _begin(self, control: socket.socket) -> None:
        asyncio.get_running_loop().add_reader(control, self._take, control)
        handing.say_ready(control)

    def _take(self, control: socket.socket) -> None:
        taken = handing.taken(control)
        if taken is None:
            asyncio.get_running_loop().remove_reader(control)
            self.end()
            return
        task = asyncio.create_task(self._serve_one(*taken))
        self._given.add(task)
        task.add_done_callback(self._given.discard)

    async def _serve_one(self, connection: socket.socket, head: bytes) -> None:
        """As uvicorn does with what it accepts, but that somebody has read the head already."""

        def protocol() -> asyncio.Protocol:
            return self.config.http_protocol_class(  # type: ignore[call-arg] # as uvicorn calls it
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            )

        loop = asyncio.get_running_loop()
        with suppress(OSError):  # whoever it was has gone
            _, its = await loop.connect_accepted_socket(protocol, connection)
            if head:
                its.data_received(head)
