"""What stands between the braces of one tag, and what is wrong with it in plain words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from jinja2 import Environment, TemplateSyntaxError

from practice_alerts.adapters.documents.template.tag_expressions import fault_in, loop_path
from practice_alerts.domain.errors import BadTemplate

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MOST_IN_TAG = 1_000
"""Signs in one tag: what it says of a field is short, and to read a long one takes its time again and again."""
_INSIDE = re.compile(r"\{(?:\{|%(?:p|tr)?(?=[\s-]))-?\s*(.*?)\s*-?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_UNSEEN = frozenset({"Cf", "Co", "Cn"})
_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"')
)
"""The quotation marks that Word puts in the place of the keyboard's, in any of its languages."""
_DASH_AT_AN_EDGE = re.compile(r"(?<=^\{[{%])[\u2010-\u2015\u2212]|[\u2010-\u2015\u2212](?=[%}]\}$)")
_HYPHEN = re.compile(r"[^\W\d]\w*[-\u2010-\u2014][^\W\d]\w*")
_WORDS_IN_A_ROW = re.compile(r"(?<!\w)\w++(?:\s++\w++)+")
_OPERATORS = frozenset("and or not in is if else".split())  # noqa: SIM905 - a list would take a line for each
_BLOCK_WORDS = ("for", "if", "elif", "else", "endif", "endfor")
_WRAPPED: Mapping[str, str] = {
    "for": "{%% %s %%}{%% endfor %%}",
    "if": "{%% %s %%}{%% endif %%}",
    "elif": "{%% if x %%}{%% %s %%}{%% endif %%}",
    "else": "{%% if x %%}{%% %s %%}{%% endif %%}",
    "endif": "{%% if x %%}{%% %s %%}",
    "endfor": "{%% for x in y %%}{%% %s %%}",
}
_CLOSED_BY = {"for": "endfor", "if": "endif"}
_OTHER_WORDS = frozenset(
    "autoescape block call do extends filter from import include macro raw set trans with".split()  # noqa: SIM905 - a list would take a line for each
)
_READER = Environment()  # noqa: S701 - it only reads; nothing is printed by it


def tags_in(text: str) -> list[str]:
    return [tag for tag in TAG.findall(text) if not tag.startswith("{#")]


def visible(text: str) -> str:
    """With the names of characters that take no place on the page, as in "[zero width space]"."""
    return "".join(
        f"[{unicodedata.name(sign, 'no name').casefold()}]"
        if unicodedata.category(sign) in _UNSEEN
        else sign
        for sign in text
    )


def check_tags(placed: Iterator[tuple[str, str]]) -> None:
    """Refuse a tag that cannot be read, does too much, or is not closed; each comes with where it stands."""
    opened: list[tuple[str, str, str, str]] = []
    for tag, where in placed:
        if len(tag) > MOST_IN_TAG:
            raise BadTemplate(
                f"{where} a tag is longer than {MOST_IN_TAG:,} characters. A tag prints one field; text stands beside it."
            )
        reason = _reason(tag)
        if reason:
            raise BadTemplate(f"{where} the tag {visible(tag)} {reason}")
        _follow(tag, where, opened)
    if opened:
        word, tag, where, _ = opened[-1]
        raise BadTemplate(
            f"{where} the tag {tag} is not closed: {_closing(word, tag)} is missing after it."
        )


@lru_cache(maxsize=1024)  # a template says the same in most of its tags
def _reason(tag: str) -> str:
    """The second half of a sentence that begins with the tag; empty where nothing is wrong."""
    unquoted = _QUOTED.sub("", tag)
    if visible(unquoted) != unquoted:
        return "holds a character that cannot be seen. Delete the tag and type it again."
    inside, quiet = _inside(tag), _QUOTED.sub("''", _inside(tag))
    if not inside:
        return "is empty. Put the name of a field into it, such as {{ child_name }}."
    if tag.startswith("{%"):
        return _block_reason(inside, quiet)
    return _slip(quiet) or _meaning(f"{{{{ {inside} }}}}")


