"""What machines ask: may anything be recorded here, and the figures, for the scraper that is named alone."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from ipaddress import ip_address, ip_network

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.drawing.drawing_processes import Draws
from practice_alerts.adapters.metrics import FORMAT, Measured, Metrics
from practice_alerts.casework.upkeep.checks import Check, CheckFinding, Level, look, may_record
from practice_alerts.office import Office

_DRAWING = "drawing"
_HOLDS = 5.0  # seconds: so often something is tried on the disk, however many ask


class WatchPages:
    def __init__(self, office: Office, metrics: Metrics, draws: Draws | None = None) -> None:
        """`draws`: those that draw the app, where other processes do."""
        self._office = office
        self._draws = draws
        self._metrics = metrics
        self._found: Mapping[Check, CheckFinding] = {}
        self._until = 0.0
        self._one_looks = asyncio.Lock()

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/readyz", self._ready), Route("/metrics", self._figures)]

    async def _ready(self, _: Request) -> Response:
        """Names and levels alone: what they say names folders, and is for `doctor`."""
        found = await self._now()
        levels: dict[str, Level] = {check: one.level for check, one in found.items()}
        levels |= self._drawing()
        lines = "".join(f"{check}: {level.name.lower()}\n" for check, level in levels.items())
        if may_record(found):
            return PlainTextResponse(lines)
        return PlainTextResponse(lines, 503, headers={"retry-after": "30"})

    async def _figures(self, request: Request) -> Response:
        if not self._is_scraper(request):
            raise HTTPException(404)
        found = await self._now()
        each = [Measured(check, one.level, one.figures) for check, one in found.items()]
        if self._draws is not None:
            figures = {_DRAWING: float(self._draws.at_work()[0])}
            each += [Measured(check, level, figures) for check, level in self._drawing().items()]
        return Response(self._metrics.text(each), media_type=FORMAT)

    def _drawing(self) -> Mapping[str, Level]:
        """No check of the store, and nobody is sent elsewhere for it: answers can be given, and the log read."""
        if self._draws is None:
            return {}
        there, wanted = self._draws.at_work()
        return {_DRAWING: Level.WELL if there == wanted else Level.MIND if there else Level.WRONG}

    def _is_scraper(self, request: Request) -> bool:
        if request.client is None:
            return False
        try:
            asks = ip_address(request.client.host.partition("%")[0])
        except ValueError:
            return False
        networks = [
            ip_network(one, strict=False) for one in self._office.settings.watching.scrapers
        ]
        asks = getattr(asks, "ipv4_mapped", None) or asks
        return any(asks in network for network in networks)

    async def _now(self) -> Mapping[Check, CheckFinding]:
        """As of a few seconds ago at most, and looked at once, whoever asks."""
        async with self._one_looks:
            if time.monotonic() > self._until:
                office = self._office
                self._found = await run_in_threadpool(
                    look, office.settings, office.database, office.now()
                )
                self._until = time.monotonic() + _HOLDS
        return self._found
