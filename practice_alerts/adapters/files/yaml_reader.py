"""Reads YAML with its line numbers. The only file that imports a YAML library.

libyaml says what stands in a file, and nothing more: domain/files/source_lines.py says what the words mean, as YAML 1.2
has it and without its surprises. Only in its tabs and line ends is libyaml laxer; those are refused here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml  # noqa: TID251 - this is the one file

from practice_alerts.domain.files.faults import IN_QUOTES, Problem
from practice_alerts.domain.files.source_lines import TOO_DEEP, Builder, Unreadable, Written

if not yaml.__with_libyaml__:  # its own loader is slow, and takes a question mark for a key
    raise ImportError(
        "PyYAML lacks libyaml here. Install one of its wheels, or build it with libyaml."
    )

MOST_BYTES = 500_000  # the largest file in use has a tenth of it
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_ODD_LINE_END = re.compile("[\x85\u2028\u2029]")  # a line's end to YAML 1.1 and none to 1.2
_TABBED = re.compile(" *\t")
_WITHOUT_TABS = "replace the tab by spaces"


def read_yaml(content: bytes) -> Written:
    """Read YAML without anchors, tags, empty values or a second document."""
    written = Written()
    text = _decoded(content, written)
    if text is None:
        return written
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        _build(_without_tabs(events, text) if "\t" in text else events, text, written)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        is_open = mark.index >= len(text)  # where it was opened says more than where the file ends
        mark = (is_open and error.context_mark) or mark
        written.refuse(_syntax(error, mark, text), min(mark.line + 1, _last_line(text)))
    except Unreadable as error:
        written.refuse(error.problem, error.line)
    return written


def _decoded(content: bytes, written: Written) -> str | None:
    if len(content) > MOST_BYTES:
        found, most = f"a file of {len(content):,} bytes", f"at most {MOST_BYTES:,}"
        written.refuse(Problem((), found, most, "split it, or take out what is not meant"), 1)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"the byte {content[error.start]:#04x}, which is not UTF-8"
        written.refuse(Problem((), found, "a text file saved as UTF-8"), line)
        return None
    for forbidden, name in ((_FORBIDDEN, "control character"), (_ODD_LINE_END, "odd line end")):
        if sign := forbidden.search(text):
            line = text.count("\n", 0, sign.start()) + 1
            written.refuse(Problem((), f"the {name} {sign.group()!r}", "plain text"), line)
            return None
    return text


def _last_line(text: str) -> int:
    return len(text.splitlines()) or 1  # libyaml ends the last line for itself, and counts one more


def _syntax(error: Any, mark: Any, text: str) -> Problem:
    """What libyaml cannot read, with the sign at which it gave up."""
    if "nesting depth" in (error.problem or ""):  # libyaml has a limit of its own
        return TOO_DEEP
    sign = text[mark.index : mark.index + 1]
    at = f" at {sign!r}" if sign.strip() and mark is error.problem_mark else ""
    said = f"{error.problem or error.context}{at}".removeprefix("found ")
    indented_by_tab = _TABBED.match(text, text.rfind("\n", 0, mark.index) + 1)
    expected = "a key with its value, or an item of a list, indented with spaces"
    hint = _WITHOUT_TABS if sign == "\t" or indented_by_tab else f"or {IN_QUOTES}"
    return Problem((), f"YAML that cannot be read ({said})", expected, hint)


def _without_tabs(events: Iterable[Any], text: str) -> Iterator[Any]:
    """The same events; a tab outside quotes and brackets, which libyaml lets pass, is refused."""
    read_to = brackets = 0
    for event in events:
        is_quoted = isinstance(event, yaml.ScalarEvent) and event.style
        until = event.start_mark if is_quoted else event.end_mark
        since = event.start_mark.index if brackets else read_to
        if "\t" in text[since : until.index].partition("#")[0]:
            line = text.count("\n", 0, text.index("\t", since)) + 1
            raise Unreadable(line, Problem((), "a tab", "spaces", _WITHOUT_TABS))
        read_to = event.end_mark.index
        if isinstance(event, yaml.CollectionStartEvent):
            brackets += bool(event.flow_style)
        if isinstance(event, yaml.CollectionEndEvent):
            brackets -= brackets > 0
        yield event


def _build(events: Iterable[Any], text: str, written: Written) -> None:
    """Put the value together."""
    builder, documents, last = Builder(written), 0, _last_line(text)
    for event in events:
        line = min(event.start_mark.line + 1, last)
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    second = Problem((), "a second document (---)", "one document a file")
                    raise Unreadable(line, second)
            case yaml.AliasEvent():
                builder.forbid(f"the alias *{event.anchor}", line)
                builder.word("", line, quoted=True)
            case yaml.CollectionStartEvent() | yaml.ScalarEvent():
                _node(event, line, builder)
            case yaml.CollectionEndEvent():
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
    match event:
        case yaml.MappingStartEvent():
            builder.begin({}, line)
        case yaml.SequenceStartEvent():
            builder.begin([], line)
        case _:
            builder.word(event.value, line, quoted=bool(event.style))
