"""How long records are kept, as the law says it and as a council's file says it in words that can be worked out."""

import re
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.definition import Definition, Words
from practice_alerts.domain.text import plural


class Keeping(Definition):
    """How long records of the children whom every procedure knows are kept, where no law says it."""

    child_protection: Words | None = None
    child_in_need: Words | None = None
    filed: Words | None = None
    """How long what stands here is kept once all of it is filed on the child's record, which is kept apart from here."""


@dataclass(frozen=True, slots=True)
class KeepRule:
    """Until a birthday, so many years after closing, or (neither) for good."""

    birthday: int | None = None
    years: int | None = None

    def ends(self, born: date | None, closed: date) -> date | None:
        """The first day on which it is kept no longer; None where it is kept for good, or the birth date is wanted."""
        if self.birthday is not None:
            return anniversary(born, self.birthday) if born else None
        return anniversary(closed, self.years) if self.years is not None else None

    @property
    def in_words(self) -> str:
        if self.birthday is not None:
            return f"until their {self.birthday}{_ordinal(self.birthday)} birthday"
        if self.years is not None:
            return f"{self.years} {plural(self.years, 'year')} after closing"
        return "for good"


LOOKED_AFTER_KEPT = KeepRule(birthday=75)
"""Regulation 50 of SI 2010/959, paragraph (2)(a)."""
AFTER_DEATH = 15
"""Years from the day of a death before the eighteenth birthday: the same, (2)(b)."""
GROWN_UP = 18

WRITTEN = "“until their 25th birthday”, “6 years after closing” or “for good”"
_BIRTHDAY = re.compile(r"until (?:their|the) (\d{1,3})(?:st|nd|rd|th) birthday", re.IGNORECASE)
_YEARS = re.compile(r"(\d{1,3}) years? after (?:closing|it is closed)", re.IGNORECASE)
_FOR_GOOD = {"for good", "for ever", "permanently"}


def read_keep(words: str) -> KeepRule | None:
    """The rule that these words say; None where they say none that can be worked out."""
    said = " ".join(words.split())
    if found := _BIRTHDAY.fullmatch(said):
        return KeepRule(birthday=int(found[1]))
    if found := _YEARS.fullmatch(said):
        return KeepRule(years=int(found[1]))
    return KeepRule() if said.casefold() in _FOR_GOOD else None


def anniversary(day: date, years: int) -> date:
    """The same day so many years on; of a 29 February in other years the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
