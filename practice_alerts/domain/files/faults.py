"""What pydantic has against a file, put for the person who wrote the file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from practice_alerts.domain.definition import ID_PATTERN
from practice_alerts.domain.errors import quoted
from practice_alerts.domain.files.schema import Path, keys_at


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault before its file and line are known. `path` goes by the keys as written."""

    path: Path
    found: str
    expected: str
    hint: str | None = None


IN_QUOTES = "put the text in quotes"

_A_CLOCK = (
    "a clock such as 4 working days, 72 hours, 1 week, aim 5 working days, "
    "at most 20 working days, 5 working days before, 5 days (unit not stated), immediately, "
    "by agreement or not stated"
)
_PATTERNS = (
    ("[A-Z]{2,5}", "two to five capital letters, such as LAM"),
    ("[A-Z][0-9]", "a capital letter and a number, such as L1"),
    (" _-]", "an event such as sent, answered or stage-2.meeting"),
    ("[-_]", "a short id in lower case, such as stage-1 or team_manager"),
)
_WANTED = {
    **dict.fromkeys(("string_type", "string_too_short"), "a text"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "keys with their values"),
    **dict.fromkeys(("date_type", "date_parsing"), "a date such as 2025-04-17"),
    "date_from_datetime_parsing": "a date such as 2025-04-17",
    "date_from_datetime_inexact": "a date such as 2025-04-17",
    "tuple_type": "a list",
    "too_short": "at least one",
    "greater_than": "a number above 0",
}


MOST_TOLD = 1_000  # of one file: nobody reads on, and each asks what was meant


def problems_in(
    error: ValidationError, written: Any, schema: Mapping[str, Any]
) -> tuple[Problem, ...]:
    """Every fault once, each under the path at which it stands in what was written."""
    details = error.errors(include_url=False)[:MOST_TOLD]
    found = [(_place(detail, written), detail) for detail in details]
    above = {path[:length] for (path, _), _ in found for length in range(len(path))}
    problems: dict[Path, Problem] = {}
    for (path, by_a_way), detail in found:
        if path in above and (by_a_way or detail["type"] == "too_short"):
            continue  # another way to write the value came closer; a list lacks what was refused
        problem = _problem(path, detail, written, schema)
        before = problems.get(path)
        problems[path] = problem if before is None else _either(before, problem)
    return tuple(problems.values())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The hint that names the closest known word, if one comes close."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else None


def hinted(says: str, hint: str | None) -> str:
    """What is said, with the hint behind it, if there is one."""
    return f"{says} ({hint})" if hint else says


def shown(value: Any) -> str:
    """A found value as it is quoted in a sentence; long ones are cut."""
    if isinstance(value, Mapping):
        return f"the keys {', '.join(str(key) for key in value)}" if value else "no keys"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{quoted(str(value))}'"


def dotted(path: Path) -> str:
    """A path as it stands in messages: ladders.resolution.stages[2].answer; of worked cases as people count."""
    if path and isinstance(path[0], int):  # no other file begins with a list
        return ", ".join((f"case {path[0] + 1}", *_in_case(path[1:])))
    return "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in path
    ).removeprefix(".")


def line_of_story(path: Path) -> str:
    """Which line of a worked case's story a path leads to, as people count; empty where it leads to none."""
    match path:
        case ("story", int(place), *_):
            return f"line {place + 1} of its story"
        case _:
            return ""


def _in_case(path: Path) -> Iterator[str]:
    if line := line_of_story(path):
        yield line
        path = path[2:]
    if path:
        yield dotted(path)


def value_at(written: Any, path: Path) -> Any:
    for part in path:
        written = written[part]
    return written


def _place(detail: Any, written: Any) -> tuple[Path, bool]:
    """The path as written, and whether pydantic went by one of several ways to write a value."""
    path: list[str | int] = []
    by_a_way = False
    for part in detail["loc"]:
        inside_list = isinstance(written, list) and isinstance(part, int) and part < len(written)
        if inside_list or (isinstance(written, Mapping) and part in written):
            written = written[part]
            path.append(part)
        elif detail["type"] == "missing" and part == detail["loc"][-1]:
            path.append(part)
        else:
            by_a_way = True
    return tuple(path), by_a_way


