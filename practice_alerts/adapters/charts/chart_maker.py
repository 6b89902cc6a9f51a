"""Charts drawn in a process of their own, several in one going, and kept by what is in them."""

import base64
import binascii
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from practice_alerts.adapters.environment import for_other_programs
from practice_alerts.domain.reports.charts import Chart

_PROGRAM: Final = Path(__file__).with_name("chart_process.py")
_LIMIT = 300.0
"""Seconds. All charts of a report take two or three of a processor, which under load are many more by the clock; what
goes round in circles ends by itself after its own time of a processor."""
_MOST_KEPT = 300
_MOST_WAITING = 3
"""Of one reader; of more the one asked for first is not drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    svg: bytes
    png: bytes


class ChartMaker:
    """Nobody waits for a chart but whoever asks for its picture. One process draws at a time, for readers in turn."""

    def __init__(self, limit: float = _LIMIT, program: Path = _PROGRAM) -> None:
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
        """Each is there as soon as it is drawn; what could not be drawn is to be tried again."""
        left = list(charts)
        with suppress(OSError, ValueError, binascii.Error):
            for drawn in self._run(list(charts.values())):
                self._is_over(left.pop(0), drawn)
                if not left:
                    break
        for key in left:
            self._is_over(key, None)

    def _is_over(self, key: str, drawn: Drawn | None) -> None:
        with self._keeping:
            future = self._kept.get(key) if drawn else self._kept.pop(key, None)
        _tell(future, drawn)

    def _run(self, charts: list[Chart]) -> Iterator[Drawn | None]:
        """A chart a line, in their order, as long as the program goes on. Raises what its lines are at fault in."""
        asked = f"[{','.join(one.as_text for one in charts)}]"
        with subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", str(self._program)],
            env=for_other_programs(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is for the server
        ) as program:
            end = threading.Timer(self._limit, program.kill)
            end.start()
            try:
                with suppress(BrokenPipeError), program.stdin as given:  # type: ignore[union-attr]
                    given.write(asked.encode())
                for line in program.stdout or ():
                    yield _read(line)
            finally:
                end.cancel()
                program.kill()


def _read(line: bytes) -> Drawn | None:
    """None of one that could not be drawn."""
    told = json.loads(line)
    if told is None:
        return None
    if not isinstance(told, dict) or not {"svg", "png"} <= told.keys():
        raise ValueError("no chart")
    return Drawn(told["svg"].encode(), base64.b64decode(told["png"]))


def _tell(future: "Future[Drawn | None] | None", drawn: Drawn | None) -> None:
    if future is not None and not future.done():
        future.set_result(drawn)
