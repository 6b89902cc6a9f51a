"""What stands in a definition file, and on which line; stricter than YAML where YAML surprises."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from practice_alerts.domain.files.faults import IN_QUOTES, Problem, value_at
from practice_alerts.domain.files.schema import Path

MOST_DEPTH = 40  # keys and lists inside one another; the deepest file in use has nine
TOO_DEEP = Problem((), "keys and lists nested deeper", f"at most {MOST_DEPTH} levels")

MANY = (
    200  # problems: nobody reads on, and to find the very line of each takes a look at every line
)

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CURLY = re.compile(
    r"[\u201c\u201d\u201e][^\u201c-\u201e]*[\u201c\u201d]|[\u2018\u2019][^\u2018\u2019]*[\u2018\u2019]"
)
_EMPTY = ("", "~", "null", "Null", "NULL")
_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")


class Unreadable(Exception):  # noqa: N818 - caught where the file is read
    """Reading cannot go on; carries the line and the problem."""

    def __init__(self, line: int, problem: Problem) -> None:
        self.line = line
        self.problem = problem
        super().__init__(problem.found)


@dataclass
class Written:
    """The value, the line (from 1) of each key and item by its path, and what is wrong."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    _refused: set[Path] = field(default_factory=set)

    def refuse(self, problem: Problem, line: int | None = None) -> None:
        """Note a problem, once a path; without a line, that of the key or value is looked up."""
        path = problem.path
        if not any(path[:length] in self._refused for length in range(len(path) + 1)):
            self._refused.add(path)
            self.problems.append((line or self._line_of(problem), problem))

    def refuse_all(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.refuse(problem)

    def _line_of(self, problem: Problem) -> int:
        path = problem.path
        while path and path not in self.lines:
            path = path[:-1]
        if len(self.problems) > MANY:
            return self.lines.get(path, 1)
        inside = (place for place in self.lines if place[: len(path)] == path)
        named = (place for place in inside if f"'{value_at(self.value, place)}'" == problem.found)
        return self.lines.get(next(named, path), 1)


@dataclass
class _Open:
    """A mapping or list whose end has not been read yet."""

    path: Path
    value: Any
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    def next_path(self) -> Path:
        return (*self.path, len(self.value) if isinstance(self.value, list) else str(self.key))

    def put(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        else:
            self.value[self.key] = value
            self.key = None


class Builder:
    """Puts a file together from what a parser reports: words, and where things begin and end."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._opened: list[_Open] = []

    def begin(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if self._opened and self._opened[-1].awaits_key:
            raise Unreadable(line, Problem((), "a list or mapping as a key", "a word as a key"))
        if len(self._opened) >= MOST_DEPTH:
            raise Unreadable(line, TOO_DEEP)
        self._opened.append(_Open(self._put(value, line), value))

    def end(self) -> None:
        self._opened.pop()

    def word(self, text: str, line: int, *, quoted: bool) -> None:
        if not quoted and _CURLY.fullmatch(text):
            # A word processor makes them of straight ones, and to YAML they are part of the text.
            at, straight = self._next_path(), f'write "{text[1:-1]}"'
            found, expected = f"curly quotes around {text[1:-1]}", "straight quotes, or none"
            self._written.refuse(Problem(at, found, expected, straight), line)
        if self._opened and self._opened[-1].awaits_key:
            self._key(self._opened[-1], text, line)
        else:
            path = self._opened[-1].next_path() if self._opened else ()
            self._put(text if quoted else self._plain(text, path, line), line)

    def forbid(self, found: str, line: int) -> None:
        """Refuse what stands where the next word or mapping will stand."""
        hint = f"write it out, or {IN_QUOTES}"
        self._written.refuse(Problem(self._next_path(), found, "plain keys and values", hint), line)

    def _next_path(self) -> Path:
        top = self._opened[-1] if self._opened else None
        return () if top is None else top.path if top.awaits_key else top.next_path()

    def _key(self, top: _Open, key: str, line: int) -> None:
        path = (*top.path, key)
        if key in top.value:
            twice = Problem(path, f"the key {key} a second time", "each key once")
            self._written.refuse(twice, line)
        self._written.lines[path] = line
        top.key = key

    def _put(self, value: Any, line: int) -> Path:
        if not self._opened:
            self._written.value = value
            return ()
        path = self._opened[-1].next_path()
        self._written.lines.setdefault(path, line)
        self._opened[-1].put(value)
        return path

    def _plain(self, text: str, path: Path, line: int) -> Any:
        """YAML 1.2 without its oddities: yes, no, on and 1e3 are words."""
        if text in _EMPTY:
            hint = f"{IN_QUOTES}: a comma, colon or # may have cut it off"
            at = self._written.lines.get(path, line)  # the key's own, not where the next begins
            self._written.refuse(Problem(path, "no value", "a value", hint), at)
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return self._day(text, path, line) if _DATE.fullmatch(text) else text

    def _day(self, text: str, path: Path, line: int) -> date | str:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._written.refuse(Problem(path, f"'{text}'", "a day that exists"), line)
            return text
