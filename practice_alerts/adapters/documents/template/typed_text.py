"""The one way typed text takes into a Word document.

The policy, for every value wherever it is printed:

- line ends (CRLF, CR, vertical tab, form feed) become one newline;
- of empty lines one after another two are printed: ten thousand keep a word processor busy for minutes;
- what XML 1.0 cannot hold (other control characters, lone surrogates, U+FFFE, U+FFFF) is printed
  as U+FFFD, so that a reader sees that something stood there;
- everything else is printed exactly: markup and template tags in it are text;
- None prints nothing; True and False print yes and no.

In the running text newlines and tabs become Word's own breaks and tabs. In the margins (headers,
footers, notes, document properties) a value stands on one line and is cut after MARGIN_LIMIT
characters, with an ellipsis: a megabyte in a header keeps a word processor busy for minutes.
"""

import re
from typing import Any

from markupsafe import Markup, escape

from practice_alerts.domain.errors import TextTooLong

MARGIN_LIMIT = 1_000
TEXT_LIMIT = 5_000_000  # characters of all values together
VALUES_LIMIT = 100_000

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){3,}")
_LINE_END = re.compile("\r\n|[\r\v\f]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEEDS_CARE = re.compile("[^ !#-%(-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class NotPrintableError(TypeError):
    """A tag prints what is no text."""


def as_printed(text: str) -> str:
    """Return what a reader gets for what was typed."""
    return _EMPTY_LINES.sub("\n\n\n", _NOT_XML.sub("\ufffd", _LINE_END.sub("\n", text)))


def as_printed_in_margin(text: str) -> str:
    line = as_printed(text).replace("\n", " ").replace("\t", " ")
    return line if len(line) <= MARGIN_LIMIT else line[: MARGIN_LIMIT - 1] + "…"


def in_text(value: Any) -> Markup:
    """Print a value inside a `w:t` of the running text."""
    text = _words(value)
    if _NEEDS_CARE.search(text) is None:
        return Markup(text)  # noqa: S704 - it holds no character that means anything to XML
    marked = str(escape(as_printed(text)))
    return Markup(marked.replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704 - escaped above


def in_margin(value: Any) -> Markup:
    return escape(as_printed_in_margin(_words(value)))


def _words(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    kind = "list" if isinstance(value, list) else "group of fields"
    raise NotPrintableError(f"a {kind} cannot be printed; print one of its fields.")


def require_plain(context: dict[str, Any]) -> None:
    """Refuse all but plain str, int, bool, None, list and dict with text keys.

    Raises TypeError for anything else (a bug of ours) and TextTooLong past the limits.
    """
    waiting: list[Any] = [context]
    characters = values = 0
    while waiting:
        value = waiting.pop()
        kind = type(value)
        values += 1
        if kind is str:
            characters += len(value)
        elif kind is list:
            waiting += value
        elif kind is dict:
            _require_text_keys(value)
            waiting += value.values()
        elif kind is not int and kind is not bool and value is not None:
            raise TypeError(f"A document takes plain values, not {kind.__name__}.")
        if characters > TEXT_LIMIT:
            raise TextTooLong(characters, TEXT_LIMIT)
        if values > VALUES_LIMIT:
            raise TypeError(f"A document takes at most {VALUES_LIMIT:,} values.")


def _require_text_keys(value: dict[Any, Any]) -> None:
    for key in value:
        if type(key) is not str:
            raise TypeError(f"A document takes fields named in text, not {type(key).__name__}.")
