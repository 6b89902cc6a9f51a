"""Charts drawn in a process of their own, several in one going, and kept by what is in them."""

import base64
import binascii
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from practice_alerts.adapters.environment import for_other_programs
from practice_alerts.domain.reports.charts import Chart

_PROGRAM: Final = Path(__file__).with_name("chart_process.py")
_MOST_KEPT = 300


@dataclass(frozen=True, slots=True)
class Drawn:
    svg: bytes
    png: bytes


class ChartMaker:
    """Nobody waits for a chart but whoever asks for its picture. One process draws at a time."""

    def __init__(self, limit: float = 60.0, program: Path = _PROGRAM) -> None:
        self._limit = limit
        self._program = program
        self._turn = threading.Lock()
        self._kept: OrderedDict[str, Future[Drawn | None]] = OrderedDict()
        self._keeping = threading.Lock()

    def ask(self, charts: Mapping[str, Chart]) -> None:
        """Begin with those that are not there yet, by the keys under which they are kept; it returns at once."""
        with self._keeping:
            new = {key: chart for key, chart in charts.items() if key not in self._kept}
            for key in new:
                self._kept[key] = Future()
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        if new:
            threading.Thread(target=self._draw, args=(new,), daemon=True).start()

    def asked(self, key: str) -> "Future[Drawn | None] | None":
        """The picture, or None, in a while; nothing where nobody asked for that chart."""
        with self._keeping:
            return self._kept.get(key)

    def drawn(self, key: str, patience: float) -> Drawn | None:
        """Waits so many seconds for one that was asked for."""
        found = self.asked(key)
        try:
            return found.result(patience) if found else None
        except NotYet:
            return None

    def _draw(self, charts: Mapping[str, Chart]) -> None:
        with self._turn:
            made = self._run(list(charts.values())) or [None] * len(charts)
        with self._keeping:
            waiting = [
                # What could not be drawn is to be tried again.
                (self._kept.get(key) if one else self._kept.pop(key, None), one)
                for key, one in zip(charts, made, strict=True)
            ]
        for future, one in waiting:
            if future is not None:
                future.set_result(one)

    def _run(self, charts: list[Chart]) -> list[Drawn | None] | None:
        asked = f"[{','.join(one.as_text for one in charts)}]"
        try:
            done = subprocess.run(  # noqa: S603 - our own file
                [sys.executable, "-I", str(self._program)],
                input=asked.encode(),
                env=for_other_programs(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._limit,
                check=True,
                start_new_session=True,  # a Ctrl-C is for the server
            )
            told = json.loads(done.stdout)
            found = [Drawn(one["svg"].encode(), base64.b64decode(one["png"])) for one in told]
        except (OSError, subprocess.SubprocessError, ValueError, binascii.Error):
            return None
        return [*found] if len(found) == len(charts) else None
