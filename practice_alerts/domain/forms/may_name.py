"""What in a text may name somebody, where nobody can say who that could be: capitals and initials that nothing explains.

For texts whose writer may not open the alerts they are about: asked of those, the answer would tell who is in them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from practice_alerts.domain.forms.initials import may_be_initials
from practice_alerts.domain.forms.names_in_text import plain_words

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BEFORE_A_BEGINNING = (*'.!?:;\u2022\u2013\u201c"(-',)
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december easter christmas ofsted"
)
_EVERYBODYS = frozenset(_CALENDAR.split())
_BEGIN = (
    "although another arrange asked because before compared continue despite discuss during each eight embed"
    " encourage ensure especially finally five follow four further fewer greater half however identify"
    " improve increase instead introduce invite later learning less mainly many meanwhile more nearly nine"
    " numbers often once only others our overall performance progress publish raise recruit reduce refresh"
    " remind report revise same secure seven several share similarly six strengthen support ten thanks"
    " he her his it its nobody she somebody that their these they this those timeliness together train trends two update use we what where while who why work"
)
_BEGINNINGS = frozenset(_BEGIN.split())
"""With what sentences of such texts begin."""
MOST_NAMED: Final = 8


def may_name(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What in it may be somebody's name or initials, as it was typed, each once: capitals that nothing `known` explains.

    `known` are the words of the council's own files, each as it is written there.
    """
    folded = {*_EVERYBODYS, *_BEGINNINGS, *(one.casefold() for one in known)}
    every = (
        *_capitals(text, known, folded),
        *(one for one in may_be_initials(text) if one not in known),
    )
    return tuple(dict.fromkeys(every))


def _capitals(text: str, known: Collection[str], folded: AbstractSet[str]) -> Iterator[str]:
    lower = {found[0] for found in _WORD.finditer(text) if found[0].islower()}
    for found in _WORD.finditer(text):
        typed = found[0]
        word = plain_words(typed)
        if not typed[0].isupper() or typed.isupper() or not word:
            continue
        begins = _is_a_beginning(text[: found.start()])
        if begins and (word in lower or not folded.isdisjoint(_forms_of(word))):
            continue
        if not begins and (typed in known or word in _EVERYBODYS):
            continue
        yield typed


def _is_a_beginning(before: str) -> bool:
    """Of a sentence, a line, an item or a saying."""
    said = before.rstrip()
    return not said or said.endswith(_BEFORE_A_BEGINNING) or "\n" in before[len(said) :]


def _forms_of(word: str) -> Iterator[str]:
    """The word, and as it may stand elsewhere: share, shared, sharing."""
    yield from (word, f"{word}s", f"{word}ed", f"{word}d", f"{word}ing", f"{word.rstrip('e')}ing")
    yield from (word.removesuffix(end) for end in ("s", "ed", "d", "ing", "ly"))


def words_as_written(texts: Iterable[str]) -> frozenset[str]:
    """Each word that stands in them, capitals kept."""
    return frozenset(found[0] for text in texts for found in _WORD.finditer(text))