def _block_reason(inside: str, quiet: str) -> str:
    word = re.split(r"\W", inside, maxsplit=1)[0]
    joined = re.match(r"(else|end)\s+(if|for)\b", inside)
    if joined:
        meant = "elif" if joined[1] == "else" else f"end{joined[2]}"
        return f'cannot be read: "{joined[0]}" is written "{meant}".'
    if word not in _BLOCK_WORDS:
        if word in _OTHER_WORDS:
            return f"does more than print, choose or repeat fields ({word})."
        return f'begins with "{word}". A tag in {{% %}} begins with {", ".join(_BLOCK_WORDS)}.'
    return _slip(quiet.removeprefix(word)) or _meaning(_WRAPPED[word] % inside)


def _slip(quiet: str) -> str:
    """What people usually get wrong, in words that quoted words have no part in."""
    hyphen = _HYPHEN.search(quiet)
    if hyphen:
        meant = re.sub(r"\W", "_", hyphen[0])
        return f'holds a hyphen in "{hyphen[0]}". Names of fields are written with underscores: {meant}.'
    if re.search(r"[^=!<>]=[^=]", re.sub(r"\([^()]*\)", "", quiet)):
        return 'holds a single "=". Whether two things are the same is asked with "==".'
    for words in _WORDS_IN_A_ROW.findall(quiet):
        pair = words.split()
        apart = next(
            (f"{one} {two}" for one, two in pairwise(pair) if not {one, two} & _OPERATORS),
            "",
        )
        if apart:
            return (
                f'cannot be read: in "{apart}" a space stands between two names. '
                f"Names of fields are written with underscores: {apart.replace(' ', '_')}."
            )
    return ""


def _meaning(source: str) -> str:
    try:
        return fault_in(_READER.parse(source))
    except TemplateSyntaxError as error:
        sign = re.match(r"unexpected char (['\"])(.+)\1", error.message or "")
        if sign:
            return f'cannot be read: the sign "{sign[2]}" means nothing in a tag.'
        return (
            "cannot be read. A tag prints a field, {{ child_name }}, chooses, {% if child_name %}, "
            "or repeats, {% for item in list %}."
        )


def _follow(tag: str, where: str, opened: list[tuple[str, str, str, str]]) -> None:
    """Keep account of what is open: each as its word, the tag, where it stands, and its item."""
    if not tag.startswith("{%"):
        return
    inside = _inside(tag)
    word = re.split(r"\W", inside, maxsplit=1)[0]
    if word in _CLOSED_BY:
        item = (
            _item(tag, where, inside, [one for *_, one in opened if one]) if word == "for" else ""
        )
        opened.append((word, tag, where, item))
        return
    if not opened or (word == "elif" and opened[-1][0] != "if"):
        raise BadTemplate(f"{where} the tag {tag} stands without the tag that it belongs to.")
    if word.startswith("end"):
        begun, first, _, _ = opened.pop()
        if _CLOSED_BY[begun] != word:
            raise BadTemplate(
                f"{where} the tag {tag} does not close {first}: {_closing(begun, first)} is missing before it."
            )


def _item(tag: str, where: str, inside: str, items: list[str]) -> str:
    """The name that a repeating tag gives to each item; inside another it repeats what belongs to one of its items."""
    item, path = loop_path(_READER.parse(_WRAPPED["for"] % inside))
    if items and path.partition(".")[0] not in items:
        raise BadTemplate(
            f'{where} the repetition {tag} stands inside another; it may repeat only what belongs to "{items[-1]}".'
        )
    return item


def _closing(word: str, tag: str) -> str:
    prefix = re.match(r"\{%(p|tr)\s", tag)
    return f"{{%{prefix[1] if prefix else ''} {_CLOSED_BY[word]} %}}"


def _inside(tag: str) -> str:
    found = _INSIDE.fullmatch(as_meant(tag))
    return found[1] if found else ""


def as_meant(tag: str) -> str:
    """With the signs for which Word puts others while somebody types."""
    return _DASH_AT_AN_EDGE.sub("-", tag.translate(_STRAIGHT))
