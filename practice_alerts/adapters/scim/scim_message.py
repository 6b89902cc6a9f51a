"""A message of SCIM as it arrives: JSON that says no more than anybody says of one person.

What is made of it looks at each value for each path, and at each comparison in that: small messages could take minutes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from practice_alerts.domain.errors import Expected
from practice_alerts.domain.text import as_kept

_MOST_SAID: Final = 300
MOST_VALUES: Final = 50
"""Of one attribute; and operations of a message."""
_LONGEST_PATH: Final = 400
_PATH: Final = re.compile(
    r"[^\[\]]*+(\[\s*[\w.:$-]+\s+(pr|[a-z]{2}\s+(\"[^\"]*\"|[\w.-]+))\s*\])?[^\[\]]*", re.IGNORECASE
)
"""One comparison at most: what other systems send says which address is meant."""


class ScimFault(Expected):
    """A message that cannot be read, or asks for what is not offered. `kind` is the protocol's word for it."""

    def __init__(self, sentence: str, status: int = 400, kind: str = "invalidValue") -> None:
        self.status, self.kind = status, kind
        super().__init__(sentence)


def read(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ScimFault("The message is not an object of JSON.", kind="invalidSyntax")
    _must_be_of_one_person(found)
    return found


def _is_simple(path: str) -> bool:
    return len(path) <= _LONGEST_PATH and _PATH.fullmatch(path) is not None


def _must_be_texts(said: Iterable[str]) -> None:
    """Nothing that one store would keep, and another would not. Raises ScimFault."""
    if any(as_kept(one) != one for one in said):
        raise ScimFault("The message holds a character that stands in no text.")


def _must_be_of_one_person(message: Mapping[str, Any]) -> None:
    """Raises ScimFault where it says more than anybody says of a person, and the library would look for minutes."""
    within: list[Any] = [message]
    for one in within:  # which grows meanwhile
        if isinstance(one, dict):
            within += one.values()
            _must_be_texts(one)
            paths = (*one, *(path for name, path in one.items() if name.lower() == "path"))
            if not all(_is_simple(path) for path in paths if isinstance(path, str)):
                raise ScimFault("A path is short and compares once at most.", kind="invalidPath")
        elif isinstance(one, list):
            within += one
        elif isinstance(one, str):
            _must_be_texts((one,))
        if len(within) > _MOST_SAID or (isinstance(one, list) and len(one) > MOST_VALUES):
            raise ScimFault(
                f"A message says at most {_MOST_SAID} things, and {MOST_VALUES} of one kind.",
                kind="tooMany",
            )
