"""What an answer must look like, by a pattern of a council's own: looked for in a time that grows as the answer does."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

from pydantic import PydanticSchemaGenerationError, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

# The engine that pydantic brings never looks twice at a place: no answer keeps it, whatever the pattern.


def is_in_time(pattern: str) -> bool:
    """Not what looks ahead or behind, or for what was found before."""
    return _whole(pattern) is not None


def fits(pattern: str, text: str) -> bool:
    """Of an edition made earlier, a pattern that is not in time is looked for all the same."""
    whole = _whole(pattern)
    return re.fullmatch(pattern, text) is not None if whole is None else whole(text)


@lru_cache(maxsize=256)
def _whole(pattern: str) -> Callable[[str], bool] | None:
    try:
        kind = TypeAdapter[str](Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$")])
    except (SchemaError, PydanticSchemaGenerationError):
        return None

    def is_whole(text: str) -> bool:
        try:
            kind.validate_python(text)
        except ValidationError:
            return False
        return True

    return is_whole
