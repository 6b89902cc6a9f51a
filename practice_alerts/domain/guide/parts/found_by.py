"""What the guide's search finds a part of a page by: its council's name, and other words for what it says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from practice_alerts.domain.guide.parts.markup import Markup, paragraph, text
from practice_alerts.domain.site_words import Synonyms
from practice_alerts.domain.text import joined

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STAGE = re.compile(rf"\b(stage|level|step) ({'|'.join(_NUMBERS)}|[0-9]+)\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEFT_OUT = re.compile(r" (?=[.,;:](?:\s|<|$))")
"""The space before a mark that the search leaves out: "only shown", and the number of a reading."""
_TAG, _BETWEEN = re.compile(r"<[^>]*>"), re.compile("[\\s\\-\u2010\u2013\u2014]+")


@dataclass(frozen=True)
class Findable:
    """A part of a page as the search keeps it. `words` are its title's other words: unseen, they count as it does."""

    title: Markup
    text: Markup
    words: str


def other_words(said: str, synonyms: Sequence[Synonyms]) -> tuple[str, ...]:
    """What people may call what is said here, beside the words in which it is said."""
    plain = _folded(said)
    found = [word for group in synonyms for word in _others(plain, group)]
    return tuple(dict.fromkeys((*found, *_stages(plain))))


def words_in(said: Markup) -> tuple[str, ...]:
    """Every word of four letters or more, the most frequent first: what somebody may have meant who mistyped one."""
    each = Counter(_WORD.findall(_TAG.sub(" ", unescape(said)).casefold()))
    return tuple(word for word, _ in each.most_common())


def findable(title: Markup, said: Markup, synonyms: Sequence[Synonyms], whose: str) -> Findable:
    """The title with whose it is behind it, where that is said; below the text its other words in a paragraph."""
    others = other_words(_TAG.sub(" ", f"{title} . {said}"), synonyms)
    below = paragraph(f"Other words: {text(joined(others))}.").strip() if others else ""
    named = f"{title}, {text(whose)}" if whose else title
    whole = _LEFT_OUT.sub("", said)
    return Findable(named, whole + below, " ".join(other_words(title, synonyms)))


def _others(plain: str, group: Synonyms) -> Iterator[str]:
    """The words of a group that do not stand here, where another of them does."""
    here = [word for word in group if _pattern(_folded(word)).search(plain)]
    if here:
        yield from (word for word in group if word not in here)


def _stages(plain: str) -> Iterator[str]:
    """The same stage with its number in the other way: "Stage Three" is looked for as "stage 3"."""
    for found in _STAGE.finditer(plain):
        kind, number = found.groups()
        if number in _NUMBERS:
            yield f"{kind} {_NUMBERS.index(number) + 1}"
        elif 0 < int(number) <= len(_NUMBERS):
            yield f"{kind} {_NUMBERS[int(number) - 1]}"


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """One or several of it: a synonym is best written as several, for the search finds beginnings."""
    one = word if word.endswith("ss") else word.removesuffix("s")
    return re.compile(rf"\b{re.escape(one)}(?:s|'s)?\b")


def _folded(said: str) -> str:
    return _BETWEEN.sub(" ", said.replace("’", "'")).casefold().strip()
