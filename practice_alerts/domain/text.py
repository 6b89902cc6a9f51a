"""Words put together: a first letter, a list, a number of things, a sentence; and a number taken apart."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

_MOST_DIGITS: Final = 9


_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_BLANK: Final = _UNSEEN | {"Zs", "Mn"}
_FILLERS: Final = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
_JOINERS: Final = "\u200c\u200d"  # by which some scripts write their letters


def is_no_name(text: str) -> bool:
    """Is there no letter in it, or a character that nobody sees, or that turns what stands beside it?

    Nor is what e-mail programs decode into other characters (RFC 2047).
    """
    if "=?" in text or not any(unicodedata.category(one).startswith("L") for one in text):
        return True
    return any(unicodedata.category(one) in _UNSEEN and one not in _JOINERS for one in text)


def as_kept(text: str) -> str:
    """As every store takes it: for a NUL, and for half a character, stands what a browser shows for them."""
    if "\0" not in text and text.isascii():
        return text
    whole = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def all_as_kept(said: object) -> object:
    """The same of every text in what becomes JSON."""
    match said:
        case str():
            return as_kept(said)
        case dict():
            return {all_as_kept(name): all_as_kept(one) for name, one in said.items()}
        case list() | tuple():
            return [all_as_kept(one) for one in said]
        case _:
            return said


def can_be_seen(text: str) -> bool:
    """Is there anything in it that ink would be needed for? Blanks, joiners and fillers alone say nothing."""
    return any(unicodedata.category(one) not in _BLANK and one not in _FILLERS for one in text)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """As they stand inside a sentence; an abbreviation, a name or a title, such as SEN, Ofsted or Head of Service, stays."""
    return words if _IS_NAME.match(words) else words[:1].lower() + words[1:]


_IS_NAME = re.compile(
    r"[^\W\d_]*[A-Z0-9.’'][A-Z0-9][\w.]*+"  # SEN, S47, PEPs, I.T., O’Brien
    r"|(?!(?:A|An|The) )[A-Z]\w*(?: of)? [A-Z][a-z]"  # Team Manager, Head of Service
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July|August)\b"
    r"|(?:September|October|November|December|Christmas|Easter|England|English|Wales|Welsh|Ofsted|Cafcass)\b"
)


def sentence(words: str) -> str:
    """With a capital at the start and a full stop at the end."""
    words = words.strip()
    return capital(words) + ("" if words.endswith((".", "?", "!", ".)")) else ".") if words else ""


def sentences(parts: Iterable[str]) -> str:
    """One alone as it stands; several as sentences, so that none runs into the next."""
    said = [part.strip() for part in parts if part and part.strip()]
    return said[0] if len(said) == 1 else " ".join(map(sentence, said))


def joined(parts: Sequence[str], word: str = "and") -> str:
    """``a, b and c``."""
    return f" {word} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def plural(number: int, one: str, many: str = "") -> str:
    """``event`` for one, else ``events`` or whatever many are called."""
    return one if number == 1 else many or f"{one}s"


def working_days(number: int) -> str:
    return f"{number} {plural(number, 'working day')}"


def whole_number(written: str) -> int | None:
    """In as many digits as any list, year or port has, and none more: what is typed may be of any length."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS
    return int(written) if is_number else None


def as_latin(text: str) -> str:
    """As it is read: letters of other scripts that are drawn like ours, digits of any script, nothing without width."""
    if text.isascii():
        return text
    seen = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return "".join(_as_digit(one) for one in seen).translate(_DRAWN_ALIKE)


def _as_digit(one: str) -> str:
    value = unicodedata.decimal(one, None)
    return one if value is None else str(value)


# Cyrillic, then Greek: a letter of which the capital or the small one is told from ours by nobody, both as one.
_THEIRS, _OURS = "авекмнорстухіјѕһӏԁԛԝαβεζηικμνορτυχ", "abekmhopctyxijshldqwabezhikmnoptyx"
_DRAWN_ALIKE = str.maketrans(_THEIRS + _THEIRS.upper(), _OURS + _OURS.upper())


def plain_number(case_number: str) -> str:
    """A case number without spaces, strokes and capitals: what two spellings of one have in common."""
    folded = as_latin(unicodedata.normalize("NFKC", case_number)).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or folded.strip()


def told_apart(options: Mapping[str, str]) -> dict[str, str]:
    """The same choices, those in the same words numbered: `Sam Sample, 1 of 2`."""
    alike: dict[str, list[str]] = {}
    for name, words in options.items():
        alike.setdefault(words, []).append(name)
    return {
        name: words
        if len(same := alike[words]) == 1
        else f"{words}, {same.index(name) + 1} of {len(same)}"
        for name, words in options.items()
    }


def texts_in(said: Any) -> Iterator[str]:
    """Every text in what was said, however deep in lists and tables it lies."""
    match said:
        case str():
            yield said
        case Mapping():
            for one in said.values():
                yield from texts_in(one)
        case list() | tuple():
            for one in said:
                yield from texts_in(one)
        case _:
            pass
