"""The law that documents cite, once for all councils: what it is called now, what it was, since when."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from practice_alerts.domain.definition import Definition, Id, Words
from practice_alerts.domain.site_words import WEB


class LawEntry(Definition):
    """One basis in law, in a sentence. Without `confirmed` nobody has looked it up in a text."""

    now: Words
    says: Words
    since: Words | None = None
    state: Words | None = None
    """Where it is more than simply in force: amended, or overtaken in part."""
    was: tuple[Words, ...] = ()
    confirmed: Words | None = None
    announced: Words | None = None
    """Who told of it, or of a change to it, where no text was read: readers are told so, and it confirms nothing."""
    found_as: tuple[Words, ...] = ()
    cited_as: tuple[Words, ...] = ()
    """By what the pages of a manual name it, as regular expressions: each such page leads to it."""
    at: Annotated[str, Field(pattern=WEB)] | None = None
    """Where its text can be read."""

    @field_validator("found_as", "cited_as")
    @classmethod
    def _can_be_looked_for(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"'{pattern}' is no regular expression: {error}") from None
        return patterns


class LawBook(Definition):
    """Every entry by its id, and the day on which somebody last looked the whole over."""

    looked_over: date
    entries: Mapping[Id, LawEntry]

    def outdated(self, text: str) -> Iterator[tuple[str, str]]:
        """What the text calls by a name that has been replaced, and what stands in its place."""
        for entry in self.entries.values():
            for pattern in entry.found_as:
                if found := re.search(pattern, text, re.IGNORECASE):
                    yield found.group(), entry.now

    def named_in(self, text: str) -> Iterator[tuple[str, LawEntry]]:
        """What of it a text names, each with its id."""
        for law_id, entry in self.entries.items():
            if any(re.search(pattern, text) for pattern in entry.cited_as):
                yield law_id, entry

    def now(self, law_id: str) -> str:
        """What it is called today; the id itself where the book has none of that id."""
        return self.entries[law_id].now if law_id in self.entries else law_id


NO_LAW = LawBook(looked_over=date.min, entries={})
"""Of a council that is looked at by itself."""
