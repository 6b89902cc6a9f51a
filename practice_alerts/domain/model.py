"""What every definition written in YAML shares: frozen, and strict about keys and empty values."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text meant for people: never empty."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$")]
"""A short machine word: lower case, digits, single hyphens or underscores."""

CaseType = Annotated[
    str, StringConstraints(pattern=r"^(looked_after|child_protection|child_in_need)$")
]
"""Why the council is involved with the child; an item may be tagged with the ones it holds for."""


class Definition(BaseModel):
    """A value read from a council's file. Unknown keys are faults, and nothing changes once it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
