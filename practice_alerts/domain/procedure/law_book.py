"""The law that documents cite, once for all councils: what it is called now, what it was, since when."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import field_validator

from practice_alerts.domain.definition import Definition, Id, Words


class LawEntry(Definition):
    """One basis in law, in a sentence. Without `confirmed` nobody has looked it up in a text."""

    now: Words
    says: Words
    since: Words | None = None
    state: Words | None = None
    """Where it is more than simply in force: amended, or overtaken in part."""
    was: tuple[Words, ...] = ()
    confirmed: Words | None = None
    found_as: tuple[Words, ...] = ()

    @field_validator("found_as")
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

    def now(self, law_id: str) -> str:
        """What it is called today; the id itself where the book has none of that id."""
        return self.entries[law_id].now if law_id in self.entries else law_id


NO_LAW = LawBook(looked_over=date.min, entries={})
"""Of a council that is looked at by itself."""
