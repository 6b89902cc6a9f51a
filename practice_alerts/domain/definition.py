"""What every definition written in YAML shares: frozen, and strict about keys and empty values."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import CoreSchema, core_schema

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text meant for people: never empty."""

ID_PATTERN = r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A short machine word: lower case, digits, single hyphens or underscores."""

CaseType = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$"),
    Field(json_schema_extra={"title": "Case type"}),
]
"""Why the council is involved, or about whom else an alert is; an item may be tagged with those it holds for."""


class Definition(BaseModel):
    """A value read from a council's file. Unknown keys are faults, and nothing changes once it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Word(StrEnum):
    """A closed list of words. Read, written, refused and put into a schema as the Literal of its values would be."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.literal_schema([one.value for one in cls]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str.__str__, return_schema=core_schema.str_schema()
            ),
        )


class Said(Word):
    """Such words, each with what it says to people: ``DONE = "done", "It has been done"``."""

    _value_: str
    words: str

    def __new__(cls, value: str, words: str | None = None) -> Self:
        if words is None:
            raise TypeError(f"{cls.__name__} {value!r} has no words")
        made = str.__new__(cls, value)
        made._value_, made.words = value, words
        return made
