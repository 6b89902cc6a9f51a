"""Whether a line says who it is about: names, numbers, dates and addresses, in every way people write them.

One function for the form, which refuses such a line, and for the log, which withholds it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from practice_alerts.domain.dates import days_written
from practice_alerts.domain.forms.initials import initials_in
from practice_alerts.domain.text import as_latin

_APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u2032\u00b4`\uff07"
_TO_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_TO_PLAIN = str.maketrans({**_LETTERS, **{a.upper(): b.title() for a, b in _LETTERS.items()}})
_UNSEEN = ("Mn", "Mc", "Me", "Cf")  # accents and vowel signs; what has no width
_TO_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How the same letters are written where a keyboard has none of them."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|\d+")
_ENDING = re.compile(r"'(?:s|d|ll|re|ve)?$")  # Kit's, Kit'll: the name, and what is told of it
_SON_OF = re.compile(r"^mac(?=[^\W\d_]{3})")
_MAIL = re.compile(r"\S@\S")
_DIGITS = re.compile(r"\d(?:[\s()/._\u00b7\u2010-\u2015\u2022-]*\d)*")
_TIME = re.compile(r"(?<![\d./:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d./:])")
_AN_ADDRESS, _A_NUMBER = "the e-mail address", "the long number"
_TOGETHER = 4  # words that may be one, written apart: de la Cruz, S 100 007
_SHORTEST_NAME = 2
_SHORTEST_WHOLE = 3  # a shorter name or number would be found in every other sentence
_SHORTEST_APART = 5  # two small words beside each other would make a shorter one by chance
_LONGEST_NAME = 300  # letters: a longer one is refused where it was typed
_SHORTEST_NUMBER = 5  # digits: fewer stand in years, ages and counts
_LONG = 6  # digits of a telephone number without its area, the shortest number that is rung

_SEVERAL = 4  # days or ages one after another; a telephone number in pairs has more
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_THE_CALENDAR = re.compile(
    r"(?:(?:(?:19|20)\d\d(?: \d\d)?|0?[1-9]|[12]\d|3[01])(?: |$))+"  # 2025/26, 12/03, 5 to 10
)


def what_identifies(text: str, known: Iterable[str], initials_of: Iterable[str] = ()) -> str | None:
    """What the line for the log must not hold, and why; None where it says nothing of who it is.

    `known`: names, numbers and dates (year-month-day) of whoever is meant, as they are recorded. `initials_of`: those of
    them whose initials tell who they are. Of everybody in a directory they would be every other abbreviation.
    """
    text = as_latin(text)
    if _MAIL.search(text):
        return f"{_AN_ADDRESS}. This line goes to the log, which names nobody."
    written = _Written(text)
    days = {day.isoformat(): said for day, said in days_written(text)}
    for source in (one.strip()[:_LONGEST_NAME] for one in known):
        if found := days.get(source) or written.names(source):
            return (
                f"'{found}', which names somebody or something on this form."
                " This line goes to the log, which identifies nobody."
            )
    if found := initials_in(text, [one[:_LONGEST_NAME] for one in initials_of]):
        return (
            f"'{found}', the initials of somebody on this form."
            " This line goes to the log, which identifies nobody."
        )
    if _has_long_number(text, days.values()):
        return f"{_A_NUMBER}. This line goes to the log, which identifies nobody."
    return None


def address_or_number(text: str) -> str:
    """Which of the two stands in it, whoever it leads to; empty where neither does."""
    if _MAIL.search(text):
        return _AN_ADDRESS
    days = (said for _, said in days_written(text))
    return _A_NUMBER if _has_long_number(text, days) else ""


def _has_long_number(text: str, days: Iterable[str]) -> bool:
    """Beside these days as they are written, and times of day."""
    for day in days:
        if not day.isdigit() or len(day) > _LONG:  # six digits may begin a number that is rung
            text = text.replace(day, " ; ")
    return any(map(_is_long_number, _DIGITS.findall(_TIME.sub(" ; ", text))))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Its words and numbers alone, one space apart: without accents, capitals, hyphens and what shows possession."""
    return " ".join(word for word, _ in _words(text))


