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
_MOST_WAITING = 3
"""Of one reader; of more the one asked for first is not drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    svg: bytes
    png: bytes


class ChartMaker:
    """Nobody waits for a chart but whoever asks for its picture. One process draws at a time, for readers in turn."""

    def __init__(self, limit: float = 60.0, program: Path = _PROGRAM) -> None:
        self._limit = limit
        self._program = program
        self._kept: OrderedDict[str, Future[Drawn | None]] = OrderedDict()
        self._waiting: dict[str, list[Mapping[str, Chart]]] = {}
        self._draws = False
        self._keeping = threading.Lock()

    def ask(self, charts: Mapping[str, Chart], reader: str = "") -> None:
        """Begin with those that are not there yet, by the keys under which they are kept; it returns at once."""
        with self._keeping:
            new = {key: chart for key, chart in charts.items() if key not in self._kept}
            for key in new:
                self._kept[key] = Future()
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            given_up = self._put_in_line(new, reader) if new else []
        for future in given_up:
            _tell(future, None)

    def _put_in_line(self, new: Mapping[str, Chart], reader: str) -> "list[Future[Drawn | None]]":
        """Those of the same reader that are not drawn after all."""
        theirs = self._waiting.setdefault(reader, [])
        theirs.append(new)
        left = theirs.pop(0) if len(theirs) > _MOST_WAITING else {}
        if not self._draws:
            self._draws = True
            threading.Thread(target=self._draw_all, daemon=True).start()
        return [self._kept.pop(key) for key in left if key in self._kept]

    def _draw_all(self) -> None:
        while charts := self._next():
            self._draw(charts)

    def _next(self) -> Mapping[str, Chart]:
        """What whoever has waited longest asked for first; whatever else they want comes after the others'."""
        with self._keeping:
            if not self._waiting:
                self._draws = False
                return {}
            reader = next(iter(self._waiting))
            first, *others = self._waiting.pop(reader)
            if others:
                self._waiting[reader] = others
            return first

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
        made = self._run(list(charts.values())) or [None] * len(charts)
        with self._keeping:
            waiting = [
                # What could not be drawn is to be tried again.
                (self._kept.get(key) if one else self._kept.pop(key, None), one)
                for key, one in zip(charts, made, strict=True)
            ]
        for future, one in waiting:
            _tell(future, one)

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


def _tell(future: "Future[Drawn | None] | None", drawn: Drawn | None) -> None:
    if future is not None and not future.done():
        future.set_result(drawn)