def _problem(path: Path, detail: Any, written: Any, schema: Mapping[str, Any]) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Problem(path, "nothing", f"the key {path[-1]}")
    value = value_at(written, path)
    about_a_key = _problem_of_key(path, detail, value, schema)
    if about_a_key is not None:
        return about_a_key
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        return Problem(path, shown(value), f"one of {', '.join(known)}", nearest(str(value), known))
    return Problem(path, shown(value), _wanted(kind, detail, context), _hint(kind, path, value))


def _hint(kind: str, path: Path, value: Any) -> str | None:
    """How the same would be written, where it can be guessed."""
    is_group = isinstance(value, Mapping | list | tuple)
    if kind == "string_type" and not is_group:
        return IN_QUOTES
    if kind == "tuple_type" and isinstance(value, str):
        return f"write [{as_id(value) if path[-1] in _OF_IDS else value}]"
    if kind == "not_a_clock":
        inside = _CLOCK_INSIDE.search(str(value).lower())
        return f"did you mean {inside[0]}?" if inside else None
    if kind == "string_pattern_mismatch" and isinstance(value, str) and "." in value:
        return f"did you mean {value.partition('.')[0]}?"  # a clock starts from a step, whatever its result
    meant = as_id(value) if kind == "string_pattern_mismatch" and isinstance(value, str) else ""
    return f"did you mean {meant}?" if re.fullmatch(ID_PATTERN, meant) else None


_CLOCK_INSIDE = re.compile(r"\d+ (?:(?:working|calendar) days?|weeks?|hours?)")
"""What is written as a clock among other words: "within 5 working days"."""

_OF_IDS = ("then", "raised_by", "shows")
"""Keys under which ids are listed."""


def as_id(words: str) -> str:
    """The id that somebody who wrote a title may have meant: ``team_manager``."""
    return "_".join(re.findall(r"[a-z0-9-]+", words.lower())).strip("-")


def _problem_of_key(
    path: Path, detail: Any, value: Any, schema: Mapping[str, Any]
) -> Problem | None:
    kind, last = detail["type"], detail["loc"][-1:]
    if kind == "extra_forbidden" and path[-1:] == last:
        return unknown_key(path, keys_at(schema, path[:-1]))
    if last == ("[key]",):
        meant = as_id(str(path[-1]))
        hint = f"did you mean {meant}?" if re.fullmatch(ID_PATTERN, meant) else None
        expected = _by_pattern(str(detail["ctx"]["pattern"]))
        return Problem(path, f"the key {path[-1]}", expected, hint)
    if kind in ("value_error", "extra_forbidden"):
        return _unknown_below(path, value, schema)
    return None


def unknown_key(path: Path, known: tuple[str, ...]) -> Problem:
    key = str(path[-1])
    expected = f"one of the keys {', '.join(known)}" if known else "no such key"
    comma = f"was a comma meant? {IN_QUOTES}" if " " in key else None
    return Problem(path, f"the unknown key {key}", expected, nearest(key, known) or comma)


def _unknown_below(path: Path, value: Any, schema: Mapping[str, Any]) -> Problem | None:
    """The first unknown key inside a value that was refused as a whole."""
    if isinstance(value, Mapping):
        known = keys_at(schema, path)
        wrong = [key for key in value if known and key not in known]
        if wrong:
            return unknown_key((*path, wrong[0]), known)
        parts: list[tuple[str | int, Any]] = list(value.items())
    else:
        parts = list(enumerate(value)) if isinstance(value, list) else []
    below = (_unknown_below((*path, part), inside, schema) for part, inside in parts)
    return next((problem for problem in below if problem is not None), None)


def _wanted(kind: str, detail: Any, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        return _by_pattern(str(context["pattern"]))
    if kind == "not_a_clock":
        return _A_CLOCK
    inner = context.get("error")
    if isinstance(inner, ValidationError):
        first = inner.errors(include_url=False)[0]
        return _wanted(first["type"], first, first.get("ctx", {}))
    if kind == "extra_forbidden":
        return f"no key {detail['loc'][-1]} here"
    if kind == "value_error":
        return str(inner).removeprefix("expected ")
    return _WANTED.get(kind, str(detail["msg"]))


def _by_pattern(pattern: str) -> str:
    for part, words in _PATTERNS:
        if part in pattern:
            return words
    return f"a text that matches {pattern}"


def _either(one: Problem, other: Problem) -> Problem:
    expected = list(dict.fromkeys([*one.expected.split(", or "), other.expected]))
    return Problem(one.path, one.found, ", or ".join(expected), one.hint or other.hint)
