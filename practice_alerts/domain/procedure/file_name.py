"""What a file that is handed over is called: the council's pattern, and the pattern filled in."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

PLACEHOLDERS = ("reference", "date", "kind", "initials", "case_number")
"""What a pattern may name. Never a name: file names are read where nobody signs in."""

_LONGEST_PATTERN = 60
_LONGEST_TEXT = 30  # of what is put in, but for the reference
_PLACE = re.compile(r"\{([a-z_]+)\}")
_BETWEEN = re.compile(r"[A-Za-z0-9 _.()-]*")
_EMPTY = "\0"
_WANTED = (
    f"expected at most {_LONGEST_PATTERN} letters, digits, blanks and any of _ . ( ) - that begin with a letter, a digit"
    " or a placeholder, with {reference} in it; placeholders, each once, are "
    + ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
)


def must_be_file_name(pattern: str) -> str:
    """The pattern itself. Raises ValueError where a file could not be called so, or two would be called the same."""
    pieces = _PLACE.split(pattern)
    words, named = pieces[::2], pieces[1::2]
    if (
        len(pattern) > _LONGEST_PATTERN
        or not all(_BETWEEN.fullmatch(one) for one in words)
        or not {"reference"} <= set(named) <= set(PLACEHOLDERS)
        or len(named) != len(set(named))
        or pattern[0] in " ._()-"
    ):
        raise ValueError(_WANTED)
    return pattern


FileName = Annotated[str, AfterValidator(must_be_file_name)]


def filled(pattern: str, said: Mapping[str, str]) -> str:
    """The pattern with `said` in its places, in signs that every system takes; an empty place leaves no gap."""
    plain = {name: _plain(text)[:_LONGEST_TEXT] for name, text in said.items()}
    plain["reference"] = said["reference"]
    name = _PLACE.sub(lambda place: plain[place[1]] or _EMPTY, pattern)
    return re.sub(rf"[ _.-]*(?:\({_EMPTY}\)|{_EMPTY})", "", name).strip(" ._-")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")
