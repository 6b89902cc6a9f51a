"""Words of people and of councils in what Streamlit draws, which reads every label as Markdown."""

import re
from typing import Final

_JOINER: Final = "\N{WORD JOINER}"
"""Has no width. It keeps two signs apart that would be read as one even behind a backslash."""

_READ: Final = re.compile(
    r"(?P<sign>[\\`*_\[\]<~$|]|^\s*(?:[#>+-]|\d+[.)](?=\s|$))|&(?=#?\w+;))"  # emphasis, code, lists, letters by number
    r"|(?P<name>:(?=[A-Za-z/+-]|\d+:))"  # a colour, a picture, an address of the web
    r"|(?P<link>@|www(?=\.))"
    r"|(?P<arrow>(?<!\S)[->](?=[->=](?:\s|$)))",
    re.MULTILINE,
)


def as_written(words: str) -> str:
    """So that the words are shown as they were typed, and nothing in them is read as a sign for something else."""
    return _READ.sub(_shown, words)


def _shown(found: re.Match[str]) -> str:
    sign = found[0]
    if found["sign"]:
        before = sign[:-1]
        apart = _JOINER if sign[-1] in "<~-" else ""  # which begin an arrow too
        return f"{before}\\{sign[-1]}{apart}"
    return f"\\{sign}{_JOINER}" if found["name"] else f"{sign}{_JOINER}"
