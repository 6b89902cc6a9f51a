"""Reads YAML 1.2 with its line numbers. The only file that imports a YAML library.

ruamel.yaml decides what a file says and what is wrong with it. It is also slow, and every start reads
every council's files; so a file in which nothing is unusual is read by libyaml, which is some twenty times
faster. As soon as that finds anything to complain of, ruamel.yaml reads the file from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from practice_alerts.domain.faults import IN_QUOTES, Problem
from practice_alerts.domain.written import Builder, Unreadable, Written

try:
    import yaml as libyaml  # noqa: TID251 - this is the one file
    from yaml import CSafeLoader as QuickLoader  # noqa: TID251 - and again
except ImportError:  # built without libyaml: then everything is read by ruamel.yaml
    QuickLoader = None

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")

# Where the two libraries read differently: tabs, line ends that are none in YAML 1.2, lines of nothing but
# spaces, comments hard upon | or >, and the ends and directives of documents.
_UNUSUAL = re.compile(
    r"[\t\x85\u2028\u2029]|\r(?!\n)|[>|][-+0-9]*#|^(?: +\r?$|\.\.\.|%)", re.MULTILINE
)


def read_yaml(content: bytes) -> Written:
    """Read YAML 1.2 without anchors, tags, empty values or a second document."""
    written = Written()
    text = _decoded(content, written)
    return written if text is None else quickly(text) or carefully(text)


def quickly(text: str) -> Written | None:
    """What the text says, by libyaml; None where ruamel.yaml must be asked."""
    if QuickLoader is None or _UNUSUAL.search(text):
        return None
    written = Written()
    try:
        _build(libyaml.parse(text, Loader=QuickLoader), written)
    except (libyaml.YAMLError, Unreadable):
        return None
    is_sound = not written.problems and isinstance(written.value, dict | list)
    return written if is_sound else None


def carefully(text: str) -> Written:
    """What the text says and everything that is wrong with it, by ruamel.yaml."""
    written = Written()
    try:
        _build(YAML(typ="safe", pure=True).parse(text), written)
    except MarkedYAMLError as error:
        open_end = "end of stream" in str(error.problem)
        mark = (open_end and error.context_mark) or error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        written.refuse(_syntax(str(error.problem or error.context), line, text), line)
    except YAMLError as error:
        written.refuse(_syntax(str(error).partition("\n")[0], 1, text), 1)
    except Unreadable as error:
        written.refuse(error.problem, error.line)
    return written


def _decoded(content: bytes, written: Written) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"the byte {content[error.start]:#04x}, which is not UTF-8"
        written.refuse(Problem((), found, "a text file saved as UTF-8"), line)
        return None
    odd = _FORBIDDEN.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        written.refuse(Problem((), f"the control character {odd.group()!r}", "plain text"), line)
        return None
    return text


def _syntax(problem: str, line: int, text: str) -> Problem:
    here = text.split("\n")[min(line, text.count("\n") + 1) - 1]
    indent = here[: len(here) - len(here.lstrip())]
    hint = "replace the tab by spaces" if "\t" in indent else f"or {IN_QUOTES}"
    expected = "a key with its value, or an item of a list, indented with spaces"
    return Problem(
        (), f"YAML that cannot be read ({problem.removeprefix('found ')})", expected, hint
    )


def _build(events: Iterable[Any], written: Written) -> None:
    """Put the value together. The events of both libraries have the same names and marks."""
    builder, documents = Builder(written), 0
    for event in events:
        line = event.start_mark.line + 1
        match type(event).__name__:
            case "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    second = Problem((), "a second document (---)", "one document a file")
                    raise Unreadable(line, second)
            case "AliasEvent":
                builder.forbid(f"the alias *{event.anchor}", line)
                builder.word("", line, quoted=True)
            case "MappingStartEvent" | "SequenceStartEvent" | "ScalarEvent":
                _node(event, line, builder)
            case "MappingEndEvent" | "SequenceEndEvent":
                builder.end()
            case _:  # where the stream and its documents begin and end
                pass
    if written.value is None:
        written.refuse(Problem((), "an empty file", "keys with their values"), 1)


def _node(event: Any, line: int, builder: Builder) -> None:
    # Anchors can blow a small file up to fill the memory, and tags can ask for anything.
    if event.anchor:
        builder.forbid(f"the anchor &{event.anchor}", line)
    if event.tag:
        builder.forbid(f"the tag {event.tag}", line)
    match type(event).__name__:
        case "MappingStartEvent":
            builder.begin({}, line)
        case "SequenceStartEvent":
            builder.begin([], line)
        case _:
            builder.word(event.value, line, quoted=bool(event.style))