def spelt_words(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of the text in order, folded; once more with two letters for one, where it has such a letter."""
    return tuple(tuple(word for word, _ in _words(each)) for each in _spellings(text))


def written_together(words: Sequence[str], last: int) -> frozenset[str]:
    """The word in that place, and with those before it as one: a name or a number that others write so."""
    return frozenset(
        "".join(words[max(0, first) : last + 1]) for first in range(last - _TOGETHER + 1, last + 1)
    )


def also_heard(words: Iterable[str]) -> frozenset[str]:
    """The same words; MacDonald also as McDonald, since nobody hears which it is."""
    return frozenset(one for word in words for one in (word, _SON_OF.sub("mc", word)))


class _Written:
    """A text, and whatever could be read in it as one word."""

    def __init__(self, text: str) -> None:
        self._single: set[str] = set()
        self._joined: set[str] = set()
        for each in _spellings(text):
            words = list(_words(each))
            plain = [word for word, _ in words]
            self._single |= also_heard([*plain, *_initials(plain)])
            self._single |= {short for word, as_typed in words for short in _stems(word, as_typed)}
            self._joined |= set(_runs(plain))

    def names(self, source: str) -> str:
        """The part of `source` that stands in the text, as the source has it; else empty."""
        meant = _meant_by(source)
        if meant.wholes & self._joined or meant.wholes & self._single:
            return source
        found = (
            part
            for part, single, apart in meant.parts
            if single & self._single or apart & self._joined
        )
        return next(found, "")


@dataclass(frozen=True, slots=True)
class _Meant:
    """What names somebody: all of the name as one word, either end first, and its parts: each alone, or written apart."""

    wholes: frozenset[str]
    parts: tuple[tuple[str, frozenset[str], frozenset[str]], ...]


@lru_cache(maxsize=16_384)
def _meant_by(source: str) -> _Meant:
    """Kept, since every line is held against everybody of the directory."""
    source = as_latin(source)
    words = plain_words(source).split()
    parts = tuple(_part(part) for part in (*_parts(source), source))
    wholes = {"".join(words), "".join([*words[-1:], *words[:-1]])}
    return _Meant(frozenset(one for one in wholes if len(one) >= _SHORTEST_WHOLE), parts)


def _part(part: str) -> tuple[str, frozenset[str], frozenset[str]]:
    single: set[str] = set()
    apart: set[str] = set()
    for spelling in _spellings(part):
        words = [word for word, _ in _words(spelling)]
        if telling := {word for word in (*words, *_initials(words)) if _tells(word)}:
            single |= also_heard(telling)
            apart |= {one for one in _runs(words) if len(one) >= _SHORTEST_APART and _tells(one)}
    return part, frozenset(single), frozenset(apart)


def _tells(word: str) -> bool:
    least = _SHORTEST_NUMBER if word.isdigit() else _SHORTEST_NAME
    return len(word) >= least and word not in _ORDINARY


def _parts(source: str) -> Iterator[str]:
    """The names in a name, then what may be written as one of them: Mac Donald, O'Brien, S-100007."""
    apart = source.split()
    for part in apart:
        yield part.strip('.,;:()"')
        tail = part.translate(_TO_APOSTROPHE).rpartition("'")[2]
        if tail != part and len(tail) >= _SHORTEST_WHOLE:
            yield tail
    for place in range(len(apart) - 1):
        yield " ".join(apart[place : place + 2])
        yield " ".join(apart[place : place + 3])


def _initials(words: Sequence[str]) -> Iterator[str]:
    """R. J. and R J as RJ; a name that is spelt letter by letter as one."""
    for is_letter, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        if is_letter and len(spelt := "".join(run)) > 1:
            yield spelt


def _stems(word: str, as_typed: str) -> Iterator[str]:
    """Kits for Kit's, the Joneses: a name in the plural, or with its apostrophe forgotten, has its capital."""
    if as_typed[:1].isupper() and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def _runs(words: Sequence[str]) -> Iterator[str]:
    for last in range(len(words)):
        yield from written_together(words, last)


def _spellings(text: str) -> Iterator[str]:
    yield text
    two = unicodedata.normalize("NFC", text).casefold().translate(_TO_TWO)
    if not text.isascii() and two != text.casefold():
        yield two


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Each word or number, folded, and as it was typed."""
    for typed in _WORD.findall(_without_marks(text)):
        folded = _ENDING.sub("", typed.casefold())
        folded = ("mc" + folded[2:] if folded.startswith("m'") else folded).replace("'", "")
        if folded:
            yield folded, typed


def _without_marks(text: str) -> str:
    text = text.translate(_TO_APOSTROPHE)
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    seen = "".join(one for one in apart if unicodedata.category(one) not in _UNSEEN)
    return seen.translate(_TO_APOSTROPHE).translate(_TO_PLAIN)


def _is_long_number(digits: str) -> bool:
    """No year, no age, no range of them: what is left may be rung, or looked up."""
    groups = re.findall(r"\d+", digits)
    if sum(map(len, groups)) < _LONG or (len(groups) == 1 and len(groups[0]) == _LONG):
        return False
    has_year = any(map(_YEAR.fullmatch, groups))
    counts = len(groups) <= _SEVERAL or has_year
    return not (counts and _OF_THE_CALENDAR.fullmatch(" ".join(groups)))


_ORDINARY = frozenset(
    {"a", "an", "and", "at", "for", "in", "is", "no", "not", "of", "on", "the", "to", "was"}
    | {"care", "child", "children", "family", "health", "home", "manager", "officer", "placement"}
    | {"plan", "review", "school", "service", "social", "team", "visit", "worker"}
    | {"central", "east", "north", "south", "west", "dr", "miss", "mr", "mrs", "ms"}
)
"""Words that stand in titles and team names and identify nobody by themselves."""
